//! The check as workflow commands of GitHub Actions, which become annotations.
//!
//! GitHub documentation, "Workflow commands for GitHub Actions": what would end a command or one of
//! its properties is written by its number.

use super::lines::{self, Weight};
use crate::policy::{CheckReport, RuleOutcome};
use crate::report::{capital, visible};

/// A line for each violation, the errors first, and one for the result. GitHub shows ten of a sort for
/// a step; the others are in its log.
pub fn github(report: &CheckReport) -> String {
    let mut out = String::new();
    for weight in Weight::ALL {
        let command = match weight {
            Weight::Error => "error",
            Weight::Warning => "warning",
            Weight::Waived => "notice",
        };
        for (rule, violation) in lines::weighing(report, weight) {
            let message = lines::sentence(rule, violation);
            let title = format!("pgparity: {}", violation.code.name());
            out.push_str(&line(command, report, Some(rule), &title, &message));
        }
    }
    let summary = capital(&report.verdict.summary);
    out.push_str(&line("notice", report, None, "pgparity check", &summary));
    out
}

fn line(
    command: &str,
    report: &CheckReport,
    rule: Option<&RuleOutcome>,
    title: &str,
    message: &str,
) -> String {
    let mut properties = Vec::new();
    if let Some(number) = rule.and_then(|rule| rule.line) {
        properties.push(format!("file={},line={number}", property(&report.policy)));
    }
    properties.push(format!("title={}", property(title)));
    format!("::{command} {}::{}\n", properties.join(","), data(message))
}

/// Behind the colons. Names cannot hold line breaks here: they are written visibly.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Before the colons, where these and commas have a meaning too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
