//! Questions about the comparison: counts, filters, rows of the tree.

use std::collections::BTreeSet;

use pgparity_core::diff::{IgnorePreset, Note, RenameAnswer, RenameCandidate};
use pgparity_core::model::Id;
use serde::{Deserialize, Serialize};

/// What can be asked about the comparison.
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
}

impl CompareAsk {
    /// The line that a question waits in.
    pub(super) fn line(&self) -> &'static str {
        match self {
            CompareAsk::Overview => "compare overview",
            CompareAsk::Rows { .. } => "compare rows",
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
}

/// What became of an object on the way from `from` to `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    /// Only in `to`.
    Missing,
    /// Only in `from`.
    Extra,
    /// On both sides, different.
    Changed,
    /// Another name, as somebody confirmed.
    Renamed,
    /// Equal.
    Same,
    /// Different, but ignore rules hide all of it.
    Hidden,
}

impl Status {
    /// Every status, in the order of the counts.
    pub(crate) const ALL: [Status; 6] = [
        Status::Missing,
        Status::Extra,
        Status::Changed,
        Status::Renamed,
        Status::Same,
        Status::Hidden,
    ];

    /// True for what a person has to look at.
    pub(crate) fn differs(self) -> bool {
        !matches!(self, Status::Same | Status::Hidden)
    }

    /// The word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Status::Missing => "missing",
            Status::Extra => "extra",
            Status::Changed => "changed",
            Status::Renamed => "renamed",
            Status::Same => "same",
            Status::Hidden => "hidden",
        }
    }

    /// The sign that stands beside the word.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Status::Missing => "+",
            Status::Extra => "−",
            Status::Changed => "~",
            Status::Renamed => "⇄",
            Status::Same => "=",
            Status::Hidden => "◌",
        }
    }

    /// The status of a word.
    pub(crate) fn from_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// How many objects have which status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counts {
    /// Only in `to`.
    pub missing: usize,
    /// Only in `from`.
    pub extra: usize,
    /// Different.
    pub changed: usize,
    /// Renamed.
    pub renamed: usize,
    /// Equal.
    pub same: usize,
    /// Hidden by ignore rules.
    pub hidden: usize,
}

impl Counts {
    /// The count of one status.
    pub(crate) fn of(self, status: Status) -> usize {
        match status {
            Status::Missing => self.missing,
            Status::Extra => self.extra,
            Status::Changed => self.changed,
            Status::Renamed => self.renamed,
            Status::Same => self.same,
            Status::Hidden => self.hidden,
        }
    }

    /// Counts one object more.
    pub(crate) fn add(&mut self, status: Status) {
        match status {
            Status::Missing => self.missing += 1,
            Status::Extra => self.extra += 1,
            Status::Changed => self.changed += 1,
            Status::Renamed => self.renamed += 1,
            Status::Same => self.same += 1,
            Status::Hidden => self.hidden += 1,
        }
    }

    /// Adds the counts of a part.
    pub(crate) fn join(&mut self, part: Counts) {
        self.missing += part.missing;
        self.extra += part.extra;
        self.changed += part.changed;
        self.renamed += part.renamed;
        self.same += part.same;
        self.hidden += part.hidden;
    }

    /// Everything that differs and is not hidden.
    pub(crate) fn differing(self) -> usize {
        self.missing + self.extra + self.changed + self.renamed
    }

    /// Everything that was compared.
    pub(crate) fn total(self) -> usize {
        self.differing() + self.same + self.hidden
    }
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

/// Which objects the tree shows. An empty set lets everything pass, but for the statuses: without
/// any, all but equal and hidden objects are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Filter {
    /// The statuses shown.
    pub status: BTreeSet<Status>,
    /// The kinds shown.
    pub kinds: BTreeSet<String>,
    /// The schemas shown.
    pub schemas: BTreeSet<String>,
    /// Words that the qualified name contains.
    pub text: String,
}

/// Which rows the tree has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TreeQuery {
    /// Which objects.
    pub filter: Filter,
    /// Rows that somebody opened or closed, against what they are by themselves.
    pub flipped: BTreeSet<String>,
    /// A row whose place is wanted.
    pub find: Option<String>,
}

/// A window of the tree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rows {
    /// How many rows there are in all.
    pub total: usize,
    /// The number of the first row here.
    pub start: usize,
    /// The rows of the window.
    pub window: Vec<Row>,
    /// How many objects pass the filter.
    pub matching: usize,
    /// How many objects there are.
    pub objects: usize,
    /// The place of the wanted row.
    pub found: Option<usize>,
}

/// One row of the tree: a schema, a kind, an object or a part of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Row {
    /// The row's name among all rows.
    pub key: String,
    /// How deep it stands, from 1.
    pub level: usize,
    /// Its place among its siblings, from 1.
    pub position: usize,
    /// How many siblings there are.
    pub siblings: usize,
    /// Whether its children are shown; `None` without any.
    pub open: Option<bool>,
    /// The name, cut where the search matches.
    pub label: Vec<Piece>,
    /// What it is, in words.
    pub kind: String,
    /// The object, where the row is one.
    pub id: Option<Id>,
    /// The object's status.
    pub status: Option<Status>,
    /// The counts of the object's parts, or of the group's objects, that pass the filter.
    pub counts: Counts,
}

/// A piece of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Piece {
    /// The text.
    pub text: String,
    /// The search matches it.
    pub matched: bool,
}
