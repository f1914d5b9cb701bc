//! Materialized views. PostgreSQL manual, "CREATE MATERIALIZED VIEW".

use super::attached::{in_schema, object};
use super::index::option_changes;
use super::view::{column_details, relation_query};
use super::{Alteration, Changed, Kind, Object, Situation, ViewColumn, drop_action};
use crate::action::{Action, Effect, Hazard, LockMode};
use crate::model::Text;
use crate::sql::quote_ident;

object! {
    /// A materialized view. Whether it holds rows is no part of the schema.
    pub struct MaterializedView {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The query, as `pg_get_viewdef()` spells it, without the closing semicolon.
        pub definition: Text,
        /// The columns in their order.
        pub columns: Vec<ViewColumn>,
        /// Storage parameters, sorted.
        pub options: Vec<Text>,
        /// The access method, where it is not `heap`.
        pub access_method: Option<Text>,
        /// The tablespace, where it is not the database's.
        pub tablespace: Option<Text>,
    }
}

impl Object for MaterializedView {
    const KIND: Kind = Kind::MaterializedView;
    const CATALOG: &'static str = "pg_class";

    fn query(_server: u32) -> String {
        relation_query(
            'm',
            "'access_method', (SELECT nullif(m.amname, 'heap') FROM pg_catalog.pg_am m WHERE m.oid = \
             c.relam), 'tablespace', (SELECT t.spcname FROM pg_catalog.pg_tablespace t WHERE t.oid = \
             c.reltablespace),",
        )
    }

    in_schema!("materialized_view");

    fn keyword(&self) -> &'static str {
        "MATERIALIZED VIEW"
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("TABLE")
    }

    fn names(&self) -> Vec<String> {
        vec![format!("relation:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut sql = format!("CREATE MATERIALIZED VIEW {}", self.sql_name());
        if let Some(method) = &self.access_method {
            sql += &format!(" USING {}", quote_ident(method));
        }
        if !self.options.is_empty() {
            sql += &format!(" WITH ({})", self.options.join(", "));
        }
        if let Some(space) = &self.tablespace {
            sql += &format!(" TABLESPACE {}", quote_ident(space));
        }
        sql += &format!(" AS\n{}\nWITH DATA", self.definition);
        vec![Action::create(Object::id(self), "CREATE MATERIALIZED VIEW", sql).effect(Effect::Scan)]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        // Its rows come from the query: they are lost only as long as it is not built again.
        let id = Object::id(self);
        vec![
            drop_action(
                id.clone(),
                "DROP MATERIALIZED VIEW",
                "MATERIALIZED VIEW",
                &self.sql_name(),
            )
            .lock(LockMode::AccessExclusive, id)
            .hazard(Hazard::BreaksPrograms, format!("what reads {} fails", self.sql_name())),
        ]
    }

    fn alter(&self, to: &MaterializedView, changed: &Changed, _: &Situation<'_>) -> Alteration {
        let shape = |columns: &[ViewColumn]| -> Vec<(Text, Text)> {
            columns.iter().map(|c| (c.name.clone(), c.data_type.clone())).collect()
        };
        if changed.has("definition") || shape(&self.columns) != shape(&to.columns) {
            return Alteration::Replace("a materialized view's query cannot be altered".to_owned());
        }
        let (id, name) = (Object::id(to), to.sql_name());
        let mut actions = Vec::new();
        let mut alter = |what: String, mode: LockMode, effect: Effect| {
            let sql = format!("ALTER MATERIALIZED VIEW {name} {what}");
            actions.push(
                Action::alter(id.clone(), "ALTER MATERIALIZED VIEW", sql)
                    .lock(mode, id.clone())
                    .effect(effect),
            );
        };
        for what in option_changes(&self.options, &to.options) {
            alter(what, LockMode::ShareUpdateExclusive, Effect::Catalog);
        }
        if changed.has("access_method") {
            let method = to.access_method.as_deref().unwrap_or("heap");
            alter(
                format!("SET ACCESS METHOD {}", quote_ident(method)),
                LockMode::AccessExclusive,
                Effect::Rewrite,
            );
        }
        if changed.has("tablespace") {
            let space = to.tablespace.as_deref().unwrap_or("pg_default");
            alter(
                format!("SET TABLESPACE {}", quote_ident(space)),
                LockMode::AccessExclusive,
                Effect::Rewrite,
            );
        }
        actions.extend(column_details("MATERIALIZED VIEW", &id, &name, &self.columns, &to.columns));
        Alteration::InPlace(actions)
    }

    fn finish(&self, _: &Situation<'_>) -> Vec<Action> {
        let id = Object::id(self);
        column_details("MATERIALIZED VIEW", &id, &self.sql_name(), &[], &self.columns)
    }
}
