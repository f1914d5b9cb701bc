//! Rows that wait for another partition: what holds them goes only after what brings them back, and the steps
//! of the way are on or off together.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use pgparity_tests::{Bench, Pgparity, each_version, workspace};

#[test]
fn no_helper_goes_before_its_rows_are_back() {
    each_version(|cluster| {
        for case in ["partitions--rows-of-the-default", "partitions--rows-of-another-bound"] {
            let bench = Bench::new();
            let folder = workspace::root().join("tests/corpus").join(case);
            let sides = ["from", "to"].map(|side| {
                let db = cluster.database(&format!("moved_rows_{side}"));
                db.file(folder.join(format!("{side}.sql")));
                bench.snapshot(&db, side)
            });
            let plan = Pgparity::new(["plan", "--format", "json"]).args(&sides).run().json();
            let steps = plan["steps"].as_array().unwrap();
            let number = |step: &serde_json::Value| step["number"].as_u64().unwrap();
            let needed = |by: &serde_json::Value, verb: &str, helper: &str| {
                let found = steps.iter().find(|step| {
                    step["verb"] == verb && step["sql"].as_str().unwrap().contains(helper)
                });
                let found = found.expect("each step of the way is there");
                let needs = by["needs"].as_array().unwrap();
                assert!(needs.contains(&number(found).into()), "{case}: {by} needs {found}");
                assert_eq!(by["group"], found["group"], "{case}: {by} goes with {found}");
                found.clone()
            };
            let mut helpers = 0;
            for drop in steps.iter().filter(|step| step["verb"] == "DROP TABLE … (helper)") {
                let helper = drop["sql"].as_str().unwrap().trim_start_matches("DROP TABLE ");
                let insert = needed(drop, "INSERT", helper);
                let delete = needed(&insert, "DELETE", helper);
                needed(&delete, "CREATE TABLE AS", helper);
                helpers += 1;
            }
            assert!(helpers >= 3, "{case}: {helpers}");
        }
    });
}
