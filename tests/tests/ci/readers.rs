//! Reads each form as the place reads it that it is for; what the place would refuse stops the test.

use std::collections::BTreeSet;
use std::fs;

use pgparity_tests::hostile_names::expect_harmless;
use pgparity_tests::workspace;
use quick_junit::{NonSuccessKind, Report, TestCaseStatus};
use serde_json::{Value, json};

/// Stops the test at what a schema does not allow.
pub(crate) fn expect_valid(schema: &Value, document: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .map(|error| error.chars().take(500).collect())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

/// A JSON document below the root of the workspace.
pub(crate) fn document(path: &str) -> Value {
    serde_json::from_slice(&fs::read(workspace::root().join(path)).unwrap()).unwrap()
}

/// A test as CI systems show it.
pub(crate) struct Case {
    /// The suite.
    pub suite: String,
    /// The name.
    pub name: String,
    /// The failure: its type, message and text.
    pub failure: Option<[String; 3]>,
    /// Why it is skipped.
    pub skipped: Option<String>,
    /// What else is said.
    pub output: String,
}

/// The tests of a `JUnit` report, by nextest's reader; and by the XSD that Jenkins publishes, which elements
/// stand in which, and which attributes they need.
pub(crate) fn junit(text: &str) -> Vec<Case> {
    expect_harmless(text);
    let document = roxmltree::Document::parse(text).unwrap();
    assert_eq!(document.root_element().tag_name().name(), "testsuites");
    for case in document.descendants().filter(|node| node.has_tag_name("testcase")) {
        let parts = case.children().filter(roxmltree::Node::is_element);
        let below: Vec<_> = parts.map(|part| part.tag_name().name()).collect();
        let known = |name: &&&str| ["failure", "skipped", "system-out"].contains(*name);
        assert!(below.len() <= 2 && below.iter().filter(known).count() == below.len(), "{below:?}");
        assert_eq!(case.attribute("file").is_some(), case.attribute("line").is_some());
    }
    let report = Report::deserialize_from_str(text).unwrap();
    let text = |text: &Option<quick_junit::XmlString>| {
        text.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default()
    };
    let mut cases = Vec::new();
    for suite in &report.test_suites {
        let before = cases.len();
        for case in &suite.test_cases {
            assert!(case.classname.as_ref().is_some_and(|name| name.starts_with("pgparity.")));
            let (failure, skipped) = match &case.status {
                TestCaseStatus::Success { .. } => (None, None),
                TestCaseStatus::Skipped { message, .. } => (None, Some(text(message))),
                TestCaseStatus::NonSuccess { kind, message, ty, description, .. } => {
                    assert_eq!(*kind, NonSuccessKind::Failure);
                    (Some([text(ty), text(message), text(description)]), None)
                }
            };
            cases.push(Case {
                suite: suite.name.as_str().to_owned(),
                name: case.name.as_str().to_owned(),
                failure,
                skipped,
                output: text(&case.system_out),
            });
        }
        let own = &cases[before..];
        assert_eq!((suite.tests, suite.failures, suite.skipped), counts(own), "{:?}", suite.name);
    }
    assert_eq!((report.tests, report.failures, report.skipped), counts(&cases));
    assert_eq!(report.errors, 0);
    cases
}

fn counts(cases: &[Case]) -> (usize, usize, usize) {
    let failures = cases.iter().filter(|case| case.failure.is_some()).count();
    let skipped = cases.iter().filter(|case| case.skipped.is_some()).count();
    (cases.len(), failures, skipped)
}

/// The schema of the standard. As published, its pattern for languages, which no log of ours names, is no
/// regular expression: a bracket is closed that was never opened.
fn sarif_schema() -> Value {
    let mut schema = document("tests/fixtures/sarif-2.1.0.schema.json");
    for definition in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][definition]["properties"]["language"];
        assert!(language["pattern"].as_str().unwrap().ends_with("]?$"), "{language}");
        language["pattern"] = json!("^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    }
    schema
}

/// The results of a SARIF log, by the schema of the standard and what code scanning asks for besides.
pub(crate) fn sarif(text: &str) -> Vec<Value> {
    let log: Value = serde_json::from_str(text).unwrap();
    expect_valid(&sarif_schema(), &log);
    let [run] = &log["runs"].as_array().unwrap()[..] else { panic!("one run") };
    assert_eq!(run["tool"]["driver"]["name"], "pgparity");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap().clone();
    let mut prints = BTreeSet::new();
    for result in &results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let message = result["message"]["text"].as_str().unwrap();
        expect_harmless(message);
        assert!(!message.is_empty() && !message.contains("]("), "no link: {message}");
        assert!(!message.replace("{{", "").contains('{'), "no argument: {message}");
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:%".contains(c);
        assert!(!uri.is_empty() && uri.chars().all(plain), "{uri}");
        let print = result["partialFingerprints"]["pgparity/v1"].as_str().unwrap();
        assert!(prints.insert(print.to_owned()), "a fingerprint is one result's: {message}");
    }
    results
}

/// A workflow command.
pub(crate) struct Command {
    /// `error`, `warning`, `notice`.
    pub name: String,
    /// Its properties.
    pub properties: Vec<(String, String)>,
    /// What stands behind the colons.
    pub message: String,
}

/// Workflow commands as GitHub's runner reads them: `::name key=value,key=value::message`.
pub(crate) fn github(text: &str) -> Vec<Command> {
    expect_harmless(text);
    text.lines().map(command).collect()
}

fn command(line: &str) -> Command {
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
        assert!(["file", "line", "title"].contains(&key), "{key} is no property");
        (key.to_owned(), property_of(value))
    });
    let message = data_of(data);
    assert!(!message.is_empty());
    Command { name: name.to_owned(), properties: pairs.collect(), message }
}

/// The findings of a Code Quality report, by what GitLab documents of its format.
pub(crate) fn gitlab(text: &str) -> Vec<Value> {
    let required = ["description", "check_name", "fingerprint", "severity", "location"];
    let schema = json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": required,
            "properties": {
                "description": { "type": "string", "minLength": 1 },
                "check_name": { "type": "string", "pattern": "^pgparity-" },
                "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
                "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        // A relative path in the repository, without "./" in front.
                        "path": { "type": "string", "minLength": 1, "not": { "pattern": "^\\./" } },
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": { "begin": { "type": "integer", "minimum": 1 } },
                        },
                    },
                },
            },
        },
    });
    let findings: Value = serde_json::from_str(text).unwrap();
    expect_valid(&schema, &findings);
    let findings = findings.as_array().unwrap().clone();
    let prints: BTreeSet<&str> =
        findings.iter().map(|finding| finding["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(prints.len(), findings.len(), "a fingerprint is one finding's");
    findings
}
