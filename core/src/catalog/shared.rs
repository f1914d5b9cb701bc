//! The queries that concern all kinds: comments, labels, dependencies, sizes, and what no kind
//! describes.

use crate::objects::query::USER_SCHEMA;

/// The database and its server.
pub(super) fn source(server: u32) -> String {
    let provider = if server >= 150_000 {
        "CASE d.datlocprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END"
    } else {
        "'libc'"
    };
    let locale = match server {
        0..150_000 => "d.datcollate",
        150_000..170_000 => "coalesce(d.daticulocale, d.datcollate)",
        _ => "coalesce(d.datlocale, d.datcollate)",
    };
    format!(
        "SELECT 'source'::text, json_build_object('database', d.datname, 'server_version', \
         current_setting('server_version'), 'server_version_num', \
         current_setting('server_version_num')::int, 'encoding', \
         pg_catalog.pg_encoding_to_char(d.encoding), 'collation', {locale}, 'ctype', d.datctype, \
         'locale_provider', {provider})::text FROM pg_catalog.pg_database d WHERE d.datname = \
         pg_catalog.current_database()"
    )
}

/// Name and SQL of the shared queries.
pub(super) fn queries(server: u32) -> Vec<(&'static str, String)> {
    vec![
        ("column", crate::objects::Table::columns_query(server)),
        ("view_column", crate::objects::view::view_columns_query(server)),
        ("alias", aliases()),
        ("extension_member", extension_members()),
        ("comment", comments()),
        ("security_label", security_labels()),
        ("dependency", dependencies()),
        ("statistics", statistics()),
        ("not_read", crate::objects::user_mapping::hidden_query()),
        ("unmodelled", unmodelled()),
    ]
}

/// A class's name without its schema; `pg_class` for the OID of `pg_class`.
fn class(column: &str) -> String {
    format!("(SELECT k.relname FROM pg_catalog.pg_class k WHERE k.oid = {column})")
}

/// Entries of the catalog that stand for another object: the key stands for the value. Both are
/// written class/oid/column.
fn aliases() -> String {
    let pairs = [
        (
            "pg_rewrite",
            "r.oid",
            "'pg_class/' || r.ev_class || '/0'",
            "pg_catalog.pg_rewrite r WHERE r.rulename = '_RETURN' AND r.oid >= 16384",
        ),
        (
            "pg_attrdef",
            "a.oid",
            "'pg_class/' || a.adrelid || '/' || a.adnum",
            "pg_catalog.pg_attrdef a",
        ),
        // Row types of relations, array types, multirange types.
        (
            "pg_type",
            "t.oid",
            "'pg_class/' || t.typrelid || '/0'",
            "pg_catalog.pg_type t JOIN pg_catalog.pg_class c ON c.oid = t.typrelid WHERE t.typtype = 'c' AND c.relkind <> 'c' AND t.oid >= 16384",
        ),
        (
            "pg_type",
            "t.oid",
            "'pg_type/' || t.typelem || '/0'",
            "pg_catalog.pg_type t WHERE t.typelem <> 0 AND t.typcategory = 'A' AND t.oid >= 16384",
        ),
        (
            "pg_type",
            "r.rngmultitypid",
            "'pg_type/' || r.rngtypid || '/0'",
            "pg_catalog.pg_range r WHERE r.rngtypid >= 16384",
        ),
        // The relation behind a composite type.
        (
            "pg_class",
            "c.oid",
            "'pg_type/' || c.reltype || '/0'",
            "pg_catalog.pg_class c WHERE c.relkind = 'c' AND c.oid >= 16384",
        ),
        (
            "pg_class",
            "k.conindid",
            "'pg_constraint/' || k.oid || '/0'",
            "pg_catalog.pg_constraint k WHERE k.contype IN ('p', 'u', 'x') AND k.conindid <> 0",
        ),
        (
            "pg_constraint",
            "k.oid",
            "'pg_type/' || k.contypid || '/0'",
            "pg_catalog.pg_constraint k WHERE k.contypid <> 0",
        ),
        // What a partition has from its parent stands for the parent's.
        (
            "pg_constraint",
            "k.oid",
            "'pg_constraint/' || k.conparentid || '/0'",
            "pg_catalog.pg_constraint k WHERE k.conparentid <> 0",
        ),
        // Members of operator classes and families.
        (
            "pg_amop",
            "d.objid",
            "k.relname || '/' || d.refobjid || '/0'",
            "pg_catalog.pg_depend d JOIN pg_catalog.pg_class k ON k.oid = d.refclassid WHERE d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass AND d.objid >= 16384 AND d.deptype IN ('a', 'i') AND k.relname IN ('pg_opclass', 'pg_opfamily')",
        ),
        (
            "pg_amproc",
            "d.objid",
            "k.relname || '/' || d.refobjid || '/0'",
            "pg_catalog.pg_depend d JOIN pg_catalog.pg_class k ON k.oid = d.refclassid WHERE d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass AND d.objid >= 16384 AND d.deptype IN ('a', 'i') AND k.relname IN ('pg_opclass', 'pg_opfamily')",
        ),
        // The sequence of an identity column.
        (
            "pg_class",
            "d.objid",
            "'pg_class/' || d.refobjid || '/' || d.refobjsubid",
            "pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype = 'i' AND d.refobjsubid > 0",
        ),
    ];
    pairs
        .iter()
        .map(|(class, oid, target, from)| {
            format!("SELECT '{class}/' || {oid} || '/0', to_json({target})::text FROM {from}")
        })
        .collect::<Vec<_>>()
        .join(" UNION ALL ")
}

