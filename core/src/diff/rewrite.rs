//! One rename, carried out in the document form of the objects.
//!
//! The new name takes the place of the old one in identities, in the fields that name the object,
//! and in definitions, word by word, as PostgreSQL lets everything that uses a renamed object follow
//! it. Bodies of functions, settings and comments are texts to PostgreSQL too, and stay.

use serde_json::{Map, Value};

use super::RenameDecision;
use crate::model::Id;
use crate::sql::{opening_bracket, qualified, quote_ident, replace_names, replace_qualifier};

/// Fields that hold plain names, or texts that PostgreSQL does not look into.
const PLAIN: &[&str] = &[
    "name",
    "schema",
    "table",
    "table_schema",
    "comment",
    "body",
    "owner",
    "grants",
    "label",
    "security_labels",
    "values",
    "config",
    "library",
    "provider",
    "settings",
    "language",
];

/// Fields of text that name columns without their table.
const OF_TABLE: &[&str] = &[
    "definition",
    "default",
    "generated",
    "using",
    "check",
    "partition_by",
    "filter",
    "expressions",
];

/// One rename.
#[derive(Debug)]
pub(super) struct Rewrite {
    kind: String,
    /// Schema, table of a part, old name: unquoted, without arguments.
    old: Vec<String>,
    new: Vec<String>,
    /// What tells it from others of its name: arguments, an access method.
    detail: String,
    old_id: Id,
    new_id: Id,
    /// From 18 on a NOT NULL has a name.
    not_null_has_name: bool,
}

impl Rewrite {
    pub(super) fn new(from: &Id, to: &Id, server: u32) -> Rewrite {
        let ((old, detail), (new, _)) = (from.split(), to.split());
        Rewrite {
            kind: from.kind().to_owned(),
            old,
            new,
            detail: detail.to_owned(),
            old_id: from.clone(),
            new_id: to.clone(),
            not_null_has_name: server >= 180_000,
        }
    }

    /// The rename of a part, as it is on a table below: PostgreSQL renames columns and checks of all
    /// partitions and children along.
    pub(super) fn below(&self, schema: &str, table: &str) -> Rewrite {
        let on = |parts: &[String]| {
            vec![schema.to_owned(), table.to_owned(), parts.last().cloned().unwrap_or_default()]
        };
        let (old, new) = (on(&self.old), on(&self.new));
        let id = |parts: &[String]| {
            Id::new(&self.kind, &parts.iter().map(String::as_str).collect::<Vec<_>>())
        };
        Rewrite {
            kind: self.kind.clone(),
            old_id: id(&old),
            new_id: id(&new),
            old,
            new,
            detail: String::new(),
            not_null_has_name: self.not_null_has_name,
        }
    }

    /// The way back.
    pub(super) fn reversed(self) -> Rewrite {
        Rewrite { old: self.new, new: self.old, old_id: self.new_id, new_id: self.old_id, ..self }
    }

    /// An identity as it is afterwards.
    pub(super) fn renamed(&self, id: &Id) -> Id {
        self.text_of_id(id.as_str()).map_or_else(|| id.clone(), |text| Id::from(text.as_str()))
    }

    fn is_relation(&self) -> bool {
        matches!(self.kind.as_str(), "table" | "view" | "materialized_view")
    }

    fn is_schema(&self) -> bool {
        self.kind == "schema"
    }

    /// Carries the rename out in an object of a kind.
    pub(super) fn object(&self, kind: &str, object: &mut Value) {
        let (Some(old), Some(new)) = (self.old.last().cloned(), self.new.last().cloned()) else {
            return;
        };
        let text = |object: &Value, name: &str| {
            object.get(name).and_then(Value::as_str).map(str::to_owned)
        };
        let schema = text(object, "schema");
        let in_schema = schema.as_deref() == self.old.first().map(String::as_str);
        // Extended statistics may be in another schema than their table.
        let table_schema = text(object, "table_schema").or(schema);
        let table_in_schema = table_schema.as_deref() == self.old.first().map(String::as_str);
        let belongs = if kind == "table" { text(object, "name") } else { text(object, "table") };
        let same_table = self.old.len() == 3
            && table_in_schema
            && belongs.as_deref() == self.old.get(1).map(String::as_str);
        if self.is_relation() && table_in_schema && text(object, "table").as_ref() == Some(&old) {
            object["table"] = Value::String(new.clone());
        }
        if kind == self.kind && text(object, "name").as_ref() == Some(&old) {
            let is_it = match self.old.len() {
                1 => true,
                2 => in_schema && self.has_detail(object),
                _ => same_table,
            };
            if is_it {
                self.keep_generated_names(kind, object);
                object["name"] = Value::String(new.clone());
                // The definition of a trigger or rule begins with its name.
                if let Some(Value::String(text)) = object.get_mut("definition")
                    && matches!(kind, "trigger" | "rule")
                {
                    let spelled = |name: &str| format!(" {} ", quote_ident(name));
                    *text = text.replacen(&spelled(&old), &spelled(&new), 1);
                }
            }
        }
        self.plain_names(kind, object, &old, &new);
        if self.kind == "column" && same_table {
            self.column_names(object);
            if matches!(kind, "statistics_object" | "publication_table") {
                object.get_mut("columns").into_iter().for_each(sort_texts);
            }
        }
        if self.kind == "column" && kind == "constraint" {
            self.referenced_columns(object);
        }
        let options = matches!(kind, "aggregate" | "base_type");
        self.walk(object, same_table, options);
    }

