//! Questions for whole documents.

use serde::{Deserialize, Serialize};

/// What can be asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ExportAsk {
    /// A document to copy or to download.
    Document {
        /// Which.
        format: Format,
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
}

impl Format {
    /// The ending of a file of it.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Format::Script => "sql",
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
            Format::Script => "application/sql",
            Format::Markdown => "text/markdown",
            Format::Json | Format::Decisions => "application/json",
        }
    }
}
