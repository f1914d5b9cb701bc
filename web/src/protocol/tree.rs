//! The tree: what it shows, how it is grouped, and its rows.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::diff::IgnorePreset;
use pgparity_core::model::Id;
use serde::{Deserialize, Serialize};

use super::status::{Counts, Status};

/// How objects are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum View {
    /// By schema, then by kind.
    #[default]
    Schema,
    /// By kind, then by schema.
    Kind,
    /// By what became of them.
    Change,
    /// By the risk of the statements that serve them.
    Risk,
    /// Objects that change in the same way.
    Same,
}

impl View {
    /// Every view.
    pub(crate) const ALL: [View; 5] =
        [View::Schema, View::Kind, View::Change, View::Risk, View::Same];

    /// The name in addresses.
    pub(crate) fn name(self) -> &'static str {
        match self {
            View::Schema => "schema",
            View::Kind => "kind",
            View::Change => "change",
            View::Risk => "risk",
            View::Same => "same",
        }
    }

    /// The name for people.
    pub(crate) fn title(self) -> &'static str {
        match self {
            View::Schema => "by schema",
            View::Kind => "by kind",
            View::Change => "by change",
            View::Risk => "by risk",
            View::Same => "by same change",
        }
    }

    /// The view of a name; that by schema for any other.
    pub(crate) fn from_name(name: &str) -> View {
        View::ALL.into_iter().find(|view| view.name() == name).unwrap_or_default()
    }
}

/// The risk of an object: the greatest of the statements that serve it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Risk {
    /// No statement has a hazard.
    Safe,
    /// A statement has a hazard.
    Caution,
    /// A statement deletes data.
    Destructive,
}

impl Risk {
    /// Every risk, the greatest first.
    pub(crate) const ALL: [Risk; 3] = [Risk::Destructive, Risk::Caution, Risk::Safe];

    /// The word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Risk::Safe => "safe",
            Risk::Caution => "caution",
            Risk::Destructive => "destructive",
        }
    }

    /// The risk of a word.
    pub(crate) fn from_word(word: &str) -> Option<Risk> {
        Risk::ALL.into_iter().find(|risk| risk.word() == word)
    }
}

/// What becomes of objects that differ in nothing but what presets cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Alone {
    /// They are hidden.
    Hidden,
    /// Nothing else is shown.
    Shown,
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
    /// The risks shown.
    pub risks: BTreeSet<Risk>,
    /// Presets, and what becomes of objects that differ in nothing but those.
    pub alone: BTreeMap<IgnorePreset, Alone>,
    /// Words that the qualified name contains; what stands in quotes must occur as it is, what stands
    /// between slashes is a regular expression.
    pub text: String,
    /// Patterns of qualified names, parted by spaces; those after `!` are kept out.
    pub glob: String,
    /// Only what nobody has looked at.
    pub unviewed: bool,
}

/// Which rows the tree has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TreeQuery {
    /// Which objects.
    pub filter: Filter,
    /// How objects are grouped.
    pub view: View,
    /// What was looked at, each with the hash of the difference that was seen.
    pub viewed: BTreeMap<Id, String>,
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
    /// What there is to look at around the wanted row.
    pub around: Around,
    /// What is wrong with the regular expression.
    pub problem: Option<String>,
    /// No name contains the words that are looked for: the rows have their letters in order.
    pub loose: bool,
}

/// How many statements of a plan are dangerous for an object, its parts included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Danger {
    /// Those that delete data.
    pub destructive: usize,
    /// Those with other hazards.
    pub caution: usize,
}

/// What there is to look at around a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Around {
    /// The row that was asked for.
    pub of: Option<String>,
    /// The row itself, where it is an object with something to look at.
    pub here: Option<Stop>,
    /// The next object that nobody has looked at; after the last one comes the first.
    pub next: Option<Stop>,
    /// The one before.
    pub previous: Option<Stop>,
}

/// An object to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stop {
    /// The row.
    pub key: String,
    /// Its number.
    pub place: usize,
    /// The object.
    pub id: Id,
    /// The hash of its difference, parts included.
    pub hash: String,
    /// All of it was looked at.
    pub viewed: bool,
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
    /// All that differs in it was looked at; `None` where nothing differs.
    pub viewed: Option<bool>,
}

/// A piece of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Piece {
    /// The text.
    pub text: String,
    /// The search matches it.
    pub matched: bool,
}
