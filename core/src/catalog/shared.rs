//! The queries that concern all kinds: comments, labels, dependencies, sizes, and what no kind
//! describes.

use std::collections::BTreeSet;

use super::ExportOptions;
use crate::objects::CATALOGS;
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
pub(super) fn queries(server: u32, options: &ExportOptions) -> Vec<(&'static str, String)> {
    vec![
        ("column", crate::objects::Table::columns_query(server)),
        ("view_column", crate::objects::view::view_columns_query(server)),
        ("alias", aliases()),
        ("of_extension", extension_members()),
        ("comment", comments()),
        ("security_label", security_labels()),
        ("dependency", dependencies()),
        ("extension_dependency", extension_dependencies()),
        ("statistics", statistics()),
        ("not_read", crate::objects::user_mapping::hidden_query()),
        ("unmodelled", unmodelled(options)),
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
    format!("{} WHERE d.deptype = 'e' AND e.oid >= 16384", of_extensions())
}

/// What `ALTER … DEPENDS ON EXTENSION` says.
fn extension_dependencies() -> String {
    format!("{} WHERE d.deptype = 'x'", of_extensions())
}

/// What has to do with extensions in `pg_depend`.
fn of_extensions() -> String {
    format!(
        "SELECT {} || '/' || d.objid || '/0', to_json(e.extname)::text FROM pg_catalog.pg_depend d \
         JOIN pg_catalog.pg_extension e ON d.refclassid = \
         'pg_catalog.pg_extension'::pg_catalog.regclass AND e.oid = d.refobjid",
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
            "SELECT {} || '/' || l.objoid || '/' || {part} AS key, json_build_object('provider', \
             l.provider, 'label', l.label)::text FROM pg_catalog.{catalog} l",
            class("l.classoid")
        )
    };
    // Those of attributes of composite types are read with their types.
    format!(
        "{} WHERE NOT (l.objsubid > 0 AND EXISTS (SELECT 1 FROM pg_catalog.pg_class c WHERE c.oid = \
         l.objoid AND c.relkind = 'c')) UNION ALL {}",
        of("pg_seclabel", "l.objsubid"),
        of("pg_shseclabel", "0")
    )
}

/// Classes of the catalog that no kind lives in, and that stand for a part of an object.
const PARTS: &[&str] = &["pg_attrdef", "pg_amop", "pg_amproc"];

/// Classes that are on one side of edges: those of the kinds, and [`PARTS`]. Which schema an object is
/// in it says itself.
fn dependency_classes() -> BTreeSet<&'static str> {
    let of_kinds = CATALOGS.iter().map(|(_, class)| *class);
    of_kinds.chain(PARTS.iter().copied()).filter(|class| *class != "pg_namespace").collect()
}

/// The edges of `pg_depend` between user objects, without those that structure alone tells.
fn dependencies() -> String {
    let classes: Vec<String> =
        dependency_classes().iter().map(|class| format!("'{class}'")).collect();
    format!(
        "WITH k AS MATERIALIZED (SELECT oid, relname::text AS name FROM pg_catalog.pg_class WHERE oid < \
         16384 AND relname IN ({})) \
         SELECT a.name || '/' || d.objid || '/' || d.objsubid, \
         '\"' || b.name || '/' || d.refobjid || '/' || d.refobjsubid || '\"' FROM pg_catalog.pg_depend d JOIN k a ON \
         a.oid = d.classid JOIN k b ON b.oid = d.refclassid WHERE d.refobjid >= 16384 AND d.objid >= \
         16384 AND d.deptype IN ('n', 'a') AND NOT (d.classid = d.refclassid AND d.objid = d.refobjid \
         AND d.objsubid = 0)",
        classes.join(", ")
    )
}

/// Sizes. The rows of a table and of its TOAST table are what a statement has to read: their files
/// are looked at. What only informs is taken from the last VACUUM, ANALYZE or CREATE INDEX:
/// `pg_table_size()` and `pg_indexes_size()` look at every file of every relation, which takes
/// longer than all else that is read of a table. Looking at a file takes a lock on its table: where
/// somebody else holds it alone, the size that the last of those commands saw has to do.
fn statistics() -> String {
    format!(
        "SELECT c.oid::text, json_strip_nulls(json_build_object('rows', CASE WHEN c.reltuples >= 0 \
         THEN c.reltuples::bigint END, 'bytes', CASE WHEN h.relation IS NOT NULL THEN c.relpages * \
         pg_catalog.current_setting('block_size')::bigint ELSE pg_catalog.pg_relation_size(c.oid) + \
         CASE WHEN c.reltoastrelid <> 0 THEN pg_catalog.pg_relation_size(c.reltoastrelid) ELSE 0 END \
         END, \
         'index_bytes', coalesce(i.pages, 0) * pg_catalog.current_setting('block_size')::bigint))::text \
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN \
         (SELECT x.indrelid, sum(ic.relpages)::bigint AS pages FROM pg_catalog.pg_index x JOIN \
         pg_catalog.pg_class ic ON ic.oid = x.indexrelid GROUP BY x.indrelid) i ON i.indrelid = c.oid \
         LEFT JOIN (SELECT DISTINCT l.relation FROM pg_catalog.pg_locks l WHERE l.locktype = 'relation' \
         AND l.mode = 'AccessExclusiveLock' AND l.granted AND l.database = (SELECT d.oid FROM \
         pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())) h ON h.relation = \
         c.oid \
         WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND {USER_SCHEMA}"
    )
}

