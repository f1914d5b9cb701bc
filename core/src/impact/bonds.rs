//! How one object hangs on another: what `pg_depend` calls its type, as the kinds of both tell it.
//!
//! PostgreSQL manual, "`pg_depend`" and "Dependency Tracking"; the calls of `recordDependencyOn()`.

use serde::{Deserialize, Serialize};

use crate::model::Id;
use crate::objects::{
    AnyObject, Column, Constraint, ConstraintType, DefaultPrivilege, Domain, Extension, Kind,
    PublicationSchema, PublicationTable, Sequence, Table, Trigger,
};
use crate::snapshot::Snapshot;
use crate::sql::split_name;

/// How an object hangs on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bond {
    /// It goes along by itself.
    Along,
    /// It is in the way; `CASCADE` drops it too.
    Cascade,
    /// It is in the way; `CASCADE` drops a part of it: a default, an attribute.
    Part,
    /// A part of it goes along by itself: what is in an operator family and in none of its classes.
    PartAlong,
}

impl Bond {
    /// True where a part goes and the rest stays.
    pub(super) fn of_part(self) -> bool {
        matches!(self, Bond::Part | Bond::PartAlong)
    }
}

/// What an object hangs on.
pub(super) fn of_object(object: &dyn AnyObject, snapshot: &Snapshot) -> Vec<(Id, Bond)> {
    let attached = object.attached();
    let mut bonds: Vec<(Id, Bond)> =
        attached.depends_on.iter().map(|on| (on.clone(), bond(object, on))).collect();
    bonds.extend(attached.depends_on_extensions.iter().map(|on| (on.clone(), Bond::Along)));
    bonds.extend(object.parent().map(|parent| (parent, Bond::Along)));
    let above = object.attached_to().filter(|_| !is_check(object));
    bonds.extend(above.map(|above| (above, Bond::Along)));
    let own_schema = object.parent().is_none() || object.kind() == Kind::StatisticsObject;
    if let Some(schema) = object.schema().filter(|_| own_schema && object.kind() != Kind::Schema) {
        bonds.push((Id::new("schema", &[schema]), Bond::Cascade));
    }
    let any = object.as_any();
    if let Some(table) = any.downcast_ref::<Table>() {
        let of = |name: &str| Id::from_sql("table", name);
        bonds.extend(table.partition_of.iter().map(|p| (of(&p.table), Bond::Along)));
        bonds.extend(table.inherits.iter().map(|name| (of(name), Bond::Cascade)));
    } else if let Some(sequence) = any.downcast_ref::<Sequence>() {
        bonds.extend(sequence.owned_by.iter().map(|column| (column.clone(), Bond::Along)));
    } else if let Some(extension) = any.downcast_ref::<Extension>() {
        bonds.push((Id::new("schema", &[&extension.schema]), Bond::Cascade));
    } else if let Some(member) = any.downcast_ref::<PublicationTable>() {
        bonds.push((Id::new("table", &[&member.schema, &member.table]), Bond::Along));
    } else if let Some(member) = any.downcast_ref::<PublicationSchema>() {
        bonds.push((Id::new("schema", &[&member.schema]), Bond::Along));
    } else if let Some(default) = any.downcast_ref::<DefaultPrivilege>() {
        let schema = default.schema.as_ref();
        bonds.retain(|(on, _)| on.kind() != "schema");
        bonds.extend(schema.map(|schema| (Id::new("schema", &[schema]), Bond::Along)));
    } else if let Some(trigger) = any.downcast_ref::<Trigger>().filter(|trigger| trigger.inherited)
    {
        let table = snapshot.objects.find_table(&trigger.schema, &trigger.table);
        let above = table.and_then(|table| table.partition_of.as_ref());
        let above = above.map(|above| split_name(&above.table));
        if let Some([schema, table]) = above.as_deref() {
            bonds.push((Id::new("trigger", &[schema, table, &trigger.name]), Bond::Along));
        }
    }
    bonds
}

/// True for a CHECK. `DROP CONSTRAINT` reaches those of child tables; when the parent's goes for another
/// reason, they stay.
pub(super) fn is_check(object: &dyn AnyObject) -> bool {
    let constraint = object.as_any().downcast_ref::<Constraint>();
    constraint.is_some_and(|constraint| constraint.kind_of() == ConstraintType::Check)
}

/// How an object hangs on something that the catalog says it depends on.
fn bond(object: &dyn AnyObject, on: &Id) -> Bond {
    let parent = object.parent();
    if parent.as_ref() == Some(on) {
        return Bond::Along;
    }
    let own_column = parent.is_some_and(|parent| is_column_of(on, &parent));
    match object.kind() {
        Kind::Index | Kind::StatisticsObject if own_column => Bond::Along,
        Kind::Constraint if own_column => {
            let key = object.as_any().downcast_ref::<Constraint>();
            let named = |key: &Constraint| key.columns.iter().any(|name| ends_with(on, name));
            // A foreign key to its own table hangs on two sorts of columns of it.
            let along = key.is_none_or(|key| key.references.is_none() || named(key));
            if along { Bond::Along } else { Bond::Cascade }
        }
        Kind::OperatorClass if on.kind() == "operator_family" => Bond::Along,
        Kind::OperatorFamily => Bond::PartAlong,
        Kind::Composite => Bond::Part,
        // A check goes alone, a default takes its domain along.
        Kind::Domain if matches!(on.kind(), "function" | "operator" | "aggregate") => {
            let domain = object.as_any().downcast_ref::<Domain>();
            let checks_only = domain.is_some_and(|domain| domain.default.is_none());
            if checks_only { Bond::Part } else { Bond::Cascade }
        }
        _ => Bond::Cascade,
    }
}

/// What a column hangs on, beside its table.
pub(super) fn of_column(table: &Table, column: &Column, snapshot: &Snapshot) -> Vec<(Id, Bond)> {
    let of_type = column.depends_on.iter().map(|on| (on.clone(), Bond::Cascade));
    let bond = if column.generated.is_some() { Bond::Cascade } else { Bond::Part };
    let of_expression = column.expression_depends_on.iter().map(|on| (on.clone(), bond));
    let mut bonds: Vec<(Id, Bond)> = of_type.chain(of_expression).collect();
    if column.inherited || table.partition_of.is_some() {
        // One that it has from a single table above goes with that one; a partition has no other.
        let names = table.partition_of.iter().map(|p| &p.table).chain(&table.inherits);
        let above: Vec<Id> = names
            .filter_map(|name| {
                let parts = split_name(name);
                let [schema, name] = parts.as_slice() else { return None };
                let above = snapshot.objects.find_table(schema, name)?;
                let has = above.columns.iter().any(|other| other.name == column.name);
                has.then(|| Id::new("column", &[schema, name, &column.name]))
            })
            .collect();
        if let [only] = above.as_slice() {
            bonds.push((only.clone(), Bond::Along));
        }
    }
    bonds
}

/// True for a column of a relation.
fn is_column_of(id: &Id, relation: &Id) -> bool {
    let rest = id.name().strip_prefix(relation.name());
    id.kind() == "column" && rest.is_some_and(|rest| rest.starts_with('.'))
}

/// True for a column of this name.
fn ends_with(id: &Id, column: &str) -> bool {
    split_name(id.name()).last().is_some_and(|name| name == column)
}