    /// True for the object with the same arguments, or of the same access method.
    fn has_detail(&self, object: &Value) -> bool {
        let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
        match self.kind.as_str() {
            "function" | "procedure" | "aggregate" => {
                self.detail == format!("({})", text("argument_types"))
            }
            "operator_class" | "operator_family" => {
                self.detail == format!(" USING {}", quote_ident(text("access_method")))
            }
            _ => true,
        }
    }

    /// Fields that hold the plain name of an object that is in no schema.
    fn plain_names(&self, kind: &str, object: &mut Value, old: &str, new: &str) {
        let fields: &[&str] = match self.kind.as_str() {
            "schema" => &["schema", "table_schema"],
            "language" => &["language"],
            "foreign_data_wrapper" if kind == "server" => &["wrapper"],
            "server" => &["server"],
            "publication" if kind.starts_with("publication_") => &["publication"],
            "role" => &["owner", "role", "member", "grantor", "grantee", "roles"],
            _ => return,
        };
        let deep = matches!(self.kind.as_str(), "server" | "role");
        exchange(object, fields, deep, old, new);
    }

    /// What got its name from the old name, and keeps it.
    fn keep_generated_names(&self, kind: &str, object: &mut Value) {
        let (Some(schema), Some(old), Some(new)) =
            (self.old.first(), self.old.last(), self.new.last())
        else {
            return;
        };
        if let ("subscription", Some(fields)) = (kind, object.as_object_mut()) {
            if fields.get("no_slot") != Some(&Value::Bool(true)) {
                keep_name(fields, "slot", old.clone(), new);
            }
            return;
        }
        let partition = is_partition(object);
        let Some(columns) = object.get_mut("columns").and_then(Value::as_array_mut) else { return };
        if kind != "table" {
            return;
        }
        for column in columns.iter_mut().filter_map(Value::as_object_mut) {
            let name = column.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
            self.keep_names_of_column(column, partition, schema, (old, &name), (new, &name));
        }
    }

    /// Identity sequences and NOT NULL constraints keep the names that they got from the old names
    /// of table and column.
    fn keep_names_of_column(
        &self,
        column: &mut Map<String, Value>,
        partition: bool,
        schema: &str,
        old: (&str, &str),
        new: (&str, &str),
    ) {
        if let Some(identity) = column.get_mut("identity").and_then(Value::as_object_mut) {
            let sequence =
                |(table, name): (&str, &str)| qualified(schema, &format!("{table}_{name}_seq"));
            keep_name(identity, "sequence", sequence(old), &sequence(new));
        }
        let not_null = column.get("not_null").and_then(Value::as_bool) == Some(true);
        if !(self.not_null_has_name && not_null) {
            return;
        }
        let constraint = |(table, name): (&str, &str)| format!("{table}_{name}_not_null");
        // What it has from a parent has its name in another place.
        if column.contains_key("inherited_not_null") || partition {
            keep_name(column, "inherited_not_null", constraint(old), &constraint(new));
            return;
        }
        let slot = column.entry("not_null_constraint").or_insert_with(|| Value::Object(Map::new()));
        if let Some(slot) = slot.as_object_mut() {
            keep_name(slot, "name", constraint(old), &constraint(new));
        }
        if column.get("not_null_constraint") == Some(&Value::Object(Map::new())) {
            column.remove("not_null_constraint");
        }
    }

    /// The fields that hold plain column names.
    fn column_names(&self, object: &mut Value) {
        let (Some(schema), Some(table)) = (self.old.first(), self.old.get(1)) else { return };
        let (Some(old), Some(new)) = (self.old.last(), self.new.last()) else { return };
        let partition = is_partition(object);
        if let Some(columns) = object.get_mut("columns").and_then(Value::as_array_mut) {
            for column in columns {
                match column {
                    Value::String(name) if name == old => name.clone_from(new),
                    Value::Object(fields)
                        if fields.get("name").and_then(Value::as_str) == Some(old) =>
                    {
                        let (old, new) =
                            ((table.as_str(), old.as_str()), (table.as_str(), new.as_str()));
                        self.keep_names_of_column(fields, partition, schema, old, new);
                        let new = new.1;
                        fields.insert("name".to_owned(), Value::String(new.to_owned()));
                    }
                    _ => {}
                }
            }
        }
    }

    /// The columns that a foreign key of any table points to.
    fn referenced_columns(&self, constraint: &mut Value) {
        let (Some(schema), Some(table)) = (self.old.first(), self.old.get(1)) else { return };
        let points_here = constraint.get("references").and_then(Value::as_str)
            == Some(Id::new("table", &[schema, table]).as_str());
        let Some(Value::String(text)) = constraint.get_mut("definition").filter(|_| points_here)
        else {
            return;
        };
        if let Some((own, theirs)) = text.split_once(" REFERENCES ") {
            let theirs = replace_names(theirs, &self.old, &self.new, true);
            *text = format!("{own} REFERENCES {theirs}");
        }
    }

