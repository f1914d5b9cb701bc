//! NOT NULL of a column, as a property and, from PostgreSQL 18 on, as a constraint.
//!
//! PostgreSQL manual, "ALTER TABLE … SET NOT NULL".

use super::check_rows::{Reach, about, rows, where_rows};
use super::column::NotNull;
use super::column_alter::alter;
use super::not_null_again;
use super::not_null_names::default_name;
use super::not_null_rename::rename;
use super::{Column, Object, Situation, Table};
use crate::action::{Action, Aside, Effect, Hazard, LockMode, RowCheck, Timing};
use crate::model::{Id, Text};
use crate::sql::{helper_name, quote_ident, quote_literal};

/// `SET NOT NULL` and `DROP NOT NULL`.
pub(super) fn not_null(
    table: &Table,
    old: &Column,
    new: &Column,
    situation: &Situation<'_>,
) -> Vec<Action> {
    let name = quote_ident(&new.name);
    let mut actions = Vec::new();
    let (before, after) = (old.not_null_name(table), new.not_null_name(table));
    let again = old.not_null && not_null_again::is_said_again(table, new, situation);
    let differs = old.not_null && new.not_null && without_comment(old) != without_comment(new);
    let differs = differs || again;
    // "cannot rename column of typed table", which means its constraints too.
    let renamed = table.of_type.is_some() && before != after;
    if differs && !again && !renamed && keeps_constraint(old, new) {
        if before != after {
            actions.extend(rename(table, new, (&before, &after), situation));
        }
        if old.not_null_is_not_valid() != new.not_null_is_not_valid() {
            actions.push(set_not_null(table, new, situation));
        }
        return actions;
    }
    if old.not_null && (!new.not_null || differs) {
        let mut action = alter(
            table,
            new,
            "ALTER TABLE … DROP NOT NULL",
            &format!("ALTER COLUMN {name} DROP NOT NULL"),
        );
        if not_null_again::drops_alone(&Object::id(table), &new.name, situation) {
            action.sql = action.sql.replacen("ALTER TABLE ", "ALTER TABLE ONLY ", 1);
        }
        action.frees.push(constraint_token(table, &before));
        action.rank = 1;
        // Keys need it, those of the tables below too.
        action.takes.push(format!("keys:{}", table.sql_name()));
        action.takes.push(format!("keys below:{}", table.sql_name()));
        if again {
            let why = "it would be valid in a table below that comes later";
            action.reason = Some(why.to_owned());
        }
        if !new.not_null {
            let message = format!("{}.{name} may hold NULL", table.sql_name());
            action = action.hazard(Hazard::ConstraintDropped, message);
        }
        // What a table has from a parent it cannot lose before the parent does.
        action.frees.push(not_null_above(&table.sql_name(), new));
        let above = table.lineage(situation.from);
        action.takes.extend(above.iter().map(|parent| not_null_above(parent, new)));
        actions.push(action);
    }
    if new.not_null && (!old.not_null || differs) && !comes_from_above(table, new, situation) {
        let first = actions.len();
        if without_comment(new) == NotNull::default() {
            actions.extend(by_size(table, new, situation));
        } else {
            actions.push(add_not_null_constraint(table, new, situation));
            if new.not_null_is_not_valid() {
                actions.extend(validated_below(table, new, situation));
            }
        }
        actions[first].takes.push(constraint_token(table, &after));
        // What goes with a parent's is said anew for this table afterwards.
        let above = table.lineage(situation.from);
        actions[first].takes.extend(above.iter().map(|parent| not_null_above(parent, new)));
        actions.extend(named_below(table, new, situation));
    }
    actions
}

/// The name of a constraint among those of its table, as [`Object::names`] of constraints has it.
pub(super) fn constraint_token(table: &Table, name: &str) -> String {
    format!("constraint:{} ON {}", quote_ident(name), table.sql_name())
}

fn without_comment(column: &Column) -> NotNull {
    NotNull { comment: None, ..column.not_null_constraint.as_deref().cloned().unwrap_or_default() }
}

/// True when the constraint can become the other one by a new name and by being validated.
fn keeps_constraint(old: &Column, new: &Column) -> bool {
    let (before, after) = (without_comment(old), without_comment(new));
    old.not_null
        && new.not_null
        && before.no_inherit == after.no_inherit
        && (before.not_valid || !after.not_valid)
}

/// The comment on the constraint, where it is another one than before.
pub(super) fn not_null_comment(
    table: &Table,
    old: Option<&Column>,
    new: &Column,
) -> Option<Action> {
    let comment =
        |column: &Column| column.not_null_constraint.as_ref().and_then(|c| c.comment.clone());
    let before = old.filter(|old| keeps_constraint(old, new)).and_then(comment);
    let after = comment(new);
    if before == after || !new.not_null {
        return None;
    }
    let text = after.map_or("NULL".to_owned(), |comment| quote_literal(&comment));
    let name = quote_ident(&new.not_null_name(table)).into_owned();
    let sql = format!("COMMENT ON CONSTRAINT {name} ON {} IS {text}", table.sql_name());
    Some(Action::alter(new.id(&table.schema, &table.name), "COMMENT ON CONSTRAINT", sql))
}

