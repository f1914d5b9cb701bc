//! Functions and procedures. PostgreSQL manual, "CREATE FUNCTION" and "CREATE PROCEDURE".

use super::attach::until_replaced;
use super::attached::object;
use super::query::{USER_SCHEMA, grants, not_extension_member, owner};
use super::setting::{assignment, split_arguments};
use super::{Alteration, Changed, Key, Kind, Object, Situation, drop_action};
use crate::action::{Action, Hazard};
use crate::model::{Id, Text};
use crate::sql::{qualified, quote_body, quote_ident, quote_literal};

object! {
    /// A function, window functions included.
    pub struct Function {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The types of the input arguments, which identify it.
        pub argument_types: Text,
        /// The arguments in full: modes, names, types, defaults.
        pub arguments: Text,
        /// The result type.
        pub returns: Option<Text>,
        /// The language.
        pub language: Text,
        /// `IMMUTABLE` or `STABLE`; absent for `VOLATILE`.
        pub volatility: Option<Text>,
        /// It returns NULL on NULL input without being called.
        pub strict: bool,
        /// It runs with its owner's rights.
        pub security_definer: bool,
        /// It reveals nothing about its arguments.
        pub leakproof: bool,
        /// `SAFE` or `RESTRICTED`; absent for `UNSAFE`.
        pub parallel: Option<Text>,
        /// The cost, where it is not the language's default.
        pub cost: Option<f64>,
        /// The number of rows, where it is not the default.
        pub rows: Option<f64>,
        /// It is a window function.
        pub window: bool,
        /// The planner support function.
        pub support: Option<Text>,
        /// Types that a transform applies to.
        pub transforms: Vec<Text>,
        /// Settings while it runs, sorted.
        pub config: Vec<Text>,
        /// The source text.
        pub body: Option<Text>,
        /// The body that was parsed when it was created (`BEGIN ATOMIC`, `RETURN`).
        pub sql_body: Option<Text>,
        /// The library of a C function.
        pub library: Option<Text>,
    }
}

object! {
    /// A procedure.
    pub struct Procedure {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The types of the input arguments, which identify it.
        pub argument_types: Text,
        /// The arguments in full: modes, names, types, defaults.
        pub arguments: Text,
        /// The language.
        pub language: Text,
        /// It runs with its owner's rights.
        pub security_definer: bool,
        /// Types that a transform applies to.
        pub transforms: Vec<Text>,
        /// Settings while it runs, sorted.
        pub config: Vec<Text>,
        /// The source text.
        pub body: Option<Text>,
        /// The body that was parsed when it was created (`BEGIN ATOMIC`).
        pub sql_body: Option<Text>,
        /// The library of a C procedure.
        pub library: Option<Text>,
    }
}

/// The query of both kinds; `more` are the members that only functions have.
fn routine_query(kinds: &str, more: &str) -> String {
    format!(
        "SELECT p.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
         p.proname, 'argument_types', pg_catalog.oidvectortypes(p.proargtypes), 'arguments', \
         pg_catalog.pg_get_function_arguments(p.oid), 'language', l.lanname, 'security_definer', \
         p.prosecdef, 'transforms', (SELECT json_agg(pg_catalog.format_type(t, NULL)) FROM \
         unnest(p.protrftypes) t), 'config', pg_catalog.to_json(p.proconfig), 'body', CASE WHEN p.prosqlbody IS NULL THEN p.prosrc END, \
         'sql_body', pg_catalog.pg_get_function_sqlbody(p.oid), 'library', p.probin, {more} \
         {owner}, {grants}))::text FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON \
         n.oid = p.pronamespace JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE p.prokind \
         IN ({kinds}) AND {USER_SCHEMA} AND {member}",
        owner = owner("p.proowner"),
        grants = grants("p.proacl", 'f', "p.proowner"),
        member = not_extension_member("pg_proc", "p.oid")
            // The constructors of a range type belong to it.
            .replace("x.deptype = 'e'", "x.deptype IN ('e', 'i')"),
    )
}

/// See [`Object::key_of`], for what is named with the types of its arguments.
pub(super) fn key_with_arguments(parts: &[String]) -> Option<Key<'_>> {
    let [schema, rest] = parts else { return None };
    let (name, arguments) = rest.strip_suffix(')')?.split_once('(')?;
    // A bracket may belong to the name.
    (!arguments.contains('(')).then_some(Key(schema, name, arguments))
}

