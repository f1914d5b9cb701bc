//! Tables that become logged or unlogged.
//!
//! A logged table never points to an unlogged one (PostgreSQL manual, "CREATE TABLE …
//! REFERENCES"): those that are pointed to become logged first and unlogged last, and foreign keys
//! that go are gone before.

use super::row_type::refused;
use super::{Constraint, Object, Situation, Table};
use crate::action::{Action, Effect, Hazard, LockMode};
use crate::model::Id;

/// `ALTER TABLE … SET LOGGED` or `SET UNLOGGED`.
pub(super) fn set_logged(from: &Table, to: &Table, situation: &Situation<'_>) -> Option<Action> {
    if from.unlogged == to.unlogged {
        return None;
    }
    let (id, name) = (Object::id(to), to.sql_name());
    let what = if to.unlogged { "UNLOGGED" } else { "LOGGED" };
    let mut action = Action::alter(
        id.clone(),
        if to.unlogged { "ALTER TABLE … SET UNLOGGED" } else { "ALTER TABLE … SET LOGGED" },
        format!("ALTER TABLE {name} SET {what}"),
    )
    .lock(LockMode::AccessExclusive, id.clone())
    .effect(Effect::Rewrite)
    .hazard(Hazard::TableRewrite, format!("every row of {name} is written anew"))
    .frees(freed(&id));
    if to.unlogged {
        let message = format!("{name} is empty after a crash, and on standby servers");
        action = action.hazard(Hazard::Replication, message);
    }
    for key in situation.from.constraint.iter() {
        let Some(target) = &key.references else { continue };
        let (own, other) = (key.table_id(), target.clone());
        let (near, far) = if to.unlogged { (other, own) } else { (own, other) };
        if near == id && far != id {
            action.takes.push(freed(&far));
            action.takes.push(gone(key));
        }
    }
    Some(refused(action, to))
}

/// The name that a table frees when it is logged, unlogged or gone.
pub(super) fn freed(table: &Id) -> String {
    format!("persistence:{table}")
}

/// The name that a foreign key frees when it goes.
pub(super) fn gone(key: &Constraint) -> String {
    format!("no more:{}", Object::id(key))
}
