//! What is particular about foreign keys: which key they lean on, and the names they take.
//!
//! PostgreSQL manual, "CREATE TABLE … REFERENCES".

use super::constraint::ConstraintType;
use super::partition::{Part as _, becomes_loose, find, on_table};
use super::{AnyObject, Constraint, Object, Objects, Situation, Table};
use crate::model::Id;
use crate::sql::{list, qualified, split_name};

/// True for a foreign key.
pub(crate) fn is_foreign_key(object: &dyn AnyObject) -> bool {
    object.as_any().downcast_ref::<Constraint>().is_some_and(|key| key.references.is_some())
}

/// True for a foreign key whose last column is a period (PostgreSQL 18). `VALIDATE CONSTRAINT` finds
/// of its rows only those that no row of the other table overlaps; what a period leaves uncovered is
/// found when the key is added (seen with 18.4).
pub(super) fn has_period(key: &Constraint) -> bool {
    let columns = key.definition.strip_prefix("FOREIGN KEY ").and_then(list);
    columns.is_some_and(|(own, _)| own.last().is_some_and(|last| last.starts_with("PERIOD ")))
}

/// True for a foreign key to a partitioned table with a name of its own: PostgreSQL makes one for
/// each partition, under the names that foreign keys get by themselves. Those of such a name come
/// first.
pub(super) fn takes_names(key: &Constraint, target: &Id, situation: &Situation<'_>) -> bool {
    let partitioned = match split_name(target.name()).as_slice() {
        [schema, table] => situation.table_to(schema, table),
        _ => None,
    };
    let by_itself = key.name.starts_with(key.table.as_str()) && key.name.contains("_fkey");
    partitioned.is_some_and(|table| table.partition_by.is_some()) && !by_itself
}

/// What stands for the names that a foreign key to a partitioned table takes besides its own, for each
/// partition: those that foreign keys of its table get by themselves.
pub(super) fn hidden_names(key: &Constraint, objects: &Objects) -> Option<String> {
    let name = split_name(key.references.as_ref()?.name());
    let [schema, table] = name.as_slice() else { return None };
    objects.find_table(schema, table)?.partition_by.as_ref()?;
    let (schema, table) = key.place();
    Some(format!("keys of partitions:{}", qualified(schema, table)))
}

/// True for a partition's share of a foreign key to a partitioned table, where the partition is
/// detached on a server before 15: it may be gone then, although later servers, and the manual,
/// leave it to the table (seen with 14.23).
pub(super) fn may_be_lost(key: &Constraint, situation: &Situation<'_>) -> bool {
    let Some(target) = key.references.as_ref().filter(|_| situation.server < 150_000) else {
        return false;
    };
    let partitioned = match split_name(target.name()).as_slice() {
        [schema, table] => situation.table_from(schema, table),
        _ => None,
    };
    let (schema, table) = key.place();
    partitioned.is_some_and(|table| table.partition_by.is_some())
        && Object::attached_to(key).is_some_and(|above| {
            becomes_loose(situation, &Id::new("table", &[schema, table]), &above)
        })
}

/// True for a foreign key that stays, and to a partitioned table of which partitions are off for a
/// while: PostgreSQL lets none go that it points into. It goes first, and comes back last.
pub(crate) fn is_away_meanwhile(key: &Constraint, situation: &Situation<'_>) -> bool {
    let above = |key: &Constraint| find(&situation.from.constraint, &Object::attached_to(key)?);
    let root = std::iter::successors(Some(key), |key| above(key)).last().unwrap_or(key);
    let Some(target) = &root.references else { return false };
    let partitioned = match split_name(target.name()).as_slice() {
        [schema, table] => situation.table_from(schema, table),
        _ => None,
    };
    partitioned.is_some_and(|table| table.partition_by.is_some())
        && situation.to.find(&Object::id(root)).is_some()
        && situation.from.table.iter().any(|table| comes_back_under(table, target, situation))
}

/// True for a partition, however far below a table, that is detached and comes back.
fn comes_back_under(table: &Table, above: &Id, situation: &Situation<'_>) -> bool {
    let Some(of) = &table.partition_of else { return false };
    let Some(after) = situation.table_to(&table.schema, &table.name) else { return false };
    let is_below = |table: &Table, objects: &Objects| {
        let above = above.name();
        table.ancestors(objects).iter().any(|name| name == above)
    };
    !table.links_kept(after, situation).contains(&of.table.as_str())
        && is_below(table, situation.from)
        && is_below(after, situation.to)
}

/// The foreign keys of the tables above that a partition has its share of. Detached, it would keep
/// its share, in the way of the table that the key leads to.
pub(super) fn from_above<'a>(
    table: &Table,
    situation: &Situation<'a>,
) -> impl Iterator<Item = &'a Constraint> + use<'a> {
    let all = &situation.from.constraint;
    let own = on_table(all, &table.schema, &table.name).filter(|key| key.references.is_some());
    own.filter_map(|key| {
        let above = |key: &Constraint| find(all, &Object::attached_to(key)?);
        std::iter::successors(above(key), |key| above(key)).last()
    })
}

/// The same foreign key without the referenced columns, where it leans on the primary key although
/// another key has the same columns: with them PostgreSQL would take the key that is the oldest.
/// Which one it is shows when one of them is dropped.
pub(super) fn on_primary_key(key: &Constraint, situation: &Situation<'_>) -> Option<Constraint> {
    let target = key.references.as_ref()?;
    let name = split_name(target.name());
    let [schema, table] = name.as_slice() else { return None };
    let keys = on_table(&situation.to.constraint, schema, table);
    let (primary, others): (Vec<_>, Vec<_>) = keys
        .filter(|other| other.has_index())
        .partition(|other| other.kind_of() == ConstraintType::PrimaryKey);
    let primary = primary.into_iter().find(|other| key.depends_on.contains(&Object::id(*other)))?;
    let unique = on_table(&situation.to.index, schema, table).any(|index| index.unique);
    if others.is_empty() && !unique {
        return None;
    }
    let start = format!(" REFERENCES {}(", target.name());
    let open = key.definition.find(&start)? + start.len() - 1;
    let close = open + end_of_list(&key.definition[open..])?;
    let listed = &key.definition[open + 1..close];
    let columns: Vec<String> =
        primary.columns.iter().map(|c| crate::sql::quote_ident(c).into_owned()).collect();
    if listed != columns.join(", ") {
        return None;
    }
    let mut spelled = key.clone();
    spelled.definition.replace_range(open..=close, "");
    Some(spelled)
}

/// Where the parenthesis closes that a text starts with.
fn end_of_list(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == ')' && !quoted).then_some(at)
    })
}
