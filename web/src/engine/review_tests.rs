//! The engine with the sample snapshots: views of the tree, filters, and what was looked at.

#![allow(clippy::panic, reason = "an answer of another kind is what these tests must catch")]

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::diff::RenameAnswer;
use pgparity_core::model::Id;

use super::tests::Walk;
use crate::protocol::{
    CompareAnswer, CompareAsk, Filter, Progress, Response, Risk, Row, Rows, Status, TreeQuery, View,
};

fn ask(walk: &mut Walk, query: TreeQuery) -> Rows {
    match walk.ask(CompareAsk::Rows { query, start: 0, len: usize::MAX }, &[]) {
        Response::Compare(CompareAnswer::Rows(rows)) => rows,
        other => panic!("{other:?}"),
    }
}

fn progress(walk: &mut Walk, viewed: &BTreeMap<Id, String>) -> Progress {
    match walk.ask(CompareAsk::Progress { viewed: viewed.clone() }, &[]) {
        Response::Compare(CompareAnswer::Progress(progress)) => progress,
        other => panic!("{other:?}"),
    }
}

fn label(row: &Row) -> String {
    row.label.iter().map(|piece| piece.text.as_str()).collect()
}

#[test]
fn every_view_shows_the_same_objects_once() {
    let mut walk = Walk::start();
    let filter = Filter { status: Status::ALL.into(), ..Filter::default() };
    for view in View::ALL {
        let rows =
            ask(&mut walk, TreeQuery { view, filter: filter.clone(), ..TreeQuery::default() });
        assert_eq!(rows.matching, rows.objects, "{view:?}");
        let keys: BTreeSet<&str> = rows.window.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys.len(), rows.window.len(), "keys are unique: {view:?}");
        let mut place = BTreeMap::new();
        for row in &rows.window {
            place.insert(row.level, row.position);
            assert!(row.position <= row.siblings && row.position > 0, "{view:?} {}", row.key);
        }
    }
}

#[test]
fn the_same_change_on_several_objects_is_one_group() {
    let mut walk = Walk::start();
    let rows = ask(&mut walk, TreeQuery { view: View::Same, ..TreeQuery::default() });
    let drift = walk.overview().counts.differing();
    assert_eq!(rows.matching, drift, "all that differs stands in some group");
    let groups: Vec<&Row> = rows.window.iter().filter(|row| row.level == 1).collect();
    assert!(groups.iter().any(|row| label(row).contains(" → ")));
    for pair in groups.windows(2) {
        let members = |row: &Row| {
            let at = rows.window.iter().position(|other| other.key == row.key).unwrap_or_default();
            let below = rows.window.iter().skip(at + 1).take_while(|row| row.level > 1);
            below.filter(|row| row.level == 2).count()
        };
        assert!(members(pair[0]) >= members(pair[1]), "the largest first");
    }
}

#[test]
fn risks_part_what_has_a_statement() {
    let mut walk = Walk::start();
    let steps = walk.plan().tally;
    let only = |risk| Filter { risks: [risk].into(), ..Filter::default() };
    let mut sum = 0;
    for risk in Risk::ALL {
        let rows = ask(&mut walk, TreeQuery { filter: only(risk), ..TreeQuery::default() });
        sum += rows.matching;
        assert!(risk != Risk::Destructive || rows.matching > 0);
    }
    let any = Filter { risks: Risk::ALL.into(), ..Filter::default() };
    assert_eq!(ask(&mut walk, TreeQuery { filter: any, ..TreeQuery::default() }).matching, sum);
    let by_risk = ask(&mut walk, TreeQuery { view: View::Risk, ..TreeQuery::default() });
    assert_eq!(by_risk.window.first().map(label).as_deref(), Some("destructive"));
    assert_eq!(walk.plan().tally, steps, "filters take nothing out of the plan");
}

#[test]
fn ticking_on_and_on_sees_everything() {
    let mut walk = Walk::start();
    let mut viewed = BTreeMap::new();
    let mut find = None;
    let total = progress(&mut walk, &viewed).total;
    assert!(total > 10);
    for _ in 0..=total {
        let query =
            TreeQuery { find: find.clone(), viewed: viewed.clone(), ..TreeQuery::default() };
        let around = ask(&mut walk, query).around;
        assert_eq!(around.of, find);
        if let Some(here) = around.here {
            viewed.insert(here.id, here.hash);
        }
        match around.next {
            Some(next) => find = Some(next.key),
            None => break,
        }
    }
    assert_eq!(progress(&mut walk, &viewed), Progress { viewed: total, total });
    let filter = Filter { unviewed: true, ..Filter::default() };
    let left = ask(&mut walk, TreeQuery { filter, viewed: viewed.clone(), ..TreeQuery::default() });
    assert_eq!(left.matching, 0);
    let rows = ask(&mut walk, TreeQuery { viewed: viewed.clone(), ..TreeQuery::default() });
    assert!(rows.window.iter().all(|row| row.viewed != Some(false)));
    // Another difference is not seen yet: a rename is no longer what was looked at.
    walk.answer_renames(RenameAnswer::Rename);
    let after = progress(&mut walk, &viewed);
    assert!(after.viewed < after.total, "{after:?}");
    walk.settings.renames.clear();
    assert_eq!(progress(&mut walk, &viewed).viewed, total);
}

#[test]
fn before_and_after_are_each_others_way_back() {
    let mut walk = Walk::start();
    let mut around =
        |find: Option<String>| ask(&mut walk, TreeQuery { find, ..TreeQuery::default() }).around;
    let first = around(None).next;
    let Some(first) = first else { panic!("nothing to look at") };
    let Some(second) = around(Some(first.key.clone())).next else { panic!("only one") };
    assert_eq!(around(Some(second.key)).previous.map(|stop| stop.key), Some(first.key));
}

#[test]
fn a_text_finds_names_and_definitions() {
    let mut walk = Walk::start();
    let mut find =
        |text: &str| match walk.ask(CompareAsk::Find { text: text.to_owned(), len: 5 }, &[]) {
            Response::Compare(CompareAnswer::Found(found)) => found,
            other => panic!("{other:?}"),
        };
    let found = find("customer_timeline");
    assert_eq!(found.hits[0].name, "public.customer_timeline");
    assert!(found.named >= 1 && found.in_definitions >= 1);
    let loose = find("cstmrtmln");
    assert_eq!(loose.hits.first().map(|hit| hit.name.as_str()), Some("public.customer_timeline"));
    assert_eq!(find("\"cstmrtmln\"").named, 0, "quotes are exact");
    let body = find("union all");
    assert!(body.named == 0 && body.in_definitions > 0 && body.hits[0].in_definition);
    let crowded = find("text");
    assert!(crowded.named > 5 && crowded.in_definitions > 0, "{crowded:?}");
    assert_eq!(crowded.hits.len(), 5);
    assert!(crowded.hits[4].in_definition && !crowded.hits[3].in_definition, "{crowded:?}");
    assert_eq!(find("  ").hits.len(), 0);
}
