//! Subscriptions. PostgreSQL manual, "CREATE SUBSCRIPTION".
//!
//! The connection string is a secret and is not read. No statement connects to the publisher: a new
//! subscription is disabled and has a connection string that leads nowhere, until somebody sets it.
//! Whether a subscription is enabled is a matter of operation, as for `pg_dump`.

use super::attached::{in_database, object};
use super::query::owner;
use super::{Alteration, Changed, Kind, Object, Situation};
use crate::action::{Action, Hazard};
use crate::model::Text;
use crate::sql::{quote_ident, quote_literal};

object! {
    /// A subscription.
    pub struct Subscription {
        /// The name.
        pub name: Text,
        /// The publications, sorted.
        pub publications: Vec<Text>,
        /// The replication slot, where it has not the subscription's name.
        pub slot: Option<Text>,
        /// It has no replication slot.
        pub no_slot: bool,
        /// `synchronous_commit` of its workers, where it is not `off`.
        pub synchronous_commit: Option<Text>,
        /// Values come in binary form.
        pub binary: bool,
        /// `on` or `parallel`, where transactions are streamed before they end.
        pub streaming: Option<Text>,
        /// Transactions are prepared as on the publisher.
        pub two_phase: bool,
        /// An error disables it.
        pub disable_on_error: bool,
        /// Its owner needs no password.
        pub no_password_required: bool,
        /// Changes are made as its owner, not as the owner of the table.
        pub run_as_owner: bool,
        /// `none`, where changes that the publisher got from elsewhere are left out.
        pub origin: Option<Text>,
        /// Its slot is kept on the publisher's standbys.
        pub failover: bool,
    }
}

/// What a new subscription connects to. The name ends in a domain that never resolves (RFC 2606).
const NOWHERE: &str = "host=set-by-hand.invalid";

impl Object for Subscription {
    const KIND: Kind = Kind::Subscription;
    const CATALOG: &'static str = "pg_subscription";

