//! Confirmed renames: the state of `from` as it is once they are carried out.
//!
//! PostgreSQL lets everything that uses a renamed object follow it. The snapshot does the same: the
//! new name takes the place of the old one in identities, in the fields that name it, and in
//! definitions, word by word. Where a definition is still spelled differently afterwards, the plan
//! replaces it in place, which is harmless.

use std::borrow::Cow;

use serde_json::Value;
use thiserror::Error;

use super::{RenameAnswer, RenameDecision};
use crate::model::Id;
use crate::snapshot::Snapshot;
use crate::sql::{replace_names, split_name};

/// Why a decision cannot be followed.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenameError {
    /// The object to rename is not there, or is there under both names.
    #[error("{0} is not an object that only From has")]
    NotInFrom(Id),
    /// The name it is to get is not there.
    #[error("{0} is not an object that only To has")]
    NotInTo(Id),
    /// The two are of different kinds, or are columns of different tables.
    #[error("{0} cannot become {1} by a rename")]
    NotAlike(Id, Id),
    /// One of them is in another decision already.
    #[error("{0} is in more than one rename")]
    Twice(Id),
}

/// Checks one decision against the two snapshots.
fn check(from: &Snapshot, to: &Snapshot, decision: &RenameDecision) -> Result<(), RenameError> {
    let (old, new) = (&decision.from, &decision.to);
    let exists = |snapshot: &Snapshot, id: &Id| {
        snapshot.find(id).is_some() || snapshot.table_of_column(id).is_some()
    };
    if !exists(from, old) || exists(to, old) {
        return Err(RenameError::NotInFrom(old.clone()));
    }
    if !exists(to, new) || exists(from, new) {
        return Err(RenameError::NotInTo(new.clone()));
    }
    if old.kind() != new.kind() || !RENAMEABLE.contains(&old.kind()) {
        return Err(RenameError::NotAlike(old.clone(), new.clone()));
    }
    let (a, b) = (split_name(old.name()), split_name(new.name()));
    // The place stays: another schema or another table is a move, not a rename.
    let same_place =
        a.len() == b.len() && a.iter().zip(&b).take(a.len().saturating_sub(1)).all(|(x, y)| x == y);
    if same_place { Ok(()) } else { Err(RenameError::NotAlike(old.clone(), new.clone())) }
}

/// Kinds that a rename is offered and carried out for.
pub(super) const RENAMEABLE: &[&str] = &[
    "table",
    "column",
    "view",
    "materialized_view",
    "index",
    "constraint",
    "sequence",
    "enum",
    "composite",
    "domain",
    "range",
    "trigger",
    "policy",
];

/// The decisions that say "rename" and can be followed, renames of tables first.
pub fn confirmed(
    from: &Snapshot,
    to: &Snapshot,
    decisions: &[RenameDecision],
) -> Vec<RenameDecision> {
    let mut good: Vec<RenameDecision> = Vec::new();
    for decision in decisions.iter().filter(|d| d.answer == RenameAnswer::Rename) {
        let twice = good.iter().any(|d| d.from == decision.from || d.to == decision.to);
        if !twice && check(from, to, decision).is_ok() {
            good.push(decision.clone());
        }
    }
    good.sort_by_key(|decision| (decision.from.kind() == "column", decision.from.clone()));
    good
}

impl RenameDecision {
    /// Why the decision cannot be followed, if so.
    pub fn verify(&self, from: &Snapshot, to: &Snapshot) -> Result<(), RenameError> {
        if self.answer == RenameAnswer::Rename { check(from, to, self) } else { Ok(()) }
    }
}

/// `from` as it is once the renames are carried out.
pub fn after_renames<'a>(from: &'a Snapshot, renames: &[RenameDecision]) -> Cow<'a, Snapshot> {
    if renames.is_empty() {
        return Cow::Borrowed(from);
    }
    let Ok(mut objects) = serde_json::to_value(&from.objects) else { return Cow::Borrowed(from) };
    for rename in renames {
        Rewrite::new(rename, from.source.server_version_num).section(&mut objects);
    }
    // As text, which is how documents are read: a reader of trees would be as large a second time.
    let objects = serde_json::to_string(&objects).and_then(|text| serde_json::from_str(&text));
    let Ok(objects) = objects else { return Cow::Borrowed(from) };
    let mut renamed = Snapshot { objects, ..from.clone() };
    renamed.objects.sort();
    for rename in renames {
        if let Some(size) = renamed.statistics.remove(&rename.from) {
            renamed.statistics.insert(rename.to.clone(), size);
        }
    }
    Cow::Owned(renamed)
}

/// One rename, applied to the document form of the objects.
struct Rewrite {
    kind: String,
    /// Schema, table of a column, old name: unquoted.
    old: Vec<String>,
    new: Vec<String>,
    old_prefix: String,
    new_prefix: String,
    /// From 18 on a NOT NULL has a name.
    not_null_has_name: bool,
}

impl Rewrite {
    fn new(rename: &RenameDecision, server: u32) -> Rewrite {
        Rewrite {
            kind: rename.from.kind().to_owned(),
            old: split_name(rename.from.name()),
            new: split_name(rename.to.name()),
            old_prefix: rename.from.name().to_owned(),
            new_prefix: rename.to.name().to_owned(),
            not_null_has_name: server >= 180_000,
        }
    }

    fn is_relation(&self) -> bool {
        matches!(self.kind.as_str(), "table" | "view" | "materialized_view")
    }

    fn section(&self, objects: &mut Value) {
        let Value::Object(sections) = objects else { return };
        for (kind, list) in sections.iter_mut() {
            for object in list.as_array_mut().into_iter().flatten() {
                self.object(kind, object);
            }
        }
    }

