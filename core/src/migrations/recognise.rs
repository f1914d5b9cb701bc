//! Which tables are histories of migrations: told by their columns.
//!
//! A name alone says little: `schema_migrations` is the table of five tools. So the name brings a table
//! up, or a column that only one tool has, and the columns decide.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::options::{NamedTable, ReadMigrations};
use super::tool::{Beside, Column, Tool};
use super::tools;
use crate::objects::query::USER_SCHEMA;
use crate::sql::{qualified, quote_literal};

/// A table that may be a history, or stand beside one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Candidate {
    pub(crate) schema: String,
    pub(crate) table: String,
    /// Name, type, and whether the role may read it.
    pub(crate) columns: Vec<(String, String, bool)>,
}

impl Candidate {
    /// The type of a column, by its name in `pg_type`.
    pub(super) fn data_type(&self, column: &str) -> Option<&str> {
        self.columns.iter().find(|(name, ..)| name == column).map(|(_, of, _)| of.as_str())
    }

    fn has(&self, columns: &[Column]) -> bool {
        let fits =
            |column: &Column| self.data_type(column.name).is_some_and(|of| column.holds.takes(of));
        columns.iter().all(fits)
    }

    fn readable(&self, columns: &[Column]) -> bool {
        let readable = |column: &Column| {
            self.columns.iter().any(|(name, _, readable)| name == column.name && *readable)
        };
        columns.iter().filter(|column| column.read).all(readable)
    }
}

/// A history that can be read.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(super) tool: &'static Tool,
    pub(super) table: Candidate,
    pub(super) beside: Option<(Beside, Candidate)>,
}

impl Found {
    /// Tool and table, for messages.
    pub(crate) fn place(&self) -> String {
        place(&self.table, self.tool)
    }
}

fn place(table: &Candidate, tool: &Tool) -> String {
    format!("{} ({})", qualified(&table.schema, &table.table), tool.title)
}

/// The query for tables that may be histories, or stand beside one.
pub(crate) fn search(options: &ReadMigrations) -> String {
    let mut names: Vec<&str> = Vec::new();
    let mut columns: Vec<&str> = Vec::new();
    for tool in tools::all() {
        names.extend(tool.tables);
        names.extend(tool.companion);
        columns.extend(tool.marker);
        match tool.rows.beside {
            // It is called like the history, which may have any name.
            Some(beside) if beside.table.starts_with('*') => {
                columns.extend(beside.columns.iter().filter(|column| column.read).map(|c| c.name));
            }
            Some(beside) => names.push(beside.table),
            None => {}
        }
    }
    names.extend(options.tables.iter().map(|named| named.table.as_str()));
    format!(
        "SELECT c.oid::text, json_build_object('schema', n.nspname, 'table', c.relname, 'columns', \
         json_agg(json_build_array(a.attname, t.typname, pg_catalog.has_schema_privilege(n.oid, \
         'USAGE') AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')) ORDER BY \
         a.attnum))::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = \
         c.relnamespace JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT \
         a.attisdropped JOIN pg_catalog.pg_type t ON t.oid = a.atttypid WHERE c.relkind IN ('r', 'p') \
         AND NOT c.relispartition AND {USER_SCHEMA} AND (c.relname IN ({}) OR c.oid IN (SELECT \
         m.attrelid FROM pg_catalog.pg_attribute m WHERE m.attnum > 0 AND m.attname IN ({}))) GROUP BY \
         c.oid, n.nspname, c.relname",
        literals(names),
        literals(columns)
    )
}

fn literals(mut words: Vec<&str>) -> String {
    words.sort_unstable();
    words.dedup();
    words.iter().map(|word| quote_literal(word)).collect::<Vec<_>>().join(", ")
}

/// The histories among the candidates, and sentences about those that cannot be read.
pub(crate) fn recognise(
    candidates: &[Candidate],
    options: &ReadMigrations,
) -> (Vec<Found>, Vec<String>) {
    let by_name: BTreeMap<(&str, &str), &Candidate> = candidates
        .iter()
        .map(|table| ((table.schema.as_str(), table.table.as_str()), table))
        .collect();
    let (mut found, mut not_read) = (Vec::new(), Vec::new());
    for table in by_name.values() {
        let Some(tool) = tool_of(table, options, &by_name) else { continue };
        if !table.readable(tool.columns) {
            not_read.push(format!("{}: the role may not read it", place(table, tool)));
            continue;
        }
        let beside = tool.rows.beside.and_then(|beside| {
            let name = beside.table.replace('*', &table.table);
            let other = by_name.get(&(table.schema.as_str(), name.as_str()))?;
            other.has(beside.columns).then_some((beside, Candidate::clone(other)))
        });
        let beside = beside.filter(|(beside, other)| {
            let readable = other.readable(beside.columns);
            if !readable {
                let (name, state) = (qualified(&other.schema, &other.table), beside.state);
                not_read.push(format!(
                    "{name} ({}): the role may not read it, so what is {state} is not known",
                    tool.title
                ));
            }
            readable
        });
        found.push(Found { tool, table: Candidate::clone(table), beside });
    }
    not_read.extend(options.tables.iter().filter_map(|named| mistaken(named, candidates)));
    (found, not_read)
}

/// The tool whose history a table is.
fn tool_of(
    table: &Candidate,
    options: &ReadMigrations,
    all: &BTreeMap<(&str, &str), &Candidate>,
) -> Option<&'static Tool> {
    if let Some(named) = options.tables.iter().find(|named| named.is(table)) {
        return tools::all().find(|tool| tool.name == named.tool && table.has(tool.columns));
    }
    tools::all().find(|tool| {
        let called = tool.tables.contains(&table.table.as_str()) || tool.marker.is_some();
        called
            && table.has(tool.columns)
            && (!tool.exact || table.columns.len() == tool.columns.len())
            && tool.schema.is_none_or(|schema| schema == table.schema)
            && tool.companion.is_none_or(|name| all.contains_key(&(table.schema.as_str(), name)))
    })
}

/// Why a table that somebody named is no history.
fn mistaken(named: &NamedTable, candidates: &[Candidate]) -> Option<String> {
    let mut there = candidates.iter().filter(|table| named.is(table)).peekable();
    if there.peek().is_none() {
        return Some(format!("{named}: there is no such table"));
    }
    let forms: Vec<&Tool> = tools::all().filter(|tool| tool.name == named.tool).collect();
    let fits = there.any(|table| forms.iter().any(|tool| table.has(tool.columns)));
    let columns = forms.first()?.columns.iter().map(|column| column.name).collect::<Vec<_>>();
    let title = forms.first()?.title;
    (!fits).then(|| format!("{named}: it has not the columns of {title}: {}", columns.join(", ")))
}

#[cfg(test)]
#[path = "recognise_tests.rs"]
mod tests;
