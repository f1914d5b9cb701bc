//! Text search templates. PostgreSQL manual, "CREATE TEXT SEARCH TEMPLATE".

use super::attached::{in_schema, object};
use super::query::{USER_SCHEMA, function_name, not_extension_member};
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::Text;

object! {
    /// A text search template: the functions behind dictionaries.
    pub struct TextSearchTemplate {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The function that reads a dictionary's options.
        pub init: Option<Text>,
        /// The function that looks a token up.
        pub lexize: Text,
    }
}

impl Object for TextSearchTemplate {
    const KIND: Kind = Kind::TextSearchTemplate;
    const CATALOG: &'static str = "pg_ts_template";

    fn query(_server: u32) -> String {
        format!(
            "SELECT t.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             t.tmplname, 'init', {init}, 'lexize', {lexize}))::text FROM pg_catalog.pg_ts_template \
             t JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace WHERE {USER_SCHEMA} AND \
             {member}",
            init = function_name("t.tmplinit"),
            lexize = function_name("t.tmpllexize"),
            member = not_extension_member("pg_ts_template", "t.oid"),
        )
    }

    in_schema!("text_search_template");

    fn keyword(&self) -> &'static str {
        "TEXT SEARCH TEMPLATE"
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let init = self.init.as_ref().map(|init| format!("INIT = {init}, ")).unwrap_or_default();
        let sql = format!(
            "CREATE TEXT SEARCH TEMPLATE {} ({init}LEXIZE = {})",
            self.sql_name(),
            self.lexize
        );
        vec![Action::create(Object::id(self), "CREATE TEXT SEARCH TEMPLATE", sql)]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let command = "DROP TEXT SEARCH TEMPLATE";
        vec![drop_action(Object::id(self), command, Object::keyword(self), &self.sql_name())]
    }

    fn alter(&self, _: &Self, changed: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::replace_if(changed, "a text search template's functions cannot be altered")
    }
}
