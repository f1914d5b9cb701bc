//! Looking at single objects of a snapshot: for people, for pages and reports.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::Snapshot;
use crate::model::Id;
use crate::objects::{AnyObject, Kind, Situation, Table};
use crate::sql::split_name;

/// An object in a list: enough to show and to group it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectInfo {
    /// The identity.
    pub id: Id,
    /// The kind.
    pub kind: Kind,
    /// The schema.
    pub schema: Option<String>,
    /// The object it belongs to.
    pub parent: Option<Id>,
    /// Its own name.
    pub name: String,
}

impl ObjectInfo {
    /// The identity.
    pub fn id(&self) -> Id {
        self.id.clone()
    }

    /// The kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The object it belongs to.
    pub fn parent(&self) -> Option<Id> {
        self.parent.clone()
    }

    /// The schema.
    pub fn schema(&self) -> Option<&str> {
        self.schema.as_deref()
    }

    /// Its own name.
    pub fn display_name(&self) -> String {
        self.name.clone()
    }
}

impl Snapshot {
    /// Every object, columns of tables included, each column behind its table.
    pub fn objects(&self) -> impl Iterator<Item = ObjectInfo> {
        self.objects.iter().flat_map(|object| {
            let info = ObjectInfo {
                id: object.id(),
                kind: object.kind(),
                schema: object.schema().map(str::to_owned),
                parent: object.parent(),
                name: object.display_name(),
            };
            let columns: Vec<ObjectInfo> = match object.as_any().downcast_ref::<Table>() {
                Some(table) => table
                    .columns
                    .iter()
                    .map(|column| ObjectInfo {
                        id: column.id(&table.schema, &table.name),
                        kind: Kind::Column,
                        schema: Some(table.schema.to_string()),
                        parent: Some(info.id.clone()),
                        name: column.name.to_string(),
                    })
                    .collect(),
                None => Vec::new(),
            };
            std::iter::once(info).chain(columns)
        })
    }

    /// One object; columns have none of their own, see [`Snapshot::table_of_column`].
    pub fn find(&self, id: &Id) -> Option<&dyn AnyObject> {
        self.objects.find(id)
    }

    /// The table that has a column, with the column's place in it.
    pub fn table_of_column(&self, id: &Id) -> Option<(&Table, usize)> {
        let parts = split_name(id.name());
        let ("column", [schema, table, name]) = (id.kind(), parts.as_slice()) else { return None };
        let table = self.objects.find_table(schema, table)?;
        let at = table.columns.iter().position(|column| column.name == *name)?;
        Some((table, at))
    }

    /// All attributes of an object that are not at their default.
    pub fn properties(&self, id: &Id) -> Option<Map<String, Value>> {
        if let Some(object) = self.find(id) {
            return Some(object.properties());
        }
        let (table, at) = self.table_of_column(id)?;
        match serde_json::to_value(table.columns.get(at)?).ok()? {
            Value::Object(map) => Some(map),
            _ => None,
        }
    }

    /// The statements that would create an object with what belongs to it: a table with its
    /// constraints, indexes, triggers and policies.
    pub fn definition(&self, id: &Id) -> Option<String> {
        let nothing = crate::objects::Objects::default();
        let (sizes, kept) = (BTreeMap::new(), BTreeSet::new());
        let situation = Situation {
            from: &nothing,
            to: &self.objects,
            sizes: &sizes,
            server: self.source.server_version_num,
            rerun: false,
            mode: None,
            kept: &kept,
            again: None,
            named_not_null: false,
            earlier: None,
            created: None,
            known: None,
        };
        let Some(object) = self.find(id) else {
            let (table, at) = self.table_of_column(id)?;
            return Some(table.columns.get(at)?.definition_for_people());
        };
        let mut statements = full_definition(object, &situation);
        for part in self.objects.iter().filter(|part| part.parent().as_ref() == Some(id)) {
            statements.extend(full_definition(part, &situation));
        }
        Some(statements.iter().map(|sql| format!("{sql};")).collect::<Vec<_>>().join("\n\n"))
    }

    /// What an object depends on, its columns' dependencies included.
    pub fn depends_on(&self, id: &Id) -> Vec<Id> {
        let mut ids: BTreeSet<Id> = BTreeSet::new();
        if let Some(object) = self.find(id) {
            ids.extend(object.attached().depends_on.iter().cloned());
            if let Some(table) = object.as_any().downcast_ref::<Table>() {
                for column in &table.columns {
                    ids.extend(column.depends_on.iter().cloned());
                    ids.extend(column.expression_depends_on.iter().cloned());
                }
            }
        } else if let Some(column) =
            self.table_of_column(id).and_then(|(table, at)| table.columns.get(at))
        {
            ids.extend(column.depends_on.iter().cloned());
            ids.extend(column.expression_depends_on.iter().cloned());
        }
        ids.remove(id);
        ids.into_iter().collect()
    }

    /// Every dependency: who depends, and on what. A column stands for itself.
    pub fn dependencies(&self) -> Vec<(Id, Id)> {
        let mut found = Vec::new();
        self.each_dependency(|user, on| found.push((user(), on.clone())));
        found
    }

    fn each_dependency(&self, mut each: impl FnMut(&dyn Fn() -> Id, &Id)) {
        for object in self.objects.iter() {
            for on in object.attached().depends_on {
                each(&|| object.id(), on);
            }
            if let Some(table) = object.as_any().downcast_ref::<Table>() {
                for column in &table.columns {
                    for on in column.depends_on.iter().chain(&column.expression_depends_on) {
                        each(&|| column.id(&table.schema, &table.name), on);
                    }
                }
            }
        }
    }

    /// What depends on an object or, for a table, on one of its columns.
    pub fn used_by(&self, id: &Id) -> Vec<Id> {
        let mut targets: BTreeSet<Id> = BTreeSet::from([id.clone()]);
        if let Some(table) =
            self.find(id).and_then(|object| object.as_any().downcast_ref::<Table>())
        {
            targets.extend(table.columns.iter().map(|c| c.id(&table.schema, &table.name)));
        }
        let mut users: BTreeSet<Id> = BTreeSet::new();
        self.each_dependency(|user, on| {
            if targets.contains(on) {
                users.insert(user());
            }
        });
        users.retain(|user| !targets.contains(user));
        users.into_iter().collect()
    }
}

/// The statements of one object with owner, grants and comment.
fn full_definition(object: &dyn AnyObject, situation: &Situation<'_>) -> Vec<String> {
    let mut actions = object.create(situation);
    actions.extend(object.finish(situation));
    actions.extend(crate::objects::attach::attach_actions(None, object, situation));
    actions.into_iter().map(|action| action.sql).collect()
}