/// What NOT NULL refuses, and the check for it, where the column is there before.
fn null_check(
    table: &Table,
    column: &Column,
    situation: &Situation<'_>,
) -> (String, Option<RowCheck>) {
    let name = quote_ident(&column.name);
    let place = (table.schema.as_str(), table.name.as_str());
    let title = format!("rows of {} with NULL in {name}", table.sql_name());
    let own = column.not_null_constraint.as_ref().is_some_and(|nn| nn.no_inherit);
    let reach = if own { Reach::Own } else { Reach::All };
    let check = rows(situation, place, reach, None).map(|rows| {
        // A composite value of nothing but NULLs IS NULL, and yet no NULL.
        let of_user = column.data_type.contains('.');
        let null = if of_user {
            format!("pg_catalog.num_nulls({name}) = 1")
        } else {
            format!("{name} IS NULL")
        };
        let sql = where_rows(&rows, &null);
        about(place, std::slice::from_ref(&column.name), (title.clone(), Some(sql)))
    });
    (title, check)
}

fn set_not_null(table: &Table, column: &Column, situation: &Situation<'_>) -> Action {
    let (title, check) = null_check(table, column, situation);
    alter(
        table,
        column,
        "ALTER TABLE … SET NOT NULL",
        &format!("ALTER COLUMN {} SET NOT NULL", quote_ident(&column.name)),
    )
    .effect(Effect::Scan)
    .hazard(Hazard::MayFail, format!("fails when there are {title}"))
    .hazard(Hazard::TableScan, "every row is checked while readers and writers wait")
    .hazard(Hazard::BreaksPrograms, format!("INSERT of NULL into {} fails", column.name))
    .checks(check)
}

/// The name under which a NOT NULL stands in the way of those that the tables below have from it.
fn not_null_above(table: &str, column: &Column) -> String {
    format!("not null above:{table}.{}", column.name)
}

/// True when a parent table gets the constraint and passes it on.
fn comes_from_above(table: &Table, column: &Column, situation: &Situation<'_>) -> bool {
    let passes_on = |parent: Option<&Table>| {
        let column = parent?.columns.iter().find(|other| other.name == column.name)?;
        let kept = column.not_null_constraint.as_ref().is_some_and(|nn| nn.no_inherit);
        Some(column.not_null && !kept)
    };
    column.inherited
        && table.parents_to(situation).into_iter().any(|parent| {
            let before = situation.table_from(&parent.schema, &parent.name);
            passes_on(Some(parent)) == Some(true) && passes_on(before) == Some(false)
        })
}

/// What gives the tables below the names that their constraints should have, lowest first: what comes
/// from a parent has the parent's name, and keeps it (PostgreSQL 18: "cannot rename inherited
/// constraint"). Nothing where the names are the parent's.
pub(super) fn named_below(
    table: &Table,
    column: &Column,
    situation: &Situation<'_>,
) -> Vec<Action> {
    let plain = without_comment(column) == NotNull::default();
    if !situation.named_not_null || !plain || !situation.is_plan() {
        return Vec::new();
    }
    let parent = Text::from(table.sql_name());
    let name = column.not_null_name(table);
    let mut below: Vec<(Vec<Text>, &Table, &Column)> = Vec::new();
    for child in situation.to.table.iter() {
        let lineage = child.lineage(situation.to);
        let stays = situation.table_from(&child.schema, &child.name);
        let stays = stays.filter(|t| t.lineage(situation.from).contains(&parent));
        if !lineage.contains(&parent) || stays.is_none() {
            continue;
        }
        let own = child.columns.iter().find(|own| own.name == column.name);
        // One that the child gets by itself comes first, with what it has.
        let there = stays.is_some_and(|t| t.columns.iter().any(|c| c.name == column.name));
        let own = own.filter(|own| {
            there
                || own.inherited
                || own.inherited_not_null.is_some()
                || child.partition_of.is_some()
        });
        if let Some(own) = own.filter(|own| own.not_null && own.not_null_name(child) != name) {
            below.push((lineage, child, own));
        }
    }
    let mut actions = Vec::new();
    for (lineage, child, own) in below {
        let wanted = own.not_null_name(child);
        let mut its = if wanted == default_name(child, own) || situation.online(&Object::id(child))
        {
            by_size(child, own, situation)
        } else {
            let name = Some(wanted);
            let constraint = Some(Box::new(NotNull { name, ..NotNull::default() }));
            let named = Column { not_null_constraint: constraint, ..own.clone() };
            vec![add_not_null_constraint(child, &named, situation)]
        };
        for action in &mut its {
            action.reason = Some("the constraint gets the name that it should have".to_owned());
            action.frees.extend(lineage.iter().map(|above| named_first(above, own)));
        }
        actions.extend(its);
    }
    actions
}

/// The name under which a NOT NULL waits for those of the tables below, which have names of their own.
fn named_first(table: &str, column: &Column) -> String {
    format!("not null below:{table}.{}", column.name)
}

