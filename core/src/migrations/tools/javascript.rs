//! Tools of the JavaScript world.

use super::super::tool::{
    At, Beside, Files, Holds, Key, Order, ROWS, Rows, TOOL, Tool, read, told,
};

pub(super) const TOOLS: &[Tool] =
    &[PRISMA, DRIZZLE, KNEX, SEQUELIZE, TYPEORM, MIKRO_ORM, NODE_PG_MIGRATE];

/// A row is written when a migration begins; one that failed has a log, and stays until it is
/// resolved: rolled back, or finished by hand. Of the log it is asked only whether there is one.
const PRISMA: Tool = Tool {
    name: "prisma",
    title: "Prisma",
    tables: &["_prisma_migrations"],
    columns: &[
        told("id", Holds::Text),
        told("checksum", Holds::Text),
        read("finished_at", Holds::Time),
        read("migration_name", Holds::Text),
        read("logs", Holds::Text),
        read("rolled_back_at", Holds::Time),
        read("started_at", Holds::Time),
        told("applied_steps_count", Holds::Number),
    ],
    marker: Some("applied_steps_count"),
    rows: Rows {
        name: "t.migration_name",
        order: "coalesce(t.finished_at, t.started_at)",
        at: At::Column("finished_at"),
        skip: Some("t.rolled_back_at IS NOT NULL"),
        failed: Some("t.finished_at IS NULL AND t.logs IS NOT NULL"),
        running: Some("t.finished_at IS NULL"),
        ..ROWS
    },
    order: Order::Text,
    files: Files::Folders("migration.sql"),
    ..TOOL
};

/// `created_at` is the time in a migration's name and not the one at which it was applied.
const DRIZZLE: Tool = Tool {
    name: "drizzle",
    title: "Drizzle",
    tables: &["__drizzle_migrations"],
    columns: &[
        told("id", Holds::Number),
        told("hash", Holds::Text),
        read("created_at", Holds::Number),
    ],
    rows: Rows {
        name: "t.created_at::text",
        better_name: Some(("name", "concat_ws('_', t.created_at, t.name)")),
        order: "t.created_at",
        at: At::Column("applied_at"),
        ..ROWS
    },
    key: Key::Number,
    files: Files::Drizzle,
    ..TOOL
};

const KNEX: Tool = Tool {
    name: "knex",
    title: "Knex",
    tables: &["knex_migrations"],
    columns: &[
        read("id", Holds::Number),
        read("name", Holds::Text),
        told("batch", Holds::Number),
        read("migration_time", Holds::Time),
    ],
    marker: Some("migration_time"),
    rows: Rows {
        at: At::Column("migration_time"),
        beside: Some(Beside {
            table: "*_lock",
            columns: &[told("index", Holds::Number), read("is_locked", Holds::Number)],
            state: "locked",
            name: "''",
            at: At::Unknown,
            only: "l.is_locked = 1",
            latest: None,
        }),
        ..ROWS
    },
    files: Files::Names(&[".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".sql"]),
    ..TOOL
};

const SEQUELIZE: Tool = Tool {
    name: "sequelize",
    title: "Sequelize",
    tables: &["SequelizeMeta"],
    columns: &[read("name", Holds::Text)],
    exact: true,
    rows: Rows { order: "t.name", ..ROWS },
    order: Order::Text,
    files: Files::Names(&[".js", ".ts", ".mjs", ".cjs"]),
    ..TOOL
};

/// The time is the one in the name of the class.
const TYPEORM: Tool = Tool {
    name: "typeorm",
    title: "TypeORM",
    tables: &["migrations"],
    columns: &[
        told("id", Holds::Number),
        read("timestamp", Holds::Number),
        read("name", Holds::Text),
    ],
    exact: true,
    rows: Rows { order: "t.\"timestamp\"", ..ROWS },
    ..TOOL
};

const MIKRO_ORM: Tool = Tool {
    name: "mikro-orm",
    title: "MikroORM",
    tables: &["mikro_orm_migrations"],
    columns: &[
        read("id", Holds::Number),
        read("name", Holds::Text),
        read("executed_at", Holds::Time),
    ],
    rows: Rows { at: At::Column("executed_at"), ..ROWS },
    files: Files::Stems(&[".js", ".ts"]),
    ..TOOL
};

const NODE_PG_MIGRATE: Tool = Tool {
    name: "node-pg-migrate",
    title: "node-pg-migrate",
    tables: &["pgmigrations"],
    columns: &[read("id", Holds::Number), read("name", Holds::Text), read("run_on", Holds::Time)],
    rows: Rows { at: At::Column("run_on"), ..ROWS },
    files: Files::Stems(&[".js", ".ts", ".mjs", ".cjs", ".sql"]),
    ..TOOL
};
