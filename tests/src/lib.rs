//! Helpers of the end-to-end tests: throw-away PostgreSQL clusters, the real `pgparity` program,
//! and dumps that compare as sets of statements.
//!
//! A helper that cannot do its work stops the test that called it, so these functions panic with
//! the reason instead of returning errors that every test would unwrap.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a failing helper is a failing test; see the module documentation"
)]

mod bench;
pub mod check_case;
mod cluster;
pub mod console;
pub mod corpus;
pub mod coverage;
mod database;
pub mod dump;
pub mod hostile_names;
pub mod page;
mod pgparity;
pub mod programs;
pub mod random;
pub mod roles;
mod rows;
mod sample;
pub mod workspace;

pub use bench::Bench;
pub use cluster::{Cluster, each_version};
pub use database::Db;
pub use pgparity::{Pgparity, Run, program_under_test};
pub use rows::Rows;
pub use sample::Sample;
