//! Tables that must be built anew keep their rows: they are copied aside before and back afterwards.

use crate::action::{Action, Aside, DROP_HELPER, Effect, Hazard, LockMode};
use crate::model::Id;
use crate::objects::column_alter::lost_values;
use crate::objects::{
    Column, Object, Situation, Table, behind_values, converted, identity_behind_values, rank,
    rows_back,
};
use crate::sql::{helper_name, quote_ident};

/// The table that the rows wait in.
fn aside(table: &Table) -> Id {
    Id::new("table", &[&table.schema, &helper_name(&table.name, "_pgparity_rows")])
}

/// The columns whose values can be taken over.
fn common<'a>(from: &'a Table, to: &'a Table) -> Vec<(&'a Column, &'a Column)> {
    from.columns
        .iter()
        .filter_map(|old| Some((old, to.columns.iter().find(|new| new.name == old.name)?)))
        .filter(|(_, new)| new.generated.is_none())
        .collect()
}

/// True for a column of a user's own type, which may go or be built anew while the values wait.
fn waits_as_text(column: &Column) -> bool {
    column.data_type.contains('.')
}

/// Copies the rows aside; to run before anything of the table goes.
pub(super) fn save(from: &Table) -> Vec<Action> {
    let id = Object::id(from);
    let name = from.sql_name();
    // Policies that hold for the owner too would leave rows out, without a word.
    let all = from.force_row_security.then(|| {
        let sql = format!("ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY");
        let mut action = Action::alter(id.clone(), "ALTER TABLE … ROW LEVEL SECURITY", sql)
            .lock(LockMode::AccessExclusive, id.clone())
            .releases([id.clone()]);
        action.requires.clear();
        action.rank = 1;
        action.reason = Some("the owner has to see all rows, to copy them".to_owned());
        action
    });
    let goes_along = |column: &Column| waits_as_text(column) || column.collation.is_some();
    let rows = if from.columns.iter().any(goes_along) {
        let values: Vec<String> = from
            .columns
            .iter()
            .map(|column| {
                let name = quote_ident(&column.name);
                let text = if waits_as_text(column) { "::pg_catalog.text" } else { "" };
                // The collation may go or be built anew meanwhile, too.
                if goes_along(column) {
                    format!("{name}{text} COLLATE pg_catalog.\"default\" AS {name}")
                } else {
                    name.into_owned()
                }
            })
            .collect();
        format!("SELECT {} FROM {}", values.join(", "), from.sql_name())
    } else {
        format!("TABLE {}", from.sql_name())
    };
    let sql = format!("CREATE TABLE {} AS {rows}", aside(from).name());
    let mut action = Action::alter(id.clone(), "CREATE TABLE AS", sql)
        .effect(Effect::Scan)
        .releases([id])
        .hazard(Hazard::TableRewrite, "all rows are copied aside and back");
    // It reads the old table, not the one that is to come.
    action.requires.clear();
    action.frees.push(format!("rows:{}", from.sql_name()));
    action.rank = 1;
    action.reason = Some("the table is built anew and keeps its rows".to_owned());
    all.into_iter().chain([action]).collect()
}

/// Tells which values the copy does not bring back: those of columns that are no more, or that get a
/// type which may not hold them.
pub(super) fn losses(from: &Table, to: &Table) -> Vec<String> {
    let new = |old: &Column| to.columns.iter().find(|new| new.name == old.name);
    from.columns.iter().filter_map(|old| lost_values(from, old, new(old))).collect()
}

/// Copies the rows back and removes the copy; to run once the table and its partitions are there.
pub(super) fn restore(from: &Table, to: &Table, situation: &Situation<'_>) -> Vec<Action> {
    let id = Object::id(to);
    let pairs = common(from, to);
    let mut actions = Vec::new();
    if !pairs.is_empty() {
        let targets: Vec<String> =
            pairs.iter().map(|(_, new)| quote_ident(&new.name).into_owned()).collect();
        let values: Vec<String> = pairs
            .iter()
            .map(|(old, new)| {
                let name = quote_ident(&old.name);
                if waits_as_text(old) {
                    format!("{name}::{}", new.data_type)
                } else {
                    converted(&name, &old.data_type, &new.data_type)
                }
            })
            .collect();
        let sql = format!(
            "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}",
            to.sql_name(),
            targets.join(", "),
            values.join(", "),
            aside(from).name()
        );
        let mut insert = Action::alter(id.clone(), "INSERT", sql).effect(Effect::Rewrite).hazard(
            Hazard::MayFail,
            "fails when a row does not fit the new table, or no partition takes it",
        );
        insert.requires.extend(to.columns.iter().map(|c| c.id(&to.schema, &to.name)));
        insert.takes.push(format!("partitions:{}", to.sql_name()));
        insert.rank = rank::AFTER_TABLES;
        for (old, new) in &pairs {
            insert = insert.by_the_session(to, (old, new), waits_as_text(old), situation);
        }
        actions.push(insert);
        for (old, new) in pairs {
            let number = identity_behind_values(to, new, situation)
                .or_else(|| behind_values(to, old, new, situation));
            actions.extend(number.map(|action| Action { rank: rank::AFTER_TABLES, ..action }));
        }
        // Policies that hide rows would hide their numbers, too.
        if let Some(last) = actions.last_mut() {
            last.frees.push(rows_back(&to.sql_name()));
        }
    }
    let mut drop = Action::alter(id, DROP_HELPER, format!("DROP TABLE {}", aside(from).name()));
    drop.aside = Some(Aside::Removed(aside(from)));
    drop.rank = rank::AFTER_TABLES;
    actions.push(drop);
    actions
}
