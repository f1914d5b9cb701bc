//! Tools of Ruby, Elixir, .NET, PHP and Perl, and of platforms.

use super::super::tool::{
    At, Beside, Files, Heads, Holds, Key, Order, ROWS, Rows, TOOL, Tool, read, told,
};

pub(super) const TOOLS: &[Tool] =
    &[SUPABASE, HASURA, HASURA_STATE, ECTO, RAILS, EF_CORE, EF_CORE_SNAKE, LARAVEL, PHINX, SQITCH];

const SUPABASE: Tool = Tool {
    name: "supabase",
    title: "Supabase",
    tables: &["schema_migrations"],
    schema: Some("supabase_migrations"),
    columns: &[read("version", Holds::Text)],
    rows: Rows {
        name: "t.version",
        better_name: Some(("name", "concat_ws('_', t.version, t.name)")),
        order: "t.version",
        ..ROWS
    },
    key: Key::Number,
    files: Files::Stems(&[".sql"]),
    ..TOOL
};

/// Configurations of version 1 and 2.
const HASURA: Tool = Tool {
    name: "hasura",
    title: "Hasura",
    tables: &["schema_migrations"],
    schema: Some("hdb_catalog"),
    columns: &[read("version", Holds::Number), read("dirty", Holds::Flag)],
    exact: true,
    rows: Rows { name: "t.version::text", order: "t.version", failed: Some("t.dirty"), ..ROWS },
    key: Key::Number,
    files: Files::Folders("up.sql"),
    ..TOOL
};

/// Configurations of version 3: `{"migrations": {SOURCE: {VERSION: dirty}}}`.
const HASURA_STATE: Tool = Tool {
    tables: &["hdb_version"],
    columns: &[told("hasura_uuid", Holds::Anything), read("cli_state", Holds::Json)],
    exact: false,
    rows: Rows {
        from: "(SELECT s.key AS scope, m.key AS version, m.value = 'true' AS dirty FROM {table} v, \
               jsonb_each(coalesce(v.cli_state::jsonb -> 'migrations', '{}')) s, \
               jsonb_each(s.value) m) t",
        name: "t.scope || '.' || t.version",
        scope: Some("t.scope"),
        order: "t.version",
        failed: Some("t.dirty"),
        ..ROWS
    },
    heads: Heads::OfEachScope,
    key: Key::Name,
    files: Files::Unread,
    ..HASURA
};

const ECTO: Tool = Tool {
    name: "ecto",
    title: "Ecto",
    tables: &["schema_migrations"],
    columns: &[read("version", Holds::Number), read("inserted_at", Holds::Time)],
    exact: true,
    rows: Rows {
        name: "t.version::text",
        order: "t.version",
        at: At::Column("inserted_at"),
        ..ROWS
    },
    key: Key::Number,
    files: Files::Stems(&[".exs"]),
    ..TOOL
};

const RAILS: Tool = Tool {
    name: "rails",
    title: "Rails",
    tables: &["schema_migrations"],
    columns: &[read("version", Holds::Text)],
    exact: true,
    companion: Some("ar_internal_metadata"),
    rows: Rows { name: "t.version", order: "t.version", ..ROWS },
    key: Key::Number,
    files: Files::Stems(&[".rb"]),
    ..TOOL
};

const EF_CORE: Tool = Tool {
    name: "ef-core",
    title: "EF Core",
    tables: &["__EFMigrationsHistory"],
    columns: &[read("MigrationId", Holds::Text), told("ProductVersion", Holds::Text)],
    marker: Some("MigrationId"),
    rows: Rows { name: "t.\"MigrationId\"", order: "t.\"MigrationId\"", ..ROWS },
    order: Order::Text,
    ..TOOL
};

/// With names in the convention of PostgreSQL.
const EF_CORE_SNAKE: Tool = Tool {
    columns: &[read("migration_id", Holds::Text), told("product_version", Holds::Text)],
    marker: Some("product_version"),
    rows: Rows { name: "t.migration_id", order: "t.migration_id", ..ROWS },
    ..EF_CORE
};

const LARAVEL: Tool = Tool {
    name: "laravel",
    title: "Laravel",
    tables: &["migrations"],
    columns: &[
        read("id", Holds::Number),
        read("migration", Holds::Text),
        told("batch", Holds::Number),
    ],
    exact: true,
    rows: Rows { name: "t.migration", ..ROWS },
    files: Files::Stems(&[".php"]),
    ..TOOL
};

const PHINX: Tool = Tool {
    name: "phinx",
    title: "Phinx",
    tables: &["phinxlog"],
    columns: &[
        read("version", Holds::Number),
        read("migration_name", Holds::Text),
        told("start_time", Holds::Time),
        read("end_time", Holds::Time),
    ],
    rows: Rows {
        name: "concat_ws('_', t.version, t.migration_name)",
        order: "t.version",
        at: At::Column("end_time"),
        ..ROWS
    },
    key: Key::Number,
    files: Files::Stems(&[".php"]),
    ..TOOL
};

/// `changes` holds what is deployed; the newest event of a project tells whether its last run failed.
const SQITCH: Tool = Tool {
    name: "sqitch",
    title: "Sqitch",
    tables: &["changes"],
    columns: &[
        told("change_id", Holds::Text),
        told("script_hash", Holds::Text),
        read("change", Holds::Text),
        read("project", Holds::Text),
        read("committed_at", Holds::Time),
        told("planned_at", Holds::Time),
    ],
    marker: Some("script_hash"),
    rows: Rows {
        name: "t.project || ':' || t.change",
        scope: Some("t.project"),
        order: "t.committed_at",
        at: At::Column("committed_at"),
        beside: Some(Beside {
            table: "events",
            columns: &[
                read("event", Holds::Text),
                read("change", Holds::Text),
                read("project", Holds::Text),
                read("committed_at", Holds::Time),
            ],
            state: "failed",
            name: "l.project || ':' || l.change",
            at: At::Unknown,
            only: "l.event = 'fail'",
            latest: Some(("l.project", "l.committed_at DESC")),
        }),
        ..ROWS
    },
    order: Order::Text,
    heads: Heads::OfEachScope,
    ..TOOL
};
