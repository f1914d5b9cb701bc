//! What must be true once the plan has run, as SQL about the catalog: for the checks afterwards, and
//! for a script that leaves out what is done.
//!
//! The catalog queries of the kinds are asked again, on the server itself: the rows that they give
//! are compared with what the plan leads to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::PostCheck;
use super::build::Planned;
use super::rerun::{asks_comment, literal};
use super::unmet::unmet;
use super::withhold::State;
use crate::catalog::{may_be_respelled, session_sql};
use crate::diff::{Change, ChangeKind, Drift};
use crate::model::Id;
use crate::objects::{AnyObject, Kind, Objects, Table};
use crate::sql::{quote_ident, split_name};

/// What statements set on an object that is there: owner and grants, what is validated or attached
/// later.
fn set_later(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Constraint => &["attached_to", "comment", "not_valid"],
        Kind::Index => &["attached_to", "clustered", "comment", "statistics"],
        Kind::Column => &["comment", "grants", "not_null", "not_null_constraint", "statistics"],
        Kind::Trigger => &["comment", "enabled"],
        _ => &["comment", "grants", "owner"],
    }
}

/// True for an attribute that the catalog query of the kind does not give.
fn is_elsewhere(kind: Kind, attribute: &str) -> bool {
    let of_columns = matches!(kind, Kind::Table | Kind::View | Kind::MaterializedView);
    matches!(attribute, "security_labels" | "depends_on_extensions")
        || of_columns && attribute == "columns"
}

/// What must be true of the objects of one kind, as a JSON array for [`unmet`].
pub(super) type Wanted = BTreeMap<Kind, Vec<Value>>;

/// What the changes of a drift lead to, by identity; nothing for changes that cannot be asked for.
pub(super) struct Goals<'a> {
    changes: BTreeMap<&'a Id, &'a Change>,
    from: &'a Objects,
    to: &'a Objects,
}

impl<'a> Goals<'a> {
    /// The goals of the changes that the script completes; a change of which a step stays out is
    /// none.
    pub(super) fn new(
        drift: &'a Drift,
        actions: &[Planned],
        states: &[State],
        (from, to): (&'a Objects, &'a Objects),
    ) -> Self {
        let (mut brought, mut removed) = (BTreeSet::new(), BTreeSet::new());
        let (mut missing, mut open) = (BTreeSet::new(), BTreeSet::new());
        for (Planned { action, .. }, state) in actions.iter().zip(states) {
            if *state == State::Included {
                brought.extend(&action.produces);
                removed.extend(&action.destroys);
            } else {
                open.insert(&action.object);
                missing.extend(&action.produces);
                // A statement on a column reaches those of the tables below.
                open.extend(action.disturbs.iter().filter(|id| id.kind() == "column"));
            }
        }
        // A part is as it should be once its table is there: one that is built anew is at the end.
        let on_table =
            |change: &Change| change.parent.as_ref().is_none_or(|table| !missing.contains(table));
        let completed = |change: &&Change| match change.change {
            ChangeKind::Create => brought.contains(&change.id) && on_table(change),
            ChangeKind::Drop => removed.contains(&change.id),
            ChangeKind::Alter | ChangeKind::Rename => on_table(change),
        };
        let undone: BTreeSet<&Id> =
            drift.changes.iter().filter(|c| !completed(c)).map(|c| &c.id).collect();
        let waits = |id: &Id| open.contains(id) || undone.contains(id);
        // What is done to a column, or to what a part is attached to, is done by way of a parent.
        let above_waits = |change: &Change| match change.kind {
            Kind::Column => {
                let table = super::build::table_of(&change.id);
                let table = to.find(&table).and_then(|t| t.as_any().downcast_ref::<Table>());
                let above = table.map(|t| t.lineage(to)).unwrap_or_default();
                let column = quote_ident(&change.name);
                above.iter().any(|t| waits(&Id::from_sql("column", &format!("{t}.{column}"))))
            }
            Kind::Index | Kind::Constraint => {
                let mut sides = [from, to].into_iter();
                // While its table stays, what is made anew above it is made there too.
                let attached = from.find(&change.id).and_then(AnyObject::attached_to).is_some();
                let shared = match change.change {
                    ChangeKind::Alter => true,
                    ChangeKind::Drop => attached,
                    _ => false,
                };
                let table = change.parent.as_ref().filter(|_| shared);
                table.is_some_and(waits)
                    || sides.any(|objects| {
                        let above = |id: &Id| objects.find(id).and_then(AnyObject::attached_to);
                        std::iter::successors(above(&change.id), above).any(|id| waits(&id))
                    })
            }
            _ => false,
        };
        let changes = drift.changes.iter().filter(completed);
        let changes = changes.filter(|c| !open.contains(&c.id) && !above_waits(c));
        Goals { changes: changes.map(|c| (&c.id, c)).collect(), from, to }
    }

