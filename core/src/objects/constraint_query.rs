//! The catalog query of constraints. Definitions of plain keys are put together out of rows: the
//! server's functions look at the catalog for each of them.

use super::query::{USER_SCHEMA, flag, json_text, not_extension_member, options, value};

/// The columns of a constraint: their names, without expressions of an exclusion, and the list of them as SQL spells it. Each is looked up
/// by table and number: a join would read all columns of the table.
fn columns_of(relation: &str, key: &str) -> String {
    format!(
        "SELECT json_agg(u.attname ORDER BY u.place) FILTER (WHERE u.attname IS NOT NULL) AS columns, \
         string_agg(pg_catalog.quote_ident(u.attname), ', ' ORDER BY u.place) AS list FROM (SELECT \
         un.place, (SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = k.{relation} AND \
         a.attnum = un.num) AS attname FROM unnest(k.{key}) WITH ORDINALITY un(num, place)) u"
    )
}

/// Definitions of keys that consist of nothing but their columns, as `pg_get_constraintdef()` spells
/// them; that function fills the session's caches for every table, which takes longer than all else.
fn plain_key(server: u32) -> String {
    let mut plain = "i.indnatts = i.indnkeyatts".to_owned();
    if server >= 150_000 {
        plain += " AND NOT i.indnullsnotdistinct";
    }
    if server >= 180_000 {
        plain += " AND NOT k.conperiod";
    }
    format!(
        "WHEN k.contype IN ('p', 'u') AND {plain} THEN CASE k.contype WHEN 'p' THEN 'PRIMARY KEY (' \
         ELSE 'UNIQUE (' END || own.list || ')'"
    )
}

/// The same for foreign keys.
fn plain_foreign_key(server: u32) -> String {
    let mut plain = "k.confmatchtype IN ('s', 'f')".to_owned();
    if server >= 150_000 {
        plain += " AND k.confdelsetcols IS NULL";
    }
    if server >= 180_000 {
        plain += " AND NOT k.conperiod";
    }
    let action = |event: &str, letter: &str| {
        format!(
            "CASE {letter} WHEN 'r' THEN ' ON {event} RESTRICT' WHEN 'c' THEN ' ON {event} CASCADE' \
             WHEN 'n' THEN ' ON {event} SET NULL' WHEN 'd' THEN ' ON {event} SET DEFAULT' ELSE '' END"
        )
    };
    format!(
        "WHEN k.contype = 'f' AND {plain} THEN 'FOREIGN KEY (' || own.list || ') REFERENCES ' || \
         pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname) || '(' || \
         other.list || ')' || CASE k.confmatchtype WHEN 'f' THEN ' MATCH FULL' ELSE '' END || {} || {}",
        action("UPDATE", "k.confupdtype"),
        action("DELETE", "k.confdeltype")
    )
}

/// The rows of `pg_constraint`, as of this version of the server.
pub(super) fn query(server: u32) -> String {
    let not_enforced = if server >= 180_000 { "NOT k.conenforced" } else { "false" };
    let definition = format!(
        "CASE {key} {foreign_key} WHEN k.condeferrable OR k.condeferred OR NOT k.convalidated OR \
         {not_enforced} THEN regexp_replace(pg_catalog.pg_get_constraintdef(k.oid), \
         '( DEFERRABLE)?( INITIALLY DEFERRED)?( NOT ENFORCED)?( NOT VALID)?$', '') ELSE \
         pg_catalog.pg_get_constraintdef(k.oid) END",
        key = plain_key(server),
        foreign_key = plain_foreign_key(server),
    );
    let members = [
        value("table", "c.relname"),
        value("name", "k.conname"),
        value(
            "constraint_type",
            "CASE k.contype WHEN 'p' THEN 'primary_key' WHEN 'u' THEN 'unique' WHEN 'c' THEN 'check' \
             WHEN 'x' THEN 'exclude' ELSE 'foreign_key' END",
        ),
        value("columns", "own.columns"),
        value("definition", definition),
        flag("deferrable", "k.condeferrable"),
        flag("initially_deferred", "k.condeferred"),
        flag("not_valid", format!("NOT k.convalidated AND NOT {not_enforced}")),
        flag("not_enforced", not_enforced),
        value(
            "references",
            "'table:' || pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname)",
        ),
        value("index_options", options("ic.reloptions")),
        value(
            "index_tablespace",
            "CASE WHEN ic.reltablespace <> 0 THEN (SELECT ts.spcname FROM pg_catalog.pg_tablespace ts \
             WHERE ts.oid = ic.reltablespace) END",
        ),
        value("index_comment", "pg_catalog.obj_description(i.indexrelid, 'pg_class')"),
        flag("clustered", "i.indisclustered"),
        value(
            "attached_to",
            format!(
                "CASE WHEN k.conparentid <> 0 OR k.contype = 'c' AND k.coninhcount > 0 THEN (SELECT \
                 'constraint:' || pg_catalog.quote_ident(pn.nspname) || '.' || \
                 pg_catalog.quote_ident(pc.relname) || '.' || pg_catalog.quote_ident(pk.conname) FROM \
                 pg_catalog.pg_constraint pk JOIN pg_catalog.pg_class pc ON pc.oid = pk.conrelid JOIN \
                 pg_catalog.pg_namespace pn ON pn.oid = pc.relnamespace WHERE pk.oid = k.conparentid OR \
                 k.contype = 'c' AND k.coninhcount > 0 AND (c.relispartition OR NOT k.conislocal) AND \
                 pk.contype = 'c' AND pk.conname = k.conname AND pk.conrelid IN (SELECT h.inhparent FROM \
                 pg_catalog.pg_inherits h WHERE h.inhrelid = k.conrelid) ORDER BY 1 LIMIT 1) ELSE \
                 {index_above} END",
                // A key can be attached to an index that is no constraint's.
                index_above = super::index::attached_to("ic"),
            ),
        ),
    ];
    // A foreign key to a partitioned table has further entries for each of its partitions, on the same
    // table as their parent.
    format!(
        "SELECT k.oid::text, {object} FROM pg_catalog.pg_constraint k JOIN \
         pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = \
         c.relnamespace LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid AND k.contype = 'f' \
         LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace LEFT JOIN LATERAL \
         ({own}) own ON true LEFT JOIN LATERAL ({other}) other ON true LEFT JOIN \
         pg_catalog.pg_class ic ON ic.oid = k.conindid AND k.contype <> 'f' LEFT JOIN \
         pg_catalog.pg_index i ON i.indexrelid = ic.oid WHERE k.contype IN ('p', 'u', 'c', 'x', 'f') AND c.relkind IN ('r', 'p', 'f') \
         AND c.relpersistence <> 't' AND NOT (k.contype = 'f' AND k.conparentid <> 0 AND EXISTS \
         (SELECT 1 FROM pg_catalog.pg_constraint rk WHERE rk.oid = k.conparentid AND rk.conrelid \
         = k.conrelid)) AND {USER_SCHEMA} AND {member}",
        object = json_text(("schema", "n.nspname"), &members),
        own = columns_of("conrelid", "conkey"),
        other = columns_of("confrelid", "confkey"),
        member = not_extension_member("pg_class", "c.oid"),
    )
}
