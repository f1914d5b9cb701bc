//! The forms of the report for people and programs; what CI systems are told is in `tests/tests/ci`.

use std::path::PathBuf;

use pgparity_tests::hostile_names::expect_harmless;
use pgparity_tests::{Bench, Pgparity, hostile_names};
use serde_json::Value;

use super::check;

/// A report with everything in it, and hostile names: errors, warnings, what is waived.
struct Case {
    bench: Bench,
    snapshot: PathBuf,
    policy: PathBuf,
    reference: PathBuf,
}

fn case() -> Case {
    let bench = Bench::new();
    let [reference, snapshot] = hostile_names::sides(&bench);
    let policy = bench.write("my policy, v1: 100%.toml", hostile_names::POLICY);
    Case { bench, snapshot, policy, reference }
}

impl Case {
    fn written(&self, format: &str) -> String {
        let against = self.reference.to_str().unwrap();
        let options = ["--format", format, "--as-of", "2030-01-01", "--against", against];
        check(&self.snapshot, &self.policy, &options).expect_status(1).text().to_owned()
    }

    fn data(&self) -> Value {
        serde_json::from_str(&self.written("json")).unwrap()
    }
}

#[test]
fn text_and_markdown_tell_everything_in_its_place() {
    let case = case();
    let text = case.written("text");
    expect_harmless(&text);
    for part in [
        "Failed: ",
        "Errors\n",
        "Warnings\n",
        "Waived\n",
        "Passed\n",
        "table public.missing is missing, with its 1 column",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let markdown = case.written("markdown");
    expect_harmless(&markdown);
    assert!(markdown.starts_with("## Check failed: "), "{markdown}");
    assert!(markdown.len() < 65_536, "it fits in a comment");
    for tag in ["<script", "<img", "<svg", "<i>", "<b>"] {
        assert!(!markdown.contains(tag), "{tag}");
    }
    assert!(
        markdown.contains("### Errors") && markdown.contains("<details><summary>Rules: passed")
    );
}

/// The statuses of rules, and the parts that programs rely on.
#[test]
fn json_has_every_rule_with_its_line() {
    let case = case();
    let data = case.data();
    assert_eq!((&data["format"], &data["version"]), (&"pgparity-check".into(), &1.into()));
    let rules = data["rules"].as_array().unwrap();
    let of = |place: &str| rules.iter().find(|rule| rule["place"] == place).unwrap();
    let missing = of("tables.\"public.missing\"");
    assert_eq!((&missing["status"], &missing["line"]), (&"failed".into(), &3.into()));
    assert_eq!(of("tables.\"public.orders\".columns.id")["status"], "waived");
    assert_eq!(of("tables.\"public.orders\".columns.none")["status"], "warning");
    assert_eq!(of("waivers[0]")["status"], "waived");
    assert_eq!(of("forbid[0]")["line"], 11);
    let counted: u64 =
        data["verdict"]["rules"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(counted, rules.len() as u64, "every rule has one status");
}

#[test]
fn a_policy_below_the_folder_is_named_from_there() {
    let case = case();
    let folder = case.bench.path("");
    let options = ["check", case.snapshot.to_str().unwrap(), "--format", "gitlab", "--policy"];
    let run = Pgparity::new(options).args([&case.policy]).current_dir(&folder).run();
    let findings = run.expect_status(1).json();
    assert_eq!(findings[0]["location"]["path"], "my policy, v1: 100%.toml");
}
