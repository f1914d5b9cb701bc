//! A table that is there becomes a partition: `ATTACH PARTITION`, and what spares it its scan.
//!
//! PostgreSQL manual, "ALTER TABLE … ATTACH PARTITION": a table with a valid CHECK that holds what its
//! bound asks for is not read.

use super::moved_rows::{Moving, moving, out_of_default};
use super::table::PartitionOf;
use super::{Object, Situation, Table, check_partition, rank, twin};
use crate::action::{Action, Aside, Effect, Hazard, LockMode, Timing};
use crate::model::Id;
use crate::sql::{helper_name, quote_ident};

/// Attaches a table that `is_away` until then, or has been detached before in the same list.
pub(super) fn attach(
    table: &Table,
    partition: &PartitionOf,
    is_away: bool,
    situation: &Situation<'_>,
) -> Vec<Action> {
    let reading = |action: Action| {
        action
            .effect(Effect::Scan)
            .hazard(Hazard::MayFail, "fails when a row does not belong to the partition")
            .checks(check_partition::of_attached(table, situation))
    };
    let room = out_of_default(table, situation);
    let makes_room = room.is_some();
    let beside = |action| check_partition::beside_default(action, table, makes_room, situation);
    let statement = statement(table, partition, situation);
    if let Some(moving) = moving(table, partition, situation) {
        let attach = beside(statement.effect(Effect::Scan));
        return Moving::around(room, Moving::around(Some(moving), vec![attach]));
    }
    let spares = is_away && table.foreign.is_none() && situation.online(&Object::id(table));
    let Some(bound) = check_partition::proof(partition, situation).filter(|_| spares) else {
        return Moving::around(room, vec![beside(reading(statement))]);
    };
    let (check, validate, drop) = helper(table, &bound);
    let mut statement = beside(statement);
    statement.reason = Some("the validated CHECK spares the scan".to_owned());
    Moving::around(room, vec![check, reading(validate), statement, drop])
}

fn statement(table: &Table, partition: &PartitionOf, situation: &Situation<'_>) -> Action {
    let (id, name) = (Object::id(table), table.sql_name());
    let sql =
        format!("ALTER TABLE {} ATTACH PARTITION {name} {}", partition.table, partition.bound);
    let parent = Id::from_sql("table", &partition.table);
    let mut attach = Action::alter(id.clone(), "ALTER TABLE … ATTACH PARTITION", sql)
        .requires([parent])
        .lock(LockMode::AccessExclusive, id);
    for parent in table.parents_to(situation) {
        attach.requires.extend(parent.columns.iter().map(|c| c.id(&parent.schema, &parent.name)));
    }
    attach.requires.extend(table.columns.iter().map(|c| c.id(&table.schema, &table.name)));
    attach.takes.extend(partition.bounds_in_the_way(situation));
    attach.takes.push(format!("columns:{name}"));
    attach.takes.push(format!("parts of:{name}"));
    attach.frees.push(format!("children attached:{}", partition.table));
    let above = table.ancestors(situation.to);
    // A parent that comes has the columns of its own parents until those lose them.
    attach.takes.extend(above.iter().map(|parent| format!("columns:{parent}")));
    // What goes would take along what it got attached to it.
    attach.takes.extend(above.iter().map(|parent| format!("parts above:{parent}")));
    attach.frees.extend(above.iter().map(|parent| format!("partitions:{parent}")));
    attach.frees.extend(above.iter().map(|parent| format!("rows attached:{parent}")));
    let mut names = twin::names_below(situation, &table.schema, &table.name);
    names.push(twin::name(&table.schema, &table.name));
    attach.takes.extend(names.iter().map(|name| twin::loose(name)));
    attach.frees.extend(names);
    attach.rank = rank::AFTER_TABLES;
    attach
}

/// What brings a CHECK, validates it under a lock that lets readers and writers go on, and drops it.
fn helper(table: &Table, bound: &str) -> (Action, Action, Action) {
    let (id, name) = (Object::id(table), table.sql_name());
    let helper = helper_name(&format!("pgparity_{}", table.name), "_bound");
    let constraint = quote_ident(&helper).into_owned();
    let helper = Id::new("constraint", &[&table.schema, &table.name, &helper]);
    let alter = |command, what: &str| {
        Action::alter(id.clone(), command, format!("ALTER TABLE {name} {what}"))
    };
    // An attempt that failed may have left it behind.
    let mut check = alter(
        "ALTER TABLE … ADD CONSTRAINT",
        &format!(
            "DROP CONSTRAINT IF EXISTS {constraint}, ADD CONSTRAINT {constraint} CHECK \
             ({bound}) NOT VALID"
        ),
    )
    .lock(LockMode::AccessExclusive, id.clone());
    check.requires.extend(table.columns.iter().map(|c| c.id(&table.schema, &table.name)));
    check.takes.push(format!("columns:{name}"));
    check.aside = Some(Aside::Brought(helper.clone()));
    let validate =
        alter("ALTER TABLE … VALIDATE CONSTRAINT", &format!("VALIDATE CONSTRAINT {constraint}"))
            .lock(LockMode::ShareUpdateExclusive, id.clone())
            .timing(Timing::OwnTransaction);
    let mut drop =
        alter("ALTER TABLE … DROP CONSTRAINT", &format!("DROP CONSTRAINT IF EXISTS {constraint}"))
            .lock(LockMode::AccessExclusive, id.clone());
    drop.aside = Some(Aside::Removed(helper));
    (check, validate, drop)
}
