//! How a column comes, goes and changes.
//!
//! PostgreSQL manual, "ALTER TABLE": which forms rewrite or scan the table and which locks they take.

use super::attach::label_actions;
use super::automatic_name;
use super::before_15;
use super::column_add::add_column;
use super::column_not_null::{
    add_not_null_constraint, constraint_token, not_null, not_null_comment,
};
use super::column_retype::{
    drop_default, expression, may_not_hold, retype_action, set_default, with_default,
};
use super::constraint::ConstraintType;
use super::foreign_option::{changes, known};
use super::own_cast;
use super::partition::on_table;
use super::row_type::refused;
use super::sequence_options::{Options, make_room};
use super::sequence_position::{behind_values, identity_behind_values};
use super::type_change::type_change;
use super::{Column, Object, Objects, Situation, Table};
use crate::action::{Action, Effect, Hazard, LockMode};
use crate::model::Text;
use crate::sql::{qualified, quote_ident, quote_literal, split_name};

/// `ALTER TABLE … <what>` about one column.
pub(super) fn alter(table: &Table, column: &Column, command: &'static str, what: &str) -> Action {
    let sql = format!("ALTER TABLE {} {what}", table.sql_name());
    Action::alter(column.id(&table.schema, &table.name), command, sql)
        .lock(LockMode::AccessExclusive, Object::id(table))
}

/// `ALTER COLUMN <name>`, on this table alone: what its children have is compared for themselves.
pub(super) fn alter_only(
    table: &Table,
    column: &Column,
    command: &'static str,
    what: &str,
) -> Action {
    let sql = format!(
        "ALTER TABLE ONLY {} ALTER COLUMN {} {what}",
        table.sql_name(),
        quote_ident(&column.name)
    );
    Action::alter(column.id(&table.schema, &table.name), command, sql)
        .lock(LockMode::AccessExclusive, Object::id(table))
}

/// What a column needs beyond its definition; comment left out.
pub(super) fn finish_column(
    table: &Table,
    column: &Column,
    situation: &Situation<'_>,
) -> Vec<Action> {
    let bare = Column {
        name: column.name.clone(),
        not_null: column.not_null && !column.not_null_is_not_valid(),
        foreign_options: known(&column.foreign_options).into(),
        ..Column::default()
    };
    let mut actions = settings(table, &bare, column, false);
    if column.not_null_is_not_valid() {
        actions.push(add_not_null_constraint(table, column, situation));
    }
    actions
}

/// The statement that removes a column. `only`: children keep theirs.
pub(super) fn drop_column(table: &Table, column: &Column, only: bool) -> Action {
    let what = format!("DROP COLUMN {}", quote_ident(&column.name));
    let id = column.id(&table.schema, &table.name);
    let only = if only { "ONLY " } else { "" };
    let sql = format!("ALTER TABLE {only}{} {what}", table.sql_name());
    let mut action = Action::drop(id, "ALTER TABLE … DROP COLUMN", sql)
        .releases(column.needs())
        .lock(LockMode::AccessExclusive, Object::id(table));
    if column.not_null {
        action.frees.push(constraint_token(table, &column.not_null_name(table)));
    }
    if let Some(message) = lost_values(table, column, None) {
        action = action.loses_data(&Object::id(table), message);
    }
    action
}

/// What is lost of a column's values where those that can be are taken over into its `new` form, or
/// nowhere.
pub(crate) fn lost_values(table: &Table, old: &Column, new: Option<&Column>) -> Option<String> {
    match new {
        _ if old.generated.is_some() => None,
        Some(new) if new.generated.is_none() => {
            let change = type_change(&old.data_type, &new.data_type);
            (old.data_type != new.data_type && change.narrows)
                .then(|| may_not_hold(table, old, new))
        }
        _ => Some(are_deleted(table, old)),
    }
}

/// That the values of a column go.
fn are_deleted(table: &Table, column: &Column) -> String {
    let name = format!("{}.{}", table.sql_name(), quote_ident(&column.name));
    format!("column {name} and its values are deleted")
}

/// The statement that removes a column which is added again. What is no longer generated is not
/// computed again.
pub(super) fn drop_replaced(table: &Table, old: &Column, new: &Column) -> Action {
    let mut drop = drop_column(table, old, false);
    drop.disturbs.push(new.id(&table.schema, &table.name));
    if old.generated.is_some() && new.generated.is_none() && !old.is_virtual {
        drop = drop.loses_data(&Object::id(table), are_deleted(table, old));
    }
    drop
}

