//! What a table has from the tables above it: indexes, keys, foreign keys, checks. Each is an
//! object of its own that is attached to the parent's.
//!
//! PostgreSQL manual, "Table Partitioning" (`CREATE INDEX ON ONLY`, `ALTER INDEX … ATTACH
//! PARTITION`) and "Inheritance".

use super::{AnyObject, Index, Key, List, Object, Situation, Table, twin};
use crate::action::{Action, LockMode};
use crate::model::{Id, Text};
use crate::sql::{qualified, quote_ident, split_name};

/// An index or constraint, as far as it can be attached to one of a parent table.
pub(crate) trait Part: Object {
    /// Its schema, its table.
    fn place(&self) -> (&str, &str);
    /// It has an index, which is attached by a statement of its own.
    fn has_index(&self) -> bool;
    /// The columns of its key; an expression is an empty name.
    fn key_columns(&self) -> &[Text];
    /// What PostgreSQL would call it on its own table, when it makes it for the sake of `above`;
    /// `None` where that cannot be told.
    fn automatic_name(&self, above: &Self) -> Option<String>;
    /// All of its kind, sorted by key, as they should become.
    fn all_to<'a>(situation: &Situation<'a>) -> &'a List<Self>;
    /// The same, as they are.
    fn all_from<'a>(situation: &Situation<'a>) -> &'a List<Self>;
    /// It is built partition by partition, so that no lock is held for long.
    fn in_pieces(&self, situation: &Situation<'_>) -> bool;
    /// `ALTER … RENAME` without the new name.
    fn rename_sql(&self, name: &str) -> String;
}

/// How a part that is not there yet comes to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// It is attached to nothing: by a statement of its own.
    Own,
    /// PostgreSQL makes it together with its table, or with what it is attached to.
    Implied,
    /// The same, but under another name than it should have.
    Renamed(String),
    /// By a statement of its own, before its table is attached, which attaches it too.
    BeforeTable,
    /// By a statement of its own, and attached by another.
    Attached,
}

/// How a part comes to be.
pub(super) fn arrival<P: Part>(part: &P, situation: &Situation<'_>) -> Arrival {
    let Some(above_id) = part.attached_to() else { return Arrival::Own };
    let (schema, name) = part.place();
    let above = find(P::all_to(situation), &above_id);
    if comes_with_table_alone(part, situation) {
        return Arrival::Implied;
    }
    let (Some(above), true) = (above, situation.is_plan()) else { return Arrival::Attached };
    let table_comes = situation.comes(&Id::new("table", &[schema, name]));
    if !table_comes && becomes_attached(situation, schema, name) {
        // A check is passed on by the statement that makes it, not by the one that attaches the table.
        let passed_on = !part.has_index()
            && situation.comes(&above_id)
            && !(above.attached_to().is_some() && comes_with_table(above, situation));
        return match by_name(part, above) {
            Arrival::Implied if passed_on => Arrival::Implied,
            _ if part.has_index() && comes_alone(above, situation) => Arrival::Attached,
            _ => Arrival::BeforeTable,
        };
    }
    if table_comes && comes_with_table(above, situation) || !part.has_index() {
        return by_name(part, above);
    }
    if situation.comes(&above_id) && reaches_all(above, situation) {
        return Arrival::Implied;
    }
    Arrival::Attached
}

/// True for a key on a new partition that becomes part of an index which is there: the table is
/// made with it and then attached, as it would get an index otherwise.
pub(super) fn comes_with_table_alone<P: Part>(part: &P, situation: &Situation<'_>) -> bool {
    let (schema, name) = part.place();
    let above = part.attached_to().filter(|above| above.kind() != part.id().kind());
    above.is_some_and(|above| {
        situation.is_plan()
            && !situation.comes(&above)
            && situation.comes(&Id::new("table", &[schema, name]))
    })
}

fn by_name<P: Part>(part: &P, above: &P) -> Arrival {
    match part.automatic_name(above) {
        Some(name) if name != part.name() => Arrival::Renamed(name),
        _ => Arrival::Implied,
    }
}

/// True when the part is on its table before that table's new children are made.
fn comes_with_table<P: Part>(part: &P, situation: &Situation<'_>) -> bool {
    if !situation.comes(&part.id()) {
        return true;
    }
    let (schema, name) = part.place();
    situation.comes(&Id::new("table", &[schema, name]))
        && part
            .attached_to()
            .and_then(|above| find(P::all_to(situation), &above))
            .is_some_and(|above| comes_with_table(above, situation))
}

/// True when the statement that makes a part for a partitioned table may make those of all the
/// tables below: all have one, by the name that PostgreSQL gives it.
pub(super) fn reaches_all<P: Part>(part: &P, situation: &Situation<'_>) -> bool {
    let id = part.id();
    let memo = situation.known.map(|known| &known.reaches_all);
    if let Some(reaches) = memo.and_then(|memo| memo.borrow().get(&id).copied()) {
        return reaches;
    }
    let reaches = all_come_with(part, &id, situation);
    if let Some(memo) = memo {
        memo.borrow_mut().insert(id, reaches);
    }
    reaches
}

