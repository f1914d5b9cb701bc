//! Questions about the comparison: counts, filters, rows of the tree.

use std::collections::BTreeMap;

use pgparity_core::diff::{IgnorePreset, Note, RenameAnswer, RenameCandidate};
use pgparity_core::model::Id;
use serde::{Deserialize, Serialize};

use super::status::{Counts, Status};
use super::tree::{Danger, Rows, TreeQuery};

/// What can be asked about the comparison.
#[allow(clippy::large_enum_variant, reason = "there are few at a time, and none lies in a list")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum CompareAsk {
    /// The counts and all that stands around the tree.
    Overview,
    /// A window of the tree.
    Rows {
        /// Which rows there are.
        query: TreeQuery,
        /// The first row of the window.
        start: usize,
        /// How many at most.
        len: usize,
    },
    /// The next row whose name begins with a text, after the last one comes the first.
    Ahead {
        /// Which rows there are.
        query: TreeQuery,
        /// The text, in lower case.
        text: String,
        /// The number of the row behind which it is looked for.
        from: usize,
    },
    /// The objects that a text names, or whose definition contains it.
    Find {
        /// The text; in quotes it must occur as it is.
        text: String,
        /// How many at most.
        len: usize,
    },
    /// How dangerous the plan is for objects.
    Dangers {
        /// Which.
        ids: Vec<Id>,
    },
    /// How much was looked at.
    Progress {
        /// What was looked at, each with the hash of the difference that was seen.
        viewed: BTreeMap<Id, String>,
    },
}

impl CompareAsk {
    /// The line that a question waits in.
    pub(super) fn line(&self) -> &'static str {
        match self {
            CompareAsk::Overview => "compare overview",
            CompareAsk::Rows { .. } => "compare rows",
            CompareAsk::Ahead { .. } => "compare ahead",
            CompareAsk::Find { .. } => "compare find",
            CompareAsk::Dangers { .. } => "compare dangers",
            CompareAsk::Progress { .. } => "compare progress",
        }
    }
}

/// The answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum CompareAnswer {
    /// To [`CompareAsk::Overview`].
    Overview(Overview),
    /// To [`CompareAsk::Rows`].
    Rows(Rows),
    /// To [`CompareAsk::Ahead`]: the number of the row.
    Ahead(Option<usize>),
    /// To [`CompareAsk::Find`].
    Found(Found),
    /// To [`CompareAsk::Dangers`]: those for which there is a danger.
    Dangers(BTreeMap<Id, Danger>),
    /// To [`CompareAsk::Progress`].
    Progress(Progress),
}

/// What a text finds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Found {
    /// The best of them, those by name first.
    pub hits: Vec<Hit>,
    /// How many it names.
    pub named: usize,
    /// How many definitions contain it.
    pub in_definitions: usize,
}

/// An object that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hit {
    /// Which.
    pub id: Id,
    /// Its qualified name.
    pub name: String,
    /// What it is, in words.
    pub kind: String,
    /// Its status.
    pub status: Status,
    /// Not its name but its definition contains the text.
    pub in_definition: bool,
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// Differences that were looked at.
    pub viewed: usize,
    /// All differences.
    pub total: usize,
}

/// What stands around the tree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Overview {
    /// All objects, columns and other parts included.
    pub counts: Counts,
    /// The schemas that occur, with the counts of each.
    pub schemas: Vec<Facet>,
    /// The kinds that occur, with the counts of each.
    pub kinds: Vec<Facet>,
    /// Pairs that may be renames, with the answers given.
    pub candidates: Vec<Candidate>,
    /// What the ignore rules there are hide, or would hide.
    pub rules: Vec<Rule>,
    /// What the histories of migrations tell.
    pub migrations: Vec<Note>,
    /// What the comparison did not look at, or could not.
    pub notes: Vec<Note>,
    /// Objects of kinds that a snapshot does not describe.
    pub unmodelled: Vec<Unmodelled>,
}

/// An ignore rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rule {
    /// Which.
    pub preset: IgnorePreset,
    /// How many differences it hides, or would hide.
    pub count: usize,
    /// It is on.
    pub on: bool,
    /// How many objects differ in nothing else.
    pub alone: usize,
}

/// One value of a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Facet {
    /// The value.
    pub value: String,
    /// The objects that have it.
    pub counts: Counts,
}

/// A rename candidate with its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Candidate {
    /// The pair and the evidence.
    pub pair: RenameCandidate,
    /// What was decided.
    pub answer: Option<RenameAnswer>,
    /// What answering "rename" leads to.
    pub rename: String,
    /// What answering "drop and create" leads to.
    pub separate: String,
}

/// An object of a kind that a snapshot names and does not describe.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Unmodelled {
    /// The kind, in words.
    pub kind: String,
    /// The name.
    pub name: String,
    /// `from` has it.
    pub in_from: bool,
    /// `to` has it.
    pub in_to: bool,
}
