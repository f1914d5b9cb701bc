//! Casts. PostgreSQL manual, "CREATE CAST".

use super::attached::object;
use super::query::signature;
use super::{Alteration, Changed, Key, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::{Id, Text};

object! {
    /// A cast from one type to another.
    pub struct Cast {
        /// The schema of the type or function of the user that it is about.
        pub schema: Option<Text>,
        /// The type that it reads.
        pub source: Text,
        /// The type that it gives.
        pub target: Text,
        /// The function; absent for a cast without one.
        pub function: Option<Text>,
        /// It goes through the types' output and input functions.
        pub inout: bool,
        /// `ASSIGNMENT` or `IMPLICIT`; absent for a cast that must be written.
        pub context: Option<Text>,
    }
}

impl Object for Cast {
    const KIND: Kind = Kind::Cast;
    const IDENTITY: &'static [&'static str] = &["source", "target"];
    const CATALOG: &'static str = "pg_cast";

    fn query(_server: u32) -> String {
        // Those that an extension or a range type brings depend on it.
        format!(
            "SELECT c.oid::text, json_strip_nulls(json_build_object('schema', (SELECT n.nspname \
             FROM (SELECT 1 AS place, t.typnamespace AS oid FROM pg_catalog.pg_type t WHERE t.oid = \
             c.castsource UNION ALL SELECT 2, t.typnamespace FROM pg_catalog.pg_type t WHERE t.oid = \
             c.casttarget UNION ALL SELECT 3, p.pronamespace FROM pg_catalog.pg_proc p WHERE p.oid = \
             c.castfunc) u JOIN pg_catalog.pg_namespace n ON n.oid = u.oid WHERE n.nspname !~ '^pg_' \
             ORDER BY u.place LIMIT 1), 'source', pg_catalog.format_type(c.castsource, NULL), \
             'target', pg_catalog.format_type(c.casttarget, NULL), 'function', {function}, 'inout', \
             c.castmethod = 'i', 'context', CASE c.castcontext WHEN 'a' THEN 'ASSIGNMENT' WHEN 'i' \
             THEN 'IMPLICIT' END))::text FROM pg_catalog.pg_cast c WHERE c.oid >= 16384 AND NOT \
             EXISTS (SELECT 1 FROM pg_catalog.pg_depend x WHERE x.classid = \
             'pg_catalog.pg_cast'::pg_catalog.regclass AND x.objid = c.oid AND x.deptype IN ('e', 'i'))",
            function = signature("c.castfunc"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.source, &self.target, "")
    }

    fn id(&self) -> Id {
        Id::from_sql("cast", &Object::name(self))
    }

    fn schema(&self) -> Option<&str> {
        self.schema.as_deref()
    }

    fn name(&self) -> String {
        format!("{} AS {}", self.source, self.target)
    }

    fn keyword(&self) -> &'static str {
        "CAST"
    }

    fn sql_name(&self) -> String {
        format!("({})", Object::name(self))
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let how = match &self.function {
            Some(function) => format!("WITH FUNCTION {function}"),
            None if self.inout => "WITH INOUT".to_owned(),
            None => "WITHOUT FUNCTION".to_owned(),
        };
        let context = self.context.as_ref().map(|c| format!(" AS {c}")).unwrap_or_default();
        let sql = format!("CREATE CAST {} {how}{context}", self.sql_name());
        vec![Action::create(Object::id(self), "CREATE CAST", sql)]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![drop_action(Object::id(self), "DROP CAST", "CAST", &self.sql_name())]
    }

    fn alter(&self, _: &Self, changed: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::replace_if(changed, "a cast cannot be altered")
    }
}
