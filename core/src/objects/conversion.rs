//! Conversions between encodings. PostgreSQL manual, "CREATE CONVERSION".

use super::attached::{in_schema, object};
use super::query::{USER_SCHEMA, function_name, not_extension_member, owner};
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::Text;
use crate::sql::quote_literal;

object! {
    /// A conversion from one encoding to another.
    pub struct Conversion {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The encoding that it reads.
        pub source: Text,
        /// The encoding that it writes.
        pub target: Text,
        /// The function.
        pub function: Text,
        /// It is the default for the two encodings, where its schema is in the search path.
        pub default: bool,
    }
}

impl Object for Conversion {
    const KIND: Kind = Kind::Conversion;
    const CATALOG: &'static str = "pg_conversion";

    fn query(_server: u32) -> String {
        format!(
            "SELECT c.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             c.conname, 'source', pg_catalog.pg_encoding_to_char(c.conforencoding), 'target', \
             pg_catalog.pg_encoding_to_char(c.contoencoding), 'function', {function}, 'default', \
             c.condefault, {owner}))::text FROM pg_catalog.pg_conversion c JOIN \
             pg_catalog.pg_namespace n ON n.oid = c.connamespace WHERE {USER_SCHEMA} AND {member}",
            function = function_name("c.conproc"),
            owner = owner("c.conowner"),
            member = not_extension_member("pg_conversion", "c.oid"),
        )
    }

    in_schema!("conversion");

    fn keyword(&self) -> &'static str {
        "CONVERSION"
    }

    fn names(&self) -> Vec<String> {
        // One default for two encodings in a schema.
        let name = format!("conversion:{} {} {}", self.schema, self.source, self.target);
        self.default.then_some(name).into_iter().collect()
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let sql = format!(
            "CREATE {}CONVERSION {} FOR {} TO {} FROM {}",
            if self.default { "DEFAULT " } else { "" },
            self.sql_name(),
            quote_literal(&self.source),
            quote_literal(&self.target),
            self.function
        );
        vec![Action::create(Object::id(self), "CREATE CONVERSION", sql)]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![drop_action(Object::id(self), "DROP CONVERSION", "CONVERSION", &self.sql_name())]
    }

    fn alter(&self, _: &Self, changed: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::replace_if(changed, "a conversion's definition cannot be altered")
    }
}
