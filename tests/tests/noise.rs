//! An unchanged database has no drift, however it is looked at and wherever it was restored.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::path::{Path, PathBuf};

use pgparity_tests::{Bench, Cluster, Db, Pgparity, each_version, workspace};
use serde_json::Value;

/// Runs a test on each database that should be free of noise, with a name for its databases.
fn each_database(prefix: &str, test: impl Fn(&Bench, &Db<'_>)) {
    each_version(|cluster| {
        for (name, files) in databases(cluster) {
            let db = cluster.database(&format!("{prefix}_{name}"));
            for file in files {
                db.file(file);
            }
            test(&Bench::new(), &db);
        }
    });
}

fn databases(cluster: &Cluster) -> Vec<(String, Vec<PathBuf>)> {
    let mut zoo = vec![workspace::tests("fixtures/zoo.sql")];
    if cluster.major() >= 18 {
        zoo.push(workspace::tests("fixtures/zoo-18.sql"));
    }
    let extensions = vec![workspace::tests("fixtures/extensions.sql")];
    let mut databases = vec![
        ("zoo".to_owned(), zoo),
        ("empty".to_owned(), Vec::new()),
        ("extensions".to_owned(), extensions),
    ];
    for sample in ["shop", "marketplace"] {
        for state in ["from", "to"] {
            databases.push((format!("{sample}_{state}"), vec![workspace::sample(sample, state)]));
        }
    }
    databases
}

/// A snapshot without the instant at which it was taken.
fn timeless(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let (stamped, rest): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| line.trim_start().starts_with("\"captured_at\":"));
    assert_eq!(stamped.len(), 1, "one captured_at on a line of its own");
    rest.join("\n")
}

