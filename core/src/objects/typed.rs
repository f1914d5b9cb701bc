//! Tables of a composite type. PostgreSQL manual, "ALTER TABLE … OF".
//!
//! Such a table has the columns of its type, in their order, and nothing about them can be altered:
//! it leaves its type before, and becomes a table of one afterwards.

use super::{Object, Table};
use crate::action::{Action, LockMode};
use crate::model::Id;

/// Why a table cannot become one of a type: no statement moves a column to another place.
pub(super) fn cannot_enter(from: &Table, to: &Table) -> Option<&'static str> {
    to.of_type.as_ref().filter(|_| from.of_type != to.of_type)?;
    let has = |table: &Table, name: &str| table.columns.iter().any(|c| c.name == name);
    let kept = from.columns.iter().filter(|c| has(to, &c.name));
    let added = to.columns.iter().filter(|c| !has(from, &c.name));
    let reached = kept.chain(added).map(|c| &c.name);
    let same = reached.eq(to.columns.iter().map(|c| &c.name));
    (!same).then_some("its columns stand in another order than those of its type")
}

/// `NOT OF`, before its columns change.
pub(super) fn leave(from: &Table, to: &Table) -> Option<Action> {
    from.of_type.as_ref().filter(|_| from.of_type != to.of_type)?;
    let columns = |table: &Table| -> Vec<_> {
        let all = table.columns.iter();
        all.map(|c| (c.name.clone(), c.data_type.clone(), c.collation.clone())).collect()
    };
    if to.of_type.is_some() && columns(from) == columns(to) {
        return None;
    }
    let old = from.of_type.iter().map(|name| Id::from_sql("composite", name));
    Some(action(to, "NOT OF").releases(old).frees(format!("detached:{}", to.sql_name())))
}

/// `OF`, when its columns are those of the type.
pub(super) fn enter(from: &Table, to: &Table) -> Option<Action> {
    let of_type = to.of_type.as_ref().filter(|_| from.of_type != to.of_type)?;
    let new = Id::from_sql("composite", of_type);
    Some(
        action(to, &format!("OF {of_type}"))
            .requires([new])
            .takes(format!("columns:{}", to.sql_name())),
    )
}

fn action(table: &Table, what: &str) -> Action {
    let id = Object::id(table);
    let sql = format!("ALTER TABLE {} {what}", table.sql_name());
    Action::alter(id.clone(), "ALTER TABLE … OF", sql).lock(LockMode::AccessExclusive, id)
}
