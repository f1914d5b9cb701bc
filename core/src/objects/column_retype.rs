//! Moving a column to another type, and what must be away meanwhile.
//!
//! PostgreSQL manual, "ALTER TABLE … SET DATA TYPE". The statement reaches the tables below; their
//! defaults are dropped and set table by table.

use super::check_value;
use super::column_add::add_column;
use super::column_alter::{alter, alter_only, describe_column, drop_replaced, identity_below};
use super::included::disturbed;
use super::indexes_anew;
use super::rebuilt_loss;
use super::row_type::{Waiting, refused};
use super::row_value::{RowValue, row_value};
use super::type_change::TypeChange;
use super::{Column, Object, Situation, Table, not_null_rename};
use crate::action::{Action, Effect, Hazard};
use crate::model::Text;
use crate::sql::quote_ident;

/// `ALTER COLUMN … TYPE`.
pub(super) fn retype_action(
    table: &Table,
    old: &Column,
    new: &Column,
    change: TypeChange,
    situation: &Situation<'_>,
) -> Action {
    let change = change.in_table(table.foreign.is_some());
    let name = quote_ident(&new.name);
    let mut what = format!("ALTER COLUMN {name} TYPE {}", new.data_type);
    if let Some(collation) = &*new.collation {
        what += &format!(" COLLATE {collation}");
    }
    if change.using {
        what += &format!(" USING {}", change.expression(&name, &new.data_type));
    }
    let id = Object::id(table);
    let mut action = refused(alter(table, new, "ALTER TABLE … ALTER COLUMN TYPE", &what), table)
        .requires(new.depends_on.iter().cloned())
        .releases(old.depends_on.iter().cloned());
    action.disturbs.extend(disturbed(table, new, situation));
    if old.data_type != new.data_type {
        let message = format!("programs get {} where they had {}", new.data_type, old.data_type);
        action = action.hazard(Hazard::BreaksPrograms, message);
    }
    action.takes.push(with_default(&table.sql_name(), new));
    action.frees.push(old_type(&table.sql_name(), &new.name));
    let column = format!("{}.{name}", table.sql_name());
    if change.narrows {
        action = action.loses_data(&id, may_not_hold(table, old, new));
    }
    if change.rewrites {
        action = action.effect(Effect::Rewrite).hazard(
            Hazard::TableRewrite,
            format!("every row of {} is written anew", table.sql_name()),
        );
    }
    if change.may_fail {
        action = action.hazard(
            Hazard::MayFail,
            format!("fails when a value of {column} cannot become {}", new.data_type),
        );
        action.checks.extend(check_value::of_column(table, (old, new), change, situation));
    }
    if table.foreign.is_some() {
        return action;
    }
    if !change.rewrites {
        // A type that users call the same has another operator class.
        let other = old.collation != new.collation || change.by_cast;
        action = indexes_anew::told(action, table, new, other, situation);
    }
    if !change.by_cast || change.through_text {
        action = action.by_the_session(table, (old, new), change.through_text, situation);
    }
    not_null_rename::retyped(action, table, new, situation)
}

/// That values of a column may be cut or rounded.
pub(super) fn may_not_hold(table: &Table, old: &Column, new: &Column) -> String {
    let column = format!("{}.{}", table.sql_name(), quote_ident(&new.name));
    format!("{column}: {} may not hold every value of {}", new.data_type, old.data_type)
}

/// `DROP DEFAULT`, before a parent moves the column to another type.
pub(crate) fn drop_default(table: &Table, old: &Column, situation: &Situation<'_>) -> Action {
    let mut drop = alter_only(table, old, "ALTER TABLE … DROP DEFAULT", "DROP DEFAULT")
        .releases(old.expression_depends_on.iter().cloned());
    let above = table.lineage(situation.from);
    drop.frees.extend(above.iter().map(|parent| with_default(parent, old)));
    drop
}

/// `SET DEFAULT`, after a parent has moved the column to another type.
pub(crate) fn set_default(
    table: &Table,
    new: &Column,
    default: &str,
    situation: &Situation<'_>,
) -> Action {
    let what = format!("SET DEFAULT {default}");
    let mut set = alter_only(table, new, "ALTER TABLE … SET DEFAULT", &what)
        .requires(new.expression_depends_on.iter().cloned())
        .requires([new.id(&table.schema, &table.name)]);
    let above = table.lineage(situation.from);
    set.takes.extend(above.iter().map(|parent| old_type(parent, &new.name)));
    set.takes.extend(above.iter().map(|parent| expression(parent, new)));
    set.takes.extend(above.iter().map(|parent| identity_below(parent, new)));
    set
}

/// The name under which the expression stands that a column has in the tables below a table too, for
/// as long as it is generated.
pub(super) fn expression(table: &str, column: &Column) -> String {
    format!("expression below:{table}.{}", column.name)
}

/// The name under which the defaults of a column in the tables below a table stand, which are in
/// the way when its type changes there.
pub(super) fn with_default(table: &str, column: &Column) -> String {
    format!("defaults below:{table}.{}", column.name)
}

/// The name under which the type stands that a column has in the tables below a table.
fn old_type(table: &str, column: &str) -> String {
    format!("type below:{table}.{column}")
}

/// The names under which the types stand that columns of a table have until then, by themselves or
/// from above.
pub(super) fn old_types(table: &Table, columns: &[Text], situation: &Situation<'_>) -> Vec<String> {
    let mut tables = table.lineage(situation.from);
    tables.push(table.sql_name().into());
    tables.iter().flat_map(|table| columns.iter().map(|name| old_type(table, name))).collect()
}