fn read(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn fingerprint(file: &Path) -> Value {
    let fingerprint = read(file)["fingerprint"].clone();
    assert!(fingerprint.is_string(), "{} has a fingerprint", file.display());
    fingerprint
}

#[test]
fn two_exports_are_equal_to_the_byte() {
    each_database("twice", |bench, db| {
        let (one, two) = (bench.snapshot(db, "one"), bench.snapshot(db, "two"));
        assert_eq!(timeless(&one), timeless(&two));
        Bench::expect_no_drift(&one, &two);
        bench.expect_empty_plan(&one, &two);
    });
}

#[test]
fn a_restored_dump_has_no_drift() {
    each_database("dumped", |bench, db| {
        let copy = db.cluster().database(&format!("{}_restored", db.name()));
        copy.sql(&db.pg_dump());
        let (original, restored) = (bench.snapshot(db, "original"), bench.snapshot(&copy, "copy"));
        Bench::expect_no_drift(&original, &restored);
        Bench::expect_no_drift(&restored, &original);
        assert_eq!(fingerprint(&original), fingerprint(&restored), "of {}", db.name());
        bench.expect_empty_plan(&original, &restored);
    });
}

#[test]
fn settings_of_the_session_change_no_definition() {
    each_database("settings", |bench, db| {
        let plain = bench.snapshot(db, "plain");
        let name = db.name();
        db.sql(&format!(
            "ALTER DATABASE {name} SET search_path = zoo, public, pg_catalog;
             ALTER DATABASE {name} SET quote_all_identifiers = on;
             ALTER DATABASE {name} SET datestyle = 'German, DMY';
             ALTER DATABASE {name} SET intervalstyle = 'sql_standard';
             ALTER DATABASE {name} SET timezone = 'Asia/Kathmandu';
             ALTER DATABASE {name} SET extra_float_digits = -5;
             ALTER DATABASE {name} SET bytea_output = 'escape';
             ALTER DATABASE {name} SET standard_conforming_strings = off;
             ALTER DATABASE {name} SET xmloption = 'document';"
        ));
        let odd = bench.snapshot(db, "odd");
        // The settings themselves are a difference of the databases; what they say is not.
        let without_settings = |file: &Path| {
            let mut objects = read(file)["objects"].take();
            objects.as_object_mut().unwrap().remove("database").expect("the database is described");
            objects
        };
        assert_eq!(without_settings(&plain), without_settings(&odd), "of {name}");
    });
}

#[test]
fn the_role_that_connects_changes_nothing() {
    each_database("role", |bench, db| {
        let (superuser, plain) = (bench.snapshot(db, "superuser"), bench.path("plain.json"));
        let url = db.url_as("plain_login");
        Pgparity::new(["export", "--url", &url, "-o"]).args([&plain]).run().expect_status(0);
        Bench::expect_no_drift(&superuser, &plain);
        assert_eq!(fingerprint(&superuser), fingerprint(&plain), "of {}", db.name());
    });
}

#[test]
fn statistics_and_rows_are_no_drift() {
    each_version(|cluster| {
        let (bench, db) = (Bench::new(), cluster.database("statistics"));
        db.sql("CREATE TABLE t (id serial PRIMARY KEY, v text);");
        let before = bench.snapshot(&db, "before");
        db.sql("INSERT INTO t (v) SELECT repeat('x', 100) FROM generate_series(1, 5000); ANALYZE;");
        let after = bench.snapshot(&db, "after");
        assert_ne!(timeless(&before), timeless(&after), "the statistics should have moved");
        Bench::expect_no_drift(&before, &after);
        assert_eq!(fingerprint(&before), fingerprint(&after));
    });
}

#[test]
fn the_order_of_grants_and_of_creation_changes_nothing() {
    each_version(|cluster| {
        let bench = Bench::new();
        let (one, other) = (cluster.database("order_one"), cluster.database("order_other"));
        one.sql(
            "CREATE TABLE a (x integer, y text); CREATE TABLE b (z integer);
             CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
             GRANT SELECT ON a TO reader; GRANT INSERT ON a TO app; GRANT SELECT ON a TO app;
             GRANT SELECT (x) ON a TO auditor; GRANT UPDATE (x) ON a TO reader;
             CREATE POLICY p ON a TO reader, app USING (true);",
        );
        other.sql(
            "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
             CREATE TABLE gone (); CREATE TABLE b (z integer);
             CREATE TABLE a (gone integer, x integer, y text); ALTER TABLE a DROP gone;
             GRANT UPDATE (x) ON a TO reader; GRANT SELECT (x) ON a TO auditor;
             GRANT SELECT, INSERT ON a TO app; GRANT SELECT ON a TO reader;
             GRANT ALL ON a TO postgres; REVOKE ALL ON b FROM app; DROP TABLE gone;
             CREATE POLICY p ON a TO app, reader USING (true);",
        );
        let (one, other) = (bench.snapshot(&one, "one"), bench.snapshot(&other, "other"));
        Bench::expect_no_drift(&one, &other);
        assert_eq!(fingerprint(&one), fingerprint(&other));
    });
}

#[test]
fn what_psql_reads_is_what_the_program_reads() {
    let script = Bench::new();
    let sql = script.path("rows.sql");
    let print = |extra: &[&str]| {
        let run =
            Pgparity::new(["export", "--print-sql", "--label", "a \"label\"", "-o"]).args([&sql]);
        run.args(extra).run().expect_status(0);
    };
    print(&[]);
    each_database("rows", |bench, db| {
        let output = db.try_file(&sql);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let rows = bench.write("rows.jsonl", &output.stdout);
        let direct = bench.snapshot(db, "direct");
        let run = Bench::diff(&rows, &direct).expect_status(0);
        let shown = fingerprint(&direct);
        let told = run.text().matches(shown.as_str().unwrap()).count();
        assert_eq!(told, 2, "both sides have the fingerprint {shown}");

        let text = String::from_utf8(output.stdout).unwrap();
        let cut = bench.write("cut.jsonl", &text[..text.len() / 2]);
        let run = Bench::diff(&cut, &direct).expect_status(2);
        assert!(run.stderr.contains("of the catalog rows"), "{}", run.stderr);
    });
}

#[test]
fn a_newer_server_is_no_drift() {
    let versions = pgparity_tests::programs::versions();
    let (Some(oldest), Some(newest)) = (versions.first(), versions.last()) else { unreachable!() };
    if oldest == newest {
        eprintln!("only PostgreSQL {oldest} is under test: nothing to compare");
        return;
    }
    let bench = Bench::new();
    let snapshots = [oldest, newest].map(|major| {
        let db = Cluster::shared(*major).database("across_versions");
        db.file(workspace::tests("fixtures/zoo.sql"));
        bench.snapshot(&db, &format!("v{major}"))
    });
    Bench::expect_no_drift(&snapshots[0], &snapshots[1]);
    bench.expect_empty_plan(&snapshots[0], &snapshots[1]);
    bench.expect_empty_plan(&snapshots[1], &snapshots[0]);
}

/// A child table has the NOT NULL of two parents by the name of one of them; no statement changes that
/// while it has it from both. It is told, and no drift.
#[test]
fn names_that_no_statement_changes_are_told() {
    each_version(|cluster| {
        if cluster.major() < 18 {
            return;
        }
        let of_a = "ALTER TABLE a ADD CONSTRAINT of_a NOT NULL id;";
        let tables =
            "CREATE TABLE a (id integer); CREATE TABLE b (id integer CONSTRAINT of_b NOT NULL);";
        let child = "CREATE TABLE c () INHERITS (a, b);";
        let first = cluster.database("names_of_a");
        first.sql(&format!("{tables} {of_a} {child}"));
        let second = cluster.database("names_of_b");
        second.sql(&format!("{tables} {child} {of_a}"));
        let bench = Bench::new();
        let (a, b) = (bench.snapshot(&first, "of_a"), bench.snapshot(&second, "of_b"));
        let told = Pgparity::new(["diff", "--format", "json"]).args([&a, &b]).run();
        let told = told.expect_status(0).json();
        let notes = told["notes"].as_array().unwrap();
        let note = notes.iter().find(|note| note["code"] == "inherited_names").unwrap();
        assert!(note["message"].as_str().unwrap().ends_with(": public.c.id"), "{note}");
        let same = Pgparity::new(["diff", "--format", "json"]).args([&a, &a]).run();
        assert_eq!(same.expect_status(0).json()["notes"], serde_json::json!([]));
    });
}

/// The names of partitions differ where one database was upgraded: who does not mind says so.
#[test]
fn names_of_partitions_can_be_left_out() {
    each_version(|cluster| {
        if cluster.major() < 18 {
            return;
        }
        let parent = "CREATE TABLE p (id integer NOT NULL) PARTITION BY LIST (id);";
        let made = cluster.database("names_made");
        made.sql(&format!("{parent} CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1);"));
        let attached = cluster.database("names_attached");
        attached.sql(&format!(
            "{parent} CREATE TABLE p_1 (id integer NOT NULL); ALTER TABLE p ATTACH PARTITION p_1 FOR \
             VALUES IN (1);"
        ));
        let bench = Bench::new();
        let (a, b) = (bench.snapshot(&made, "made"), bench.snapshot(&attached, "attached"));
        let told = Pgparity::new(["diff", "--format", "json"]).args([&a, &b]).run();
        let told = told.expect_status(1).json();
        let change = &told["changes"][0];
        assert_eq!(change["id"], "column:public.p_1.id");
        assert_eq!(change["attributes"][0]["name"], "inherited_not_null");
        assert_eq!(told["changes"].as_array().unwrap().len(), 1);
        let policy = bench.write("policy.toml", "version = 1\npresets = [\"not-null-names\"]\n");
        let ignoring = Pgparity::new(["diff", "--format", "json", "--policy"]);
        let ignoring = ignoring.args([&policy, &a, &b]).run().expect_status(0).json();
        assert_eq!(ignoring["ignored"][0]["count"], 1, "{ignoring}");
    });
}

/// Bodies that somebody indented anew: told as such, and left out where a policy says so. What stands in quotes,
/// and another language, is told.
#[test]
fn white_space_in_bodies_can_be_left_out() {
    each_version(|cluster| {
        let function = |name: &str, language: &str, body: &str| {
            format!("CREATE FUNCTION {name}() RETURNS text LANGUAGE {language} AS $f${body}$f$;")
        };
        let first = cluster.database("space_one");
        first.sql(&format!(
            "{} {} {}",
            function("indented", "plpgsql", "BEGIN\n  RETURN f(1,2);\nEND"),
            function("said", "sql", "SELECT 'a b'"),
            function("body", "plpgsql", "BEGIN RETURN 1; END"),
        ));
        let second = cluster.database("space_two");
        second.sql(&format!(
            "{} {} {}",
            function("indented", "plpgsql", "\r\nBEGIN\r\n\tRETURN f( 1, 2 );\r\nEND\r\n"),
            function("said", "sql", "SELECT 'a  b'"),
            function("body", "plpgsql", "BEGIN RETURN  2; END"),
        ));
        let bench = Bench::new();
        let (a, b) = (bench.snapshot(&first, "one"), bench.snapshot(&second, "two"));
        let told = Pgparity::new(["diff", "--format", "json"]).args([&a, &b]).run();
        let told = told.expect_status(1).json();
        let marked = |told: &Value| -> Vec<(String, bool)> {
            let changes = told["changes"].as_array().unwrap().iter();
            let mark = |change: &Value| {
                let name = change["name"].as_str().unwrap().to_owned();
                (name, change["attributes"][0]["white_space"] == true)
            };
            changes.map(mark).collect()
        };
        let of = |name: &str, space| (format!("{name}()"), space);
        assert_eq!(marked(&told), [of("body", false), of("indented", true), of("said", false)]);
        let policy = bench.write("policy.toml", "version = 1\npresets = [\"white-space\"]\n");
        let ignoring = Pgparity::new(["diff", "--format", "json", "--policy"]);
        let ignoring = ignoring.args([&policy, &a, &b]).run().expect_status(1).json();
        assert_eq!(marked(&ignoring), [of("body", false), of("said", false)]);
        assert_eq!(ignoring["ignored"][0]["count"], 1, "{ignoring}");
        let plan = Pgparity::new(["plan", "--policy"]).args([&policy, &a, &b]).run();
        let plan = String::from_utf8(plan.expect_status(0).stdout).unwrap();
        assert!(!plan.contains("indented") && plan.contains("said"), "{plan}");
    });
}
