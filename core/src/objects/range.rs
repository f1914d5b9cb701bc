//! Range types. PostgreSQL manual, "Range Types".

use super::attached::{in_schema, object};
use super::query::{USER_SCHEMA, function_name, grants, not_extension_member, owner};
use super::shell::drop_with_functions;
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::Text;
use crate::sql::qualified;

object! {
    /// A range type with its multirange type.
    pub struct Range {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The type of the bounds.
        pub subtype: Text,
        /// The operator class, where it is not the subtype's default.
        pub subtype_opclass: Option<Text>,
        /// The collation, where it is not the subtype's own.
        pub collation: Option<Text>,
        /// The canonicalization function.
        pub canonical: Option<Text>,
        /// The difference function.
        pub subtype_diff: Option<Text>,
        /// The multirange type's name.
        pub multirange_type_name: Text,
        /// The multirange type's schema, where it is not the range type's.
        pub multirange_schema: Option<Text>,
    }
}

impl Object for Range {
    const KIND: Kind = Kind::Range;
    const CATALOG: &'static str = "pg_type";

    fn query(_server: u32) -> String {
        format!(
            "SELECT t.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             t.typname, 'subtype', pg_catalog.format_type(r.rngsubtype, NULL), 'subtype_opclass', \
             (SELECT pg_catalog.quote_ident(opn.nspname) || '.' || pg_catalog.quote_ident(op.opcname) \
             FROM pg_catalog.pg_opclass op JOIN pg_catalog.pg_namespace opn ON opn.oid = op.opcnamespace \
             WHERE op.oid = r.rngsubopc AND NOT op.opcdefault), 'collation', (SELECT \
             pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname) FROM \
             pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace \
             JOIN pg_catalog.pg_type st ON st.oid = r.rngsubtype WHERE co.oid = r.rngcollation AND \
             r.rngcollation <> st.typcollation), 'canonical', {canonical}, 'subtype_diff', {diff}, \
             'multirange_type_name', m.typname, 'multirange_schema', (SELECT mn.nspname FROM \
             pg_catalog.pg_namespace mn WHERE mn.oid = m.typnamespace AND m.typnamespace <> \
             t.typnamespace), {owner}, {grants}))::text FROM pg_catalog.pg_type t \
             JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid JOIN pg_catalog.pg_type m ON \
             m.oid = r.rngmultitypid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace \
             WHERE {USER_SCHEMA} AND {member}",
            canonical = function_name("r.rngcanonical"),
            diff = function_name("r.rngsubdiff"),
            owner = owner("t.typowner"),
            grants = grants("t.typacl", 'T', "t.typowner"),
            member = not_extension_member("pg_type", "t.oid"),
        )
    }

    in_schema!("range");

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
        vec![format!("relation:{}", self.sql_name()), format!("relation:{}", self.multirange())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut options = vec![format!("SUBTYPE = {}", self.subtype)];
        let more = [
            ("SUBTYPE_OPCLASS", &self.subtype_opclass),
            ("COLLATION", &self.collation),
            ("CANONICAL", &self.canonical),
            ("SUBTYPE_DIFF", &self.subtype_diff),
        ];
        for (name, value) in more {
            if let Some(value) = value {
                options.push(format!("{name} = {value}"));
            }
        }
        options.push(format!("MULTIRANGE_TYPE_NAME = {}", self.multirange()));
        let (id, name) = (Object::id(self), self.sql_name());
        let sql = format!("CREATE TYPE {name} AS RANGE ({})", options.join(", "));
        if self.canonical.is_none() {
            return vec![Action::create(id, "CREATE TYPE", sql)];
        }
        let shell = Action::create(id.clone(), "CREATE TYPE", format!("CREATE TYPE {name}"));
        vec![shell, Action::alter(id, "CREATE TYPE", sql)]
    }

    fn completed_at(&self) -> usize {
        usize::from(self.canonical.is_some())
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let (id, name) = (Object::id(self), self.sql_name());
        if self.canonical.is_none() {
            return vec![drop_action(id, "DROP TYPE", "TYPE", &name)];
        }
        let sql = drop_with_functions(&[name, self.multirange()], &self.depends_on);
        vec![Action::drop(id, "DROP TYPE", sql)]
    }

    fn alter(&self, _: &Range, changed: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::replace_if(changed, "a range type's definition cannot be altered")
    }
}

impl Range {
    /// The multirange type, qualified.
    fn multirange(&self) -> String {
        let schema = self.multirange_schema.as_ref().unwrap_or(&self.schema);
        qualified(schema, &self.multirange_type_name)
    }
}
