//! Owner, grants, comment, security labels and extensions to go with: the statements that bring them from one state to
//! another, for every kind alike.
//!
//! PostgreSQL manual, "ALTER TABLE … OWNER TO" and its like, "GRANT", "COMMENT", "SECURITY LABEL".

use std::collections::BTreeSet;

use super::attached::GENERIC;
use super::column_alter::{identity_sequence, identity_there, is_replaced, replaced_above};
use super::database::in_this_database;
use super::privilege::{self, Statement};
use super::{AnyObject, Column, Kind, MaterializedView, Sequence, Situation, Table, View};
use crate::action::{Action, Hazard, LockMode};
use crate::model::{Grant, Id, SecurityLabel, Text};
use crate::sql::{qualified, quote_ident, quote_literal, split_name};

/// The statements. `old` is `None` for an object that has just been created.
pub(crate) fn attach_actions(
    old: Option<&dyn AnyObject>,
    new: &dyn AnyObject,
    situation: &Situation<'_>,
) -> Vec<Action> {
    let id = new.id();
    let (keyword, name) = (new.keyword(), new.sql_name());
    let before = old.map(super::Described::attached);
    let after = new.attached();
    let mut actions = Vec::new();
    let owner_before = before.and_then(|b| b.owner);
    if let Some(owner) = after.owner
        && owner_before != Some(owner)
        && !follows_its_table(old, new)
    {
        let sql = format!("ALTER {keyword} {name} OWNER TO {}", quote_ident(owner));
        let action = Action::alter(id.clone(), "ALTER … OWNER TO", sql).frees(owned(&id));
        actions.push(match old {
            Some(_) => {
                let message = "the owner may do everything with it";
                let action = action.hazard(Hazard::Security, message);
                if is_relation(new.kind()) {
                    action.lock(LockMode::AccessExclusive, id.clone())
                } else {
                    action
                }
            }
            None => action,
        });
    }
    if let Some(target) = new.grant_keyword().map(|word| format!("{word} {}", new.grant_name())) {
        let mut grants = grant_actions(old, new, &target, situation);
        if let Some(table) = table_that_owns(new) {
            // Its owner changes with the table's, and passes on what the old one held.
            for grant in &mut grants {
                grant.takes.push(owned(&table));
            }
        }
        actions.extend(grants);
    }
    if before.and_then(|b| b.comment) != after.comment {
        // A snapshot leaves out the comment that initdb gives to the schema public.
        let of_initdb = (id.as_str() == "schema:public").then_some("standard public schema");
        let text = after.comment.or(of_initdb).map_or("NULL".to_owned(), quote_literal);
        let sql = format!("COMMENT ON {keyword} {name} IS {text}");
        actions.push(Action::alter(id.clone(), "COMMENT ON", sql));
    }
    let labels = before.map(|b| b.security_labels).unwrap_or_default();
    actions.extend(label_actions(&id, keyword, &name, labels, after.security_labels));
    actions.extend(extensions(old, new));
    actions.extend(identity_sequences(old, new, situation));
    if new.kind() == Kind::Database {
        for action in &mut actions {
            action.sql = in_this_database(&action.sql);
        }
    }
    actions
}

/// What `ALTER … OWNER TO` locks: what stands in `pg_class` and has an owner of its own.
fn is_relation(kind: Kind) -> bool {
    matches!(kind, Kind::Table | Kind::View | Kind::MaterializedView | Kind::Sequence)
}

/// What it is called until its definition is what it should become: `CREATE OR REPLACE` takes away
/// that it depends on an extension.
pub(super) fn until_replaced(id: &Id) -> String {
    format!("replaced:{id}")
}

