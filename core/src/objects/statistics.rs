//! Extended statistics. PostgreSQL manual, "CREATE STATISTICS".

use super::attached::{in_schema, object};
use super::query::{USER_SCHEMA, not_extension_member, owner};
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::{Action, LockMode};
use crate::model::{Id, Text};
use crate::sql::{qualified, quote_ident};

object! {
    /// A statistics object.
    pub struct StatisticsObject {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The schema of the table or materialized view.
        pub table_schema: Text,
        /// The table or materialized view.
        pub table: Text,
        /// It is about a materialized view.
        pub on_materialized_view: bool,
        /// `dependencies`, `mcv`, `ndistinct`, sorted; empty for those of a single expression.
        pub kinds: Vec<Text>,
        /// The columns, sorted.
        pub columns: Vec<Text>,
        /// The expressions in their order.
        pub expressions: Vec<Text>,
        /// The statistics target, where it is set.
        pub target: Option<i32>,
    }
}

impl Object for StatisticsObject {
    const KIND: Kind = Kind::StatisticsObject;
    const CATALOG: &'static str = "pg_statistic_ext";

    fn query(server: u32) -> String {
        let target =
            if server >= 170_000 { "s.stxstattarget" } else { "nullif(s.stxstattarget, -1)" };
        format!(
            "SELECT s.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             s.stxname, 'table_schema', tn.nspname, 'table', c.relname, 'on_materialized_view', \
             c.relkind = 'm', 'kinds', (SELECT json_agg(w.word ORDER BY w.word) FROM unnest(s.stxkind) \
             k JOIN (VALUES ('d', 'ndistinct'), ('f', 'dependencies'), ('m', 'mcv')) w(letter, word) \
             ON w.letter = k::text), 'columns', (SELECT json_agg(a.attname ORDER BY a.attname) FROM \
             unnest(s.stxkeys::int2[]) u(num) JOIN pg_catalog.pg_attribute a ON a.attrelid = \
             s.stxrelid AND a.attnum = u.num), 'expressions', \
             pg_catalog.pg_get_statisticsobjdef_expressions(s.oid), 'target', {target}, \
             {owner}))::text FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON \
             n.oid = s.stxnamespace JOIN pg_catalog.pg_class c ON c.oid = s.stxrelid JOIN \
             pg_catalog.pg_namespace tn ON tn.oid = c.relnamespace WHERE {USER_SCHEMA} AND {member}",
            owner = owner("s.stxowner"),
            member = not_extension_member("pg_class", "c.oid"),
        )
    }

    in_schema!("statistics_object");

    fn parent(&self) -> Option<Id> {
        Some(self.relation_id())
    }

    fn keyword(&self) -> &'static str {
        "STATISTICS"
    }

    fn names(&self) -> Vec<String> {
        vec![format!("statistics:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut sql = format!("CREATE STATISTICS {}", self.sql_name());
        if !self.kinds.is_empty() {
            sql += &format!(" ({})", self.kinds.join(", "));
        }
        let columns = self.columns.iter().map(|column| quote_ident(column).into_owned());
        let expressions = self.expressions.iter().map(|expression| format!("({expression})"));
        let on: Vec<String> = columns.chain(expressions).collect();
        let table = qualified(&self.table_schema, &self.table);
        sql += &format!(" ON {} FROM {table}", on.join(", "));
        let create = Action::create(Object::id(self), "CREATE STATISTICS", sql)
            .lock(LockMode::ShareUpdateExclusive, self.relation_id());
        std::iter::once(create).chain(self.target.is_some().then(|| self.set_target())).collect()
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![
            drop_action(Object::id(self), "DROP STATISTICS", "STATISTICS", &self.sql_name())
                .lock(LockMode::ShareUpdateExclusive, self.relation_id()),
        ]
    }

    fn alter(&self, to: &StatisticsObject, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if !changed.only(&["target"]) {
            return Alteration::Replace(
                "what statistics are gathered, and on what, cannot be altered".to_owned(),
            );
        }
        let target = changed.has("target").then(|| to.set_target());
        Alteration::InPlace(target.into_iter().collect())
    }
}

impl StatisticsObject {
    fn relation_id(&self) -> Id {
        let kind = if self.on_materialized_view { "materialized_view" } else { "table" };
        Id::new(kind, &[&self.table_schema, &self.table])
    }

    fn set_target(&self) -> Action {
        let target = self.target.unwrap_or(-1);
        let sql = format!("ALTER STATISTICS {} SET STATISTICS {target}", self.sql_name());
        Action::alter(Object::id(self), "ALTER STATISTICS", sql)
    }
}