/// True when the column cannot be altered in place: it is dropped and added again.
pub(super) fn is_replaced(
    table: &Table,
    old: &Column,
    new: &Column,
    situation: &Situation<'_>,
) -> bool {
    // SET EXPRESSION refuses a virtual column of a table with checks, or in a publication, be it
    // by way of a parent or of all tables (PostgreSQL 18).
    let refused = |objects: &Objects| {
        let mut all = on_table(&objects.constraint, &table.schema, &table.name);
        all.any(|constraint| constraint.kind_of() == ConstraintType::Check)
            || !objects.publication.is_empty()
    };
    match (&*old.generated, &*new.generated) {
        (None, Some(_)) => true,
        (Some(_), None) => old.is_virtual || before_15::goes_with_expression(old, new, situation),
        (Some(a), Some(b)) => {
            old.is_virtual != new.is_virtual
                || (a != b && situation.server < 170_000)
                || (a != b && new.is_virtual && (refused(situation.from) || refused(situation.to)))
                || (old.data_type != new.data_type && a != b)
                || before_15::keeps_type(old, new, situation)
        }
        (None, None) => false,
    }
}

/// True when the column of a table goes and comes with that of a parent, which is dropped and added
/// again.
pub(crate) fn replaced_above(table: &Table, column: &Column, situation: &Situation<'_>) -> bool {
    let named = |parent: &Table| parent.columns.iter().find(|c| c.name == column.name).cloned();
    (table.partition_of.is_some() || column.inherited)
        && table.lineage_kept(situation).into_iter().any(|parent| {
            let after = situation.table_to(&parent.schema, &parent.name).and_then(named);
            named(parent).zip(after).is_some_and(|(a, b)| is_replaced(parent, &a, &b, situation))
        })
}

/// The statements that lead from one state of a column to another; comment left out.
/// `moved_by_parent`: a statement on a parent table moves the column to another type, to which its
/// default does not follow by itself.
pub(super) fn alter_column(
    table: &Table,
    old: &Column,
    new: &Column,
    moved_by_parent: bool,
    situation: &Situation<'_>,
) -> Vec<Action> {
    if is_replaced(table, old, new, situation) {
        let mut drop = drop_replaced(table, old, new);
        drop.reason = Some(
            "a stored expression cannot be put on, or altered in, an existing column".to_owned(),
        );
        let mut actions = vec![drop];
        actions.extend(add_column(table, new, situation));
        return actions;
    }
    let id = new.id(&table.schema, &table.name);
    let mut actions = Vec::new();
    let retype = (old.data_type != new.data_type || old.collation != new.collation)
        .then(|| own_cast::change((&old.data_type, &new.data_type), situation));
    let default_in_the_way = old.default.is_some()
        && (retype.as_ref().is_some_and(|(change, _)| change.using) || moved_by_parent);
    if old.identity.is_some() && new.identity.is_none() {
        actions.push(
            alter_identity(table, new, "ALTER TABLE … DROP IDENTITY", "DROP IDENTITY", situation)
                .frees(identity_name(table, old))
                .frees(identity_below(&table.sql_name(), old)),
        );
    }
    if old.generated.is_some() && new.generated.is_none() {
        let mut action = alter(
            table,
            new,
            "ALTER TABLE … DROP EXPRESSION",
            &format!("ALTER COLUMN {} DROP EXPRESSION", quote_ident(&new.name)),
        );
        action.releases.extend(old.expression_depends_on.iter().cloned());
        action.frees.push(expression(&table.sql_name(), new));
        actions.push(action.irreversible("making the column generated again replaces its values"));
    }
    if old.default.is_some() && (new.default.is_none() || default_in_the_way) {
        actions.push(drop_default(table, old, situation));
    }
    if let Some((change, own)) = retype {
        let action = retype_action(table, old, new, change, situation);
        actions.push(own.into_iter().fold(action, |action, own| own.orders(action)));
    }
    if let (Some(_), Some(expression)) = (&*old.generated, &*new.generated)
        && old.generated != new.generated
    {
        let what =
            format!("ALTER COLUMN {} SET EXPRESSION AS ({expression})", quote_ident(&new.name));
        let mut action = alter(table, new, "ALTER TABLE … SET EXPRESSION", &what)
            .requires(new.expression_depends_on.iter().cloned())
            .releases(old.expression_depends_on.iter().cloned());
        if !new.is_virtual {
            action = refused(action, table)
                .effect(Effect::Rewrite)
                .hazard(Hazard::TableRewrite, "every row is computed and written anew");
        }
        actions.push(action);
    }
    if let Some(default) = &new.default
        && (old.default != new.default || default_in_the_way)
    {
        actions.push(
            set_default(table, new, default, situation)
                .releases(old.expression_depends_on.iter().cloned()),
        );
        actions.extend(behind_values(table, old, new, situation));
    }
    actions.extend(not_null(table, old, new, situation));
    actions.extend(identity(table, old, new, situation));
    let moved = retype.is_some() || moved_by_parent;
    actions.extend(settings(table, old, new, moved));
    for action in &mut actions {
        if action.verb == crate::action::Verb::Alter && !action.requires.contains(&id) {
            action.requires.push(id.clone());
        }
    }
    actions
}

