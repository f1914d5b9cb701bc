//! A script that can run again, where a run stopped in the middle of what no transaction takes.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use pgparity_tests::{Bench, Db, each_version};

const OPTIONS: &[&str] = &["--allow", "all", "--mode", "online", "--idempotent"];

/// Two values of which only one may be there; the index is built outside of a transaction.
const ROWS: &str =
    "CREATE TABLE t (id integer, \"a B\" text); INSERT INTO t VALUES (1, 'x'), (2, 'x');";

fn stops_and_goes_on(start: &Db<'_>, goal: &Db<'_>, index: &str) {
    let bench = Bench::new();
    let (from, to) = (bench.snapshot(start, "from"), bench.snapshot(goal, "to"));
    let plan = bench.plan(&from, &to, OPTIONS, "plan");
    let invalid = format!(
        "SELECT count(*) FROM pg_index WHERE indexrelid = '{index}'::regclass AND NOT indisvalid"
    );
    assert!(!start.try_file(&plan).status.success(), "the rows do not allow it");
    assert_eq!(start.value(&invalid), "1", "the failed build leaves an index");
    start.sql("UPDATE t SET \"a B\" = id");
    start.file(&plan);
    assert_eq!(start.value(&invalid), "0");
    Bench::expect_no_drift(&bench.snapshot(start, "reached"), &to);
    let number = format!("SELECT '{index}'::regclass::oid");
    let built = start.value(&number);
    start.file(&plan);
    assert_eq!(built, start.value(&number), "the next run builds it once more");
}

#[test]
fn a_unique_index_that_could_not_be_built_is_built_by_the_next_run() {
    each_version(|cluster| {
        let (start, goal) = (cluster.database("rerun start"), cluster.database("rerun goal"));
        start.sql(ROWS);
        goal.sql("CREATE TABLE t (id integer, \"a B\" text); CREATE UNIQUE INDEX \"on \"\" ON\" ON t (\"a B\")");
        stops_and_goes_on(&start, &goal, "public.\"on \"\" ON\"");
    });
}

#[test]
fn a_constraint_whose_index_could_not_be_built_is_added_by_the_next_run() {
    each_version(|cluster| {
        let (start, goal) =
            (cluster.database("rerun start key"), cluster.database("rerun goal key"));
        start.sql(ROWS);
        goal.sql(
            "CREATE TABLE t (id integer, \"a B\" text, CONSTRAINT \"the key\" UNIQUE (\"a B\"))",
        );
        stops_and_goes_on(&start, &goal, "public.\"the key\"");
    });
}
