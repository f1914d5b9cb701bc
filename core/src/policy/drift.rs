//! What differs from the snapshot that the checked one should equal.

use super::effective::Effective;
use super::evaluate::outcome;
use super::{Code, Place, RuleOutcome, Section, State, Status, Violation};
use crate::diff::{Change, ChangeKind, DiffOptions, Note, RenameDecision, diff};
use crate::report::short;
use crate::report::words::{counted, kind_word};
use crate::snapshot::Snapshot;

/// The drift as a rule, and the rules that leave something out of it.
pub(super) fn outcomes(
    (snapshot, against): (&Snapshot, &Snapshot),
    decisions: &[RenameDecision],
    effective: &Effective<'_>,
    notes: &mut Vec<Note>,
) -> Vec<RuleOutcome> {
    let options = DiffOptions {
        decisions: decisions.to_vec(),
        ignore: effective.ignore(),
        ..DiffOptions::default()
    };
    let drift = diff(snapshot, against, &options);
    let label = &drift.to.label;
    // The rule stands in no line: the command line asked for it.
    let mut whole = outcome(Section::Drift, Place::default(), None, label);
    whole.title = format!("drift: equal to {label}");
    whole.violations =
        drift.changes.iter().flat_map(|change| violations(change, label, effective)).collect();
    whole.matched = whole.violations.len();
    notes.extend(drift.notes);
    let told = effective.told(&drift.ignored);
    let ignoring = effective.leaving().into_iter().zip(told).map(|(leaving, told)| {
        let mut own = outcome(Section::Ignored, leaving.place, None, &leaving.words);
        own.reason = leaving.reason;
        own.matched = told.count;
        if told.count == 0 {
            own.status = Status::MatchedNothing;
        }
        own
    });
    std::iter::once(whole).chain(ignoring).collect()
}

/// A word about ignore rules that had nothing to be held against.
pub(super) fn not_compared(effective: &Effective<'_>) -> Option<Note> {
    let count = effective.leaving().len();
    (count > 0).then(|| Note {
        code: "not_compared".to_owned(),
        message: format!(
            "{} not looked at: there was no snapshot to compare with (--against)",
            match count {
                1 => "1 ignore rule was".to_owned(),
                _ => format!("{} were", counted(count, "ignore rule")),
            }
        ),
    })
}

/// A violation for an object that is on one side only or has another name, and one for each attribute that differs.
/// They go by the name that the checked snapshot has for it.
fn violations(change: &Change, label: &str, effective: &Effective<'_>) -> Vec<Violation> {
    let name = change.from_id.as_ref().unwrap_or(&change.id).name();
    let violation = |words: &str| Violation {
        code: Code::Drift,
        severity: effective.severity(Code::Drift, Section::Drift),
        state: State::Open,
        kind: Some(change.kind),
        name: name.to_owned(),
        attribute: None,
        expected: None,
        found: None,
        message: format!("{} {name} {words}", kind_word(change.kind.as_str())),
        waiver: None,
    };
    match change.change {
        ChangeKind::Create => vec![violation(&format!("is missing: only {label} has it"))],
        ChangeKind::Drop => vec![violation(&format!("is extra: {label} does not have it"))],
        ChangeKind::Alter | ChangeKind::Rename => {
            let of = |attribute: &crate::diff::AttributeChange| {
                let words = format!(
                    "has {}: {}, and in {label} {}",
                    attribute.name,
                    short(&attribute.from),
                    short(&attribute.to)
                );
                Violation {
                    attribute: Some(attribute.name.clone()),
                    expected: Some(attribute.to.clone()),
                    found: Some(attribute.from.clone()),
                    ..violation(&words)
                }
            };
            let renamed = change.from_id.as_ref().map(|_| {
                violation(&format!("has another name: in {label} it is {}", change.id.name()))
            });
            renamed.into_iter().chain(change.attributes.iter().map(of)).collect()
        }
    }
}