/// `ALTER … DEPENDS ON EXTENSION`. PostgreSQL manual, "ALTER FUNCTION", "ALTER TRIGGER", "ALTER
/// MATERIALIZED VIEW", "ALTER INDEX".
fn extensions(old: Option<&dyn AnyObject>, new: &dyn AnyObject) -> Vec<Action> {
    let before = old.map(|old| old.attached().depends_on_extensions).unwrap_or_default();
    let after = new.attached().depends_on_extensions;
    if before.is_empty() && after.is_empty() {
        return Vec::new();
    }
    let target = match new.kind() {
        // The index of a key.
        Kind::Constraint => {
            let schema = new.schema().unwrap_or_default();
            format!("INDEX {}", qualified(schema, &new.display_name()))
        }
        _ => match new.grant_keyword().filter(|word| matches!(*word, "FUNCTION" | "PROCEDURE")) {
            Some(word) => format!("{word} {}", new.grant_name()),
            None => format!("{} {}", new.keyword(), new.sql_name()),
        },
    };
    let replaceable =
        matches!(new.kind(), Kind::Function | Kind::Procedure | Kind::Aggregate | Kind::Trigger);
    let definition = |object: &dyn AnyObject| {
        let mut own = object.properties();
        own.retain(|name, _| !GENERIC.contains(&name.as_str()));
        own
    };
    let again = replaceable && old.is_some_and(|old| definition(old) != definition(new));
    let alter = |how: &str, extension: &Id| {
        let sql = format!("ALTER {target} {how} ON EXTENSION {}", extension.name());
        Action::alter(new.id(), "ALTER … DEPENDS ON EXTENSION", sql)
    };
    let gone = before.iter().filter(|extension| !after.contains(extension));
    let gone = gone.map(|extension| alter("NO DEPENDS", extension).releases([extension.clone()]));
    let new_ones = after.iter().filter(|extension| again || !before.contains(extension));
    let new_ones = new_ones.map(|extension| {
        alter("DEPENDS", extension).requires([extension.clone()]).takes(until_replaced(&new.id()))
    });
    gone.chain(new_ones).collect()
}

/// Comments and grants of the sequences of identity columns, which are no objects of their own.
fn identity_sequences(
    old: Option<&dyn AnyObject>,
    new: &dyn AnyObject,
    situation: &Situation<'_>,
) -> Vec<Action> {
    let table = |object: &dyn AnyObject| object.as_any().downcast_ref::<Table>().cloned();
    let Some(to) = table(new) else { return Vec::new() };
    let from = old.and_then(table);
    let mut actions = Vec::new();
    for column in &to.columns {
        let before = from.as_ref().and_then(|from| {
            let old = from.columns.iter().find(|old| old.name == column.name)?;
            identity_as_sequence(from, old)
        });
        let Some(after) = identity_as_sequence(&to, column) else { continue };
        let target = format!("SEQUENCE {}", AnyObject::sql_name(&after));
        let before = before.as_ref().map(|before| before as &dyn AnyObject);
        let mut own = grant_actions(before, &after, &target, situation);
        if before.and_then(|b| b.attached().comment) != after.comment.as_deref() {
            let text = after.comment.as_deref().map_or("NULL".to_owned(), quote_literal);
            let sql = format!("COMMENT ON {target} IS {text}");
            own.push(Action::alter(new.id(), "COMMENT ON", sql));
        }
        let id = column.id(&to.schema, &to.name);
        for action in &mut own {
            action.object = id.clone();
            action.requires = vec![id.clone()];
            action.takes.push(identity_there(&to, column));
            action.takes.push(owned(&AnyObject::id(&to)));
        }
        actions.extend(own);
    }
    actions
}

/// The sequence of an identity column as the object that it would be by itself.
fn identity_as_sequence(table: &Table, column: &Column) -> Option<Sequence> {
    let identity = column.identity.as_ref()?;
    let name = split_name(&identity_sequence(table, column));
    let [schema, name] = name.as_slice() else { return None };
    Some(Sequence {
        schema: schema.as_str().into(),
        name: name.as_str().into(),
        owner: table.owner.clone(),
        comment: identity.comment.clone(),
        grants: identity.grants.clone(),
        ..Sequence::default()
    })
}

/// What an object is called until it has the owner that it should have.
fn owned(id: &Id) -> String {
    format!("owner:{id}")
}

/// The table of the column that a sequence belongs to.
fn table_that_owns(object: &dyn AnyObject) -> Option<Id> {
    let sequence = object.as_any().downcast_ref::<Sequence>()?;
    let parts = split_name(sequence.owned_by.as_ref()?.name());
    let [schema, table, _] = parts.as_slice() else { return None };
    Some(Id::new("table", &[schema, table]))
}

/// True for a sequence that belongs to a column before and after: its owner is the table's.
fn follows_its_table(old: Option<&dyn AnyObject>, new: &dyn AnyObject) -> bool {
    let owned = |object: &dyn AnyObject| {
        object.as_any().downcast_ref::<Sequence>().is_some_and(|s| s.owned_by.is_some())
    };
    old.is_some_and(owned) && owned(new)
}

