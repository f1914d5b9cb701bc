//! What is asked for by name again and again: changes by object, parts by what they belong to,
//! users by what they use.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::diff::Drift;
use pgparity_core::model::Id;
use pgparity_core::snapshot::Snapshot;

use super::tree::Entry;

/// The index of a comparison.
#[derive(Default)]
pub(in crate::engine) struct Index {
    /// The place of each object's change in the drift.
    changes: BTreeMap<Id, usize>,
    /// The parts of each object, in the order of their identities.
    parts: BTreeMap<Id, Vec<Id>>,
}

impl Index {
    /// The index of a drift and its entries.
    pub(super) fn of(drift: &Drift, entries: &BTreeMap<Id, Entry>) -> Index {
        let mut parts: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for entry in entries.values() {
            if let Some(parent) = &entry.parent {
                parts.entry(parent.clone()).or_default().push(entry.id.clone());
            }
        }
        let places = drift.changes.iter().enumerate();
        Index { changes: places.map(|(at, change)| (change.id.clone(), at)).collect(), parts }
    }

    /// The place of an object's change.
    pub(in crate::engine) fn change(&self, id: &Id) -> Option<usize> {
        self.changes.get(id).copied()
    }

    /// The parts of an object.
    pub(in crate::engine) fn parts(&self, id: &Id) -> &[Id] {
        self.parts.get(id).map_or(&[], Vec::as_slice)
    }
}

/// Who uses what in a snapshot; the same answer as [`Snapshot::used_by`], which goes through all
/// objects for each question.
#[derive(Default)]
pub(in crate::engine) struct Users {
    /// Users by what they name.
    direct: BTreeMap<Id, Vec<Id>>,
    /// The columns of each table.
    columns: BTreeMap<Id, Vec<Id>>,
}

impl Users {
    /// The users in a snapshot.
    pub(super) fn of(snapshot: &Snapshot) -> Users {
        let mut users = Users::default();
        for object in snapshot.objects() {
            let id = object.id();
            if id.kind() == "column"
                && let Some(table) = object.parent()
            {
                users.columns.entry(table).or_default().push(id);
            }
        }
        for (user, on) in snapshot.dependencies() {
            users.direct.entry(on).or_default().push(user);
        }
        users
    }

    /// What uses an object or one of its columns.
    pub(in crate::engine) fn of_object(&self, id: &Id) -> Vec<Id> {
        let columns = self.columns.get(id).map_or(&[] as &[Id], Vec::as_slice);
        let targets: BTreeSet<&Id> = columns.iter().chain([id]).collect();
        let found: BTreeSet<&Id> =
            targets.iter().filter_map(|target| self.direct.get(target)).flatten().collect();
        found.into_iter().filter(|user| !targets.contains(user)).cloned().collect()
    }
}
