//! What a table is replicated by.
//!
//! PostgreSQL manual, "ALTER TABLE … REPLICA IDENTITY". A table whose identity is an index that goes
//! has none from then on: it keeps none when an index of that name comes back, and refuses UPDATE
//! and DELETE as soon as it is published.

use super::partition::Part;
use super::{Object, Situation, Table, rank};
use crate::action::{Action, LockMode};
use crate::model::Id;
use crate::sql::quote_ident;

impl Table {
    /// The statement that sets it.
    pub(super) fn set_replica_identity(&self) -> Action {
        let what = self.replica_identity.as_deref().unwrap_or("DEFAULT");
        match what.strip_prefix("INDEX ") {
            Some(index) => {
                let place = format!("{}.{index}", self.sql_name());
                let needs = ["index", "constraint"].map(|kind| Id::from_sql(kind, &place));
                self.identified_by(index).requires(needs)
            }
            None => self.replica_identity_action(what),
        }
    }

    fn identified_by(&self, index: &str) -> Action {
        self.replica_identity_action(&format!("USING INDEX {index}"))
    }

    fn replica_identity_action(&self, what: &str) -> Action {
        let id = Object::id(self);
        let sql = format!("ALTER TABLE {} REPLICA IDENTITY {what}", self.sql_name());
        let mut action = Action::alter(id.clone(), "ALTER TABLE … REPLICA IDENTITY", sql)
            .lock(LockMode::AccessExclusive, id);
        action.rank = rank::AFTER_KEYS;
        action
    }
}

/// The statement that sets it once more, for an index that is built anew under a table that stays.
pub(super) fn again<P: Part>(part: &P, situation: &Situation<'_>) -> Option<Action> {
    table_of(part, situation).map(Table::set_replica_identity)
}

/// The same by another index that is there before the old one goes.
pub(super) fn through<P: Part>(
    part: &P,
    temporary: &str,
    situation: &Situation<'_>,
) -> Option<Action> {
    let table = table_of(part, situation)?;
    let mut action = table.identified_by(&quote_ident(temporary));
    action.object = Object::id(part);
    Some(action)
}

/// The table whose identity is this index, before and afterwards.
fn table_of<'s, P: Part>(part: &P, situation: &'s Situation<'_>) -> Option<&'s Table> {
    let (schema, table) = part.place();
    let before = situation.table_from(schema, table)?;
    let after = situation.table_to(schema, table)?;
    let index = after.replica_identity.as_deref()?.strip_prefix("INDEX ")?;
    let same = before.replica_identity == after.replica_identity;
    let is_it = same && index == quote_ident(&Object::name(part));
    (is_it && !situation.comes(&Object::id(after))).then_some(after)
}
