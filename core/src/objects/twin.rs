//! Keys and indexes with the same columns on one table.
//!
//! A statement that makes an index for a partitioned table takes any equal one that it finds on a
//! partition, and attaches it (PostgreSQL manual, `CREATE INDEX`, "Notes"; `ALTER TABLE … ATTACH
//! PARTITION`). One that stands beside it on purpose, and is attached to nothing, must come
//! later, or the statement must keep off the partitions.

use super::partition::{Part, becomes_attached, children, on_table};
use super::{Objects, Situation};
use crate::action::Action;
use crate::model::Id;
use crate::sql::qualified;

/// The indexes and keys of a table with these columns: their identities, and what they are
/// attached to.
fn alike(objects: &Objects, part: &impl Part) -> Vec<(Id, Option<Id>)> {
    fn of<P: Part>(found: &P) -> (Id, Option<Id>) {
        (found.id(), found.attached_to())
    }
    let (schema, table) = part.place();
    let columns = part.key_columns();
    let indexes = on_table(&objects.index, schema, table);
    let keys = on_table(&objects.constraint, schema, table);
    let indexes = indexes.filter(|other| other.key_columns() == columns).map(of);
    let keys = keys.filter(|other| other.has_index() && other.key_columns() == columns).map(of);
    indexes.chain(keys).collect()
}

/// True when one like this is on its table before, or once that is attached, without being attached
/// itself: a statement that reaches the table could take either.
pub(super) fn has_loose_twin(part: &impl Part, situation: &Situation<'_>) -> bool {
    let (schema, table) = part.place();
    let attached_later = becomes_attached(situation, schema, table);
    let before = alike(situation.from, part);
    alike(situation.to, part).into_iter().any(|(id, _)| {
        let was = before.iter().find(|(other, _)| *other == id);
        id != part.id() && was.is_some_and(|(_, above)| above.is_none() || attached_later)
    })
}

/// Has a part that a statement of its own makes wait for those that are made from above, where
/// one of them is like it.
pub(super) fn after_attached(part: &impl Part, situation: &Situation<'_>, actions: &mut [Action]) {
    let own = part.id();
    let beside = alike(situation.to, part).iter().any(|(id, above)| *id != own && above.is_some());
    if let Some(first) = actions.first_mut().filter(|_| beside) {
        let (schema, table) = part.place();
        first.takes.push(name(schema, table));
    }
}

/// Has the primary key of a table that is about to be attached come before what is like it. `ATTACH
/// PARTITION` takes the oldest for each index of the parent, the oldest first, and that is its primary
/// key, most often; later versions look at what kind of key it is (seen with 16.14 and 18.4).
pub(super) fn primary_key_first(part: &impl Part, actions: &mut [Action]) {
    let (schema, table) = part.place();
    let Some(first) = actions.first_mut() else { return };
    let name = format!("oldest key:{}", qualified(schema, table));
    if part.names().iter().any(|name| name.starts_with("primary key:")) {
        first.frees.push(name);
    } else {
        first.takes.push(name);
    }
}

/// The names by which those on the tables below wait for a part that reaches them.
pub(super) fn names_below(situation: &Situation<'_>, schema: &str, table: &str) -> Vec<String> {
    let mut names = Vec::new();
    for child in children(situation, schema, table) {
        names.push(name(&child.schema, &child.name));
        names.extend(names_below(situation, &child.schema, &child.name));
    }
    names
}

/// The name of what comes to a table from above.
pub(super) fn name(schema: &str, table: &str) -> String {
    format!("from above:{}", qualified(schema, table))
}

/// Has the end of a part that is attached to nothing come before what is made from above would take
/// it, where one like it comes from there.
pub(super) fn out_of_the_way(part: &impl Part, situation: &Situation<'_>, drop: &mut Action) {
    let from_above = |(_, above): &(Id, Option<Id>)| above.is_some();
    if part.attached_to().is_none() && alike(situation.to, part).iter().any(from_above) {
        let (schema, table) = part.place();
        drop.frees.push(loose(&name(schema, table)));
    }
}

/// The name of those on a table that go, and would be taken by what comes from above.
pub(super) fn loose(name: &str) -> String {
    format!("loose, {name}")
}
