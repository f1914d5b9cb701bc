//! The check as a SARIF log, which code scanning reads.
//!
//! OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

use serde_json::{Value, json};

use super::lines::{self, Weight};
use super::uri::{fingerprint, reference};
use crate::policy::{CheckReport, Code, RuleOutcome, State, Violation};
use crate::report::{pretty, visible};

/// One run: a rule for each sort of violation, a result for each violation. What is waived is there, and
/// suppressed.
pub fn sarif(report: &CheckReport) -> String {
    let rules: Vec<Value> = Code::ALL
        .into_iter()
        .map(|code| {
            json!({
                "id": code.name(),
                "shortDescription": { "text": code.means() },
                "defaultConfiguration": { "level": "error" },
            })
        })
        .collect();
    let results: Vec<Value> = Weight::ALL
        .into_iter()
        .flat_map(|weight| lines::weighing(report, weight))
        .map(|(rule, violation)| result(report, rule, violation))
        .collect();
    pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "pgparity",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "informationUri": env!("CARGO_PKG_REPOSITORY"),
                    "rules": rules,
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn result(report: &CheckReport, rule: &RuleOutcome, violation: &Violation) -> Value {
    let index = Code::ALL.iter().position(|code| *code == violation.code);
    let mut result = json!({
        "ruleId": violation.code.name(),
        "ruleIndex": index,
        "level": violation.severity.word(),
        "message": { "text": message(&lines::sentence(rule, violation)) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": reference(&report.policy) },
                "region": { "startLine": rule.line.unwrap_or(1) },
            },
            "logicalLocations": [{
                "fullyQualifiedName": visible(&violation.name),
                "kind": violation.kind.map(crate::objects::Kind::as_str),
            }],
        }],
        "partialFingerprints": { "pgparity/v1": fingerprint(rule, violation) },
    });
    let waiver = violation.waiver.as_ref().filter(|_| violation.state == State::Waived);
    if let (Some(waiver), Some(members)) = (waiver, result.as_object_mut()) {
        let why = format!("{} (until {}, {})", waiver.reason, waiver.expires, waiver.owner);
        let suppression =
            json!([{ "kind": "external", "status": "accepted", "justification": visible(&why) }]);
        members.insert("suppressions".to_owned(), suppression);
    }
    result
}

/// A plain text message, in which a link would be `[text](target)`, and braces stand for arguments
/// (3.11.5 and 3.11.6).
fn message(text: &str) -> String {
    visible(text).replace("](", "] (").replace('{', "{{").replace('}', "}}")
}
