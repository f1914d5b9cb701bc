//! Text search configurations. PostgreSQL manual, "CREATE TEXT SEARCH CONFIGURATION" and "ALTER
//! TEXT SEARCH CONFIGURATION".

use serde::{Deserialize, Serialize};

use super::attached::{in_schema, object};
use super::query::{USER_SCHEMA, not_extension_member, owner, qualified_name};
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::{Action, Hazard};
use crate::model::Text;
use crate::sql::quote_ident;

/// What a configuration does with tokens of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenMapping {
    /// The type of token, as the parser calls it.
    pub token: String,
    /// The dictionaries, in the order in which they are asked.
    pub dictionaries: Vec<String>,
}

object! {
    /// A text search configuration: a parser, and dictionaries for its types of tokens.
    pub struct TextSearchConfiguration {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The parser.
        pub parser: Text,
        /// The types of tokens that are not ignored, sorted.
        pub mappings: Vec<TokenMapping>,
    }
}

impl Object for TextSearchConfiguration {
    const KIND: Kind = Kind::TextSearchConfiguration;
    const CATALOG: &'static str = "pg_ts_config";

    fn query(_server: u32) -> String {
        format!(
            "SELECT c.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             c.cfgname, 'parser', {parser}, 'mappings', (SELECT \
             json_agg(json_build_object('token', g.alias, 'dictionaries', g.dictionaries) ORDER BY \
             g.alias COLLATE \"C\") FROM (SELECT tt.alias, json_agg({dictionary} ORDER BY \
             m.mapseqno) AS dictionaries FROM pg_catalog.pg_ts_config_map m JOIN \
             pg_catalog.ts_token_type(c.cfgparser) tt ON tt.tokid = m.maptokentype WHERE m.mapcfg = \
             c.oid GROUP BY tt.alias) g), {owner}))::text FROM pg_catalog.pg_ts_config c JOIN \
             pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace WHERE {USER_SCHEMA} AND {member}",
            parser = qualified_name("pg_ts_parser", "prs", "c.cfgparser"),
            dictionary = qualified_name("pg_ts_dict", "dict", "m.mapdict"),
            owner = owner("c.cfgowner"),
            member = not_extension_member("pg_ts_config", "c.oid"),
        )
    }

    in_schema!("text_search_configuration");

    fn keyword(&self) -> &'static str {
        "TEXT SEARCH CONFIGURATION"
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let (name, parser) = (self.sql_name(), &self.parser);
        let sql = format!("CREATE TEXT SEARCH CONFIGURATION {name} (PARSER = {parser})");
        let create = Action::create(Object::id(self), "CREATE TEXT SEARCH CONFIGURATION", sql);
        let mut actions = vec![create];
        actions.extend(self.map("ADD MAPPING", &self.mappings.iter().collect::<Vec<_>>()));
        // Nothing was made by a configuration that is new.
        for action in &mut actions {
            action.hazards.clear();
        }
        actions
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let command = "DROP TEXT SEARCH CONFIGURATION";
        vec![drop_action(Object::id(self), command, Object::keyword(self), &self.sql_name())]
    }

    fn alter(&self, to: &Self, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if changed.has("parser") {
            return Alteration::Replace("a configuration's parser cannot be altered".to_owned());
        }
        let (mut added, mut altered) = (Vec::new(), Vec::new());
        for mapping in &to.mappings {
            match self.mappings.iter().find(|old| old.token == mapping.token) {
                None => added.push(mapping),
                Some(old) if old != mapping => altered.push(mapping),
                Some(_) => {}
            }
        }
        let gone: Vec<&str> = self
            .mappings
            .iter()
            .filter(|old| !to.mappings.iter().any(|new| new.token == old.token))
            .map(|old| old.token.as_str())
            .collect();
        let mut actions = Vec::new();
        if !gone.is_empty() {
            actions.push(self.mapping("DROP MAPPING", &gone, None));
        }
        actions.extend(to.map("ALTER MAPPING", &altered));
        actions.extend(to.map("ADD MAPPING", &added));
        let actions = actions
            .into_iter()
            .map(|action| {
                action
                    .requires(to.depends_on.iter().cloned())
                    .releases(self.depends_on.iter().cloned())
            })
            .collect();
        Alteration::InPlace(actions)
    }
}

/// PostgreSQL manual, "Configuration Example": nothing recomputes what `to_tsvector()` made.
pub(super) const STORED_VECTORS: &str =
    "search vectors in columns and indexes were made by the old rules and stay as they are";

impl TextSearchConfiguration {
    /// One statement for all types of tokens that the same dictionaries are asked for.
    fn map(&self, verb: &str, mappings: &[&TokenMapping]) -> Vec<Action> {
        let mut groups: Vec<(&[String], Vec<&str>)> = Vec::new();
        for mapping in mappings {
            let dictionaries = mapping.dictionaries.as_slice();
            match groups.iter_mut().find(|(of_group, _)| *of_group == dictionaries) {
                Some((_, tokens)) => tokens.push(&mapping.token),
                None => groups.push((dictionaries, vec![&mapping.token])),
            }
        }
        groups
            .iter()
            .map(|(dictionaries, tokens)| self.mapping(verb, tokens, Some(dictionaries)))
            .collect()
    }

    fn mapping(&self, verb: &str, tokens: &[&str], dictionaries: Option<&[String]>) -> Action {
        let tokens: Vec<_> = tokens.iter().map(|token| quote_ident(token)).collect();
        let with = dictionaries.map(|d| format!(" WITH {}", d.join(", "))).unwrap_or_default();
        let sql = format!(
            "ALTER TEXT SEARCH CONFIGURATION {} {verb} FOR {}{with}",
            self.sql_name(),
            tokens.join(", ")
        );
        Action::alter(Object::id(self), "ALTER TEXT SEARCH CONFIGURATION … MAPPING", sql)
            .hazard(Hazard::StaleData, STORED_VECTORS)
    }
}
