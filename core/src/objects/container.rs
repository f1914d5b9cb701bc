//! Where the values of a type are: in columns, and inside of other values.

use std::collections::BTreeSet;

use super::{Objects, Situation};
use crate::model::Id;
use crate::sql::qualified;

/// True when a column of some table has values of this type in it, however deep inside, or a typed
/// table has its columns from it.
///
/// A composite type then cannot get other attributes (PostgreSQL manual, "ALTER TYPE").
pub(super) fn uses_type(objects: &Objects, id: &Id) -> bool {
    let mut types = BTreeSet::from([id.clone()]);
    add_made_of(objects, &mut types);
    objects.table.iter().any(|table| {
        table.depends_on.contains(id)
            || table.columns.iter().any(|column| holds(&types, &column.depends_on))
    })
}

/// A column that holds values of a domain inside of others: in an array, a row, a range.
///
/// PostgreSQL checks no rows of such a column. A statement that would have to fails as long as
/// there is one (PostgreSQL manual, "ALTER DOMAIN", Notes).
pub(super) fn column_containing(situation: &Situation<'_>, domain: &Id) -> Option<String> {
    let objects = situation.from;
    let mut plain = BTreeSet::from([domain.clone()]);
    let over = |plain: &BTreeSet<Id>| -> BTreeSet<Id> {
        let domains = objects.domain.iter().filter(|other| spells(plain, &other.base_type));
        domains.map(|other| Id::new("domain", &[&other.schema, &other.name])).collect()
    };
    loop {
        let more = over(&plain);
        if more.is_subset(&plain) {
            break;
        }
        plain.extend(more);
    }
    let mut types = plain.clone();
    add_made_of(objects, &mut types);
    let all = situation.columns_of_own_types();
    let (table, column) = all.into_iter().find(|(_, column)| {
        holds(&types, &column.depends_on) && !spells(&plain, &column.data_type)
    })?;
    Some(format!("{}.{}", qualified(&table.schema, &table.name), column.name))
}

/// Adds the types that are made of these.
fn add_made_of(objects: &Objects, types: &mut BTreeSet<Id>) {
    let domains = objects.domain.iter().map(|t| ("domain", &t.schema, &t.name, &t.depends_on));
    let composites =
        objects.composite.iter().map(|t| ("composite", &t.schema, &t.name, &t.depends_on));
    let ranges = objects.range.iter().map(|t| ("range", &t.schema, &t.name, &t.depends_on));
    let all: Vec<_> = domains.chain(composites).chain(ranges).collect();
    loop {
        let made = all.iter().filter(|(.., depends_on)| holds(types, depends_on));
        let made: BTreeSet<Id> =
            made.map(|(kind, schema, name, _)| Id::new(kind, &[schema, name])).collect();
        if made.is_subset(types) {
            return;
        }
        types.extend(made);
    }
}

fn holds(types: &BTreeSet<Id>, depends_on: &[Id]) -> bool {
    depends_on.iter().any(|id| types.contains(id))
}

/// True when a type's text is the name of one of the types, and nothing more.
fn spells(types: &BTreeSet<Id>, data_type: &str) -> bool {
    types.contains(&Id::from_sql("domain", data_type))
}
