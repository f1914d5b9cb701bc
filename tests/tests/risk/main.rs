//! The risk table of a plan, held against a real server: what is locked, how much is there, what is unknown.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod attach;
mod locks;

use std::path::{Path, PathBuf};

use pgparity_tests::hostile_names::csv;
use pgparity_tests::{Bench, Cluster, Db, Pgparity};
use serde_json::Value;

const FROM: &str = "
    CREATE TABLE customers (id int PRIMARY KEY, name text);
    CREATE TABLE orders (id int PRIMARY KEY, customer int, total int, note text);
    CREATE TABLE lines (id int, part text) PARTITION BY HASH (id);
    CREATE TABLE lines_0 PARTITION OF lines FOR VALUES WITH (MODULUS 2, REMAINDER 0);
    CREATE TABLE lines_1 PARTITION OF lines FOR VALUES WITH (MODULUS 2, REMAINDER 1);
    CREATE TABLE old (id int);
    CREATE VIEW names AS SELECT name FROM customers;";

const ROWS: &str = "
    INSERT INTO customers SELECT n, 'name ' || n FROM generate_series(1, 500) n;
    INSERT INTO orders SELECT n, n % 500 + 1, n, 'note' FROM generate_series(1, 1000) n;
    INSERT INTO lines SELECT n, 'part' FROM generate_series(1, 300) n;
    INSERT INTO old SELECT n FROM generate_series(1, 70) n;
    ANALYZE;";

const TO: &str = "
    CREATE TABLE customers (id int PRIMARY KEY, name text, email text);
    CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, total bigint, note text);
    CREATE INDEX orders_note ON orders (note);
    CREATE TABLE lines (id int, part text NOT NULL) PARTITION BY HASH (id);
    CREATE TABLE lines_0 PARTITION OF lines FOR VALUES WITH (MODULUS 2, REMAINDER 0);
    CREATE TABLE lines_1 PARTITION OF lines FOR VALUES WITH (MODULUS 2, REMAINDER 1);
    CREATE VIEW names AS SELECT name, email FROM customers;
    CREATE MATERIALIZED VIEW sums AS SELECT customer, sum(total) FROM orders GROUP BY customer;
    CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';";

/// The database as it is, and both snapshots.
fn pair<'c>(cluster: &'c Cluster, bench: &Bench, name: &str) -> (Db<'c>, [PathBuf; 2]) {
    let (from, to) =
        (cluster.database(&format!("{name}_from")), cluster.database(&format!("{name}_to")));
    from.sql(FROM);
    from.sql(ROWS);
    to.sql(TO);
    let sides = [bench.snapshot(&from, "from"), bench.snapshot(&to, "to")];
    (from, sides)
}

fn plan(sides: &[PathBuf; 2], options: &[&str], status: i32) -> String {
    let run = Pgparity::new(["plan"]).args(options).args(sides).run();
    run.expect_status(status).text().to_owned()
}

fn as_data(sides: &[PathBuf; 2], mode: &str) -> Value {
    let options = ["--allow", "all", "--mode", mode, "--format", "json"];
    serde_json::from_str(&plan(sides, &options, 0)).unwrap()
}

/// The row of a change.
fn row<'p>(plan: &'p Value, object: &str) -> &'p Value {
    let rows = plan["risk"]["changes"].as_array().unwrap();
    let found = rows.iter().find(|row| row["object"] == object);
    found.unwrap_or_else(|| panic!("no row for {object}: {rows:#?}"))
}

#[test]
fn rows_and_bytes_are_those_of_the_server() {
    let cluster = Cluster::shared(15);
    let bench = Bench::new();
    let (from, sides) = pair(cluster, &bench, "risk_sizes");
    let plan = as_data(&sides, "simple");
    let bytes = |table: &str| -> u64 {
        let toast = "CASE WHEN reltoastrelid <> 0 THEN pg_relation_size(reltoastrelid) ELSE 0 END";
        let sql = format!(
            "SELECT pg_relation_size(oid) + {toast} FROM pg_class WHERE oid = '{table}'::regclass"
        );
        from.value(&sql).parse().unwrap()
    };
    for (object, rows, table) in [
        ("column:public.orders.total", 1000, "orders"),
        ("table:public.old", 70, "old"),
        ("column:public.customers.email", 500, "customers"),
    ] {
        let row = row(&plan, object);
        assert_eq!((&row["rows"], &row["bytes"]), (&rows.into(), &bytes(table).into()), "{object}");
    }
    let partitioned = row(&plan, "column:public.lines.part");
    assert_eq!(partitioned["rows"], 300, "a partitioned table counts with its partitions");
    assert_eq!(partitioned["bytes"], bytes("lines_0") + bytes("lines_1"));
    let function = row(&plan, "function:public.one()");
    assert_eq!(
        (&function["rows"], &function["lock"], &function["level"]),
        (&0.into(), &Value::Null, &"low".into())
    );
    let dropped = row(&plan, "table:public.old");
    assert_eq!((&dropped["level"], &dropped["way_back"]), (&"high".into(), &"lossy".into()));
    let retyped = row(&plan, "column:public.orders.total");
    assert_eq!(
        (&retyped["work"], &retyped["lock"]["mode"]),
        (&"rewrite".into(), &"ACCESS_EXCLUSIVE".into())
    );
}

