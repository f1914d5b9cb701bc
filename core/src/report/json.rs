//! The report for machines.

use serde::Serialize;

use super::model::Report;

/// The report as pretty JSON with a newline at its end: every value in full, nothing left out.
pub fn json(report: &Report) -> String {
    pretty(report)
}

/// Pretty JSON with a newline at its end, of something whose keys are all strings: such a value
/// always has a JSON form.
pub(crate) fn pretty(value: &impl Serialize) -> String {
    let written = serde_json::to_string_pretty(value);
    debug_assert!(written.is_ok(), "a value with keys that are strings serializes");
    let mut text = written.unwrap_or_default();
    text.push('\n');
    text
}
