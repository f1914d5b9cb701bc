//! Triggers. PostgreSQL manual, "CREATE TRIGGER".

use super::attach::until_replaced;
use super::attached::{object, on_table};
use super::query::{USER_SCHEMA, enabled, not_extension_member};
use super::{Alteration, Changed, Kind, Object, Objects, Situation, drop_action};
use crate::action::{Action, LockMode, Verb};
use crate::model::{Id, Text};
use crate::sql::{qualified, quote_ident};

object! {
    /// A trigger. One that a partition has from its parent is listed where it fires when the
    /// parent's does not, or the reverse.
    pub struct Trigger {
        /// The schema of the table or view.
        pub schema: Text,
        /// The table or view.
        pub table: Text,
        /// The name.
        pub name: Text,
        /// It belongs to a view.
        pub on_view: bool,
        /// A partition has it from its parent: only `enabled` is its own.
        pub inherited: bool,
        /// `pg_get_triggerdef()`'s text; absent where it is inherited.
        pub definition: Text,
        /// `DISABLED`, `REPLICA` or `ALWAYS`; absent for a trigger that fires as usual.
        pub enabled: Option<Text>,
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
             c.relname, 'name', g.tgname, 'on_view', c.relkind = 'v', 'inherited', \
             g.tgparentid <> 0, 'definition', CASE WHEN g.tgparentid = 0 THEN \
             pg_catalog.pg_get_triggerdef(g.oid) END, 'enabled', {enabled}, 'constraint', \
             g.tgconstraint <> 0 AND g.tgparentid = 0))::text FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_class c ON \
             c.oid = g.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE CASE \
             WHEN g.tgparentid = 0 THEN NOT g.tgisinternal ELSE g.tgenabled <> (SELECT u.tgenabled \
             FROM pg_catalog.pg_trigger u WHERE u.oid = g.tgparentid) AND NOT EXISTS (SELECT 1 FROM \
             pg_catalog.pg_constraint k WHERE k.oid = g.tgconstraint AND k.contype <> 't') END AND c.relkind IN ('r', 'p', 'v', 'f') AND \
             c.relpersistence <> 't' AND {USER_SCHEMA} AND {member}",
            member = not_extension_member("pg_class", "c.oid"),
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

    fn create(&self, situation: &Situation<'_>) -> Vec<Action> {
        if self.inherited {
            let mut action = self.set_enabled();
            action.verb = Verb::Create;
            action.requires = self.above(situation.to).map(Object::id).into_iter().collect();
            action.produces.push(Object::id(self));
            return vec![action];
        }
        let mut actions = vec![
            Action::create(Object::id(self), "CREATE TRIGGER", self.definition.to_string())
                .lock(LockMode::ShareRowExclusive, self.relation_id()),
        ];
        // Partitions get it too, once their own of that name is away.
        actions[0].takes.extend(self.names_below(situation.to));
        if self.enabled.is_some() {
            actions.push(self.set_enabled());
        }
        actions.extend(self.states_below(situation));
        actions
    }

    fn remove(&self, situation: &Situation<'_>) -> Vec<Action> {
        if self.inherited {
            return self.follow_parent(situation);
        }
        vec![
            self.names_below(situation.from).into_iter().fold(
                drop_action(Object::id(self), "DROP TRIGGER", "TRIGGER", &self.sql_name())
                    .lock(LockMode::AccessExclusive, self.relation_id()),
                Action::frees,
            ),
        ]
    }

    fn alter(&self, to: &Trigger, changed: &Changed, situation: &Situation<'_>) -> Alteration {
        if changed.has("inherited") {
            return Alteration::Replace(
                "a partition gets it from its parent, or no longer".to_owned(),
            );
        }
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
                    .frees(until_replaced(&Object::id(to)))
                    .lock(LockMode::ShareRowExclusive, to.relation_id()),
            );
        }
        if changed.has("enabled") || (changed.has("definition") && to.enabled.is_some()) {
            let above = to.above(situation.to).map(Object::id);
            actions.push(to.set_enabled().requires(above));
        }
        if !actions.is_empty() {
            actions.extend(to.states_below(situation));
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

    /// The trigger that a partition has this one from.
    fn above<'a>(&self, objects: &'a Objects) -> Option<&'a Trigger> {
        let table = objects.find_table(&self.schema, &self.table).filter(|_| self.inherited)?;
        let named = |parent: &Text| {
            objects.trigger.iter().find(|other| {
                other.name == self.name && qualified(&other.schema, &other.table) == *parent
            })
        };
        table.lineage(objects).iter().find_map(named)
    }

    /// The names that it takes in the partitions of its table, which have it from there.
    fn names_below(&self, objects: &Objects) -> Vec<String> {
        let table = Text::from(qualified(&self.schema, &self.table));
        let parted = objects.find_table(&self.schema, &self.table);
        if parted.is_none_or(|table| table.partition_by.is_none()) {
            return Vec::new();
        }
        let below = objects.table.iter().filter(|other| {
            other.partition_of.is_some() && other.lineage(objects).contains(&table)
        });
        below
            .flat_map(|other| {
                let part = Trigger {
                    schema: other.schema.clone(),
                    table: other.name.clone(),
                    ..self.clone()
                };
                Object::names(&part)
            })
            .collect()
    }

    /// What is done with a trigger reaches the partitions, also those that have a state of their own.
    fn states_below(&self, situation: &Situation<'_>) -> Vec<Action> {
        let (objects, table) = (situation.to, Text::from(qualified(&self.schema, &self.table)));
        let mut below: Vec<(usize, &Trigger)> = objects
            .trigger
            .iter()
            .filter(|other| other.inherited && other.name == self.name)
            .filter_map(|other| {
                let lineage = objects.find_table(&other.schema, &other.table)?.lineage(objects);
                lineage.contains(&table).then_some((lineage.len(), other))
            })
            // The others have statements of their own.
            .filter(|(_, other)| situation.from.trigger.contains(other))
            .collect();
        below.sort_by_key(|(depth, _)| *depth);
        below.into_iter().map(|(_, other)| other.set_enabled()).collect()
    }

    /// Takes back a state of its own, unless something is done with the parent's trigger anyway.
    fn follow_parent(&self, situation: &Situation<'_>) -> Vec<Action> {
        let (Some(before), Some(after)) = (self.above(situation.from), self.above(situation.to))
        else {
            return Vec::new();
        };
        if (&before.definition, &before.enabled) != (&after.definition, &after.enabled) {
            return Vec::new();
        }
        let mut action = Trigger { enabled: after.enabled.clone(), ..self.clone() }.set_enabled();
        action.verb = Verb::Drop;
        action.requires.clear();
        action.destroys.push(Object::id(self));
        vec![action]
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
