//! Composite types. PostgreSQL manual, "Composite Types" and "ALTER TYPE".

use super::attach::label_actions;
use super::attached::{in_schema, object};
use super::form::record;
use super::query::{USER_SCHEMA, grants, not_extension_member, owner};
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::{Action, Hazard};
use crate::model::{SecurityLabel, Text};
use crate::sql::{quote_ident, quote_literal};

record! {
    /// An attribute of a composite type.
    pub struct CompositeAttribute {
        /// The name.
        pub name: Text,
        /// The type with its modifiers.
        #[serde(rename = "type")]
        pub data_type: Text,
        /// The collation, where it is not the type's own.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub collation: Option<Text>,
        /// The comment.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub comment: Option<Text>,
        /// Security labels.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub security_labels: Vec<SecurityLabel>,
    }
}

object! {
    /// A composite type.
    pub struct Composite {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The attributes in their order.
        pub attributes: Vec<CompositeAttribute>,
    }
}

impl CompositeAttribute {
    /// The attribute as `CREATE TYPE` and `ALTER TYPE` spell it.
    fn sql(&self) -> String {
        let collate = self.collation.as_ref().map(|c| format!(" COLLATE {c}")).unwrap_or_default();
        format!("{} {}{collate}", quote_ident(&self.name), self.data_type)
    }
}

impl Object for Composite {
    const KIND: Kind = Kind::Composite;
    // Its row type is what others depend on; its attributes hang on the relation behind it.
    const CATALOG: &'static str = "pg_type";

    fn query(_server: u32) -> String {
        format!(
            "SELECT t.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             t.typname, 'attributes', (SELECT coalesce(json_agg(json_build_object('name', a.attname, \
             'type', pg_catalog.format_type(a.atttypid, a.atttypmod), 'collation', (SELECT \
             pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname) FROM \
             pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace \
             JOIN pg_catalog.pg_type at ON at.oid = a.atttypid WHERE co.oid = a.attcollation AND \
             a.attcollation <> at.typcollation), 'comment', \
             pg_catalog.col_description(t.typrelid, a.attnum), 'security_labels', (SELECT \
             json_agg(json_build_object('provider', sl.provider, 'label', sl.label) ORDER BY \
             sl.provider, sl.label) FROM pg_catalog.pg_seclabel sl WHERE sl.classoid = \
             'pg_catalog.pg_class'::pg_catalog.regclass AND sl.objoid = t.typrelid AND sl.objsubid \
             = a.attnum)) ORDER BY a.attnum), '[]'::json) FROM \
             pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT \
             a.attisdropped), {owner}, {grants}))::text FROM pg_catalog.pg_type t JOIN \
             pg_catalog.pg_namespace n ON n.oid = t.typnamespace JOIN pg_catalog.pg_class c ON \
             c.oid = t.typrelid WHERE t.typtype = 'c' AND c.relkind = 'c' AND {USER_SCHEMA} AND {member}",
            owner = owner("t.typowner"),
            grants = grants("t.typacl", 'T', "t.typowner"),
            member = not_extension_member("pg_type", "t.oid"),
        )
    }

