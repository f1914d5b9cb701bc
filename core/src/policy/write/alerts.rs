//! The check as alerts: a rule is a test, a violation an alert.

use super::lines;
use crate::alerts::{Alert, Alerts, Level, Place, Sort, Test, fingerprint};
use crate::policy::{CheckReport, Code, RuleOutcome, Section, Severity, State, Status, Violation};

/// A suite for each section of the policy, a test for each rule.
pub fn alerts(report: &CheckReport) -> Alerts {
    let sort = |code: Code| Sort { id: code.name(), means: code.means(), level: Level::Error };
    Alerts {
        command: "check",
        subject: report.snapshot.label.clone(),
        summary: report.verdict.summary.clone(),
        sorts: Code::ALL.map(sort).to_vec(),
        suites: Section::ALL.map(|section| section.word().to_owned()).to_vec(),
        tests: report.rules.iter().map(|rule| test(report, rule)).collect(),
    }
}

fn test(report: &CheckReport, rule: &RuleOutcome) -> Test {
    Test {
        suite: rule.section.word().to_owned(),
        title: rule.title.clone(),
        place: Place { path: report.policy.clone(), line: rule.line },
        said: format!("{}: {} matched", rule.status.words(), rule.matched),
        skipped: rule.status == Status::Waived,
        alerts: rule.violations.iter().map(|violation| alert(rule, violation)).collect(),
    }
}

fn alert(rule: &RuleOutcome, violation: &Violation) -> Alert {
    let waiver = violation.waiver.as_ref().filter(|_| violation.state == State::Waived);
    Alert {
        sort: violation.code.name(),
        level: match violation.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
        },
        message: lines::sentence(rule, violation),
        kind: violation.kind.map(|kind| kind.as_str().to_owned()),
        name: violation.name.clone(),
        fingerprint: print(rule, violation),
        waived: waiver.map(|waiver| {
            format!("{} (until {}, {})", waiver.reason, waiver.expires, waiver.owner)
        }),
    }
}

/// What stays the same while the violation stays: the rule's place and what is wrong, without lines and
/// values.
fn print(rule: &RuleOutcome, violation: &Violation) -> String {
    let kind = violation.kind.map_or("", crate::objects::Kind::as_str);
    let place = rule.place.to_string();
    let value = match &violation.found {
        // Of values that are missing, each is a violation of its own.
        Some(serde_json::Value::Null) => violation.expected.as_ref().map(ToString::to_string),
        _ => None,
    };
    fingerprint([
        place.as_str(),
        violation.code.name(),
        kind,
        violation.name.as_str(),
        violation.attribute.as_deref().unwrap_or_default(),
        value.as_deref().unwrap_or_default(),
    ])
}
