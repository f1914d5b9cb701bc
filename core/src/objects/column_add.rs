//! How a column comes to a table that is there.
//!
//! PostgreSQL manual, "ALTER TABLE", notes: a volatile default, a stored generated column, an identity
//! and a domain with constraints have every row written anew.

use super::check_domain::domain_to;
use super::check_rows::{LIMIT, Reach, about, rows};
use super::column_alter::{alter, finish_column};
use super::column_not_null::{by_size, constraint_token, named_below};
use super::domain::Domain;
use super::routine::Function;
use super::row_type::refused;
use super::{Column, Object, Objects, Situation, Table};
use crate::action::{Action, Effect, Hazard};
use crate::model::Id;
use crate::sql::quote_ident;

/// The statements that add a column to a table that is there.
pub(super) fn add_column(table: &Table, column: &Column, situation: &Situation<'_>) -> Vec<Action> {
    let apart = column.not_null && column.identity.is_none();
    let below = if apart { named_below(table, column, situation) } else { Vec::new() };
    let bare = Column { not_null: column.not_null && below.is_empty(), ..column.clone() };
    let what = format!("ADD COLUMN {}", bare.definition(true));
    let id = column.id(&table.schema, &table.name);
    let action = alter(table, column, "ALTER TABLE … ADD COLUMN", &what);
    let action = if has_value(column, situation.to) { refused(action, table) } else { action };
    let mut action = action.requires(column.needs()).requires([Object::id(table)]);
    action.requires.retain(|required| *required != id);
    action.verb = crate::action::Verb::Create;
    action.produces.push(id);
    if column.not_null {
        action.takes.push(constraint_token(table, &column.not_null_name(table)));
    }
    let demanded = column.not_null || domain_demands(column, situation);
    if demanded
        && column.default.is_none()
        && column.generated.is_none()
        && column.identity.is_none()
    {
        let name = table.sql_name();
        let message = format!("fails when {name} has rows: they have no value for the new column");
        let place = (table.schema.as_str(), table.name.as_str());
        let check = rows(situation, place, Reach::All, None).map(|rows| {
            let title = format!(
                "rows of {name}, for which {} would have no value",
                quote_ident(&column.name)
            );
            about(place, &[], (title, Some(format!("SELECT * FROM {rows} {LIMIT}"))))
        });
        action = action
            .hazard(Hazard::MayFail, message)
            .checks(check)
            .hazard(Hazard::BreaksPrograms, format!("INSERT into {name} without it fails"));
    }
    if let Some(why) = rewrites(column, situation.to) {
        action = action.effect(Effect::Rewrite).hazard(Hazard::TableRewrite, why);
    }
    let mut actions = vec![action];
    if !below.is_empty() {
        actions.extend(below);
        actions.extend(by_size(table, column, situation));
    }
    actions.extend(finish_column(table, column, situation));
    actions
}

/// True for a column of a domain that refuses NULL and has no default either.
fn domain_demands(column: &Column, situation: &Situation<'_>) -> bool {
    domain_to(situation, &column.data_type)
        .is_some_and(|domain| domain.not_null && domain.default.is_none())
}

/// True when the rows that are there get a value of the new column, or one is looked at.
fn has_value(column: &Column, to: &Objects) -> bool {
    let by_itself = |id: &Id| {
        let domain = to.find(id).and_then(|object| object.as_any().downcast_ref::<Domain>());
        domain.is_some_and(|domain| domain.default.is_some()) || is_constrained(id, to)
    };
    column.default.is_some()
        || column.identity.is_some()
        || column.generated.is_some() && !column.is_virtual
        || column.depends_on.iter().any(by_itself)
}

/// Why the rows of the table are written anew for a new column, if they are.
fn rewrites(column: &Column, to: &Objects) -> Option<&'static str> {
    let constrained = || column.depends_on.iter().any(|id| is_constrained(id, to));
    if column.generated.is_some() && !column.is_virtual || column.identity.is_some() {
        Some("every row gets its value in a new copy of the table")
    } else if column.default.is_some() && is_volatile(column, to) {
        Some("the default may differ from row to row, so every row is written anew")
    } else if column.generated.is_none() && constrained() {
        Some("the type is a domain with constraints, so every row is written anew")
    } else {
        None
    }
}

/// True for a domain that, or the domain below which, does not take every value.
fn is_constrained(id: &Id, to: &Objects) -> bool {
    let domain = to.find(id).and_then(|object| object.as_any().downcast_ref::<Domain>());
    domain.is_some_and(|domain| {
        let below = || domain.depends_on.iter().any(|id| is_constrained(id, to));
        domain.not_null || !domain.constraints.is_empty() || below()
    })
}

/// True for a default that may give another value for every row. What comes with PostgreSQL or an
/// extension is known by name; the functions of users say it themselves.
fn is_volatile(column: &Column, to: &Objects) -> bool {
    const VOLATILE: &[&str] = &[
        "nextval(",
        "currval(",
        "lastval(",
        "setval(",
        "random(",
        "random_normal(",
        "gen_random_uuid(",
        "uuid_generate_v",
        "clock_timestamp(",
        "timeofday(",
        "uuidv4(",
        "uuidv7(",
    ];
    let expression = column.default.as_deref().unwrap_or_default();
    let of_user = |id: &Id| {
        let function = to.find(id).and_then(|object| object.as_any().downcast_ref::<Function>());
        function.is_some_and(|function| function.volatility.is_none())
    };
    VOLATILE.iter().any(|function| expression.contains(function))
        || column.expression_depends_on.iter().any(of_user)
}
