//! Indexes that PostgreSQL builds anew when a column gets another type or collation and the rows stay.
//!
//! Its rule (`CheckIndexCompatible()`): an index of plain columns stays where their collations stay; one
//! with an expression or a condition is built anew.

use super::partition::{self, Part, on_table};
use super::{Column, ConstraintType, Object, Situation, Table};
use crate::action::{Action, Effect, Hazard};
use crate::model::{FastSet, Id, Text};
use crate::sql::qualified;

/// The statement with what it does to the indexes of the table, and of those below it. `compares`: values
/// of the column are compared otherwise.
pub(super) fn told(
    action: Action,
    table: &Table,
    column: &Column,
    compares: bool,
    situation: &Situation<'_>,
) -> Action {
    let mut built = of_table(table, column, compares, situation);
    let (mut open, mut seen): (Vec<Id>, FastSet<Id>) =
        (vec![Object::id(table)], FastSet::default());
    let mut below = false;
    while let Some(parent) = open.pop() {
        for table in situation.below(parent.name()) {
            let id = Object::id(table);
            if seen.insert(id.clone()) {
                let indexes = of_table(table, column, compares, situation);
                below |= !indexes.is_empty();
                built.extend(indexes);
                open.push(id);
            }
        }
    }
    if built.is_empty() {
        return action;
    }
    let tables = if below { " and the tables below it" } else { "" };
    let message = format!(
        "built anew from all rows of {}{tables} while the lock is held: {}",
        table.sql_name(),
        built.join(", ")
    );
    action.effect(Effect::Scan).hazard(Hazard::IndexBuild, message)
}

/// The indexes of a table, those of keys too, that stay and are built anew for the sake of a column.
fn of_table(
    table: &Table,
    column: &Column,
    compares: bool,
    situation: &Situation<'_>,
) -> Vec<String> {
    let (schema, name) = (table.schema.as_str(), table.name.as_str());
    let id = column.id(schema, name);
    let mut built = Vec::new();
    for index in on_table(&situation.from.index, schema, name) {
        let computed =
            index.columns.iter().any(Text::is_empty) || index.definition.contains(" WHERE ");
        let uses = index.columns.contains(&column.name);
        let after = partition::find(&situation.to.index, &Object::id(index));
        if after.is_some_and(|after| after.definition == index.definition)
            && (compares && uses || computed && (uses || index.depends_on.contains(&id)))
        {
            built.push(Object::sql_name(index));
        }
    }
    for key in on_table(&situation.from.constraint, schema, name).filter(|key| key.has_index()) {
        let uses = key.columns.contains(&column.name);
        let depends = key.depends_on.contains(&id);
        let computed = key.kind_of() == ConstraintType::Exclude
            && (depends && !uses || key.definition.contains(" WHERE "));
        let after = partition::find(&situation.to.constraint, &Object::id(key));
        if after.is_some_and(|after| after.definition == key.definition)
            && (compares && uses || computed && (uses || depends))
        {
            built.push(qualified(&key.schema, &key.name));
        }
    }
    built
}
