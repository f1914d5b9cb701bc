//! Foreign data wrappers. PostgreSQL manual, "CREATE FOREIGN DATA WRAPPER".

use super::attached::{in_database, object};
use super::foreign_option::{changes, clause, missing, options_json};
use super::query::{grants, not_extension_member, owner};
use super::{Alteration, Changed, ForeignOption, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::Text;

object! {
    /// A foreign data wrapper.
    pub struct ForeignDataWrapper {
        /// The name.
        pub name: Text,
        /// The handler function, schema-qualified and quoted.
        pub handler: Option<Text>,
        /// The validator function, schema-qualified and quoted.
        pub validator: Option<Text>,
        /// The options, sorted.
        pub options: Vec<ForeignOption>,
    }
}

const ALTER: &str = "ALTER FOREIGN DATA WRAPPER";

impl Object for ForeignDataWrapper {
    const KIND: Kind = Kind::ForeignDataWrapper;
    const CATALOG: &'static str = "pg_foreign_data_wrapper";

    fn query(_server: u32) -> String {
        let function = |oid: &str| {
            format!(
                "(SELECT pg_catalog.quote_ident(n.nspname) || '.' || \
                 pg_catalog.quote_ident(p.proname) FROM pg_catalog.pg_proc p JOIN \
                 pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE p.oid = {oid})"
            )
        };
        format!(
            "SELECT w.oid::text, json_strip_nulls(json_build_object('name', w.fdwname, 'handler', \
             {handler}, 'validator', {validator}, 'options', {options}, {owner}, {grants}))::text \
             FROM pg_catalog.pg_foreign_data_wrapper w WHERE {member}",
            handler = function("w.fdwhandler"),
            validator = function("w.fdwvalidator"),
            options = options_json("w.fdwoptions"),
            owner = owner("w.fdwowner"),
            grants = grants("w.fdwacl", 'F', "w.fdwowner"),
            member = not_extension_member("pg_foreign_data_wrapper", "w.oid"),
        )
    }

    in_database!("foreign_data_wrapper");

    fn keyword(&self) -> &'static str {
        "FOREIGN DATA WRAPPER"
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("FOREIGN DATA WRAPPER")
    }

    fn names(&self) -> Vec<String> {
        vec![format!("foreign_data_wrapper:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut sql = format!("CREATE FOREIGN DATA WRAPPER {}", self.sql_name());
        for (word, function) in [("HANDLER", &self.handler), ("VALIDATOR", &self.validator)] {
            sql += &function.as_ref().map(|name| format!(" {word} {name}")).unwrap_or_default();
        }
        sql += &clause(&self.options);
        let id = Object::id(self);
        let mut actions = vec![Action::create(id.clone(), "CREATE FOREIGN DATA WRAPPER", sql)];
        actions.extend(missing(&id, ALTER, &self.alteration(), &self.options));
        actions
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let id = Object::id(self);
        vec![drop_action(id, "DROP FOREIGN DATA WRAPPER", self.keyword(), &self.sql_name())]
    }

    fn alter(&self, to: &ForeignDataWrapper, changed: &Changed, _: &Situation<'_>) -> Alteration {
        let id = Object::id(to);
        let mut actions = Vec::new();
        let mut sql = to.alteration();
        for (attribute, word, function) in
            [("handler", "HANDLER", &to.handler), ("validator", "VALIDATOR", &to.validator)]
        {
            if changed.has(attribute) {
                let none = || format!(" NO {word}");
                sql += &function.as_ref().map_or_else(none, |name| format!(" {word} {name}"));
            }
        }
        if changed.any(&["handler", "validator"]) {
            actions.push(
                Action::alter(id.clone(), ALTER, sql)
                    .requires(to.depends_on.iter().cloned())
                    .releases(self.depends_on.iter().cloned()),
            );
        }
        actions.extend(changes(&id, ALTER, &to.alteration(), &self.options, &to.options));
        Alteration::InPlace(actions)
    }
}

impl ForeignDataWrapper {
    fn alteration(&self) -> String {
        format!("{ALTER} {}", self.sql_name())
    }
}
