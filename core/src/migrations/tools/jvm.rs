//! Tools of the Java world: Flyway and Liquibase.

use super::super::tool::{At, Beside, Files, Holds, Key, ROWS, Rows, TOOL, Tool, read, told};

pub(super) const TOOLS: &[Tool] = &[FLYWAY, LIQUIBASE];

/// Repairing and undoing add rows: of a version's rows, the last one counts. A row of `SCHEMA` says
/// that Flyway made the schema.
const FLYWAY: Tool = Tool {
    name: "flyway",
    title: "Flyway",
    tables: &["flyway_schema_history", "schema_version"],
    columns: &[
        read("installed_rank", Holds::Number),
        read("version", Holds::Text),
        read("description", Holds::Text),
        read("type", Holds::Text),
        told("script", Holds::Text),
        told("checksum", Holds::Number),
        told("installed_by", Holds::Text),
        read("installed_on", Holds::Time),
        told("execution_time", Holds::Number),
        read("success", Holds::Flag),
    ],
    marker: Some("installed_rank"),
    rows: Rows {
        latest: Some((
            "t.version, CASE WHEN t.version IS NULL THEN t.description END",
            "t.installed_rank DESC",
        )),
        name: "CASE WHEN t.version IS NULL THEN 'R__' ELSE 'V' || t.version || '__' END || \
               replace(t.description, ' ', '_')",
        order: "t.installed_rank",
        at: At::Column("installed_on"),
        skip: Some("t.type = 'SCHEMA' OR (t.type = 'DELETE' OR t.type LIKE 'UNDO%') AND t.success"),
        failed: Some("NOT t.success"),
        baseline: Some("t.type LIKE '%BASELINE'"),
        aside: Some("t.version IS NULL"),
        ..ROWS
    },
    key: Key::Version,
    files: Files::Stems(&[".sql", ".java", ".kt"]),
    ..TOOL
};

const LIQUIBASE: Tool = Tool {
    name: "liquibase",
    title: "Liquibase",
    tables: &["databasechangelog"],
    columns: &[
        read("id", Holds::Text),
        read("author", Holds::Text),
        read("filename", Holds::Text),
        read("dateexecuted", Holds::Time),
        read("orderexecuted", Holds::Number),
        read("exectype", Holds::Text),
        told("md5sum", Holds::Text),
    ],
    marker: Some("orderexecuted"),
    rows: Rows {
        name: "concat_ws('::', t.filename, t.id, t.author)",
        order: "t.orderexecuted",
        at: At::Column("dateexecuted"),
        skip: Some("t.exectype = 'SKIPPED'"),
        failed: Some("t.exectype = 'FAILED'"),
        beside: Some(Beside {
            table: "databasechangeloglock",
            columns: &[read("locked", Holds::Flag), read("lockgranted", Holds::Time)],
            state: "locked",
            name: "''",
            at: At::Column("lockgranted"),
            only: "l.locked",
            latest: None,
        }),
        ..ROWS
    },
    ..TOOL
};
