//! Text search parsers. PostgreSQL manual, "CREATE TEXT SEARCH PARSER".

use super::attached::{in_schema, object};
use super::query::{USER_SCHEMA, function_name, not_extension_member};
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::Text;

object! {
    /// A text search parser: it cuts texts into tokens.
    pub struct TextSearchParser {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The function that starts.
        pub start: Text,
        /// The function that gets the next token.
        pub gettoken: Text,
        /// The function that ends.
        pub end: Text,
        /// The function that names the types of tokens.
        pub lextypes: Text,
        /// The function that makes headlines.
        pub headline: Option<Text>,
    }
}

impl Object for TextSearchParser {
    const KIND: Kind = Kind::TextSearchParser;
    const CATALOG: &'static str = "pg_ts_parser";

    fn query(_server: u32) -> String {
        format!(
            "SELECT p.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             p.prsname, 'start', {start}, 'gettoken', {gettoken}, 'end', {end}, 'lextypes', \
             {lextypes}, 'headline', {headline}))::text FROM pg_catalog.pg_ts_parser p JOIN \
             pg_catalog.pg_namespace n ON n.oid = p.prsnamespace WHERE {USER_SCHEMA} AND {member}",
            start = function_name("p.prsstart"),
            gettoken = function_name("p.prstoken"),
            end = function_name("p.prsend"),
            lextypes = function_name("p.prslextype"),
            headline = function_name("p.prsheadline"),
            member = not_extension_member("pg_ts_parser", "p.oid"),
        )
    }

    in_schema!("text_search_parser");

    fn keyword(&self) -> &'static str {
        "TEXT SEARCH PARSER"
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut options = vec![
            format!("START = {}", self.start),
            format!("GETTOKEN = {}", self.gettoken),
            format!("END = {}", self.end),
            format!("LEXTYPES = {}", self.lextypes),
        ];
        options.extend(self.headline.iter().map(|function| format!("HEADLINE = {function}")));
        let sql = format!("CREATE TEXT SEARCH PARSER {} ({})", self.sql_name(), options.join(", "));
        vec![Action::create(Object::id(self), "CREATE TEXT SEARCH PARSER", sql)]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let command = "DROP TEXT SEARCH PARSER";
        vec![drop_action(Object::id(self), command, Object::keyword(self), &self.sql_name())]
    }

    fn alter(&self, _: &Self, changed: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::replace_if(changed, "a text search parser's functions cannot be altered")
    }
}
