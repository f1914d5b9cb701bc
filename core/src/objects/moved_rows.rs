//! Rows that belong to another partition once bounds have moved: they wait beside their table while it is
//! off, and find their partition through the parent.
//!
//! PostgreSQL manual, "ALTER TABLE … ATTACH PARTITION": rows that do not fit the bound are refused.

use super::table::PartitionOf;
use super::{Column, Object, Objects, Situation, Table, check_partition, rank, rows_back};
use crate::action::{Action, Aside, DROP_HELPER, Effect, Hazard, LockMode};
use crate::model::{FastSet, Id, Text};
use crate::sql::{helper_name, quote_ident, split_name};

/// What is to run before a partition is attached under another bound, and what after it.
pub(super) struct Moving {
    /// Rows that do not fit the new bound go aside.
    pub(super) before: Vec<Action>,
    /// They come back through the parent.
    pub(super) after: Vec<Action>,
}

impl Moving {
    /// These statements with what is to run before and after them.
    pub(super) fn around(moving: Option<Moving>, mut actions: Vec<Action>) -> Vec<Action> {
        let Some(Moving { before, after }) = moving else { return actions };
        let away = before.iter().filter(|action| action.command == "DELETE");
        let away: Vec<String> = away.flat_map(|action| action.frees.clone()).collect();
        for action in &mut actions {
            action.takes.extend(away.iter().cloned());
        }
        before.into_iter().chain(actions).chain(after).collect()
    }
}

/// The statements for rows that may not fit the new bound of a partition that stays one of the same
/// table. Nothing where all of them fit, where no condition tells which do, and where more than rows would
/// move: triggers and rules would be set off, foreign keys act on what is deleted, policies hide rows, and
/// publications pass on what is deleted.
pub(super) fn moving(table: &Table, of: &PartitionOf, situation: &Situation<'_>) -> Option<Moving> {
    let before = situation.table_from(&table.schema, &table.name)?;
    let was = before.partition_of.as_ref().filter(|was| was.table == of.table)?;
    if was.bound == of.bound || was.is_within(of) || table.foreign.is_some() {
        return None;
    }
    let name = split_name(&of.table);
    let [schema, parent] = name.as_slice() else { return None };
    let parent = situation.table_to(schema, parent)?;
    if situation.comes(&Object::id(parent)) || sets_off_more(before, situation) {
        return None;
    }
    let fits = check_partition::fits(of, situation)?;
    let checks = check_partition::of_moved(table, situation);
    let waiting = Id::new("table", &[&table.schema, &helper_name(&table.name, "_pgparity_moved")]);
    let why =
        "rows outside of the new bound wait aside, and find their partition through its parent";
    let (mut out, drop) = aside(table, &waiting, &format!("({fits}) IS NOT TRUE"), why);
    for action in &mut out {
        action.takes.push(format!("detached:{}", table.sql_name()));
    }
    let columns = listed(table.columns.iter().filter(|column| column.generated.is_none()));
    let rows = format!("SELECT {columns} FROM {}", waiting.name());
    let insert = insert(table, parent, (&columns, &rows), situation.to)
        .takes(waiting_in(&waiting))
        .frees(back_from(&waiting))
        .hazard(Hazard::MayFail, "fails when no partition takes a row")
        .checks(checks);
    let insert = Action { reason: Some(why.to_owned()), ..insert };
    Some(Moving { before: out, after: vec![insert, drop] })
}

/// The statements for rows of the default partition that belong to one that comes, or grows: they make room
/// first. Nothing where foreign keys lead to them.
pub(super) fn out_of_default(table: &Table, situation: &Situation<'_>) -> Option<Moving> {
    let of = table.partition_of.as_ref()?;
    let default = check_partition::default_beside(table, situation)?;
    let name = split_name(&of.table);
    let [schema, parent] = name.as_slice() else { return None };
    let parent = situation.table_to(schema, parent)?;
    if situation.comes(&Object::id(parent)) || table.foreign.is_some() {
        return None;
    }
    let above = default.ancestors(situation.from);
    let referred = referred_to(above.last()?, situation)?;
    if !referred.is_empty() {
        return None;
    }
    let fits = check_partition::fits(of, situation)?;
    let ending = helper_name(&table.name, "_pgparity_default");
    let waiting = Id::new("table", &[&table.schema, &ending]);
    let why = "rows of the default partition that belong there make room for it";
    let (out, drop) = aside(default, &waiting, &fits, why);
    let columns = listed(default.columns.iter().filter(|column| column.generated.is_none()));
    let rows = format!("SELECT {columns} FROM {}", waiting.name());
    let insert = insert(default, parent, (&columns, &rows), situation.to)
        .takes(waiting_in(&waiting))
        .frees(back_from(&waiting));
    let insert = Action { reason: Some(why.to_owned()), ..insert };
    Some(Moving { before: out, after: vec![insert, drop] })
}