/// `SECURITY LABEL` where the labels of an object or column differ.
pub(super) fn label_actions(
    id: &Id,
    keyword: &str,
    name: &str,
    before: &[SecurityLabel],
    after: &[SecurityLabel],
) -> Vec<Action> {
    let stays = |label: &&SecurityLabel| after.iter().any(|new| new.provider == label.provider);
    let gone = before.iter().filter(|old| !stays(old));
    let gone = gone.map(|old| label(id, keyword, name, &old.provider, None));
    let new = after.iter().filter(|new| !before.contains(new));
    gone.chain(new.map(|new| label(id, keyword, name, &new.provider, Some(&new.label)))).collect()
}

fn label(id: &Id, keyword: &str, name: &str, provider: &str, text: Option<&str>) -> Action {
    let text = text.map_or("NULL".to_owned(), quote_literal);
    let sql = format!("SECURITY LABEL FOR {} ON {keyword} {name} IS {text}", quote_ident(provider));
    Action::alter(id.clone(), "SECURITY LABEL", sql)
}

/// The grants of the whole object, then those of its columns.
fn grant_actions(
    old: Option<&dyn AnyObject>,
    new: &dyn AnyObject,
    target: &str,
    situation: &Situation<'_>,
) -> Vec<Action> {
    let owner = new.attached().owner;
    let effective = |object: &dyn AnyObject| -> Vec<Grant> {
        object.attached().grants.map_or_else(|| default_grants(object), <[Grant]>::to_vec)
    };
    let wanted = effective(new);
    let mut statements = Vec::new();
    let held = if let Some(old) = old {
        passed_on(effective(old), old.attached().owner, owner)
    } else {
        let mut initial = default_grants(new);
        let defaults = GivenByDefault::to(new, situation);
        for grantee in &defaults.others {
            let role = privilege::role(grantee);
            statements.push(Statement::plain(format!("REVOKE ALL ON {target} FROM {role}")));
            initial.retain(|grant| grant.grantee != *grantee);
        }
        if let Some(owner) = owner.filter(|_| defaults.owner_lacks) {
            let role = privilege::role(owner);
            statements.push(Statement::plain(format!("GRANT ALL ON {target} TO {role}")));
        }
        initial
    };
    statements.extend(grant_statements(
        &held,
        &wanted,
        column_grants(old, new, situation),
        target,
        owner,
    ));
    statements.into_iter().map(|statement| grant_action(new, statement, old.is_some())).collect()
}

/// The grants on a column once its table has a new owner, who has no more rights by a list that does
/// not name him. `change_owner_fix_column_acls()`.
fn passed_on_with_column(
    grants: Vec<Grant>,
    before: Option<&str>,
    after: Option<&str>,
) -> Vec<Grant> {
    let of_owner = |grant: &Grant| {
        before.is_some_and(|owner| grant.grantee == owner) && grant.grantor.is_none()
    };
    if grants.iter().any(of_owner) { passed_on(grants, before, after) } else { grants }
}

/// The grants once the object has its new owner: what the list said of the old one, it says of the new
/// one, besides what that held. PostgreSQL manual, "ALTER TABLE … OWNER TO"; `aclnewowner()`.
fn passed_on(mut grants: Vec<Grant>, before: Option<&str>, after: Option<&str>) -> Vec<Grant> {
    let (Some(before), Some(after)) = (before, after) else { return grants };
    if before == after {
        return grants;
    }
    let mut take = |role: &str| {
        let at = grants.iter().position(|g| g.grantee == role && g.grantor.is_none())?;
        Some(grants.remove(at))
    };
    let (of_owner, own) = (take(before), take(after));
    // Who is not named holds everything as the owner.
    if let Some(mut grant) = of_owner {
        after.clone_into(&mut grant.grantee);
        if let Some(own) = own {
            grant.with_grant_option.extend(own.with_grant_option);
            grant.privileges.extend(own.privileges);
        }
        grants.push(grant);
    }
    grants
}

