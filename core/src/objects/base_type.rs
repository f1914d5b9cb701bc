//! Base types, and shell types that only have a name. PostgreSQL manual, "CREATE TYPE" and "ALTER
//! TYPE".

use compact_str::format_compact;

use super::attached::{in_schema, object};
use super::column_alter::alter_only;
use super::query::{USER_SCHEMA, function_name, grants, not_extension_member, owner};
use super::shell::drop_with_functions;
use super::{Alteration, Changed, Column, Kind, Object, Situation};
use crate::action::Action;
use crate::model::Text;
use crate::sql::quote_literal;

object! {
    /// A base type; a shell type is one without functions.
    pub struct BaseType {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The function that reads a text; absent for a shell type.
        pub input: Option<Text>,
        /// The function that writes a text; absent for a shell type.
        pub output: Option<Text>,
        /// The function that reads the binary form.
        pub receive: Option<Text>,
        /// The function that writes the binary form.
        pub send: Option<Text>,
        /// The function that reads modifiers.
        pub typmod_in: Option<Text>,
        /// The function that writes modifiers.
        pub typmod_out: Option<Text>,
        /// The function that analyzes a column.
        pub analyze: Option<Text>,
        /// The function for subscripts.
        pub subscript: Option<Text>,
        /// The length in bytes; absent for a variable length.
        pub internal_length: Option<i32>,
        /// Values are passed by value.
        pub passed_by_value: bool,
        /// `char`, `int2` or `double`; absent for `int4`.
        pub alignment: Option<Text>,
        /// `external`, `extended` or `main`; absent for `plain`.
        pub storage: Option<Text>,
        /// The category; absent for `U`.
        pub category: Option<Text>,
        /// It is the preferred type of its category.
        pub preferred: bool,
        /// The default value, as a text.
        pub default: Option<Text>,
        /// The type of the elements, for a type that is an array in itself.
        pub element: Option<Text>,
        /// The sign between the elements of its arrays; absent for a comma.
        pub delimiter: Option<Text>,
        /// Columns may have a collation.
        pub collatable: bool,
    }
}

/// Attributes that `ALTER TYPE … SET` knows, with their words.
const ALTERABLE: &[&str] =
    &["receive", "send", "typmod_in", "typmod_out", "analyze", "subscript", "storage"];

impl Object for BaseType {
    const KIND: Kind = Kind::BaseType;
    const CATALOG: &'static str = "pg_type";

    fn query(_server: u32) -> String {
        let functions: Vec<String> = [
            ("input", "typinput"),
            ("output", "typoutput"),
            ("receive", "typreceive"),
            ("send", "typsend"),
            ("typmod_in", "typmodin"),
            ("typmod_out", "typmodout"),
            ("analyze", "typanalyze"),
            ("subscript", "typsubscript"),
        ]
        .iter()
        .map(|(name, column)| {
            let function = function_name(&format!("t.{column}"));
            format!("'{name}', CASE WHEN t.typisdefined THEN {function} END")
        })
        .collect();
        format!(
            "SELECT t.oid::text, json_strip_nulls(CASE WHEN NOT t.typisdefined THEN \
             json_build_object('schema', n.nspname, 'name', t.typname, {owner}) ELSE \
             json_build_object('schema', n.nspname, 'name', t.typname, {functions}, \
             'internal_length', nullif(t.typlen, -1), 'passed_by_value', t.typbyval, 'alignment', \
             CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'd' THEN 'double' END, \
             'storage', CASE t.typstorage WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' WHEN 'm' \
             THEN 'main' END, 'category', nullif(t.typcategory, 'U'), 'preferred', \
             t.typispreferred, 'default', t.typdefault, 'element', CASE WHEN t.typelem <> 0 THEN \
             pg_catalog.format_type(t.typelem, NULL) END, 'delimiter', nullif(t.typdelim, ','), \
             'collatable', t.typcollation <> 0, {owner}, {grants}) END)::text FROM \
             pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE \
             (t.typtype = 'b' OR NOT t.typisdefined) AND NOT EXISTS (SELECT 1 FROM \
             pg_catalog.pg_type e WHERE e.typarray = t.oid) AND {USER_SCHEMA} AND {member}",
            functions = functions.join(", "),
            owner = owner("t.typowner"),
            grants = grants("t.typacl", 'T', "t.typowner"),
            member = not_extension_member("pg_type", "t.oid"),
        )
    }

    in_schema!("base_type");

