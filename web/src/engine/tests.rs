//! The engine with the sample snapshots, question by question.

#![allow(clippy::panic, reason = "an answer of another kind is what these tests must catch")]

use pgparity_core::action::Hazard;
use pgparity_core::diff::{IgnorePreset, RenameAnswer, RenameDecision, diff};
use pgparity_core::plan::StepState;
use pgparity_core::snapshot;

use super::*;
use crate::protocol::{
    CompareAnswer, CompareAsk, DetailAnswer, DetailAsk, ExportAnswer, ExportAsk, Filter, Format,
    LineKind, Overview, PlanAnswer, PlanAsk, PlanPage, Rows, Rule, ShelfAnswer, ShelfAsk, Slot,
    Status, TreeQuery,
};

const FROM: &[u8] = include_bytes!("../../samples/production.json");
const TO: &[u8] = include_bytes!("../../samples/development.json");

pub(super) struct Walk {
    session: Session,
    pub(super) settings: Settings,
}

impl Walk {
    /// Both samples, From and To.
    pub(super) fn start() -> Walk {
        let mut walk = Walk { session: Session::default(), settings: Settings::default() };
        let answer = walk.ask(ShelfAsk::Sample, &[FROM.to_vec(), TO.to_vec()]);
        let Response::Shelf(ShelfAnswer::Sides(sides)) = answer else { panic!("{answer:?}") };
        assert!(sides.complete());
        walk
    }

    pub(super) fn ask(&mut self, ask: impl Into<Ask>, files: &[Vec<u8>]) -> Response {
        let ask = ask.into();
        self.session.handle(&Request { settings: self.settings.clone(), ask }, files)
    }

    pub(super) fn overview(&mut self) -> Overview {
        match self.ask(CompareAsk::Overview, &[]) {
            Response::Compare(CompareAnswer::Overview(overview)) => overview,
            other => panic!("{other:?}"),
        }
    }

