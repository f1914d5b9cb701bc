//! Tools of the Python world: Alembic, Django and yoyo.

use super::super::tool::{
    At, Beside, Files, Heads, Holds, Order, ROWS, Rows, TOOL, Tool, read, told,
};

pub(super) const TOOLS: &[Tool] = &[ALEMBIC, DJANGO, YOYO];

/// The table holds the heads alone; what comes before them is in the files.
const ALEMBIC: Tool = Tool {
    name: "alembic",
    title: "Alembic",
    tables: &["alembic_version"],
    columns: &[read("version_num", Holds::Text)],
    exact: true,
    marker: Some("version_num"),
    rows: Rows { name: "t.version_num", order: "t.version_num", ..ROWS },
    order: Order::Text,
    heads: Heads::All,
    files: Files::Alembic,
    ..TOOL
};

const DJANGO: Tool = Tool {
    name: "django",
    title: "Django",
    tables: &["django_migrations"],
    columns: &[
        read("id", Holds::Number),
        read("app", Holds::Text),
        read("name", Holds::Text),
        read("applied", Holds::Time),
    ],
    rows: Rows {
        name: "t.app || '.' || t.name",
        scope: Some("t.app"),
        at: At::Column("applied"),
        ..ROWS
    },
    heads: Heads::OfEachScope,
    files: Files::Django,
    ..TOOL
};

const YOYO: Tool = Tool {
    name: "yoyo",
    title: "yoyo",
    tables: &["_yoyo_migration"],
    columns: &[
        told("migration_hash", Holds::Text),
        read("migration_id", Holds::Text),
        read("applied_at_utc", Holds::Time),
    ],
    marker: Some("applied_at_utc"),
    rows: Rows {
        name: "t.migration_id",
        order: "t.applied_at_utc",
        at: At::Column("applied_at_utc"),
        beside: Some(Beside {
            table: "yoyo_lock",
            columns: &[read("locked", Holds::Number), read("ctime", Holds::Time)],
            state: "locked",
            name: "''",
            at: At::Column("ctime"),
            only: "l.locked = 1",
            latest: None,
        }),
        ..ROWS
    },
    order: Order::Text,
    files: Files::Stems(&[".py", ".sql"]),
    ..TOOL
};
