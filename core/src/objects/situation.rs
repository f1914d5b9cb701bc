//! What the kinds may know of the whole when they write their statements.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Known, Objects, Table};
use crate::model::Id;
use crate::sql::split_name;

/// The two ways of planning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Short locks, at the price of more statements and more transactions.
    Online,
    /// As much as possible in one transaction.
    #[default]
    Simple,
}

/// How large a relation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Size {
    /// Rows, as the last ANALYZE estimated; absent when there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Bytes of the relation with its TOAST table, without indexes.
    pub bytes: u64,
    /// Bytes of its indexes.
    pub index_bytes: u64,
}

impl Size {
    /// A relation whose scan takes a noticeable time: more than 10,000 rows or 16 MiB.
    pub fn is_large(&self) -> bool {
        self.rows.is_some_and(|rows| rows > 10_000) || self.bytes > 16 * 1024 * 1024
    }
}

/// Tells the names that things have before a plan renames them.
pub trait Earlier: std::fmt::Debug {
    /// The identity that something in [`Situation::from`] has before the plan.
    fn earlier(&self, id: &Id) -> Id;
}

/// The two states and how to plan between them.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The objects as they are.
    pub from: &'a Objects,
    /// The objects as they should become.
    pub to: &'a Objects,
    /// Sizes of the relations of `from`.
    pub sizes: &'a BTreeMap<Id, Size>,
    /// `server_version_num` of the server that the plan runs on.
    pub server: u32,
    /// The way of planning that was asked for; `None`: online for large relations.
    pub mode: Option<Mode>,
    /// The script must be able to run twice.
    pub rerun: bool,
    /// Tables that are built anew with their rows copied.
    pub kept: &'a BTreeSet<Id>,
    /// Partitions that are detached and attached again under the same bound, each with the column for
    /// whose sake.
    pub again: Option<&'a BTreeMap<Id, Id>>,
    /// True where NOT NULL constraints have names that count (PostgreSQL 18).
    pub named_not_null: bool,
    /// The names that things have before the plan renames them; `None`: it renames nothing.
    pub earlier: Option<&'a dyn Earlier>,
    /// What the plan creates, be it for the first time or anew. `None` when there is no plan, and
    /// an object is written down by itself.
    pub created: Option<&'a BTreeSet<Id>>,
    /// What has been found out about it; each situation has its own.
    pub known: Option<&'a Known>,
}

/// The name for: the rows of a table that is built anew are back in it.
pub(crate) fn rows_back(table: &str) -> String {
    format!("rows back:{table}")
}

impl<'a> Situation<'a> {
    /// True when a statement on this relation should keep its locks short.
    pub fn online(&self, relation: &Id) -> bool {
        match self.mode {
            _ if self.comes(relation) => false,
            Some(Mode::Simple) => false,
            Some(Mode::Online) => true,
            None => self.sizes.get(relation).is_some_and(Size::is_large),
        }
    }

    /// True when a partition is off its parent for a while, though its bound stays.
    pub fn is_attached_again(&self, table: &Id) -> bool {
        self.again.is_some_and(|again| again.contains_key(table))
    }

    /// The identity that something in `from` has before the plan.
    pub fn earlier(&self, id: &Id) -> Id {
        self.earlier.map_or_else(|| id.clone(), |names| names.earlier(id))
    }

    /// A table as it should become.
    pub fn table_to(&self, schema: &str, name: &str) -> Option<&Table> {
        self.to.find_table(schema, name)
    }

    /// A table as it is.
    pub fn table_from(&self, schema: &str, name: &str) -> Option<&Table> {
        self.from.find_table(schema, name)
    }

    /// True when the column exists in the state that is wanted.
    pub fn has_column_to(&self, column: &Id) -> bool {
        let parts = split_name(column.name());
        let [schema, table, name] = parts.as_slice() else { return false };
        self.table_to(schema, table).is_some_and(|t| t.columns.iter().any(|c| c.name == *name))
    }

    /// True when this is about a plan, not about one object by itself.
    pub fn is_plan(&self) -> bool {
        self.created.is_some()
    }

    /// True when the plan creates the object, for the first time or anew.
    pub fn comes(&self, id: &Id) -> bool {
        self.created.is_some_and(|created| created.contains(id))
    }

    /// True for a column that gets another type.
    pub fn changes_type(&self, column: &Id) -> bool {
        let parts = split_name(column.name());
        let ([schema, table, name], "column") = (parts.as_slice(), column.kind()) else {
            return false;
        };
        // A type of another kind may have the same name.
        let data_type = |objects: &'a Objects| {
            let columns = &objects.find_table(schema, table)?.columns;
            let column = columns.iter().find(|c| c.name == *name)?;
            Some((&column.data_type, &column.depends_on))
        };
        let before = data_type(self.from);
        before.is_some() && before != data_type(self.to)
    }

    /// True when the table is built anew and its rows are copied.
    pub fn rows_are_kept(&self, table: &Id) -> bool {
        self.kept.contains(table)
    }
}
