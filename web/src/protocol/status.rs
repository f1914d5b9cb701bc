//! What became of objects, and how many became what.

use serde::{Deserialize, Serialize};

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
