//! What goes with an object when it is dropped, and what an object needs: over any number of steps, each
//! with the way there.
//!
//! `bonds` says how one object hangs on another; here the bonds are followed. What a function's body says
//! in a string, and what programs do, no catalog knows.

mod bonds;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

pub use bonds::Bond;

use crate::model::Id;
use crate::objects::Table;
use crate::snapshot::Snapshot;

/// What hangs on what in a snapshot.
#[derive(Debug)]
pub struct Dependencies {
    /// For each object what it hangs on.
    needs: BTreeMap<Id, Vec<(Id, Bond)>>,
    /// For each object what hangs on it.
    users: BTreeMap<Id, Vec<(Id, Bond)>>,
    /// The checks of child tables that are part of one.
    checks: BTreeMap<Id, Vec<Id>>,
    /// The columns of each table.
    columns: BTreeMap<Id, Vec<Id>>,
    /// The table of each column.
    table_of: BTreeMap<Id, Id>,
}

/// Objects that were found, each with the one that led there, and how it hangs on that.
type Found = BTreeMap<Id, Option<(Id, Bond)>>;

/// What happens when an object is dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Impact {
    /// The object.
    pub id: Id,
    /// What goes along by itself: `DROP` takes it without `CASCADE`.
    pub along: Vec<Reached>,
    /// What `CASCADE` would drop; without it the server refuses.
    pub cascade: Vec<Reached>,
    /// What would change and stay: a column that loses its default, a composite type that loses an
    /// attribute. The bond says whether that takes `CASCADE`.
    pub changed: Vec<Reached>,
}

/// An object that another one leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// The object.
    pub id: Id,
    /// The way: from the object that was asked about to the one that this one hangs on.
    pub path: Vec<Id>,
    /// How it hangs on the last of the path.
    pub bond: Bond,
}

impl Impact {
    /// True when the server drops the object without `CASCADE`.
    pub fn drops_alone(&self) -> bool {
        self.cascade.is_empty() && self.changed.iter().all(|one| one.bond == Bond::PartAlong)
    }
}

impl Dependencies {
    /// Reads them.
    pub fn of(snapshot: &Snapshot) -> Dependencies {
        let mut all = Dependencies {
            needs: BTreeMap::new(),
            users: BTreeMap::new(),
            checks: BTreeMap::new(),
            columns: BTreeMap::new(),
            table_of: BTreeMap::new(),
        };
        for object in snapshot.objects.iter() {
            let id = object.id();
            for (on, bond) in bonds::of_object(object, snapshot) {
                all.add(&id, on, bond);
            }
            all.needs.entry(id.clone()).or_default();
            if let Some(above) = object.attached_to().filter(|_| bonds::is_check(object)) {
                all.checks.entry(above).or_default().push(id.clone());
            }
            let Some(table) = object.as_any().downcast_ref::<Table>() else { continue };
            for column in &table.columns {
                let column_id = column.id(&table.schema, &table.name);
                for (on, bond) in bonds::of_column(table, column, snapshot) {
                    all.add(&column_id, on, bond);
                }
                all.needs.entry(column_id.clone()).or_default();
                all.table_of.insert(column_id.clone(), id.clone());
                all.columns.entry(id.clone()).or_default().push(column_id);
            }
        }
        for bonds in all.needs.values_mut().chain(all.users.values_mut()) {
            bonds.sort();
            bonds.dedup();
        }
        all
    }

    fn add(&mut self, id: &Id, on: Id, bond: Bond) {
        self.needs.entry(id.clone()).or_default().push((on.clone(), bond));
        self.users.entry(on).or_default().push((id.clone(), bond));
    }

