//! Whole documents.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::diff::{Decisions, Drift, diff};
use pgparity_core::model::Id;
use pgparity_core::plan::{Plan, ScriptOptions, post_check_script, pre_check_script, script_with};
use pgparity_core::report::{self, Excerpt, Report, Review, ReviewNote};

use super::compare::Compared;
use super::plan::{of_way, shown};
use crate::protocol::{ExportAnswer, ExportAsk, Format, Settings, Subject, Taken, Way};

/// Answers a question for a document.
pub(super) fn answer(
    compared: &mut Compared,
    settings: &Settings,
    ask: &ExportAsk,
) -> ExportAnswer {
    ExportAnswer::Text(match ask {
        ExportAsk::Document { format, subject, taken } => {
            document(compared, settings, *format, subject, taken)
        }
        ExportAsk::PostCheck { way, at } => {
            let check = of_way(compared, settings, *way).post_checks.get(*at);
            check.map(|check| check.sql.clone()).unwrap_or_default()
        }
        ExportAsk::Transaction { way, number } => {
            let mut plan = of_way(compared, settings, *way).clone();
            plan.steps.retain(|step| step.transaction == Some(*number));
            plan.notes.clear();
            script_with(&plan, writing(settings))
        }
    })
}

/// How scripts are written.
fn writing(settings: &Settings) -> ScriptOptions {
    ScriptOptions { lock_timeout: settings.lock_timeout }
}

fn document(
    compared: &mut Compared,
    settings: &Settings,
    format: Format,
    subject: &Subject,
    taken: &Taken,
) -> String {
    let way = match subject {
        Subject::Comparison { .. } => Way::There,
        Subject::Plan(query) => query.way,
    };
    let write: fn(&Report) -> String = match format {
        Format::Script => return script_with(of_way(compared, settings, way), writing(settings)),
        Format::PreChecks => return pre_check_script(of_way(compared, settings, way)),
        Format::PostChecks => return post_check_script(of_way(compared, settings, way)),
        Format::Decisions => {
            let (from, to) = compared.sides();
            return Decisions::between(from, to, compared.renames()).write();
        }
        Format::Markdown => report::markdown,
        Format::Json => report::json,
        Format::Html => report::html,
        Format::Csv => report::csv,
    };
    write(&told(compared, settings, subject, taken))
}

/// The report about a comparison or a plan, with what the page tells of it.
fn told(compared: &mut Compared, settings: &Settings, subject: &Subject, taken: &Taken) -> Report {
    let excerpt = |what: &str, hidden, of, only_shown| {
        let (filters, what) = (taken.filters.clone(), what.to_owned());
        Some(Excerpt { filters, what, hidden, of, only_shown })
    };
    match subject {
        Subject::Comparison { query, only_shown } => {
            let shown = compared.matching(settings, query);
            let ids = || compared.drift().changes.iter().map(|change| &change.id);
            let hidden = ids().filter(|id| !shown.contains(*id)).count();
            let mut report = report::build(compared.drift(), None);
            report.excerpt = excerpt("difference", hidden, ids().count(), *only_shown);
            report.review = Some(review(compared, taken));
            if *only_shown {
                report.keep_only(&shown);
            }
            report
        }
        Subject::Plan(query) => {
            let plan: Plan = of_way(compared, settings, query.way).clone();
            let reviewed = review(compared, taken);
            let (mut report, reviewed) = match query.way {
                Way::There => (report::build(compared.drift(), Some(&plan)), reviewed),
                Way::Back => {
                    let (from, to) = compared.sides();
                    let drift = diff(to, from, &compared.comparing().reversed());
                    (report::build(&drift, Some(&plan)), turned(reviewed, &drift))
                }
            };
            let steps = plan.steps.len();
            let hidden = steps - shown(&plan, &query.filter).len();
            report.excerpt = excerpt("step", hidden, steps, false);
            report.review = Some(reviewed);
            report
        }
    }
}

/// What reviewers left, for the drift of the way back: the same differences, told the other way round. What
/// was renamed has its other name there.
fn turned(review: Review, drift: &Drift) -> Review {
    let renamed =
        drift.changes.iter().filter_map(|change| Some((change.from_id.as_ref()?, &change.id)));
    let names: BTreeMap<&Id, &Id> = renamed.collect();
    let turn = |id: Id| names.get(&id).map_or(id, |other| (*other).clone());
    let note = |note: ReviewNote| ReviewNote { object: turn(note.object), text: note.text };
    Review {
        viewed: review.viewed.into_iter().map(turn).collect(),
        differences: drift.changes.len(),
        notes: review.notes.into_iter().map(note).collect(),
    }
}

/// What reviewers left.
fn review(compared: &Compared, taken: &Taken) -> Review {
    let unviewed = compared.unviewed(&taken.viewed);
    let changes = &compared.drift().changes;
    let ids = changes.iter().map(|change| &change.id);
    let note =
        |(object, text): (&Id, &String)| ReviewNote { object: object.clone(), text: text.clone() };
    Review {
        viewed: ids.filter(|id| !unviewed.contains(*id)).cloned().collect::<BTreeSet<Id>>(),
        differences: changes.len(),
        notes: taken.notes.iter().map(note).collect(),
    }
}