    in_schema!("composite");

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
        let attributes: Vec<String> = self.attributes.iter().map(CompositeAttribute::sql).collect();
        let sql = format!("CREATE TYPE {} AS ({})", self.sql_name(), attributes.join(", "));
        vec![Action::create(Object::id(self), "CREATE TYPE", sql)]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![drop_action(Object::id(self), "DROP TYPE", "TYPE", &self.sql_name())]
    }

    fn alter(&self, to: &Composite, _: &Changed, situation: &Situation<'_>) -> Alteration {
        let kept: Vec<&CompositeAttribute> = self
            .attributes
            .iter()
            .filter(|a| to.attributes.iter().any(|b| b.name == a.name))
            .collect();
        let in_order =
            to.attributes.iter().take(kept.len()).map(|b| &b.name).eq(kept.iter().map(|a| &a.name));
        let retyped = kept.iter().any(|a| {
            to.attributes.iter().any(|b| {
                b.name == a.name && (b.data_type != a.data_type || b.collation != a.collation)
            })
        });
        let shape_changed = retyped
            || kept.len() != self.attributes.len()
            || to.attributes.len() != self.attributes.len();
        if !in_order
            || shape_changed && super::container::uses_type(situation.from, &Object::id(self))
        {
            return Alteration::Replace(
                "a composite type that a table uses, or whose attributes change place, \
                 cannot be altered in place"
                    .to_owned(),
            );
        }
        let mut actions = self.attribute_actions(to);
        actions.extend(to.descriptions(Some(self)));
        Alteration::InPlace(actions)
    }

    fn finish(&self, _: &Situation<'_>) -> Vec<Action> {
        self.descriptions(None)
    }
}

impl Composite {
    /// In-place changes of the attributes.
    fn attribute_actions(&self, to: &Composite) -> Vec<Action> {
        let id = Object::id(to);
        let name = to.sql_name();
        let mut actions = Vec::new();
        for old in &self.attributes {
            if !to.attributes.iter().any(|new| new.name == old.name) {
                let sql = format!("ALTER TYPE {name} DROP ATTRIBUTE {}", quote_ident(&old.name));
                actions.push(
                    Action::alter(id.clone(), "ALTER TYPE … DROP ATTRIBUTE", sql)
                        .releases(self.depends_on.iter().cloned())
                        .hazard(
                            Hazard::DataLoss,
                            format!("values of attribute {} are deleted", old.name),
                        ),
                );
            }
        }
        for new in &to.attributes {
            match self.attributes.iter().find(|old| old.name == new.name) {
                None => {
                    let sql = format!("ALTER TYPE {name} ADD ATTRIBUTE {}", new.sql());
                    actions.push(
                        Action::alter(id.clone(), "ALTER TYPE … ADD ATTRIBUTE", sql)
                            .requires(to.depends_on.iter().cloned()),
                    );
                }
                Some(old) if old.data_type != new.data_type || old.collation != new.collation => {
                    let sql = format!(
                        "ALTER TYPE {name} ALTER ATTRIBUTE {} SET DATA TYPE {}{}",
                        quote_ident(&new.name),
                        new.data_type,
                        new.collation.as_ref().map(|c| format!(" COLLATE {c}")).unwrap_or_default()
                    );
                    actions.push(
                        Action::alter(id.clone(), "ALTER TYPE … ALTER ATTRIBUTE", sql)
                            .requires(to.depends_on.iter().cloned())
                            .releases(self.depends_on.iter().cloned()),
                    );
                }
                Some(_) => {}
            }
        }
        actions
    }

    /// `COMMENT ON COLUMN` and `SECURITY LABEL` for attributes that differ there from what `old` has.
    fn descriptions(&self, old: Option<&Composite>) -> Vec<Action> {
        let mut actions = Vec::new();
        for attribute in &self.attributes {
            let before =
                old.and_then(|old| old.attributes.iter().find(|a| a.name == attribute.name));
            let name = format!("{}.{}", self.sql_name(), quote_ident(&attribute.name));
            if before.and_then(|a| a.comment.as_ref()) != attribute.comment.as_ref() {
                let text =
                    attribute.comment.as_ref().map_or("NULL".to_owned(), |c| quote_literal(c));
                let sql = format!("COMMENT ON COLUMN {name} IS {text}");
                actions.push(Action::alter(Object::id(self), "COMMENT ON COLUMN", sql));
            }
            let labels = before.map(|a| a.security_labels.as_slice()).unwrap_or_default();
            let after = &attribute.security_labels;
            actions.extend(label_actions(&Object::id(self), "COLUMN", &name, labels, after));
        }
        actions
    }
}
