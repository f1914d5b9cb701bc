//! NOT NULL constraints that are NOT VALID, above tables that come (PostgreSQL 18): a new table has what
//! its parents have, and has it validated. The parent's is dropped and added once more, NOT VALID,
//! when the new tables are there; that looks at no row.
//!
//! And those of tables below one that loses its NOT NULL, which keep theirs.

use super::column::NotNull;
use super::table_links::stay_below;
use super::{Column, Object, Objects, Situation, Table};
use crate::model::{Id, Text};

/// True for a NOT NULL that is added once more.
pub(super) fn is_said_again(table: &Table, column: &Column, situation: &Situation<'_>) -> bool {
    if !column.not_null_is_not_valid() || !stays_not_valid(table, column, situation) {
        return false;
    }
    let name = Text::from(table.sql_name());
    let above = table.lineage(situation.to);
    let comes = situation.to.table.iter().filter(|child| situation.comes(&Object::id(*child)));
    let mut comes = comes.filter(|child| child.lineage(situation.to).contains(&name));
    // What the parent's reaches needs no statement of its own.
    comes.any(|child| is_not_valid(child, column))
        && !above.iter().any(|parent| {
            let parent = situation.to.find(&Id::from_sql("table", parent));
            let parent = parent.and_then(|parent| parent.as_any().downcast_ref::<Table>());
            parent.is_some_and(|parent| stays_not_valid(parent, column, situation))
        })
}

/// The tables of which a constraint is added once more for the sake of one that comes.
pub(crate) fn above_new<'a>(child: &Table, situation: &Situation<'a>) -> Vec<&'a Table> {
    let not_valid: Vec<&Column> =
        child.columns.iter().filter(|column| column.not_null_is_not_valid()).collect();
    if not_valid.is_empty() {
        return Vec::new();
    }
    let above = child.lineage(situation.to).into_iter();
    let above = above.filter_map(|parent| situation.to.find(&Id::from_sql("table", &parent)));
    let above = above.filter_map(|parent| parent.as_any().downcast_ref::<Table>());
    above.filter(|parent| not_valid.iter().any(|c| stays_not_valid(parent, c, situation))).collect()
}

/// The NOT NULL of a column of a new table that a parent has too, as it comes: by the name that it has
/// then, and valid, or else as the parent has it in the end.
pub(super) fn as_it_comes(
    base: &mut Column,
    parent: &Table,
    goal: &Column,
    situation: &Situation<'_>,
) {
    base.inherited_not_null.clone_from(&goal.inherited_not_null);
    let own = goal.not_null_constraint.as_deref().cloned().unwrap_or_default();
    let not_valid = if situation.comes(&Object::id(parent)) {
        base.not_null_is_not_valid()
    } else {
        own.not_valid
    };
    let comes = NotNull { comment: None, not_valid, ..own };
    base.not_null_constraint = (comes != NotNull::default()).then(|| Box::new(comes));
}

/// True where `DROP NOT NULL` on a table above takes that of the column along. Before 18 it goes
/// through all tables below, unless the table is named alone; from then on a constraint that is a
/// table's own stays.
pub(super) fn goes_with_parents(table: &Table, column: &Column, situation: &Situation<'_>) -> bool {
    if situation.server >= 180_000 {
        return table.partition_of.is_some() || column.inherited_not_null.is_some();
    }
    let above = table.parent_tables();
    above.iter().any(|parent| {
        let parent = Id::from_sql("table", parent);
        loses(&parent, &column.name, situation) && !drops_alone(&parent, &column.name, situation)
    })
}

/// True where `DROP NOT NULL` is for the table alone, because one below keeps its own. The tables below
/// that lose it have statements of their own then. A partitioned table cannot be named alone.
pub(super) fn drops_alone(table: &Id, column: &str, situation: &Situation<'_>) -> bool {
    let found = find(situation.from, table);
    if situation.server >= 180_000 || found.is_none_or(|table| table.partition_by.is_some()) {
        return false;
    }
    !keep_theirs(table, column, situation).is_empty()
        || situation.below(table.name()).into_iter().any(|child| {
            let child = Object::id(child);
            loses(&child, column, situation) && drops_alone(&child, column, situation)
        })
}

fn find<'a>(objects: &'a Objects, table: &Id) -> Option<&'a Table> {
    objects.find(table)?.as_any().downcast_ref::<Table>()
}

fn not_null(table: Option<&Table>, column: &str) -> Option<bool> {
    table?.columns.iter().find(|own| own.name == column).map(|own| own.not_null)
}

fn loses(table: &Id, column: &str, situation: &Situation<'_>) -> bool {
    let [before, after] = [situation.from, situation.to].map(|objects| find(objects, table));
    not_null(before, column) == Some(true) && not_null(after, column) == Some(false)
}

/// The tables below that keep a NOT NULL which goes on the table: it is said anew for them.
pub(crate) fn keep_theirs<'a>(
    table: &Id,
    column: &str,
    situation: &Situation<'a>,
) -> Vec<&'a Table> {
    if !loses(table, column, situation) {
        return Vec::new();
    }
    let kept = stay_below(table, situation).into_iter();
    let kept = kept.filter(|(before, after)| {
        [before, after].iter().all(|table| not_null(Some(table), column) == Some(true))
    });
    kept.map(|(before, _)| before).collect()
}

fn is_not_valid(table: &Table, column: &Column) -> bool {
    let own = table.columns.iter().find(|own| own.name == column.name);
    own.is_some_and(Column::not_null_is_not_valid)
}

/// True where the table has it before, and afterwards.
fn stays_not_valid(table: &Table, column: &Column, situation: &Situation<'_>) -> bool {
    let stays = |table: Option<&Table>| table.is_some_and(|table| is_not_valid(table, column));
    !situation.comes(&Object::id(table))
        && stays(situation.table_from(&table.schema, &table.name))
        && stays(situation.table_to(&table.schema, &table.name))
}
