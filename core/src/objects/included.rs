//! Columns that a key or index has beside those of its key (`INCLUDE`).
//!
//! PostgreSQL manual, "CREATE INDEX", INCLUDE.

use super::{AnyObject, Column, Constraint, Index, Situation, Table, partition};
use crate::model::Id;
use crate::sql::split_name;

/// What PostgreSQL builds anew when the type of a column changes, and takes nothing along of what
/// leans on it: the column, and keys that INCLUDE it, under foreign keys to their other columns.
pub(super) fn disturbed(table: &Table, column: &Column, situation: &Situation<'_>) -> Vec<Id> {
    let own = column.id(&table.schema, &table.name);
    let keys = partition::on_table(&situation.from.constraint, &table.schema, &table.name);
    let indexes = partition::on_table(&situation.from.index, &table.schema, &table.name);
    let keys = keys.filter(|key| includes(*key, &own)).map(AnyObject::id);
    let indexes = indexes.filter(|index| includes(*index, &own)).map(AnyObject::id);
    std::iter::once(own.clone()).chain(keys).chain(indexes).collect()
}

/// True for a key or unique index with the column behind INCLUDE.
pub(crate) fn includes(object: &dyn AnyObject, column: &Id) -> bool {
    let any = object.as_any();
    let definition = any
        .downcast_ref::<Constraint>()
        .map(|key| &key.definition)
        .or_else(|| any.downcast_ref::<Index>().filter(|i| i.unique).map(|i| &i.definition));
    let name = split_name(column.name()).pop().unwrap_or_default();
    definition.is_some_and(|definition| {
        partition::included(definition).iter().any(|included| *included == name)
    })
}
