//! Tables that several steps write anew are written anew once, counted by an event trigger of the server.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use pgparity_tests::{Bench, Pgparity, each_version};

const FROM: &str = "
    CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT 5, b text DEFAULT '7', c int CHECK (c > 0), d int, long bigint);
    CREATE INDEX ON t (a); CREATE INDEX ON t (b, c);
    INSERT INTO t VALUES (1, 2, '3', 4, 5, 6);";

const TO: &str = "
    CREATE TABLE t (id int PRIMARY KEY, a bigint DEFAULT 6, b int DEFAULT 7, c bigint CHECK (c > 0), d int, long LONG,
        u uuid DEFAULT gen_random_uuid(), twice int GENERATED ALWAYS AS (d * 2) STORED);
    CREATE INDEX ON t (a); CREATE INDEX ON t (b, c);";

/// Counts in a table of another schema than the plan is about.
const COUNT: &str = "
    CREATE SCHEMA counting; CREATE TABLE counting.rewrites (of regclass);
    CREATE FUNCTION counting.count() RETURNS event_trigger LANGUAGE plpgsql AS
        'BEGIN INSERT INTO counting.rewrites VALUES (pg_event_trigger_table_rewrite_oid()); END';
    CREATE EVENT TRIGGER counting ON table_rewrite EXECUTE FUNCTION counting.count();";

#[test]
fn a_table_is_written_anew_once() {
    each_version(|cluster| {
        for (long, mode) in
            [("bigint", "simple"), ("bigint", "online"), ("int", "simple"), ("int", "idempotent")]
        {
            let bench = Bench::new();
            let [from, to] =
                ["from", "to"].map(|side| cluster.database(&format!("rewrites_{side}")));
            from.sql(FROM);
            to.sql(&TO.replace("LONG", long));
            let sides = [bench.snapshot(&from, "from"), bench.snapshot(&to, "to")];
            from.sql(COUNT);
            let plan = bench.path("plan.sql");
            let how: &[&str] =
                if mode == "idempotent" { &["--idempotent"] } else { &["--mode", mode] };
            // A column that gets shorter is withheld, and takes nobody along.
            Pgparity::new(["plan"])
                .args(&sides)
                .args(["-o".as_ref(), plan.as_os_str()])
                .args(how)
                .run()
                .expect_status(if long == "int" { 3 } else { 0 });
            from.file(&plan);
            assert_eq!(from.value("SELECT count(*) FROM counting.rewrites"), "1", "{long} {mode}");
            if mode == "idempotent" {
                from.file(&plan);
                assert_eq!(from.value("SELECT count(*) FROM counting.rewrites"), "1", "again");
            }
            let row =
                "SELECT concat_ws(' ', a, b, c, twice, u IS NOT NULL, pg_typeof(long)) FROM t";
            assert_eq!(from.value(row), "2 3 4 10 t bigint", "{long} {mode}");
        }
    });
}