/// The name for: rows wait in this table.
fn waiting_in(helper: &Id) -> String {
    format!("waiting in:{}", helper.name())
}

/// The name for: what waited in this table is back. Without that it is not dropped.
fn back_from(helper: &Id) -> String {
    format!("back from:{}", helper.name())
}

/// What brings the rows of a table for which a condition holds into a table of their own, and what removes
/// that.
fn aside(table: &Table, waiting: &Id, condition: &str, why: &str) -> (Vec<Action>, Action) {
    let (id, name) = (Object::id(table), table.sql_name());
    let columns = listed(table.columns.iter().filter(|column| column.generated.is_none()));
    let aside = waiting.name();
    let sql = format!("CREATE TABLE {aside} AS SELECT {columns} FROM {name} WITH NO DATA");
    let mut create =
        Action::alter(id.clone(), "CREATE TABLE AS", sql).frees(format!("helper:{aside}"));
    create.aside = Some(Aside::Brought(waiting.clone()));
    // Both at once: no row is deleted that does not wait.
    let sql = format!(
        "WITH moved AS (DELETE FROM {name} WHERE {condition} RETURNING {columns}) \
         INSERT INTO {aside} SELECT * FROM moved"
    );
    let delete = Action::alter(id.clone(), "DELETE", sql)
        .effect(Effect::Scan)
        .takes(format!("helper:{aside}"))
        .frees(waiting_in(waiting))
        .lock(LockMode::RowExclusive, id.clone());
    let mut out = vec![create, delete];
    for action in &mut out {
        action.requires.extend(table.columns.iter().map(|c| c.id(&table.schema, &table.name)));
        action.takes.push(format!("columns:{name}"));
        // Rows below it are in it again.
        action.takes.push(format!("partitions:{name}"));
        action.takes.push(format!("rows attached:{name}"));
        action.reason = Some(why.to_owned());
        action.rank = rank::AFTER_TABLES;
    }
    let mut drop =
        Action::alter(id, DROP_HELPER, format!("DROP TABLE {aside}")).takes(back_from(waiting));
    drop.aside = Some(Aside::Removed(waiting.clone()));
    drop.rank = rank::AFTER_TABLES;
    (out, drop)
}

/// How the rows of a partition that goes, and whose bound another one takes over, get there: the statement
/// that is to run between `DETACH PARTITION` and `DROP TABLE`, and whether no row is left behind.
pub(super) fn taken_over(table: &Table, situation: &Situation<'_>) -> Option<(Action, bool)> {
    let of = table.partition_of.as_ref()?;
    let name = split_name(&of.table);
    let [schema, parent] = name.as_slice() else { return None };
    let parent = situation.table_to(schema, parent)?;
    if situation.comes(&Object::id(parent)) || situation.comes(&Object::id(table)) {
        return None;
    }
    if table.partition_by.is_some() {
        // Where its partitions go is theirs to say.
        return None;
    }
    let partitions: Vec<&PartitionOf> = check_partition::siblings(&of.table, situation).collect();
    if !partitions.iter().any(|other| other.overlaps(of)) {
        return None;
    }
    if table.foreign.is_some() || sets_off_more(table, situation) {
        return None;
    }
    let pairs = || {
        table.columns.iter().filter_map(|old| {
            let new = parent.columns.iter().find(|new| new.name == old.name)?;
            new.generated.is_none().then_some((old, new))
        })
    };
    if pairs().any(|(old, new)| old.data_type != new.data_type || old.collation != new.collation) {
        return None;
    }
    let columns = listed(pairs().map(|(old, _)| old));
    let all = partitions.iter().any(|other| other.bound == "DEFAULT" || of.is_within(other))
        || PartitionOf::are_all_hashes(&partitions);
    let mut rows = format!("SELECT {columns} FROM {}", table.sql_name());
    if !all {
        let fits: Option<Vec<String>> =
            partitions.iter().map(|other| check_partition::fits(other, situation)).collect();
        rows += &format!(" WHERE ({})", fits?.join(") OR ("));
    }
    let mut insert = insert(table, parent, (&columns, &rows), situation.from);
    insert.takes.push(format!("detached:{}", table.sql_name()));
    // It means the table that goes.
    insert.requires.retain(|needed| *needed != Object::id(table));
    insert.reason = Some("rows of a bound that another partition takes over go there".to_owned());
    Some((insert, all))
}

