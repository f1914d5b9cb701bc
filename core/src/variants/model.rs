//! What a comparison of many snapshots finds. Plain data.

use serde::{Deserialize, Serialize};

use crate::diff::IgnoreRule;
use crate::model::Id;
use crate::objects::Kind;
use crate::snapshot::Side;

/// How to compare.
#[derive(Clone, Debug, Default)]
pub struct VariantOptions {
    /// The place of the snapshot that the others are measured by; without it, what most of them have.
    pub reference: Option<usize>,
    /// Differences to leave out.
    pub ignore: Vec<IgnoreRule>,
}

/// The snapshots, the groups of equal ones, and a row for every object that is not the same in all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variants {
    /// The snapshots, in the order in which they were given.
    pub snapshots: Vec<Member>,
    /// Equal snapshots, the largest group first.
    pub groups: Vec<Group>,
    /// The place of the snapshot that the others are measured by.
    pub reference: Option<usize>,
    /// The objects that are not the same in all snapshots, ordered by schema, the object that they belong
    /// to, kind and name.
    pub rows: Vec<Row>,
    /// How many objects are the same in all of them.
    pub same: usize,
}

/// One of the snapshots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Which database it is of.
    pub side: Side,
    /// Its fingerprint, computed from what it holds.
    pub fingerprint: String,
    /// False when the document states another fingerprint than it has: somebody changed the one or the
    /// other.
    pub as_stated: bool,
    /// The number of its group.
    pub group: usize,
    /// How many objects differ from the reference, or from what most snapshots have. Columns of a table
    /// that only one of the two has count with their table.
    pub score: usize,
}

/// Snapshots between which nothing differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Their places, ascending.
    pub snapshots: Vec<usize>,
}

/// One object in all snapshots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its identity.
    pub id: Id,
    /// Its kind.
    pub kind: Kind,
    /// Its schema.
    pub schema: Option<String>,
    /// The object it belongs to.
    pub parent: Option<Id>,
    /// Its own name.
    pub name: String,
    /// What each group of snapshots has.
    pub cells: Vec<Cell>,
    /// For each variant a snapshot that has it, and how many have it. The first one is the reference's, or
    /// the most frequent.
    pub variants: Vec<(usize, usize)>,
    /// How many snapshots do not have the object.
    pub absent: usize,
    /// What the reference has, or what most snapshots have.
    pub baseline: Cell,
    /// How many snapshots have something else.
    pub off: usize,
    /// The snapshot that alone differs from all others, which are equal, where there are three or more.
    pub odd: Option<usize>,
}

/// What a snapshot has of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Nothing.
    Absent,
    /// It was not asked for objects of this kind.
    Unread,
    /// The variant of this number, from 0.
    Variant(usize),
}

impl Variants {
    /// What a snapshot has of an object; `None` for objects that are the same in all, or nowhere.
    pub fn cell(&self, row: &Row, snapshot: usize) -> Option<Cell> {
        row.cells.get(self.snapshots.get(snapshot)?.group).copied()
    }

    /// The snapshot that alone differs, while all others are equal.
    pub fn odd_one_out(&self) -> Option<usize> {
        match self.groups.as_slice() {
            [most, Group { snapshots }] if most.snapshots.len() > 1 && snapshots.len() == 1 => {
                snapshots.first().copied()
            }
            _ => None,
        }
    }

    /// The rows, those first that most snapshots have otherwise, then those with most variants.
    pub fn most_divergent(&self) -> Vec<&Row> {
        let mut rows: Vec<&Row> = self.rows.iter().collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.off, row.variants.len())));
        rows
    }
}

impl Cell {
    /// How it is written: `A`, `–` for nothing, `?` for what was not read.
    pub fn text(self) -> String {
        match self {
            Cell::Absent => "–".to_owned(),
            Cell::Unread => "?".to_owned(),
            Cell::Variant(number) => letter(number),
        }
    }
}

/// The letter of a variant: `A` to `Z`, then `AA`, `AB` …
pub fn letter(number: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = number + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
