//! Languages of functions. PostgreSQL manual, "CREATE LANGUAGE".

use super::attached::object;
use super::query::{function_name, grants, not_extension_member, owner};
use super::{Alteration, Changed, Key, Kind, Object, Situation, drop_action, privilege};
use crate::action::{Action, Hazard};
use crate::model::{Grant, Id, Text};
use crate::sql::quote_ident;

object! {
    /// A language in which functions are written.
    pub struct Language {
        /// The name.
        pub name: Text,
        /// Everyone may be allowed to use it.
        pub trusted: bool,
        /// The function that runs functions.
        pub handler: Text,
        /// The function that runs `DO` blocks.
        pub inline: Option<Text>,
        /// The function that checks functions when they are created.
        pub validator: Option<Text>,
    }
}

impl Object for Language {
    const KIND: Kind = Kind::Language;
    const CATALOG: &'static str = "pg_language";

    fn query(_server: u32) -> String {
        format!(
            "SELECT l.oid::text, json_strip_nulls(json_build_object('name', l.lanname, 'trusted', \
             l.lanpltrusted, 'handler', {handler}, 'inline', {inline}, 'validator', {validator}, \
             {owner}, {grants}))::text FROM pg_catalog.pg_language l WHERE l.lanispl AND l.oid >= \
             16384 AND {member}",
            handler = function_name("l.lanplcallfoid"),
            inline = function_name("l.laninline"),
            validator = function_name("l.lanvalidator"),
            owner = owner("l.lanowner"),
            grants = grants("l.lanacl", 'l', "l.lanowner"),
            member = not_extension_member("pg_language", "l.oid"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.name, "", "")
    }

    fn id(&self) -> Id {
        Id::new("language", &[&self.name])
    }

    fn schema(&self) -> Option<&str> {
        None
    }

    fn name(&self) -> String {
        self.name.to_string()
    }

    fn keyword(&self) -> &'static str {
        "LANGUAGE"
    }

    fn sql_name(&self) -> String {
        quote_ident(&self.name).into_owned()
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        // Nobody can be given an untrusted language.
        self.trusted.then_some("LANGUAGE")
    }

    fn public_privileges(&self) -> &'static [&'static str] {
        &["USAGE"]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![Action::create(Object::id(self), "CREATE LANGUAGE", self.sql("CREATE"))]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![drop_action(Object::id(self), "DROP LANGUAGE", "LANGUAGE", &self.sql_name())]
    }

    fn alter(&self, to: &Self, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if changed.only(&[]) {
            return Alteration::InPlace(Vec::new());
        }
        let sql = to.sql("CREATE OR REPLACE");
        let mut action = Action::alter(Object::id(to), "CREATE OR REPLACE LANGUAGE", sql)
            .requires(to.depends_on.iter().cloned())
            .releases(self.depends_on.iter().cloned());
        // Grants are for trusted languages: those that go, go before; those that come, come after.
        action.rank = 1;
        let mut actions = Vec::new();
        if changed.has("trusted") {
            action = action.hazard(Hazard::Security, "who may write functions in it changes");
            if !to.trusted {
                actions.extend(self.default_grants(to));
            }
        }
        actions.push(action);
        Alteration::InPlace(actions)
    }
}

impl Language {
    fn sql(&self, verb: &str) -> String {
        let trusted = if self.trusted { "TRUSTED " } else { "" };
        let mut sql =
            format!("{verb} {trusted}LANGUAGE {} HANDLER {}", self.sql_name(), self.handler);
        for (word, function) in [("INLINE", &self.inline), ("VALIDATOR", &self.validator)] {
            if let Some(function) = function {
                sql += &format!(" {word} {function}");
            }
        }
        sql
    }

    /// Takes back what was granted.
    fn default_grants(&self, to: &Self) -> Vec<Action> {
        let Some(held) = &self.grants else { return Vec::new() };
        let public = Grant {
            grantee: "PUBLIC".to_owned(),
            privileges: vec!["USAGE".to_owned()],
            ..Grant::default()
        };
        let target = format!("LANGUAGE {}", self.sql_name());
        privilege::changes(held, &[public], &target, self.owner.as_deref())
            .into_iter()
            .map(|statement| {
                let mut action = Action::alter(Object::id(to), "REVOKE", statement.sql);
                action.rank = 1;
                action
            })
            .collect()
    }
}
