//! What the plan says is closed is what the server has locked.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_tests::{Bench, Db, each_version};
use serde_json::{Value, json};

use super::{as_data, pair, plan};

/// Who waits for the locks of a transaction on relations that were there before, but for partitions, which are
/// locked with their table: readers and writers, or writers only. The server tells it, at the end of the transaction.
fn locked(db: &Db<'_>, statements: &[&str]) -> BTreeMap<String, bool> {
    let sql = format!(
        "SET client_min_messages = error;
         CREATE TEMP TABLE before AS SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND NOT c.relispartition;
         BEGIN;\n\\o /dev/null\n{};\n\\o\n
         SELECT b.name, bool_or(l.mode = 'AccessExclusiveLock') FROM pg_locks l JOIN before b
             ON b.oid = l.relation WHERE l.pid = pg_backend_pid() AND l.granted AND l.mode IN
             ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
             GROUP BY b.name ORDER BY b.name;
         COMMIT;",
        statements.join(";\n")
    );
    db.query(&sql).into_iter().map(|row| (row[0].clone(), row[1] == "t")).collect()
}

/// What the server locks while the steps of a plan run, transaction by transaction.
pub(super) fn really_closed(from: &Db<'_>, plan: &Value) -> BTreeMap<String, bool> {
    let steps = plan["steps"].as_array().unwrap();
    assert!(steps.iter().all(|step| step["transaction"].is_u64()), "{steps:#?}");
    let transactions: BTreeSet<u64> =
        steps.iter().filter_map(|step| step["transaction"].as_u64()).collect();
    let mut really: BTreeMap<String, bool> = BTreeMap::new();
    for transaction in transactions {
        let of = steps.iter().filter(|step| step["transaction"] == transaction);
        let statements: Vec<&str> = of.map(|step| step["sql"].as_str().unwrap()).collect();
        for (relation, reads) in locked(from, &statements) {
            *really.entry(relation).or_default() |= reads;
        }
    }
    really
}

/// What the plan says is closed: relations, and whether readers wait too.
pub(super) fn told(plan: &Value) -> BTreeMap<String, bool> {
    let closed = plan["risk"]["downtime"]["relations"].as_array().unwrap();
    let relation = |closed: &Value| {
        let (_, name) = closed["relation"].as_str()?.split_once(':')?;
        Some((name.to_owned(), closed["readers"]["at_most_ms"] != 0))
    };
    closed.iter().map(|closed| relation(closed).unwrap()).collect()
}

/// The table at the other end of a foreign key is among what is closed.
#[test]
fn the_server_locks_what_the_plan_says_is_closed() {
    each_version(|cluster| {
        let bench = Bench::new();
        let (from, sides) = pair(cluster, &bench, "risk_locks");
        let plan = as_data(&sides, "simple");
        assert_eq!(told(&plan), really_closed(&from, &plan));
    });
}

const VIEWS_FROM: &str = "
    CREATE TABLE base (id int, a text);
    CREATE TABLE given_away (id int);
    CREATE VIEW widened AS SELECT id FROM base;
    CREATE VIEW narrowed AS SELECT id, a FROM base;
    CREATE VIEW above AS SELECT id FROM narrowed;
    CREATE VIEW gone AS SELECT id FROM base;
    CREATE VIEW barred AS SELECT id FROM base;
    CREATE VIEW filled AS SELECT id FROM base;
    CREATE VIEW owned AS SELECT id FROM base;
    CREATE VIEW told AS SELECT id FROM base;
    CREATE VIEW granted AS SELECT id FROM base;
    CREATE VIEW ruled AS SELECT id FROM base;
    CREATE RULE writes AS ON UPDATE TO ruled DO INSTEAD NOTHING;
    CREATE VIEW freed AS SELECT id FROM base;
    CREATE RULE writes AS ON UPDATE TO freed DO INSTEAD NOTHING;
    CREATE MATERIALIZED VIEW other AS SELECT id FROM base;
    CREATE MATERIALIZED VIEW no_more AS SELECT id FROM base;
    CREATE MATERIALIZED VIEW held AS SELECT id FROM base;
    CREATE MATERIALIZED VIEW packed AS SELECT id, a FROM base;
    CREATE MATERIALIZED VIEW loose AS SELECT id, a FROM base;
    CREATE MATERIALIZED VIEW noted AS SELECT id FROM base;
    CREATE SEQUENCE faster;
    CREATE SEQUENCE passed_on;
    CREATE SEQUENCE of_column;
    CREATE SEQUENCE ended;
    CREATE SEQUENCE named;";

