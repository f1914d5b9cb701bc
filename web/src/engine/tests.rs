//! The engine with the sample snapshots, question by question.

#![allow(clippy::panic, reason = "an answer of another kind is what these tests must catch")]

use std::collections::BTreeSet;

use pgparity_core::action::Hazard;
use pgparity_core::diff::{IgnorePreset, RenameAnswer, RenameDecision, diff};
use pgparity_core::plan::{PlanOptions, StepState, reverse, script};
use pgparity_core::snapshot;

use super::*;
use crate::protocol::StepView;
use crate::protocol::{
    At, CompareAnswer, CompareAsk, DetailAnswer, DetailAsk, ExportAnswer, ExportAsk, Filter,
    Format, Lay, LineKind, Overview, PlanAnswer, PlanAsk, PlanPage, PlanQuery, Rows, Rule,
    ShelfAnswer, ShelfAsk, Sides, Slot, SnapId, Status, Subject, Taken, TreeQuery, View, Way,
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
        walk.open(0, Lay::On(Slot::From), FROM);
        walk.open(1, Lay::On(Slot::To), TO);
        assert!(walk.sides(ShelfAsk::Who).complete());
        walk
    }

    fn open(&mut self, id: u32, lay: Lay, bytes: &[u8]) -> Response {
        let name = format!("{id}.json");
        self.ask(ShelfAsk::Open { id: SnapId(id), lay, name, sample: None }, &[bytes.to_vec()])
    }

    fn sides(&mut self, ask: ShelfAsk) -> Sides {
        match self.ask(ask, &[]) {
            Response::Shelf(ShelfAnswer::Sides(sides)) => sides,
            other => panic!("{other:?}"),
        }
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

    /// The whole plan: the sample needs more than one window.
    pub(super) fn plan(&mut self) -> PlanPage {
        let mut plan = self.window(At::default());
        for window in 1..plan.windows {
            plan.steps.extend(self.window(At::Window(window)).steps);
        }
        plan
    }

    fn window(&mut self, at: At) -> PlanPage {
        match self.ask(PlanAsk::Page { query: PlanQuery::default(), at }, &[]) {
            Response::Plan(PlanAnswer::Page(page)) => page,
            other => panic!("{other:?}"),
        }
    }

    fn export(&mut self, format: Format) -> String {
        self.export_of(Way::There, format)
    }

    fn export_of(&mut self, way: Way, format: Format) -> String {
        let subject = Subject::Plan(PlanQuery { way, ..PlanQuery::default() });
        self.document(format, subject, Taken::default())
    }

    pub(super) fn document(&mut self, format: Format, subject: Subject, taken: Taken) -> String {
        match self.ask(ExportAsk::Document { format, subject, taken }, &[]) {
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
        let answer = walk.ask(DetailAsk::Object { id: id.clone(), no_blanks: false }, &[]);
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
    for format in [Format::Script, Format::Markdown, Format::Json, Format::Html, Format::Csv] {
        let text = walk.export(format);
        assert!(text.contains("production") && text.contains("development"), "{format:?}");
    }
}

#[test]
fn the_whole_way_back_is_that_of_the_program() {
    let mut walk = Walk::start();
    walk.answer_renames(RenameAnswer::Rename);
    walk.settings.allow.insert(Hazard::DataLoss);
    walk.settings.idempotent = true;
    let (from, to) = (snapshot::read(FROM), snapshot::read(TO));
    let (Ok(from), Ok(to)) = (from, to) else { panic!("the samples are snapshots") };
    let options = PlanOptions {
        allow: walk.settings.allow.clone(),
        idempotent: true,
        ..PlanOptions::default()
    };
    let comparing = pgparity_core::diff::DiffOptions {
        decisions: walk.settings.renames.clone(),
        ..pgparity_core::diff::DiffOptions::default()
    };
    let program = script(&reverse(&from, &to, &comparing, &options));
    assert_eq!(walk.export_of(Way::Back, Format::Script), program);
}

#[test]
fn what_is_ignored_is_in_neither_script() {
    let mut walk = Walk::start();
    walk.answer_renames(RenameAnswer::Rename);
    let grants =
        |script: &str| script.matches("GRANT ").count() + script.matches("REVOKE ").count();
    let both = |walk: &mut Walk| {
        [Way::There, Way::Back].map(|way| grants(&walk.export_of(way, Format::Script)))
    };
    let before = both(&mut walk);
    assert!(before.iter().all(|count| *count > 0), "{before:?}");
    walk.settings.ignore.insert(IgnorePreset::Privileges);
    // What comes anew comes with its privileges.
    let after = both(&mut walk);
    assert!(
        after.iter().zip(before).all(|(after, before)| *after < before),
        "{before:?} {after:?}"
    );
}

#[test]
fn the_way_back_leaves_alone_what_the_script_does_not_do() {
    let mut walk = Walk::start();
    walk.answer_renames(RenameAnswer::DropAndCreate);
    // What is withheld is not done, and nothing brings it back.
    let back = |walk: &mut Walk| {
        let query = PlanQuery { way: Way::Back, ..PlanQuery::default() };
        match walk.ask(PlanAsk::Page { query, at: At::default() }, &[]) {
            Response::Plan(PlanAnswer::Page(page)) => page,
            other => panic!("{other:?}"),
        }
    };
    let held = back(&mut walk);
    assert!(held.left_out > 0);
    assert!(
        held.notes
            .iter()
            .all(|note| note.code != "not_restored" || !note.message.starts_with("DROP TABLE"))
    );
    let keys: Vec<String> = walk.plan().steps.iter().map(|view| view.step.key.clone()).collect();
    walk.settings.off = keys.into_iter().collect();
    let nothing = back(&mut walk);
    assert_eq!((nothing.tally.included, nothing.losses_all), (0, 0), "{:?}", nothing.verdict);
    assert!(nothing.steps.iter().all(|view| view.idle && view.turn_on.is_empty()));
}

#[test]
fn the_way_back_keeps_a_column_that_the_script_does_not_add() {
    let mut walk = Walk::start();
    walk.answer_renames(RenameAnswer::Rename);
    walk.settings.allow.insert(Hazard::DataLoss);
    let tier = "column:public.customers.loyalty_tier";
    let adds =
        |view: &&StepView| view.step.object.as_str() == tier && view.step.verb.contains("ADD");
    let plan = walk.plan();
    let Some(added) = plan.steps.iter().find(adds) else { panic!("no step adds {tier}") };
    walk.settings.off.insert(added.step.key.clone());
    let back = walk.export_of(Way::Back, Format::Script);
    let (runs, held) = back.split_once("-- Withheld:").unwrap_or((&back, ""));
    assert!(!runs.contains("loyalty_tier") && held.contains("loyalty_tier"), "{back}");
    assert!(runs.contains("loyalty_points"));
}

#[test]
fn one_transaction_is_a_script_of_its_own() {
    let mut walk = Walk::start();
    let ask = ExportAsk::Transaction { way: Way::There, number: 1 };
    let Response::Export(ExportAnswer::Text(text)) = walk.ask(ask, &[]) else { panic!("no text") };
    assert_eq!((text.matches("BEGIN;").count(), text.matches("COMMIT;").count()), (1, 1));
    assert!(text.contains("check_function_bodies") && !text.contains("Withheld"));
}

#[test]
fn one_snapshot_is_not_enough_and_a_bad_one_changes_nothing() {
    let mut walk = Walk { session: Session::default(), settings: Settings::default() };
    let opened = Response::Shelf(ShelfAnswer::Opened(SnapId(0)));
    assert_eq!(walk.open(0, Lay::Free, TO), opened);
    assert!(matches!(walk.ask(CompareAsk::Overview, &[]), Response::Nothing(_)));
    let answer = walk.open(1, Lay::Free, &FROM[..1000]);
    let Response::Shelf(ShelfAnswer::Refused(refusal)) = answer else { panic!("{answer:?}") };
    assert_eq!(refusal.file, "1.json");
    walk.open(2, Lay::Free, FROM);
    let sides = walk.sides(ShelfAsk::Who);
    assert!(sides.guessed && sides.complete());
    assert!(walk.sides(ShelfAsk::Close { slot: Slot::To }).to.is_none());
}

#[test]
fn a_third_snapshot_is_kept_and_numbers_stay() {
    let mut walk = Walk::start();
    walk.open(2, Lay::On(Slot::To), FROM);
    let sides = walk.sides(ShelfAsk::Who);
    let ids: Vec<u32> = sides.shelf.iter().map(|shelved| shelved.id.0).collect();
    assert_eq!(ids, [0, 1, 2]);
    assert_eq!(sides.to, Some(sides.shelf[2].side.clone()));
    assert_eq!(walk.overview().counts.differing(), 0);
    let sides = walk.sides(ShelfAsk::Close { slot: Slot::To });
    assert_eq!((sides.shelf.len(), sides.to), (2, None));
}

#[test]
fn a_shelf_is_put_back_as_it_was() {
    let mut walk = Walk::start();
    let before = walk.sides(ShelfAsk::Swap);
    let (from, to) = (before.from_id, before.to_id);
    assert!(walk.sides(ShelfAsk::Clear).shelf.is_empty());
    walk.open(0, Lay::Nowhere, FROM);
    walk.open(1, Lay::Nowhere, TO);
    let sides = walk.sides(ShelfAsk::Arrange { from, to, guessed: false });
    assert_eq!(sides, before);
    let sides = walk.sides(ShelfAsk::Arrange { from: Some(SnapId(7)), to, guessed: true });
    assert!(sides.from.is_none() && sides.to.is_some() && !sides.guessed, "one is gone");
}

#[test]
fn the_index_of_users_says_what_the_snapshot_says() {
    let walk = &mut Walk::start();
    walk.overview();
    let Some(compared) = &walk.session.compared else { panic!("nothing is compared") };
    let ((from, to), (from_users, to_users)) = (compared.sides(), compared.users());
    for id in compared.entries().all().keys() {
        assert_eq!(from_users.of_object(id), from.used_by(id), "{id}");
        assert_eq!(to_users.of_object(id), to.used_by(id), "{id}");
    }
}

#[test]
fn what_takes_a_while_is_told_while_it_is_done() {
    let mut walk = Walk::start();
    let mut told = |ask: Ask, file: Option<&[u8]>| {
        let mut stages = Vec::new();
        let request = Request { settings: Settings::default(), ask };
        walk.session.answer(&request, file.map(<[u8]>::to_vec), &mut |stage| stages.push(stage));
        stages
    };
    let name = "again.json".to_owned();
    let lay = Lay::On(Slot::From);
    let open = ShelfAsk::Open { id: SnapId(0), lay, name: name.clone(), sample: None };
    let bytes = FROM.len() as u64;
    assert_eq!(told(open.into(), Some(FROM)), [Stage::Parsing { name, done: 0, bytes }]);
    let comparing = told(CompareAsk::Overview.into(), None);
    assert!(!comparing.is_empty());
    for stage in comparing {
        assert!(matches!(stage, Stage::Comparing { objects: 1.., percent: 0..=90 }), "{stage:?}");
    }
    assert_eq!(told(CompareAsk::Overview.into(), None), []);
    let page = PlanAsk::Page { query: PlanQuery::default(), at: At::default() };
    assert!(matches!(told(page.into(), None).as_slice(), [Stage::Planning { changes: 1.. }]));
}

#[test]
fn rows_are_the_same_whether_equal_objects_are_at_hand_or_not() {
    let queries = || {
        let text = Filter { text: "id".to_owned(), ..Filter::default() };
        let kinds = Filter { kinds: ["column".to_owned()].into(), ..Filter::default() };
        let hidden = Filter { status: [Status::Hidden].into(), ..Filter::default() };
        let filters = [Filter::default(), text, kinds, hidden];
        let query = |view, filter| TreeQuery { filter, view, ..TreeQuery::default() };
        View::ALL
            .into_iter()
            .flat_map(move |view| filters.clone().map(|filter| query(view, filter)))
    };
    let rows = |walk: &mut Walk, query: TreeQuery| {
        walk.ask(CompareAsk::Rows { query, start: 0, len: usize::MAX }, &[])
    };
    for ignore in [BTreeSet::new(), IgnorePreset::ALL.into()] {
        let (mut few, mut all) = (Walk::start(), Walk::start());
        for walk in [&mut few, &mut all] {
            walk.settings.ignore.clone_from(&ignore);
        }
        for query in queries() {
            rows(
                &mut all,
                TreeQuery { filter: self::all(), view: query.view, ..TreeQuery::default() },
            );
            assert_eq!(rows(&mut few, query.clone()), rows(&mut all, query.clone()), "{query:?}");
        }
    }
}

#[test]
fn what_will_be_asked_for_is_made_while_nobody_asks() {
    let mut walk = Walk::start();
    assert!(!walk.session.prepare(), "nothing is compared yet");
    walk.overview();
    let made = std::iter::from_fn(|| walk.session.prepare().then_some(())).take(10).count();
    assert_eq!(made, 2, "all objects, and who uses what");
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
    for format in [Format::Script, Format::Markdown, Format::Json, Format::Html, Format::Csv] {
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
    let answer = walk.ask(DetailAsk::Object { id, no_blanks: false }, &[]);
    let Response::Detail(DetailAnswer::Object(detail)) = answer else { panic!("{answer:?}") };
    assert!(detail.summary[0].contains("Ignore rules"), "{:?}", detail.summary);
    assert!(detail.summary.len() > 1);
}
