//! Checks before and after a plan: they find the rows on which it fails, and nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::path::{Path, PathBuf};

use pgparity_tests::check_case::{CASES, CheckCase};
use pgparity_tests::{Bench, Cluster, Db, Pgparity, each_version, programs};

/// The plan in one form.
fn plan(bench: &Bench, sides: [&Path; 2], mode: &str, format: &str) -> PathBuf {
    let file = bench.path(&format!("{mode}.{format}"));
    let mut call = Pgparity::new(["plan", "--allow", "all", "--mode", mode, "--format", format])
        .args(sides)
        .args(["-o".as_ref(), file.as_os_str()]);
    let decisions = bench.path("decisions.json");
    if decisions.exists() {
        call = call.args(["--decisions".as_ref(), decisions.as_os_str()]);
    }
    call.run().expect_status(0);
    file
}

/// What each check finds in a database, row by row.
fn found(db: &Db<'_>, plan: &Path) -> Vec<String> {
    let plan: serde_json::Value = serde_json::from_slice(&std::fs::read(plan).unwrap()).unwrap();
    let mut rows = Vec::new();
    for check in plan["pre_checks"].as_array().unwrap() {
        if let Some(sql) = check["sql"].as_str() {
            rows.extend(db.query(sql).into_iter().map(|fields| fields.join("|")));
        }
    }
    rows.sort();
    rows
}

fn start<'c>(cluster: &'c Cluster, name: &str, sql: &[&str]) -> Db<'c> {
    let db = cluster.database(name);
    for sql in sql {
        db.sql(sql);
    }
    db
}

/// The status of a script, and what it says at its end.
fn run(db: &Db<'_>, script: &Path) -> (i32, String) {
    let output = db.try_file(script);
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn try_case(cluster: &Cluster, case: &CheckCase, mode: &str) {
    let bench = Bench::new();
    let name =
        |what: &str| format!("{what} {mode} {}", case.name).chars().take(60).collect::<String>();
    let goal = start(cluster, &name("goal"), &[case.to]);
    let good = start(cluster, &name("good"), &[case.from, case.rows]);
    let bad = start(cluster, &name("bad"), &[case.from, case.rows, case.bad]);
    if let Some(decisions) = case.decisions {
        bench.write("decisions.json", decisions);
    }
    let (from, to) = (bench.snapshot(&bad, "from"), bench.snapshot(&goal, "to"));
    let file = |format: &str| plan(&bench, [&from, &to], mode, format);
    let (json, sql) = (file("json"), file("sql"));
    let (before, after) = (file("pre-checks"), file("post-checks"));
    let told = || std::fs::read_to_string(&before).unwrap();
    assert_eq!(found(&bad, &json), case.found, "{}", told());
    let (status, error) = run(&bad, &before);
    assert_eq!(status, 3, "{}", told());
    assert!(error.contains("rows are in the way of the plan:\nstep "), "{error}");
    assert!(!bad.try_file(&sql).status.success(), "the plan does not fail");
    assert_eq!(found(&good, &json), Vec::<String>::new(), "{}", told());
    assert_eq!(run(&good, &before), (0, String::new()), "{}", told());
    let (status, error) = run(&good, &after);
    assert_eq!(status, 3, "{}", std::fs::read_to_string(&after).unwrap());
    assert!(error.contains("not everything is as the plan leaves it:\n"), "{error}");
    good.file(&sql);
    let (status, error) = run(&good, &after);
    assert_eq!((status, error.as_str()), (0, ""), "{}", std::fs::read_to_string(&after).unwrap());
}

/// Every case that the server can have; all that fail are told.
fn all(mode: &str) {
    each_version(|cluster| {
        let cases = CASES.iter().filter(|case| case.since <= cluster.major());
        let failed: Vec<&str> = cases
            .filter(|case| {
                let tried = std::panic::AssertUnwindSafe(|| try_case(cluster, case, mode));
                std::panic::catch_unwind(tried).is_err()
            })
            .map(|case| case.name)
            .collect();
        assert!(failed.is_empty(), "on {}: {failed:#?}", cluster.major());
    });
}

#[test]
fn checks_find_the_rows_on_which_a_plan_fails_and_no_others() {
    all("simple");
}

#[test]
fn online_too() {
    all("online");
}

/// Before 16 no query tells which texts are dates.
#[test]
fn what_cannot_be_told_is_said() {
    each_version(|cluster| {
        let bench = Bench::new();
        let from = start(cluster, "untold from", &["CREATE TABLE t (a text)"]);
        let to = start(cluster, "untold to", &["CREATE TABLE t (a date)"]);
        let sides = (bench.snapshot(&from, "from"), bench.snapshot(&to, "to"));
        let script = plan(&bench, [&sides.0, &sides.1], "simple", "pre-checks");
        let output = from.try_file(&script);
        assert!(output.status.success());
        let told = String::from_utf8(output.stdout).unwrap();
        assert_eq!(told.contains("(cannot be told beforehand)"), cluster.major() < 16, "{told}");
    });
}

/// A script without queries says so, and that withheld steps have none.
#[test]
fn what_is_not_looked_at_is_said() {
    let (bench, cluster) = (Bench::new(), Cluster::shared(newest()));
    let from = start(cluster, "withheld from", &["CREATE TABLE t (a int); CREATE TABLE gone ()"]);
    let to = start(cluster, "withheld to", &["CREATE TABLE t (a int NOT NULL)"]);
    let (from, to) = (bench.snapshot(&from, "from"), bench.snapshot(&to, "to"));
    let checks = |sides: [&PathBuf; 2], status: i32| -> String {
        let call = Pgparity::new(["plan", "--format", "pre-checks"]).args(sides);
        call.run().expect_status(status).text().to_owned()
    };
    let (withheld, none) =
        ("-- Steps that are withheld, and therefore not looked at: 1", "-- There is no query");
    let told = checks([&from, &to], 3);
    assert!(told.contains(withheld) && !told.contains(none), "{told}");
    let told = checks([&to, &to], 0);
    assert!(!told.contains(withheld) && told.contains(none), "{told}");
}

fn newest() -> u32 {
    programs::versions().into_iter().max().expect("there is a server")
}
