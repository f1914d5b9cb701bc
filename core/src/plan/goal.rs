//! What must be true once the plan has run, as SQL about the catalog: the checks afterwards, and
//! what lets a script leave out what is done.
//!
//! The catalog queries of the kinds are asked again, on the server itself: the rows that they give
//! are compared with what the plan leads to.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Map, Value, json};

use super::build::Planned;
use super::withhold::State;
use super::{PostCheck, Rerun, Step};
use crate::catalog::session_sql;
use crate::diff::{Change, ChangeKind, Drift};
use crate::model::Id;
use crate::objects::{AnyObject, Kind, Objects, Table};
use crate::sql::{quote_literal, split_name};

/// True for an attribute that the catalog query of the kind does not give.
fn is_elsewhere(kind: Kind, attribute: &str) -> bool {
    let of_columns = matches!(kind, Kind::Table | Kind::View | Kind::MaterializedView);
    matches!(attribute, "comment" | "security_labels") || of_columns && attribute == "columns"
}

/// What must be true of the objects of one kind, as a JSON array for [`unmet`].
type Wanted = BTreeMap<Kind, Vec<Value>>;

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
        let (mut brought, mut removed, mut open) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (Planned { action, .. }, state) in actions.iter().zip(states) {
            if *state == State::Included {
                brought.extend(&action.produces);
                removed.extend(&action.destroys);
            } else {
                open.insert(&action.object);
            }
        }
        let completed = |change: &&Change| match change.change {
            ChangeKind::Create => brought.contains(&change.id),
            ChangeKind::Drop => removed.contains(&change.id),
            ChangeKind::Alter | ChangeKind::Rename => true,
        };
        let changes = drift.changes.iter().filter(completed).filter(|c| !open.contains(&c.id));
        Goals { changes: changes.map(|c| (&c.id, c)).collect(), from, to }
    }

    /// What must be true of some objects.
    fn of<'i>(&self, ids: impl IntoIterator<Item = &'i Id>) -> Wanted {
        self.of_begun(ids, &BTreeSet::new())
    }

    /// The same; of objects that an earlier transaction began with, more must be true.
    fn of_begun<'i>(&self, ids: impl IntoIterator<Item = &'i Id>, begun: &BTreeSet<&Id>) -> Wanted {
        let mut wanted = Wanted::new();
        let mut seen = HashSet::new();
        for id in ids {
            if seen.insert(id)
                && let Some((kind, mut goal)) = self.goal(id)
            {
                if begun.contains(id) {
                    self.add_completion(id, kind, &mut goal);
                }
                wanted.entry(kind).or_default().push(goal);
            }
        }
        wanted
    }

    /// What must be true of all objects that change.
    fn all(&self) -> Wanted {
        self.of(self.changes.keys().copied())
    }

    /// What a later statement brings about an object that is there: that it is validated, and
    /// attached.
    fn add_completion(&self, id: &Id, kind: Kind, goal: &mut Value) {
        let attributes: &[&str] = match kind {
            Kind::Constraint => &["not_valid", "attached_to"],
            Kind::Index => &["attached_to"],
            Kind::Column => &["not_null_constraint"],
            _ => return,
        };
        if goal.get("gone").is_some() {
            return;
        }
        let after = if kind == Kind::Column {
            column_of(self.to, id)
        } else {
            self.to.find(id).map(AnyObject::properties)
        };
        let now = after.unwrap_or_default();
        for name in attributes {
            let value = now.get(*name).cloned().unwrap_or(Value::Null);
            if let Some(goal) = goal.as_object_mut() {
                goal.entry("now").or_insert_with(|| json!({}))[*name] = value;
            }
        }
    }

    fn goal(&self, id: &Id) -> Option<(Kind, Value)> {
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

/// The fields that identify an object among those of its kind.
fn identity(object: &dyn AnyObject) -> Value {
    let mut fields = object.properties();
    fields.retain(|name, _| object.identity_fields().contains(&name.as_str()));
    Value::Object(fields)
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

fn column_identity(id: &Id) -> Option<Value> {
    match split_name(id.name()).as_slice() {
        [schema, table, name] => Some(json!({ "schema": schema, "table": table, "name": name })),
        _ => None,
    }
}

/// A query that gives the names of what is not yet as it is wanted. `wanted` is an SQL expression
/// for a `jsonb` array.
///
/// An attribute that the document leaves out is at its default, which the catalog query may spell
/// out.
fn unmet(kind: Kind, server: u32, wanted: &str) -> String {
    format!(
        "SELECT w.item ->> 'what' AS not_as_wanted\nFROM jsonb_array_elements({wanted}) AS w(item)\n\
         LEFT JOIN (SELECT q.value::jsonb AS value FROM ({query}) AS q(key, value)) AS o\n\
         ON coalesce(o.value ->> 'name', '') = coalesce(w.item -> 'is' ->> 'name', '') AND o.value \
         @> (w.item -> 'is')\nWHERE CASE WHEN w.item ? 'gone' THEN o.value IS NOT NULL ELSE o.value \
         IS NULL OR EXISTS (SELECT FROM jsonb_each(w.item -> 'now') AS a(name, value) WHERE NOT \
         coalesce(CASE jsonb_typeof(a.value)\nWHEN 'null' THEN coalesce(o.value -> a.name, 'null') IN \
         ('null', 'false', '[]', '{{}}', '\"\"', '0')\nWHEN 'object' THEN o.value -> a.name @> \
         a.value\nWHEN 'array' THEN o.value -> a.name @> a.value AND jsonb_array_length(o.value -> \
         a.name) = jsonb_array_length(a.value)\nELSE o.value -> a.name = a.value END, false)) END",
        query = query(kind, server),
    )
}

fn query(kind: Kind, server: u32) -> String {
    if kind == Kind::Column {
        return format!(
            "SELECT k.key, (k.value::jsonb || jsonb_build_object('schema', n.nspname, 'table', \
             c.relname))::text FROM ({}) AS k(key, value) JOIN pg_catalog.pg_class c ON c.oid = \
             split_part(k.key, '.', 1)::oid JOIN pg_catalog.pg_namespace n ON n.oid = \
             c.relnamespace",
            Table::columns_query(server)
        );
    }
    kind.catalog_query(server)
}

/// The queries to run after the plan: each gives no row when all is well. Each is a transaction of
/// its own with the settings of an export, so that it can be run in any session.
pub(super) fn post_checks(goals: &Goals<'_>, server: u32) -> Vec<PostCheck> {
    let checks = goals.all().into_iter().map(|(kind, list)| {
        let wanted = format!("{}::jsonb", literal(&list));
        PostCheck {
            title: format!("{}: not as the plan leaves it", kind.as_str().replace('_', " ")),
            sql: format!(
                "BEGIN READ ONLY;\n{};\n{};\nCOMMIT",
                session_sql().join(";\n"),
                unmet(kind, server, &wanted)
            ),
        }
    });
    checks.collect()
}

/// A JSON array as an SQL literal.
fn literal(list: &[Value]) -> String {
    quote_literal(&Value::Array(list.to_vec()).to_string())
}

/// The name of the function that holds the query of a kind in a script that can run twice.
fn function(kind: Kind) -> String {
    format!("pg_temp.pgparity_unmet_{}", kind.as_str())
}

/// What lets a script run twice: functions for the session, and for each transaction the condition
/// under which it is still to be run. A transaction without a condition changes nothing when it
/// runs again.
pub(super) fn rerun(goals: &Goals<'_>, steps: &[Step], server: u32) -> Rerun {
    let mut objects: BTreeMap<usize, Vec<&Id>> = BTreeMap::new();
    // Objects with a step before a transaction: what a statement without one did counts too.
    let mut before: BTreeMap<usize, BTreeSet<&Id>> = BTreeMap::new();
    let mut begun: BTreeSet<&Id> = BTreeSet::new();
    let included = steps.iter().filter(|step| step.state == super::StepState::Included);
    for together in included
        .collect::<Vec<_>>()
        .chunk_by(|a, b| a.transaction.is_some() && a.transaction == b.transaction)
    {
        if let Some(transaction) = together.first().and_then(|step| step.transaction) {
            before.insert(transaction, begun.clone());
        }
        begun.extend(together.iter().map(|step| &step.object));
    }
    let nothing = BTreeSet::new();
    for step in steps {
        if let Some(transaction) = step.transaction {
            let ids = objects.entry(transaction).or_default();
            ids.push(&step.object);
            ids.extend(&step.serves);
        }
    }
    let mut kinds = BTreeSet::new();
    let mut conditions = BTreeMap::new();
    for (transaction, ids) in objects {
        let wanted = goals.of_begun(ids, before.get(&transaction).unwrap_or(&nothing));
        kinds.extend(wanted.keys().copied());
        let unmet: Vec<String> = wanted
            .iter()
            .map(|(kind, list)| {
                format!("EXISTS (SELECT FROM {}({}))", function(*kind), literal(list))
            })
            .collect();
        if !unmet.is_empty() {
            conditions.insert(transaction, unmet.join("\n    OR "));
        }
    }
    let functions = kinds.into_iter().map(|kind| {
        format!(
            "CREATE OR REPLACE FUNCTION {}(jsonb) RETURNS SETOF text LANGUAGE sql STABLE\n{} AS \
             $pgparity$\n{}\n$pgparity$",
            function(kind),
            session_sql().join(" ").replace("SET LOCAL", "SET"),
            unmet(kind, server, "$1")
        )
    });
    Rerun { functions: functions.collect(), conditions }
}