fn extension_members() -> String {
    format!(
        "SELECT {} || '/' || d.objid || '/0', to_json(e.extname)::text FROM pg_catalog.pg_depend d \
         JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid WHERE d.refclassid = \
         'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e' AND e.oid >= 16384",
        class("d.classid")
    )
}

fn comments() -> String {
    format!(
        "SELECT {} || '/' || d.objoid || '/' || d.objsubid, to_json(d.description)::text FROM \
         pg_catalog.pg_description d WHERE d.objoid >= 16384 OR (d.classoid = \
         'pg_catalog.pg_namespace'::pg_catalog.regclass AND EXISTS (SELECT 1 FROM \
         pg_catalog.pg_namespace n WHERE n.oid = d.objoid AND n.nspname = 'public' AND \
         d.description <> 'standard public schema')) UNION ALL SELECT {} || '/' || d.objoid || '/0', \
         to_json(d.description)::text FROM pg_catalog.pg_shdescription d WHERE d.objoid >= 16384",
        class("d.classoid"),
        class("d.classoid")
    )
}

fn security_labels() -> String {
    let of = |catalog: &str, part: &str| {
        format!(
            "SELECT {} || '/' || l.objoid || '/' || {part}, json_build_object('provider', \
             l.provider, 'label', l.label)::text FROM pg_catalog.{catalog} l",
            class("l.classoid")
        )
    };
    format!("{} UNION ALL {}", of("pg_seclabel", "l.objsubid"), of("pg_shseclabel", "0"))
}

/// The edges of `pg_depend` between user objects, without those that structure alone tells.
fn dependencies() -> String {
    "WITH k AS MATERIALIZED (SELECT oid, relname::text AS name FROM pg_catalog.pg_class WHERE oid < \
     16384 AND relname IN ('pg_class', 'pg_type', 'pg_proc', 'pg_constraint', 'pg_rewrite', \
     'pg_attrdef', 'pg_trigger', 'pg_policy', 'pg_collation', 'pg_extension', 'pg_opclass', 'pg_opfamily', \
     'pg_operator', 'pg_amop', 'pg_amproc', 'pg_ts_config', 'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template', \
     'pg_language', 'pg_am', 'pg_cast', 'pg_conversion', 'pg_transform', 'pg_default_acl', \
     'pg_statistic_ext', 'pg_event_trigger', 'pg_foreign_data_wrapper', 'pg_foreign_server', \
     'pg_user_mapping', 'pg_publication', 'pg_publication_rel')) \
     SELECT a.name || '/' || d.objid || '/' || d.objsubid, \
     '\"' || b.name || '/' || d.refobjid || '/' || d.refobjsubid || '\"' FROM pg_catalog.pg_depend d JOIN k a ON \
     a.oid = d.classid JOIN k b ON b.oid = d.refclassid WHERE d.refobjid >= 16384 AND d.objid >= \
     16384 AND d.deptype IN ('n', 'a') AND NOT (d.classid = d.refclassid AND d.objid = d.refobjid \
     AND d.objsubid = 0)"
        .to_owned()
}

/// Sizes. The rows of a table and of its TOAST table are what a statement has to read: their files
/// are looked at. What only informs is taken from the last VACUUM, ANALYZE or CREATE INDEX:
/// `pg_table_size()` and `pg_indexes_size()` look at every file of every relation, which takes
/// longer than all else that is read of a table.
fn statistics() -> String {
    format!(
        "SELECT c.oid::text, json_strip_nulls(json_build_object('rows', CASE WHEN c.reltuples >= 0 \
         THEN c.reltuples::bigint END, 'bytes', pg_catalog.pg_relation_size(c.oid) + CASE WHEN \
         c.reltoastrelid <> 0 THEN pg_catalog.pg_relation_size(c.reltoastrelid) ELSE 0 END, \
         'index_bytes', coalesce(i.pages, 0) * pg_catalog.current_setting('block_size')::bigint))::text \
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN \
         (SELECT x.indrelid, sum(ic.relpages)::bigint AS pages FROM pg_catalog.pg_index x JOIN \
         pg_catalog.pg_class ic ON ic.oid = x.indexrelid GROUP BY x.indrelid) i ON i.indrelid = c.oid \
         WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND {USER_SCHEMA}"
    )
}

/// User objects of the kinds that have no file of their own, in PostgreSQL's words.
fn unmodelled() -> String {
    let of = |class: &str, condition: &str| {
        format!(
            "SELECT 'pg_catalog.{class}'::pg_catalog.regclass AS class, o.oid FROM \
             pg_catalog.{class} o WHERE o.oid >= 16384 AND {condition}"
        )
    };
    let added_to_system = |class: &str, family: &str| {
        format!(
            "o.{family} < 16384 AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE \
             d.classid = 'pg_catalog.{class}'::pg_catalog.regclass AND d.objid = o.oid AND \
             d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass)"
        )
    };
    let parts = [
        // What was added to an operator family of the system.
        of("pg_amop", &added_to_system("pg_amop", "amopfamily")),
        of("pg_amproc", &added_to_system("pg_amproc", "amprocfamily")),
    ];
    format!(
        "SELECT i.type, json_build_object('kind', i.type, 'name', i.identity)::text FROM ({}) u, \
         LATERAL pg_catalog.pg_identify_object(u.class, u.oid, 0) i WHERE i.identity IS NOT NULL AND \
         NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = u.class AND d.objid = \
         u.oid AND d.deptype IN ('e', 'i'))",
        parts.join(" UNION ALL ")
    )
}
