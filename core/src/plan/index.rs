//! Where objects are, and what depends on them, in the state that is to be changed.

use std::collections::HashMap;

use crate::model::Id;
use crate::objects::{AnyObject, Column, Object, Objects, Table};

/// Something that depends on an object.
#[derive(Clone, Copy)]
pub(super) enum Dependent<'a> {
    /// An object.
    Object(&'a dyn AnyObject),
    /// A column, by its type or, if `expression`, by its default or generation expression.
    Column {
        /// Its table.
        table: &'a Table,
        /// The column.
        column: &'a Column,
        /// By its expression.
        expression: bool,
    },
}

/// Objects by identity.
pub(super) type ById<'a> = HashMap<Id, &'a dyn AnyObject>;

/// Objects by identity; columns are not among them.
pub(super) fn by_id(objects: &Objects) -> ById<'_> {
    objects.iter().map(|object| (object.id(), object)).collect()
}

/// What belongs to what: indexes, constraints, triggers to their tables, and to what they are
/// attached to.
pub(super) fn children(objects: &Objects) -> HashMap<Id, Vec<&dyn AnyObject>> {
    let mut map: HashMap<Id, Vec<&dyn AnyObject>> = HashMap::new();
    for object in objects.iter() {
        for parent in object.parent().into_iter().chain(object.attached_to()) {
            map.entry(parent).or_default().push(object);
        }
    }
    map
}

/// What depends on what; children depend on their parents.
pub(super) fn dependents(objects: &Objects) -> HashMap<Id, Vec<Dependent<'_>>> {
    let mut map: HashMap<Id, Vec<Dependent<'_>>> = HashMap::new();
    for object in objects.iter() {
        let above = object.attached_to();
        let parent = object.parent();
        for on in object.attached().depends_on.iter().chain(&parent).chain(&above) {
            map.entry(on.clone()).or_default().push(Dependent::Object(object));
        }
        let Some(table) = object.as_any().downcast_ref::<Table>() else { continue };
        for parent in table.partition_of.iter().map(|p| &p.table).chain(&table.inherits) {
            let parent = Id::from_sql("table", parent);
            map.entry(parent).or_default().push(Dependent::Object(object));
        }
        for column in &table.columns {
            for on in &column.depends_on {
                let dependent = Dependent::Column { table, column, expression: false };
                map.entry(on.clone()).or_default().push(dependent);
            }
            for on in &column.expression_depends_on {
                let dependent = Dependent::Column { table, column, expression: true };
                map.entry(on.clone()).or_default().push(dependent);
            }
        }
    }
    map
}

impl Dependent<'_> {
    /// The dependent's identity.
    pub(super) fn id(&self) -> Id {
        match self {
            Dependent::Object(object) => object.id(),
            Dependent::Column { table, column, .. } => column.id(&table.schema, &table.name),
        }
    }
}

/// A table of an identity, and a column of it.
pub(super) fn table_and_column<'a>(
    by_id: &ById<'a>,
    table: &Table,
    column: &str,
) -> Option<(&'a Table, &'a Column)> {
    let table = by_id.get(&Object::id(table))?.as_any().downcast_ref::<Table>()?;
    let column = table.columns.iter().find(|c| c.name == column)?;
    Some((table, column))
}
