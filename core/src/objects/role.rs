//! Roles, where they were asked for. Passwords are never read. PostgreSQL manual, "CREATE ROLE".

use super::attached::{in_database, object};
use super::setting;
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::{Action, Hazard};
use crate::model::Text;
use crate::sql::quote_literal;

object! {
    /// A role.
    pub struct Role {
        /// The name.
        pub name: Text,
        /// It may do everything.
        pub superuser: bool,
        /// It does not have the privileges of the roles that it is a member of.
        pub no_inherit: bool,
        /// It may create roles.
        pub create_role: bool,
        /// It may create databases.
        pub create_database: bool,
        /// It may log in.
        pub login: bool,
        /// It may replicate.
        pub replication: bool,
        /// No policy holds for it.
        pub bypass_row_security: bool,
        /// How many connections it may have, where that is limited.
        pub connection_limit: Option<i32>,
        /// When its password ends.
        pub valid_until: Option<Text>,
        /// The settings that its sessions start with in all databases, as `name=value`, sorted.
        pub settings: Vec<Text>,
    }
}

impl Object for Role {
    const KIND: Kind = Kind::Role;
    const CATALOG: &'static str = "pg_authid";

    fn query(_server: u32) -> String {
        // The catalog itself, which has the passwords, is for superusers only.
        "SELECT r.oid::text, json_strip_nulls(json_build_object('name', r.rolname, 'superuser', \
         r.rolsuper, 'no_inherit', NOT r.rolinherit, 'create_role', r.rolcreaterole, \
         'create_database', r.rolcreatedb, 'login', r.rolcanlogin, 'replication', r.rolreplication, \
         'bypass_row_security', r.rolbypassrls, 'connection_limit', nullif(r.rolconnlimit, -1), \
         'valid_until', nullif(r.rolvaliduntil, 'infinity')::text, 'settings', (SELECT json_agg(c ORDER BY c) FROM \
         unnest(r.rolconfig) c)))::text FROM pg_catalog.pg_roles r WHERE r.oid >= 16384"
            .to_owned()
    }

    in_database!("role");

    fn keyword(&self) -> &'static str {
        "ROLE"
    }

    fn names(&self) -> Vec<String> {
        vec![format!("role:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let plain = Role { name: self.name.clone(), ..Role::default() };
        let mut sql = format!("CREATE ROLE {}", self.sql_name());
        if self.attributes(&plain).is_empty() {
            sql += " NOLOGIN";
        } else {
            sql += &format!(" WITH {}", self.attributes(&plain).join(" "));
        }
        let mut create = Action::create(Object::id(self), "CREATE ROLE", sql)
            .hazard(Hazard::Security, "what it may do is decided by its attributes and grants");
        if self.login {
            create.reason = Some("it has no password until somebody sets one".to_owned());
        }
        std::iter::once(create).chain(self.settings(&plain)).collect()
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![
            drop_action(Object::id(self), "DROP ROLE", "ROLE", &self.sql_name())
                .hazard(Hazard::Security, "nobody can log in as it or have its privileges")
                .hazard(
                    Hazard::MayFail,
                    "fails while the role owns something, or is granted something, in another database",
                )
                .irreversible("its password is in no snapshot"),
        ]
    }

    fn alter(&self, to: &Role, _: &Changed, _: &Situation<'_>) -> Alteration {
        let mut actions = Vec::new();
        let attributes = to.attributes(self);
        if !attributes.is_empty() {
            let sql = format!("ALTER ROLE {} WITH {}", to.sql_name(), attributes.join(" "));
            actions.push(
                Action::alter(Object::id(to), "ALTER ROLE", sql)
                    .hazard(Hazard::Security, "what the role may do changes"),
            );
        }
        actions.extend(to.settings(self));
        Alteration::InPlace(actions)
    }
}

impl Role {
    /// The words for the attributes that differ.
    fn attributes(&self, from: &Role) -> Vec<String> {
        let mut words: Vec<String> = [
            ("SUPERUSER", from.superuser, self.superuser),
            ("INHERIT", !from.no_inherit, !self.no_inherit),
            ("CREATEROLE", from.create_role, self.create_role),
            ("CREATEDB", from.create_database, self.create_database),
            ("LOGIN", from.login, self.login),
            ("REPLICATION", from.replication, self.replication),
            ("BYPASSRLS", from.bypass_row_security, self.bypass_row_security),
        ]
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(word, _, new)| if new { word.to_owned() } else { format!("NO{word}") })
        .collect();
        if from.connection_limit != self.connection_limit {
            words.push(format!("CONNECTION LIMIT {}", self.connection_limit.unwrap_or(-1)));
        }
        if from.valid_until != self.valid_until {
            let until = self.valid_until.as_deref().unwrap_or("infinity");
            words.push(format!("VALID UNTIL {}", quote_literal(until)));
        }
        words
    }

    fn settings(&self, from: &Role) -> Vec<Action> {
        setting::changes(&from.settings, &self.settings)
            .into_iter()
            .map(|what| {
                let sql = format!("ALTER ROLE {} {what}", self.sql_name());
                Action::alter(Object::id(self), "ALTER ROLE", sql)
            })
            .collect()
    }
}
