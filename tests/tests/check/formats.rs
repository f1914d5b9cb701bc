//! Each form of the report, read as the place reads it that it is for.

use std::collections::BTreeSet;
use std::path::PathBuf;

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
    let policy = bench.write(
        "my policy, v1: 100%.toml",
        "version = 1\npresets = [\"comments\"]\n\
         [tables.\"public.missing\".columns]\nid = {}\n\
         [tables.\"public.orders\".columns]\nid = { type = \"text\" }\nnone = { required = false }\n\
         [[require]]\nkind = \"table\"\nidentity = 'public.\"::error::a,b:c%0A<i>{x}[y](z)\"'\n\
         [[forbid]]\nkind = \"column\"\nidentity = \"*.plain\"\nreason = \"a & b\"\n\
         [[waivers]]\nkind = \"column\"\nidentity = \"public.orders.id\"\nreason = \"<later> \\u202E\"\n\
         owner = \"\\\"shop\\\" & team\"\nexpires = 2031-05-31\n",
    );
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

    /// How many errors, warnings and waived violations there are.
    fn counts(&self) -> [usize; 3] {
        let verdict = &self.data()["verdict"];
        let counts = ["errors", "warnings", "waived"].map(|key| verdict[key].as_u64().unwrap());
        assert!(counts.iter().all(|count| *count > 0), "{verdict:#}");
        counts.map(|count| usize::try_from(count).unwrap())
    }
}

/// Nothing that acts on a terminal or hides in a line.
fn expect_harmless(text: &str) {
    let hidden =
        |c: char| (c.is_control() && c != '\n') || "\u{202E}\u{2066}\u{200B}\u{FEFF}".contains(c);
    assert_eq!(text.chars().find(|c| hidden(*c)), None);
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

/// By the XSD that Jenkins publishes: which elements stand in which, and which attributes they need.
#[test]
fn junit_is_read_by_a_reader_of_xml() {
    let case = case();
    let text = case.written("junit");
    expect_harmless(&text);
    let document = roxmltree::Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let number = |node: roxmltree::Node<'_, '_>, name: &str| -> usize {
        node.attribute(name).unwrap().parse().unwrap()
    };
    let (mut tests, mut failures, mut skipped) = (0, 0, 0);
    for suite in root.children().filter(roxmltree::Node::is_element) {
        assert_eq!(suite.tag_name().name(), "testsuite");
        assert!(suite.attribute("name").is_some());
        let cases: Vec<_> = suite.children().filter(roxmltree::Node::is_element).collect();
        let with = |tag: &str| {
            let has =
                |case: &&roxmltree::Node<'_, '_>| case.children().any(|it| it.has_tag_name(tag));
            cases.iter().filter(has).count()
        };
        assert_eq!(number(suite, "tests"), cases.len());
        assert_eq!(number(suite, "failures"), with("failure"));
        assert_eq!(number(suite, "skipped"), with("skipped"));
        for case in &cases {
            assert_eq!(case.tag_name().name(), "testcase");
            assert!(case.attribute("classname").is_some() && case.attribute("name").is_some());
            let below: Vec<_> = case
                .children()
                .filter(roxmltree::Node::is_element)
                .map(|it| it.tag_name().name())
                .collect();
            assert!(below.len() <= 2 && below.last() == Some(&"system-out"), "{below:?}");
        }
        tests += cases.len();
        failures += with("failure");
        skipped += with("skipped");
    }
    assert_eq!(tests, case.data()["rules"].as_array().unwrap().len(), "a rule is a test");
    assert_eq!((number(root, "tests"), number(root, "failures")), (tests, failures));
    assert!(failures > 3 && skipped > 1, "{failures} {skipped}");
    let failure = document.descendants().find(|it| it.has_tag_name("failure")).unwrap();
    let message = failure.attribute("message").unwrap();
    assert_eq!(message, "table public.missing is missing, with its 1 column");
    let file = failure.parent().unwrap().attribute("file").unwrap();
    assert!(file.ends_with("my policy, v1: 100%.toml"), "{file}");
}

/// By the schema of SARIF 2.1.0: what it requires of what is there.
#[test]
fn sarif_has_the_structure_of_its_standard() {
    let case = case();
    let log: Value = serde_json::from_str(&case.written("sarif")).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let [run] = &log["runs"].as_array().unwrap()[..] else { panic!("one run") };
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "pgparity");
    let rules = driver["rules"].as_array().unwrap();
    let [errors, warnings, waived] = case.counts();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), errors + warnings + waived);
    let mut prints = BTreeSet::new();
    let mut suppressed = 0;
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
        let message = result["message"]["text"].as_str().unwrap();
        assert!(!message.is_empty() && !message.contains("]("), "no link: {message}");
        assert!(!message.replace("{{", "").contains('{'), "no argument: {message}");
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:%".contains(c);
        assert!(
            uri.chars().all(plain) && uri.ends_with("/my%20policy%2C%20v1%3A%20100%25.toml"),
            "{uri}"
        );
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        let print = result["partialFingerprints"]["pgparity/v1"].as_str().unwrap();
        assert!(prints.insert(print.to_owned()), "a fingerprint is one result's: {message}");
        if let Some(suppressions) = result.get("suppressions") {
            assert_eq!(
                (&suppressions[0]["kind"], &suppressions[0]["status"]),
                (&"external".into(), &"accepted".into())
            );
            suppressed += 1;
        }
    }
    assert_eq!(suppressed, waived);
}