/// The statements that move a column from a type that is about to go to the new one of its name.
pub(crate) fn rebuild_type(
    table: &Table,
    old: &Column,
    new: &Column,
    situation: &Situation<'_>,
) -> Vec<Action> {
    let change = TypeChange::through_text();
    let mut action = retype_action(table, old, new, change, situation);
    let same = old.data_type == new.data_type && table.foreign.is_none();
    let name = quote_ident(&new.name);
    let value = row_value(&name, &new.data_type, situation).filter(|_| same);
    if same && rebuilt_loss::takes_text(&new.data_type, situation) {
        // Assigned, a text that is too long is refused and not cut.
        let cast = format!("::{}", new.data_type);
        let through_text = change.expression(&name, &new.data_type);
        let assigned = through_text.strip_suffix(&cast).unwrap_or(&through_text);
        action.sql = action.sql.replace(&through_text, assigned);
    }
    if let Some(lost) = rebuilt_loss::narrowed(&new.data_type, situation).filter(|_| same) {
        let column = new.id(&table.schema, &table.name);
        action = action.loses_data(&Object::id(table), format!("{}: {lost}", column.name()));
    }
    if let Some(value) = &value {
        let through_text = change.expression(&name, &new.data_type);
        action.sql = action.sql.replace(&through_text, &value.sql);
        if !value.lost.is_empty() {
            let values = value.lost.join(", ");
            let column = new.id(&table.schema, &table.name);
            let message = format!("{}: the values of {values} are deleted", column.name());
            action = action.loses_data(&Object::id(table), message);
        }
    }
    action.requires.push(new.id(&table.schema, &table.name));
    action.reason = Some("its type is built anew".to_owned());
    if value.is_none_or(|value| !value.in_array) {
        return vec![action];
    }
    let [bring, remove] = carrier(table, new, &action);
    vec![bring, action, remove]
}

/// The statement that turns a column into text for as long as its type is away.
pub(crate) fn park_as_text(table: &Table, old: &Column, situation: &Situation<'_>) -> Action {
    let name = quote_ident(&old.name);
    park(table, old, ("pg_catalog.text", &format!("{name}::pg_catalog.text")), situation)
}

/// The statement that turns a column into another type for as long as its own is away.
fn park(
    table: &Table,
    old: &Column,
    (data_type, value): (&str, &str),
    situation: &Situation<'_>,
) -> Action {
    let mut what = format!("ALTER COLUMN {} TYPE {data_type}", quote_ident(&old.name));
    if table.foreign.is_none() {
        what += &format!(" USING {value}");
    }
    let mut action = refused(alter(table, old, "ALTER TABLE … ALTER COLUMN TYPE", &what), table)
        .releases(old.depends_on.iter().cloned())
        .effect(Effect::Rewrite)
        .hazard(Hazard::TableRewrite, format!("every row of {} is written anew", table.sql_name()));
    action.disturbs.extend(disturbed(table, old, situation));
    action.takes.push(with_default(&table.sql_name(), old));
    action.reason = Some("its values wait as text until its type is built anew".to_owned());
    action
}

/// The statements that take the rows of tables out of a column, and bring them back in their new form.
pub(crate) fn rows_wait(
    table: &Table,
    (old, new): (&Column, &Column),
    waiting: Waiting,
    situation: &Situation<'_>,
) -> Vec<Action> {
    let name = quote_ident(&new.name);
    let change = TypeChange { may_fail: false, ..TypeChange::through_text() };
    let mut back = retype_action(table, old, new, change, situation);
    back.reason = Some("rows in it have their new form".to_owned());
    back.requires.push(new.id(&table.schema, &table.name));
    back.releases.clear();
    if waiting.may_fail {
        let column = format!("{}.{name}", table.sql_name());
        let message = format!("fails when a value in {column} cannot become what it should");
        back = back.hazard(Hazard::MayFail, message);
    }
    let parked = if waiting.as_json {
        ("pg_catalog.json", format!("pg_catalog.to_json({name})"))
    } else {
        ("pg_catalog.text", format!("{name}::pg_catalog.text"))
    };
    let mut parked = park(table, old, (parked.0, &parked.1), situation);
    parked.reason = Some("rows of a table cannot change while a column has them in it".to_owned());
    if !waiting.as_json {
        return vec![parked, back];
    }
    back.sql =
        back.sql.replace(&change.expression(&name, &new.data_type), &RowValue::of_json(&name));
    let [bring, remove] = carrier(table, new, &back);
    vec![parked, bring, back, remove]
}

/// The statements around one that needs the type of [`RowValue::carrier`].
fn carrier(table: &Table, new: &Column, action: &Action) -> [Action; 2] {
    let [bring, remove] = RowValue::carrier(&new.data_type);
    let column = || new.id(&table.schema, &table.name);
    let mut bring = Action::alter(column(), "CREATE TYPE", bring);
    bring.requires.clone_from(&action.requires);
    bring.reason = Some("rows in arrays get other attributes".to_owned());
    [bring, Action::alter(column(), "DROP TYPE", remove)]
}

/// A generated column that must be away for a while is dropped and computed anew.
pub(crate) fn replace_generated(
    table: &Table,
    old: &Column,
    new: &Column,
    situation: &Situation<'_>,
) -> Vec<Action> {
    let mut drop = drop_replaced(table, old, new);
    drop.reason = Some("what it is computed from changes; its values are computed anew".to_owned());
    let mut actions = vec![drop];
    actions.extend(add_column(table, new, situation));
    actions.extend(describe_column(table, None, new));
    actions.extend(super::attach::grants_again(table, new));
    actions
}
