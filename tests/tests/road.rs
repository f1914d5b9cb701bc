//! The whole way with the program alone: export two databases, see the drift, decide the renames,
//! write the plan, apply it with psql, and find nothing left to do.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pgparity_tests::{Bench, Cluster, Pgparity, Rows, Sample, dump, each_version, workspace};
use serde_json::{Value, json};

/// The identities of the columns that a drift creates or drops in tables that both sides have.
fn columns(drift: &Value, change: &str) -> BTreeSet<String> {
    let changes = drift["changes"].as_array().expect("a drift has changes");
    let whole: BTreeSet<&str> = changes
        .iter()
        .filter(|other| other["kind"] == "table" && other["change"] != "alter")
        .filter_map(|other| other["id"].as_str())
        .collect();
    changes
        .iter()
        .filter(|other| other["kind"] == "column" && other["change"] == change)
        .filter(|other| !other["parent"].as_str().is_some_and(|parent| whole.contains(parent)))
        .map(|other| other["id"].as_str().expect("an identity is text").to_owned())
        .collect()
}

/// The identities of columns listed by table, as the samples tell their own story.
fn listed(tables: &Value) -> BTreeSet<String> {
    let tables = tables.as_object().expect("tables with their columns");
    let columns = tables.iter().flat_map(|(table, columns)| {
        let columns = columns.as_array().expect("a list of columns");
        columns.iter().map(move |column| format!("column:{table}.{}", column.as_str().unwrap()))
    });
    columns.collect()
}

fn own_name(column: &str) -> &str {
    column.rsplit('.').next().unwrap()
}

fn drift(from: &Path, to: &Path, format: &str) -> String {
    let run = Pgparity::new(["diff", "--format", format]).args([from, to]).run();
    run.expect_status(1).text().to_owned()
}

/// Walks the road; gives the drift back for what is special about a sample.
fn walk(cluster: &Cluster, name: &str, renames: usize) -> Value {
    let (bench, sample) = (Bench::new(), Sample::load(cluster, name, "road"));
    let (from, to) = (bench.snapshot(&sample.start, "from"), bench.snapshot(&sample.goal, "to"));
    let (missing, extra) = (sample.missing_columns(), sample.extra_columns());

    let report: Value = serde_json::from_str(&drift(&from, &to, "json")).unwrap();
    assert_eq!(columns(&report, "create"), missing);
    assert_eq!(columns(&report, "drop"), extra);
    for format in ["text", "markdown"] {
        let text = drift(&from, &to, format);
        for column in missing.union(&extra) {
            assert!(text.contains(own_name(column)), "{column} is not in the {format} report");
        }
    }

    // Without permission nothing is lost: what is withheld is named and not run.
    let careful = Pgparity::new(["plan"]).args([&from, &to]).run();
    let careful = careful.expect_status(if extra.is_empty() && renames == 0 { 0 } else { 3 });
    for column in &extra {
        let name = own_name(column);
        assert!(careful.text().contains(name), "{name} is withheld, so it is named");
        let dropped = dump::effective_statements(careful.text())
            .into_iter()
            .find(|statement| statement.contains("DROP") && statement.contains(name));
        assert_eq!(dropped, None);
    }

    let candidates = report["rename_candidates"].as_array().expect("a list");
    assert_eq!(candidates.len(), renames, "{candidates:?}");
    let decisions: Vec<Value> = candidates
        .iter()
        .map(|pair| json!({"from": pair["from"], "to": pair["to"], "answer": "rename"}))
        .collect();
    let decisions = bench.write("decisions.json", json!({ "renames": decisions }).to_string());

    let rows = Rows::shared_with(&sample.start, &sample.goal);
    let options =
        ["--allow", "DATA_LOSS,TABLE_REWRITE", "--decisions", decisions.to_str().unwrap()];
    let plan = bench.plan(&from, &to, &options, "plan");
    sample.start.file(&plan);
    let reached = bench.snapshot(&sample.start, "reached");
    Bench::expect_no_drift(&reached, &to);
    bench.expect_empty_plan(&reached, &to);
    assert_eq!(sample.start.schema_difference(&sample.goal), None);
    assert_eq!(rows.difference(&sample.start, &sample.goal), None, "the rows survive");
    report
}

#[test]
fn the_shop() {
    each_version(|cluster| {
        let report = walk(cluster, "shop", 1);
        let (missing, extra) = (columns(&report, "create"), columns(&report, "drop"));
        assert_eq!((missing.len(), extra.len()), (36, 3), "{missing:?} {extra:?}");
        let told = fs::read_to_string(workspace::samples("shop/expected.json")).unwrap();
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(missing, listed(&told["missing_columns"]));
        assert_eq!(extra, listed(&told["extra_columns"]));
        let renamed = cluster.existing("shop_road_from");
        assert_ne!(renamed.value("SELECT count(*) FROM customer_remarks"), "0");
    });
}

#[test]
fn the_marketplace() {
    each_version(|cluster| {
        walk(cluster, "marketplace", 0);
    });
}

/// What is not allowed stays as it is, and allowing it later leads to the same goal.
#[test]
fn in_two_steps() {
    each_version(|cluster| {
        let (bench, sample) = (Bench::new(), Sample::load(cluster, "shop", "two_steps"));
        let to = bench.snapshot(&sample.goal, "to");
        let renamed = json!({
            "from": "table:public.customer_notes",
            "to": "table:public.customer_remarks",
            "answer": "rename"
        });
        let decisions = bench.write("first.json", json!({ "renames": [renamed] }).to_string());
        let decided = ["--decisions", decisions.to_str().unwrap()];
        for (options, status) in [(&decided[..], 3), (&["--allow", "DATA_LOSS"], 0)] {
            let from = bench.snapshot(&sample.start, "from");
            let run = Pgparity::new(["plan"]).args([&from, &to]).args(options).run();
            let script = bench.write("plan.sql", run.expect_status(status).stdout);
            sample.start.file(&script);
        }
        Bench::expect_no_drift(&bench.snapshot(&sample.start, "reached"), &to);
    });
}
