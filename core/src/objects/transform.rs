//! Transforms between types and procedural languages. PostgreSQL manual, "CREATE TRANSFORM".

use super::attached::object;
use super::query::{not_extension_member, signature};
use super::{Alteration, Changed, Key, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::{Id, Text};
use crate::sql::quote_ident;

object! {
    /// A transform: how a language sees the values of a type.
    pub struct Transform {
        /// The schema of the type, or of a function where the type is the system's.
        pub schema: Option<Text>,
        /// The type.
        pub data_type: Text,
        /// The language.
        pub language: Text,
        /// The function that turns values of SQL into those of the language.
        pub from_sql: Option<Text>,
        /// The function that turns values of the language into those of SQL.
        pub to_sql: Option<Text>,
    }
}

impl Object for Transform {
    const KIND: Kind = Kind::Transform;
    const IDENTITY: &'static [&'static str] = &["data_type", "language"];
    const CATALOG: &'static str = "pg_transform";

    fn query(_server: u32) -> String {
        format!(
            "SELECT t.oid::text, json_strip_nulls(json_build_object('schema', (SELECT n.nspname \
             FROM (SELECT 1 AS place, y.typnamespace AS oid FROM pg_catalog.pg_type y WHERE y.oid = \
             t.trftype UNION ALL SELECT 2, p.pronamespace FROM pg_catalog.pg_proc p WHERE p.oid IN \
             (t.trffromsql, t.trftosql)) u JOIN pg_catalog.pg_namespace n ON n.oid = u.oid WHERE \
             n.nspname !~ '^pg_' ORDER BY u.place, n.nspname LIMIT 1), 'data_type', \
             pg_catalog.format_type(t.trftype, NULL), 'language', l.lanname, 'from_sql', {from}, \
             'to_sql', {to}))::text FROM pg_catalog.pg_transform t JOIN pg_catalog.pg_language l ON \
             l.oid = t.trflang WHERE t.oid >= 16384 AND {member}",
            from = signature("t.trffromsql"),
            to = signature("t.trftosql"),
            member = not_extension_member("pg_transform", "t.oid"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.data_type, &self.language, "")
    }

    fn id(&self) -> Id {
        let name = format!("{} LANGUAGE {}", self.data_type, quote_ident(&self.language));
        Id::from_sql("transform", &name)
    }

    fn schema(&self) -> Option<&str> {
        self.schema.as_deref()
    }

    fn name(&self) -> String {
        format!("{} LANGUAGE {}", self.data_type, self.language)
    }

    fn keyword(&self) -> &'static str {
        "TRANSFORM"
    }

    fn sql_name(&self) -> String {
        format!("FOR {} LANGUAGE {}", self.data_type, quote_ident(&self.language))
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![Action::create(Object::id(self), "CREATE TRANSFORM", self.sql("CREATE"))]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![drop_action(Object::id(self), "DROP TRANSFORM", "TRANSFORM", &self.sql_name())]
    }

    fn alter(&self, to: &Self, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if !changed.any(&["from_sql", "to_sql"]) {
            return Alteration::InPlace(Vec::new());
        }
        let sql = to.sql("CREATE OR REPLACE");
        Alteration::InPlace(vec![
            Action::alter(Object::id(to), "CREATE OR REPLACE TRANSFORM", sql)
                .requires(to.depends_on.iter().cloned())
                .releases(self.depends_on.iter().cloned()),
        ])
    }
}

impl Transform {
    fn sql(&self, verb: &str) -> String {
        let from = self.from_sql.iter().map(|f| format!("FROM SQL WITH FUNCTION {f}"));
        let to = self.to_sql.iter().map(|f| format!("TO SQL WITH FUNCTION {f}"));
        let functions: Vec<String> = from.chain(to).collect();
        format!("{verb} TRANSFORM {} ({})", self.sql_name(), functions.join(", "))
    }
}
