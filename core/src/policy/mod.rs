//! The policy: what an environment must have, what may differ, and until when.
//!
//! A [`Policy`] is data that somebody wrote; [`check`] holds it against a snapshot and gives a
//! [`CheckReport`], an outcome for each rule, which [`mod@write`] puts into the form that each place reads.
//! [`starting_policy`] writes a policy out of a snapshot. There is no clock here: the day that waivers
//! are judged by is an argument.

mod catalog;
mod date;
mod drift;
mod effective;
mod error;
mod evaluate;
mod expect;
mod init;
mod migrations;
mod model;
mod outcome;
mod place;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod tests;
mod toml_text;
mod type_name;
mod verdict;
mod verify;
mod waive;
mod waiver;
pub mod write;

pub use date::Date;
pub use effective::Effective;
pub use error::PolicyError;
pub use evaluate::{CheckOptions, check};
pub use init::starting_policy;
pub use model::{
    ColumnRule, Environment, ForbidRule, ObjectRule, Policy, PolicyIgnore, Severities, Severity,
    TableRule, VERSION,
};
pub use outcome::{
    CHECK_FORMAT, CHECK_VERSION, CheckReport, CheckVerdict, Code, Counts, RuleOutcome, Section,
    State, Status, Violation, WaivedBy,
};
pub use place::{Place, Step};
pub use verify::Problem;
pub use waiver::{MigrationFinding, Waiver};
