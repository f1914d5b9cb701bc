//! Tools of the Go world, and those that keep nothing but versions.

use super::super::tool::{At, Files, Heads, Holds, Key, Order, ROWS, Rows, TOOL, Tool, read, told};

pub(super) const TOOLS: &[Tool] = &[ATLAS, PGROLL, GOOSE, GOLANG_MIGRATE, TERN, DBMATE];

/// Bits of `type`: 1 for a baseline, 4 for one that somebody set by hand.
const ATLAS: Tool = Tool {
    name: "atlas",
    title: "Atlas",
    tables: &["atlas_schema_revisions"],
    columns: &[
        read("version", Holds::Text),
        read("description", Holds::Text),
        read("type", Holds::Number),
        read("applied", Holds::Number),
        read("total", Holds::Number),
        read("executed_at", Holds::Time),
        read("error", Holds::Text),
        told("hash", Holds::Text),
        told("partial_hashes", Holds::Json),
        told("operator_version", Holds::Text),
    ],
    marker: Some("partial_hashes"),
    rows: Rows {
        name: "concat_ws('_', t.version, nullif(t.description, ''))",
        order: "t.version",
        at: At::Column("executed_at"),
        skip: Some("t.version = '.atlas_cloud_identifier'"),
        failed: Some("t.error <> '' AND t.type & 4 = 0"),
        running: Some("t.applied < t.total AND t.type & 4 = 0"),
        baseline: Some("t.type & 1 = 1"),
        ..ROWS
    },
    order: Order::Text,
    key: Key::Number,
    files: Files::Stems(&[".sql"]),
    ..TOOL
};

/// `schema` says which schema a migration is of: each has a chain of its own.
const PGROLL: Tool = Tool {
    name: "pgroll",
    title: "pgroll",
    tables: &["migrations"],
    columns: &[
        read("schema", Holds::Text),
        read("name", Holds::Text),
        read("created_at", Holds::Time),
        read("updated_at", Holds::Time),
        read("done", Holds::Flag),
        told("parent", Holds::Text),
        told("resulting_schema", Holds::Json),
    ],
    marker: Some("resulting_schema"),
    rows: Rows {
        name: "t.schema || '.' || t.name",
        scope: Some("t.schema"),
        order: "t.created_at",
        at: At::Column("updated_at"),
        running: Some("NOT t.done"),
        ..ROWS
    },
    order: Order::Text,
    heads: Heads::OfEachScope,
    ..TOOL
};

/// Going down once added a row, and now deletes one: of a version's rows, the last one counts.
const GOOSE: Tool = Tool {
    name: "goose",
    title: "goose",
    tables: &["goose_db_version"],
    columns: &[
        read("id", Holds::Number),
        read("version_id", Holds::Number),
        read("is_applied", Holds::Flag),
        read("tstamp", Holds::Time),
    ],
    marker: Some("version_id"),
    rows: Rows {
        latest: Some(("t.version_id", "t.id DESC")),
        name: "t.version_id::text",
        order: "t.version_id",
        at: At::Column("tstamp"),
        skip: Some("t.version_id = 0 OR NOT t.is_applied"),
        ..ROWS
    },
    key: Key::Number,
    files: Files::Stems(&[".sql", ".go"]),
    ..TOOL
};

const GOLANG_MIGRATE: Tool = Tool {
    name: "golang-migrate",
    title: "golang-migrate",
    tables: &["schema_migrations"],
    columns: &[read("version", Holds::Number), read("dirty", Holds::Flag)],
    exact: true,
    rows: Rows { name: "t.version::text", order: "t.version", failed: Some("t.dirty"), ..ROWS },
    heads: Heads::Current,
    key: Key::Number,
    files: Files::Stems(&[".up.sql"]),
    ..TOOL
};

/// Before any migration its version is 0.
const TERN: Tool = Tool {
    name: "tern",
    title: "tern",
    tables: &["schema_version"],
    columns: &[read("version", Holds::Number)],
    exact: true,
    rows: Rows { name: "t.version::text", order: "t.version", skip: Some("t.version = 0"), ..ROWS },
    heads: Heads::Current,
    key: Key::Number,
    files: Files::Stems(&[".sql"]),
    ..TOOL
};

/// Its table is that of Rails; only what stands beside it tells the two apart.
const DBMATE: Tool = Tool {
    name: "dbmate",
    title: "dbmate",
    tables: &["schema_migrations"],
    columns: &[read("version", Holds::Text)],
    exact: true,
    rows: Rows { name: "t.version", order: "t.version", ..ROWS },
    key: Key::Number,
    files: Files::Stems(&[".sql"]),
    ..TOOL
};
