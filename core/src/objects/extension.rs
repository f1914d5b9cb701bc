//! Extensions. PostgreSQL manual, "CREATE EXTENSION".

use super::attached::object;
use super::{Alteration, Changed, Key, Kind, Object, Situation, drop_action};
use crate::action::{Action, Hazard};
use crate::model::{Id, Text};
use crate::sql::{quote_ident, quote_literal};

object! {
    /// An extension. Its members are no objects of their own; what is granted on them is, see
    /// [`super::ExtensionMember`].
    pub struct Extension {
        /// The name.
        pub name: Text,
        /// The schema that holds its objects.
        pub schema: Text,
        /// The installed version.
        pub version: Text,
    }
}

impl Object for Extension {
    const KIND: Kind = Kind::Extension;
    const CATALOG: &'static str = "pg_extension";

    fn query(_server: u32) -> String {
        // An extension has an owner, but no statement changes it: it is who created it.
        "SELECT e.oid::text, json_build_object('name', e.extname, 'schema', n.nspname, \
         'version', e.extversion)::text FROM pg_catalog.pg_extension e \
         JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.oid >= 16384"
            .to_owned()
    }

    fn key(&self) -> Key<'_> {
        Key(&self.name, "", "")
    }

    fn id(&self) -> Id {
        Id::new("extension", &[&self.name])
    }

    fn schema(&self) -> Option<&str> {
        None
    }

    fn name(&self) -> String {
        self.name.to_string()
    }

    fn keyword(&self) -> &'static str {
        "EXTENSION"
    }

    fn sql_name(&self) -> String {
        quote_ident(&self.name).into_owned()
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let (name, schema) = (self.sql_name(), quote_ident(&self.schema));
        let mut sql = format!("CREATE EXTENSION {name} WITH SCHEMA {schema}");
        // A server of another major version brings its own.
        if !self.version.is_empty() {
            sql += &format!(" VERSION {}", quote_literal(&self.version));
        }
        let schema = Id::new("schema", &[&self.schema]);
        vec![
            Action::create(Object::id(self), "CREATE EXTENSION", sql)
                .requires([schema])
                .hazard(Hazard::UnknownEffects, "the extension's script decides what it brings")
                .hazard(Hazard::MayFail, "the server must have the extension in this version"),
        ]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let schema = Id::new("schema", &[&self.schema]);
        vec![
            drop_action(Object::id(self), "DROP EXTENSION", "EXTENSION", &self.sql_name())
                .releases([schema])
                .hazard(Hazard::DataLoss, "what the extension keeps in its own tables is deleted"),
        ]
    }

    fn alter(&self, to: &Extension, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if changed.has("version") && older(&to.version, &self.version) {
            return Alteration::Replace(format!(
                "no extension update leads from version {} back to {}",
                self.version, to.version
            ));
        }
        let mut actions = Vec::new();
        let name = to.sql_name();
        if changed.has("version") {
            let sql = format!("ALTER EXTENSION {name} UPDATE TO {}", quote_literal(&to.version));
            actions.push(
                Action::alter(Object::id(to), "ALTER EXTENSION … UPDATE", sql)
                    .hazard(
                        Hazard::MayFail,
                        format!(
                            "the server must have an update script from {} to {}",
                            self.version, to.version
                        ),
                    )
                    .hazard(
                        Hazard::UnknownEffects,
                        "the extension's update script decides what it does",
                    )
                    .takes(before_its_members_move(&self.name))
                    .irreversible("extensions seldom have scripts back to an older version"),
            );
        }
        if changed.has("schema") {
            let sql = format!("ALTER EXTENSION {name} SET SCHEMA {}", quote_ident(&to.schema));
            actions.push(
                Action::alter(Object::id(to), "ALTER EXTENSION … SET SCHEMA", sql)
                    .takes(before_its_members_move(&self.name))
                    .requires([Id::new("schema", &[&to.schema])])
                    .releases([Id::new("schema", &[&self.schema])]),
            );
        }
        Alteration::InPlace(actions)
    }
}

/// A name that stands for where the members of an extension are, until it is moved or updated.
pub(super) fn before_its_members_move(extension: &str) -> String {
    format!("members:{}", quote_ident(extension))
}

/// Compares versions number by number, as far as they are numbers.
fn older(a: &str, b: &str) -> bool {
    let parts = |v: &str| -> Vec<u64> {
        v.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
    };
    parts(a) < parts(b)
}
