//! Operator classes. PostgreSQL manual, "CREATE OPERATOR CLASS".

use super::attached::object;
use super::family_member::{self, FamilyFunction, FamilyOperator};
use super::operator_family::of_access_method;
use super::query::{USER_SCHEMA, not_extension_member, owner, qualified_name};
use super::{Alteration, Changed, Key, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::{Id, Text};
use crate::sql::{qualified, quote_ident};

object! {
    /// An operator class: how an access method works with a type.
    pub struct OperatorClass {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The access method.
        pub access_method: Text,
        /// The type.
        pub data_type: Text,
        /// It is the default for its type.
        pub default: bool,
        /// The family.
        pub family: Text,
        /// The type that the index stores, where it is another one.
        pub storage: Option<Text>,
        /// The operators.
        pub operators: Vec<FamilyOperator>,
        /// The support functions.
        pub functions: Vec<FamilyFunction>,
    }
}

impl Object for OperatorClass {
    const KIND: Kind = Kind::OperatorClass;
    const IDENTITY: &'static [&'static str] = &["schema", "name", "access_method"];
    const CATALOG: &'static str = "pg_opclass";

    fn query(_server: u32) -> String {
        format!(
            "SELECT c.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             c.opcname, 'access_method', a.amname, 'data_type', \
             pg_catalog.format_type(c.opcintype, NULL), 'default', c.opcdefault, 'family', {family}, \
             'storage', CASE WHEN c.opckeytype <> 0 THEN pg_catalog.format_type(c.opckeytype, NULL) \
             END, {members}, {owner}))::text FROM pg_catalog.pg_opclass c JOIN \
             pg_catalog.pg_namespace n ON n.oid = c.opcnamespace JOIN pg_catalog.pg_am a ON a.oid = \
             c.opcmethod WHERE {USER_SCHEMA} AND {member}",
            family = qualified_name("pg_opfamily", "opf", "c.opcfamily"),
            members = family_member::members("pg_opclass", "c.oid"),
            owner = owner("c.opcowner"),
            member = not_extension_member("pg_opclass", "c.oid"),
        )
    }

    of_access_method!("operator_class", "OPERATOR CLASS");

    fn names(&self) -> Vec<String> {
        let of = format!("{} {}", self.access_method, self.data_type);
        // One default for a type, and one operator for a purpose in a family.
        let default = self.default.then(|| format!("operator_class:{of}"));
        let empty = self.operators.is_empty() && self.functions.is_empty();
        let members = (!empty).then(|| format!("operator_family:{} {of}", self.family));
        default.into_iter().chain(members).collect()
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut members = family_member::added(&self.operators, &self.functions);
        // A class without members must say something: its own type is what it stores anyway.
        let storage = self.storage.as_ref().or(members.is_empty().then_some(&self.data_type));
        members.extend(storage.map(|storage| format!("STORAGE {storage}")));
        let sql = format!(
            "CREATE OPERATOR CLASS {}\n    {}FOR TYPE {} USING {} FAMILY {} AS\n    {}",
            qualified(&self.schema, &self.name),
            if self.default { "DEFAULT " } else { "" },
            self.data_type,
            quote_ident(&self.access_method),
            self.family,
            members.join(",\n    ")
        );
        vec![Action::create(Object::id(self), "CREATE OPERATOR CLASS", sql)]
    }

    fn alter(&self, to: &Self, changed: &Changed, _: &Situation<'_>) -> Alteration {
        // Nothing leaves a class. To those of B-tree and hash indexes an operator can be added:
        // when its operands are of the class's type, it becomes a part of the class. In the other
        // access methods what is added goes to the family.
        let own = |m: &FamilyOperator| m.left == to.data_type && m.right == to.data_type;
        let grows = matches!(to.access_method.as_str(), "btree" | "hash");
        let kept = self.operators.iter().all(|old| to.operators.contains(old))
            && to.operators.iter().all(|new| (grows && own(new)) || self.operators.contains(new));
        if !changed.only(&["operators"]) || !kept {
            return Alteration::Replace(
                "an operator class's definition cannot be altered".to_owned(),
            );
        }
        let family = format!("{} USING {}", to.family, quote_ident(&to.access_method));
        let actions = family_member::changes(
            &family,
            &Object::id(to),
            (&self.operators, &self.functions),
            (&to.operators, &to.functions),
        );
        let actions = actions.into_iter().map(|action| {
            action.requires(to.depends_on.iter().cloned()).releases(self.depends_on.iter().cloned())
        });
        Alteration::InPlace(actions.collect())
    }
}
