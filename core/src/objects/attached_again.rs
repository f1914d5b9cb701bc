//! Partitions that a plan detaches and attaches again, though their bounds stay: something about their
//! columns is not to be had while they are attached.
//!
//! PostgreSQL manual, "ALTER TABLE … DETACH PARTITION" and "ATTACH PARTITION".

use std::collections::BTreeMap;

use super::{Column, Object, Objects, Table, not_null_names};
use crate::model::Id;

/// A column of which a drift tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told<'d> {
    /// Its table.
    pub(crate) table: &'d Id,
    /// Its name.
    pub(crate) name: &'d str,
    /// Its identity.
    pub(crate) id: &'d Id,
    /// True when the name of its NOT NULL may differ.
    pub(crate) not_null: bool,
    /// True when what it is generated from differs.
    pub(crate) generated: bool,
    /// True when it gets another type or collation, and NOT NULL has a name.
    pub(crate) retyped: bool,
}

/// The partitions, each with the column for whose sake.
pub(crate) fn attached_again(from: &Objects, to: &Objects, told: &[Told<'_>]) -> BTreeMap<Id, Id> {
    let named = told.iter().filter(|column| column.not_null);
    let named = named.map(|column| (column.table, column.name, column.id));
    let mut again = not_null_names::attached_again(from, to, named);
    for column in told.iter().filter(|column| column.retyped) {
        if let Some(partition) = calls_not_null_otherwise(from, to, column) {
            again.entry(partition).or_insert_with(|| column.id.clone());
        }
    }
    let mut ungenerated = told.iter().filter(|column| column.generated).filter(|column| {
        let find = |objects| generated(objects, column.table, column.name);
        find(from) == Some(true) && find(to) == Some(false)
    });
    let Some(first) = ungenerated.next() else { return again };
    // DROP EXPRESSION reaches partitions, and none of theirs: "must be applied to child tables too".
    let columns: Vec<Told<'_>> = std::iter::once(first).chain(ungenerated).copied().collect();
    for before in from.table.iter().filter(|table| table.partition_by.is_some()) {
        let Some(parent) = &before.partition_of else { continue };
        let Some(after) = to.find_table(&before.schema, &before.name) else { continue };
        let parent = Id::from_sql("table", &parent.table);
        let column = columns.iter().find(|column| *column.table == parent);
        let name = before.sql_name();
        let is_parent =
            |table: &Table| table.partition_of.as_ref().is_some_and(|of| of.table == name);
        if let Some(column) = column
            && after.partition_of == before.partition_of
            && from.table.iter().any(is_parent)
        {
            again.entry(Object::id(after)).or_insert_with(|| column.id.clone());
        }
    }
    again
}

/// The partition of such a column, where its NOT NULL has another name than that of the table above: a
/// new type there has the server make both anew, by the name that is above; where the partition's is
/// its own, too, it fails ("cannot create not-null constraint", PostgreSQL 18).
fn calls_not_null_otherwise(from: &Objects, to: &Objects, column: &Told<'_>) -> Option<Id> {
    let before = from.find(column.table)?.as_any().downcast_ref::<Table>()?;
    let after = to.find(column.table)?.as_any().downcast_ref::<Table>()?;
    let bound = before.partition_of.as_ref()?;
    let parent = from.find(&Id::from_sql("table", &bound.table))?;
    let parent = parent.as_any().downcast_ref::<Table>()?;
    let name = |table: &Table| {
        let found = table.columns.iter().find(|own| own.name == column.name && own.not_null)?;
        Some(found.not_null_name(table))
    };
    let (own, above) = (name(before)?, name(parent)?);
    (own != above && after.partition_of.as_ref() == Some(bound)).then(|| Object::id(after))
}

/// Whether a column's values are stored as they are generated; `None` where there is none such.
fn generated(objects: &Objects, table: &Id, name: &str) -> Option<bool> {
    let table = objects.find(table)?.as_any().downcast_ref::<Table>()?;
    let column: &Column = table.columns.iter().find(|column| column.name == name)?;
    (!column.is_virtual).then_some(column.generated.is_some())
}
