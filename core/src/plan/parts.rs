//! What comes and goes without a statement of its own: what belongs to a table, or is attached to
//! something of a parent table.

use std::collections::BTreeSet;

use super::build::{Builder, table_of};
use crate::diff::{ChangeKind, Drift, RenameAnswer, RenameDecision};
use crate::model::{FastMap, FastSet, Id};
use crate::objects::attach::attach_actions;
use crate::objects::{
    AnyObject, Constraint, Kind, Table, is_away_meanwhile, is_foreign_key, partition,
};

impl<'a> Builder<'a, '_> {
    /// True for an object whose parent is dropped or replaced, so that it needs no statement.
    ///
    /// A foreign key that points to another table that goes too is dropped by itself: two tables
    /// may point to each other.
    pub(super) fn goes_with_parent(&self, object: &dyn AnyObject) -> bool {
        let Some(parent) = object.parent().or_else(|| self.type_of_function(object)) else {
            return false;
        };
        if let Some(above) = object.attached_to() {
            let first = object.as_any().downcast_ref::<Constraint>();
            let first = first.is_some_and(|key| is_away_meanwhile(key, self.situation));
            let stays_below = first || !partition::becomes_loose(self.situation, &parent, &above);
            if self.gone.contains(&parent) || self.gone.contains(&above) && stays_below {
                return true;
            }
        }
        if !self.gone.contains(&parent) || self.holds_what_holds(object, &parent) {
            return false;
        }
        let constraint = object.as_any().downcast_ref::<Constraint>();
        let target = constraint.and_then(|c| c.references.as_ref());
        !target.is_some_and(|table| {
            self.gone.contains(table) && (*table != parent || self.has_partitions(table))
        })
    }

    /// True for a part that holds something outside of its parent, which holds the parent in turn, by
    /// itself or by others: a policy that asks a view of its table, a check by a function that takes
    /// the table's rows. Neither could go first, so the part does, by itself.
    fn holds_what_holds(&self, part: &dyn AnyObject, parent: &Id) -> bool {
        let outside = |on: &Id| self.gone.contains(on) && on.kind() != "schema";
        let needs = |object: &'a dyn AnyObject| {
            let columns = object.as_any().downcast_ref::<Table>().into_iter();
            let columns = columns.flat_map(|table| table.columns.iter());
            let columns = columns.flat_map(|c| c.depends_on.iter().chain(&c.expression_depends_on));
            object.attached().depends_on.iter().chain(columns).map(whole)
        };
        let mut next: Vec<Id> = part.attached().depends_on.iter().map(whole).collect();
        next.retain(|on| on != parent && outside(on));
        let mut seen: FastSet<Id> = next.iter().cloned().collect();
        while let Some(id) = next.pop() {
            let parts = self.index.children(&id).into_iter().filter(|p| !is_foreign_key(*p));
            for object in self.from.find(&id).into_iter().chain(parts) {
                for on in needs(object).filter(|on| *on != id && outside(on)) {
                    if on == *parent {
                        return true;
                    }
                    if seen.insert(on.clone()) {
                        next.push(on);
                    }
                }
            }
        }
        false
    }

    /// True for a table of which there are partitions. A foreign key to it holds each of them.
    fn has_partitions(&self, table: &Id) -> bool {
        self.index.below(table).iter().any(|child| child.partition_of.is_some())
    }

    /// True for a partition or child of the table, however far down, and for what belongs to one.
    pub(super) fn is_below(&self, part: &Id, table: &Id) -> bool {
        match part.kind() {
            "table" => self.descends(part, table),
            "column" | "constraint" | "index" => self.descends(&table_of(part), table),
            _ => false,
        }
    }

    fn descends(&self, from: &Id, table: &Id) -> bool {
        let object = self.from.find(from).and_then(|o| o.as_any().downcast_ref::<Table>());
        object.is_some_and(|child| {
            child.partition_of.iter().map(|p| &p.table).chain(&child.inherits).any(|parent| {
                let parent = Id::from_sql("table", parent);
                parent == *table || self.descends(&parent, table)
            })
        })
    }

    /// What needs no statement because an object goes, however far below it is.
    pub(super) fn going_with(&self, id: &Id) -> Vec<&'a dyn AnyObject> {
        let mut found: Vec<&dyn AnyObject> = Vec::new();
        let mut seen: FastSet<Id> = FastSet::default();
        let mut next = vec![id.clone()];
        while let Some(id) = next.pop() {
            let functions = self.functions_of_type(&id);
            for child in self.index.children(&id).into_iter().chain(functions) {
                if self.goes_with_parent(child) && seen.insert(child.id()) {
                    found.push(child);
                    next.push(child.id());
                }
            }
        }
        found
    }

    /// What comes without a statement comes with what it is attached to, or with its table.
    pub(super) fn implied(&mut self) {
        let mut waiting = std::mem::take(&mut self.implied);
        let mut made_by: FastMap<Id, usize> = FastMap::default();
        if !waiting.is_empty() {
            for (at, planned) in self.built.actions.iter().enumerate() {
                for id in &planned.action.produces {
                    made_by.entry(id.clone()).or_insert(at);
                }
            }
        }
        while !waiting.is_empty() {
            let before = waiting.len();
            waiting.retain(|object| {
                let above = object.attached_to().filter(|above| self.situation.comes(above));
                let Some(&at) = above.or(object.parent()).and_then(|id| made_by.get(&id)) else {
                    return true;
                };
                let action = &mut self.built.actions[at].action;
                action.produces.push(object.id());
                made_by.entry(object.id()).or_insert(at);
                action.takes.extend(object.names());
                false
            });
            if waiting.len() == before {
                break;
            }
        }
    }

    /// A part of a table that is attached to the same as before, and has another name: there is no
    /// way to drop it by itself. Returns the identities that are done with.
    pub(super) fn renamed_parts(&mut self, drift: &Drift) -> BTreeSet<Id> {
        let mut done = BTreeSet::new();
        // One of the new name may go meanwhile, with an index above it that goes.
        let replaced = self.closure.replaced.keys().filter(|id| {
            let object = self.from.find(id).filter(|_| matches!(id.kind(), "index" | "constraint"));
            object.is_some_and(|object| {
                object.attached_to().is_some() && self.goes_with_parent(object)
            })
        });
        let replaced: Vec<Id> = replaced.cloned().collect();
        for new in drift.of_kind(ChangeKind::Create).chain(&replaced) {
            let Some(object) = self.to.find(new) else { continue };
            let Some(above) = object.attached_to() else { continue };
            let old = self.index.children(&above).into_iter().find(|old| {
                old.attached_to().as_ref() == Some(&above)
                    && old.id() != *new
                    && old.parent() == object.parent()
                    && self.gone.contains(&old.id())
                    && !self.goes_with_parent(*old)
                    && !done.contains(&old.id())
            });
            let Some(old) = old else { continue };
            let answer = RenameAnswer::Rename;
            self.rename(&RenameDecision { from: old.id(), to: new.clone(), answer });
            let more = attach_actions(Some(old), object, self.situation);
            self.push(more, new, None);
            done.extend([old.id(), new.clone()]);
        }
        done
    }

    /// The type that a function belongs to in this way.
    fn type_of_function(&self, function: &dyn AnyObject) -> Option<Id> {
        if function.kind() != Kind::Function {
            return None;
        }
        let id = function.id();
        let mut types = function.attached().depends_on.iter().filter(|on| begins_as_shell(on));
        types
            .find(|on| self.from.find(on).is_some_and(|t| t.attached().depends_on.contains(&id)))
            .cloned()
    }

    /// The functions of a type that need the type as it needs them: they go with it.
    fn functions_of_type(&self, id: &Id) -> Vec<&'a dyn AnyObject> {
        let shell = Some(id).filter(|id| begins_as_shell(id));
        let Some(object) = shell.and_then(|id| self.from.find(id)) else { return Vec::new() };
        let functions = object.attached().depends_on.iter().filter_map(|on| self.from.find(on));
        functions.filter(|function| function.attached().depends_on.contains(id)).collect()
    }
}

/// The table of a column, or the object itself.
fn whole(id: &Id) -> Id {
    if id.kind() == "column" { table_of(id) } else { id.clone() }
}

/// True for a type that may need functions which need it.
fn begins_as_shell(id: &Id) -> bool {
    matches!(id.kind(), "base_type" | "range")
}
