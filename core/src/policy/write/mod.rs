//! Reports of a check for people and programs, and the [`alerts()`] that CI systems are told.

mod alerts;
mod lines;
mod markdown;
mod text;

pub use alerts::alerts;
pub use markdown::markdown;
pub use text::text;

use super::CheckReport;

/// The report as pretty JSON: every rule, nothing left out. `docs/check.schema.json` describes it.
pub fn json(report: &CheckReport) -> String {
    crate::report::pretty(report)
}
