//! User mappings. PostgreSQL manual, "CREATE USER MAPPING".

use super::attached::object;
use super::foreign_option::{changes, clause, missing, options_json};
use super::{Alteration, Changed, ForeignOption, Key, Kind, Object, Situation, drop_action};
use crate::action::{Action, Hazard};
use crate::model::{Id, Text};
use crate::sql::quote_ident;

object! {
    /// How a role is known on a foreign server.
    ///
    /// A server shows the options to superusers, to its owner and to the role itself; a snapshot
    /// that somebody else took has none and says so.
    pub struct UserMapping {
        /// The server.
        pub server: Text,
        /// The role; `PUBLIC` for all that have no mapping of their own.
        pub role: Text,
        /// The options, sorted.
        pub options: Vec<ForeignOption>,
    }
}

const ALTER: &str = "ALTER USER MAPPING";

/// The mappings whose options the role that connects may not see: key and sentence.
pub(crate) fn hidden_query() -> String {
    "SELECT m.umid::text, to_json('options of the user mapping of ' || CASE m.umuser WHEN 0 THEN \
     'PUBLIC' ELSE m.usename END || ' on the server ' || m.srvname || ': this role may not see \
     them')::text FROM pg_catalog.pg_user_mappings m JOIN pg_catalog.pg_foreign_server s ON s.oid = \
     m.srvid WHERE m.umoptions IS NULL AND NOT (SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE \
     r.rolname = CURRENT_USER) AND NOT (m.umuser = 0 AND pg_catalog.pg_has_role(s.srvowner, 'USAGE')) \
     AND NOT (m.usename = CURRENT_USER AND (pg_catalog.has_server_privilege(s.oid, 'USAGE') OR \
     pg_catalog.pg_has_role(s.srvowner, 'USAGE')))"
        .to_owned()
}

impl Object for UserMapping {
    const KIND: Kind = Kind::UserMapping;
    const CATALOG: &'static str = "pg_user_mapping";
    const IDENTITY: &'static [&'static str] = &["server", "role"];

    fn query(_server: u32) -> String {
        // The catalog itself is for superusers only; its view shows the names to everyone.
        format!(
            "SELECT m.umid::text, json_strip_nulls(json_build_object('server', m.srvname, 'role', \
             CASE m.umuser WHEN 0 THEN 'PUBLIC' ELSE m.usename END, 'options', \
             {options}))::text FROM pg_catalog.pg_user_mappings m",
            options = options_json("m.umoptions"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.server, &self.role, "")
    }

    fn id(&self) -> Id {
        Id::new("user_mapping", &[&self.server, &self.role])
    }

    fn schema(&self) -> Option<&str> {
        None
    }

    fn name(&self) -> String {
        format!("{} on {}", self.role, self.server)
    }

    fn keyword(&self) -> &'static str {
        "USER MAPPING"
    }

    fn sql_name(&self) -> String {
        let role = super::privilege::role(&self.role);
        format!("FOR {role} SERVER {}", quote_ident(&self.server))
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let sql = format!("CREATE USER MAPPING {}{}", self.sql_name(), clause(&self.options));
        let id = Object::id(self);
        let mut actions = vec![
            Action::create(id.clone(), "CREATE USER MAPPING", sql)
                .hazard(Hazard::Security, "the role can log in on the server"),
        ];
        actions.extend(missing(&id, ALTER, &self.alteration(), &self.options));
        actions
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let name = self.sql_name();
        let drop = drop_action(Object::id(self), "DROP USER MAPPING", "USER MAPPING", &name);
        vec![drop.irreversible("the options that are secret are in no snapshot")]
    }

    fn alter(&self, to: &UserMapping, _: &Changed, _: &Situation<'_>) -> Alteration {
        let id = Object::id(to);
        Alteration::InPlace(changes(&id, ALTER, &to.alteration(), &self.options, &to.options))
    }
}

impl UserMapping {
    fn alteration(&self) -> String {
        format!("{ALTER} {}", self.sql_name())
    }
}
