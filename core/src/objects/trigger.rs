//! Triggers. PostgreSQL manual, "CREATE TRIGGER".

use serde::{Deserialize, Serialize};

use super::attached::{is_default, object, on_table};
use super::query::USER_SCHEMA;
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
        /// Partitions on which it fires in another way.
        pub partitions: Vec<PartitionTrigger>,
        /// It is a constraint trigger.
        pub constraint: bool,
    }
}

/// How a trigger of a partitioned table fires on one of the partitions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PartitionTrigger {
    /// The partition, schema-qualified and quoted.
    pub table: String,
    /// `DISABLED`, `REPLICA` or `ALWAYS`; absent where it fires as usual.
    #[serde(skip_serializing_if = "is_default")]
    pub enabled: Option<String>,
}

/// `pg_trigger.tgenabled` as the document spells it.
const ENABLED: &str = "WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'REPLICA' WHEN 'A' THEN 'ALWAYS' END";

impl Object for Trigger {
    const KIND: Kind = Kind::Trigger;
    const CATALOG: &'static str = "pg_trigger";

    fn query(_server: u32) -> String {
        format!(
            "SELECT g.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'table', \
             c.relname, 'name', g.tgname, 'on_view', c.relkind = 'v', 'definition', \
             pg_catalog.pg_get_triggerdef(g.oid), 'enabled', CASE g.tgenabled {ENABLED}, \
             'partitions', (WITH RECURSIVE b AS (SELECT t.oid, t.tgrelid, t.tgenabled FROM \
             pg_catalog.pg_trigger t WHERE t.tgparentid = g.oid UNION ALL SELECT t.oid, t.tgrelid, \
             t.tgenabled FROM b JOIN pg_catalog.pg_trigger t ON t.tgparentid = b.oid) SELECT \
             json_agg(json_strip_nulls(json_build_object('table', pg_catalog.quote_ident(bn.nspname) \
             || '.' || pg_catalog.quote_ident(bc.relname), 'enabled', CASE b.tgenabled {ENABLED})) \
             ORDER BY bn.nspname COLLATE \"C\", bc.relname COLLATE \"C\") FROM b JOIN \
             pg_catalog.pg_class bc ON bc.oid = b.tgrelid JOIN pg_catalog.pg_namespace bn ON bn.oid = \
             bc.relnamespace WHERE c.relkind = 'p' AND b.tgenabled <> g.tgenabled), 'constraint', \
             g.tgconstraint <> 0))::text FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_class c ON \
             c.oid = g.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE NOT \
             g.tgisinternal AND g.tgparentid = 0 AND c.relkind IN ('r', 'p', 'v') AND \
             c.relpersistence <> 't' AND {USER_SCHEMA}"
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
        actions.extend(self.on_partitions());
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
        let again = changed.has("definition") && to.enabled.is_some();
        // On a partitioned table this reaches the partitions.
        if changed.any(&["enabled", "partitions"]) || again {
            actions.push(to.set_enabled());
        }
        if changed.any(&["enabled", "partitions", "definition"]) {
            actions.extend(to.on_partitions());
        }
        Alteration::InPlace(actions)
    }
}

impl Trigger {
    /// The identity of what it is on.
    pub fn relation_id(&self) -> Id {
        Id::new(if self.on_view { "view" } else { "table" }, &[&self.schema, &self.table])
    }

    fn set_enabled(&self) -> Action {
        self.enable_on(&qualified(&self.schema, &self.table), self.enabled.as_deref())
            .lock(LockMode::ShareRowExclusive, self.relation_id())
    }

    fn enable_on(&self, table: &str, enabled: Option<&str>) -> Action {
        let what = match enabled {
            Some("DISABLED") => "DISABLE",
            Some("REPLICA") => "ENABLE REPLICA",
            Some("ALWAYS") => "ENABLE ALWAYS",
            _ => "ENABLE",
        };
        let sql = format!("ALTER TABLE {table} {what} TRIGGER {}", quote_ident(&self.name));
        Action::alter(Object::id(self), "ALTER TABLE … TRIGGER", sql)
    }

    /// Where partitions differ, once they are partitions.
    fn on_partitions(&self) -> Vec<Action> {
        let table = qualified(&self.schema, &self.table);
        let on = |partition: &PartitionTrigger| {
            let id = Id::from_sql("table", &partition.table);
            self.enable_on(&partition.table, partition.enabled.as_deref())
                .requires([id.clone()])
                .takes(format!("partitions:{table}"))
                .lock(LockMode::ShareRowExclusive, id)
        };
        self.partitions.iter().map(on).collect()
    }
}