    /// What must be true of all objects that change.
    fn all(&self) -> Wanted {
        let mut wanted = Wanted::new();
        for (kind, goal) in self.changes.keys().filter_map(|id| self.goal(id)) {
            wanted.entry(kind).or_default().push(goal);
        }
        wanted
    }

    /// What an object is to be attached to.
    pub(super) fn above(&self, id: &Id) -> Option<Id> {
        self.to.find(id).and_then(AnyObject::attached_to)
    }

    /// A goal with what later statements bring about an object that is there.
    pub(super) fn completed(&self, id: &Id, (kind, mut goal): (Kind, Value)) -> (Kind, Value) {
        if goal.get("gone").is_none()
            && let Some(now) = self.attributes(id, set_later(kind))
        {
            let goal = goal.as_object_mut().map(|goal| goal.entry("now").or_insert(json!({})));
            if let Some(Value::Object(goal)) = goal {
                goal.extend(now);
            }
        }
        (kind, goal)
    }

    /// That a column which came before is NOT NULL, where it should be, validated or not.
    pub(super) fn not_null(&self, id: &Id) -> Option<(Kind, Value)> {
        let (kind, mut goal) = self.goal(id).filter(|(kind, _)| *kind == Kind::Column)?;
        let now = self.attributes(id, &["not_null"])?;
        now.get("not_null").filter(|set| **set == Value::Bool(true))?;
        goal["now"] = Value::Object(now);
        Some((kind, goal))
    }

    /// A goal without what a later statement may bring, unless nothing is left of it.
    pub(super) fn begun((kind, goal): (Kind, Value)) -> (Kind, Value) {
        let mut less = goal.clone();
        if let Some(now) = less.get_mut("now").and_then(Value::as_object_mut) {
            now.retain(|name, _| !set_later(kind).contains(&name.as_str()));
            if now.is_empty() {
                return (kind, goal);
            }
        }
        (kind, less)
    }

    /// That an object which the drift leaves alone is there, as it was: after it was replaced, or
    /// changed meanwhile.
    pub(super) fn as_before(&self, id: &Id, replaced: bool) -> Option<(Kind, Value)> {
        let kind = Kind::named(id.kind())?;
        let (is, now) = if kind == Kind::Column {
            let mut now = self.attributes(id, set_later(kind))?;
            now.extend(self.attributes(id, &["type", "default"])?);
            (column_identity(id)?, now)
        } else if replaced {
            (identity(self.to.find(id)?), self.attributes(id, set_later(kind))?)
        } else {
            let object = self.from.find(id)?;
            let mut now = object.properties();
            // What was respelled is not what the catalog says.
            now.retain(|name, value| {
                name != "depends_on" && !is_elsewhere(kind, name) && !may_be_respelled(value)
            });
            (identity(object), now)
        };
        Some((kind, json!({ "what": id.to_string(), "is": is, "now": now })))
    }

    /// That the object of a goal is there.
    pub(super) fn whatever_it_is((kind, mut goal): (Kind, Value)) -> (Kind, Value) {
        if let Some(goal) = goal.as_object_mut() {
            goal.remove("now");
        }
        (kind, goal)
    }

    /// That an object of the state at the start is not there.
    pub(super) fn away(&self, id: &Id) -> Option<(Kind, Value)> {
        let kind = Kind::named(id.kind())?;
        let is =
            if kind == Kind::Column { column_identity(id)? } else { identity(self.from.find(id)?) };
        Some(gone((kind, json!({ "what": id.to_string(), "is": is }))))
    }

