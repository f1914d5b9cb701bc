//! Questions for whole documents.

use std::collections::BTreeMap;

use pgparity_core::model::Id;
use serde::{Deserialize, Serialize};

use super::{PlanQuery, TreeQuery, Way};

/// What can be asked for.
#[allow(clippy::large_enum_variant, reason = "there are few at a time, and none lies in a list")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ExportAsk {
    /// A document to copy or to download.
    Document {
        /// Which.
        format: Format,
        /// About what.
        subject: Subject,
        /// What the page tells of it.
        taken: Taken,
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

/// What a document is about.
#[allow(clippy::large_enum_variant, reason = "there are few at a time, and none lies in a list")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Subject {
    /// The comparison.
    Comparison {
        /// What of it is shown.
        query: TreeQuery,
        /// The others are left out.
        only_shown: bool,
    },
    /// A plan, with the comparison it was made from. A filter takes nothing out of it.
    Plan(PlanQuery),
}

/// What the page tells of a report that is taken from it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Taken {
    /// The filters that are set, in words.
    pub filters: Vec<String>,
    /// What was looked at, each with the hash of the difference that was seen.
    pub viewed: BTreeMap<Id, String>,
    /// Notes.
    pub notes: BTreeMap<Id, String>,
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
    /// The report as a page by itself.
    Html,
    /// The report for spreadsheets.
    Csv,
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
            Format::Html => "html",
            Format::Csv => "csv",
        }
    }

    /// The media type.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Format::Script | Format::PreChecks | Format::PostChecks => "application/sql",
            Format::Markdown => "text/markdown",
            Format::Json | Format::Decisions => "application/json",
            Format::Html => "text/html",
            Format::Csv => "text/csv",
        }
    }
}