/// In one transaction a query that nobody can tell the time of holds all locks; apart it holds none.
#[test]
fn what_nobody_knows_is_said_and_online_closes_less() {
    let cluster = Cluster::shared(15);
    let bench = Bench::new();
    let (_from, sides) = pair(cluster, &bench, "risk_unknown");
    let simple = as_data(&sides, "simple");
    let downtime = &simple["risk"]["downtime"];
    assert_eq!(downtime["readers"]["at_most_ms"], Value::Null, "{downtime:#}");
    let reasons = downtime["unknown"].as_array().unwrap();
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    assert!(reasons[0].as_str().unwrap().contains("CREATE MATERIALIZED VIEW"), "{reasons:?}");
    // The same without statistics: every time with rows is unknown, and the tables are named.
    let mut snapshot: Value = serde_json::from_slice(&std::fs::read(&sides[0]).unwrap()).unwrap();
    assert!(snapshot.as_object_mut().unwrap().remove("statistics").is_some());
    let bare = bench.write("bare.json", serde_json::to_vec_pretty(&snapshot).unwrap());
    let bare = [bare, sides[1].clone()];
    let unknown = as_data(&bare, "simple");
    let row = row(&unknown, "column:public.orders.total");
    assert_eq!(
        (&row["rows"], &row["bytes"], &row["level"]),
        (&Value::Null, &Value::Null, &"high".into())
    );
    let text = plan(&bare, &["--allow", "all", "--format", "text"], 0);
    assert!(
        text.contains("unknown, because the snapshot has no statistics of public.orders"),
        "{text}"
    );
    assert!(text.contains("rows unknown · size unknown"), "{text}");
}

/// Each form has the levels, the downtime, and a row for each change.
#[test]
fn every_form_has_the_table() {
    let cluster = Cluster::shared(15);
    let bench = Bench::new();
    let (_from, sides) = pair(cluster, &bench, "risk_forms");
    let data = serde_json::from_str::<Value>(&plan(&sides, &["--format", "json"], 3)).unwrap();
    let (summary, downtime) = (&data["risk"]["summary"], &data["risk"]["downtime"]["summary"]);
    let changes = data["risk"]["changes"].as_array().unwrap();
    assert!(summary.as_str().unwrap().ends_with("not in the script: 1 high"), "{summary}");
    let told = |format: &str| plan(&sides, &["--format", format], 3);
    for format in ["text", "markdown", "html", "csv"] {
        let text = told(format).replace("\n    ", " ");
        for part in [summary, downtime] {
            let part = part.as_str().unwrap();
            assert!(text.contains(part), "{format} lacks {part}\n{text}");
        }
        assert!(text.contains("high (not in the script)"), "{format}\n{text}");
    }
    let rows = csv(&told("csv"));
    assert_eq!(rows.iter().filter(|row| row[0] == "risk").count(), changes.len());
    let page = told("html");
    let table = page.split("<caption>Risk of each change</caption>").nth(1).unwrap();
    let table = table.split("</table>").next().unwrap();
    assert_eq!(table.matches("<th scope=\"row\">").count(), changes.len());
    assert_eq!(table.matches("<th scope=\"col\">").count(), 8);
    let markdown = told("markdown");
    let table = markdown.split("<summary>Risk of ").nth(1).unwrap();
    let table = table.split("</details>").next().unwrap();
    assert_eq!(table.lines().filter(|line| line.starts_with("| ")).count(), changes.len() + 1);
}

/// A comment of GitHub has room for 65,536 characters; what does not fit is counted.
#[test]
fn the_markdown_of_a_vast_plan_fits_in_a_comment() {
    let bench = Bench::new();
    let cluster = Cluster::shared(15);
    let (from, to) = (cluster.database("risk_vast_from"), cluster.database("risk_vast_to"));
    from.sql("SELECT 1");
    to.sql(
        "DO $$ BEGIN FOR n IN 1..1500 LOOP EXECUTE format('CREATE TABLE %I (id int)', 'a table ' || n); \
         END LOOP; END $$",
    );
    let sides = [bench.snapshot(&from, "from"), bench.snapshot(&to, "to")];
    let markdown = plan(&sides, &["--format", "markdown"], 0);
    assert!(markdown.chars().count() < 65_536 && markdown.len() > 30_000, "{}", markdown.len());
    let head: String = markdown.chars().take(2000).collect();
    for part in
        ["## Drift: ", "**Plan: ", "**Risk:** ", "**Downtime:** ", "_Shortened to fewer than"]
    {
        assert!(head.contains(part), "{part}\n{head}");
    }
    for part in [" of 1,500 changes left out", " steps left out"] {
        assert!(markdown.contains(part), "{part}");
    }
    assert_eq!(markdown.matches("<details>").count(), markdown.matches("</details>").count());
}

#[test]
fn a_directory_gets_a_file_with_the_ending_of_its_form() {
    let bench = Bench::new();
    let cluster = Cluster::shared(15);
    let (_from, sides) = pair(cluster, &bench, "risk_files");
    let folder = bench.path("out");
    std::fs::create_dir(&folder).unwrap();
    let formats = [("text", ".txt"), ("csv", ".csv"), ("sarif", ".sarif"), ("junit", ".junit.xml")];
    for (format, ending) in formats {
        plan(&sides, &["--format", format, "-o", folder.to_str().unwrap()], 3);
        let names = std::fs::read_dir(&folder).unwrap();
        let names: Vec<PathBuf> = names.map(|entry| entry.unwrap().path()).collect();
        let ends = |path: &Path| path.to_string_lossy().ends_with(ending);
        assert!(names.iter().any(|path| ends(path)), "{ending}: {names:?}");
    }
}
