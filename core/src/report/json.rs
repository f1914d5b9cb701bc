//! The report for machines.

use super::model::Report;

/// The report as pretty JSON with a newline at its end: every value in full, nothing left out.
pub fn json(report: &Report) -> String {
    // Every key of the model is a string, so that it always has a JSON form.
    let written = serde_json::to_string_pretty(report);
    debug_assert!(written.is_ok(), "a report serializes");
    let mut text = written.unwrap_or_default();
    text.push('\n');
    text
}
