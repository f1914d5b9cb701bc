//! Reading a database's catalog: which queries to run, and how their rows become a snapshot.
//!
//! The queries are plain SQL that returns two text columns, so that any client can run them: a
//! driver, psql, a PostgreSQL in the browser. The kinds' own queries stand with the kinds.

mod assemble;
mod globs;
mod resolve;
mod respell;
mod rows;
mod shared;

pub use assemble::{Assembler, CatalogError, ExportInfo};
pub use globs::matches as glob_matches;
pub(crate) use respell::may_be_respelled;
pub use rows::{
    psql_script, read, read_beside, read_beside_telling, read_document, read_document_telling,
};

use crate::migrations::{self, ReadMigrations};
use crate::objects::catalog_queries;

/// What to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportOptions {
    /// What the person calls the database.
    pub label: Option<String>,
    /// Globs of schemas to read; empty for all.
    pub schemas: Vec<String>,
    /// Globs of schemas to leave out.
    pub exclude: Vec<String>,
    /// Roles and memberships were asked for.
    pub roles: bool,
    /// How histories of migrations are read; `None` when they are not.
    pub migrations: Option<ReadMigrations>,
}

/// One catalog query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What its rows are; to be handed to [`Assembler::row`].
    pub name: &'static str,
    /// The statement: two text columns, key and value; the value is JSON on one line.
    pub sql: String,
    /// The table whose rows it reads, for messages; `None` for the catalog. When such a query fails, for
    /// whatever reason, the export goes on without it: see [`Assembler::failed`].
    pub table: Option<String>,
}

/// Statements to run first, inside the transaction. They make names in definitions qualified and
/// spelling independent of the session.
///
/// PostgreSQL manual, "Client Connection Defaults".
pub fn session_sql() -> &'static [&'static str] {
    &[
        "SET LOCAL search_path = ''",
        "SET LOCAL quote_all_identifiers = off",
        "SET LOCAL extra_float_digits = 1",
        "SET LOCAL DateStyle = 'ISO, YMD'",
        "SET LOCAL IntervalStyle = 'postgres'",
        "SET LOCAL TimeZone = 'UTC'",
        "SET LOCAL bytea_output = 'hex'",
        "SET LOCAL xmlbinary = 'base64'",
        "SET LOCAL standard_conforming_strings = on",
        "SET LOCAL jit = off",
        // Sorts and hashes of a catalog need no files.
        "SET LOCAL work_mem = '64MB'",
        "SET LOCAL enable_nestloop = on",
    ]
}

/// To be run too before queries that read rows of tables: rows that a policy would hide make a query
/// fail instead of being left out.
pub const WHOLE_TABLES_SQL: &str = "SET LOCAL row_security = off";

/// The queries. The [`Assembler`] takes them in any order.
///
/// `server` is `server_version_num`.
pub fn queries(server: u32, options: &ExportOptions) -> Vec<Query> {
    let catalog = |name: &'static str, sql: String| Query { name, sql, table: None };
    let mut queries = vec![catalog("source", shared::source(server))];
    queries.extend(
        catalog_queries(server)
            .into_iter()
            .filter(|(kind, _)| options.roles || !kind.of_cluster())
            .map(|(kind, sql)| catalog(kind.as_str(), sql)),
    );
    let shared = shared::queries(server, options).into_iter();
    queries.extend(shared.map(|(name, sql)| catalog(name, sql)));
    queries
}

/// The query for tables that may be histories of migrations, to be run before the others: what the
/// [`Assembler`] has learned from its rows makes [`Assembler::ledger_queries`].
pub fn ledger_search(options: &ExportOptions) -> Option<Query> {
    let options = options.migrations.as_ref()?;
    Some(Query { name: "ledger", sql: migrations::search(options), table: None })
}

/// The queries that take longest, in that order, in databases of many kinds.
const LONG: &[&str] =
    &["index", "column", "constraint", "dependency", "statistics", "table", "view", "function"];

/// Puts the queries in front that take longest: then several sessions that share them are done at
/// about the same time.
pub fn longest_first(queries: &mut [Query]) {
    let place = |query: &Query| LONG.iter().position(|name| *name == query.name);
    queries.sort_by_key(|query| place(query).unwrap_or(LONG.len()));
}