/// The methods that functions and procedures share.
macro_rules! routine {
    ($kind:literal, $keyword:literal) => {
        fn key(&self) -> Key<'_> {
            Key(&self.schema, &self.name, &self.argument_types)
        }

        fn key_of(parts: &[String]) -> Option<Key<'_>> {
            key_with_arguments(parts)
        }

        fn id(&self) -> Id {
            Id::from_sql($kind, &self.sql_name())
        }

        fn schema(&self) -> Option<&str> {
            Some(&self.schema)
        }

        fn name(&self) -> String {
            format!("{}({})", self.name, self.argument_types)
        }

        fn keyword(&self) -> &'static str {
            $keyword
        }

        fn sql_name(&self) -> String {
            format!("{}({})", qualified(&self.schema, &self.name), self.argument_types)
        }

        fn grant_keyword(&self) -> Option<&'static str> {
            Some($keyword)
        }

        fn public_privileges(&self) -> &'static [&'static str] {
            &["EXECUTE"]
        }

        fn names(&self) -> Vec<String> {
            vec![format!("routine:{}", self.sql_name())]
        }

        fn create(&self, _: &Situation<'_>) -> Vec<Action> {
            let sql = self.sql("CREATE");
            let create = Action::create(Object::id(self), concat!("CREATE ", $keyword), sql);
            vec![create]
        }

        fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
            let command = concat!("DROP ", $keyword);
            let drop = drop_action(Object::id(self), command, $keyword, &self.sql_name());
            let message = format!("what calls {} fails", self.sql_name());
            vec![drop.hazard(Hazard::BreaksPrograms, message)]
        }
    };
}

impl Object for Function {
    const KIND: Kind = Kind::Function;
    const CATALOG: &'static str = "pg_proc";
    const IDENTITY: &'static [&'static str] = &["schema", "name", "argument_types"];

    fn query(_server: u32) -> String {
        routine_query(
            "'f', 'w'",
            "'returns', pg_catalog.pg_get_function_result(p.oid), 'volatility', CASE p.provolatile \
             WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' END, 'strict', p.proisstrict, \
             'leakproof', p.proleakproof, 'parallel', CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN \
             'r' THEN 'RESTRICTED' END, 'cost', nullif(p.procost, CASE WHEN l.lanname IN \
             ('internal', 'c') THEN 1 ELSE 100 END), 'rows', nullif(p.prorows, CASE WHEN p.proretset \
             THEN 1000 ELSE 0 END), 'window', p.prokind = 'w', 'support', \
             nullif(p.prosupport::oid::regproc::text, '-'),",
        )
    }

    routine!("function", "FUNCTION");

    fn alter(&self, to: &Function, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if changed.only(&[]) {
            return Alteration::InPlace(Vec::new());
        }
        if changed.has("returns") || changed.has("window") {
            return Alteration::Replace("a function's result type cannot be altered".to_owned());
        }
        if changed.has("arguments") && !arguments_replaceable(&self.arguments, &to.arguments) {
            return Alteration::Replace(
                "names and modes of arguments cannot be altered, nor can a default be removed"
                    .to_owned(),
            );
        }
        let mut replace = replace_action(
            self.security_definer,
            to.security_definer,
            Object::id(to),
            "CREATE OR REPLACE FUNCTION",
            to.sql("CREATE OR REPLACE"),
            &self.depends_on,
            &to.depends_on,
        );
        let computes = changed.any(&["body", "sql_body", "library", "config"]);
        if computes && to.volatility.as_deref() == Some("IMMUTABLE") {
            let message = "indexes, generated columns and checks keep what it gave before";
            replace = replace.hazard(Hazard::StaleData, message);
        }
        Alteration::InPlace(vec![replace])
    }
}

impl Object for Procedure {
    const KIND: Kind = Kind::Procedure;
    const CATALOG: &'static str = "pg_proc";
    const IDENTITY: &'static [&'static str] = &["schema", "name", "argument_types"];

    fn query(_server: u32) -> String {
        routine_query("'p'", "")
    }

    routine!("procedure", "PROCEDURE");

    fn alter(&self, to: &Procedure, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if changed.only(&[]) {
            return Alteration::InPlace(Vec::new());
        }
        if changed.has("arguments") && !arguments_replaceable(&self.arguments, &to.arguments) {
            return Alteration::Replace(
                "names and modes of arguments cannot be altered, nor can a default be removed"
                    .to_owned(),
            );
        }
        let replace = replace_action(
            self.security_definer,
            to.security_definer,
            Object::id(to),
            "CREATE OR REPLACE PROCEDURE",
            to.sql("CREATE OR REPLACE"),
            &self.depends_on,
            &to.depends_on,
        );
        Alteration::InPlace(vec![replace])
    }
}

