//! What CI systems are told, whatever found it: a check, a comparison or a plan.
//!
//! [`Alerts`] is the one model: tests, with what is wrong in each. [`of_drift`] and [`of_plan`] make it of a
//! report, a check of its rules; [`sarif()`], [`junit()`], [`github()`] and [`gitlab()`] write it in the form
//! that each system reads.

mod drift;
mod github;
mod gitlab;
mod junit;
mod model;
mod plan;
mod sarif;
#[cfg(test)]
mod tests;
mod uri;

pub use drift::of_drift;
pub use github::github;
pub use gitlab::gitlab;
pub use junit::junit;
pub use model::{Alert, Alerts, Level, Place, Sort, Test, Weight};
pub use plan::of_plan;
pub use sarif::sarif;
pub(crate) use uri::fingerprint;
