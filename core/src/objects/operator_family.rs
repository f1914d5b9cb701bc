//! Operator families. PostgreSQL manual, "CREATE OPERATOR FAMILY" and "ALTER OPERATOR FAMILY".

use super::attached::object;
use super::family_member::{self, FamilyFunction, FamilyOperator};
use super::query::{USER_SCHEMA, not_extension_member, owner};
use super::{Alteration, Changed, Key, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::{Id, Text};
use crate::sql::{qualified, quote_ident};

object! {
    /// An operator family, with the members that belong to none of its classes.
    pub struct OperatorFamily {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The access method.
        pub access_method: Text,
        /// The operators.
        pub operators: Vec<FamilyOperator>,
        /// The support functions.
        pub functions: Vec<FamilyFunction>,
    }
}

/// The methods that classes and families share: both are named within an access method.
macro_rules! of_access_method {
    ($kind:literal, $keyword:literal) => {
        fn key(&self) -> Key<'_> {
            Key(&self.schema, &self.name, &self.access_method)
        }

        fn id(&self) -> Id {
            Id::from_sql($kind, &self.sql_name())
        }

        fn schema(&self) -> Option<&str> {
            Some(&self.schema)
        }

        fn name(&self) -> String {
            format!("{} USING {}", self.name, self.access_method)
        }

        fn keyword(&self) -> &'static str {
            $keyword
        }

        fn sql_name(&self) -> String {
            let method = quote_ident(&self.access_method);
            format!("{} USING {method}", qualified(&self.schema, &self.name))
        }

        fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
            let command = concat!("DROP ", $keyword);
            vec![drop_action(Object::id(self), command, $keyword, &self.sql_name())]
        }
    };
}
pub(super) use of_access_method;

impl Object for OperatorFamily {
    const KIND: Kind = Kind::OperatorFamily;
    const IDENTITY: &'static [&'static str] = &["schema", "name", "access_method"];
    const CATALOG: &'static str = "pg_opfamily";

    fn query(_server: u32) -> String {
        format!(
            "SELECT f.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             f.opfname, 'access_method', a.amname, {members}, {owner}))::text FROM \
             pg_catalog.pg_opfamily f JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace JOIN \
             pg_catalog.pg_am a ON a.oid = f.opfmethod WHERE {USER_SCHEMA} AND {member}",
            members = family_member::members("pg_opfamily", "f.oid"),
            owner = owner("f.opfowner"),
            member = not_extension_member("pg_opfamily", "f.oid"),
        )
    }

    of_access_method!("operator_family", "OPERATOR FAMILY");

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let sql = format!("CREATE OPERATOR FAMILY {}", self.sql_name());
        let mut actions = vec![Action::create(Object::id(self), "CREATE OPERATOR FAMILY", sql)];
        actions.extend(self.changes(&OperatorFamily::default(), self));
        actions
    }

    fn alter(&self, to: &Self, _: &Changed, _: &Situation<'_>) -> Alteration {
        let actions = self.changes(self, to).into_iter().map(|action| {
            action.requires(to.depends_on.iter().cloned()).releases(self.depends_on.iter().cloned())
        });
        Alteration::InPlace(actions.collect())
    }
}

impl OperatorFamily {
    fn changes(&self, from: &Self, to: &Self) -> Vec<Action> {
        family_member::changes(
            &self.sql_name(),
            &Object::id(self),
            (&from.operators, &from.functions),
            (&to.operators, &to.functions),
        )
    }
}