/// The identity comes or changes; where it goes is done before the type changes.
fn identity(table: &Table, old: &Column, new: &Column, situation: &Situation<'_>) -> Vec<Action> {
    match (&old.identity, &new.identity) {
        (None, Some(identity)) => {
            let what = format!("ADD {}", identity.sql());
            let mut actions = vec![
                alter_identity(table, new, "ALTER TABLE … ADD IDENTITY", &what, situation)
                    .takes(identity_name(table, new))
                    .takes(with_default(&table.sql_name(), new))
                    .frees(identity_there(table, new)),
            ];
            actions.extend(identity_behind_values(table, new, situation));
            actions
        }
        (Some(a), Some(b)) if a != b => {
            let kind = if b.always { "ALWAYS" } else { "BY DEFAULT" };
            let mut what = Vec::new();
            if a.always != b.always {
                what.push(format!("SET GENERATED {kind}"));
            }
            let (before, after) = (a.options(&old.data_type), b.options(&new.data_type));
            let mut actions: Vec<Action> = identity_renamed(table, old, new).into_iter().collect();
            if before.sql() != after.sql() {
                let sequence = identity_name(table, new);
                let sequence = sequence.trim_start_matches("relation:");
                let id = new.id(&table.schema, &table.name);
                // Its type has followed that of the column by then, and with it the bounds of the type.
                let followed = a.options(&new.data_type);
                let alter = |options: &Options<'_>| {
                    let what = set_each(&options.sql());
                    alter_identity(table, new, "ALTER TABLE … SET GENERATED", &what, situation)
                };
                actions.extend(make_room(&id, sequence, (&followed, &after), alter));
                // Each option is introduced by SET of its own.
                what.push(set_each(&after.sql()));
            }
            if !what.is_empty() {
                let what = what.join(" ");
                let command = "ALTER TABLE … SET GENERATED";
                actions.push(alter_identity(table, new, command, &what, situation));
            }
            actions
        }
        _ => Vec::new(),
    }
}

/// The same as [`alter_only`] for the identity, which partitions have from the table above from
/// PostgreSQL 17 on: ONLY is refused there.
fn alter_identity(
    table: &Table,
    column: &Column,
    command: &'static str,
    what: &str,
    situation: &Situation<'_>,
) -> Action {
    let mut action = alter_only(table, column, command, what);
    if table.partition_by.is_some() && situation.server >= 170_000 {
        action.sql = action.sql.replacen("ALTER TABLE ONLY ", "ALTER TABLE ", 1);
    }
    action
}

/// The name under which the identity of a column stands that the tables below have too.
pub(super) fn identity_below(table: &str, column: &Column) -> String {
    format!("identity below:{table}.{}", column.name)
}

/// The name of a column's identity sequence among the names of relations.
pub(super) fn identity_name(table: &Table, column: &Column) -> String {
    format!("relation:{}", identity_sequence(table, column))
}

/// The name that a column's identity sequence frees once it is there by its name.
pub(super) fn identity_there(table: &Table, column: &Column) -> String {
    format!("there:{}", identity_sequence(table, column))
}

/// A column's identity sequence, qualified.
pub(super) fn identity_sequence(table: &Table, column: &Column) -> String {
    let given = column.identity.as_ref().and_then(|identity| identity.sequence.as_ref());
    given.map_or_else(|| automatic_sequence(table, column), Text::to_string)
}

/// The sequence that PostgreSQL makes for an identity column, qualified.
fn automatic_sequence(table: &Table, column: &Column) -> String {
    let columns = std::slice::from_ref(&column.name);
    qualified(&table.schema, &automatic_name::object_name(&table.name, columns, "seq"))
}

