//! Reports of a check: for a terminal, a pull request, and what CI systems read.

mod github;
mod gitlab;
mod junit;
mod lines;
mod markdown;
mod sarif;
mod text;
mod uri;

pub use github::github;
pub use gitlab::gitlab;
pub use junit::junit;
pub use markdown::markdown;
pub use sarif::sarif;
pub use text::text;

use super::CheckReport;

/// The report as pretty JSON: every rule, nothing left out. `docs/check.schema.json` describes it.
pub fn json(report: &CheckReport) -> String {
    crate::report::pretty(report)
}
