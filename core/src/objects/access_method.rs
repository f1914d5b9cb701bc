//! Access methods of tables and indexes. PostgreSQL manual, "CREATE ACCESS METHOD".

use super::attached::object;
use super::query::{function_name, not_extension_member};
use super::{Alteration, Changed, Key, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::{Id, Text};
use crate::sql::quote_ident;

object! {
    /// An access method.
    pub struct AccessMethod {
        /// The name.
        pub name: Text,
        /// `TABLE` or `INDEX`.
        #[serde(rename = "type")]
        pub of: Text,
        /// The function that hands out its functions.
        pub handler: Text,
    }
}

impl Object for AccessMethod {
    const KIND: Kind = Kind::AccessMethod;
    const CATALOG: &'static str = "pg_am";

    fn query(_server: u32) -> String {
        format!(
            "SELECT a.oid::text, json_strip_nulls(json_build_object('name', a.amname, 'type', CASE \
             a.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, 'handler', {handler}))::text FROM \
             pg_catalog.pg_am a WHERE a.oid >= 16384 AND {member}",
            handler = function_name("a.amhandler"),
            member = not_extension_member("pg_am", "a.oid"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.name, "", "")
    }

    fn id(&self) -> Id {
        Id::new("access_method", &[&self.name])
    }

    fn schema(&self) -> Option<&str> {
        None
    }

    fn name(&self) -> String {
        self.name.to_string()
    }

    fn keyword(&self) -> &'static str {
        "ACCESS METHOD"
    }

    fn sql_name(&self) -> String {
        quote_ident(&self.name).into_owned()
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let sql = format!(
            "CREATE ACCESS METHOD {} TYPE {} HANDLER {}",
            self.sql_name(),
            self.of,
            self.handler
        );
        vec![Action::create(Object::id(self), "CREATE ACCESS METHOD", sql)]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![drop_action(Object::id(self), "DROP ACCESS METHOD", "ACCESS METHOD", &self.sql_name())]
    }

    fn alter(&self, _: &Self, changed: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::replace_if(changed, "an access method cannot be altered")
    }
}
