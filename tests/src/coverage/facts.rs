//! What differs between two snapshots, attribute by attribute, and how a plan changes it.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::diff::{Change, ChangeKind, DiffOptions, Drift, diff};
use pgparity_core::model::Id;
use pgparity_core::objects::Kind;
use pgparity_core::plan::{Plan, PlanOptions, plan};
use pgparity_core::snapshot::{Snapshot, read, write};
use serde_json::{Map, Value};

/// For kind and attribute the ways in which plans change it. Besides the attributes there are
/// `create` and `drop`.
pub type Facts = BTreeMap<(Kind, String), BTreeSet<String>>;

/// The way of what is dropped and created again.
pub(super) const REPLACED: &str = "replaced";

/// All that one case shows on the way from one snapshot to another.
///
/// How an attribute is changed is read from a plan of its own, to a state in which it alone is
/// other than in `from`; only where no such state is possible, from the plan of the whole.
pub fn facts(from: &Snapshot, to: &Snapshot) -> Facts {
    let drift = diff(from, to, &DiffOptions::default());
    let whole = planned(from, to, &drift);
    let (before, after) = (document(from), document(to));
    let mut found = Facts::new();
    let mut add = |kind: Kind, name: &str, ways: BTreeSet<String>| {
        found.entry((kind, name.to_owned())).or_default().extend(ways);
    };
    for change in &drift.changes {
        match change.change {
            ChangeKind::Create => add(change.kind, "create", brought(&whole, change)),
            ChangeKind::Drop => add(change.kind, "drop", removed(&whole, change)),
            ChangeKind::Alter | ChangeKind::Rename => {
                for attribute in &change.attributes {
                    for name in leaves(&attribute.name, &attribute.from, &attribute.to) {
                        let alone = alone(from, to, (&before, &after), change, &name);
                        let own = alone.map(|(state, drift)| planned(from, &state, &drift));
                        let own = own.map(|plan| ways(&plan, change)).unwrap_or_default();
                        let ways = if own.is_empty() { ways(&whole, change) } else { own };
                        assert!(
                            !ways.is_empty() || !whole.notes.is_empty(),
                            "{} {name}: no step changes it and no note says why",
                            change.id
                        );
                        add(change.kind, &name, ways);
                    }
                }
            }
        }
    }
    found
}

/// A state that differs from another in one attribute of one object.
pub struct Single {
    /// The object and the attribute.
    pub what: String,
    /// The state.
    pub state: Snapshot,
}

/// For every attribute that differs between two snapshots the state in which it alone is other than
/// in `from`, where there can be one.
pub fn singles(from: &Snapshot, to: &Snapshot) -> Vec<Single> {
    let (before, after) = (document(from), document(to));
    let drift = diff(from, to, &DiffOptions::default());
    let mut found = Vec::new();
    for change in &drift.changes {
        for attribute in &change.attributes {
            for name in leaves(&attribute.name, &attribute.from, &attribute.to) {
                let alone = alone(from, to, (&before, &after), change, &name);
                let what = format!("{} {name}", change.id);
                found.extend(alone.map(|(state, _)| Single { what, state }));
            }
        }
    }
    found
}

fn planned(from: &Snapshot, to: &Snapshot, drift: &Drift) -> Plan {
    plan(from, to, drift, &PlanOptions::default())
}

fn document(snapshot: &Snapshot) -> Value {
    serde_json::from_str(&write(snapshot)).unwrap()
}

/// A state that differs from `from` in one attribute only, and how.
fn alone(
    from: &Snapshot,
    to: &Snapshot,
    (before, after): (&Value, &Value),
    change: &Change,
    name: &str,
) -> Option<(Snapshot, Drift)> {
    let old = place(from, change, change.from_id.as_ref().unwrap_or(&change.id))?;
    let new = place(to, change, &change.id)?;
    let mut hybrid = before.clone();
    set(hybrid.pointer_mut(&old)?, after.pointer(&new)?, name);
    hybrid["fingerprint"] = "".into();
    let hybrid = read(hybrid.to_string().as_bytes()).expect("the form is kept");
    let drift = diff(from, &hybrid, &DiffOptions::default());
    let there = drift.changes.iter().any(|found| found.id == change.id);
    there.then_some((hybrid, drift))
}

/// Where an object stands in the document, as a JSON pointer.
fn place(snapshot: &Snapshot, change: &Change, id: &Id) -> Option<String> {
    if change.kind != Kind::Column {
        let at = snapshot.objects.of_kind(change.kind).iter().position(|o| o.id() == *id)?;
        return Some(format!("/objects/{}/{at}", change.kind.as_str()));
    }
    let tables = snapshot.objects.table.iter().enumerate();
    tables
        .flat_map(|(at, table)| table.columns.iter().enumerate().map(move |c| (at, table, c)))
        .find(|(_, table, (_, column))| column.id(&table.schema, &table.name) == *id)
        .map(|(at, _, (column, _))| format!("/objects/table/{at}/columns/{column}"))
}