/// The statements about the whole object, then those about its columns: name, grants before, grants
/// after.
pub(super) fn grant_statements(
    held: &[Grant],
    wanted: &[Grant],
    columns: Vec<(Text, Vec<Grant>, Vec<Grant>)>,
    target: &str,
    owner: Option<&str>,
) -> Vec<Statement> {
    let mut statements = privilege::changes(held, wanted, target, owner);
    for (column, from, to) in columns {
        let spelled = |grants: &[Grant]| -> Vec<Grant> {
            grants.iter().map(|grant| on_column(grant, &column)).collect()
        };
        let from: Vec<Grant> = from.iter().map(|g| left_of(g, held, wanted)).collect();
        let changes = privilege::changes(&spelled(&from), &spelled(&to), target, None);
        statements.extend(
            changes.into_iter().map(|s| Statement { column: Some(column.to_string()), ..s }),
        );
    }
    statements
}

/// The grants of a column that was dropped and is added again.
pub(super) fn grants_again(table: &Table, column: &Column) -> Vec<Action> {
    let grants = (*column.grants).clone().unwrap_or_default();
    let target = format!("TABLE {}", AnyObject::sql_name(table));
    grant_statements(&[], &[], vec![(column.name.clone(), Vec::new(), grants)], &target, None)
        .into_iter()
        .map(|statement| grant_action(table, statement, false))
        .collect()
}

/// What a grant on a column still is once the table's grants are as wanted: a REVOKE on the table
/// takes the same privilege on its columns along.
fn left_of(grant: &Grant, held: &[Grant], wanted: &[Grant]) -> Grant {
    let has = |grants: &[Grant], privilege: &String| {
        grants.iter().any(|g| {
            g.grantee == grant.grantee
                && (g.privileges.contains(privilege) || g.with_grant_option.contains(privilege))
        })
    };
    let stays = |privilege: &&String| !has(held, privilege) || has(wanted, privilege);
    Grant {
        privileges: grant.privileges.iter().filter(stays).cloned().collect(),
        with_grant_option: grant.with_grant_option.iter().filter(stays).cloned().collect(),
        ..grant.clone()
    }
}

/// A statement about an object as an action.
pub(super) fn grant_action(object: &dyn AnyObject, statement: Statement, existed: bool) -> Action {
    let command = if statement.sql.starts_with("REVOKE") { "REVOKE" } else { "GRANT" };
    let sql = match statement.grantor {
        None => statement.sql,
        // Only the role itself can give in its own name.
        Some(grantor) => format!(
            "SET SESSION AUTHORIZATION {};\n{};\nRESET SESSION AUTHORIZATION",
            quote_ident(&grantor),
            statement.sql
        ),
    };
    let mut action = Action::alter(object.id(), command, sql);
    if let (Some(column), Some(schema)) = (statement.column, object.schema()) {
        action.requires.push(Id::new("column", &[schema, &object.display_name(), &column]));
    }
    if existed {
        action.hazard(Hazard::Security, "who may do what with it changes")
    } else {
        action
    }
}

/// What `acldefault()` gives to PUBLIC.
fn default_grants(object: &dyn AnyObject) -> Vec<Grant> {
    let privileges = object.public_privileges();
    if privileges.is_empty() {
        return Vec::new();
    }
    vec![Grant {
        grantee: "PUBLIC".to_owned(),
        privileges: privileges.iter().map(|p| (*p).to_owned()).collect(),
        ..Grant::default()
    }]
}

/// What default privileges do to a new object. Which role creates it is not known, so all entries
/// count.
#[derive(Default)]
struct GivenByDefault {
    /// Who may hold something that `acldefault()` does not give, or lack what it gives.
    others: BTreeSet<String>,
    /// The owner may lack something.
    owner_lacks: bool,
}

impl GivenByDefault {
    fn to(object: &dyn AnyObject, situation: &Situation<'_>) -> Self {
        let mut given = Self::default();
        let wanted = match object.keyword() {
            "TABLE" | "FOREIGN TABLE" | "VIEW" | "MATERIALIZED VIEW" => "TABLES",
            "SEQUENCE" => "SEQUENCES",
            "FUNCTION" | "PROCEDURE" | "AGGREGATE" => "FUNCTIONS",
            "TYPE" | "DOMAIN" => "TYPES",
            "SCHEMA" => "SCHEMAS",
            "LARGE OBJECT" => "LARGE OBJECTS",
            _ => return given,
        };
        let owner = object.attached().owner;
        let usual = default_grants(object);
        let entries = situation.from.default_privilege.iter();
        for entry in entries.chain(&situation.to.default_privilege).filter(|entry| {
            entry.object_type == wanted
                && (entry.schema.is_none() || entry.schema.as_deref() == object.schema())
        }) {
            let grants = entry.grants.as_deref().unwrap_or_default();
            let unusual = grants.iter().filter(|grant| !usual.contains(grant));
            let grantees = unusual.map(|grant| &grant.grantee);
            given.others.extend(grantees.filter(|name| owner != Some(name)).cloned());
            // An entry for all schemas takes the place of acldefault().
            if entry.schema.is_none() {
                let lacking = usual.iter().filter(|grant| !grants.contains(grant));
                given.others.extend(lacking.map(|grant| grant.grantee.clone()));
                given.owner_lacks |= grants.iter().any(|grant| grant.grantee == entry.role);
            }
        }
        given
    }
}

