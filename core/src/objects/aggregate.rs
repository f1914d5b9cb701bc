//! Aggregate functions. PostgreSQL manual, "CREATE AGGREGATE".

use super::attach::until_replaced;
use super::attached::object;
use super::query::{USER_SCHEMA, grants, not_extension_member, owner};
use super::routine::key_with_arguments;
use super::{Alteration, Changed, Key, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::{Id, Text};
use crate::sql::qualified;

object! {
    /// An aggregate function.
    pub struct Aggregate {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The types of the arguments, which identify it.
        pub argument_types: Text,
        /// The arguments as `CREATE AGGREGATE` spells them: `*`, or with modes and `ORDER BY`.
        pub arguments: Text,
        /// The result type.
        pub returns: Text,
        /// `SFUNC`, `STYPE` and so on: the options in the order of the manual.
        pub options: Vec<(Text, Text)>,
        /// It is a hypothetical-set aggregate.
        pub hypothetical: bool,
    }
}

impl Object for Aggregate {
    const KIND: Kind = Kind::Aggregate;
    const CATALOG: &'static str = "pg_proc";
    const IDENTITY: &'static [&'static str] = &["schema", "name", "argument_types"];

    fn query(_server: u32) -> String {
        let function = |name: &str, column: &str| {
            format!("('{name}', nullif(a.{column}::oid::regproc::text, '-'))")
        };
        let literal =
            |name: &str, column: &str| format!("('{name}', pg_catalog.quote_literal(a.{column}))");
        let kind_of = |name: &str, column: &str, extra: &str| {
            format!(
                "('{name}', CASE WHEN a.{extra} = 0 THEN NULL WHEN a.{column} = 'r' AND \
                 a.aggkind = 'n' THEN NULL WHEN a.{column} = 'w' AND a.aggkind <> 'n' THEN NULL \
                 ELSE CASE a.{column} WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE \
                 'READ_WRITE' END END)"
            )
        };
        let rows = [
            function("SFUNC", "aggtransfn"),
            "('STYPE', pg_catalog.format_type(a.aggtranstype, NULL))".to_owned(),
            "('SSPACE', nullif(a.aggtransspace, 0)::text)".to_owned(),
            function("FINALFUNC", "aggfinalfn"),
            "('FINALFUNC_EXTRA', CASE WHEN a.aggfinalextra THEN '' END)".to_owned(),
            kind_of("FINALFUNC_MODIFY", "aggfinalmodify", "aggfinalfn"),
            function("COMBINEFUNC", "aggcombinefn"),
            function("SERIALFUNC", "aggserialfn"),
            function("DESERIALFUNC", "aggdeserialfn"),
            literal("INITCOND", "agginitval"),
            function("MSFUNC", "aggmtransfn"),
            function("MINVFUNC", "aggminvtransfn"),
            "('MSTYPE', CASE WHEN a.aggmtranstype <> 0 THEN \
             pg_catalog.format_type(a.aggmtranstype, NULL) END)"
                .to_owned(),
            "('MSSPACE', nullif(a.aggmtransspace, 0)::text)".to_owned(),
            function("MFINALFUNC", "aggmfinalfn"),
            "('MFINALFUNC_EXTRA', CASE WHEN a.aggmfinalextra THEN '' END)".to_owned(),
            kind_of("MFINALFUNC_MODIFY", "aggmfinalmodify", "aggmfinalfn"),
            literal("MINITCOND", "aggminitval"),
            "('SORTOP', (SELECT 'OPERATOR(' || pg_catalog.quote_ident(ns.nspname) || '.' || \
             o.oprname || ')' FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace ns ON \
             ns.oid = o.oprnamespace WHERE o.oid = a.aggsortop))"
                .to_owned(),
            "('PARALLEL', CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' END)"
                .to_owned(),
        ]
        .join(", ");
        format!(
            "SELECT p.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             p.proname, 'argument_types', pg_catalog.oidvectortypes(p.proargtypes), 'arguments', \
             coalesce(nullif(pg_catalog.pg_get_function_arguments(p.oid), ''), '*'), 'returns', \
             pg_catalog.format_type(p.prorettype, NULL), 'options', (SELECT \
             json_agg(json_build_array(o.name, o.value)) FROM (VALUES {rows}) o(name, value) WHERE \
             o.value IS NOT NULL), 'hypothetical', a.aggkind = 'h', {owner}, {grants}))::text FROM \
             pg_catalog.pg_proc p JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid JOIN \
             pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE {USER_SCHEMA} AND {member}",
            owner = owner("p.proowner"),
            grants = grants("p.proacl", 'f', "p.proowner"),
            member = not_extension_member("pg_proc", "p.oid"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.schema, &self.name, &self.argument_types)
    }

    fn key_of(parts: &[String]) -> Option<Key<'_>> {
        key_with_arguments(parts)
    }

    fn id(&self) -> Id {
        let name = qualified(&self.schema, &self.name);
        Id::from_sql("aggregate", &format!("{name}({})", self.argument_types))
    }

    fn schema(&self) -> Option<&str> {
        Some(&self.schema)
    }

    fn name(&self) -> String {
        format!("{}({})", self.name, self.argument_types)
    }

    fn keyword(&self) -> &'static str {
        "AGGREGATE"
    }

    fn sql_name(&self) -> String {
        format!("{}({})", qualified(&self.schema, &self.name), self.arguments)
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("FUNCTION")
    }

    fn grant_name(&self) -> String {
        // GRANT knows no ORDER BY between arguments.
        format!("{}({})", qualified(&self.schema, &self.name), self.argument_types)
    }

    fn public_privileges(&self) -> &'static [&'static str] {
        &["EXECUTE"]
    }

    fn names(&self) -> Vec<String> {
        let name = qualified(&self.schema, &self.name);
        vec![format!("routine:{name}({})", self.argument_types)]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![Action::create(Object::id(self), "CREATE AGGREGATE", self.sql("CREATE"))]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![drop_action(Object::id(self), "DROP AGGREGATE", "AGGREGATE", &self.sql_name())]
    }

    fn alter(&self, to: &Aggregate, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if changed.only(&[]) {
            return Alteration::InPlace(Vec::new());
        }
        let kind = |aggregate: &Aggregate| aggregate.arguments.contains("ORDER BY");
        if changed.any(&["returns", "arguments", "hypothetical"]) || kind(self) != kind(to) {
            return Alteration::Replace(
                "an aggregate's arguments and result type cannot be altered".to_owned(),
            );
        }
        Alteration::InPlace(vec![
            Action::alter(
                Object::id(to),
                "CREATE OR REPLACE AGGREGATE",
                to.sql("CREATE OR REPLACE"),
            )
            .requires(to.depends_on.iter().cloned())
            .releases(self.depends_on.iter().cloned())
            .frees(until_replaced(&Object::id(to))),
        ])
    }
}

impl Aggregate {
    fn sql(&self, verb: &str) -> String {
        let mut options: Vec<String> = self
            .options
            .iter()
            .map(
                |(name, value)| {
                    if value.is_empty() { name.to_string() } else { format!("{name} = {value}") }
                },
            )
            .collect();
        if self.hypothetical {
            options.push("HYPOTHETICAL".to_owned());
        }
        format!("{verb} AGGREGATE {} (\n    {}\n)", self.sql_name(), options.join(",\n    "))
    }
}