/// The attribute, or the parts of it that differ.
fn leaves(name: &str, from: &Value, to: &Value) -> BTreeSet<String> {
    let keys = |a: &Map<String, Value>, b: &Map<String, Value>| -> BTreeSet<String> {
        let differing = a.keys().chain(b.keys()).filter(|key| a.get(*key) != b.get(*key));
        differing.map(|key| format!("{name}.{key}")).collect()
    };
    match (from, to) {
        (Value::Object(a), Value::Object(b)) => keys(a, b),
        (Value::Array(a), Value::Array(b)) => {
            let (old, new) = (by_name(a), by_name(b));
            let mut found = BTreeSet::new();
            for (key, element) in &old {
                match new.get(key) {
                    Some(other) => found.extend(keys(element, other)),
                    None => drop(found.insert(name.to_owned())),
                }
            }
            if found.is_empty() || new.keys().any(|key| !old.contains_key(key)) {
                found.insert(name.to_owned());
            }
            found
        }
        _ => BTreeSet::from([name.to_owned()]),
    }
}

fn by_name(list: &[Value]) -> BTreeMap<&str, &Map<String, Value>> {
    let named = list.iter().filter_map(|element| {
        let element = element.as_object()?;
        Some((element.get("name")?.as_str()?, element))
    });
    named.collect()
}

/// Sets one attribute, or one part of it, as another object has it.
fn set(object: &mut Value, like: &Value, name: &str) {
    let (name, part) = name.split_once('.').map_or((name, None), |(name, part)| (name, Some(part)));
    let wanted = like.get(name).cloned().unwrap_or(Value::Null);
    let Some(object) = object.as_object_mut() else { return };
    match (part, object.get_mut(name)) {
        (Some(part), Some(Value::Object(there))) => put(there, part, wanted.get(part)),
        (Some(part), Some(Value::Array(there))) => {
            let like = wanted.as_array().cloned().unwrap_or_default();
            let like = by_name(&like);
            for element in there.iter_mut().filter_map(Value::as_object_mut) {
                let name = element.get("name").and_then(Value::as_str).unwrap_or_default();
                if let Some(like) = like.get(name) {
                    put(element, part, like.get(part));
                }
            }
        }
        _ => put(object, name, Some(&wanted)),
    }
}

fn put(object: &mut Map<String, Value>, name: &str, value: Option<&Value>) {
    match value {
        None | Some(Value::Null) => drop(object.remove(name)),
        Some(value) => drop(object.insert(name.to_owned(), value.clone())),
    }
}

/// The first step that is about an object.
fn brought(plan: &Plan, change: &Change) -> BTreeSet<String> {
    let step = plan.steps.iter().find(|step| step.object == change.id && !drops(&step.verb));
    BTreeSet::from([step.map_or("with what it belongs to".to_owned(), |step| step.verb.clone())])
}

/// The step that drops an object.
fn removed(plan: &Plan, change: &Change) -> BTreeSet<String> {
    let own = || plan.steps.iter().filter(|step| step.object == change.id);
    // Grants of roles and the like are not dropped, they are taken back.
    let step = own().find(|step| drops(&step.verb)).or_else(|| own().next_back());
    BTreeSet::from([step.map_or("with what it belongs to".to_owned(), |step| step.verb.clone())])
}

/// The commands by which a plan brings a changed object to its other state.
fn ways(plan: &Plan, change: &Change) -> BTreeSet<String> {
    let old = change.from_id.as_ref().unwrap_or(&change.id);
    let own = |id: &Id| id == old || *id == change.id;
    let replaced = |id: &Id| plan.steps.iter().any(|s| s.object == *id && removes(&s.verb, id));
    if replaced(old) {
        return BTreeSet::from([REPLACED.to_owned()]);
    }
    if change.parent.as_ref().is_some_and(replaced) {
        return BTreeSet::from(["replaced with what it belongs to".to_owned()]);
    }
    let steps = |is: &dyn Fn(&Id) -> bool| -> BTreeSet<String> {
        plan.steps.iter().filter(|s| is(&s.object)).map(|s| s.verb.clone()).collect()
    };
    let ways = steps(&own);
    if ways.is_empty() { steps(&|_| true) } else { ways }
}

/// True for the command that removes an object as a whole.
fn removes(verb: &str, id: &Id) -> bool {
    let part = match id.kind() {
        "column" => "DROP COLUMN",
        "constraint" => "DROP CONSTRAINT",
        "publication_table" | "publication_schema" => "DROP",
        _ => return verb.starts_with("DROP ") && !verb.ends_with("(helper)"),
    };
    verb.strip_suffix(part).is_some_and(|rest| rest.ends_with(" … "))
}

fn drops(verb: &str) -> bool {
    verb.split(" … ").last().is_some_and(|verb| verb.starts_with("DROP"))
}
