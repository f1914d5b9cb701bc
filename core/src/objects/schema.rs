//! Schemas. PostgreSQL manual, "CREATE SCHEMA".

use super::attached::object;
use super::query::{grants, not_extension_member, owner};
use super::{Alteration, Changed, Key, Kind, Object, Situation, drop_action};
use crate::action::{Action, Hazard};
use crate::model::{Id, Text};
use crate::sql::quote_ident;

object! {
    /// A schema.
    ///
    /// `public` as `initdb` makes it has neither owner nor grants nor comment here, although
    /// servers of different versions make it differently.
    pub struct Schema {
        /// The name.
        pub name: Text,
    }
}

impl Object for Schema {
    const KIND: Kind = Kind::Schema;
    const CATALOG: &'static str = "pg_namespace";

    fn query(_server: u32) -> String {
        format!(
            "SELECT n.oid::text, json_strip_nulls(json_build_object('name', n.nspname, \
             {owner}, {grants}))::text FROM pg_catalog.pg_namespace n \
             WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND {member}",
            owner = owner("n.nspowner").replace(
                "pg_catalog.pg_get_userbyid",
                "(CASE WHEN n.nspname = 'public' AND n.oid < 16384 AND (n.nspowner = 10 OR \
                 pg_catalog.pg_get_userbyid(n.nspowner) = 'pg_database_owner') THEN NULL ELSE \
                 pg_catalog.pg_get_userbyid"
            ) + " END)",
            grants = grants(
                "(SELECT CASE WHEN ARRAY(SELECT x::text FROM unnest(n.nspacl) x ORDER BY 1) = \
                 ARRAY(SELECT x::text FROM unnest(i.initprivs) x ORDER BY 1) THEN NULL ELSE \
                 n.nspacl END FROM (SELECT) one LEFT JOIN pg_catalog.pg_init_privs i ON \
                 i.objoid = n.oid AND i.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass)",
                'n',
                "n.nspowner"
            ),
            member = not_extension_member("pg_namespace", "n.oid"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.name, "", "")
    }

    fn id(&self) -> Id {
        Id::new("schema", &[&self.name])
    }

    fn schema(&self) -> Option<&str> {
        None
    }

    fn name(&self) -> String {
        self.name.to_string()
    }

    fn keyword(&self) -> &'static str {
        "SCHEMA"
    }

    fn sql_name(&self) -> String {
        quote_ident(&self.name).into_owned()
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("SCHEMA")
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let sql = format!("CREATE SCHEMA {}", self.sql_name());
        vec![Action::create(Object::id(self), "CREATE SCHEMA", sql)]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        // What is in it has gone before by steps of its own, each with its own hazard.
        vec![
            drop_action(Object::id(self), "DROP SCHEMA", "SCHEMA", &self.sql_name())
                .hazard(Hazard::DataLoss, format!("schema {} is dropped", self.sql_name())),
        ]
    }

    fn alter(&self, _: &Schema, _: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::InPlace(Vec::new())
    }
}
