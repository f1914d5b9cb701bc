//! Questions about one object.

use pgparity_core::model::Id;
use serde::{Deserialize, Serialize};

use super::Status;
use crate::sql_lexer::Class;

/// What can be asked about an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum DetailAsk {
    /// One object in full.
    Object {
        /// Which.
        id: Id,
        /// Definitions are compared without white space.
        no_blanks: bool,
    },
}

impl DetailAsk {
    /// The line that a question waits in.
    pub(super) fn line(&self) -> &'static str {
        match self {
            DetailAsk::Object { .. } => "detail object",
        }
    }
}

/// The answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum DetailAnswer {
    /// To [`DetailAsk::Object`].
    Object(Box<Detail>),
}

/// One object in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Detail {
    /// The object.
    pub id: Id,
    /// Its qualified name.
    pub title: String,
    /// What it is, in words.
    pub kind: String,
    /// Its status.
    pub status: Status,
    /// The hash of what differs at it and below it, and those of all that it is part of.
    pub review: Vec<(Id, String)>,
    /// What it was called.
    pub former: Option<String>,
    /// The table or other object it belongs to.
    pub parent: Option<Link>,
    /// What changes, a sentence each.
    pub summary: Vec<String>,
    /// Its parts that differ.
    pub parts: Vec<Part>,
    /// What is odd about its name.
    pub warnings: Vec<String>,
    /// Attribute by attribute.
    pub properties: Vec<Property>,
    /// The two definitions.
    pub definition: TextDiff,
    /// The name of the object whose definition it is, where it has none of its own.
    pub definition_of: Option<String>,
    /// What it needs.
    pub depends_on: Vec<Link>,
    /// What needs it.
    pub used_by: Vec<Link>,
}

/// A part of an object: a column, a constraint, an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Which.
    pub id: Id,
    /// Its own name.
    pub name: String,
    /// What it is, in words.
    pub kind: String,
    /// Its status.
    pub status: Status,
}

/// One attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Property {
    /// The name, in words.
    pub name: String,
    /// The value in `from`.
    pub from: Option<String>,
    /// The value in `to`.
    pub to: Option<String>,
    /// The two differ.
    pub changed: bool,
}

/// Another object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Link {
    /// Which.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What it is, in words.
    pub kind: String,
    /// On which side the relation is: equal when on both.
    pub side: Status,
    /// It can be opened: it is part of the comparison.
    pub known: bool,
}

/// Two definitions side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct TextDiff {
    /// The lines.
    pub rows: Vec<DiffRow>,
    /// Some lines are too long to be compared word by word.
    pub coarse: bool,
    /// The shortest way took too long to find: equal lines may count as gone and come.
    pub rough: bool,
}

/// A line of both sides, or of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct DiffRow {
    /// How the two lines relate.
    pub kind: LineKind,
    /// The line of `from`.
    pub left: Option<DiffLine>,
    /// The line of `to`.
    pub right: Option<DiffLine>,
}

/// How two lines relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum LineKind {
    /// They are equal.
    Equal,
    /// They are one line, changed.
    Changed,
    /// They are one line that stands elsewhere.
    Moved,
    /// There is only the left one.
    Extra,
    /// There is only the right one.
    Missing,
}

/// One line of one side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct DiffLine {
    /// Its number, from 1.
    pub number: usize,
    /// Its text in pieces.
    pub spans: Vec<DiffSpan>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DiffSpan {
    /// The text.
    pub text: String,
    /// What it is in SQL.
    pub class: Class,
    /// The other side has something else here.
    pub marked: bool,
}
