//! Rules that users wrote; the rule of a view is the view itself. PostgreSQL manual, "CREATE RULE".

use super::attached::{object, on_table};
use super::query::{USER_SCHEMA, enabled, not_extension_member};
use super::trigger::{enabling, relation_id};
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::{Action, LockMode};
use crate::model::{Id, Text};
use crate::sql::{qualified, quote_ident};

object! {
    /// A rule.
    pub struct Rule {
        /// The schema of the table or view.
        pub schema: Text,
        /// The table or view.
        pub table: Text,
        /// The name.
        pub name: Text,
        /// It belongs to a view.
        pub on_view: bool,
        /// `pg_get_ruledef()`'s text, without the closing semicolon.
        pub definition: Text,
        /// `DISABLED`, `REPLICA` or `ALWAYS`; absent for a rule that works as usual.
        pub enabled: Option<Text>,
    }
}

impl Object for Rule {
    const KIND: Kind = Kind::Rule;
    const CATALOG: &'static str = "pg_rewrite";

    fn query(_server: u32) -> String {
        format!(
            "SELECT r.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'table', \
             c.relname, 'name', r.rulename, 'on_view', c.relkind = 'v', 'definition', \
             rtrim(pg_catalog.pg_get_ruledef(r.oid), ';'), 'enabled', {enabled}))::text FROM \
             pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class JOIN \
             pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND \
             c.relpersistence <> 't' AND {USER_SCHEMA} AND {member}",
            enabled = enabled("r.ev_enabled"),
            member = not_extension_member("pg_class", "c.oid"),
        )
    }

    on_table!("rule");

    fn parent(&self) -> Option<Id> {
        Some(self.relation_id())
    }

    fn keyword(&self) -> &'static str {
        "RULE"
    }

    fn names(&self) -> Vec<String> {
        vec![format!("rule:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let create = Action::create(Object::id(self), "CREATE RULE", self.definition.to_string())
            .lock(LockMode::AccessExclusive, self.relation_id());
        std::iter::once(create).chain(self.enabled.is_some().then(|| self.set_enabled())).collect()
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![
            drop_action(Object::id(self), "DROP RULE", "RULE", &self.sql_name())
                .lock(LockMode::AccessExclusive, self.relation_id()),
        ]
    }

    fn alter(&self, to: &Rule, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if changed.has("on_view") {
            return Alteration::Replace("its table becomes a view, or the reverse".to_owned());
        }
        let mut actions = Vec::new();
        if changed.has("definition") {
            let rest = to.definition.strip_prefix("CREATE RULE ").unwrap_or(&to.definition);
            let sql = format!("CREATE OR REPLACE RULE {rest}");
            actions.push(
                Action::alter(Object::id(to), "CREATE OR REPLACE RULE", sql)
                    .requires(to.depends_on.iter().cloned())
                    .releases(self.depends_on.iter().cloned())
                    .lock(LockMode::AccessExclusive, to.relation_id()),
            );
        }
        // CREATE OR REPLACE leaves the state as it is.
        if changed.has("enabled") {
            actions.push(to.set_enabled());
        }
        Alteration::InPlace(actions)
    }
}

impl Rule {
    fn relation_id(&self) -> Id {
        relation_id(self.on_view, &self.schema, &self.table)
    }

    fn set_enabled(&self) -> Action {
        let sql = format!(
            "ALTER TABLE {} {} RULE {}",
            qualified(&self.schema, &self.table),
            enabling(self.enabled.as_deref()),
            quote_ident(&self.name)
        );
        Action::alter(Object::id(self), "ALTER TABLE … RULE", sql)
            .lock(LockMode::AccessExclusive, self.relation_id())
    }
}
