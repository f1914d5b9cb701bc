//! Text search dictionaries. PostgreSQL manual, "CREATE TEXT SEARCH DICTIONARY" and "ALTER TEXT
//! SEARCH DICTIONARY".

use super::attached::{in_schema, object};
use super::query::{USER_SCHEMA, not_extension_member, owner, qualified_name};
use super::text_search_configuration::STORED_VECTORS;
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::{Action, Hazard};
use crate::model::{Id, Text};
use crate::sql::mentions;

object! {
    /// A text search dictionary: it turns tokens into lexemes.
    pub struct TextSearchDictionary {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The template.
        pub template: Text,
        /// Names and values of the options, as SQL spells them, sorted by name.
        pub options: Vec<(Text, Text)>,
    }
}

impl Object for TextSearchDictionary {
    const KIND: Kind = Kind::TextSearchDictionary;
    const CATALOG: &'static str = "pg_ts_dict";

    fn query(_server: u32) -> String {
        // The catalog keeps the options as one text, in which PostgreSQL has quoted every name and
        // every string: name = value, name = value.
        format!(
            "SELECT d.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             d.dictname, 'template', {template}, 'options', (SELECT \
             json_agg(json_build_array(o.pair[1], o.pair[2]) ORDER BY o.pair[1] COLLATE \"C\") FROM \
             pg_catalog.regexp_matches(d.dictinitoption, \
             '(\"(?:[^\"]|\"\")*\"|[^\" =,]+) = (E?''(?:[^'']|'''')*''|[^'', ]+)', 'g') o(pair)), \
             {owner}))::text FROM pg_catalog.pg_ts_dict d JOIN pg_catalog.pg_namespace n ON n.oid = \
             d.dictnamespace WHERE {USER_SCHEMA} AND {member}",
            template = qualified_name("pg_ts_template", "tmpl", "d.dicttemplate"),
            owner = owner("d.dictowner"),
            member = not_extension_member("pg_ts_dict", "d.oid"),
        )
    }

    in_schema!("text_search_dictionary");

    fn keyword(&self) -> &'static str {
        "TEXT SEARCH DICTIONARY"
    }

    fn create(&self, situation: &Situation<'_>) -> Vec<Action> {
        let mut options = vec![format!("TEMPLATE = {}", self.template)];
        options.extend(self.options.iter().map(|(name, value)| format!("{name} = {value}")));
        let name = self.sql_name();
        let sql = format!("CREATE TEXT SEARCH DICTIONARY {name} ({})", options.join(", "));
        let action = Action::create(Object::id(self), "CREATE TEXT SEARCH DICTIONARY", sql);
        vec![action.requires(self.named_in_options(situation))]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let command = "DROP TEXT SEARCH DICTIONARY";
        vec![drop_action(Object::id(self), command, Object::keyword(self), &self.sql_name())]
    }

    fn alter(&self, to: &Self, changed: &Changed, situation: &Situation<'_>) -> Alteration {
        if changed.has("template") {
            return Alteration::Replace("a dictionary's template cannot be altered".to_owned());
        }
        if !changed.has("options") {
            return Alteration::InPlace(Vec::new());
        }
        let gone = self.options.iter().filter(|(old, _)| !to.options.iter().any(|(n, _)| n == old));
        // An option without a value is removed.
        let mut options: Vec<String> = gone.map(|(name, _)| name.to_string()).collect();
        let set = to.options.iter().filter(|option| !self.options.contains(option));
        options.extend(set.map(|(name, value)| format!("{name} = {value}")));
        let sql =
            format!("ALTER TEXT SEARCH DICTIONARY {} ({})", to.sql_name(), options.join(", "));
        let action = Action::alter(Object::id(to), "ALTER TEXT SEARCH DICTIONARY", sql)
            .hazard(Hazard::StaleData, STORED_VECTORS);
        Alteration::InPlace(vec![action.requires(to.named_in_options(situation))])
    }
}

impl TextSearchDictionary {
    /// Dictionaries that an option names, as that of a thesaurus does. `pg_depend` knows nothing of
    /// them, and PostgreSQL looks for them when the options are set.
    fn named_in_options(&self, situation: &Situation<'_>) -> Vec<Id> {
        let named = situation.to.text_search_dictionary.iter().filter(|other| {
            *other != self
                && self.options.iter().any(|(option, value)| {
                    option == "dictionary" && mentions(value.trim_matches('\''), &other.name)
                })
        });
        named.map(Object::id).collect()
    }
}
