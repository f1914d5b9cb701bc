//! Why a document is no snapshot.

use thiserror::Error;

use super::VERSION;

/// Why a document could not be read: what, where, and what to do.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// Nothing in it.
    #[error("the file is empty: take the snapshot again with `pgparity export`")]
    Empty,
    /// It is not text.
    #[error(
        "the file is not UTF-8 (byte {offset}): a snapshot is JSON; was it cut, or is it compressed or a database dump in another format?"
    )]
    NotUtf8 {
        /// The first byte that is not.
        offset: usize,
    },
    /// It is SQL.
    #[error(
        "this is an SQL script, not a snapshot: load it into a database and run `pgparity export`"
    )]
    Sql,
    /// It ends too early.
    #[error(
        "the file ends too early, at line {line}, column {column}: it was cut; take or copy the snapshot again"
    )]
    Truncated {
        /// The last line.
        line: usize,
        /// The last column.
        column: usize,
    },
    /// The output of the script for psql is damaged.
    #[error("line {line} of the catalog rows: {message}")]
    Rows {
        /// The line.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// It is not JSON.
    #[error("not valid JSON at line {line}, column {column}: {message}")]
    Syntax {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// It is JSON of another program.
    #[error(
        "this JSON is not a pgparity snapshot: {found}; expected an object that begins with \"format\": \"pgparity-snapshot\""
    )]
    OtherFormat {
        /// What it is instead.
        found: String,
    },
    /// It was written by a newer release.
    #[error(
        "the snapshot has version {found}, and this release reads versions up to {VERSION}: use a release that writes version {found}, or export again with this one"
    )]
    NewerVersion {
        /// Its version.
        found: u64,
    },
    /// A part of it is not what it should be.
    #[error("{path} is wrong at line {line}, column {column}: {message}")]
    Content {
        /// The way to the part, as `objects.table[3].columns[0].type`.
        path: String,
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// An object stands in it twice.
    #[error(
        "{id} is in the snapshot more than once: it was edited by hand; take it again with `pgparity export`"
    )]
    Duplicate {
        /// The object.
        id: String,
    },
}