/// `SET NOT NULL`, or what spares a large table the long lock.
pub(super) fn by_size(table: &Table, column: &Column, situation: &Situation<'_>) -> Vec<Action> {
    let mut actions = if situation.online(&Object::id(table)) {
        online_not_null(table, column, situation)
    } else {
        vec![set_not_null(table, column, situation)]
    };
    if let Some(first) = actions.first_mut() {
        first.takes.push(named_first(&table.sql_name(), column));
    }
    actions
}

/// The tables below get a constraint as NOT VALID too; those of which it holds are validated.
fn validated_below(table: &Table, column: &Column, situation: &Situation<'_>) -> Vec<Action> {
    let parent = Text::from(table.sql_name());
    let below = situation.to.table.iter().filter(|t| {
        let has_parents = t.partition_of.is_some() || !t.inherits.is_empty();
        has_parents && t.lineage(situation.to).contains(&parent)
    });
    let mut actions = Vec::new();
    for child in below {
        let Some(own) = child.columns.iter().find(|own| own.name == column.name) else { continue };
        if own.not_null && !own.not_null_is_not_valid() {
            let what = format!("VALIDATE CONSTRAINT {}", quote_ident(&own.not_null_name(child)));
            let (title, check) = null_check(child, own, situation);
            actions.push(
                alter(child, own, "ALTER TABLE … VALIDATE CONSTRAINT", &what)
                    .lock(LockMode::ShareUpdateExclusive, Object::id(child))
                    .effect(Effect::Scan)
                    .hazard(Hazard::MayFail, format!("fails when there are {title}"))
                    .checks(check),
            );
        }
    }
    actions
}

/// A NOT NULL that has a name or is NOT VALID (PostgreSQL 18).
pub(super) fn add_not_null_constraint(
    table: &Table,
    column: &Column,
    situation: &Situation<'_>,
) -> Action {
    let constraint = column.not_null_constraint.clone().unwrap_or_default();
    let name =
        constraint.name.map(|n| format!("CONSTRAINT {} ", quote_ident(&n))).unwrap_or_default();
    let mut what = format!("ADD {name}NOT NULL {}", quote_ident(&column.name));
    for (set, word) in
        [(constraint.no_inherit, " NO INHERIT"), (constraint.not_valid, " NOT VALID")]
    {
        what += if set { word } else { "" };
    }
    let mut action = alter(table, column, "ALTER TABLE … ADD NOT NULL", &what);
    if constraint.not_valid {
        action.takes.push(table.all_below());
    } else {
        let (title, check) = null_check(table, column, situation);
        action = action
            .effect(Effect::Scan)
            .hazard(Hazard::MayFail, format!("fails when there are {title}"))
            .checks(check);
    }
    action
}

/// NOT NULL without a long lock: the scan runs under a lock that lets readers and writers go on.
///
/// Before 18 a validated CHECK spares SET NOT NULL its scan; from 18 on the constraint itself can
/// be added NOT VALID.
fn online_not_null(table: &Table, column: &Column, situation: &Situation<'_>) -> Vec<Action> {
    let name = quote_ident(&column.name);
    let (title, check) = null_check(table, column, situation);
    let validate = |constraint: &str| {
        let mut action = alter(
            table,
            column,
            "ALTER TABLE … VALIDATE CONSTRAINT",
            &format!("VALIDATE CONSTRAINT {constraint}"),
        )
        .lock(LockMode::ShareUpdateExclusive, Object::id(table))
        .effect(Effect::Scan)
        .hazard(Hazard::MayFail, format!("fails when there are {title}"))
        .checks(check.clone());
        action.timing = Timing::OwnTransaction;
        action
    };
    if situation.server >= 180_000 {
        let constraint = quote_ident(&column.not_null_name(table)).into_owned();
        let add = format!("ADD CONSTRAINT {constraint} NOT NULL {name} NOT VALID");
        return vec![
            alter(table, column, "ALTER TABLE … ADD NOT NULL", &add),
            validate(&constraint),
        ];
    }
    let helper = helper_name(&format!("pgparity_{}", column.name), "_not_null");
    let constraint = quote_ident(&helper).into_owned();
    let helper = Id::new("constraint", &[&table.schema, &table.name, &helper]);
    // An attempt that failed may have left it behind.
    let add = format!(
        "DROP CONSTRAINT IF EXISTS {constraint}, ADD CONSTRAINT {constraint} CHECK ({name} IS NOT \
         NULL) NOT VALID"
    );
    let mut set = alter(
        table,
        column,
        "ALTER TABLE … SET NOT NULL",
        &format!("ALTER COLUMN {name} SET NOT NULL, DROP CONSTRAINT IF EXISTS {constraint}"),
    );
    set.reason = Some("the validated CHECK spares the scan".to_owned());
    let mut check = alter(table, column, "ALTER TABLE … ADD CONSTRAINT", &add);
    check.aside = Some(Aside::Brought(helper.clone()));
    set.aside = Some(Aside::Removed(helper));
    vec![check, validate(&constraint), set]
}