    /// Attributes as they should become; null for those that are left out.
    fn attributes(&self, id: &Id, names: &[&str]) -> Option<Map<String, Value>> {
        let all = if id.kind() == Kind::Column.as_str() {
            column_of(self.to, id)?
        } else {
            self.to.find(id)?.properties()
        };
        let value = |name: &str| all.get(name).cloned().unwrap_or(Value::Null);
        Some(names.iter().map(|name| ((*name).to_owned(), value(name))).collect())
    }

    /// What must be true of an object that changes.
    pub(super) fn goal(&self, id: &Id) -> Option<(Kind, Value)> {
        let change = *self.changes.get(id)?;
        let side = if change.change == ChangeKind::Drop { self.from } else { self.to };
        let is = if change.kind == Kind::Column {
            column_identity(id)?
        } else {
            identity(side.find(id)?)
        };
        let mut goal = json!({ "what": id.to_string(), "is": is });
        match change.change {
            ChangeKind::Drop => goal["gone"] = Value::Bool(true),
            ChangeKind::Create => {}
            ChangeKind::Alter | ChangeKind::Rename => {
                let now: Map<String, Value> = change
                    .attributes
                    .iter()
                    .filter(|attribute| !is_elsewhere(change.kind, &attribute.name))
                    .map(|attribute| (attribute.name.clone(), attribute.to.clone()))
                    .collect();
                if now.is_empty() && change.change == ChangeKind::Alter {
                    return None;
                }
                goal["now"] = Value::Object(now);
            }
        }
        Some((change.kind, goal))
    }
}

/// The fields that identify an object among those of its kind: one that the document leaves out is
/// null here, for it tells `f()` from `f(integer)`.
fn identity(object: &dyn AnyObject) -> Value {
    let fields = object.properties();
    let field = |name: &&str| fields.get(*name).cloned().unwrap_or(Value::Null);
    let names = object.identity_fields().iter();
    Value::Object(names.map(|name| ((*name).to_owned(), field(name))).collect())
}

/// The attributes of a column.
fn column_of(objects: &Objects, id: &Id) -> Option<Map<String, Value>> {
    let table = objects.find(&super::build::table_of(id))?.as_any().downcast_ref::<Table>()?;
    let name = split_name(id.name()).pop()?;
    let column = table.columns.iter().find(|column| column.name == name)?;
    match serde_json::to_value(column) {
        Ok(Value::Object(fields)) => Some(fields),
        _ => None,
    }
}

/// That something is there which no snapshot knows, under the name that the plan gives it.
pub(super) fn there(id: &Id) -> Option<(Kind, Value)> {
    let is = match split_name(id.name()).as_slice() {
        [schema, name] => json!({ "schema": schema, "name": name }),
        [schema, table, name] => json!({ "schema": schema, "table": table, "name": name }),
        _ => return None,
    };
    Some((Kind::named(id.kind())?, json!({ "what": id.to_string(), "is": is })))
}

/// That it is not there, or no longer.
pub(super) fn gone((kind, mut goal): (Kind, Value)) -> (Kind, Value) {
    goal["gone"] = Value::Bool(true);
    (kind, goal)
}

fn column_identity(id: &Id) -> Option<Value> {
    match split_name(id.name()).as_slice() {
        [schema, table, name] => Some(json!({ "schema": schema, "table": table, "name": name })),
        _ => None,
    }
}

/// The queries to run after the plan: each gives no row when all is well. Each is a transaction of
/// its own with the settings of an export, so that it can be run in any session.
pub(super) fn post_checks(goals: &Goals<'_>, server: u32) -> Vec<PostCheck> {
    let checks = goals.all().into_iter().map(|(kind, list)| {
        let wanted = format!("{}::jsonb", literal(&list));
        let query = unmet(kind, server, &wanted, list.iter().any(asks_comment));
        PostCheck {
            title: format!("{}: not as the plan leaves it", kind.as_str().replace('_', " ")),
            sql: format!("{}{query}{END}", start()),
        }
    });
    checks.collect()
}

/// What stands before the query of such a transaction.
fn start() -> String {
    format!("BEGIN READ ONLY;\n{};\n", session_sql().join(";\n"))
}

/// What stands behind it.
const END: &str = ";\nCOMMIT";

/// The query alone, for a transaction in which the settings are made already.
pub(super) fn inner_query(sql: &str) -> &str {
    let query = sql.strip_prefix(start().as_str()).unwrap_or(sql);
    query.strip_suffix(END).unwrap_or(query)
}