    fn keyword(&self) -> &'static str {
        "TYPE"
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        self.input.is_some().then_some("TYPE")
    }

    fn public_privileges(&self) -> &'static [&'static str] {
        &["USAGE"]
    }

    fn names(&self) -> Vec<String> {
        vec![format!("relation:{}", self.sql_name())]
    }

    /// The input and output functions need the type's name, and the type needs them.
    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let id = Object::id(self);
        let sql = format!("CREATE TYPE {}", self.sql_name());
        let mut actions = vec![Action::create(id, "CREATE TYPE", sql)];
        actions.extend(self.completion());
        actions
    }

    fn completed_at(&self) -> usize {
        usize::from(self.input.is_some())
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let sql = if self.input.is_some() {
            drop_with_functions(&[self.sql_name()], &self.depends_on)
        } else {
            format!("DROP TYPE {}", self.sql_name())
        };
        vec![Action::drop(Object::id(self), "DROP TYPE", sql)]
    }

    fn alter(&self, to: &Self, changed: &Changed, situation: &Situation<'_>) -> Alteration {
        if changed.only(&[]) {
            return Alteration::InPlace(Vec::new());
        }
        if self.input.is_none() {
            let complete = to.completion().map(|a| a.requires(to.depends_on.iter().cloned()));
            return Alteration::InPlace(complete.into_iter().collect());
        }
        let plain_again = changed.has("storage") && to.storage.is_none();
        if !changed.only(ALTERABLE) || plain_again {
            return Alteration::Replace("a base type's definition cannot be altered".to_owned());
        }
        let settings: Vec<String> = to
            .settings()
            .into_iter()
            .filter(|(word, _)| changed.has(&word.to_lowercase()))
            .map(|(word, value)| format!("{word} = {}", value.unwrap_or("NONE")))
            .collect();
        let sql = format!("ALTER TYPE {} SET ({})", to.sql_name(), settings.join(", "));
        let mut actions = vec![
            Action::alter(Object::id(to), "ALTER TYPE … SET", sql)
                .requires(to.depends_on.iter().cloned())
                .releases(self.depends_on.iter().cloned()),
        ];
        if changed.has("storage") {
            actions.extend(to.columns_follow(situation));
        }
        Alteration::InPlace(actions)
    }
}

impl BaseType {
    /// Columns keep the storage that their type had when they were made; those that are to have
    /// their type's storage get the new one.
    fn columns_follow(&self, situation: &Situation<'_>) -> Vec<Action> {
        let Some(storage) = &self.storage else { return Vec::new() };
        let id = Object::id(self);
        let follows = |column: &Column| {
            column.storage.is_none()
                && column.depends_on.contains(&id)
                && !column.data_type.ends_with("[]")
        };
        let mut actions = Vec::new();
        for table in &situation.to.table {
            let Some(before) = situation.table_from(&table.schema, &table.name) else { continue };
            for column in table.columns.iter().filter(|column| follows(column)) {
                if before.columns.iter().any(|old| old.name == column.name && follows(old)) {
                    let what = format!("SET STORAGE {storage}");
                    actions.push(alter_only(table, column, "ALTER TABLE … SET STORAGE", &what));
                }
            }
        }
        actions
    }

    /// What `ALTER TYPE … SET` may set, in words and values.
    fn settings(&self) -> [(&'static str, Option<&str>); 7] {
        [
            ("RECEIVE", self.receive.as_deref()),
            ("SEND", self.send.as_deref()),
            ("TYPMOD_IN", self.typmod_in.as_deref()),
            ("TYPMOD_OUT", self.typmod_out.as_deref()),
            ("ANALYZE", self.analyze.as_deref()),
            ("SUBSCRIPT", self.subscript.as_deref()),
            ("STORAGE", self.storage.as_deref()),
        ]
    }

    /// The statement that makes a type of a shell.
    fn completion(&self) -> Option<Action> {
        let (input, output) = (self.input.as_deref()?, self.output.as_deref()?);
        let mut options = vec![format!("INPUT = {input}"), format!("OUTPUT = {output}")];
        let mut option = |word: &str, value: Option<Text>| {
            options.extend(value.map(|value| format!("{word} = {value}")));
        };
        for (word, value) in self.settings() {
            option(word, value.map(Text::from));
        }
        option("INTERNALLENGTH", self.internal_length.map(|length| format_compact!("{length}")));
        option("ALIGNMENT", self.alignment.clone());
        option("CATEGORY", self.category.as_deref().map(quote_literal).map(Text::from));
        option("DEFAULT", self.default.as_deref().map(quote_literal).map(Text::from));
        option("ELEMENT", self.element.clone());
        option("DELIMITER", self.delimiter.as_deref().map(quote_literal).map(Text::from));
        for (word, set) in [
            ("PASSEDBYVALUE", self.passed_by_value),
            ("PREFERRED", self.preferred),
            ("COLLATABLE", self.collatable),
        ] {
            option(word, set.then(|| Text::const_new("true")));
        }
        let sql = format!("CREATE TYPE {} (\n    {}\n)", self.sql_name(), options.join(",\n    "));
        Some(Action::alter(Object::id(self), "CREATE TYPE", sql))
    }
}
