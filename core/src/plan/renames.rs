//! Confirmed renames as statements.
//!
//! PostgreSQL manual, the pages of `ALTER …` with `RENAME TO`.

use std::collections::BTreeSet;

use super::build::Builder;
use crate::action::{Action, Hazard, LockMode, RENAME, Verb};
use crate::diff::RenameDecision;
use crate::model::Id;
use crate::objects::partition::Part;
use crate::objects::{AnyObject, Constraint, Kind, Table, Trigger};
use crate::sql::{qualified, quote_ident, split_name};

impl Builder<'_, '_> {
    /// The renames of a drift, in the order in which they build upon each other.
    pub(super) fn renames(&mut self, renames: &[RenameDecision]) {
        let all: BTreeSet<&Id> = renames.iter().map(|rename| &rename.to).collect();
        for rename in renames {
            if !self.comes_from_above(&rename.to, &all) {
                self.rename(rename);
            }
        }
    }

    /// True for a part that PostgreSQL renames along with that of a table above.
    fn comes_from_above(&self, part: &Id, renamed: &BTreeSet<&Id>) -> bool {
        let name = split_name(part.name());
        let [schema, table, name] = name.as_slice() else { return false };
        let object = self.from.find(part);
        let follows = match part.kind() {
            "column" => true,
            "constraint" => object
                .and_then(|o| o.as_any().downcast_ref::<Constraint>())
                .is_some_and(|c| c.attached_to.is_some()),
            "trigger" => object
                .and_then(|o| o.as_any().downcast_ref::<Trigger>())
                .is_some_and(|t| t.inherited && self.situation.server >= 150_000),
            _ => false,
        };
        let Some(table) = self.situation.table_from(schema, table).filter(|_| follows) else {
            return false;
        };
        table.lineage(self.situation.from).iter().any(|above| {
            let above = split_name(above);
            let [schema, table] = above.as_slice() else { return false };
            renamed.contains(&Id::new(part.kind(), &[schema, table, name]))
        })
    }

    pub(super) fn rename(&mut self, rename: &RenameDecision) {
        let (old, new) = (own_name(&rename.from), own_name(&rename.to));
        let Some(sql) = self.rename_sql(rename, &old, &new) else { return };
        let mut action = Action::new(Verb::Alter, rename.to.clone(), RENAME, sql);
        action.produces.push(rename.to.clone());
        action.rank = 1;
        let place = split_name(rename.to.name());
        if let (Some(schema), true) = (place.first(), place.len() > 1) {
            action.requires.push(Id::new("schema", &[schema]));
            let names = |name: &str| format!("relation:{}", qualified(schema, name));
            if has_name_of_relation(rename.to.kind()) || self.is_key(&rename.to) {
                action.frees.push(names(&old));
                action.takes.push(names(&new));
            }
        }
        match rename.to.kind() {
            "schema" => action.produces.extend(self.inside(&new)),
            "table" => {
                let renamed = self.from.find(&rename.to);
                if let Some(table) = renamed.and_then(|o| o.as_any().downcast_ref::<Table>()) {
                    action.produces.extend(columns(table));
                }
                action = action.lock(LockMode::AccessExclusive, rename.to.clone());
            }
            "view" | "materialized_view" | "sequence" => {
                action = action.lock(LockMode::AccessExclusive, rename.to.clone());
            }
            "column" | "constraint" | "trigger" | "policy" | "rule" => {
                let schema = place.first().map_or("", String::as_str);
                let table = Id::new("table", &[schema, place.get(1).map_or("", String::as_str)]);
                // Rules and triggers may be a view's.
                let owner = self.from.find(&rename.to).and_then(AnyObject::parent).unwrap_or(table);
                action.requires.push(owner.clone());
                action = action.lock(LockMode::AccessExclusive, owner);
            }
            _ => {}
        }
        let action = action.hazard(
            Hazard::Rename,
            format!("programs that say {} fail from now on", rename.from.name()),
        );
        self.push(vec![action], &rename.to.clone(), None);
    }

    /// True for a constraint with an index of its name.
    fn is_key(&self, id: &Id) -> bool {
        let constraint = self.to.find(id).and_then(|o| o.as_any().downcast_ref::<Constraint>());
        constraint.is_some_and(Part::has_index)
    }

    /// `None` where there is nothing to rename.
    fn rename_sql(&self, rename: &RenameDecision, old: &str, new: &str) -> Option<String> {
        let place = split_name(rename.to.name());
        let (old, new) = (quote_ident(old), quote_ident(new));
        // What it belongs to may have been renamed before: its new name counts.
        let within = |name: &str| match place.as_slice() {
            [schema, _, ..] => format!("{}.{name}", quote_ident(schema)),
            _ => name.to_owned(),
        };
        let table = || Some(qualified(place.first()?, place.get(1)?));
        Some(match rename.to.kind() {
            "column" => format!("ALTER TABLE {} RENAME COLUMN {old} TO {new}", table()?),
            "constraint" => format!("ALTER TABLE {} RENAME CONSTRAINT {old} TO {new}", table()?),
            "trigger" | "policy" | "rule" => {
                let keyword = rename.to.kind().to_uppercase();
                format!("ALTER {keyword} {old} ON {} RENAME TO {new}", table()?)
            }
            "index" => format!("ALTER INDEX {} RENAME TO {new}", within(&old)),
            _ => {
                let object = self.from.find(&rename.to)?;
                // Arguments, or an access method, stand behind the name.
                let (spelled, name) = (object.sql_name(), within(&new));
                let detail = spelled.strip_prefix(&name).unwrap_or_default();
                format!("ALTER {} {}{detail} RENAME TO {new}", object.keyword(), within(&old))
            }
        })
    }

    /// What a schema has in it before the plan.
    fn inside(&self, schema: &str) -> Vec<Id> {
        let mut found = Vec::new();
        for object in self.situation.from.iter().filter(|o| o.schema() == Some(schema)) {
            // What belongs to no schema, and only tells of one.
            if matches!(object.kind(), Kind::DefaultPrivilege | Kind::PublicationSchema) {
                continue;
            }
            found.push(object.id());
            found.extend(object.as_any().downcast_ref::<Table>().map(columns).unwrap_or_default());
        }
        found
    }
}

/// The last part of a name, without what stands behind it.
fn own_name(id: &Id) -> String {
    id.split().0.pop().unwrap_or_default()
}

fn columns(table: &Table) -> Vec<Id> {
    table.columns.iter().map(|column| column.id(&table.schema, &table.name)).collect()
}

/// Kinds that have an entry in `pg_class` or `pg_type`, where a name can be taken.
fn has_name_of_relation(kind: &str) -> bool {
    matches!(
        kind,
        "table"
            | "view"
            | "materialized_view"
            | "sequence"
            | "index"
            | "enum"
            | "composite"
            | "domain"
            | "range"
            | "base_type"
    )
}