const VIEWS_TO: &str = "
    CREATE TABLE base (id int, a text);
    CREATE TABLE given_away (id int);
    ALTER TABLE given_away OWNER TO owner_a;
    CREATE VIEW widened AS SELECT id, a FROM base;
    CREATE VIEW narrowed AS SELECT id FROM base;
    CREATE VIEW above AS SELECT id FROM narrowed;
    CREATE VIEW barred WITH (security_barrier) AS SELECT id FROM base;
    CREATE VIEW filled AS SELECT id FROM base;
    ALTER VIEW filled ALTER COLUMN id SET DEFAULT 1;
    CREATE VIEW owned AS SELECT id FROM base;
    ALTER VIEW owned OWNER TO owner_a;
    CREATE VIEW told AS SELECT id FROM base;
    COMMENT ON VIEW told IS 'A view';
    COMMENT ON COLUMN told.id IS 'A column';
    CREATE VIEW granted AS SELECT id FROM base;
    GRANT SELECT ON granted TO reader;
    GRANT UPDATE (id) ON granted TO reader;
    CREATE VIEW ruled AS SELECT id FROM base;
    CREATE RULE writes AS ON UPDATE TO ruled DO INSTEAD SELECT 1;
    CREATE VIEW freed AS SELECT id FROM base;
    CREATE RULE inserts AS ON INSERT TO freed DO INSTEAD NOTHING;
    CREATE MATERIALIZED VIEW other AS SELECT id + 1 AS id FROM base;
    CREATE MATERIALIZED VIEW held AS SELECT id FROM base;
    ALTER MATERIALIZED VIEW held OWNER TO owner_a;
    CREATE MATERIALIZED VIEW packed AS SELECT id, a FROM base;
    ALTER MATERIALIZED VIEW packed ALTER COLUMN a SET STORAGE EXTERNAL;
    CREATE MATERIALIZED VIEW loose WITH (fillfactor = 50) AS SELECT id, a FROM base;
    ALTER MATERIALIZED VIEW loose ALTER COLUMN a SET STATISTICS 50;
    CREATE MATERIALIZED VIEW noted AS SELECT id FROM base;
    COMMENT ON MATERIALIZED VIEW noted IS 'A materialized view';
    GRANT SELECT ON noted TO reader;
    CREATE SEQUENCE faster INCREMENT 10;
    CREATE SEQUENCE passed_on;
    ALTER SEQUENCE passed_on OWNER TO owner_a;
    CREATE SEQUENCE of_column OWNED BY base.id;
    CREATE SEQUENCE named;
    COMMENT ON SEQUENCE named IS 'A sequence';
    GRANT USAGE ON SEQUENCE named TO reader;";

/// Views, materialized views, their rules, sequences and owners close what reads them too. Comments and grants
/// let everybody go on.
#[test]
fn views_and_sequences_are_closed_as_tables_are() {
    each_version(|cluster| {
        let bench = Bench::new();
        let [from, to] = ["from", "to"].map(|side| cluster.database(&format!("risk_views_{side}")));
        from.sql(VIEWS_FROM);
        to.sql(VIEWS_TO);
        let sides = [bench.snapshot(&from, "from"), bench.snapshot(&to, "to")];
        let plan = as_data(&sides, "simple");
        let told = told(&plan);
        assert_eq!(told, really_closed(&from, &plan));
        assert_eq!(told.get("public.widened"), Some(&true), "{told:?}");
        assert_eq!(told.get("public.faster"), Some(&false), "writers only: {told:?}");
        for open in ["told", "granted", "loose", "noted", "named"] {
            assert!(!told.contains_key(&format!("public.{open}")), "{open}: {told:?}");
        }
    });
}

/// A new name closes what had the old one.
#[test]
fn a_new_name_closes_views_and_what_hangs_on_them() {
    each_version(|cluster| {
        let bench = Bench::new();
        let [from, to] = ["from", "to"].map(|side| cluster.database(&format!("risk_names_{side}")));
        let names = |view: &str, rule: &str, materialized: &str, sequence: &str| {
            format!(
                "CREATE TABLE base (id int);
                 CREATE VIEW {view} AS SELECT id FROM base;
                 CREATE VIEW ruled AS SELECT id FROM base;
                 CREATE RULE {rule} AS ON UPDATE TO ruled DO INSTEAD NOTHING;
                 CREATE MATERIALIZED VIEW {materialized} AS SELECT id FROM base;
                 CREATE SEQUENCE {sequence};"
            )
        };
        from.sql(&names("v1", "r1", "m1", "s1"));
        to.sql(&names("v2", "r2", "m2", "s2"));
        let sides = [bench.snapshot(&from, "from"), bench.snapshot(&to, "to")];
        let renames = [
            ("view:public.v1", "view:public.v2"),
            ("rule:public.ruled.r1", "rule:public.ruled.r2"),
            ("materialized_view:public.m1", "materialized_view:public.m2"),
            ("sequence:public.s1", "sequence:public.s2"),
        ];
        let renames = renames.map(|(from, to)| json!({"from": from, "to": to, "answer": "rename"}));
        let decisions = bench.write("decisions.json", json!({ "renames": renames }).to_string());
        let options = ["--decisions", decisions.to_str().unwrap(), "--format", "json"];
        let plan: Value = serde_json::from_str(&plan(&sides, &options, 0)).unwrap();
        let after: BTreeMap<String, bool> = really_closed(&from, &plan)
            .into_iter()
            .map(|(name, reads)| (name.replace('1', "2"), reads))
            .collect();
        let expected = ["m2", "ruled", "s2", "v2"].map(|name| (format!("public.{name}"), true));
        assert_eq!(after, BTreeMap::from(expected));
        assert_eq!(told(&plan), after);
    });
}
