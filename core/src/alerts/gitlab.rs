//! Alerts as a Code Quality report of GitLab.
//!
//! GitLab documentation, "Code Quality report format".

use serde_json::{Value, json};

use super::model::{Alerts, Weight};
use crate::report::{pretty, visible};

/// A list of alerts. What stands in no line gets the first: GitLab wants one.
pub fn gitlab(alerts: &Alerts) -> String {
    let of = |weight: Weight| {
        alerts.weighing(weight).map(move |(test, alert)| {
            json!({
                "description": visible(&alert.message),
                "check_name": format!("pgparity-{}", alert.sort),
                "fingerprint": alert.fingerprint,
                "severity": match weight {
                    Weight::Error => "major",
                    Weight::Warning => "minor",
                    Weight::Note | Weight::Waived => "info",
                },
                "location": {
                    "path": visible(test.place.path.trim_start_matches("./")),
                    "lines": { "begin": test.place.line.unwrap_or(1) },
                },
            })
        })
    };
    let found: Vec<Value> = Weight::ALL.into_iter().flat_map(of).collect();
    pretty(&found)
}