    fn object(&self, kind: &str, object: &mut Value) {
        let text = |object: &Value, name: &str| {
            object.get(name).and_then(Value::as_str).map(str::to_owned)
        };
        let schema = text(object, "schema");
        let in_schema = schema.as_deref() == self.old.first().map(String::as_str);
        // Extended statistics may be in another schema than their table.
        let table_schema = text(object, "table_schema").or(schema);
        let table_in_schema = table_schema.as_deref() == self.old.first().map(String::as_str);
        let last = |parts: &[String]| parts.last().cloned().unwrap_or_default();
        let belongs = if kind == "table" { text(object, "name") } else { text(object, "table") };
        let same_table =
            table_in_schema && belongs.as_deref() == self.old.get(1).map(String::as_str);
        if self.is_relation()
            && table_in_schema
            && text(object, "table").as_ref() == self.old.last()
        {
            object["table"] = Value::String(last(&self.new));
        }
        let is_it = kind == self.kind
            && in_schema
            && text(object, "name").as_ref() == self.old.last()
            && (self.old.len() < 3 || same_table);
        if is_it {
            self.keep_generated_names(object);
            object["name"] = Value::String(last(&self.new));
        }
        if self.kind == "column" && same_table {
            self.column_names(object);
            if matches!(kind, "statistics_object" | "publication_table") {
                object.get_mut("columns").into_iter().for_each(sort_texts);
            }
        }
        self.walk(object, same_table);
    }

    /// Identity sequences and NOT NULL constraints keep the names that they got from the old name
    /// of their table.
    fn keep_generated_names(&self, table: &mut Value) {
        let Some(columns) = table.get_mut("columns").and_then(Value::as_array_mut) else { return };
        let (Some(schema), Some(old), Some(new)) =
            (self.old.first(), self.old.last(), self.new.last())
        else {
            return;
        };
        for column in columns {
            let name = column.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
            if let Some(identity) = column.get_mut("identity").and_then(Value::as_object_mut) {
                let sequence =
                    |table: &str| crate::sql::qualified(schema, &format!("{table}_{name}_seq"));
                keep_name(identity, "sequence", sequence(old), &sequence(new));
            }
            let not_null = column.get("not_null").and_then(Value::as_bool) == Some(true);
            if let (true, true, Some(fields)) =
                (self.not_null_has_name, not_null, column.as_object_mut())
            {
                let constraint = |table: &str| format!("{table}_{name}_not_null");
                let slot = fields
                    .entry("not_null_constraint")
                    .or_insert_with(|| Value::Object(serde_json::Map::new()));
                if let Some(slot) = slot.as_object_mut() {
                    keep_name(slot, "name", constraint(old), &constraint(new));
                }
                if fields.get("not_null_constraint") == Some(&Value::Object(serde_json::Map::new()))
                {
                    fields.remove("not_null_constraint");
                }
            }
        }
    }

    /// The fields that hold plain column names.
    fn column_names(&self, object: &mut Value) {
        let (Some(old), Some(new)) = (self.old.last(), self.new.last()) else { return };
        if let Some(columns) = object.get_mut("columns").and_then(Value::as_array_mut) {
            for column in columns {
                match column {
                    Value::String(name) if name == old => name.clone_from(new),
                    Value::Object(fields)
                        if fields.get("name").and_then(Value::as_str) == Some(old) =>
                    {
                        fields.insert("name".to_owned(), Value::String(new.clone()));
                    }
                    _ => {}
                }
            }
        }
    }

    /// Identities and definitions, wherever they stand.
    fn walk(&self, value: &mut Value, same_table: bool) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields.iter_mut() {
                    match name.as_str() {
                        "depends_on" | "expression_depends_on" => {
                            field.as_array_mut().into_iter().flatten().for_each(|id| self.id(id));
                            sort_texts(field);
                        }
                        "attached_to" | "owned_by" | "references" => self.id(field),
                        "definition" | "default" | "generated" | "sql_body" | "using" | "check"
                        | "type" | "base_type" | "partition_by" | "inherits" | "arguments"
                        | "returns" | "of_type" | "filter" | "expressions" => {
                            self.texts(field, same_table);
                        }
                        "partition_of" => {
                            if let Some(table) = field.get_mut("table") {
                                self.texts(table, same_table);
                            }
                        }
                        _ => self.walk(field, same_table),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.walk(item, same_table)),
            _ => {}
        }
    }

    fn id(&self, value: &mut Value) {
        let Value::String(text) = value else { return };
        let Some((kind, name)) = text.split_once(':') else { return };
        let exact = kind == self.kind && name == self.old_prefix;
        // What belongs to a relation carries its name.
        let part = self.is_relation()
            && name.strip_prefix(&self.old_prefix).is_some_and(|rest| rest.starts_with('.'));
        if exact || part {
            let rest = &name[self.old_prefix.len()..];
            *text = format!("{kind}:{}{rest}", self.new_prefix);
        }
    }

    fn texts(&self, value: &mut Value, same_table: bool) {
        match value {
            Value::String(text) => {
                let bare = self.kind == "column" && same_table;
                *text = replace_names(text, &self.old, &self.new, bare);
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.texts(item, same_table)),
            _ => {}
        }
    }
}

/// A name that was left out because it was the default is no longer; the other way round, too.
fn keep_name(
    fields: &mut serde_json::Map<String, Value>,
    member: &str,
    kept: String,
    default: &str,
) {
    match fields.get(member).and_then(Value::as_str) {
        None => {
            fields.insert(member.to_owned(), Value::String(kept));
        }
        Some(name) if name == default => {
            fields.remove(member);
        }
        Some(_) => {}
    }
}

fn sort_texts(value: &mut Value) {
    if let Value::Array(items) = value {
        items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    }
}
