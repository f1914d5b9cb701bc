//! Tools of the Rust world: sqlx, Diesel, `SeaORM` and refinery.

use super::super::tool::{At, Files, Holds, Key, Order, ROWS, Rows, TOOL, Tool, read, told};

pub(super) const TOOLS: &[Tool] = &[SQLX, DIESEL, SEA_ORM, REFINERY];

const SQLX: Tool = Tool {
    name: "sqlx",
    title: "sqlx",
    tables: &["_sqlx_migrations"],
    columns: &[
        read("version", Holds::Number),
        read("description", Holds::Text),
        read("installed_on", Holds::Time),
        read("success", Holds::Flag),
        told("checksum", Holds::Anything),
        told("execution_time", Holds::Number),
    ],
    rows: Rows {
        name: "t.version || '_' || replace(t.description, ' ', '_')",
        order: "t.version",
        at: At::Column("installed_on"),
        failed: Some("NOT t.success"),
        ..ROWS
    },
    key: Key::Number,
    files: Files::Stems(&[".up.sql", ".sql"]),
    ..TOOL
};

const DIESEL: Tool = Tool {
    name: "diesel",
    title: "Diesel",
    tables: &["__diesel_schema_migrations"],
    columns: &[read("version", Holds::Text), read("run_on", Holds::Time)],
    rows: Rows { name: "t.version", order: "t.version", at: At::Column("run_on"), ..ROWS },
    key: Key::Number,
    files: Files::Folders("up.sql"),
    ..TOOL
};

const SEA_ORM: Tool = Tool {
    name: "sea-orm",
    title: "SeaORM",
    tables: &["seaql_migrations"],
    columns: &[read("version", Holds::Text), read("applied_at", Holds::Number)],
    rows: Rows { name: "t.version", order: "t.version", at: At::Seconds("applied_at"), ..ROWS },
    order: Order::Text,
    ..TOOL
};

const REFINERY: Tool = Tool {
    name: "refinery",
    title: "refinery",
    tables: &["refinery_schema_history"],
    columns: &[
        read("version", Holds::Number),
        read("name", Holds::Text),
        read("applied_on", Holds::Text),
        told("checksum", Holds::Text),
    ],
    rows: Rows {
        name: "'V' || t.version || '__' || t.name",
        order: "t.version",
        at: At::Text("applied_on"),
        ..ROWS
    },
    key: Key::Version,
    files: Files::Stems(&[".sql", ".rs"]),
    ..TOOL
};
