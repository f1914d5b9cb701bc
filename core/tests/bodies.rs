//! What bodies of functions name: whom a drop or a rename leaves behind.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should panic"
)]

use pgparity_core::action::Hazard;
use pgparity_core::diff::{DiffOptions, RenameAnswer, RenameDecision, diff};
use pgparity_core::objects::{Column, Function, Table};
use pgparity_core::plan::{Plan, PlanOptions, plan};
use pgparity_core::snapshot::Snapshot;

fn table(name: &str, columns: &[&str]) -> Table {
    let column = |name: &&str| Column {
        name: (*name).into(),
        data_type: "integer".into(),
        ..Column::default()
    };
    Table {
        schema: "public".into(),
        name: name.into(),
        columns: columns.iter().map(column).collect(),
        ..Table::default()
    }
}

fn function(name: &str, body: &str) -> Function {
    Function {
        schema: "public".into(),
        name: name.into(),
        returns: Some("void".into()),
        language: "plpgsql".into(),
        body: Some(body.into()),
        ..Function::default()
    }
}

fn snapshot(tables: Vec<Table>, functions: Vec<Function>) -> Snapshot {
    let mut snapshot = Snapshot::default();
    snapshot.source.server_version_num = 150_000;
    snapshot.objects.table = tables.into_iter().collect();
    snapshot.objects.function = functions.into_iter().collect();
    snapshot.objects.sort();
    snapshot
}

/// The plan, with some renames.
fn planned(from: &Snapshot, to: &Snapshot, renames: &[(&str, &str)]) -> Plan {
    let decision = |(from, to): &(&str, &str)| RenameDecision {
        from: (*from).into(),
        to: (*to).into(),
        answer: RenameAnswer::Rename,
    };
    let decisions = renames.iter().map(decision).collect();
    let drift = diff(from, to, &DiffOptions { decisions, ..DiffOptions::default() });
    plan(from, to, &drift, &PlanOptions::default())
}

/// What the steps say of functions left behind.
fn left_behind(plan: &Plan) -> Vec<String> {
    let hazards = plan
        .steps
        .iter()
        .flat_map(|step| step.hazards.iter().map(move |note| (step.object.to_string(), note)));
    let found = hazards.filter(|(_, note)| note.hazard == Hazard::UntrackedDependencies);
    found.map(|(object, note)| format!("{object}: {}", note.message)).collect()
}

#[test]
fn a_body_that_names_what_is_dropped_is_told_of() {
    let body = "BEGIN PERFORM total FROM Gone; EXECUTE 'SELECT extra FROM public.kept'; END";
    let functions = || vec![function("user_of_it", body), function("other", "BEGIN END")];
    let from = snapshot(vec![table("gone", &["total"]), table("kept", &["extra"])], functions());
    let to = snapshot(vec![table("kept", &["id"])], functions());
    let told = left_behind(&planned(&from, &to, &[]));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|line| line.contains("function public.user_of_it()")), "{told:?}");
    assert!(told.iter().any(|line| line.starts_with("table:public.gone: ")), "{told:?}");
    assert!(told.iter().any(|line| line.starts_with("column:public.kept.extra: ")), "{told:?}");
}

#[test]
fn a_body_that_changes_with_it_or_means_another_is_not() {
    let from = snapshot(
        vec![table("gone", &["id"])],
        vec![function("f", "BEGIN PERFORM id FROM gone; END")],
    );
    let to = snapshot(Vec::new(), vec![function("f", "BEGIN PERFORM 1 FROM other.gone; END")]);
    assert_eq!(left_behind(&planned(&from, &to, &[])), Vec::<String>::new());
}

#[test]
fn a_body_that_says_the_old_name_is_told_of() {
    let body = "BEGIN PERFORM a FROM old_name; END";
    let from = snapshot(vec![table("old_name", &["a"])], vec![function("f", body)]);
    let to = snapshot(vec![table("new_name", &["a"])], vec![function("f", body)]);
    let told =
        left_behind(&planned(&from, &to, &[("table:public.old_name", "table:public.new_name")]));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("old_name"), "{told:?}");
}

#[test]
fn bodies_that_name_each_other_and_their_tables_get_an_order() {
    let to = snapshot(
        vec![table("t", &["a"])],
        vec![
            function("a_first", "BEGIN PERFORM b_second(); PERFORM c_third(); END"),
            function("b_second", "BEGIN PERFORM a_first(); PERFORM * FROM t; END"),
            function("c_third", "BEGIN PERFORM 1; END"),
        ],
    );
    let plan = planned(&snapshot(Vec::new(), Vec::new()), &to, &[]);
    let place = |id: &str| plan.steps.iter().position(|step| step.object.as_str() == id).unwrap();
    assert!(place("table:public.t") < place("function:public.b_second()"));
    assert!(place("function:public.c_third()") < place("function:public.a_first()"));
    assert!(plan.notes.iter().all(|note| note.code != "circle"));
}
