//! Row-level security policies. PostgreSQL manual, "CREATE POLICY".

use super::attached::{object, on_table};
use super::query::{USER_SCHEMA, not_extension_member};
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::{Action, Hazard, LockMode};
use crate::model::{Id, Text};
use crate::sql::quote_ident;

object! {
    /// A policy.
    pub struct Policy {
        /// The table's schema.
        pub schema: Text,
        /// The table.
        pub table: Text,
        /// The name.
        pub name: Text,
        /// It restricts what the permissive ones allow.
        pub restrictive: bool,
        /// `SELECT`, `INSERT`, `UPDATE` or `DELETE`; absent for all.
        pub command: Option<Text>,
        /// The roles it is for, sorted; empty for everyone.
        pub roles: Vec<Text>,
        /// The condition on rows that are there.
        pub using: Option<Text>,
        /// The condition on rows that come.
        pub check: Option<Text>,
    }
}

impl Object for Policy {
    const KIND: Kind = Kind::Policy;
    const CATALOG: &'static str = "pg_policy";

    fn query(_server: u32) -> String {
        format!(
            "SELECT p.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'table', \
             c.relname, 'name', p.polname, 'restrictive', NOT p.polpermissive, 'command', CASE \
             p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' \
             THEN 'DELETE' END, 'roles', (SELECT json_agg(pg_catalog.pg_get_userbyid(r) ORDER BY \
             pg_catalog.pg_get_userbyid(r)) FROM unnest(p.polroles) r WHERE r <> 0), 'using', \
             pg_catalog.pg_get_expr(p.polqual, p.polrelid), 'check', \
             pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)))::text FROM pg_catalog.pg_policy p \
             JOIN pg_catalog.pg_class c ON c.oid = p.polrelid JOIN pg_catalog.pg_namespace n ON n.oid \
             = c.relnamespace WHERE {USER_SCHEMA} AND {member}",
            member = not_extension_member("pg_class", "c.oid"),
        )
    }

    on_table!("policy");

    fn parent(&self) -> Option<Id> {
        Some(self.table_id())
    }

    fn keyword(&self) -> &'static str {
        "POLICY"
    }

    fn names(&self) -> Vec<String> {
        vec![format!("policy:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut sql = format!("CREATE POLICY {}", self.sql_name());
        if self.restrictive {
            sql += " AS RESTRICTIVE";
        }
        if let Some(command) = &self.command {
            sql += &format!(" FOR {command}");
        }
        if !self.roles.is_empty() {
            sql += &format!(" TO {}", self.role_list());
        }
        sql += &self.conditions();
        vec![
            Action::create(Object::id(self), "CREATE POLICY", sql)
                .lock(LockMode::AccessExclusive, self.table_id())
                .hazard(Hazard::Security, "which rows a role sees or changes is decided by it"),
        ]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![
            drop_action(Object::id(self), "DROP POLICY", "POLICY", &self.sql_name())
                .lock(LockMode::AccessExclusive, self.table_id())
                .hazard(
                    Hazard::Security,
                    "which rows a role sees or changes is no longer decided by it",
                ),
        ]
    }

    fn alter(&self, to: &Policy, changed: &Changed, _: &Situation<'_>) -> Alteration {
        let removed = (self.using.is_some() && to.using.is_none())
            || (self.check.is_some() && to.check.is_none());
        if changed.any(&["restrictive", "command"]) || removed {
            return Alteration::Replace(
                "a policy's command and kind cannot be altered, nor can a condition be removed"
                    .to_owned(),
            );
        }
        if !changed.any(&["roles", "using", "check"]) {
            return Alteration::InPlace(Vec::new());
        }
        let mut sql = format!("ALTER POLICY {}", to.sql_name());
        if changed.has("roles") {
            sql += &format!(" TO {}", to.role_list());
        }
        sql += &to.conditions();
        Alteration::InPlace(vec![
            Action::alter(Object::id(to), "ALTER POLICY", sql)
                .requires(to.depends_on.iter().cloned())
                .releases(self.depends_on.iter().cloned())
                .lock(LockMode::AccessExclusive, to.table_id())
                .hazard(Hazard::Security, "which rows a role sees or changes is decided by it"),
        ])
    }
}

impl Policy {
    fn table_id(&self) -> Id {
        Id::new("table", &[&self.schema, &self.table])
    }

    fn role_list(&self) -> String {
        if self.roles.is_empty() {
            return "PUBLIC".to_owned();
        }
        self.roles.iter().map(|role| quote_ident(role).into_owned()).collect::<Vec<_>>().join(", ")
    }

    fn conditions(&self) -> String {
        let using = self.using.as_ref().map(|e| format!(" USING ({e})")).unwrap_or_default();
        let check = self.check.as_ref().map(|e| format!(" WITH CHECK ({e})")).unwrap_or_default();
        using + &check
    }
}
