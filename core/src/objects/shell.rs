//! Types that need their functions as these need them: a base type, a range with a canonical function.
//! They begin as a shell, a mere name, and go together with the functions.
//!
//! PostgreSQL manual, "CREATE TYPE": shell types.

use crate::model::Id;
use crate::sql::{quote_body, quote_literal};

/// The statement that drops a type with the functions of those that it depends on which need it:
/// PostgreSQL drops them together or not at all. `names` are the type and what comes with it.
/// CASCADE would take along all else as well, columns too: so what else there is, stops it.
pub(super) fn drop_with_functions(names: &[String], depends_on: &[Id]) -> String {
    let Some(name) = names.first() else { return String::new() };
    let both = names.iter().flat_map(|name| [name.clone(), format!("{name}[]")]);
    let types: Vec<String> =
        both.map(|name| format!("{}::pg_catalog.regtype", quote_literal(&name))).collect();
    let functions = depends_on.iter().filter(|on| on.kind() == "function");
    let functions: Vec<String> = functions
        .map(|function| {
            format!("{}::pg_catalog.regprocedure::pg_catalog.oid", quote_literal(function.name()))
        })
        .collect();
    let block = format!(
        "DECLARE\n    types CONSTANT pg_catalog.oid[] := ARRAY[{}];\nBEGIN\n    IF EXISTS (\n        SELECT FROM \
         pg_catalog.pg_depend\n        WHERE refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass\n            \
         AND refobjid = ANY (types)\n            AND NOT (classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND \
         objid = ANY (ARRAY[{}]::pg_catalog.oid[]))\n            AND (classid, objid) NOT IN (\n                \
         SELECT own.classid, own.objid FROM pg_catalog.pg_depend AS own\n                WHERE own.refclassid = \
         'pg_catalog.pg_type'::pg_catalog.regclass AND own.refobjid = ANY (types) AND own.deptype = 'i'\n            )\n    ) \
         THEN\n        RAISE EXCEPTION 'something that the plan does not know depends on type %', {};\n    END \
         IF;\n    DROP TYPE {name} CASCADE;\nEND",
        types.join(", "),
        functions.join(", "),
        quote_literal(name),
    );
    format!("DO {}", quote_body(&block))
}
