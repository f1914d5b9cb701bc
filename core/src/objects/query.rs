//! Fragments of catalog SQL that several kinds share.
//!
//! Every query returns two text columns: the OID, and the object as JSON in the very form of its
//! struct. OIDs below 16384 belong to the system (`FirstNormalObjectId`).

/// Leaves out what belongs to an extension: `catalog` is the class, `oid` an expression.
pub(crate) fn not_extension_member(catalog: &str, oid: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend x WHERE x.classid = \
         'pg_catalog.{catalog}'::pg_catalog.regclass AND x.objid = {oid} AND x.objsubid = 0 \
         AND x.deptype = 'e')"
    )
}

/// Leaves out the schemas of the system and of sessions.
pub(crate) const USER_SCHEMA: &str = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

/// A member of an object that a query writes as JSON.
pub(crate) enum Member {
    /// A value, left out where it is NULL.
    Value(&'static str, String),
    /// `true`, left out where it is false.
    Flag(&'static str, String),
}

/// A [`Member::Value`].
pub(crate) fn value(name: &'static str, sql: impl Into<String>) -> Member {
    Member::Value(name, sql.into())
}

/// A [`Member::Flag`].
pub(crate) fn flag(name: &'static str, sql: impl Into<String>) -> Member {
    Member::Flag(name, sql.into())
}

/// An object as JSON text, for queries of many rows: `json_strip_nulls(json_build_object(…))` takes
/// twice the time of all else. The first member is never NULL; a NULL inside of a member stays, and
/// reads like one that is absent.
pub(crate) fn json_text(first: (&str, &str), members: &[Member]) -> String {
    let mut sql = format!("concat('{{\"{}\":', to_json({})", first.0, first.1);
    for member in members {
        sql += &match member {
            Member::Value(name, value) => format!(", ',\"{name}\":' || to_json({value})::text"),
            Member::Flag(name, flag) => format!(", CASE WHEN {flag} THEN ',\"{name}\":true' END"),
        };
    }
    sql + ", '}')"
}

/// The storage of the column `a`, where it is not the one of its type `t`.
pub(crate) const STORAGE: &str = "CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage WHEN \
     'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END END";

/// The compression of the column `a`, where it is set.
pub(crate) const COMPRESSION: &str =
    "CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END";

/// When a trigger, event trigger or rule works, absent for the usual.
pub(crate) fn enabled(letter: &str) -> String {
    format!(
        "CASE {letter} WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'REPLICA' WHEN 'A' THEN 'ALWAYS' END"
    )
}

/// The owner's name out of its OID.
pub(crate) fn owner(oid: &str) -> String {
    format!("'owner', pg_catalog.pg_get_userbyid({oid})")
}

/// `'grants', …`: the privileges as a sorted list, absent where they are the default.
///
/// `class` is the type letter of `acldefault()`.
pub(crate) fn grants(acl: &str, class: char, owner: &str) -> String {
    let default = format!("pg_catalog.acldefault('{class}', {owner})");
    let sorted = |list: &str| format!("ARRAY(SELECT ai::text FROM unnest({list}) ai ORDER BY 1)");
    format!(
        "'grants', CASE WHEN {acl} IS NULL OR {acl_sorted} = {default_sorted} THEN NULL ELSE \
         {list} END",
        acl_sorted = sorted(acl),
        default_sorted = sorted(&default),
        list = grant_list(acl, &owner_privileges(&default, owner), owner),
    )
}

/// The privileges on a column, which has no default and no owner of its own; NULL for none.
pub(crate) fn column_grants(acl: &str, owner: &str) -> String {
    format!(
        "CASE WHEN {acl} IS NULL THEN NULL ELSE nullif({}::text, '[]')::json END",
        grant_list(acl, "0", owner)
    )
}

/// How many privileges a default gives to the owner.
pub(crate) fn owner_privileges(default: &str, owner: &str) -> String {
    format!("(SELECT count(*) FROM pg_catalog.aclexplode({default}) df WHERE df.grantee = {owner})")
}

/// The grants of an access control list. The owner is left out while it holds all its privileges,
/// whose number is `of_owner`, as it does by itself: without the grant options that it has anyway. It
/// is there with an empty list when it holds none.
pub(crate) fn grant_list(acl: &str, of_owner: &str, owner: &str) -> String {
    format!(
        "(SELECT coalesce(json_agg(json_strip_nulls(json_build_object('grantee', gr.grantee, \
         'grantor', gr.grantor, 'privileges', gr.held, 'with_grant_option', gr.grantable)) \
         ORDER BY gr.grantee COLLATE \"C\", gr.grantor COLLATE \"C\" NULLS FIRST), '[]'::json) FROM (\
         SELECT CASE ae.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(ae.grantee)::text END AS grantee, \
         CASE WHEN ae.grantor = {owner} THEN NULL ELSE pg_catalog.pg_get_userbyid(ae.grantor)::text END AS grantor, \
         array_agg(ae.privilege_type ORDER BY ae.privilege_type) FILTER (WHERE NOT ae.is_grantable) AS held, \
         array_agg(ae.privilege_type ORDER BY ae.privilege_type) FILTER (WHERE ae.is_grantable) AS grantable \
         FROM pg_catalog.aclexplode({acl}) ae GROUP BY ae.grantee, ae.grantor \
         HAVING NOT (ae.grantee = {owner} AND ae.grantor = {owner} AND count(*) = {of_owner} \
         AND NOT bool_or(ae.is_grantable)) \
         UNION ALL SELECT pg_catalog.pg_get_userbyid({owner})::text, NULL, NULL, NULL \
         WHERE {of_owner} > 0 \
         AND NOT EXISTS (SELECT 1 FROM pg_catalog.aclexplode({acl}) ae WHERE ae.grantee = {owner})) gr)"
    )
}

/// Storage options as a sorted list, without the stamp that some minor releases keep in it.
pub(crate) fn options(array: &str) -> String {
    // Most have none, and a subquery costs more than to look.
    format!(
        "CASE WHEN {array} IS NOT NULL THEN (SELECT json_agg(o ORDER BY o) FROM unnest({array}) o \
         WHERE o !~ '^pg_attver=') END"
    )
}

/// The name of what an OID of a catalog means, qualified as SQL spells it; NULL for 0. The columns
/// of the catalog begin with `prefix`.
pub(crate) fn qualified_name(catalog: &str, prefix: &str, oid: &str) -> String {
    format!(
        "(SELECT pg_catalog.quote_ident(qn.nspname) || '.' || pg_catalog.quote_ident(q.{prefix}name) \
         FROM pg_catalog.{catalog} q JOIN pg_catalog.pg_namespace qn ON qn.oid = \
         q.{prefix}namespace WHERE q.oid = {oid})"
    )
}

/// The name of a function, for statements that know its arguments.
pub(crate) fn function_name(oid: &str) -> String {
    qualified_name("pg_proc", "pro", oid)
}

/// The name of a function with the types of its arguments; NULL for 0.
pub(crate) fn signature(oid: &str) -> String {
    format!(
        "({} || (SELECT '(' || pg_catalog.oidvectortypes(sf.proargtypes) || ')' FROM \
         pg_catalog.pg_proc sf WHERE sf.oid = {oid}))",
        function_name(oid)
    )
}

/// The qualified name of an operator, without its operands; NULL for 0.
pub(crate) fn operator_name(oid: &str) -> String {
    format!(
        "(SELECT pg_catalog.quote_ident(qn.nspname) || '.' || q.oprname FROM \
         pg_catalog.pg_operator q JOIN pg_catalog.pg_namespace qn ON qn.oid = q.oprnamespace \
         WHERE q.oid = {oid})"
    )
}
