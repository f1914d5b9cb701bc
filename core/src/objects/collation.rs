//! Collations. PostgreSQL manual, "CREATE COLLATION".

use super::attached::{in_schema, object};
use super::query::{USER_SCHEMA, not_extension_member, owner};
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::Text;
use crate::sql::quote_literal;

object! {
    /// A collation.
    pub struct Collation {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The provider: `libc`, `icu` or `builtin`.
        pub provider: Text,
        /// The locale of ICU and builtin collations.
        pub locale: Option<Text>,
        /// `LC_COLLATE` of libc collations.
        pub lc_collate: Option<Text>,
        /// `LC_CTYPE` of libc collations.
        pub lc_ctype: Option<Text>,
        /// Tailoring rules of ICU collations.
        pub rules: Option<Text>,
        /// Strings that compare equal need not be equal byte by byte.
        pub nondeterministic: bool,
    }
}

impl Object for Collation {
    const KIND: Kind = Kind::Collation;
    const CATALOG: &'static str = "pg_collation";

    fn query(server: u32) -> String {
        // PostgreSQL 14 keeps an ICU locale in collcollate, 15 and 16 in colliculocale, 17 in
        // colllocale.
        let (locale, rules) = match server {
            0..150_000 => ("CASE WHEN c.collprovider = 'i' THEN c.collcollate::text END", "NULL"),
            150_000..160_000 => ("c.colliculocale", "NULL"),
            160_000..170_000 => ("c.colliculocale", "c.collicurules"),
            _ => ("c.colllocale", "c.collicurules"),
        };
        format!(
            "SELECT c.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             c.collname, 'provider', CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN \
             'builtin' ELSE 'libc' END, 'locale', {locale}, 'rules', {rules}, \
             'lc_collate', CASE WHEN c.collprovider = 'c' THEN c.collcollate::text END, \
             'lc_ctype', CASE WHEN c.collprovider = 'c' THEN c.collctype::text END, \
             'nondeterministic', NOT c.collisdeterministic, {owner}))::text \
             FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace \
             WHERE {USER_SCHEMA} AND c.oid >= 16384 AND {member}",
            owner = owner("c.collowner"),
            member = not_extension_member("pg_collation", "c.oid"),
        )
    }

    in_schema!("collation");

    fn keyword(&self) -> &'static str {
        "COLLATION"
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut options = vec![format!("provider = {}", self.provider)];
        let texts = [
            ("locale", &self.locale),
            ("lc_collate", &self.lc_collate),
            ("lc_ctype", &self.lc_ctype),
            ("rules", &self.rules),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                options.push(format!("{name} = {}", quote_literal(value)));
            }
        }
        if self.nondeterministic {
            options.push("deterministic = false".to_owned());
        }
        let sql = format!("CREATE COLLATION {} ({})", self.sql_name(), options.join(", "));
        vec![Action::create(Object::id(self), "CREATE COLLATION", sql)]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![drop_action(Object::id(self), "DROP COLLATION", "COLLATION", &self.sql_name())]
    }

    fn alter(&self, _: &Collation, changed: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::replace_if(changed, "a collation's definition cannot be altered")
    }
}
