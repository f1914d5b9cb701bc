//! The engine with the sample snapshots: what a report takes along from the page.

#![allow(clippy::panic, reason = "an answer of another kind is what these tests must catch")]

use std::collections::BTreeSet;

use pgparity_core::diff::RenameAnswer;
use pgparity_core::model::Id;
use pgparity_core::report::{Entry, Finding, Report};

use super::tests::Walk;
use crate::protocol::{
    CompareAnswer, CompareAsk, Filter, Format, PlanFilter, PlanQuery, Response, Status, Subject,
    Taken, TreeQuery, Way,
};

fn report(walk: &mut Walk, subject: Subject, taken: Taken) -> Report {
    let text = walk.document(Format::Json, subject, taken);
    let Ok(report) = serde_json::from_str::<Report>(&text) else { panic!("{text}") };
    assert_eq!(pgparity_core::report::json(&report), text, "nothing is in it that the form lacks");
    report
}

fn entries(report: &Report) -> Vec<Entry> {
    let objects = report.schemas.iter().flat_map(|schema| &schema.objects);
    let entries = objects.flat_map(|object| {
        object.own.iter().chain(object.parts.iter().flat_map(|parts| &parts.entries))
    });
    entries.cloned().collect()
}

fn comparison(filter: Filter, only_shown: bool) -> Subject {
    Subject::Comparison { query: TreeQuery { filter, ..TreeQuery::default() }, only_shown }
}

fn taken() -> Taken {
    Taken { filters: vec!["missing".to_owned()], ..Taken::default() }
}

#[test]
fn a_report_is_whole_unless_somebody_wants_what_is_shown() {
    let mut walk = Walk::start();
    let all = report(&mut walk, comparison(Filter::default(), true), Taken::default());
    let of = all.excerpt.clone().unwrap_or_default();
    assert_eq!((of.hidden, of.of), (0, entries(&all).len()));
    let only = Filter { status: [Status::Missing].into(), ..Filter::default() };
    let whole = report(&mut walk, comparison(only.clone(), false), taken());
    assert_eq!(entries(&whole), entries(&all));
    let part = report(&mut walk, comparison(only, true), taken());
    let missing: Vec<Entry> =
        entries(&all).into_iter().filter(|entry| entry.finding == Finding::Missing).collect();
    assert_eq!(entries(&part), missing);
    for (report, only_shown) in [(&whole, false), (&part, true)] {
        let of = report.excerpt.clone().unwrap_or_default();
        assert_eq!(of.of - of.hidden, missing.len());
        assert_eq!((of.only_shown, of.filters.len()), (only_shown, 1));
        assert_eq!((&report.verdict, &report.totals), (&all.verdict, &all.totals));
    }
}

#[test]
fn a_plan_is_always_whole_and_says_what_was_filtered() {
    let mut walk = Walk::start();
    let filter = PlanFilter { text: "no such step".to_owned(), ..PlanFilter::default() };
    for way in [Way::There, Way::Back] {
        let subject = Subject::Plan(PlanQuery { way, filter: filter.clone() });
        let report = report(&mut walk, subject, taken());
        let steps = report.plan.as_ref().map_or(0, |plan| plan.steps.len());
        let of = report.excerpt.clone().unwrap_or_default();
        assert!(steps > 0 && (of.hidden, of.of) == (steps, steps), "{of:?}");
        assert!(report.review.is_some());
    }
}

#[test]
fn ticks_and_notes_go_along_while_they_hold() {
    let mut walk = Walk::start();
    let query =
        TreeQuery { find: Some("table:public.customers".to_owned()), ..TreeQuery::default() };
    let ask = CompareAsk::Rows { query, start: 0, len: 1 };
    let Response::Compare(CompareAnswer::Rows(rows)) = walk.ask(ask, &[]) else { panic!("rows") };
    let Some(stop) = rows.around.here else { panic!("{rows:?}") };
    let mut taken = Taken::default();
    taken.viewed.insert(stop.id.clone(), stop.hash);
    taken.viewed.insert("table:public.orders".into(), "of another difference".to_owned());
    taken.notes.insert(stop.id.clone(), "=ask Ann".to_owned());
    let all = report(&mut walk, comparison(Filter::default(), false), taken.clone());
    let Some(review) = all.review else { panic!("no review") };
    assert!(!review.viewed.is_empty() && review.differences > review.viewed.len());
    assert!(review.viewed.iter().all(|id| id.name().starts_with("public.customers")));
    assert_eq!(review.notes[0].text, "=ask Ann");
    let csv = walk.document(Format::Csv, comparison(Filter::default(), false), taken);
    assert!(csv.contains("'=ask Ann") && csv.contains(",yes,"));
}

#[test]
fn the_way_back_takes_ticks_and_notes_along_under_the_names_it_has() {
    let mut walk = Walk::start();
    walk.answer_renames(RenameAnswer::Rename);
    let remarks = Id::from("table:public.customer_remarks");
    let query = TreeQuery { find: Some(remarks.as_str().to_owned()), ..TreeQuery::default() };
    let ask = CompareAsk::Rows { query, start: 0, len: 1 };
    let Response::Compare(CompareAnswer::Rows(rows)) = walk.ask(ask, &[]) else { panic!("rows") };
    let Some(stop) = rows.around.here else { panic!("{rows:?}") };
    let mut taken = Taken::default();
    taken.viewed.insert(stop.id.clone(), stop.hash);
    taken.notes.insert(stop.id, "ask Ann".to_owned());
    let mut of = |way| {
        let subject = Subject::Plan(PlanQuery { way, ..PlanQuery::default() });
        let report = report(&mut walk, subject, taken.clone());
        let Some(review) = report.review.clone() else { panic!("no review") };
        let ids: BTreeSet<Id> = entries(&report).into_iter().map(|entry| entry.id).collect();
        assert!(!review.viewed.is_empty() && review.viewed.is_subset(&ids), "{:?}", review.viewed);
        review
    };
    let (there, back) = (of(Way::There), of(Way::Back));
    assert_eq!(there.viewed.len(), back.viewed.len());
    assert_eq!(there.notes[0].object, remarks);
    assert_eq!(back.notes[0].object, Id::from("table:public.customer_notes"));
    assert_eq!(back.notes[0].text, "ask Ann");
}
