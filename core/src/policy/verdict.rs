//! The result of a check in short, and what a reader must know besides.

use super::{CheckReport, CheckVerdict, Counts, RuleOutcome, Section, Severity, State, Status};
use crate::diff::Note;
use crate::objects::Kind;
use crate::report::words::{counted, number};
use crate::snapshot::Snapshot;

/// Counts violations and rules.
pub(super) fn of(report: &CheckReport) -> CheckVerdict {
    let mut verdict = CheckVerdict::default();
    for (_, violation) in report.violations() {
        match (violation.state, violation.severity) {
            (State::Waived, _) => verdict.waived += 1,
            (_, Severity::Error) => verdict.errors += 1,
            (_, Severity::Warning) => verdict.warnings += 1,
        }
    }
    let ignored = report.rules.iter().filter(|rule| rule.section == Section::Ignored);
    verdict.ignored = ignored.map(|rule| rule.matched).sum();
    verdict.rules = counts(&report.rules);
    verdict.passed = verdict.errors == 0;
    verdict.summary = summary(&verdict, report.rules.len());
    verdict
}

fn counts(rules: &[RuleOutcome]) -> Counts {
    let mut counts = Counts::default();
    for rule in rules {
        *match rule.status {
            Status::Passed => &mut counts.passed,
            Status::Failed => &mut counts.failed,
            Status::Warning => &mut counts.warning,
            Status::Waived => &mut counts.waived,
            Status::WaiverExpired => &mut counts.waiver_expired,
            Status::MatchedNothing => &mut counts.matched_nothing,
        } += 1;
    }
    counts
}

fn summary(verdict: &CheckVerdict, rules: usize) -> String {
    let mut words = Vec::new();
    if verdict.errors > 0 {
        words.push(counted(verdict.errors, "error"));
    }
    if verdict.warnings > 0 {
        words.push(counted(verdict.warnings, "warning"));
    }
    if verdict.waived > 0 {
        words.push(format!("{} waived", number(verdict.waived)));
    }
    if verdict.ignored > 0 {
        words.push(format!("{} ignored", counted(verdict.ignored, "difference")));
    }
    words.push(format!("{} of {} passed", number(verdict.rules.passed), counted(rules, "rule")));
    let result = if verdict.passed { "passed" } else { "failed" };
    format!("{result}: {}", words.join(", "))
}

/// What the snapshot does not hold, although a rule may ask for it.
pub(super) fn notes(snapshot: &Snapshot, rules: &[RuleOutcome]) -> Vec<Note> {
    let source = &snapshot.source;
    let mut notes = Vec::new();
    let mut note = |code: &str, message: String| {
        notes.push(Note { code: code.to_owned(), message });
    };
    if rules.is_empty() {
        note("no_rules", "the policy has no rule about what must or must not be there".to_owned());
    }
    if !source.schemas.is_empty() || !source.excluded_schemas.is_empty() {
        let only = source.schemas.join(", ");
        let without = source.excluded_schemas.join(", ");
        let limits = match (only.is_empty(), without.is_empty()) {
            (false, true) => format!("to schemas {only}"),
            (true, _) => format!("to schemas other than {without}"),
            (false, false) => format!("to schemas {only}, without {without}"),
        };
        note(
            "limited",
            format!("the snapshot is limited {limits}: what is elsewhere is missing in it"),
        );
    }
    for what in &source.not_read {
        note("not_read", format!("not read: {what}"));
    }
    let of_cluster = |rule: &&RuleOutcome| rule.kind.is_some_and(Kind::of_cluster);
    if !source.roles
        && let Some(rule) = rules.iter().find(of_cluster)
    {
        note(
            "no_roles",
            format!(
                "the snapshot was taken without --roles, so that nothing is found for \"{}\"",
                rule.title
            ),
        );
    }
    notes
}
