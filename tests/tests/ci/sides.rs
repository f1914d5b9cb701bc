//! What CI is told of a comparison, and of a plan.

use std::path::PathBuf;

use pgparity_tests::{Bench, Pgparity, hostile_names};
use serde_json::Value;

use super::readers;

/// Two snapshots with hostile names.
fn sides() -> (Bench, [PathBuf; 2]) {
    let bench = Bench::new();
    let sides = hostile_names::sides(&bench);
    (bench, sides)
}

fn written(command: &str, format: &str, sides: &[PathBuf; 2], status: i32) -> String {
    let run = Pgparity::new([command, "--format", format]).args(sides).run();
    run.expect_status(status).text().to_owned()
}

/// The changes of the drift.
fn changes(sides: &[PathBuf; 2]) -> Vec<Value> {
    let drift: Value = serde_json::from_str(&written("diff", "json", sides, 1)).unwrap();
    readers::expect_valid(&readers::document("docs/drift.schema.json"), &drift);
    drift["changes"].as_array().unwrap().clone()
}

/// The steps of the plan, those in the script and those that are not.
fn steps(sides: &[PathBuf; 2]) -> (Vec<Value>, Vec<Value>) {
    let plan: Value = serde_json::from_str(&written("plan", "json", sides, 3)).unwrap();
    readers::expect_valid(&readers::document("docs/plan.schema.json"), &plan);
    let steps = plan["steps"].as_array().unwrap().clone();
    steps.into_iter().partition(|step| step["state"]["state"] == "included")
}

#[test]
fn junit_has_a_test_for_each_difference_and_one_for_what_is_equal() {
    let (_bench, sides) = sides();
    let cases = readers::junit(&written("diff", "junit", &sides, 1));
    let failures = cases.iter().filter(|case| case.failure.is_some()).count();
    assert_eq!(failures, changes(&sides).len());
    let equal = cases.iter().find(|case| case.name == "every table that is equal").unwrap();
    assert!(equal.suite == "table" && equal.output.ends_with("equal"), "{}", equal.output);
    let same = readers::junit(&written("diff", "junit", &[sides[0].clone(), sides[0].clone()], 0));
    assert!(!same.is_empty() && same.iter().all(|case| case.failure.is_none()));
}

#[test]
fn junit_fails_where_a_step_is_not_in_the_script() {
    let (_bench, sides) = sides();
    let cases = readers::junit(&written("plan", "junit", &sides, 3));
    let (included, left_out) = steps(&sides);
    let failures: Vec<_> = cases.iter().filter_map(|case| case.failure.as_ref()).collect();
    assert_eq!((cases.len(), failures.len()), (included.len() + left_out.len(), left_out.len()));
    assert!(failures.iter().any(|[sort, ..]| sort == "DATA_LOSS"));
    assert!(cases.iter().all(|case| case.output.contains("risk: ")));
}

#[test]
fn sarif_has_a_result_for_each_difference() {
    let (_bench, sides) = sides();
    let results = readers::sarif(&written("diff", "sarif", &sides, 1));
    assert_eq!(results.len(), changes(&sides).len());
    for result in &results {
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert!(place.as_str().unwrap().ends_with("/to.json"), "{place}");
    }
}

#[test]
fn sarif_of_a_plan_has_errors_for_what_is_left_out_and_warns_of_the_rest() {
    let (_bench, sides) = sides();
    let results = readers::sarif(&written("plan", "sarif", &sides, 3));
    let (included, left_out) = steps(&sides);
    let level = |level: &str| results.iter().filter(|result| result["level"] == level).count();
    assert_eq!(level("error"), left_out.len());
    let hazards: usize =
        included.iter().map(|step| step["hazards"].as_array().unwrap().len()).sum();
    assert_eq!(level("warning") + level("note"), hazards);
    assert!(hazards > 0);
}

#[test]
fn annotations_and_findings_tell_the_same() {
    let (_bench, sides) = sides();
    for (command, status) in [("diff", 1), ("plan", 3)] {
        let results = readers::sarif(&written(command, "sarif", &sides, status));
        let commands = readers::github(&written(command, "github", &sides, status));
        let findings = readers::gitlab(&written(command, "gitlab", &sides, status));
        assert_eq!((commands.len(), findings.len()), (results.len() + 1, results.len()));
        let annotations = |name: &str| commands.iter().filter(|it| it.name == name).count();
        let of = |level: &str| results.iter().filter(|it| it["level"] == level).count();
        assert_eq!(annotations("error"), of("error"));
        assert_eq!(annotations("warning"), of("warning"));
        assert_eq!(annotations("notice"), of("note") + 1, "and one for the result");
    }
}

/// A connection string never stands in a report, so the label stands for a server.
#[test]
fn results_stand_at_the_file_that_there_is() {
    let (bench, sides) = sides();
    let place = |from: &str, to: &str, stdin: &PathBuf| {
        let call = Pgparity::new(["diff", "--format", "gitlab", from, to]);
        let call = call.current_dir(bench.path("")).stdin(std::fs::read(stdin).unwrap());
        let findings = readers::gitlab(call.run().expect_status(1).text());
        findings[0]["location"]["path"].as_str().unwrap().to_owned()
    };
    assert_eq!(place("from.json", "to.json", &sides[0]), "to.json");
    assert_eq!(place("from.json", "-", &sides[1]), "from.json");
}

#[test]
fn a_summary_fits_and_begins_with_the_result() {
    let (bench, sides) = sides();
    let summary = bench.path("summary.md");
    for command in ["diff", "plan"] {
        let call = Pgparity::new([command, "--format", "github", "--summary"]).args([&summary]);
        assert!(call.args(&sides).run().status.is_some_and(|status| status != 2));
    }
    let text = std::fs::read_to_string(&summary).unwrap();
    let [before, diff, plan] = &text.split("## Drift: ").collect::<Vec<_>>()[..] else {
        panic!("two reports: {text}")
    };
    assert!(before.is_empty() && diff.len() < 65_536 && plan.len() < 65_536);
    let place = |part: &str| plan.find(part).unwrap_or_else(|| panic!("{part}\n{plan}"));
    let order =
        ["**Plan: ", "**Risk:** ", "**Downtime:** ", "### Differences", "<summary>Risk of "];
    assert!(order.map(place).is_sorted(), "{plan}");
}
