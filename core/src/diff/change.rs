//! What a comparison finds: the drift, its changes, and what was compared.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::migrations::Migrations;
use crate::model::Id;
use crate::objects::Kind;
use crate::snapshot::Side;

/// All that leads from one snapshot to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Drift {
    /// The database as it is.
    pub from: Side,
    /// The desired state.
    pub to: Side,
    /// One row per object kind that occurs on either side, in the order of [`Kind`].
    pub totals: Vec<Total>,
    /// The changes, ordered by schema, kind and name.
    pub changes: Vec<Change>,
    /// Pairs that may be renames; nothing is one until somebody decides.
    pub rename_candidates: Vec<RenameCandidate>,
    /// How many differences each ignore rule hid.
    pub ignored: Vec<Ignored>,
    /// What the comparison did not look at, or could not.
    pub notes: Vec<Note>,
    /// What the histories of migrations tell; never a change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub migrations: Option<Migrations>,
}

impl Drift {
    /// The identities of the changes of one sort.
    pub fn of_kind(&self, kind: ChangeKind) -> impl Iterator<Item = &Id> {
        self.changes.iter().filter(move |change| change.change == kind).map(|change| &change.id)
    }

    /// The renames that it was made with, in the order in which they are carried out.
    pub fn renames(&self) -> Vec<RenameDecision> {
        let renamed = self.changes.iter().filter(|change| change.change == ChangeKind::Rename);
        let mut found: Vec<RenameDecision> = renamed
            .filter_map(|change| {
                let (from, to) = (change.from_id.clone()?, change.id.clone());
                Some(RenameDecision { from, to, answer: RenameAnswer::Rename })
            })
            .collect();
        found.sort_by_key(|rename| (rename.rank(), rename.from.clone()));
        found
    }

    /// True when the two databases are equal in everything that was compared.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// What was compared of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Total {
    /// The kind of object.
    pub kind: Kind,
    /// How many `from` has.
    pub from: usize,
    /// How many `to` has.
    pub to: usize,
    /// Equal on both sides.
    pub same: usize,
    /// Only in `to`: missing from the database as it is.
    pub created: usize,
    /// Only in `from`: extra in the database as it is.
    pub dropped: usize,
    /// On both sides, different.
    pub altered: usize,
    /// Confirmed renames.
    pub renamed: usize,
}

/// What happens to an object on the way from `from` to `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It exists only in `to`.
    Create,
    /// It exists only in `from`.
    Drop,
    /// It exists on both sides and differs.
    Alter,
    /// Somebody confirmed that it has another name in `to`.
    Rename,
}

/// One object that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Change {
    /// The object: its identity in `to`, or in `from` when it is dropped.
    pub id: Id,
    /// Its kind.
    pub kind: Kind,
    /// Its schema; `None` for a schema itself, an extension and the like.
    pub schema: Option<String>,
    /// The table, view or other object it belongs to: of a column, constraint, index, trigger, policy.
    pub parent: Option<Id>,
    /// Its own name, without the schema, as a person reads it (arguments included for routines).
    pub name: String,
    /// What happens to it.
    pub change: ChangeKind,
    /// Its identity in `from` where that is another (a rename).
    pub from_id: Option<Id>,
    /// Attribute by attribute what differs: all of them for `Alter` and `Rename`, empty else.
    pub attributes: Vec<AttributeChange>,
}

/// One attribute that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AttributeChange {
    /// The attribute's name, as the snapshot document spells it: `type`, `not_null`, `comment` …
    pub name: String,
    /// Its value in `from`; `Null` where it has none.
    pub from: Value,
    /// Its value in `to`; `Null` where it has none.
    pub to: Value,
    /// The two are bodies of SQL or PL/pgSQL that differ in white space alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub white_space: bool,
}

/// A dropped and a created object that may be one and the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RenameCandidate {
    /// The kind of both.
    pub kind: Kind,
    /// The identity in `from`.
    pub from: Id,
    /// The identity in `to`.
    pub to: Id,
    /// How strong the evidence is, 0 to 100.
    pub score: u8,
    /// What speaks for it, a sentence each: "same type and position", "12 of 12 columns equal".
    pub evidence: Vec<String>,
}

/// What somebody decided about a rename candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RenameAnswer {
    /// They are one object: rename it, keep its data.
    Rename,
    /// They are two: drop the old, create the new.
    DropAndCreate,
}

/// A decision about one pair, as the page and a decisions file hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenameDecision {
    /// The identity in `from`.
    pub from: Id,
    /// The identity in `to`.
    pub to: Id,
    /// The answer.
    pub answer: RenameAnswer,
}

/// Differences that a rule hid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Ignored {
    /// The rule, as it was given.
    pub rule: String,
    /// How many differences (attributes or whole objects) it hid.
    pub count: usize,
}

/// Something a reader of the drift must know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Note {
    /// A stable code: `not_read`, `unmodelled`, `server_versions_differ` …
    pub code: String,
    /// The sentence for a person.
    pub message: String,
}
