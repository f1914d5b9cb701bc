//! Questions about all snapshots of the shelf at once.

use pgparity_core::model::Id;
use pgparity_core::variants::Cell;
use serde::{Deserialize, Serialize};

use super::SnapId;

/// What can be asked about many snapshots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum MatrixAsk {
    /// The columns, and the rows of a window.
    Page {
        /// Which rows there are, in which order.
        query: MatrixQuery,
        /// The number of the first row of the window.
        start: usize,
        /// How many rows at most.
        len: usize,
        /// A row that is wanted wherever it stands.
        keep: Option<usize>,
        /// Which of the windows of columns, from 0.
        window: usize,
    },
    /// In what an object of one snapshot differs from that of another.
    Difference {
        /// The object.
        id: Id,
        /// The snapshot that is the measure.
        base: SnapId,
        /// The snapshot that is looked at.
        of: SnapId,
    },
}

impl MatrixAsk {
    /// The line that a question waits in.
    pub(super) fn line(&self) -> &'static str {
        match self {
            MatrixAsk::Page { .. } => "matrix page",
            MatrixAsk::Difference { .. } => "matrix difference",
        }
    }
}

/// Which rows there are, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MatrixQuery {
    /// The name of the snapshot that the others are measured by; without it, what most have.
    pub reference: Option<String>,
    /// The order of the rows.
    pub sort: Sort,
    /// Only objects with this in their names, or of this kind.
    pub text: String,
}

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Sort {
    /// What most snapshots have otherwise stands first.
    #[default]
    Divergent,
    /// By schema and name.
    Name,
}

/// The answers.
#[allow(clippy::large_enum_variant, reason = "there are few at a time, and none lies in a list")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum MatrixAnswer {
    /// To [`MatrixAsk::Page`].
    Page(MatrixPage),
    /// To [`MatrixAsk::Difference`].
    Difference {
        /// The object.
        id: Id,
        /// The snapshot that was looked at.
        of: SnapId,
        /// The attributes, in words.
        words: Vec<String>,
    },
}

/// The columns, and some rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct MatrixPage {
    /// Equal snapshots are one column, that of most snapshots first.
    pub columns: Vec<MatrixColumn>,
    /// The names of all snapshots: each can be the one that the others are measured by.
    pub references: Vec<String>,
    /// How many columns there are in all.
    pub all_columns: usize,
    /// Which of the windows of columns this is, from 0.
    pub window: usize,
    /// How many windows of columns there are.
    pub windows: usize,
    /// What a person sees at a glance, in sentences.
    pub summary: Vec<String>,
    /// How many snapshots there are.
    pub snapshots: usize,
    /// How many objects are the same everywhere.
    pub same: usize,
    /// How many objects differ, their parts counted.
    pub differing: usize,
    /// How many of them are columns that only come or go with their tables.
    pub along: usize,
    /// How many of them the query lets through.
    pub total: usize,
    /// The number of the first row of the window.
    pub start: usize,
    /// The window.
    pub rows: Vec<MatrixRow>,
    /// The row that was to be kept, when it is not in the window.
    pub kept: Option<MatrixRow>,
}

/// Equal snapshots.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct MatrixColumn {
    /// The number of the first of them.
    pub id: SnapId,
    /// The name of the first of them, which no other snapshot has.
    pub name: String,
    /// The names of the others, as many as are shown.
    pub equal: Vec<String>,
    /// How many they are.
    pub count: usize,
    /// The version of the server of the first of them.
    pub server_version: String,
    /// When the first of them was taken.
    pub captured_at: String,
    /// How many objects are otherwise than in the reference, or than most have them.
    pub score: usize,
    /// The others are measured by it.
    pub reference: bool,
    /// A document among them states another fingerprint than it has.
    pub forged: bool,
}

/// An object in all columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct MatrixRow {
    /// Its number among the rows of the query.
    pub at: usize,
    /// The object.
    pub id: Id,
    /// Its qualified name.
    pub name: String,
    /// What it is, in words.
    pub kind: String,
    /// What each column has.
    pub cells: Vec<Cell>,
    /// What the measure has.
    pub baseline: Cell,
    /// A snapshot that is the measure.
    pub base: SnapId,
    /// Its name.
    pub base_name: String,
}
