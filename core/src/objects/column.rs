//! Columns: fields and definition. How they are altered is in `column_alter`.
//!
//! PostgreSQL manual, "CREATE TABLE" and "ALTER TABLE".

use super::foreign_option::clause;
use super::form::{Rare, record};
use super::not_null_names::default_name;
use super::sequence_options::Options;
use super::{ForeignOption, Table};
use crate::model::{Grant, Id, SecurityLabel, Text};
use crate::sql::quote_ident;

// Columns are most of a snapshot: what few of them have is in a box.
record! {
    /// A column of a table.
    pub struct Column {
        /// The name.
        pub name: Text,
        /// The type with its modifiers, as `format_type()` spells it.
        #[serde(rename = "type")]
        pub data_type: Text,
        /// The collation, where it is not the type's own.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub collation: Rare<Option<Text>>,
        /// It holds no NULL.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub not_null: bool,
        /// What is particular about the NOT NULL constraint, from PostgreSQL 18 on.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub not_null_constraint: Option<Box<NotNull>>,
        /// The name of the NOT NULL constraint that it has from a parent table, where it is not
        /// `table_column_not_null`. It can be changed while the table has no parent only, and is
        /// compared for partitions (PostgreSQL 18).
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub inherited_not_null: Rare<Option<Text>>,
        /// The default expression.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub default: Option<Text>,
        /// The expression that it is generated from.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub generated: Rare<Option<Text>>,
        /// It is generated when it is read, not stored (PostgreSQL 18).
        #[serde(skip_serializing_if = "crate::objects::is_default", rename = "virtual")]
        pub is_virtual: bool,
        /// The identity sequence.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub identity: Option<Box<Identity>>,
        /// `PLAIN`, `EXTERNAL`, `EXTENDED` or `MAIN`, where it is not the type's own.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub storage: Rare<Option<Text>>,
        /// `pglz` or `lz4`, where it is set.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub compression: Rare<Option<Text>>,
        /// The statistics target, where it is set.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub statistics: Option<i32>,
        /// `n_distinct` and the like, sorted.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub options: Rare<Vec<Text>>,
        /// How a foreign data wrapper takes it, sorted by name.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub foreign_options: Rare<Vec<ForeignOption>>,
        /// It exists only because a parent table has it.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub inherited: bool,
        /// The comment.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub comment: Option<Text>,
        /// Grants on the column alone.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub grants: Rare<Option<Vec<Grant>>>,
        /// Security labels.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub security_labels: Rare<Vec<SecurityLabel>>,
        /// What its type and collation depend on.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub depends_on: Vec<Id>,
        /// What its default or generation expression depends on.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub expression_depends_on: Vec<Id>,
    }
}

record! {
    /// The identity of a column.
    pub struct Identity {
        /// Values that are given are refused.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub always: bool,
        /// The first value.
        pub start: i64,
        /// The step.
        pub increment: i64,
        /// The smallest value, where it is not the type's.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub min_value: Option<i64>,
        /// The largest value, where it is not the type's.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub max_value: Option<i64>,
        /// How many values a session takes at once, where more than one.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub cache: Option<i64>,
        /// It starts again at its end.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub cycle: bool,
        /// The sequence's name, where it is not `table_column_seq` in the table's schema.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub sequence: Option<Text>,
        /// The sequence's comment.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub comment: Option<Text>,
        /// Grants on the sequence; absent for the default.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub grants: Option<Vec<Grant>>,
    }
}

record! {
    /// A NOT NULL constraint that is more than `NOT NULL`.
    pub struct NotNull {
        /// Its name, where it is not `table_column_not_null`.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub name: Option<Text>,
        /// Rows that are there may hold NULL.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub not_valid: bool,
        /// Child tables do not get it.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub no_inherit: bool,
        /// The comment on it.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub comment: Option<Text>,
    }
}

record! {
    /// A column of a view or materialized view.
    pub struct ViewColumn {
        /// The name.
        pub name: Text,
        /// The type with its modifiers.
        #[serde(rename = "type")]
        pub data_type: Text,
        /// The default that an INSERT through the view takes.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub default: Option<Text>,
        /// The statistics target (materialized views).
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub statistics: Option<i32>,
        /// `PLAIN`, `EXTERNAL`, `EXTENDED` or `MAIN`, where it is not the type's own (materialized views).
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub storage: Option<Text>,
        /// `pglz` or `lz4`, where it is set (materialized views).
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub compression: Option<Text>,
        /// `n_distinct` and the like, sorted (materialized views).
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub options: Vec<Text>,
        /// The comment.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub comment: Option<Text>,
        /// Grants on the column alone.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub grants: Option<Vec<Grant>>,
        /// Security labels.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub security_labels: Vec<SecurityLabel>,
    }
}

