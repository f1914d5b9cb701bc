//! The database itself. PostgreSQL manual, "ALTER DATABASE" and "ALTER ROLE … IN DATABASE".
//!
//! Its name is no drift, and a plan may run in a copy of another name beside the original: so its
//! statements ask for the name when they run.

use super::attached::object;
use super::form::record;
use super::query::{grants, owner};
use super::setting;
use super::{Alteration, Changed, Key, Kind, Object, Situation};
use crate::action::Action;
use crate::model::{Id, Text};
use crate::sql::{quote_body, quote_ident, quote_literal};

object! {
    /// The database.
    pub struct Database {
        /// How many connections it takes, where that is limited.
        pub connection_limit: Option<i32>,
        /// Everybody with CREATEDB may copy it.
        pub is_template: bool,
        /// The settings that sessions start with, as `name=value`, sorted.
        pub settings: Vec<Text>,
        /// The same for single roles.
        pub role_settings: Vec<RoleSettings>,
    }
}

record! {
    /// The settings that the sessions of a role start with in the database.
    #[derive(Eq)]
    pub struct RoleSettings {
        /// The role.
        pub role: Text,
        /// The settings as `name=value`, sorted.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub settings: Vec<Text>,
    }
}

/// Stands for the name in statements, until [`in_this_database`] takes it out. No name in
/// PostgreSQL, and no text, has this character in it.
const NAME: &str = "\0";

/// A statement about the database in a form that finds the name when it runs.
pub(super) fn in_this_database(sql: &str) -> String {
    let Some((before, after)) = sql.split_once(NAME) else { return sql.to_owned() };
    let body = format!(
        "BEGIN EXECUTE {} || pg_catalog.quote_ident(pg_catalog.current_database()) || {}; END",
        quote_literal(before),
        quote_literal(after)
    );
    format!("DO {}", quote_body(&body))
}

impl Object for Database {
    const KIND: Kind = Kind::Database;
    const CATALOG: &'static str = "pg_database";
    const IDENTITY: &'static [&'static str] = &[];

    fn query(_server: u32) -> String {
        format!(
            "SELECT d.oid::text, json_strip_nulls(json_build_object('connection_limit', \
             nullif(d.datconnlimit, -1), 'is_template', d.datistemplate, 'settings', (SELECT \
             json_agg(c ORDER BY c) FROM pg_catalog.pg_db_role_setting s, unnest(s.setconfig) c WHERE \
             s.setdatabase = d.oid AND s.setrole = 0), 'role_settings', (SELECT \
             json_agg(json_build_object('role', r.rolname, 'settings', (SELECT json_agg(c ORDER BY c) \
             FROM unnest(s.setconfig) c)) ORDER BY r.rolname) FROM pg_catalog.pg_db_role_setting s \
             JOIN pg_catalog.pg_roles r ON r.oid = s.setrole WHERE s.setdatabase = d.oid), {owner}, \
             {grants}))::text FROM pg_catalog.pg_database d WHERE d.datname = \
             pg_catalog.current_database()",
            owner = owner("d.datdba"),
            grants = grants("d.datacl", 'd', "d.datdba"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key("", "", "")
    }

    fn id(&self) -> Id {
        Id::new("database", &["current"])
    }

    fn schema(&self) -> Option<&str> {
        None
    }

    fn name(&self) -> String {
        "current".to_owned()
    }

    fn keyword(&self) -> &'static str {
        "DATABASE"
    }

    fn sql_name(&self) -> String {
        NAME.to_owned()
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("DATABASE")
    }

    fn public_privileges(&self) -> &'static [&'static str] {
        &["CONNECT", "TEMPORARY"]
    }

    /// A database in which a plan runs is there; only what it is set to can be missing.
    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        Database::default().changes(self)
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        Vec::new()
    }

    fn alter(&self, to: &Database, _: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::InPlace(self.changes(to))
    }
}

impl Database {
    fn changes(&self, to: &Database) -> Vec<Action> {
        let mut statements = Vec::new();
        if self.connection_limit != to.connection_limit {
            let limit = to.connection_limit.unwrap_or(-1);
            statements.push(format!("ALTER DATABASE {NAME} CONNECTION LIMIT {limit}"));
        }
        if self.is_template != to.is_template {
            statements.push(format!("ALTER DATABASE {NAME} IS_TEMPLATE {}", to.is_template));
        }
        for what in setting::changes(&self.settings, &to.settings) {
            statements.push(format!("ALTER DATABASE {NAME} {what}"));
        }
        let of_role = |database: &Database, role: &str| -> Vec<Text> {
            let found = database.role_settings.iter().find(|entry| entry.role == role);
            found.map(|entry| entry.settings.clone()).unwrap_or_default()
        };
        let mut roles: Vec<&str> =
            self.role_settings.iter().chain(&to.role_settings).map(|e| e.role.as_str()).collect();
        roles.sort_unstable();
        roles.dedup();
        for role in roles {
            for what in setting::changes(&of_role(self, role), &of_role(to, role)) {
                let role = quote_ident(role);
                statements.push(format!("ALTER ROLE {role} IN DATABASE {NAME} {what}"));
            }
        }
        let id = Object::id(to);
        let alter =
            |sql: &String| Action::alter(id.clone(), "ALTER DATABASE", in_this_database(sql));
        statements.iter().map(alter).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_finds_the_name_when_it_runs() {
        assert_eq!(
            in_this_database("COMMENT ON DATABASE \0 IS 'it''s'"),
            "DO $$BEGIN EXECUTE 'COMMENT ON DATABASE ' || \
             pg_catalog.quote_ident(pg_catalog.current_database()) || ' IS ''it''''s'''; END$$"
        );
    }
}