    /// What goes with an object, or a column, when it is dropped; `None` when it is not there.
    pub fn impact(&self, id: &Id) -> Option<Impact> {
        self.needs.get(id)?;
        // By itself goes what hangs on something that goes by itself.
        let along = self.gone(id, self.checks_below(id), |bond| bond == Bond::Along);
        let all = self.gone(id, along.clone(), |bond| !bond.of_part());
        // A column may be found before its table; then it is no news any more.
        let whole =
            |other: &Id| self.table_of.get(other).is_none_or(|table| !all.contains_key(table));
        let reached = |found: &Found, wanted: &dyn Fn(&Id) -> bool| {
            let ids = found.keys().filter(|other| *other != id && whole(other) && wanted(other));
            ids.filter_map(|other| reached(found, other)).collect::<Vec<_>>()
        };
        let mut changed = Found::new();
        for gone in all.keys() {
            for (user, bond) in self.users_of(gone) {
                if bond.of_part() && !self.is_gone(&user, &all) {
                    changed.entry(user).or_insert(Some((gone.clone(), bond)));
                }
            }
        }
        let changed = changed.into_iter().filter_map(|(id, by)| {
            let (by, bond) = by?;
            Some(Reached { id, path: way(&all, &by), bond })
        });
        Some(Impact {
            id: id.clone(),
            along: reached(&along, &|_| true),
            cascade: reached(&all, &|other| !along.contains_key(other)),
            changed: changed.collect(),
        })
    }

    /// What an object, or a column, needs, and what that needs; `None` when it is not there. Where a column
    /// is needed, it stands for its table.
    pub fn needs(&self, id: &Id) -> Option<Vec<Reached>> {
        self.needs.get(id)?;
        let mut found = Found::from([(id.clone(), None)]);
        let mut queue = VecDeque::from([id.clone()]);
        while let Some(next) = queue.pop_front() {
            let parts = self.columns.get(&next).into_iter().flatten();
            let bonds = std::iter::once(&next).chain(parts).filter_map(|one| self.needs.get(one));
            for (on, bond) in bonds.flatten() {
                // A table does not need its own columns from anywhere.
                let own = self.table_of.get(on) == Some(&next);
                if !own && self.needs.contains_key(on) && !found.contains_key(on) {
                    found.insert(on.clone(), Some((next.clone(), *bond)));
                    queue.push_back(on.clone());
                }
            }
        }
        Some(found.keys().filter(|on| *on != id).filter_map(|on| reached(&found, on)).collect())
    }

    /// The checks of child tables that go with a check that is dropped, however far down.
    fn checks_below(&self, id: &Id) -> Found {
        let mut found = Found::new();
        let mut queue = vec![id.clone()];
        while let Some(next) = queue.pop() {
            for below in self.checks.get(&next).into_iter().flatten() {
                if below != id && !found.contains_key(below) {
                    found.insert(below.clone(), Some((next.clone(), Bond::Along)));
                    queue.push(below.clone());
                }
            }
        }
        found
    }

    /// What is gone with an object by bonds of some sort, each with what took it along, beside what is gone
    /// already.
    fn gone(&self, id: &Id, before: Found, follows: impl Fn(Bond) -> bool) -> Found {
        let mut found = before;
        found.entry(id.clone()).or_insert(None);
        let others = found.keys().filter(|other| *other != id).cloned();
        let mut queue: VecDeque<Id> = std::iter::once(id.clone()).chain(others).collect();
        while let Some(next) = queue.pop_front() {
            for (user, bond) in self.users_of(&next) {
                if follows(bond) && !self.is_gone(&user, &found) {
                    found.insert(user.clone(), Some((next.clone(), bond)));
                    queue.push_back(user);
                }
            }
        }
        found
    }

    /// What hangs on an object or, for a table, on one of its columns.
    fn users_of(&self, id: &Id) -> Vec<(Id, Bond)> {
        let parts = self.columns.get(id).into_iter().flatten();
        let all = std::iter::once(id).chain(parts).filter_map(|one| self.users.get(one)).flatten();
        all.filter(|(user, _)| user != id && self.table_of.get(user) != Some(id)).cloned().collect()
    }

    /// True for what is gone, or is a column of a table that is.
    fn is_gone(&self, id: &Id, gone: &Found) -> bool {
        gone.contains_key(id) || self.table_of.get(id).is_some_and(|table| gone.contains_key(table))
    }
}

/// What is known about an object that was found.
fn reached(found: &Found, id: &Id) -> Option<Reached> {
    let (by, bond) = found.get(id)?.clone()?;
    Some(Reached { id: id.clone(), path: way(found, &by), bond })
}

/// The way to an object: first the one that was asked about, last itself.
fn way(found: &Found, id: &Id) -> Vec<Id> {
    let mut path = vec![id.clone()];
    let mut at = id;
    while let Some(Some((by, _))) = found.get(at) {
        if path.contains(by) {
            break;
        }
        path.push(by.clone());
        at = by;
    }
    path.reverse();
    path
}
