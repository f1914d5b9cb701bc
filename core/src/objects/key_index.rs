//! The index of a key that comes: one that is there already, or one that is built beforehand.
//!
//! PostgreSQL manual, "ALTER TABLE … ADD `table_constraint_using_index`".

use super::check_constraint;
use super::column_retype::old_types;
use super::partition::{self, on_table};
use super::{Constraint, ConstraintType, Index, Object, Situation};
use crate::action::{Action, Effect, Hazard, LockMode, Timing};
use crate::model::Id;
use crate::sql::quote_ident;

/// The unique index, of those that are to go, that a key which comes can have as its own: nothing is
/// built, and at no time may a value be there twice.
pub(super) fn already_there<'a>(key: &Constraint, situation: &Situation<'a>) -> Option<&'a Index> {
    let mut fitting = on_table(&situation.from.index, &key.schema, &key.table);
    fitting.find(|index| becomes(index, situation).is_some_and(|own| own.name == key.name))
}

/// True for an index that a key takes over.
pub(super) fn is_taken_over(index: &Index, situation: &Situation<'_>) -> bool {
    let key = becomes(index, situation);
    key.and_then(|key| already_there(key, situation)).is_some_and(|own| own.name == index.name)
}

/// The key that could have this index as its own: that of its name before others.
fn becomes<'a>(index: &Index, situation: &Situation<'a>) -> Option<&'a Constraint> {
    let stays = partition::find(&situation.to.index, &Object::id(index)).is_some();
    if stays || !index.unique || index.invalid || index.attached_to.is_some() {
        return None;
    }
    let before = situation.table_from(&index.schema, &index.table)?;
    let after = situation.table_to(&index.schema, &index.table)?;
    // A key of a partitioned table takes no index over, and a table that is built anew has none.
    let apart = [before, after].iter().any(|table| table.partition_by.is_some());
    if apart || situation.rows_are_kept(&Object::id(before)) {
        return None;
    }
    let stay_as_they_are = |key: &Constraint| {
        key.columns.iter().all(|name| {
            let column = Id::new("column", &[&key.schema, &key.table, name]);
            let of = |table: &super::Table| table.columns.iter().find(|c| c.name == *name).cloned();
            of(before).zip(of(after)).is_some_and(|(before, after)| {
                before.generated == after.generated && !situation.changes_type(&column)
            })
        })
    };
    let fits = |key: &&Constraint| {
        key.is_plain_index()
            && key.attached_to.is_none()
            && partition::find(&situation.from.constraint, &Object::id(*key)).is_none()
            && (index.tablespace.as_ref(), index.clustered) == (None, key.clustered)
            && index.comment == key.index_comment
            && index.depends_on_extensions.is_empty()
            && index.definition == definition(key)
            && stay_as_they_are(key)
    };
    let keys = || on_table(&situation.to.constraint, &index.schema, &index.table).filter(fits);
    keys().find(|key| key.name == index.name).or_else(|| keys().next())
}

/// What follows `ON table` in the statement that builds the index of a plain key: `(a, b) INCLUDE (c)`
/// with NULLS NOT DISTINCT behind it, as `CREATE INDEX` wants it and `pg_get_indexdef()` spells it.
fn definition(key: &Constraint) -> String {
    let (prefix, rest) = key.definition.split_once('(').unwrap_or((&key.definition, ""));
    let nulls = if prefix.contains("NULLS NOT DISTINCT") { " NULLS NOT DISTINCT" } else { "" };
    format!("USING btree ({rest}{nulls}")
}

/// The statement by which a key takes an index of its table over.
pub(super) fn take_over(key: &Constraint, index: &str, situation: &Situation<'_>) -> Action {
    let mut action = attach(key, index);
    action.requires.extend(columns(key));
    let taken = Id::new("index", &[&key.schema, &key.table, index]);
    if partition::find(&situation.from.index, &taken).is_some() {
        action.destroys.push(taken);
        action.reason = Some("an index that is there becomes its own".to_owned());
    }
    action
}

/// The index is built while readers and writers go on, then becomes the constraint's.
pub(super) fn build_beforehand(key: &Constraint, situation: &Situation<'_>) -> Vec<Action> {
    let table = key.table_name();
    let sql = format!(
        "CREATE UNIQUE INDEX CONCURRENTLY {} ON {table} {}",
        quote_ident(&key.name),
        definition(key)
    );
    let mut build = Action::alter(key.table_id(), "CREATE UNIQUE INDEX CONCURRENTLY", sql)
        .lock(LockMode::ShareUpdateExclusive, key.table_id())
        .effect(Effect::Scan)
        .timing(Timing::Alone)
        .hazard(
            Hazard::NotTransactional,
            "when it fails, an invalid index stays behind and must be dropped",
        )
        .hazard(Hazard::MayFail, format!("fails when {table} holds a value twice"))
        .hazard(Hazard::IndexBuild, format!("an index is built from all rows of {table}"));
    build.checks = check_constraint::of_constraint(key, situation);
    build.requires.extend(columns(key));
    if let Some(before) = situation.table_from(&key.schema, &key.table) {
        build.takes.extend(old_types(before, &key.columns, situation));
    }
    vec![build, attach(key, &key.name)]
}

/// `ADD CONSTRAINT … USING INDEX`, which gives the index the constraint's name.
fn attach(key: &Constraint, index: &str) -> Action {
    let primary = key.kind_of() == ConstraintType::PrimaryKey;
    let mut sql = format!(
        "ALTER TABLE {} ADD CONSTRAINT {} {} USING INDEX {}",
        key.table_name(),
        quote_ident(&key.name),
        if primary { "PRIMARY KEY" } else { "UNIQUE" },
        quote_ident(index)
    );
    if key.deferrable {
        sql += key.deferral();
    }
    Action::create(Object::id(key), "ALTER TABLE … ADD CONSTRAINT USING INDEX", sql)
        .lock(LockMode::AccessExclusive, key.table_id())
}

fn columns(key: &Constraint) -> impl Iterator<Item = Id> {
    key.columns.iter().map(|name| Id::new("column", &[&key.schema, &key.table, name]))
}
