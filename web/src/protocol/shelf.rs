//! Questions about the snapshots and their sides.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::snapshot::Side;
use serde::{Deserialize, Serialize};

/// What can be done with snapshots. The answer is [`ShelfAnswer::Sides`] to all but
/// [`ShelfAsk::Open`], of which there may be a thousand in a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ShelfAsk {
    /// Read a snapshot and put it on the shelf.
    Open {
        /// Its number, which the page gives: it stays the same when the worker is started anew.
        id: SnapId,
        /// Where it is laid.
        lay: Lay,
        /// The file's name, for messages.
        name: String,
        /// It is the sample of this side, which the page carries, and no file.
        sample: Option<Slot>,
    },
    /// Take everything off the shelf.
    Clear,
    /// Tell who is on which side.
    Who,
    /// Put everything back as it was.
    Arrange {
        /// Who was on From.
        from: Option<SnapId>,
        /// Who was on To.
        to: Option<SnapId>,
        /// Whether that was guessed.
        guessed: bool,
    },
    /// Exchange the sides.
    Swap,
    /// Put a snapshot of the shelf on a side; one that is on the other side changes places.
    Lay {
        /// The side.
        slot: Slot,
        /// The snapshot.
        id: SnapId,
    },
    /// Forget the snapshot of one side.
    Close {
        /// Which.
        slot: Slot,
    },
    /// Put two snapshots of the shelf on the sides.
    Pair {
        /// The database as it is.
        from: SnapId,
        /// The desired state.
        to: SnapId,
    },
    /// Take a snapshot off the shelf, from whatever side it is on.
    Remove {
        /// Which.
        id: SnapId,
    },
}

/// Where a snapshot that is opened is laid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Lay {
    /// On this side.
    On(Slot),
    /// On the side that is free, and two in their order in time.
    Free,
    /// On no side.
    Nowhere,
}

/// The answers.
#[allow(clippy::large_enum_variant, reason = "there are few at a time, and none lies in a list")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ShelfAnswer {
    /// Who is on which side now.
    Sides(Sides),
    /// A snapshot is on the shelf.
    Opened(SnapId),
    /// A file that could not be read; the sides are as they were.
    Refused(Refusal),
}

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Slot {
    /// The database as it is.
    From,
    /// The desired state.
    To,
}

/// The number of a snapshot on the shelf; it stays the same while the snapshot is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct SnapId(pub u32);

/// A snapshot on the shelf.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Shelved {
    /// Its number.
    pub id: SnapId,
    /// The name of its file.
    pub name: String,
    /// It is the sample of this side.
    pub sample: Option<Slot>,
    /// What is known of it.
    pub side: Side,
}

/// Who is on which side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sides {
    /// The database as it is.
    pub from: Option<Side>,
    /// The desired state.
    pub to: Option<Side>,
    /// The number of the snapshot on From.
    pub from_id: Option<SnapId>,
    /// The number of the snapshot on To.
    pub to_id: Option<SnapId>,
    /// Every snapshot that is there, in the order of opening; the two sides are among them.
    pub shelf: Vec<Shelved>,
    /// The sides were guessed by capture time, and nobody has swapped or named them since.
    pub guessed: bool,
    /// What a person should know before reading on: the order in time, the versions.
    pub notices: Vec<String>,
}

impl Sides {
    /// True when there is something to compare.
    pub(crate) fn complete(&self) -> bool {
        self.from.is_some() && self.to.is_some()
    }

    /// True when the page's own sample is on both sides.
    pub(crate) fn is_sample(&self) -> bool {
        let sample = |id: Option<SnapId>| {
            let shelved = self.shelf.iter().find(|shelved| Some(shelved.id) == id);
            shelved.is_some_and(|shelved| shelved.sample.is_some())
        };
        sample(self.from_id) && sample(self.to_id)
    }

    /// The names of the snapshots of the shelf, each of which no other has.
    pub(crate) fn names(&self) -> Vec<String> {
        unique_names(self.shelf.iter().map(|shelved| shelved.side.label.as_str()))
    }
}

/// A file that is no snapshot we can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refusal {
    /// The file's name.
    pub file: String,
    /// What is wrong and where.
    pub problem: String,
    /// What to do.
    pub fix: String,
}

/// Names that tell snapshots apart: where a label is there already, a number follows it.
pub(crate) fn unique_names<'a>(labels: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut next: BTreeMap<&str, usize> = BTreeMap::new();
    let mut names = Vec::new();
    for label in labels {
        let number = next.entry(label).or_insert(1);
        let name = loop {
            let name = match *number {
                1 => label.to_owned(),
                n => format!("{label} ({n})"),
            };
            *number += 1;
            if taken.insert(name.clone()) {
                break name;
            }
        };
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_snapshots_apart() {
        let names = unique_names(["shop", "shop", "shop (2)", "test", "shop"].into_iter());
        assert_eq!(names, ["shop", "shop (2)", "shop (2) (2)", "test", "shop (3)"]);
    }
}