/// The identity sequence gets another name; its schema is the table's.
fn identity_renamed(table: &Table, old: &Column, new: &Column) -> Option<Action> {
    let (from, to) = (identity_sequence(table, old), identity_sequence(table, new));
    let name = split_name(&to).pop().filter(|_| from != to)?;
    let sql = format!("ALTER SEQUENCE {from} RENAME TO {}", quote_ident(&name));
    let id = new.id(&table.schema, &table.name);
    Some(
        Action::alter(id, "ALTER SEQUENCE … RENAME", sql)
            .frees(identity_name(table, old))
            .frees(identity_there(table, new))
            .takes(identity_name(table, new)),
    )
}

/// `INCREMENT BY 1 NO MINVALUE …` as `SET INCREMENT BY 1 SET NO MINVALUE …`.
fn set_each(options: &str) -> String {
    let mut sql = String::new();
    let mut after_no = false;
    for word in options.split(' ') {
        let starts = matches!(
            word,
            "INCREMENT" | "MINVALUE" | "MAXVALUE" | "START" | "CACHE" | "CYCLE" | "NO"
        );
        if !sql.is_empty() {
            sql.push(' ');
        }
        if starts && !after_no {
            sql += "SET ";
        }
        after_no = word == "NO";
        sql += word;
    }
    sql
}

/// Storage, compression, statistics target and options. A column that moved to another type has
/// that type's storage and the default compression.
fn settings(table: &Table, old: &Column, new: &Column, moved: bool) -> Vec<Action> {
    let mut actions = Vec::new();
    let mut set = |command: &'static str, what: String, mode: LockMode| {
        let mut action = alter_only(table, new, command, &what);
        action.lock = Some((mode, Object::id(table)));
        actions.push(action);
    };
    if old.storage.as_ref().filter(|_| !moved) != new.storage.as_ref() {
        let storage = new.storage.as_deref().unwrap_or("DEFAULT");
        // SET STORAGE DEFAULT is known from PostgreSQL 16 on; EXTENDED is what most types have.
        let storage = if storage == "DEFAULT" { default_storage(&new.data_type) } else { storage };
        set(
            "ALTER TABLE … SET STORAGE",
            format!("SET STORAGE {storage}"),
            LockMode::AccessExclusive,
        );
    }
    let compression = old.compression.as_ref().filter(|_| !moved);
    if compression != new.compression.as_ref() && !old.data_type.is_empty() {
        let method = new.compression.as_deref().unwrap_or("default");
        set(
            "ALTER TABLE … SET COMPRESSION",
            format!("SET COMPRESSION {method}"),
            LockMode::AccessExclusive,
        );
    }
    if old.statistics != new.statistics {
        let target = new.statistics.unwrap_or(-1);
        set(
            "ALTER TABLE … SET STATISTICS",
            format!("SET STATISTICS {target}"),
            LockMode::ShareUpdateExclusive,
        );
    }
    for what in super::index::option_changes(&old.options, &new.options) {
        set("ALTER TABLE … SET (…)", what, LockMode::ShareUpdateExclusive);
    }
    if old.foreign_options != new.foreign_options {
        let id = new.id(&table.schema, &table.name);
        let column = quote_ident(&new.name);
        let start = format!("ALTER FOREIGN TABLE {} ALTER COLUMN {column}", table.sql_name());
        let (from, to) = (&old.foreign_options, &new.foreign_options);
        actions.extend(changes(&id, "ALTER FOREIGN TABLE … ALTER COLUMN", &start, from, to));
    }
    actions
}

/// What `pg_type.typstorage` is for a type that can be stored outside the row.
pub(super) fn default_storage(data_type: &str) -> &'static str {
    match data_type {
        t if t.starts_with("numeric") || t == "inet" || t == "cidr" => "MAIN",
        _ => "EXTENDED",
    }
}

/// `COMMENT ON COLUMN` and `SECURITY LABEL`, where comment and labels differ.
pub(super) fn describe_column(table: &Table, old: Option<&Column>, new: &Column) -> Vec<Action> {
    let before = old.and_then(|old| old.comment.as_ref());
    let mut actions = Vec::new();
    let name = format!("{}.{}", table.sql_name(), quote_ident(&new.name));
    let id = new.id(&table.schema, &table.name);
    if before != new.comment.as_ref() {
        let text = new.comment.as_ref().map_or("NULL".to_owned(), |comment| quote_literal(comment));
        let sql = format!("COMMENT ON COLUMN {name} IS {text}");
        actions.push(Action::alter(id.clone(), "COMMENT ON COLUMN", sql));
    }
    let labels = old.map(|old| old.security_labels.as_slice()).unwrap_or_default();
    actions.extend(label_actions(&id, "COLUMN", &name, labels, &new.security_labels));
    actions.extend(not_null_comment(table, old, new));
    actions
}
