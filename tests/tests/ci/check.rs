//! What CI is told of a check.

use std::path::PathBuf;

use pgparity_tests::{Bench, Pgparity, hostile_names};
use serde_json::Value;

use super::readers;

/// A report with everything in it, and hostile names: errors, warnings, what is waived.
struct Case {
    bench: Bench,
    arguments: Vec<PathBuf>,
}

fn case() -> Case {
    let bench = Bench::new();
    let [reference, snapshot] = hostile_names::sides(&bench);
    let policy = bench.write("my policy, v1: 100%.toml", hostile_names::POLICY);
    let arguments = vec![snapshot, "--policy".into(), policy, "--against".into(), reference];
    Case { bench, arguments }
}

impl Case {
    fn written(&self, format: &str) -> String {
        let call = Pgparity::new(["check", "--as-of", "2030-01-01", "--format", format]);
        call.args(&self.arguments).run().expect_status(1).text().to_owned()
    }

    fn data(&self) -> Value {
        let report: Value = serde_json::from_str(&self.written("json")).unwrap();
        readers::expect_valid(&readers::document("docs/check.schema.json"), &report);
        report
    }

    /// How many errors, warnings and waived violations there are.
    fn counts(&self) -> [usize; 3] {
        let verdict = &self.data()["verdict"];
        let counts = ["errors", "warnings", "waived"].map(|key| verdict[key].as_u64().unwrap());
        assert!(counts.iter().all(|count| *count > 0), "{verdict:#}");
        counts.map(|count| usize::try_from(count).unwrap())
    }
}

#[test]
fn a_rule_is_a_test() {
    let case = case();
    let text = case.written("junit");
    let cases = readers::junit(&text);
    assert_eq!(cases.len(), case.data()["rules"].as_array().unwrap().len());
    let failures: Vec<&[String; 3]> =
        cases.iter().filter_map(|case| case.failure.as_ref()).collect();
    assert!(failures.len() > 3 && cases.iter().filter(|case| case.skipped.is_some()).count() > 1);
    let message = "table public.missing is missing, with its 1 column".to_owned();
    assert_eq!(*failures[0], ["missing".to_owned(), message.clone(), message]);
    assert!(text.contains("my policy, v1: 100%.toml\" line=\"3\""), "{text}");
}

#[test]
fn a_violation_is_a_result_at_the_line_of_its_rule() {
    let case = case();
    let [errors, warnings, waived] = case.counts();
    let results = readers::sarif(&case.written("sarif"));
    assert_eq!(results.len(), errors + warnings + waived);
    let mut suppressed = 0;
    for result in &results {
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.ends_with("/my%20policy%2C%20v1%3A%20100%25.toml"), "{uri}");
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        if let Some(suppressions) = result.get("suppressions") {
            assert_eq!(suppressions[0]["status"], "accepted");
            suppressed += 1;
        }
    }
    assert_eq!(suppressed, waived);
}

#[test]
fn violations_are_annotations() {
    let case = case();
    let text = case.written("github");
    let commands = readers::github(&text);
    let count = |name: &str| commands.iter().filter(|command| command.name == name).count();
    let [errors, warnings, waived] = case.counts();
    assert_eq!([count("error"), count("warning"), count("notice")], [errors, warnings, waived + 1]);
    for (key, value) in commands.iter().flat_map(|command| &command.properties) {
        match key.as_str() {
            "file" => assert!(value.ends_with("/my policy, v1: 100%.toml"), "{value}"),
            "line" => assert!(value.parse::<usize>().unwrap() > 1),
            _ => assert!(value.starts_with("pgparity"), "{value}"),
        }
    }
    let name = "public.\"::error::a,b:c%0A<i>{x}[y](z)\"";
    let found = commands.iter().find(|command| command.message.contains(name));
    assert!(found.is_some(), "the name comes back as it was: {text}");
}

#[test]
fn violations_are_findings() {
    let case = case();
    let findings = readers::gitlab(&case.written("gitlab"));
    let [errors, warnings, waived] = case.counts();
    let count = |severity: &str| findings.iter().filter(|it| it["severity"] == severity).count();
    assert_eq!([count("major"), count("minor"), count("info")], [errors, warnings, waived]);
    for finding in &findings {
        assert!(finding["location"]["path"].as_str().unwrap().ends_with("100%.toml"));
    }
}

#[test]
fn a_summary_is_added_to_what_other_steps_wrote() {
    let case = case();
    let summary = case.bench.write("summary.md", "# Of another step\n");
    let call = Pgparity::new(["check", "--format", "github", "--summary"]).args([&summary]);
    call.args(&case.arguments).run().expect_status(1);
    let text = std::fs::read_to_string(&summary).unwrap();
    assert!(text.starts_with("# Of another step\n## Check failed: "), "{text}");
}
