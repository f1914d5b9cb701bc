//! Event triggers. PostgreSQL manual, "CREATE EVENT TRIGGER".

use super::attached::{in_database, object};
use super::query::{enabled, not_extension_member, owner};
use super::trigger::enabling;
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::Text;
use crate::sql::quote_literal;

object! {
    /// An event trigger.
    pub struct EventTrigger {
        /// The name.
        pub name: Text,
        /// `ddl_command_start`, `login` and the like.
        pub event: Text,
        /// The function, schema-qualified and quoted.
        pub function: Text,
        /// The commands that it is for, sorted; empty for all.
        pub tags: Vec<Text>,
        /// `DISABLED`, `REPLICA` or `ALWAYS`; absent for one that fires as usual.
        pub enabled: Option<Text>,
    }
}

/// Before the plan's own statements: they must not set it off.
const FIRST: u16 = 1;

impl Object for EventTrigger {
    const KIND: Kind = Kind::EventTrigger;
    const CATALOG: &'static str = "pg_event_trigger";

    fn query(_server: u32) -> String {
        format!(
            "SELECT e.oid::text, json_strip_nulls(json_build_object('name', e.evtname, 'event', \
             e.evtevent, 'function', pg_catalog.quote_ident(n.nspname) || '.' || \
             pg_catalog.quote_ident(p.proname), 'tags', (SELECT json_agg(t ORDER BY t) FROM \
             unnest(e.evttags) t), 'enabled', {enabled}, {owner}))::text FROM \
             pg_catalog.pg_event_trigger e JOIN pg_catalog.pg_proc p ON p.oid = e.evtfoid JOIN \
             pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE {member}",
            enabled = enabled("e.evtenabled"),
            owner = owner("e.evtowner"),
            member = not_extension_member("pg_event_trigger", "e.oid"),
        )
    }

    in_database!("event_trigger");

    fn keyword(&self) -> &'static str {
        "EVENT TRIGGER"
    }

    fn names(&self) -> Vec<String> {
        vec![format!("event_trigger:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let tags: Vec<String> = self.tags.iter().map(|tag| quote_literal(tag)).collect();
        let when = if tags.is_empty() {
            String::new()
        } else {
            format!(" WHEN TAG IN ({})", tags.join(", "))
        };
        let sql = format!(
            "CREATE EVENT TRIGGER {} ON {}{when} EXECUTE FUNCTION {}()",
            self.sql_name(),
            self.event,
            self.function
        );
        let create = Action::create(Object::id(self), "CREATE EVENT TRIGGER", sql);
        std::iter::once(create).chain(self.enabled.is_some().then(|| self.set_enabled())).collect()
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let id = Object::id(self);
        let mut drop = drop_action(id, "DROP EVENT TRIGGER", "EVENT TRIGGER", &self.sql_name());
        drop.rank = FIRST;
        vec![drop]
    }

    fn alter(&self, to: &EventTrigger, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if changed.any(&["event", "function", "tags"]) {
            return Alteration::Replace(
                "an event trigger's event, commands and function cannot be altered".to_owned(),
            );
        }
        if !changed.has("enabled") {
            return Alteration::InPlace(Vec::new());
        }
        let mut action = to.set_enabled();
        if to.enabled.as_deref() == Some("DISABLED") {
            action.rank = FIRST;
        }
        Alteration::InPlace(vec![action])
    }
}

impl EventTrigger {
    fn set_enabled(&self) -> Action {
        let state = enabling(self.enabled.as_deref());
        let sql = format!("ALTER EVENT TRIGGER {} {state}", self.sql_name());
        Action::alter(Object::id(self), "ALTER EVENT TRIGGER", sql)
    }
}
