//! Questions for whole documents.

use serde::{Deserialize, Serialize};

use super::Way;

/// What can be asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ExportAsk {
    /// A document to copy or to download.
    Document {
        /// Which.
        format: Format,
        /// Of which plan.
        way: Way,
    },
    /// One of the queries to run after a plan.
    PostCheck {
        /// After which plan.
        way: Way,
        /// Its place among them, from 0.
        at: usize,
    },
    /// The script of one transaction of a plan.
    Transaction {
        /// Of which plan.
        way: Way,
        /// Its number.
        number: usize,
    },
}

/// The answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ExportAnswer {
    /// The document.
    Text(String),
}

/// What can be copied or downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Format {
    /// The SQL script.
    Script,
    /// The report for people.
    Markdown,
    /// Drift and plan for programs.
    Json,
    /// The rename decisions, for the program.
    Decisions,
    /// The checks before the plan, for psql.
    PreChecks,
    /// The checks after the plan, for psql.
    PostChecks,
}

impl Format {
    /// The ending of a file of it.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Format::Script => "sql",
            Format::PreChecks => "pre-checks.sql",
            Format::PostChecks => "post-checks.sql",
            Format::Markdown => "md",
            Format::Json | Format::Decisions => "json",
        }
    }

    /// What the name of a file of it begins with.
    pub(crate) fn stem(self) -> &'static str {
        match self {
            Format::Decisions => "rename-decisions",
            _ => "schema-sync",
        }
    }

    /// The media type.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Format::Script | Format::PreChecks | Format::PostChecks => "application/sql",
            Format::Markdown => "text/markdown",
            Format::Json | Format::Decisions => "application/json",
        }
    }
}
