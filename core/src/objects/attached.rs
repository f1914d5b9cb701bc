//! What hangs on an object of any kind: owner, comment, grants, labels, dependencies.

use serde_json::{Map, Value};

use super::Key;
use super::form::{self, Record};
use crate::action::{Action, Effect, Hazard, LockMode};
use crate::model::{Grant, Id, SecurityLabel};

/// Read access to what hangs on an object.
#[derive(Clone, Copy, Debug)]
pub struct Attached<'a> {
    /// The owner, for kinds that have one.
    pub owner: Option<&'a str>,
    /// The comment.
    pub comment: Option<&'a str>,
    /// The grants; `None` is the default of `acldefault()`.
    pub grants: Option<&'a [Grant]>,
    /// Security labels.
    pub security_labels: &'a [SecurityLabel],
    /// What it depends on.
    pub depends_on: &'a [Id],
    /// The extensions that take it along when they are dropped.
    pub depends_on_extensions: &'a [Id],
}

/// An object that has what every object has.
pub trait Described {
    /// What hangs on it.
    fn attached(&self) -> Attached<'_>;
    /// Sets the comment.
    fn set_comment(&mut self, comment: String);
    /// Adds a security label.
    fn add_label(&mut self, label: SecurityLabel);
    /// Adds an extension that takes it along when it is dropped.
    fn add_extension(&mut self, extension: Id);
    /// Sets what it depends on; the list is sorted and without repetition.
    fn set_depends_on(&mut self, ids: Vec<Id>);
    /// Sets the grants.
    fn set_grants(&mut self, grants: Option<Vec<Grant>>);
}

/// Declares an object's struct: its own fields and those that every object has. Fields at their
/// default value are left out of the document.
macro_rules! object {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[doc = $doc:literal])* $(#[serde(rename = $rename:literal)])? pub $field:ident: $type:ty),* $(,)?
    }) => {
        $crate::objects::form::record! {
            $(#[$meta])*
            pub struct $name {
                $(
                    $(#[doc = $doc])*
                    #[serde(skip_serializing_if = "crate::objects::is_default", $(rename = $rename)?)]
                    pub $field: $type,
                )*
                /// The owner, for kinds that have one.
                #[serde(skip_serializing_if = "crate::objects::is_default")]
                pub owner: Option<$crate::model::Text>,
                /// The comment.
                #[serde(skip_serializing_if = "crate::objects::is_default")]
                pub comment: Option<$crate::model::Text>,
                /// The grants; absent for the default.
                #[serde(skip_serializing_if = "crate::objects::is_default")]
                pub grants: Option<Vec<$crate::model::Grant>>,
                /// Security labels.
                #[serde(skip_serializing_if = "crate::objects::is_default")]
                pub security_labels: Vec<$crate::model::SecurityLabel>,
                /// Identities of what it depends on, from `pg_depend`.
                #[serde(skip_serializing_if = "crate::objects::is_default")]
                pub depends_on: Vec<$crate::model::Id>,
                /// Identities of the extensions that take it along when they are dropped (`DEPENDS ON EXTENSION`), sorted;
                /// for routines, triggers, materialized views and indexes.
                #[serde(skip_serializing_if = "crate::objects::is_default")]
                pub depends_on_extensions: Vec<$crate::model::Id>,
            }
        }

        impl $crate::objects::Described for $name {
            fn attached(&self) -> $crate::objects::Attached<'_> {
                $crate::objects::Attached {
                    owner: self.owner.as_deref(),
                    comment: self.comment.as_deref(),
                    grants: self.grants.as_deref(),
                    security_labels: &self.security_labels,
                    depends_on: &self.depends_on,
                    depends_on_extensions: &self.depends_on_extensions,
                }
            }

            fn set_comment(&mut self, comment: String) {
                self.comment = Some(comment.into());
            }

            fn add_label(&mut self, label: $crate::model::SecurityLabel) {
                self.security_labels.push(label);
                self.security_labels.sort();
            }

            fn add_extension(&mut self, extension: $crate::model::Id) {
                self.depends_on_extensions.push(extension);
                self.depends_on_extensions.sort();
            }

            fn set_depends_on(&mut self, ids: Vec<$crate::model::Id>) {
                self.depends_on = ids;
            }

            fn set_grants(&mut self, grants: Option<Vec<$crate::model::Grant>>) {
                self.grants = grants;
            }
        }
    };
}
pub(crate) use object;

/// The attributes that every kind has and the planner handles itself.
pub(crate) const GENERIC: &[&str] =
    &["owner", "comment", "grants", "security_labels", "depends_on", "depends_on_extensions"];