    /// Identities and definitions, wherever they stand.
    fn walk(&self, value: &mut Value, same_table: bool, options: bool) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields.iter_mut() {
                    match name.as_str() {
                        "depends_on" | "expression_depends_on" | "depends_on_extensions" => {
                            field.as_array_mut().into_iter().flatten().for_each(|id| self.id(id));
                            sort_texts(field);
                        }
                        "partition_of" => {
                            if let Some(Value::String(parent)) = field.get_mut("table") {
                                *parent = self.text(parent, false);
                            }
                        }
                        "attached_to" | "owned_by" | "references" => self.id(field),
                        "options" | "foreign_options" if !options => {}
                        name if PLAIN.contains(&name) => {}
                        name => {
                            let bare = same_table && OF_TABLE.contains(&name);
                            self.texts(field, bare, same_table, options);
                        }
                    }
                }
            }
            Value::Array(items) => {
                for item in items.iter_mut() {
                    self.walk(item, same_table, options);
                }
            }
            _ => {}
        }
    }

    fn texts(&self, value: &mut Value, bare: bool, same_table: bool, options: bool) {
        match value {
            Value::String(text) => *text = self.text(text, bare && self.kind == "column"),
            Value::Array(items) => {
                for item in items.iter_mut() {
                    self.texts(item, bare, same_table, options);
                }
            }
            Value::Object(_) => self.walk(value, same_table, options),
            _ => {}
        }
    }

    fn text(&self, text: &str, bare: bool) -> String {
        match self.old.as_slice() {
            [old] if self.is_schema() => {
                replace_qualifier(text, old, self.new.first().map_or("", String::as_str))
            }
            [_] => text.to_owned(),
            _ if self.old.len() == 3 && self.kind != "column" => text.to_owned(),
            old => replace_names(text, old, &self.new, bare),
        }
    }

    fn id(&self, value: &mut Value) {
        if let Value::String(text) = value
            && let Some(new) = self.text_of_id(text)
        {
            *text = new;
        }
    }

    fn text_of_id(&self, text: &str) -> Option<String> {
        let (kind, name) = text.split_once(':')?;
        if text == self.old_id.as_str() {
            return Some(self.new_id.to_string());
        }
        let (old, new) = (self.old_id.name(), self.new_id.name());
        // What belongs to a relation carries its name.
        if self.is_relation() && name.strip_prefix(old).is_some_and(|rest| rest.starts_with('.')) {
            return Some(format!("{kind}:{new}{}", &name[old.len()..]));
        }
        let own_names = matches!(
            kind,
            "user_mapping" | "role_membership" | "publication_table" | "publication_schema"
        );
        if self.is_schema() && !own_names {
            let (old, new) = (self.old.first()?, self.new.first()?);
            return Some(format!("{kind}:{}", replace_qualifier(name, old, new)));
        }
        // Types stand in the names of what takes arguments.
        let types = matches!(
            kind,
            "function" | "procedure" | "aggregate" | "operator" | "cast" | "transform"
        );
        (types && self.old.len() == 2).then(|| {
            let start = opening_bracket(name).unwrap_or(0);
            let (head, arguments) = name.split_at(start);
            format!("{kind}:{head}{}", replace_names(arguments, &self.old, &self.new, false))
        })
    }
}

impl RenameDecision {
    /// Renames that others build upon come first: schemas, then what is in them, then parts.
    pub(crate) fn rank(&self) -> u8 {
        match self.from.kind() {
            "schema" | "role" | "language" => 0,
            "function" | "procedure" | "aggregate" => 2,
            _ if self.from.split().0.len() > 2 => 3,
            _ => 1,
        }
    }
}

/// Exchanges a name in fields that hold it, or lists of it.
fn exchange(value: &mut Value, fields: &[&str], deep: bool, old: &str, new: &str) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match member {
                    Value::String(text) if fields.contains(&name.as_str()) && text == old => {
                        new.clone_into(text);
                    }
                    Value::Array(items) if fields.contains(&name.as_str()) => {
                        for item in items.iter_mut().filter(|item| item.as_str() == Some(old)) {
                            *item = Value::String(new.to_owned());
                        }
                        items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
                    }
                    _ if deep => exchange(member, fields, deep, old, new),
                    _ => {}
                }
            }
        }
        Value::Array(items) if deep => {
            for item in items.iter_mut() {
                exchange(item, fields, deep, old, new);
            }
        }
        _ => {}
    }
}

/// A name that was left out because it was the default is no longer; the other way round, too.
fn keep_name(fields: &mut Map<String, Value>, member: &str, kept: String, default: &str) {
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

fn is_partition(object: &Value) -> bool {
    object.get("partition_of").is_some_and(|of| !of.is_null())
}

fn sort_texts(value: &mut Value) {
    if let Value::Array(items) = value {
        items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    }
}