impl Identity {
    /// `GENERATED … AS IDENTITY (…)`.
    pub(super) fn sql(&self) -> String {
        let kind = if self.always { "ALWAYS" } else { "BY DEFAULT" };
        let mut options = String::new();
        if let Some(sequence) = &self.sequence {
            options += &format!("SEQUENCE NAME {sequence} ");
        }
        if self.has_options() {
            options += &self.options("bigint").sql();
        }
        let options = options.trim();
        if options.is_empty() {
            format!("GENERATED {kind} AS IDENTITY")
        } else {
            format!("GENERATED {kind} AS IDENTITY ({options})")
        }
    }

    /// The sequence options, for a column of this type.
    pub(super) fn options<'a>(&self, data_type: &'a str) -> Options<'a> {
        Options {
            data_type,
            start: self.start,
            increment: self.increment,
            min_value: self.min_value,
            max_value: self.max_value,
            cache: self.cache,
            cycle: self.cycle,
        }
    }

    fn has_options(&self) -> bool {
        self.start != 1
            || self.increment != 1
            || self.min_value.is_some()
            || self.max_value.is_some()
            || self.cache.is_some()
            || self.cycle
    }
}

impl Column {
    /// The same in a table without a parent.
    pub(super) fn with_own_not_null(mut self) -> Column {
        if let Some(name) = self.inherited_not_null.take() {
            self.not_null_constraint.get_or_insert_default().name.get_or_insert(name);
        }
        self
    }

    /// The same as tables below get it: a NOT NULL constraint keeps its name to itself.
    pub(super) fn passed_on(mut self) -> Column {
        if let Some(constraint) = &mut self.not_null_constraint {
            constraint.name = None;
            constraint.comment = None;
        }
        if self.not_null_constraint.as_deref() == Some(&NotNull::default()) {
            self.not_null_constraint = None;
        }
        self
    }

    /// The name of its NOT NULL constraint.
    pub(crate) fn not_null_name(&self, table: &Table) -> Text {
        let own = self.not_null_constraint.as_ref().and_then(|c| c.name.clone());
        own.or_else(|| (*self.inherited_not_null).clone())
            .unwrap_or_else(|| default_name(table, self))
    }

    /// What a table says of a column that it has from a parent, where the NOT NULL has a name of its own.
    pub(super) fn own_not_null(&self) -> Option<String> {
        let name = self.not_null_constraint.as_ref()?.name.as_ref()?;
        Some(format!("CONSTRAINT {} NOT NULL {}", quote_ident(name), quote_ident(&self.name)))
    }

    /// The column's identity in a table.
    pub fn id(&self, schema: &str, table: &str) -> Id {
        Id::new("column", &[schema, table, &self.name])
    }

    /// Name, type and constraints as `CREATE TABLE` and `ADD COLUMN` spell them. `with_default` is
    /// false when the default is to be set by a statement of its own.
    pub(super) fn definition(&self, with_default: bool) -> String {
        let mut sql = format!("{} {}", quote_ident(&self.name), self.data_type);
        if let Some(compression) = &*self.compression {
            sql += &format!(" COMPRESSION {compression}");
        }
        sql += &clause(&self.foreign_options);
        if let Some(collation) = &*self.collation {
            sql += &format!(" COLLATE {collation}");
        }
        if let (Some(default), true) = (&self.default, with_default) {
            sql += &format!(" DEFAULT {default}");
        }
        if let Some(expression) = &*self.generated {
            let kind = if self.is_virtual { "VIRTUAL" } else { "STORED" };
            sql += &format!(" GENERATED ALWAYS AS ({expression}) {kind}");
        }
        if let Some(identity) = &self.identity {
            sql += &format!(" {}", identity.sql());
        }
        // A constraint that is NOT VALID comes by a statement of its own.
        if self.not_null && !self.not_null_is_not_valid() {
            sql += &format!(" {}", self.not_null_sql());
        }
        sql
    }

    /// `NOT NULL` with what is particular about it.
    fn not_null_sql(&self) -> String {
        let Some(constraint) = &self.not_null_constraint else { return "NOT NULL".to_owned() };
        let name = constraint.name.as_ref();
        let name = name.map(|n| format!("CONSTRAINT {} ", quote_ident(n))).unwrap_or_default();
        let tail = if constraint.no_inherit { " NO INHERIT" } else { "" };
        format!("{name}NOT NULL{tail}")
    }

    /// True when rows may hold NULL although new ones may not.
    pub(super) fn not_null_is_not_valid(&self) -> bool {
        self.not_null_constraint.as_ref().is_some_and(|constraint| constraint.not_valid)
    }

    /// Everything that a plain `ADD COLUMN` needs to exist.
    pub(super) fn needs(&self) -> Vec<Id> {
        self.depends_on.iter().chain(&self.expression_depends_on).cloned().collect()
    }
}

impl Column {
    /// The whole definition on one line.
    pub fn definition_for_people(&self) -> String {
        self.definition(true)
    }
}