fn all_come_with<P: Part>(part: &P, id: &Id, situation: &Situation<'_>) -> bool {
    let (schema, name) = part.place();
    if part.in_pieces(situation) {
        return children(situation, schema, name).next().is_none();
    }
    children(situation, schema, name).all(|table| {
        let below = on_table(P::all_to(situation), &table.schema, &table.name)
            .find(|below| below.attached_to().as_ref() == Some(id));
        below.is_some_and(|below| {
            let there = find(P::all_from(situation), &below.id())
                .is_some_and(|before| before.attached_to().is_none());
            let named = there
                || becomes_attached(situation, &table.schema, &table.name)
                || below.automatic_name(part).is_some_and(|name| name == below.name());
            named && !twin::has_loose_twin(below, situation) && reaches_all(below, situation)
        })
    })
}

/// True for a part that comes to a partitioned table alone, when its partitions are in place: what
/// is attached to it is by statements of its own. One that comes with its table is there before them.
fn comes_alone<P: Part>(part: &P, situation: &Situation<'_>) -> bool {
    situation.comes(&part.id())
        && !reaches_all(part, situation)
        && !(part.attached_to().is_some() && comes_with_table(part, situation))
}

/// True for a partitioned table that is there, and that has rows, in a partition however far down,
/// that a build under one long lock would keep others from.
pub(super) fn is_online_below(situation: &Situation<'_>, schema: &str, name: &str) -> bool {
    let Some(table) = situation.table_from(schema, name) else { return false };
    if table.partition_by.is_none() {
        return situation.online(&Object::id(table));
    }
    let is_child = |child: &&Table| {
        let parent = child.partition_of.as_ref().map(|p| Id::from_sql("table", &p.table));
        parent.is_some_and(|parent| parent == Object::id(table))
    };
    let mut children = situation.from.table.iter().filter(is_child);
    children.any(|child| is_online_below(situation, &child.schema, &child.name))
}

/// The tables that become partitions of a table.
pub(super) fn children<'a>(
    situation: &Situation<'a>,
    schema: &str,
    name: &str,
) -> impl Iterator<Item = &'a Table> + use<'a> {
    let partitioned =
        situation.table_to(schema, name).is_some_and(|table| table.partition_by.is_some());
    let parent = qualified(schema, name);
    let all = partitioned.then_some(&situation.to.table);
    all.into_iter()
        .flatten()
        .filter(move |table| table.partition_of.as_ref().is_some_and(|p| p.table == parent))
}

/// True for a table that is there, and is attached to a parent by the plan.
pub(super) fn becomes_attached(situation: &Situation<'_>, schema: &str, name: &str) -> bool {
    match (situation.table_from(schema, name), situation.table_to(schema, name)) {
        (Some(before), Some(after)) => {
            let kept = before.links_kept(after, situation);
            after.links().iter().any(|(parent, _)| !kept.contains(parent))
        }
        _ => false,
    }
}

/// True for a table that stays, and loses, if only for a while, the parent that something on it is
/// attached to.
pub(crate) fn becomes_loose(situation: &Situation<'_>, table: &Id, above: &Id) -> bool {
    let (table, above) = (split_name(table.name()), split_name(above.name()));
    let ([schema, name], [parent_schema, parent, ..]) = (table.as_slice(), above.as_slice()) else {
        return false;
    };
    let parent = qualified(parent_schema, parent);
    match (situation.table_from(schema, name), situation.table_to(schema, name)) {
        (Some(before), Some(after)) => {
            let kept = before.links_kept(after, situation);
            before.links().iter().any(|(of, _)| *of == parent && !kept.contains(of))
        }
        _ => false,
    }
}

/// True for an index to which keys of partitions that stay are attached, however far down.
pub(super) fn holds_keys(index: &Index, situation: &Situation<'_>) -> bool {
    let table = situation.table_from(&index.schema, &index.table);
    if table.is_none_or(|table| table.partition_by.is_none()) {
        return false;
    }
    let id = Object::id(index);
    situation.from.constraint.iter().filter(|key| key.has_index()).any(|key| {
        let above = |id: &Id| situation.from.find(id).and_then(AnyObject::attached_to);
        let loose = |above: &Id| becomes_loose(situation, &key.table_id(), above);
        let mut all = std::iter::successors(key.attached_to.clone(), above);
        all.any(|above| above == id) && !key.attached_to.as_ref().is_some_and(loose)
    })
}

