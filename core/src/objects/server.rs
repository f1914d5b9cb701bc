//! Foreign servers. PostgreSQL manual, "CREATE SERVER".

use super::attached::{in_database, object};
use super::foreign_option::{changes, clause, missing, options_json};
use super::query::{grants, not_extension_member, owner};
use super::{Alteration, Changed, ForeignOption, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::Text;
use crate::sql::{quote_ident, quote_literal};

object! {
    /// A foreign server.
    pub struct Server {
        /// The name.
        pub name: Text,
        /// The foreign data wrapper.
        pub wrapper: Text,
        /// The type, where it has one.
        pub server_type: Option<Text>,
        /// The version, where it has one.
        pub version: Option<Text>,
        /// The options, sorted.
        pub options: Vec<ForeignOption>,
    }
}

const ALTER: &str = "ALTER SERVER";

impl Object for Server {
    const KIND: Kind = Kind::Server;
    const CATALOG: &'static str = "pg_foreign_server";

    fn query(_server: u32) -> String {
        format!(
            "SELECT s.oid::text, json_strip_nulls(json_build_object('name', s.srvname, 'wrapper', \
             w.fdwname, 'server_type', s.srvtype, 'version', s.srvversion, 'options', {options}, \
             {owner}, {grants}))::text FROM pg_catalog.pg_foreign_server s JOIN \
             pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw WHERE {member}",
            options = options_json("s.srvoptions"),
            owner = owner("s.srvowner"),
            grants = grants("s.srvacl", 'S', "s.srvowner"),
            member = not_extension_member("pg_foreign_server", "s.oid"),
        )
    }

    in_database!("server");

    fn keyword(&self) -> &'static str {
        "SERVER"
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("FOREIGN SERVER")
    }

    fn names(&self) -> Vec<String> {
        vec![format!("server:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut sql = format!("CREATE SERVER {}", self.sql_name());
        for (word, text) in [("TYPE", &self.server_type), ("VERSION", &self.version)] {
            let text = text.as_ref().map(|text| format!(" {word} {}", quote_literal(text)));
            sql += &text.unwrap_or_default();
        }
        sql += &format!(" FOREIGN DATA WRAPPER {}", quote_ident(&self.wrapper));
        sql += &clause(&self.options);
        let id = Object::id(self);
        let mut actions = vec![Action::create(id.clone(), "CREATE SERVER", sql)];
        actions.extend(missing(&id, ALTER, &self.alteration(), &self.options));
        actions
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![drop_action(Object::id(self), "DROP SERVER", "SERVER", &self.sql_name())]
    }

    fn alter(&self, to: &Server, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if changed.any(&["wrapper", "server_type"]) {
            return Alteration::Replace("a server's wrapper and type cannot be altered".to_owned());
        }
        let id = Object::id(to);
        let mut actions = Vec::new();
        if changed.has("version") {
            let version = to.version.as_ref().map_or("NULL".to_owned(), |v| quote_literal(v));
            let sql = format!("{} VERSION {version}", to.alteration());
            actions.push(Action::alter(id.clone(), ALTER, sql));
        }
        actions.extend(changes(&id, ALTER, &to.alteration(), &self.options, &to.options));
        Alteration::InPlace(actions)
    }
}

impl Server {
    fn alteration(&self) -> String {
        format!("{ALTER} {}", self.sql_name())
    }
}
