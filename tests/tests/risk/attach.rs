//! A table that becomes a partition: which locks its rows are read under.

use std::fs;

use pgparity_tests::{Bench, Db, each_version};

use super::as_data;
use super::locks::{really_closed, told};

/// A partitioned table, a table that is to be its partition, and the bound.
const PARTITIONS: [(&str, &str, &str); 8] = [
    (
        "by_day (at date NOT NULL, n int) PARTITION BY RANGE (at)",
        "days",
        "FROM ('2024-01-01') TO ('2025-01-01')",
    ),
    ("open (id bigint) PARTITION BY RANGE (id)", "old", "FROM (MINVALUE) TO ('100')"),
    ("by_word (word text) PARTITION BY LIST (word)", "words", "IN ('a', 'it''s')"),
    ("by_code (code varchar(9)) PARTITION BY LIST (code)", "codes", "IN ('x', NULL)"),
    ("none (n int) PARTITION BY LIST (n)", "nulls", "IN (NULL)"),
    ("small (word text) PARTITION BY RANGE (lower(word))", "letters", "FROM ('a') TO ('m')"),
    ("pairs (a int, b int) PARTITION BY RANGE (a, b)", "two", "FROM (1, 1) TO (5, 5)"),
    (
        r#""p's""<b>" ("it's" text) PARTITION BY LIST ("it's")"#,
        r#""t's""<b>""#,
        r"IN ('a''b', E'\\')",
    ),
];

/// What a whole level of partitions is attached to.
const LEVELS: &str = "
    CREATE TABLE top (id int, kind text) PARTITION BY LIST (kind);
    CREATE TABLE middle PARTITION OF top FOR VALUES IN ('m') PARTITION BY RANGE (id);
    CREATE TABLE rest PARTITION OF top DEFAULT;";

fn sides(from: &Db<'_>, to: &Db<'_>, bench: &Bench) -> [std::path::PathBuf; 2] {
    for (parent, table, bound) in PARTITIONS {
        let (name, rest) = parent.split_once(' ').unwrap();
        let (columns, _) = rest.split_once(" PARTITION").unwrap();
        for db in [from, to] {
            db.sql(&format!("CREATE TABLE {parent}; CREATE TABLE {table} {columns};"));
        }
        to.sql(&format!("ALTER TABLE {name} ATTACH PARTITION {table} FOR VALUES {bound}"));
    }
    for db in [from, to] {
        db.sql(LEVELS);
        db.sql("CREATE TABLE low (id int, kind text)");
    }
    to.sql("ALTER TABLE middle ATTACH PARTITION low FOR VALUES FROM (1) TO (9)");
    [bench.snapshot(from, "from"), bench.snapshot(to, "to")]
}

#[test]
fn a_table_is_closed_while_it_is_attached() {
    each_version(|cluster| {
        let bench = Bench::new();
        let [from, to] = ["from", "to"].map(|side| cluster.database(&format!("attach_{side}")));
        let plan = as_data(&sides(&from, &to, &bench), "simple");
        let told = told(&plan);
        assert_eq!(told.get("public.days"), Some(&true), "{told:?}");
        assert_eq!(told, really_closed(&from, &plan));
    });
}

/// The server says itself that it does not read them, but for a key of two columns.
#[test]
fn short_locks_leave_attach_nothing_to_read() {
    each_version(|cluster| {
        let bench = Bench::new();
        let [from, to] =
            ["from", "to"].map(|side| cluster.database(&format!("attach_short_{side}")));
        let sides = sides(&from, &to, &bench);
        let script = bench.plan(&sides[0], &sides[1], &["--mode", "online"], "plan");
        let script = fs::read_to_string(script).unwrap();
        let told = script.replace("client_min_messages = warning", "client_min_messages = debug1");
        assert_ne!(told, script, "the script says which messages it shows");
        let run = from.try_sql(&told);
        let messages = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{messages}\n{script}");
        for table in PARTITIONS.map(|(_, table, _)| table).into_iter().chain(["low"]) {
            let name = table.trim_matches('"').replace("\"\"", "\"");
            let message = format!("partition constraint for table \"{name}\" is implied");
            assert_eq!(
                messages.contains(&message),
                table != "two",
                "{table}: {messages}\n{script}"
            );
        }
        Bench::expect_no_drift(&bench.snapshot(&from, "after"), &sides[1]);
    });
}
