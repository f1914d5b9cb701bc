//! Enumerated types. PostgreSQL manual, "Enumerated Types" and "ALTER TYPE".

use super::attached::{in_schema, object};
use super::query::{USER_SCHEMA, grants, not_extension_member, owner};
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::{Action, Timing};
use crate::model::Text;
use crate::sql::quote_literal;

object! {
    /// An enumerated type.
    pub struct Enum {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The values in their order.
        pub values: Vec<Text>,
    }
}

impl Object for Enum {
    const KIND: Kind = Kind::Enum;
    const CATALOG: &'static str = "pg_type";

    fn query(_server: u32) -> String {
        format!(
            "SELECT t.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             t.typname, 'values', (SELECT coalesce(json_agg(e.enumlabel ORDER BY e.enumsortorder), \
             '[]'::json) FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid), {owner}, \
             {grants}))::text FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON \
             n.oid = t.typnamespace WHERE t.typtype = 'e' AND {USER_SCHEMA} AND {member}",
            owner = owner("t.typowner"),
            grants = grants("t.typacl", 'T', "t.typowner"),
            member = not_extension_member("pg_type", "t.oid"),
        )
    }

    in_schema!("enum");

    fn keyword(&self) -> &'static str {
        "TYPE"
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("TYPE")
    }

    fn public_privileges(&self) -> &'static [&'static str] {
        &["USAGE"]
    }

    fn names(&self) -> Vec<String> {
        vec![format!("relation:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let values: Vec<String> = self.values.iter().map(|value| quote_literal(value)).collect();
        let sql = format!("CREATE TYPE {} AS ENUM ({})", self.sql_name(), values.join(", "));
        vec![Action::create(Object::id(self), "CREATE TYPE", sql)]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![drop_action(Object::id(self), "DROP TYPE", "TYPE", &self.sql_name())]
    }

    fn alter(&self, to: &Enum, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if !changed.has("values") {
            return Alteration::InPlace(Vec::new());
        }
        if !is_subsequence(&self.values, &to.values) {
            return Alteration::Replace(
                "enum values cannot be removed or reordered in place".to_owned(),
            );
        }
        Alteration::InPlace(self.additions(to))
    }
}

impl Enum {
    /// `ADD VALUE` for each new value, each placed next to one that is there already.
    fn additions(&self, to: &Enum) -> Vec<Action> {
        let id = Object::id(to);
        let mut present: Vec<&Text> = self.values.iter().collect();
        let mut actions = Vec::new();
        for (position, value) in to.values.iter().enumerate() {
            if present.contains(&value) {
                continue;
            }
            let place = match to.values[..position].last() {
                Some(before) if present.last() != Some(&before) => {
                    format!(" AFTER {}", quote_literal(before))
                }
                None => present
                    .first()
                    .map(|first| format!(" BEFORE {}", quote_literal(first)))
                    .unwrap_or_default(),
                Some(_) => String::new(),
            };
            let at = position.min(present.len());
            present.insert(at, value);
            let sql =
                format!("ALTER TYPE {} ADD VALUE {}{place}", to.sql_name(), quote_literal(value));
            actions.push(
                Action::alter(id.clone(), "ALTER TYPE … ADD VALUE", sql)
                    .timing(Timing::CommitAfter)
                    .irreversible("PostgreSQL cannot remove a value from an enum type"),
            );
        }
        actions
    }
}

/// True when all of `part` stands in `whole`, in the same order.
fn is_subsequence(part: &[Text], whole: &[Text]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|wanted| rest.any(|value| value == wanted))
}
