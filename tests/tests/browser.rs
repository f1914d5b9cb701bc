//! The whole way through the page: it reads two snapshots, shows the drift, takes a decision and
//! hands out a plan, which psql applies.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::fs;

use pgparity_tests::{Bench, Cluster, Rows, Sample, page, programs};
use serde_json::json;

#[test]
fn the_page_leads_the_same_road() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let (bench, sample) = (Bench::new(), Sample::load(cluster, "shop", "page"));
    let (from, to) = (bench.snapshot(&sample.start, "from"), bench.snapshot(&sample.goal, "to"));
    let expected =
        json!({ "missing": sample.missing_columns(), "extra": sample.extra_columns() }).to_string();
    let expected = bench.write("expected.json", expected);
    let output = page::output("road");
    fs::create_dir_all(&output).unwrap();
    let (plan, decisions) = (output.join("plan.sql"), output.join("decisions.json"));
    for file in [&plan, &decisions].into_iter().filter(|file| file.exists()) {
        fs::remove_file(file).unwrap();
    }
    page::journey(
        "road.mjs",
        &[
            ("PGPARITY_FROM", &from),
            ("PGPARITY_TO", &to),
            ("PGPARITY_EXPECTED", &expected),
            ("PGPARITY_OUTPUT", &output),
        ],
    );

    let options = ["--decisions", decisions.to_str().unwrap(), "--allow", "DATA_LOSS"];
    let replayed = bench.plan(&from, &to, &options, "replayed");
    assert_eq!(
        fs::read_to_string(replayed).unwrap(),
        fs::read_to_string(&plan).unwrap(),
        "the program follows the page's decisions to the same script"
    );

    let rows = Rows::shared_with(&sample.start, &sample.goal);
    let notes = sample.start.value("SELECT count(*) FROM customer_notes");
    sample.start.file(&plan);
    Bench::expect_no_drift(&bench.snapshot(&sample.start, "reached"), &to);
    assert_eq!(sample.start.schema_difference(&sample.goal), None);
    assert_eq!(rows.difference(&sample.start, &sample.goal), None, "the rows survive");
    assert_eq!(sample.start.value("SELECT count(*) FROM customer_remarks"), notes);
}

#[test]
fn every_place_is_accessible_in_every_appearance() {
    page::journey("states.mjs", &[("PGPARITY_OUTPUT", &page::output("states"))]);
}

#[test]
fn the_keyboard_alone_leads_the_road() {
    page::journey("keys.mjs", &[("PGPARITY_OUTPUT", &page::output("keys"))]);
}

#[test]
fn files_that_are_no_snapshots_are_refused_in_words() {
    page::journey("refusals.mjs", &[("PGPARITY_OUTPUT", &page::output("refusals"))]);
}
