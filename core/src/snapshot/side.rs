//! Which database a snapshot is of, in short.

use serde::{Deserialize, Serialize};

/// Where one of the two snapshots came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Side {
    /// What the person called it, else the database name.
    pub label: String,
    /// The database's name.
    pub database: String,
    /// The server's version, as `15.18`.
    pub server_version: String,
    /// When the snapshot was taken, RFC 3339 in UTC.
    pub captured_at: String,
    /// The snapshot's fingerprint, `sha256:…`.
    pub fingerprint: String,
    /// How many objects it holds, columns included.
    pub objects: usize,
}