/// User objects of the kinds that have no file of their own, in PostgreSQL's words; what lies on the
/// tables of extensions; labels of what is not described; with the roles, the tablespaces.
fn unmodelled(options: &ExportOptions) -> String {
    let mut parts = vec![added_to_families(), on_extension_tables(), labels_of_others()];
    if options.roles {
        parts.push(
            "SELECT 'tablespace', s.spcname::text FROM pg_catalog.pg_tablespace s WHERE s.oid >= \
             16384 OR s.spcacl IS NOT NULL OR s.spcoptions IS NOT NULL"
                .to_owned(),
        );
    }
    format!(
        "SELECT u.kind, json_build_object('kind', u.kind, 'name', u.name)::text FROM ({}) u(kind, \
         name) WHERE u.name IS NOT NULL",
        parts.join(" UNION ALL ")
    )
}

/// What lies on the tables of extensions: the catalog does not tell what an extension's script put
/// there from what somebody else did.
fn on_extension_tables() -> String {
    let of = |class: &str, relation: &str, condition: &str| {
        format!(
            "SELECT 'pg_catalog.{class}'::pg_catalog.regclass AS class, o.oid, o.{relation} AS \
             relation FROM pg_catalog.{class} o WHERE {condition}"
        )
    };
    let parts = [
        of("pg_constraint", "conrelid", "o.contype IN ('c', 'f', 'p', 'u', 'x')"),
        of("pg_trigger", "tgrelid", "NOT o.tgisinternal"),
        of("pg_policy", "polrelid", "true"),
        of("pg_rewrite", "ev_class", "o.rulename <> '_RETURN'"),
        of("pg_statistic_ext", "stxrelid", "true"),
        "SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, x.indexrelid, x.indrelid FROM \
         pg_catalog.pg_index x WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE \
         k.conrelid = x.indrelid AND k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))"
            .to_owned(),
    ];
    format!(
        "SELECT i.type, i.identity || CASE WHEN i.type IN ('index', 'statistics object') THEN ' on ' \
         || m.relation::pg_catalog.regclass::text ELSE '' END || ' (extension ' || \
         pg_catalog.quote_ident(m.extension) || ')' FROM (SELECT d.objid AS relation, e.extname AS \
         extension FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON d.refclassid = \
         'pg_catalog.pg_extension'::pg_catalog.regclass AND e.oid = d.refobjid WHERE d.classid = \
         'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype = 'e') m JOIN ({}) p ON p.relation \
         = m.relation, LATERAL pg_catalog.pg_identify_object(p.class, p.oid, 0) i",
        parts.join(" UNION ALL ")
    )
}

/// Security labels of members of extensions and of objects of the system.
fn labels_of_others() -> String {
    "SELECT 'security label', pg_catalog.quote_ident(l.provider) || ' on ' || i.type || ' ' || \
     i.identity FROM pg_catalog.pg_seclabel l, LATERAL pg_catalog.pg_identify_object(l.classoid, \
     l.objoid, l.objsubid) i WHERE l.objoid < 16384 OR EXISTS (SELECT 1 FROM pg_catalog.pg_depend d \
     WHERE d.classid = l.classoid AND d.objid = l.objoid AND d.refclassid = \
     'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e')"
        .to_owned()
}

/// What was added to operator families of the system.
fn added_to_families() -> String {
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
    format!(
        "SELECT i.type, i.identity FROM ({} UNION ALL {}) u, LATERAL \
         pg_catalog.pg_identify_object(u.class, u.oid, 0) i WHERE NOT EXISTS (SELECT 1 FROM \
         pg_catalog.pg_depend d WHERE d.classid = u.class AND d.objid = u.oid AND d.deptype IN ('e', 'i'))",
        of("pg_amop", &added_to_system("pg_amop", "amopfamily")),
        of("pg_amproc", &added_to_system("pg_amproc", "amprocfamily")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::Kind;

    #[test]
    fn no_shared_query_has_the_name_of_a_kind() {
        for (name, _) in queries(180_000, &ExportOptions::default()) {
            // Columns live in tables and have no query of their own.
            assert!(name == "column" || Kind::named(name).is_none(), "{name}");
        }
    }

    #[test]
    fn the_edges_of_every_kind_are_read() {
        let sql = dependencies();
        for (kind, class) in CATALOGS.iter().filter(|(_, class)| *class != "pg_namespace") {
            assert!(sql.contains(&format!("'{class}'")), "{}: {class}", kind.as_str());
        }
    }
}
