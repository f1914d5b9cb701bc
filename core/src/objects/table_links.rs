//! Which tables a table is a partition or a child of, and which of those it stays below.

use super::{Constraint, Object, Objects, Situation, Table};
use crate::model::{Id, Text};
use crate::sql::split_name;

impl Table {
    /// The tables it is a partition or child of, schema-qualified and quoted.
    pub(super) fn parent_tables(&self) -> Vec<Text> {
        self.partition_of
            .iter()
            .map(|partition| partition.table.clone())
            .chain(self.inherits.iter().cloned())
            .collect()
    }

    /// Its parents, each with the bound of a partition: a partition whose bound changes is detached
    /// and attached again.
    pub(super) fn links(&self) -> Vec<(&str, &str)> {
        let partition = self.partition_of.iter().map(|p| (p.table.as_str(), p.bound.as_str()));
        partition.chain(self.inherits.iter().map(|parent| (parent.as_str(), ""))).collect()
    }

    /// The parents under which it stays all the while, on its way to another state.
    pub(super) fn links_kept(&self, to: &Table, situation: &Situation<'_>) -> Vec<&str> {
        let (mut kept, after) = (self.links(), to.links());
        kept.retain(|link| after.contains(link));
        if situation.is_attached_again(&Object::id(to)) {
            kept.clear();
        }
        kept.into_iter().map(|(parent, _)| parent).collect()
    }

    /// The tables that it is a partition of, directly or not.
    pub(super) fn ancestors(&self, objects: &Objects) -> Vec<Text> {
        let mut names: Vec<Text> = Vec::new();
        let mut next = self.partition_of.as_ref().map(|partition| partition.table.clone());
        while let Some(name) = next.take().filter(|name| !names.contains(name)) {
            let parent = parents_in(std::slice::from_ref(&name), objects);
            next = parent.first().and_then(|t| t.partition_of.as_ref()).map(|p| p.table.clone());
            names.push(name);
        }
        names
    }

    /// The name that the tables below it free when they come: what is NOT VALID here would be valid
    /// in those that come later.
    pub(super) fn all_below(&self) -> String {
        format!("all below:{}", self.sql_name())
    }

    /// The tables that it is a partition or child of, directly or not.
    pub(crate) fn lineage(&self, objects: &Objects) -> Vec<Text> {
        let mut names = self.parent_tables();
        let mut at = 0;
        while let Some(name) = names.get(at).cloned() {
            for parent in parents_in(&[name], objects) {
                for above in parent.parent_tables() {
                    if !names.contains(&above) {
                        names.push(above);
                    }
                }
            }
            at += 1;
        }
        names
    }

    /// The tables that it is a partition or child of, directly or not, before and after and all the
    /// while.
    pub(crate) fn lineage_kept<'a>(&self, situation: &Situation<'a>) -> Vec<&'a Table> {
        let mut found: Vec<&Table> = Vec::new();
        let above = |table: &Table| {
            let after = situation.table_to(&table.schema, &table.name);
            let kept = after.map(|after| table.links_kept(after, situation)).unwrap_or_default();
            let names: Vec<Text> = kept.into_iter().map(Text::from).collect();
            parents_in(&names, situation.from)
        };
        let mut next = above(self);
        while let Some(table) = next.pop() {
            if found.iter().all(|other| other.key() != table.key()) {
                next.extend(above(table));
                found.push(table);
            }
        }
        found
    }

    /// The same, as they should become.
    pub(super) fn parents_to<'a>(&self, situation: &Situation<'a>) -> Vec<&'a Table> {
        parents_in(&self.parent_tables(), situation.to)
    }

    /// For a partition the foreign keys that lead to those above it, until then. PostgreSQL refuses to
    /// drop it as long as it is attached.
    pub(crate) fn leading_above<'a>(&self, situation: &Situation<'a>) -> Vec<&'a Constraint> {
        let above: Vec<Id> =
            self.ancestors(situation.from).iter().map(|name| Id::from_sql("table", name)).collect();
        if above.is_empty() {
            return Vec::new();
        }
        situation.leading_to(&above)
    }
}

/// The tables of these names.
pub(super) fn parents_in<'a>(names: &[Text], objects: &'a Objects) -> Vec<&'a Table> {
    let mut tables: Vec<&Table> = names
        .iter()
        .filter_map(|name| match split_name(name).as_slice() {
            [schema, table] => objects.find_table(schema, table),
            _ => None,
        })
        .collect();
    tables.sort_by(|a, b| a.key().cmp(&b.key()));
    tables
}
