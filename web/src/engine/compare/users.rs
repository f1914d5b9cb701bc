//! Users by what they use, which is asked for again and again.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::model::Id;
use pgparity_core::snapshot::Snapshot;

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