/// Name, grants before and grants after of every column that has any. A column that is dropped and
/// added again has lost them.
fn column_grants<'o>(
    old: Option<&'o dyn AnyObject>,
    new: &'o dyn AnyObject,
    situation: &Situation<'_>,
) -> Vec<(Text, Vec<Grant>, Vec<Grant>)> {
    let before: Vec<(Text, Vec<Grant>)> = old.map(columns_with_grants).unwrap_or_default();
    let table = |object: &dyn AnyObject| object.as_any().downcast_ref::<Table>().cloned();
    let tables = old.and_then(table).zip(table(new));
    let owner = |object: Option<&'o dyn AnyObject>| object.and_then(|o| o.attached().owner);
    let stays = |name: &Text| {
        let column = |table: &Table| table.columns.iter().find(|c| c.name == *name).cloned();
        let Some((old, new)) = &tables else { return true };
        let Some((before, after)) = column(old).zip(column(new)) else { return true };
        !is_replaced(new, &before, &after, situation) && !replaced_above(old, &before, situation)
    };
    columns_with_grants(new)
        .into_iter()
        .map(|(name, after)| {
            let held = before.iter().find(|(n, _)| *n == name).map(|(_, g)| g.clone());
            let held = held.filter(|held| held.is_empty() || stays(&name));
            let held = held.map(|held| passed_on_with_column(held, owner(old), owner(Some(new))));
            (name, held.unwrap_or_default(), after)
        })
        .collect()
}

fn columns_with_grants(object: &dyn AnyObject) -> Vec<(Text, Vec<Grant>)> {
    let any = object.as_any();
    if let Some(table) = any.downcast_ref::<Table>() {
        return table
            .columns
            .iter()
            .map(|c| (c.name.clone(), (*c.grants).clone().unwrap_or_default()))
            .collect();
    }
    let columns = any
        .downcast_ref::<View>()
        .map(|view| &view.columns)
        .or_else(|| any.downcast_ref::<MaterializedView>().map(|view| &view.columns));
    columns
        .into_iter()
        .flatten()
        .map(|c| (c.name.clone(), c.grants.clone().unwrap_or_default()))
        .collect()
}

/// `SELECT` as `SELECT (column)`.
fn on_column(grant: &Grant, column: &str) -> Grant {
    let spell = |privileges: &[String]| -> Vec<String> {
        privileges.iter().map(|p| format!("{p} ({})", quote_ident(column))).collect()
    };
    Grant {
        privileges: spell(&grant.privileges),
        with_grant_option: spell(&grant.with_grant_option),
        ..grant.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_go_change_and_come() {
        let labels = |texts: &[(&str, &str)]| -> Vec<SecurityLabel> {
            let label = |(provider, label): &(&str, &str)| SecurityLabel {
                provider: (*provider).to_owned(),
                label: (*label).to_owned(),
            };
            texts.iter().map(label).collect()
        };
        let before = labels(&[("gone", "a"), ("stays", "b"), ("p", "old")]);
        let after = labels(&[("stays", "b"), ("p", "it's new")]);
        let actions =
            label_actions(&"view:public.v".into(), "COLUMN", "public.v.a", &before, &after);
        let sql: Vec<&str> = actions.iter().map(|action| action.sql.as_str()).collect();
        assert_eq!(
            sql,
            [
                "SECURITY LABEL FOR gone ON COLUMN public.v.a IS NULL",
                "SECURITY LABEL FOR p ON COLUMN public.v.a IS 'it''s new'",
            ]
        );
    }
}
