//! What was looked at: a hash for each difference, and what is still to be looked at.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::diff::{Change, ChangeKind};
use pgparity_core::model::Id;

use super::Compared;
use crate::protocol::Progress;

/// The hashes of a comparison. The hash of a whole covers its parts.
#[derive(Default)]
pub(super) struct Hashes(BTreeMap<Id, u64>);

impl Hashes {
    /// The hash of what differs at an object and below it.
    pub(super) fn of(&self, id: &Id) -> Option<String> {
        self.0.get(id).map(|hash| format!("{hash:016x}"))
    }
}

/// What there is to look at.
#[derive(Default)]
pub(super) struct ToView {
    /// All objects that differ.
    pub all: BTreeSet<Id>,
    /// Those that nobody has looked at.
    pub unviewed: BTreeSet<Id>,
}

impl Compared {
    /// The hashes, made once.
    pub(super) fn hashes(&self) -> &Hashes {
        self.hashes.get_or_init(|| {
            let mut hashes = Hashes::default();
            for change in &self.drift.changes {
                let own = self.hash(change);
                // Changes are few levels deep, and each counts for all that it is part of; the sum
                // does not depend on their order.
                for id in self.entries.line(&change.id) {
                    let sum = hashes.0.entry(id.clone()).or_default();
                    *sum = sum.wrapping_add(own);
                }
            }
            hashes
        })
    }

    /// The hashes of an object and of all that it is part of; none where nothing differs.
    pub(in crate::engine) fn review_line(&self, id: &Id) -> Vec<(Id, String)> {
        let hashes = self.hashes();
        self.entries.line(id).map_while(|id| Some((id.clone(), hashes.of(id)?))).collect()
    }

    /// The hash of one difference: of the attributes that differ, or of the whole object where one
    /// side lacks it.
    fn hash(&self, change: &Change) -> u64 {
        let side = match change.change {
            ChangeKind::Create => Some(&self.to),
            ChangeKind::Drop => Some(&self.from),
            ChangeKind::Alter | ChangeKind::Rename => None,
        };
        let object = side.and_then(|snapshot| snapshot.properties(&change.id));
        // What cannot be written as JSON does not occur in a drift.
        let text = serde_json::to_vec(&(change, object)).unwrap_or_default();
        fnv(&text)
    }

    /// The differences that nobody has looked at. A tick counts while the hash is the one that was
    /// seen, and for all parts.
    pub(in crate::engine) fn unviewed(&self, viewed: &BTreeMap<Id, String>) -> BTreeSet<Id> {
        let hashes = self.hashes();
        let seen = |id: &Id| {
            let ticked =
                |id: &Id| viewed.get(id).is_some_and(|hash| hashes.of(id).as_ref() == Some(hash));
            self.entries.line(id).any(ticked)
        };
        let ids = self.drift.changes.iter().map(|change| &change.id);
        ids.filter(|id| !seen(id)).cloned().collect()
    }

    /// What there is to look at.
    pub(super) fn to_view(&self, viewed: &BTreeMap<Id, String>) -> ToView {
        let all = self.drift.changes.iter().map(|change| change.id.clone()).collect();
        ToView { all, unviewed: self.unviewed(viewed) }
    }

    /// How much was looked at.
    pub(super) fn progress(&self, viewed: &BTreeMap<Id, String>) -> Progress {
        let total = self.drift.changes.len();
        Progress { viewed: total - self.unviewed(viewed).len(), total }
    }
}

/// FNV-1a: the same on every platform, which the standard hasher does not promise.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::fnv;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