/// The methods of an [`super::Object`] whose identity is kind, schema and name.
macro_rules! in_schema {
    ($kind:literal) => {
        fn key(&self) -> $crate::objects::Key<'_> {
            $crate::objects::Key(&self.schema, &self.name, "")
        }

        fn key_of(parts: &[String]) -> Option<$crate::objects::Key<'_>> {
            match parts {
                [schema, name] => Some($crate::objects::Key(schema, name, "")),
                _ => None,
            }
        }

        fn id(&self) -> $crate::model::Id {
            $crate::model::Id::new($kind, &[&self.schema, &self.name])
        }

        fn schema(&self) -> Option<&str> {
            Some(&self.schema)
        }

        fn name(&self) -> String {
            self.name.to_string()
        }

        fn sql_name(&self) -> String {
            $crate::sql::qualified(&self.schema, &self.name)
        }
    };
}
pub(crate) use in_schema;

/// The methods of an [`super::Object`] that is in no schema: its identity is kind and name.
macro_rules! in_database {
    ($kind:literal) => {
        fn key(&self) -> $crate::objects::Key<'_> {
            $crate::objects::Key(&self.name, "", "")
        }

        fn key_of(parts: &[String]) -> Option<$crate::objects::Key<'_>> {
            match parts {
                [name] => Some($crate::objects::Key(name, "", "")),
                _ => None,
            }
        }

        fn id(&self) -> $crate::model::Id {
            $crate::model::Id::new($kind, &[&self.name])
        }

        fn schema(&self) -> Option<&str> {
            None
        }

        fn name(&self) -> String {
            self.name.to_string()
        }

        fn sql_name(&self) -> String {
            $crate::sql::quote_ident(&self.name).into_owned()
        }
    };
}
pub(crate) use in_database;

/// The same as [`in_schema`] for an object of a table or view, and named with it: `name ON schema.table`.
macro_rules! on_table {
    ($kind:literal) => {
        const ON_RELATION: bool = true;

        fn key(&self) -> $crate::objects::Key<'_> {
            $crate::objects::Key(&self.schema, &self.table, &self.name)
        }

        fn key_of(parts: &[String]) -> Option<$crate::objects::Key<'_>> {
            $crate::objects::attached::key_on_table(parts)
        }

        fn id(&self) -> $crate::model::Id {
            $crate::model::Id::new($kind, &[&self.schema, &self.table, &self.name])
        }

        fn schema(&self) -> Option<&str> {
            Some(&self.schema)
        }

        fn name(&self) -> String {
            self.name.to_string()
        }

        fn sql_name(&self) -> String {
            format!(
                "{} ON {}",
                $crate::sql::quote_ident(&self.name),
                $crate::sql::qualified(&self.schema, &self.table)
            )
        }
    };
}
pub(crate) use on_table;

/// See [`super::Object::key_of`], for what is named with its table.
pub(crate) fn key_on_table(parts: &[String]) -> Option<Key<'_>> {
    match parts {
        [schema, table, name] => Some(Key(schema, table, name)),
        _ => None,
    }
}

/// True for a value that the document leaves out.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The members of a struct as names and values, those at their default left out.
pub(crate) fn fields(record: &dyn Record) -> Map<String, Value> {
    match form::write(record, serde_json::value::Serializer) {
        Ok(Value::Object(map)) => map,
        // Every object is a struct of strings, numbers and lists: it always becomes a map.
        _ => Map::new(),
    }
}

/// The action `DROP <command> <name>` for an object of its own.
pub fn drop_action(id: Id, command: &'static str, keyword: &str, name: &str) -> Action {
    Action::drop(id, command, format!("DROP {keyword} {name}"))
}

/// Makes an action that changes or removes an object let go of all that the object depends on.
#[must_use]
pub fn release_all(action: Action, attached: Attached<'_>) -> Action {
    action.releases(attached.depends_on.iter().cloned())
}

impl Action {
    /// Marks the deletion of rows or values of a relation.
    #[must_use]
    pub(crate) fn loses_data(self, relation: &Id, message: impl Into<String>) -> Action {
        let message = message.into();
        let told = self.hazards.iter().filter(|(hazard, _)| *hazard == Hazard::DataLoss);
        let mut all: Vec<&str> = told.map(|(_, message)| message.as_str()).collect();
        all.push(&message);
        let why = format!("{}; only a backup brings them back", all.join("; "));
        self.irreversible(why)
            .hazard(Hazard::DataLoss, message)
            .lock(LockMode::AccessExclusive, relation.clone())
            .effect(Effect::Catalog)
    }
}