    fn query(server: u32) -> String {
        let since = |version: u32, expression: &'static str| {
            if server >= version { expression } else { "NULL" }
        };
        let streaming = if server >= 160_000 {
            "CASE s.substream::text WHEN 't' THEN 'on' WHEN 'p' THEN 'parallel' END"
        } else {
            "CASE WHEN s.substream::text IN ('t', 'true') THEN 'on' END"
        };
        format!(
            "SELECT s.oid::text, json_strip_nulls(json_build_object('name', s.subname, \
             'publications', (SELECT json_agg(p ORDER BY p) FROM unnest(s.subpublications) p), \
             'slot', nullif(s.subslotname, s.subname), 'no_slot', s.subslotname IS NULL, \
             'synchronous_commit', nullif(s.subsynccommit, 'off'), 'binary', s.subbinary, \
             'streaming', {streaming}, 'two_phase', {two_phase}, 'disable_on_error', {on_error}, \
             'no_password_required', {password}, 'run_as_owner', {run_as}, 'origin', {origin}, \
             'failover', {failover}, {owner}))::text FROM pg_catalog.pg_subscription s JOIN \
             pg_catalog.pg_database d ON d.oid = s.subdbid WHERE d.datname = \
             pg_catalog.current_database()",
            two_phase = since(150_000, "s.subtwophasestate <> 'd'"),
            on_error = since(150_000, "s.subdisableonerr"),
            password = since(160_000, "NOT s.subpasswordrequired"),
            run_as = since(160_000, "s.subrunasowner"),
            origin = since(160_000, "nullif(s.suborigin, 'any')"),
            failover = since(170_000, "s.subfailover"),
            owner = owner("s.subowner"),
        )
    }

    in_database!("subscription");

    fn keyword(&self) -> &'static str {
        "SUBSCRIPTION"
    }

    fn names(&self) -> Vec<String> {
        vec![format!("subscription:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let plain = Subscription { name: self.name.clone(), ..Subscription::default() };
        let mut options = vec!["connect = false".to_owned()];
        options.extend(self.slot_option(&plain));
        options.extend(self.settings(&plain));
        if self.streaming.is_none() {
            // The default is another from PostgreSQL 18 on.
            options.push("streaming = off".to_owned());
        }
        if self.two_phase {
            options.push("two_phase = true".to_owned());
        }
        if self.failover {
            options.push("failover = true".to_owned());
        }
        let (id, name) = (Object::id(self), self.sql_name());
        let sql = format!(
            "CREATE SUBSCRIPTION {name} CONNECTION {} PUBLICATION {} WITH ({})",
            quote_literal(NOWHERE),
            self.publication_list(),
            options.join(", ")
        );
        let connection = format!("ALTER SUBSCRIPTION {name} CONNECTION {}", quote_literal(NOWHERE));
        vec![
            Action::create(id.clone(), "CREATE SUBSCRIPTION", sql)
                .hazard(Hazard::Replication, "it is disabled and has no slot until somebody sets its connection, makes the slot and enables it"),
            Action::alter(id, "ALTER SUBSCRIPTION … CONNECTION", connection)
                .hazard(Hazard::Secret, "the connection string is in no snapshot: write it here"),
        ]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let (id, name) = (Object::id(self), self.sql_name());
        // With a slot, DROP SUBSCRIPTION would connect to the publisher to drop the slot there.
        let step = |what: &str| {
            let sql = format!("ALTER SUBSCRIPTION {name} {what}");
            let mut action = Action::alter(id.clone(), "ALTER SUBSCRIPTION", sql);
            // It is about the old one, also where a new one of the name comes.
            action.requires.clear();
            action
        };
        let mut drop =
            Action::drop(id.clone(), "DROP SUBSCRIPTION", format!("DROP SUBSCRIPTION {name}"))
                .irreversible("the connection string is in no snapshot")
                .hazard(Hazard::Replication, "changes no longer arrive");
        if self.no_slot {
            return vec![drop];
        }
        let slot = self.slot.as_ref().unwrap_or(&self.name);
        drop = drop.hazard(
            Hazard::Replication,
            format!(
                "the slot {} stays on the publisher and keeps its log: drop it there",
                quote_ident(slot)
            ),
        );
        vec![step("DISABLE"), step("SET (slot_name = NONE)"), drop]
    }

    fn alter(&self, to: &Subscription, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if changed.any(&["two_phase", "failover"]) {
            return Alteration::Replace(
                "two_phase and failover are not altered without a connection to the publisher"
                    .to_owned(),
            );
        }
        let (id, name) = (Object::id(to), to.sql_name());
        let alter = |what: String| {
            let sql = format!("ALTER SUBSCRIPTION {name} {what}");
            Action::alter(id.clone(), "ALTER SUBSCRIPTION", sql)
        };
        let mut actions = Vec::new();
        if changed.has("publications") {
            let list = to.publication_list();
            actions.push(
                alter(format!("SET PUBLICATION {list} WITH (refresh = false)"))
                    .hazard(Hazard::Replication, "it takes effect after REFRESH PUBLICATION"),
            );
        }
        let mut options: Vec<String> = to.slot_option(self).into_iter().collect();
        options.extend(to.settings(self));
        if changed.has("no_slot") && to.no_slot {
            actions.push(alter("DISABLE".to_owned()));
        }
        if !options.is_empty() {
            actions.push(alter(format!("SET ({})", options.join(", "))));
        }
        Alteration::InPlace(actions)
    }
}

impl Subscription {
    fn publication_list(&self) -> String {
        let names: Vec<_> = self.publications.iter().map(|name| quote_ident(name)).collect();
        names.join(", ")
    }

    fn slot_option(&self, from: &Subscription) -> Option<String> {
        if (&self.slot, self.no_slot) == (&from.slot, from.no_slot) {
            return None;
        }
        let slot = self.slot.as_ref().unwrap_or(&self.name);
        let slot = if self.no_slot { "NONE".to_owned() } else { quote_literal(slot) };
        Some(format!("slot_name = {slot}"))
    }

    /// The options that PostgreSQL alters by itself, where they differ.
    fn settings(&self, from: &Subscription) -> Vec<String> {
        let mut options = Vec::new();
        for (name, old, new) in [
            ("binary", from.binary, self.binary),
            ("disable_on_error", from.disable_on_error, self.disable_on_error),
            ("password_required", !from.no_password_required, !self.no_password_required),
            ("run_as_owner", from.run_as_owner, self.run_as_owner),
        ] {
            if old != new {
                options.push(format!("{name} = {new}"));
            }
        }
        for (name, default, old, new) in [
            ("synchronous_commit", "off", &from.synchronous_commit, &self.synchronous_commit),
            ("streaming", "off", &from.streaming, &self.streaming),
            ("origin", "any", &from.origin, &self.origin),
        ] {
            if old != new {
                options
                    .push(format!("{name} = {}", quote_literal(new.as_deref().unwrap_or(default))));
            }
        }
        options
    }
}