    fn rows(&mut self, filter: Filter) -> Rows {
        let query = TreeQuery { filter, ..TreeQuery::default() };
        match self.ask(CompareAsk::Rows { query, start: 0, len: usize::MAX }, &[]) {
            Response::Compare(CompareAnswer::Rows(rows)) => rows,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn plan(&mut self) -> PlanPage {
        match self.ask(PlanAsk::Page { start: 0, len: usize::MAX }, &[]) {
            Response::Plan(PlanAnswer::Page(page)) => page,
            other => panic!("{other:?}"),
        }
    }

    fn export(&mut self, format: Format) -> String {
        match self.ask(ExportAsk::Document { format }, &[]) {
            Response::Export(ExportAnswer::Text(text)) => text,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn answer_renames(&mut self, answer: RenameAnswer) {
        let candidates = self.overview().candidates;
        self.settings.renames = candidates
            .into_iter()
            .map(|c| RenameDecision { from: c.pair.from, to: c.pair.to, answer })
            .collect();
    }
}

fn all() -> Filter {
    Filter { status: Status::ALL.into_iter().collect(), ..Filter::default() }
}

#[test]
fn the_counts_are_those_of_the_drift() {
    let (from, to) = (snapshot::read(FROM), snapshot::read(TO));
    let (Ok(from), Ok(to)) = (from, to) else { panic!("the samples are snapshots") };
    let totals = diff(&from, &to, &pgparity_core::diff::DiffOptions::default()).totals;
    let sum = |of: fn(&pgparity_core::diff::Total) -> usize| totals.iter().map(of).sum::<usize>();
    let counts = Walk::start().overview().counts;
    assert_eq!(counts.missing, sum(|total| total.created));
    assert_eq!(counts.extra, sum(|total| total.dropped));
    assert_eq!(counts.changed, sum(|total| total.altered));
    assert_eq!(counts.same, sum(|total| total.same));
}

#[test]
fn kinds_and_schemas_add_up_to_the_whole() {
    let overview = Walk::start().overview();
    for facets in [&overview.kinds, &overview.schemas] {
        let total: usize = facets.iter().map(|facet| facet.counts.total()).sum();
        assert_eq!(total, overview.counts.total());
    }
}

#[test]
fn every_object_can_be_looked_at() {
    let mut walk = Walk::start();
    let rows = walk.rows(all());
    assert_eq!(rows.matching, rows.objects);
    let ids: Vec<_> =
        rows.window.into_iter().filter_map(|row| Some((row.id?, row.status?))).collect();
    assert!(ids.len() > 50, "{}", ids.len());
    for (id, status) in ids {
        let answer = walk.ask(DetailAsk::Object { id: id.clone() }, &[]);
        let Response::Detail(DetailAnswer::Object(detail)) = answer else {
            panic!("{id}: {answer:?}")
        };
        assert_eq!(detail.status, status, "{id}");
        assert!(!detail.summary.is_empty(), "{id}");
        let one_sided = matches!(status, Status::Missing | Status::Extra);
        let same_lines = detail.definition.rows.iter().all(|row| row.kind == LineKind::Equal);
        assert!(!one_sided || !same_lines, "{id}");
    }
}

#[test]
fn swapped_sides_mirror_the_counts() {
    let mut walk = Walk::start();
    let before = walk.overview().counts;
    assert!(matches!(walk.ask(ShelfAsk::Swap, &[]), Response::Shelf(ShelfAnswer::Sides(_))));
    let after = walk.overview().counts;
    assert_eq!((after.missing, after.extra), (before.extra, before.missing));
    assert_eq!((after.changed, after.same), (before.changed, before.same));
}

#[test]
fn a_confirmed_rename_is_one_object_and_can_be_taken_back() {
    let mut walk = Walk::start();
    let before = walk.overview();
    assert_eq!(before.candidates.len(), 1);
    walk.answer_renames(RenameAnswer::Rename);
    let renamed = walk.overview();
    assert!(renamed.counts.renamed >= 1);
    assert!(renamed.counts.total() < before.counts.total());
    assert_eq!(renamed.candidates[0].answer, Some(RenameAnswer::Rename));
    walk.settings.renames.clear();
    assert_eq!(walk.overview(), before);
}

#[test]
fn allowing_a_hazard_lets_its_steps_in() {
    let mut walk = Walk::start();
    walk.answer_renames(RenameAnswer::Rename);
    let held = walk.plan();
    assert!(held.tally.withheld > 0 && held.tally.undecided == 0);
    walk.settings.allow.insert(Hazard::DataLoss);
    let allowed = walk.plan();
    assert_eq!(allowed.tally.included, allowed.tally.steps);
    assert!(allowed.tally.destructive > 0);
}

#[test]
fn a_step_that_is_off_takes_along_as_many_as_it_said() {
    let mut walk = Walk::start();
    walk.settings.allow.insert(Hazard::DataLoss);
    let plan = walk.plan();
    let steps: Vec<_> = plan.steps.iter().filter(|s| s.step.state == StepState::Included).collect();
    assert!(!steps.is_empty());
    for view in steps {
        walk.settings.off = [view.step.key.clone()].into();
        let tally = walk.plan().tally;
        assert_eq!((tally.off, tally.blocked), (1, view.takes_along), "step {}", view.step.number);
    }
}

#[test]
fn exports_speak_of_both_sides() {
    let mut walk = Walk::start();
    for format in [Format::Script, Format::Markdown, Format::Json] {
        let text = walk.export(format);
        assert!(text.contains("production") && text.contains("development"), "{format:?}");
    }
}

#[test]
fn one_snapshot_is_not_enough_and_a_bad_one_changes_nothing() {
    let mut walk = Walk { session: Session::default(), settings: Settings::default() };
    let open = |name: &str| ShelfAsk::Open { slot: None, name: name.to_owned() };
    assert!(matches!(
        walk.ask(open("a.json"), &[TO.to_vec()]),
        Response::Shelf(ShelfAnswer::Sides(_))
    ));
    assert!(matches!(walk.ask(CompareAsk::Overview, &[]), Response::Nothing(_)));
    let answer = walk.ask(open("cut.json"), &[FROM[..1000].to_vec()]);
    let Response::Shelf(ShelfAnswer::Refused(refusal)) = answer else { panic!("{answer:?}") };
    assert_eq!(refusal.file, "cut.json");
    let answer = walk.ask(open("b.json"), &[FROM.to_vec()]);
    let Response::Shelf(ShelfAnswer::Sides(sides)) = answer else { panic!("{answer:?}") };
    assert!(sides.guessed && sides.complete());
    let answer = walk.ask(ShelfAsk::Close { slot: Slot::To }, &[]);
    assert!(matches!(answer, Response::Shelf(ShelfAnswer::Sides(sides)) if sides.to.is_none()));
}

#[test]
fn a_third_snapshot_is_kept_and_numbers_stay() {
    let mut walk = Walk::start();
    let open = ShelfAsk::Open { slot: Some(Slot::To), name: "c.json".to_owned() };
    let answer = walk.ask(open, &[FROM.to_vec()]);
    let Response::Shelf(ShelfAnswer::Sides(sides)) = answer else { panic!("{answer:?}") };
    let ids: Vec<u32> = sides.shelf.iter().map(|shelved| shelved.id.0).collect();
    assert_eq!(ids, [0, 1, 2]);
    assert_eq!(sides.to, Some(sides.shelf[2].side.clone()));
    assert_eq!(walk.overview().counts.differing(), 0);
    let answer = walk.ask(ShelfAsk::Close { slot: Slot::To }, &[]);
    let Response::Shelf(ShelfAnswer::Sides(sides)) = answer else { panic!("{answer:?}") };
    assert_eq!((sides.shelf.len(), sides.to), (2, None));
}

#[test]
fn the_index_of_users_says_what_the_snapshot_says() {
    let walk = &mut Walk::start();
    walk.overview();
    let Some(compared) = &walk.session.compared else { panic!("nothing is compared") };
    let ((from, to), (from_users, to_users)) = (compared.sides(), compared.users());
    for id in compared.entries().keys() {
        assert_eq!(from_users.of_object(id), from.used_by(id), "{id}");
        assert_eq!(to_users.of_object(id), to.used_by(id), "{id}");
    }
}

#[test]
fn a_rule_hides_what_it_said_and_everything_is_still_counted() {
    let mut walk = Walk::start();
    let before = walk.overview();
    assert!(before.rules.iter().all(|rule| !rule.on));
    assert!(before.rules.iter().any(|rule| rule.count > 0));
    let differences = |walk: &Walk| -> usize {
        let changes = walk.session.compared.iter().flat_map(|compared| &compared.drift().changes);
        changes.map(|change| change.attributes.len().max(1)).sum()
    };
    for rule in &before.rules {
        walk.settings.ignore.clear();
        walk.overview();
        let all = differences(&walk);
        walk.settings.ignore = [rule.preset].into();
        let after = walk.overview();
        assert_eq!(all - differences(&walk), rule.count, "{:?}", rule.preset);
        assert_eq!(after.counts.total(), before.counts.total(), "{:?}", rule.preset);
        assert_eq!(
            after.counts.differing() + after.counts.hidden,
            before.counts.differing(),
            "{:?}",
            rule.preset
        );
        let told = |rules: &[Rule]| rules.iter().map(|rule| rule.count).collect::<Vec<_>>();
        assert_eq!(told(&after.rules), told(&before.rules), "counts stay what they are");
    }
    walk.settings.ignore.clear();
    assert_eq!(walk.overview(), before, "off again, all is as it was");
}

#[test]
fn what_rules_hide_is_in_no_script_and_named_in_every_export() {
    let mut walk = Walk::start();
    let hides = walk.overview().rules.into_iter().find(|rule| rule.count > 0);
    let Some(Rule { preset, .. }) = hides else { panic!("the samples differ in nothing minor") };
    walk.settings.ignore = IgnorePreset::ALL.into();
    let steps = walk.plan().tally.steps;
    for format in [Format::Script, Format::Markdown, Format::Json] {
        assert!(walk.export(format).contains(preset.words()), "{format:?}");
    }
    walk.settings.ignore.clear();
    assert!(steps < walk.plan().tally.steps);
}

#[test]
fn a_hidden_object_can_be_asked_for_and_says_so() {
    let mut walk = Walk::start();
    walk.settings.ignore = IgnorePreset::ALL.into();
    let hidden = walk.overview().counts.hidden;
    let filter = Filter { status: [Status::Hidden].into(), ..Filter::default() };
    let rows = walk.rows(filter);
    assert_eq!((rows.matching, hidden > 0), (hidden, true));
    let id = rows.window.iter().find(|row| row.status == Some(Status::Hidden));
    let Some(id) = id.and_then(|row| row.id.clone()) else { panic!("{rows:?}") };
    let answer = walk.ask(DetailAsk::Object { id }, &[]);
    let Response::Detail(DetailAnswer::Object(detail)) = answer else { panic!("{answer:?}") };
    assert!(detail.summary[0].contains("Ignore rules"), "{:?}", detail.summary);
    assert!(detail.summary.len() > 1);
}
