//! Names of NOT NULL constraints, from PostgreSQL 18 on: which ones must be spelled out, and which
//! partitions must be off their parents for the sake of one.
//!
//! PostgreSQL manual, "ALTER TABLE … RENAME CONSTRAINT" and "ATTACH PARTITION"; the server: "cannot
//! rename inherited constraint".

use std::collections::{BTreeMap, BTreeSet};

use super::automatic_name;
use super::{Column, Object, Objects, Table};
use crate::model::{Id, Text};

/// The name that PostgreSQL gives to a NOT NULL constraint.
pub(super) fn default_name(table: &Table, column: &Column) -> Text {
    let columns = std::slice::from_ref(&column.name);
    automatic_name::object_name(&table.name, columns, "not_null").into()
}

/// The objects with a name for each NOT NULL whose own default name another table's constraint has,
/// before or afterwards: PostgreSQL would number it. `None` where there is none such.
pub(crate) fn with_names_spelled_out(from: &Objects, objects: &Objects) -> Option<Objects> {
    let explicit =
        |column: &Column| column.not_null_constraint.as_ref().and_then(|c| c.name.clone());
    // A partition has the name that its parent's constraint has.
    let named = |column: &Column| explicit(column).or_else(|| (*column.inherited_not_null).clone());
    let taken: BTreeSet<(&str, Text)> = from
        .table
        .iter()
        .chain(objects.table.iter())
        .flat_map(|t| t.columns.iter().filter_map(|c| Some((t.schema.as_str(), named(c)?))))
        .collect();
    let collides = |table: &Table, column: &Column| {
        column.not_null
            && explicit(column).is_none()
            && taken.contains(&(table.schema.as_str(), default_name(table, column)))
    };
    if taken.is_empty() || !objects.table.iter().any(|t| t.columns.iter().any(|c| collides(t, c))) {
        return None;
    }
    let mut spelled = objects.clone();
    for (table, to) in objects.table.iter().zip(spelled.table.iter_mut()) {
        for (column, to) in table.columns.iter().zip(&mut to.columns) {
            if collides(table, column) && table.partition_of.is_none() && !column.inherited {
                to.not_null_constraint.get_or_insert_default().name =
                    Some(default_name(table, column));
            }
        }
    }
    Some(spelled)
}

/// The partitions that a drift cannot leave where they are, each with the column for whose sake: the
/// NOT NULL that a partition has from its parent gets another name only while the partition is
/// detached. So does the parent's own, where that of a partition goes by another name or is to keep
/// the one that it has: a new name is passed on, by the old one.
///
/// `changed` are the columns of which a drift tells one of [`ATTRIBUTES`]: table, name, identity.
pub(super) fn attached_again<'d>(
    from: &Objects,
    to: &Objects,
    changed: impl Iterator<Item = (&'d Id, &'d str, &'d Id)>,
) -> BTreeMap<Id, Id> {
    let mut renamed: BTreeMap<(&Id, &str), (&Id, Names)> = BTreeMap::new();
    for (table, name, column) in changed {
        let (Some(before), Some(after)) = (found(from, table), found(to, table)) else { continue };
        if let Some(names) = names(before, after, name).filter(|(old, new)| old != new) {
            renamed.insert((table, name), (column, names));
        }
    }
    let mut again = BTreeMap::new();
    if renamed.is_empty() {
        return again;
    }
    for before in from.table.iter() {
        let Some(parent) = before.partition_of.as_ref() else { continue };
        let Some(after) = to.find_table(&before.schema, &before.name) else { continue };
        if after.partition_of.as_ref() != Some(parent) {
            continue;
        }
        let (own, parent) = (Object::id(after), Id::from_sql("table", &parent.table));
        for column in &after.columns {
            let name = column.name.as_str();
            let (below, above) = (renamed.get(&(&own, name)), renamed.get(&(&parent, name)));
            let cause = match (below, above) {
                (Some((cause, below)), Some((_, above))) if below != above => cause,
                (Some((cause, _)), None) => cause,
                (None, Some((cause, _))) if column.not_null => cause,
                _ => continue,
            };
            again.insert(own.clone(), (*cause).clone());
            break;
        }
    }
    again
}

fn found<'a>(objects: &'a Objects, table: &Id) -> Option<&'a Table> {
    objects.find(table)?.as_any().downcast_ref::<Table>()
}

/// The name before, and afterwards.
type Names = (Text, Text);

/// The attributes of a column that tell the name of its NOT NULL.
pub(crate) const ATTRIBUTES: [&str; 2] = ["not_null_constraint", "inherited_not_null"];

/// The names of a column's NOT NULL before and afterwards, where it stays.
fn names(before: &Table, after: &Table, column: &str) -> Option<Names> {
    let name = |table: &Table| {
        let found = table.columns.iter().find(|c| c.name == column).filter(|c| c.not_null)?;
        Some(found.not_null_name(table))
    };
    Some((name(before)?, name(after)?))
}
