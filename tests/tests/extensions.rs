//! What belongs to extensions, and what somebody changed on it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::Path;

use pgparity_tests::{Bench, Cluster, Db, each_version, programs};
use serde_json::Value;

fn read(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// Kind and name of all that a snapshot names without describing it.
fn named(snapshot: &Value) -> Vec<String> {
    let all = snapshot["unmodelled"].as_array().into_iter().flatten();
    all.map(|what| format!("{} {}", what["kind"].as_str().unwrap(), what["name"].as_str().unwrap()))
        .collect()
}

#[test]
fn what_lies_on_a_table_of_an_extension_is_named_and_not_described() {
    each_version(|cluster| {
        let (bench, db) = (Bench::new(), cluster.database("on_members"));
        db.sql(
            "CREATE EXTENSION citext;
             CREATE TABLE m (a integer PRIMARY KEY, b integer CHECK (b > 0) REFERENCES m, UNIQUE (b));
             CREATE INDEX m_index ON m (a, b);
             CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
             CREATE TRIGGER m_trigger BEFORE INSERT ON m FOR EACH ROW EXECUTE FUNCTION f();
             CREATE POLICY m_policy ON m; CREATE STATISTICS m_statistics ON a, b FROM m;
             CREATE RULE m_rule AS ON DELETE TO m DO NOTHING;
             ALTER EXTENSION citext ADD TABLE m;",
        );
        let snapshot = read(&bench.snapshot(&db, "one"));
        let expected = [
            "index public.m_index on public.m (extension citext)",
            "policy m_policy on public.m (extension citext)",
            "rule m_rule on public.m (extension citext)",
            "statistics object public.m_statistics on public.m (extension citext)",
            "table constraint m_b_check on public.m (extension citext)",
            "table constraint m_b_fkey on public.m (extension citext)",
            "table constraint m_b_key on public.m (extension citext)",
            "table constraint m_pkey on public.m (extension citext)",
            "trigger m_trigger on public.m (extension citext)",
        ];
        assert_eq!(named(&snapshot), expected);
        let described = snapshot["objects"].as_object().unwrap();
        let mut kinds: Vec<&str> = described.keys().map(String::as_str).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["database", "extension", "function", "schema"]);
    });
}

/// The server needs a folder with the extension's files, which it takes from 18 on.
#[test]
fn what_a_script_makes_comes_with_the_extension_alone() {
    let Some(major) = programs::versions().into_iter().find(|major| *major >= 18) else {
        eprintln!("no server takes extensions out of a folder: nothing to test");
        return;
    };
    let (bench, cluster) = (Bench::new(), Cluster::shared(major));
    let folder = bench.path("extensions");
    fs::create_dir_all(folder.join("extension")).unwrap();
    let file =
        |name: &str, text: &str| fs::write(folder.join("extension").join(name), text).unwrap();
    file("keeps.control", "default_version = '2'\nrelocatable = true\n");
    file(
        "keeps--1.sql",
        "CREATE TABLE kept (id integer PRIMARY KEY, n integer UNIQUE CHECK (n > 0));
         CREATE INDEX kept_n ON kept (n, id); CREATE POLICY kept_rows ON kept USING (true);
         CREATE FUNCTION fires() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
         CREATE TRIGGER fire BEFORE INSERT ON kept FOR EACH ROW EXECUTE FUNCTION fires();
         GRANT SELECT ON kept TO reader; GRANT UPDATE (n) ON kept TO app;
         REVOKE ALL ON FUNCTION fires() FROM PUBLIC;",
    );
    file("keeps--1--2.sql", "GRANT SELECT ON kept TO auditor; REVOKE SELECT ON kept FROM reader;");
    readable(&folder);
    let database = |name: &str, sql: &str| -> Db<'_> {
        let db = cluster.database(name);
        let path = folder.display();
        db.sql(&format!(
            "ALTER DATABASE {} SET extension_control_path = '{path}:$system'",
            db.name()
        ));
        db.sql(sql);
        db
    };
    let states = [
        "",
        "CREATE EXTENSION keeps VERSION '1';",
        "CREATE EXTENSION keeps VERSION '1'; GRANT INSERT ON kept TO app; REVOKE SELECT ON kept FROM reader;
         GRANT SELECT (id) ON kept TO auditor; GRANT EXECUTE ON FUNCTION fires() TO app;",
        "CREATE EXTENSION keeps VERSION '2';",
        "CREATE EXTENSION keeps; GRANT SELECT, INSERT ON kept TO reader; GRANT INSERT ON kept TO app;
         REVOKE UPDATE (n) ON kept FROM app; REVOKE SELECT ON kept FROM auditor;",
    ];
    for (i, from) in states.iter().enumerate() {
        for (k, to) in states.iter().enumerate().filter(|(k, _)| *k != i) {
            let name = format!("script_{i}_{k}");
            let start = database(&format!("{name}_from"), from);
            let goal = database(&format!("{name}_to"), to);
            let there = bench.snapshot(&start, &format!("{name}_there"));
            let wanted = bench.snapshot(&goal, &format!("{name}_wanted"));
            let plan = bench.plan(&there, &wanted, &["--allow", "all"], &name);
            start.file(&plan);
            Bench::expect_no_drift(&bench.snapshot(&start, &format!("{name}_reached")), &wanted);
        }
    }
}

/// The server runs as another user.
fn readable(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    for part in folder.ancestors().take_while(|part| *part != std::env::temp_dir()) {
        let Ok(found) = fs::metadata(part) else { break };
        let mode = found.permissions().mode() | 0o055;
        if fs::set_permissions(part, fs::Permissions::from_mode(mode)).is_err() {
            break;
        }
    }
}

/// PostgreSQL comes without a provider of labels: what one would have set is put into the catalog.
#[test]
fn labels_of_all_columns_are_read_and_planned() {
    each_version(|cluster| {
        let bench = Bench::new();
        let database = |name: &str, more: &str| {
            let db = cluster.database(name);
            db.sql(&format!(
                "CREATE EXTENSION citext; CREATE TABLE t (a integer); CREATE VIEW v AS SELECT 1 AS a;
                 CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE TYPE c AS (a integer); {more}"
            ));
            bench.snapshot(&db, name)
        };
        let plain = database("labels_from", "");
        let labelled = database(
            "labels_to",
            "SET allow_system_table_mods = on;
             INSERT INTO pg_seclabel (objoid, classoid, objsubid, provider, label) SELECT oid, 
             'pg_class'::regclass, 1, 'p', 'secret' FROM pg_class WHERE relname IN ('t', 'v', 'm', 'c');
             INSERT INTO pg_seclabel (objoid, classoid, objsubid, provider, label) SELECT oid, 
             'pg_proc'::regclass, 0, 'p', 'secret' FROM pg_proc WHERE proname IN ('citext_eq', 'now');",
        );
        let script = fs::read_to_string(bench.plan(&plain, &labelled, &[], "labels")).unwrap();
        for relation in ["t", "v", "m", "c"] {
            let statement =
                format!("SECURITY LABEL FOR p ON COLUMN public.{relation}.a IS 'secret';");
            assert!(script.contains(&statement), "{statement} is not in\n{script}");
        }
        let expected = [
            "security label p on function pg_catalog.now()",
            "security label p on function public.citext_eq(public.citext,public.citext)",
        ];
        assert_eq!(named(&read(&labelled)), expected);
    });
}