/// Rows back into a partitioned table, as soon as its partitions are there.
fn insert(
    table: &Table,
    parent: &Table,
    (columns, rows): (&str, &str),
    objects: &Objects,
) -> Action {
    let into = parent.sql_name();
    let sql = format!("INSERT INTO {into} ({columns}) OVERRIDING SYSTEM VALUE {rows}");
    let mut insert = Action::alter(Object::id(table), "INSERT", sql)
        .effect(Effect::Scan)
        .lock(LockMode::RowExclusive, Object::id(parent))
        .requires([Object::id(parent)])
        .requires(parent.columns.iter().map(|c| c.id(&parent.schema, &parent.name)))
        .takes(format!("partitions:{into}"));
    for above in table.ancestors(objects) {
        insert.frees.push(format!("rows attached:{above}"));
        insert.frees.push(rows_back(&above));
    }
    insert.rank = rank::AFTER_TABLES;
    insert
}

fn listed<'a>(columns: impl Iterator<Item = &'a Column>) -> String {
    columns.map(|column| quote_ident(&column.name)).collect::<Vec<_>>().join(", ")
}

/// True where deleting rows of a partition and inserting them through its parent does more than that.
/// Foreign keys to what is above it are away as long as it is off.
fn sets_off_more(table: &Table, situation: &Situation<'_>) -> bool {
    let above = table.ancestors(situation.from);
    let (Some(root), own) = (above.last(), table.sql_name()) else { return true };
    referred_to(root, situation).is_none_or(|referred| {
        let is_below = |id: &Id| {
            let name = split_name(id.name());
            let [schema, name] = name.as_slice() else { return false };
            let found = situation.from.find_table(schema, name);
            found.is_some_and(|one| one.ancestors(situation.from).iter().any(|a| **a == *own))
        };
        let leaf = table.partition_by.is_none();
        referred.contains(&Object::id(table)) || !leaf && referred.iter().any(is_below)
    })
}

/// The tables of a tree of partitions that foreign keys lead to; `None` where rows cannot go from one of
/// its partitions to another without more: triggers, rules, policies, publications, rows elsewhere.
fn referred_to(root: &Text, situation: &Situation<'_>) -> Option<FastSet<Id>> {
    let memo = situation.known.map(|known| &known.row_trees);
    if let Some(found) = memo.and_then(|memo| memo.borrow().get(root).cloned()) {
        return found;
    }
    let found = look_at_tree(root, situation);
    if let Some(memo) = memo {
        memo.borrow_mut().insert(root.clone(), found.clone());
    }
    found
}

/// True where a publication passes on what happens to rows of one of these tables. One without a replica
/// identity could not even lose rows (manual, "Publication").
fn is_published(objects: &Objects, tables: &[&Table]) -> bool {
    let is_here = |schema: &str| tables.iter().any(|one| *one.schema == *schema);
    objects.publication.iter().any(|publication| publication.all_tables)
        || objects.publication_schema.iter().any(|member| is_here(&member.schema))
        || objects.publication_table.iter().any(|member| {
            tables.iter().any(|one| (&one.schema, &one.name) == (&member.schema, &member.table))
        })
}

fn look_at_tree(root: &Text, situation: &Situation<'_>) -> Option<FastSet<Id>> {
    let mut referred = FastSet::default();
    for objects in [situation.from, situation.to] {
        let in_tree = |one: &&Table| {
            *one.sql_name() == **root
                || one.partition_of.is_some() && one.ancestors(objects).last() == Some(root)
        };
        let tree: Vec<&Table> = objects.table.iter().filter(in_tree).collect();
        if tree.iter().any(|one| one.foreign.is_some() || one.force_row_security) {
            return None;
        }
        let ids: FastSet<Id> = tree.iter().map(|one| Object::id(*one)).collect();
        let is_on = |schema: &str, name: &str, enabled: Option<&str>| {
            enabled != Some("DISABLED") && ids.contains(&Id::new("table", &[schema, name]))
        };
        // Of a trigger that a partition has from its parent the snapshot does not repeat the events.
        let on_rows = |text: &str| {
            text.is_empty() || ["INSERT", "DELETE"].iter().any(|event| text.contains(event))
        };
        let fires = objects.trigger.iter().any(|one| {
            on_rows(&one.definition) && is_on(&one.schema, &one.table, one.enabled.as_deref())
        });
        let rewrites =
            objects.rule.iter().any(|one| is_on(&one.schema, &one.table, one.enabled.as_deref()));
        if fires || rewrites || is_published(objects, &tree) {
            return None;
        }
        let targets = objects.constraint.iter().filter_map(|key| key.references.as_ref());
        referred.extend(targets.filter(|target| ids.contains(target)).cloned());
    }
    Some(referred)
}
