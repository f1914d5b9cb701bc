//! What to read of histories of migrations.

use std::fmt;

use thiserror::Error;

use super::recognise::Candidate;
use super::tools;
use crate::sql::{quote_ident, split_name};

/// What to read of histories of migrations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadMigrations {
    /// Hashes stand for the names of migrations.
    pub hash: bool,
    /// Tables with names of their own.
    pub tables: Vec<NamedTable>,
}

/// A table that somebody named as the history of a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedTable {
    /// The tool's name.
    pub tool: String,
    /// The schema; `None` for any.
    pub schema: Option<String>,
    /// The table's name.
    pub table: String,
}

/// Why a text does not name a table.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum NamedTableError {
    /// It is not in two parts.
    #[error("write it as TOOL=schema.table, e.g. flyway=app.history")]
    Form,
    /// There is no such tool.
    #[error("no tool is called {found:?}: take one of {}", tools::names().join(", "))]
    Tool {
        /// What stands in its place.
        found: String,
    },
}

impl NamedTable {
    /// Reads `TOOL=schema.table` or `TOOL=table`, with names quoted as in SQL.
    pub fn parse(text: &str) -> Result<NamedTable, NamedTableError> {
        let (tool, name) = text.split_once('=').ok_or(NamedTableError::Form)?;
        if tools::named(tool).is_none() {
            return Err(NamedTableError::Tool { found: tool.to_owned() });
        }
        let mut parts = split_name(name);
        let (table, schema) = (parts.pop().unwrap_or_default(), parts.pop());
        if table.is_empty() || schema.as_deref() == Some("") || !parts.is_empty() {
            return Err(NamedTableError::Form);
        }
        Ok(NamedTable { tool: tool.to_owned(), schema, table })
    }

    pub(super) fn is(&self, table: &Candidate) -> bool {
        self.table == table.table && self.schema.as_ref().is_none_or(|name| *name == table.schema)
    }
}

impl fmt::Display for NamedTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{}.", quote_ident(schema))?;
        }
        let title = tools::named(&self.tool).map_or(self.tool.as_str(), |tool| tool.title);
        write!(f, "{} ({title})", quote_ident(&self.table))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    #[test]
    fn tables_are_named_as_in_sql() {
        let parsed = |text: &str| NamedTable::parse(text).map(|named| named.to_string());
        assert_eq!(parsed("flyway=app.history").unwrap(), "app.history (Flyway)");
        assert_eq!(parsed("knex=k").unwrap(), "k (Knex)");
        assert_eq!(parsed("rails=\"a.b\".\"C\"").unwrap(), "\"a.b\".\"C\" (Rails)");
        for text in ["flyway", "flyway=", "flyway=a.b.c", "flyway=.b"] {
            assert_eq!(parsed(text), Err(NamedTableError::Form), "{text}");
        }
        let error = parsed("flywya=a").unwrap_err().to_string();
        assert!(error.contains("\"flywya\"") && error.contains("flyway, "), "{error}");
    }
}
