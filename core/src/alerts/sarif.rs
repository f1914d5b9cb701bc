//! Alerts as a SARIF log, which code scanning reads.
//!
//! OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

use serde_json::{Value, json};

use super::model::{Alert, Alerts, Level, Test, Weight};
use super::uri::reference;
use crate::report::{pretty, visible};

/// One run: a rule for each sort of alerts, a result for each alert. What is waived is there, and
/// suppressed.
pub fn sarif(alerts: &Alerts) -> String {
    let rules: Vec<Value> = alerts
        .sorts
        .iter()
        .map(|sort| {
            json!({
                "id": sort.id,
                "shortDescription": { "text": sort.means },
                "defaultConfiguration": { "level": word(sort.level) },
            })
        })
        .collect();
    let results: Vec<Value> = Weight::ALL
        .into_iter()
        .flat_map(|weight| alerts.weighing(weight))
        .map(|(test, alert)| result(alerts, test, alert))
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
            // Each command stands beside the others in code scanning, which replaces what has the same name.
            "automationDetails": { "id": format!("pgparity/{}/", alerts.command) },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

fn result(alerts: &Alerts, test: &Test, alert: &Alert) -> Value {
    let mut object = json!({ "fullyQualifiedName": visible(&alert.name) });
    if let (Some(kind), Some(members)) = (&alert.kind, object.as_object_mut()) {
        members.insert("kind".to_owned(), json!(kind));
    }
    let mut result = json!({
        "ruleId": alert.sort,
        "ruleIndex": alerts.sorts.iter().position(|sort| sort.id == alert.sort),
        "level": word(alert.level),
        "message": { "text": message(&alert.message) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": reference(&test.place.path) },
                "region": { "startLine": test.place.line.unwrap_or(1) },
            },
            "logicalLocations": [object],
        }],
        "partialFingerprints": { "pgparity/v1": alert.fingerprint },
    });
    if let (Some(why), Some(members)) = (&alert.waived, result.as_object_mut()) {
        let suppression =
            json!([{ "kind": "external", "status": "accepted", "justification": visible(why) }]);
        members.insert("suppressions".to_owned(), suppression);
    }
    result
}

/// A plain text message, in which a link would be `[text](target)`, and braces stand for arguments
/// (3.11.5 and 3.11.6).
fn message(text: &str) -> String {
    visible(text).replace("](", "] (").replace('{', "{{").replace('}', "}}")
}
