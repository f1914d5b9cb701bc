//! The check as a Code Quality report of GitLab.
//!
//! GitLab documentation, "Code Quality report format".

use serde_json::{Value, json};

use super::lines::{self, Weight};
use super::uri::fingerprint;
use crate::policy::CheckReport;
use crate::report::{pretty, visible};

/// A list of findings. A rule of the command line stands in no line; GitLab wants one, and gets the first.
pub fn gitlab(report: &CheckReport) -> String {
    let of = |weight: Weight| {
        lines::weighing(report, weight).map(move |(rule, violation)| {
            json!({
                "description": visible(&lines::sentence(rule, violation)),
                "check_name": format!("pgparity-{}", violation.code.name()),
                "fingerprint": fingerprint(rule, violation),
                "severity": match weight {
                    Weight::Error => "major",
                    Weight::Warning => "minor",
                    Weight::Waived => "info",
                },
                "location": {
                    "path": report.policy.trim_start_matches("./"),
                    "lines": { "begin": rule.line.unwrap_or(1) },
                },
            })
        })
    };
    let findings: Vec<Value> = Weight::ALL.into_iter().flat_map(of).collect();
    pretty(&findings)
}
