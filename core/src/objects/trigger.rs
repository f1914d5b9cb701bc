//! Triggers. PostgreSQL manual, "CREATE TRIGGER".

use super::attached::{object, on_table};
use super::query::{USER_SCHEMA, enabled};
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::{Action, LockMode};
use crate::model::Id;
use crate::sql::{qualified, quote_ident};

object! {
    /// A trigger. Those that partitions have from their parent are not listed.
    pub struct Trigger {
        /// The schema of the table or view.
        pub schema: String,
        /// The table or view.
        pub table: String,
        /// The name.
        pub name: String,
        /// It belongs to a view.
        pub on_view: bool,
        /// `pg_get_triggerdef()`'s text.
        pub definition: String,
        /// `DISABLED`, `REPLICA` or `ALWAYS`; absent for a trigger that fires as usual.
        pub enabled: Option<String>,
        /// It is a constraint trigger.
        pub constraint: bool,
    }
}

impl Object for Trigger {
    const KIND: Kind = Kind::Trigger;
    const CATALOG: &'static str = "pg_trigger";

    fn query(_server: u32) -> String {
        format!(
            "SELECT g.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'table', \
             c.relname, 'name', g.tgname, 'on_view', c.relkind = 'v', 'definition', \
             pg_catalog.pg_get_triggerdef(g.oid), 'enabled', {enabled}, 'constraint', \
             g.tgconstraint <> 0))::text FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_class c ON \
             c.oid = g.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE NOT \
             g.tgisinternal AND g.tgparentid = 0 AND c.relkind IN ('r', 'p', 'v', 'f') AND \
             c.relpersistence <> 't' AND {USER_SCHEMA}",
            enabled = enabled("g.tgenabled"),
        )
    }

    on_table!("trigger");

    fn parent(&self) -> Option<Id> {
        Some(self.relation_id())
    }

    fn keyword(&self) -> &'static str {
        "TRIGGER"
    }

    fn names(&self) -> Vec<String> {
        vec![format!("trigger:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut actions = vec![
            Action::create(Object::id(self), "CREATE TRIGGER", self.definition.clone())
                .lock(LockMode::ShareRowExclusive, self.relation_id()),
        ];
        if self.enabled.is_some() {
            actions.push(self.set_enabled());
        }
        actions
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![
            drop_action(Object::id(self), "DROP TRIGGER", "TRIGGER", &self.sql_name())
                .lock(LockMode::AccessExclusive, self.relation_id()),
        ]
    }

    fn alter(&self, to: &Trigger, changed: &Changed, _: &Situation<'_>) -> Alteration {
        let mut actions = Vec::new();
        if changed.has("definition") {
            // CREATE OR REPLACE is not for constraint triggers.
            let Some(rest) = to.definition.strip_prefix("CREATE TRIGGER ") else {
                return Alteration::Replace(
                    "a constraint trigger cannot be replaced in place".to_owned(),
                );
            };
            if self.constraint {
                return Alteration::Replace(
                    "a constraint trigger becomes an ordinary one".to_owned(),
                );
            }
            let sql = format!("CREATE OR REPLACE TRIGGER {rest}");
            actions.push(
                Action::alter(Object::id(to), "CREATE OR REPLACE TRIGGER", sql)
                    .requires(to.depends_on.iter().cloned())
                    .releases(self.depends_on.iter().cloned())
                    .lock(LockMode::ShareRowExclusive, to.relation_id()),
            );
        }
        if changed.has("enabled") || (changed.has("definition") && to.enabled.is_some()) {
            actions.push(to.set_enabled());
        }
        Alteration::InPlace(actions)
    }
}

/// The table or view that a trigger or rule is on.
pub(super) fn relation_id(on_view: bool, schema: &str, name: &str) -> Id {
    Id::new(if on_view { "view" } else { "table" }, &[schema, name])
}

/// The words that bring a trigger, event trigger or rule into a state.
pub(super) fn enabling(state: Option<&str>) -> &'static str {
    match state {
        Some("DISABLED") => "DISABLE",
        Some("REPLICA") => "ENABLE REPLICA",
        Some("ALWAYS") => "ENABLE ALWAYS",
        _ => "ENABLE",
    }
}

impl Trigger {
    /// The identity of what it is on.
    pub fn relation_id(&self) -> Id {
        relation_id(self.on_view, &self.schema, &self.table)
    }

    fn set_enabled(&self) -> Action {
        let sql = format!(
            "ALTER TABLE {} {} TRIGGER {}",
            qualified(&self.schema, &self.table),
            enabling(self.enabled.as_deref()),
            quote_ident(&self.name)
        );
        Action::alter(Object::id(self), "ALTER TABLE … TRIGGER", sql)
            .lock(LockMode::ShareRowExclusive, self.relation_id())
    }
}