/// `CREATE OR REPLACE` of a routine that stays.
fn replace_action(
    was_definer: bool,
    is_definer: bool,
    id: Id,
    command: &'static str,
    sql: String,
    released: &[Id],
    required: &[Id],
) -> Action {
    let replaced = until_replaced(&id);
    let action = Action::alter(id, command, sql)
        .requires(required.iter().cloned())
        .releases(released.iter().cloned())
        .frees(replaced);
    if was_definer == is_definer {
        action
    } else {
        action.hazard(Hazard::Security, "whose rights it runs with changes")
    }
}

/// True when `CREATE OR REPLACE` can lead from one list of arguments to the other: it may add
/// defaults and nothing else. Both lists are `pg_get_function_arguments()`'s.
fn arguments_replaceable(from: &str, to: &str) -> bool {
    let (a, b) = (split_arguments(from), split_arguments(to));
    a.len() == b.len()
        && a.iter().zip(&b).all(|(a, b)| {
            let ((a, had), (b, has)) = (without_default(a), without_default(b));
            // A default may come or change; a nameless argument may get a name.
            (a == b
                || b.strip_suffix(a).is_some_and(|name| name.ends_with(' ') && !a.contains(' ')))
                && (has || !had)
        })
}

/// An argument without its default, and whether it has one.
fn without_default(argument: &str) -> (&str, bool) {
    let mut quoted = false;
    for (at, c) in argument.char_indices() {
        if c == '"' {
            quoted = !quoted;
        } else if !quoted && argument[at..].starts_with(" DEFAULT ") {
            return (&argument[..at], true);
        }
    }
    (argument, false)
}

/// The clauses behind the arguments that functions and procedures share.
fn common_clauses(definer: bool, transforms: &[Text], config: &[Text]) -> String {
    let mut sql = String::new();
    if !transforms.is_empty() {
        let types: Vec<String> = transforms.iter().map(|t| format!("FOR TYPE {t}")).collect();
        sql += &format!("\n TRANSFORM {}", types.join(", "));
    }
    if definer {
        sql += "\n SECURITY DEFINER";
    }
    for setting in config {
        sql += &format!("\n {}", assignment(setting));
    }
    sql
}

/// `AS …` or the body in SQL.
fn body_clause(body: Option<&str>, sql_body: Option<&str>, library: Option<&str>) -> String {
    match (sql_body, library) {
        (Some(sql), _) => format!("\n{sql}"),
        (None, Some(library)) => {
            format!("\nAS {}, {}", quote_literal(library), quote_literal(body.unwrap_or_default()))
        }
        (None, None) => format!("\nAS {}", quote_body(body.unwrap_or_default())),
    }
}

impl Function {
    fn sql(&self, verb: &str) -> String {
        let mut sql =
            format!("{verb} FUNCTION {}({})", qualified(&self.schema, &self.name), self.arguments);
        if let Some(returns) = &self.returns {
            sql += &format!("\n RETURNS {returns}");
        }
        sql += &format!("\n LANGUAGE {}", quote_ident(&self.language));
        if self.window {
            sql += " WINDOW";
        }
        if let Some(volatility) = &self.volatility {
            sql += &format!(" {volatility}");
        }
        for (set, word) in [(self.strict, " STRICT"), (self.leakproof, " LEAKPROOF")] {
            sql += if set { word } else { "" };
        }
        if let Some(parallel) = &self.parallel {
            sql += &format!(" PARALLEL {parallel}");
        }
        if let Some(cost) = self.cost {
            sql += &format!(" COST {cost}");
        }
        if let Some(rows) = self.rows {
            sql += &format!(" ROWS {rows}");
        }
        if let Some(support) = &self.support {
            sql += &format!(" SUPPORT {support}");
        }
        sql += &common_clauses(self.security_definer, &self.transforms, &self.config);
        sql + &body_clause(self.body.as_deref(), self.sql_body.as_deref(), self.library.as_deref())
    }
}

impl Procedure {
    fn sql(&self, verb: &str) -> String {
        let mut sql = format!(
            "{verb} PROCEDURE {}({})\n LANGUAGE {}",
            qualified(&self.schema, &self.name),
            self.arguments,
            quote_ident(&self.language)
        );
        sql += &common_clauses(self.security_definer, &self.transforms, &self.config);
        sql + &body_clause(self.body.as_deref(), self.sql_body.as_deref(), self.library.as_deref())
    }
}
