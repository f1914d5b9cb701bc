//! The query for the rows of one history, and how a row looks.

use serde::Deserialize;

use super::recognise::{Candidate, Found};
use super::tool::{At, Beside, Column};
use crate::sql::{qualified, quote_ident, quote_literal};

/// No history of people is longer; what is, is another table.
pub(super) const MOST_ROWS: usize = 50_000;
/// No name is longer.
const LONGEST: usize = 500;

/// What became of a migration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// It was applied.
    #[default]
    Applied,
    /// It stands for all that comes before it.
    Baseline,
    /// It failed.
    Failed,
    /// It began and did not end.
    InProgress,
    /// A lock is held: the row is of no migration.
    Locked,
}

/// One row of the query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Row {
    pub(super) name: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) order: Option<String>,
    pub(super) at: Option<String>,
    pub(super) state: State,
    pub(super) aside: bool,
}

/// The query: two text columns, `key` and a [`Row`] as JSON.
pub(crate) fn query(found: &Found, key: &str) -> String {
    let key = quote_literal(key);
    let of_table = select(&key, found);
    match &found.beside {
        Some((beside, table)) => {
            format!("{of_table} UNION ALL {}", select_beside(&key, beside, table))
        }
        None => of_table,
    }
}

fn select(key: &str, found: &Found) -> String {
    let (rows, table) = (&found.tool.rows, &found.table);
    let quoted = qualified(&table.schema, &table.table);
    let from = match rows.latest {
        Some((same, order)) => latest(&quoted, "t", same, order, found.tool.columns),
        None => rows.from.replace("{table}", &quoted),
    };
    let better = rows.better_name.filter(|(column, _)| {
        table.columns.iter().any(|(name, _, readable)| name == column && *readable)
    });
    let name = better.map_or(rows.name, |(_, name)| name);
    let when = |condition: Option<&str>, then: &str| {
        condition.map_or_else(String::new, |condition| format!(" WHEN {condition} THEN {then}"))
    };
    let state = [
        when(rows.failed, "'failed'"),
        when(rows.running, "'in_progress'"),
        when(rows.baseline, "'baseline'"),
    ]
    .concat();
    let members = [
        ("name", text(name)),
        ("scope", rows.scope.map_or("NULL".to_owned(), text)),
        ("order", text(rows.order)),
        ("at", at(rows.at, "t", table)),
        ("state", if state.is_empty() { "NULL".to_owned() } else { format!("CASE{state} END") }),
        (
            "aside",
            rows.aside.map_or("NULL".to_owned(), |of| format!("CASE WHEN {of} THEN true END")),
        ),
    ];
    let skip = rows.skip.map_or_else(String::new, |of| format!(" WHERE ({of}) IS NOT TRUE"));
    format!("(SELECT {key}, {} FROM {from}{skip} LIMIT {})", json(&members), MOST_ROWS + 1)
}

fn select_beside(key: &str, beside: &Beside, table: &Candidate) -> String {
    let quoted = qualified(&table.schema, &table.table);
    let from = match beside.latest {
        Some((same, order)) => latest(&quoted, "l", same, order, beside.columns),
        None => format!("{quoted} l"),
    };
    let members = [
        ("name", text(beside.name)),
        ("at", at(beside.at, "l", table)),
        ("state", quote_literal(beside.state)),
    ];
    format!("(SELECT {key}, {} FROM {from} WHERE {} LIMIT 100)", json(&members), beside.only)
}

/// The columns that are read, of one row of each group of rows.
fn latest(table: &str, alias: &str, same: &str, order: &str, columns: &[Column]) -> String {
    let read: Vec<String> = columns
        .iter()
        .filter(|column| column.read)
        .map(|column| format!("{alias}.{}", quote_ident(column.name)))
        .collect();
    format!(
        "(SELECT DISTINCT ON ({same}) {} FROM {table} {alias} ORDER BY {same}, {order}) {alias}",
        read.join(", ")
    )
}

fn text(expression: &str) -> String {
    format!("pg_catalog.left(({expression})::text, {LONGEST})")
}

fn json(members: &[(&str, String)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(name, sql)| format!("'{name}', {sql}")).collect();
    format!("json_strip_nulls(json_build_object({}))::text", members.join(", "))
}

/// A time in RFC 3339; without a zone where the column has none.
fn at(at: At, alias: &str, table: &Candidate) -> String {
    let form = |time: String, end: &str| {
        format!("pg_catalog.to_char({time}, 'YYYY-MM-DD\"T\"HH24:MI:SS{end}')")
    };
    match at {
        At::Column(name) => match table.data_type(name) {
            Some("timestamptz") => {
                form(format!("{alias}.{} AT TIME ZONE 'UTC'", quote_ident(name)), "\"Z\"")
            }
            Some("timestamp") => form(format!("{alias}.{}", quote_ident(name)), ""),
            _ => "NULL".to_owned(),
        },
        At::Seconds(name) => {
            form(format!("pg_catalog.to_timestamp({alias}.{name}) AT TIME ZONE 'UTC'"), "\"Z\"")
        }
        At::Text(name) => format!("pg_catalog.left({alias}.{name}, 40)"),
        At::Unknown => "NULL".to_owned(),
    }
}
