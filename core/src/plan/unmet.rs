//! The SQL that tells what is not as it is wanted.

use crate::objects::{CATALOGS, Kind, Table};

/// True in SQL when a `jsonb` value is one that the document leaves out.
fn at_default(name: &str, value: &str) -> String {
    let told = TOLD.map(|name| format!("'{name}'")).join(", ");
    format!(
        "({value} = 'null' OR {value} IN ('false', '[]', '{{}}', '\"\"', '0') AND {name} NOT IN ({told}))"
    )
}

/// The attributes that may be told to be zero or empty, which is not the same as not to be told.
const TOLD: [&str; 10] = [
    "cache",
    "connection_limit",
    "cost",
    "grants",
    "internal_length",
    "max_value",
    "min_value",
    "rows",
    "statistics",
    "target",
];

/// A query that gives the names of what is not yet as it is wanted. `wanted` is an SQL expression
/// for a `jsonb` array.
///
/// An attribute that the document leaves out is null in `wanted`, and at its default, which the
/// catalog query may spell out.
pub(super) fn unmet(kind: Kind, server: u32, wanted: &str, comments: bool) -> String {
    format!(
        "SELECT w.item ->> 'what' AS not_as_wanted\nFROM jsonb_array_elements({wanted}) AS w(item)\n\
         LEFT JOIN (SELECT q.value::jsonb AS value FROM ({query}) AS q(key, value)) AS o\n\
         ON coalesce(o.value ->> 'name', '') = coalesce(w.item -> 'is' ->> 'name', '') AND o.value \
         @> jsonb_strip_nulls(w.item -> 'is') AND NOT EXISTS (SELECT FROM jsonb_each(w.item -> 'is') \
         AS i(name, value) WHERE jsonb_typeof(i.value) = 'null' AND NOT {away})\nWHERE CASE WHEN w.item ? 'gone' THEN o.value IS NOT NULL \
         WHEN o.value IS NULL THEN NOT w.item ? 'or_away' ELSE EXISTS (SELECT FROM \
         jsonb_each(w.item -> 'now') AS a(name, value) WHERE {differs}) END",
        query = query(kind, server, comments),
        away = at_default("i.name", "coalesce(o.value -> i.name, 'null')"),
        differs = differs("a.name", "coalesce(o.value -> a.name, 'null')", "a.value"),
    )
}

/// True in SQL when two `jsonb` values mean different things: they are taken apart into their parts,
/// of which those at their default do not count, and a part that has no twin is a difference. The
/// operator `@>` would not see what is missing, nor another order.
fn differs(name: &str, one: &str, other: &str) -> String {
    format!(
        "EXISTS (WITH RECURSIVE part(side, path, value) AS (\n\
         SELECT s.side, ARRAY[]::text[], CASE WHEN {root} THEN 'null' ELSE s.value \
         END FROM (VALUES (1, {one}), (2, {other})) AS s(side, value)\n\
         UNION ALL SELECT p.side, p.path || c.name, c.value FROM part AS p CROSS JOIN LATERAL (\
         SELECT m.key AS name, m.value FROM jsonb_each(CASE jsonb_typeof(p.value) WHEN 'object' THEN \
         p.value ELSE '{{}}' END) AS m WHERE NOT {member} UNION ALL SELECT e.at::text, \
         e.value FROM jsonb_array_elements(CASE jsonb_typeof(p.value) WHEN 'array' THEN p.value ELSE \
         '[]' END) WITH ORDINALITY AS e(value, at)) AS c)\n\
         SELECT FROM part GROUP BY path, CASE WHEN jsonb_typeof(value) IN ('object', 'array') THEN \
         to_jsonb(jsonb_typeof(value)) ELSE value END HAVING count(*) = 1)",
        root = at_default(name, "s.value"),
        member = at_default("m.key", "m.value"),
    )
}

/// The catalog query of a kind; columns with their table, objects with their comments on demand.
fn query(kind: Kind, server: u32, comments: bool) -> String {
    let query = if kind == Kind::Column {
        format!(
            "SELECT k.key, (k.value::jsonb || jsonb_build_object('schema', n.nspname, 'table', \
             c.relname))::text FROM ({}) AS k(key, value) JOIN pg_catalog.pg_class c ON c.oid = \
             split_part(k.key, '.', 1)::oid JOIN pg_catalog.pg_namespace n ON n.oid = \
             c.relnamespace",
            Table::columns_query(server)
        )
    } else {
        kind.catalog_query(server)
    };
    let catalog = CATALOGS.iter().find(|(other, _)| *other == kind).map_or("pg_class", |(_, c)| c);
    if !comments {
        return query;
    }
    // The comment that every new database has is none in a snapshot.
    let standard = if kind == Kind::Schema {
        " AND NOT (d.objoid < 16384 AND d.description = 'standard public schema')"
    } else {
        ""
    };
    format!(
        "SELECT k.key, (k.value::jsonb || jsonb_build_object('comment', (SELECT d.description FROM \
         pg_catalog.pg_description d WHERE d.classoid = 'pg_catalog.{catalog}'::regclass AND \
         d.objoid = split_part(k.key, '.', 1)::oid AND d.objsubid = coalesce(nullif(split_part(k.key, \
         '.', 2), ''), '0')::integer{standard} UNION ALL SELECT d.description FROM \
         pg_catalog.pg_shdescription d WHERE d.classoid = 'pg_catalog.{catalog}'::regclass AND \
         d.objoid = split_part(k.key, '.', 1)::oid)))::text FROM ({query}) AS k(key, value)"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails should panic")]

    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::TOLD;

    /// Names of properties that are null or a number or a list.
    fn told(schema: &Value, found: &mut BTreeSet<String>) {
        let is =
            |types: &Value, name: &str| types.as_array().is_some_and(|t| t.contains(&name.into()));
        match schema {
            Value::Object(members) => {
                if let Some(Value::Object(properties)) = members.get("properties") {
                    for (name, property) in properties {
                        let types = &property["type"];
                        if is(types, "null")
                            && ["integer", "number", "array"].iter().any(|t| is(types, t))
                        {
                            found.insert(name.clone());
                        }
                    }
                }
                members.values().for_each(|member| told(member, found));
            }
            Value::Array(list) => list.iter().for_each(|member| told(member, found)),
            _ => {}
        }
    }

    #[test]
    fn what_may_be_told_to_be_nothing_is_known() {
        let published = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/snapshot.schema.json");
        let schema = std::fs::read_to_string(published).unwrap();
        let mut schema: Value = serde_json::from_str(&schema).unwrap();
        // A history of migrations is no object: no plan brings it.
        schema["$defs"].as_object_mut().unwrap().remove("Ledger").unwrap();
        let mut found = BTreeSet::new();
        told(&schema, &mut found);
        assert_eq!(found, TOLD.iter().map(|name| (*name).to_owned()).collect());
    }
}