/// A workflow command as GitHub's runner reads it: `::name key=value,key=value::message`.
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let rest = line.strip_prefix("::").unwrap_or_else(|| panic!("no command: {line}"));
    let (head, data) = rest.split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap();
    let data_of = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let property_of = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":");
        text.replace("%2C", ",").replace("%25", "%")
    };
    let pairs = properties.split(',').map(|pair| {
        let (key, value) = pair.split_once('=').unwrap();
        (key.to_owned(), property_of(value))
    });
    (name.to_owned(), pairs.collect(), data_of(data))
}

#[test]
fn annotations_are_read_as_the_runner_of_github_reads_them() {
    let case = case();
    let text = case.written("github");
    expect_harmless(&text);
    let commands: Vec<_> = text.lines().map(command).collect();
    let count = |name: &str| commands.iter().filter(|(found, ..)| found == name).count();
    let [errors, warnings, waived] = case.counts();
    assert_eq!([count("error"), count("warning"), count("notice")], [errors, warnings, waived + 1]);
    for (_, properties, message) in &commands {
        assert!(!message.is_empty());
        for (key, value) in properties {
            match key.as_str() {
                "file" => assert!(value.ends_with("/my policy, v1: 100%.toml"), "{value}"),
                "line" => assert!(value.parse::<usize>().unwrap() > 1),
                "title" => assert!(value.starts_with("pgparity"), "{value}"),
                _ => panic!("{key} is no property"),
            }
        }
    }
    let name = "public.\"::error::a,b:c%0A<i>{x}[y](z)\"";
    let found = commands.iter().find(|(.., message)| message.contains(name));
    assert!(found.is_some(), "the name comes back as it was: {text}");
}

#[test]
fn gitlab_gets_what_its_format_asks_for() {
    let case = case();
    let findings: Vec<Value> = serde_json::from_str(&case.written("gitlab")).unwrap();
    let [errors, warnings, waived] = case.counts();
    let count = |severity: &str| findings.iter().filter(|it| it["severity"] == severity).count();
    assert_eq!([count("major"), count("minor"), count("info")], [errors, warnings, waived]);
    let mut prints = BTreeSet::new();
    for finding in &findings {
        assert!(!finding["description"].as_str().unwrap().is_empty());
        assert!(finding["check_name"].as_str().unwrap().starts_with("pgparity-"));
        assert!(finding["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
        assert!(finding["location"]["path"].as_str().unwrap().ends_with("100%.toml"));
        let print = finding["fingerprint"].as_str().unwrap();
        assert!(print.len() == 64 && prints.insert(print.to_owned()), "{finding}");
    }
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
