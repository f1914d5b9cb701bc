//! Table-level lock modes and whom they make wait.
//!
//! Source: PostgreSQL manual, "Explicit Locking", table of conflicting lock modes.

use serde::{Deserialize, Serialize};

use crate::model::Id;

/// A table-level lock mode, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LockMode {
    /// Taken by SELECT; conflicts with ACCESS EXCLUSIVE only.
    AccessShare,
    /// Taken by SELECT FOR UPDATE.
    RowShare,
    /// Taken by INSERT, UPDATE, DELETE.
    RowExclusive,
    /// Taken by CREATE INDEX CONCURRENTLY, VALIDATE CONSTRAINT: readers and writers go on.
    ShareUpdateExclusive,
    /// Taken by CREATE INDEX: writers wait.
    Share,
    /// Taken by CREATE TRIGGER and ADD FOREIGN KEY: writers wait.
    ShareRowExclusive,
    /// Taken by REFRESH MATERIALIZED VIEW CONCURRENTLY.
    Exclusive,
    /// Taken by most ALTER TABLE forms and DROP: readers and writers wait.
    AccessExclusive,
}

impl LockMode {
    /// The mode as the manual spells it.
    pub fn name(self) -> &'static str {
        match self {
            LockMode::AccessShare => "ACCESS SHARE",
            LockMode::RowShare => "ROW SHARE",
            LockMode::RowExclusive => "ROW EXCLUSIVE",
            LockMode::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            LockMode::Share => "SHARE",
            LockMode::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            LockMode::Exclusive => "EXCLUSIVE",
            LockMode::AccessExclusive => "ACCESS EXCLUSIVE",
        }
    }

    /// Plain SELECTs wait.
    pub fn blocks_reads(self) -> bool {
        self == LockMode::AccessExclusive
    }

    /// INSERT, UPDATE and DELETE wait.
    pub fn blocks_writes(self) -> bool {
        self >= LockMode::Share
    }
}

/// A lock that a step takes on something that exists before the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Lock {
    /// The mode.
    pub mode: LockMode,
    /// On what.
    pub on: Id,
    /// Rows there, estimated, where statistics tell.
    pub rows: Option<u64>,
    /// Bytes there, without indexes, where statistics tell.
    pub bytes: Option<u64>,
    /// How long it is held, in words: "a moment", "while 2.1 GB are read".
    pub duration: String,
}

impl Lock {
    /// Whom it makes wait and how long: "writers of public.orders wait while 2.1 GB are read".
    pub fn effect(&self) -> String {
        let (on, duration) = (self.on.name(), &self.duration);
        if self.mode.blocks_reads() {
            format!("readers and writers of {on} wait {duration}")
        } else if self.mode.blocks_writes() {
            format!("writers of {on} wait {duration}; readers go on")
        } else {
            format!("readers and writers of {on} go on; it is held {duration}")
        }
    }

    /// The lock in one sentence: its effect, and its mode as the manual spells it.
    pub fn in_words(&self) -> String {
        format!("{} ({})", self.effect(), self.mode.name())
    }
}
