//! The sentences that all reports share.

use crate::alerts::Weight;
use crate::objects::Kind;
use crate::policy::{CheckReport, RuleOutcome, Section, Severity, State, Status, Violation};
use crate::report::words::{counted, number};
use crate::snapshot::Side;

/// What a violation counts as.
pub(super) fn weight(violation: &Violation) -> Weight {
    match (violation.state, violation.severity) {
        (State::Waived, _) => Weight::Waived,
        (_, Severity::Error) => Weight::Error,
        (_, Severity::Warning) => Weight::Warning,
    }
}

/// What stands above the violations of a weight.
pub(super) fn title(weight: Weight) -> &'static str {
    match weight {
        Weight::Error => "Errors",
        Weight::Warning => "Warnings",
        Weight::Note => "Notes",
        Weight::Waived => "Waived",
    }
}

/// The violations of one weight, each with its rule.
pub(super) fn weighing(
    report: &CheckReport,
    weight: Weight,
) -> impl Iterator<Item = (&RuleOutcome, &Violation)> {
    report.violations().filter(move |(_, violation)| self::weight(violation) == weight)
}

/// What a violation says, with why the rule is there and who answers for it.
pub(super) fn sentence(rule: &RuleOutcome, violation: &Violation) -> String {
    let mut out = violation.message.clone();
    if let Some(reason) = rule.reason.as_ref().filter(|_| rule.section != Section::Waiver) {
        out.push_str(&format!(" ({reason})"));
    }
    if let Some(waiver) = &violation.waiver {
        let word =
            if violation.state == State::Waived { "waived until" } else { "was waived until" };
        out.push_str(&format!(
            "; {word} {} by {}: {}",
            waiver.expires, waiver.owner, waiver.reason
        ));
    }
    out
}

/// Where a rule stands: `pgparity.toml:12, require[2]`; nothing for one of the command line.
pub(super) fn place(report: &CheckReport, rule: &RuleOutcome) -> Option<String> {
    let place = rule.place.to_string();
    match rule.line {
        Some(line) => Some(format!("{}:{line}, {place}", report.policy)),
        None => (!place.is_empty()).then_some(place),
    }
}

/// The rules of a status in words. The columns of a table are counted with it.
pub(super) fn rules(report: &CheckReport, status: Status) -> Vec<String> {
    let mut found: Vec<(&RuleOutcome, usize)> = Vec::new();
    for rule in report.rules.iter().filter(|rule| rule.status == status) {
        match found.last_mut() {
            Some((above, columns)) if is_column_of(rule, above) => *columns += 1,
            _ => found.push((rule, 0)),
        }
    }
    let words = |(rule, columns): (&RuleOutcome, usize)| match (columns, rule.section) {
        (0, Section::Ignored) => format!("{}: {}", rule.title, counted(rule.matched, "difference")),
        (0, _) => rule.title.clone(),
        (columns, _) => format!("{} with {}", rule.title, counted(columns, "column")),
    };
    found.into_iter().map(words).collect()
}

fn is_column_of(rule: &RuleOutcome, above: &RuleOutcome) -> bool {
    above.kind == Some(Kind::Table)
        && rule.place != above.place
        && rule.place.0.starts_with(&above.place.0)
}

/// How many rules there are of each status, as a sentence.
pub(super) fn counts(report: &CheckReport) -> String {
    let counts = &report.verdict.rules;
    let all = [
        (counts.passed, Status::Passed),
        (counts.failed, Status::Failed),
        (counts.warning, Status::Warning),
        (counts.waived, Status::Waived),
        (counts.waiver_expired, Status::WaiverExpired),
        (counts.matched_nothing, Status::MatchedNothing),
    ];
    let some = all.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> =
        some.map(|(count, status)| format!("{} {}", number(count), status.words())).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

/// What was held against what, and as of when.
pub(super) fn subject(report: &CheckReport) -> Vec<(&'static str, String)> {
    let mut rows = vec![("Checked", side(&report.snapshot))];
    rows.extend(report.against.as_ref().map(|against| ("Against", side(against))));
    rows.push(("Policy", report.policy.clone()));
    rows.extend(report.environment.clone().map(|name| ("Environment", name)));
    rows.push(("As of", report.date.to_string()));
    rows
}

fn side(side: &Side) -> String {
    format!(
        "{} (database {}, PostgreSQL {}, {}, captured {})",
        side.label,
        side.database,
        side.server_version,
        counted(side.objects, "object"),
        side.captured_at
    )
}