/// The statements for a part that PostgreSQL does not make by itself; `own` makes it.
pub(super) fn create<P: Part>(
    part: &P,
    situation: &Situation<'_>,
    own: impl FnOnce() -> Vec<Action>,
) -> Vec<Action> {
    match (arrival(part, situation), part.attached_to()) {
        (Arrival::Implied, _) => Vec::new(),
        (Arrival::Renamed(name), Some(above)) => {
            let sql = part.rename_sql(&name);
            let mut rename = Action::create(part.id(), "ALTER … RENAME TO", sql).requires([above]);
            rename.reason = Some("it comes with the table, under another name".to_owned());
            vec![rename]
        }
        (Arrival::BeforeTable, _) => {
            let (schema, name) = part.place();
            let mut actions = own();
            if part.has_index() {
                actions = reaching(part, situation, actions);
                twin::primary_key_first(part, &mut actions);
            }
            for action in &mut actions {
                action.frees.push(format!("parts of:{}", qualified(schema, name)));
            }
            actions
        }
        (Arrival::Attached, Some(above)) if part.has_index() => {
            let mut actions = reaching(part, situation, own());
            twin::after_attached(part, situation, &mut actions);
            actions.push(attach(part, &above));
            actions
        }
        _ if part.has_index() => {
            let mut actions = reaching(part, situation, own());
            twin::after_attached(part, situation, &mut actions);
            actions
        }
        _ => own(),
    }
}

/// Tells those that wait on the tables below which statement reaches them.
fn reaching<P: Part>(part: &P, situation: &Situation<'_>, mut actions: Vec<Action>) -> Vec<Action> {
    if let Some(first) = actions.first_mut().filter(|_| reaches_all(part, situation)) {
        let (schema, table) = part.place();
        let below = twin::names_below(situation, schema, table);
        first.takes.extend(below.iter().map(|name| twin::loose(name)));
        first.frees.extend(below);
    }
    actions
}

/// `ALTER INDEX … ATTACH PARTITION`.
fn attach<P: Part>(part: &P, above: &Id) -> Action {
    let (parent, (schema, _)) = (split_name(above.name()), part.place());
    let first = parent.first().map_or("", String::as_str);
    let last = parent.last().map_or("", String::as_str);
    let sql = format!(
        "ALTER INDEX {} ATTACH PARTITION {}",
        qualified(first, last),
        qualified(schema, &part.name())
    );
    let mut action =
        Action::alter(part.id(), "ALTER INDEX … ATTACH PARTITION", sql).requires([above.clone()]);
    if let Some(table) = part.parent() {
        action = action.lock(LockMode::ShareUpdateExclusive, table);
    }
    action
}

/// What to do when a part that stays is attached to something else than before. `Err`: it cannot
/// stay.
pub(super) fn reattach<P: Part>(
    before: &P,
    after: &P,
    situation: &Situation<'_>,
) -> Result<Vec<Action>, String> {
    let (schema, name) = after.place();
    match (before.attached_to(), after.attached_to()) {
        (None, Some(above)) => {
            let part_above = find(P::all_to(situation), &above);
            let by_hand = part_above.is_some_and(|above| comes_alone(above, situation));
            let made_by_table = becomes_attached(situation, schema, name) && !by_hand;
            let made_by_above = situation.comes(&above) && part_above.is_some() && !by_hand;
            if made_by_table || made_by_above || !after.has_index() {
                return Ok(Vec::new());
            }
            Ok(vec![attach(after, &above)])
        }
        (Some(above), _)
            if becomes_loose(situation, &Id::new("table", &[schema, name]), &above) =>
        {
            // The statement that detaches the table detaches this too, another attaches it.
            Ok(Vec::new())
        }
        _ => Err("it is attached to something else, and cannot be detached by itself".to_owned()),
    }
}

/// An object of a sorted list.
pub(super) fn find<'a, P: Part>(list: &'a List<P>, id: &Id) -> Option<&'a P> {
    let parts = split_name(id.name());
    let [schema, table, name] = parts.as_slice() else { return None };
    let key = Key(schema, table, name);
    list.binary_search_by(|part| part.key().cmp(&key)).ok().and_then(|at| list.get(at))
}

/// Those of a sorted list that are on one table.
pub(crate) fn on_table<'a, P: Part>(
    list: &'a List<P>,
    schema: &str,
    table: &str,
) -> impl Iterator<Item = &'a P> + use<'a, P> {
    let place = (schema, table);
    let first = list.partition_point(|part| part.place() < place);
    let end = list.partition_point(|part| part.place() <= place);
    list.range(first..end)
}

/// The names in the brackets behind ` INCLUDE `, unquoted.
pub(super) fn included(definition: &str) -> Vec<Text> {
    let Some((_, rest)) = definition.split_once(" INCLUDE (") else { return Vec::new() };
    let list = rest.split_once(')').map_or(rest, |(list, _)| list);
    list.split(", ").filter_map(|name| split_name(name).pop().map(Text::from)).collect()
}

/// `ALTER INDEX name`.
pub(super) fn rename_index(schema: &str, name: &str, new: &str) -> String {
    format!("ALTER INDEX {} RENAME TO {}", qualified(schema, name), quote_ident(new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn included_columns_are_read_from_the_definition() {
        assert_eq!(included("USING btree (a) INCLUDE (b, \"C d\") WHERE x"), ["b", "C d"]);
        assert!(included("USING btree (a)").is_empty());
    }
}
