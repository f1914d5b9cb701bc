//! The alerts of a comparison: each difference is an error.

use std::collections::BTreeSet;

use super::model::{Alert, Alerts, Level, Place, Sort, Test};
use super::uri::fingerprint;
use crate::report::words::{counted, kind_word};
use crate::report::{Entry, Finding, Report, in_line};

/// The sorts of differences.
const SORTS: [(Finding, &str); 4] = [
    (Finding::Missing, "An object of To is missing in From."),
    (Finding::Extra, "From has an object that To does not have."),
    (Finding::Changed, "An object of From is not as in To."),
    (Finding::Renamed, "An object of From has another name in To."),
];

/// A suite for each kind, with a test for each object that differs and one for those that are equal.
/// `file` is where the alerts stand.
pub fn of_drift(report: &Report, file: &str) -> Alerts {
    let place = Place { path: file.to_owned(), line: None };
    let mut tests = Vec::new();
    for total in report.totals.iter().filter(|total| total.same > 0) {
        let word = kind_word(total.kind.as_str());
        tests.push(Test {
            title: format!("every {word} that is equal"),
            suite: word,
            place: place.clone(),
            said: format!("{} equal", counted(total.same, "object")),
            skipped: false,
            alerts: Vec::new(),
        });
    }
    for entry in report.entries() {
        tests.push(Test {
            suite: kind_word(entry.id.kind()),
            title: entry.id.name().to_owned(),
            place: place.clone(),
            said: entry.finding.word().to_owned(),
            skipped: false,
            alerts: vec![alert(report, entry)],
        });
    }
    let (of_totals, of_tests) = (
        report.totals.iter().map(|total| kind_word(total.kind.as_str())),
        tests.iter().map(|test| test.suite.clone()),
    );
    let mut seen = BTreeSet::new();
    let suites = of_totals.chain(of_tests).filter(|suite| seen.insert(suite.clone())).collect();
    Alerts {
        command: "diff",
        subject: format!("{} → {}", report.from.label, report.to.label),
        summary: report.verdict.summary.clone(),
        sorts: SORTS
            .map(|(finding, means)| Sort { id: finding.word(), means, level: Level::Error })
            .to_vec(),
        suites,
        tests,
    }
}

fn alert(report: &Report, entry: &Entry) -> Alert {
    let (kind, name) = (kind_word(entry.id.kind()), entry.id.name());
    let (from, to) = (&report.from.label, &report.to.label);
    let mut message = match entry.finding {
        Finding::Missing => format!("{kind} {name} is missing: it is in {to}, not in {from}"),
        Finding::Extra => format!("{kind} {name} is extra: it is in {from}, not in {to}"),
        Finding::Changed => format!("{kind} {name} is changed"),
        Finding::Renamed => format!("{kind} {name} is renamed"),
    };
    if let Some(old) = &entry.from_id {
        message.push_str(&format!("; in {from} it is {}", old.name()));
    }
    for (at, change) in entry.attributes.iter().enumerate() {
        message.push_str(if at == 0 { ": " } else { "; " });
        message.push_str(&in_line(change));
    }
    Alert {
        sort: entry.finding.word(),
        level: Level::Error,
        message,
        kind: Some(entry.id.kind().to_owned()),
        name: name.to_owned(),
        fingerprint: fingerprint(["diff", entry.finding.word(), entry.id.as_str()]),
        waived: None,
    }
}
