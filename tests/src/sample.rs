//! The sample databases on a server, and what a person would find when looking for drift by hand.

use std::collections::BTreeSet;

use crate::{Cluster, Db, workspace};

/// The identity of every column of a table, as snapshots spell it.
const COLUMNS: &str = "
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname),
           'column:' || quote_ident(n.nspname) || '.' || quote_ident(c.relname)
               || '.' || quote_ident(a.attname)
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

/// A sample, loaded in both of its states.
#[derive(Debug)]
pub struct Sample<'c> {
    /// Production: the database as it is.
    pub start: Db<'c>,
    /// Development: the desired state.
    pub goal: Db<'c>,
}

impl<'c> Sample<'c> {
    /// Loads both states; the databases are named after the sample and the test.
    pub fn load(cluster: &'c Cluster, name: &str, test: &str) -> Self {
        let load = |state: &str| {
            let db = cluster.database(&format!("{name}_{test}_{state}"));
            db.file(workspace::sample(name, state));
            db
        };
        Self { start: load("from"), goal: load("to") }
    }

    /// The columns that the start lacks in tables that both have, asked of the servers.
    pub fn missing_columns(&self) -> BTreeSet<String> {
        columns_only_in(&self.goal, &self.start)
    }

    /// The columns that only the start has, in tables that both have, asked of the servers.
    pub fn extra_columns(&self) -> BTreeSet<String> {
        columns_only_in(&self.start, &self.goal)
    }
}

fn columns_only_in(db: &Db<'_>, other: &Db<'_>) -> BTreeSet<String> {
    let others = other.query(COLUMNS);
    let tables: BTreeSet<&str> = others.iter().map(|row| row[0].as_str()).collect();
    let known: BTreeSet<&str> = others.iter().map(|row| row[1].as_str()).collect();
    let columns = db.query(COLUMNS).into_iter();
    columns
        .filter(|row| tables.contains(row[0].as_str()) && !known.contains(row[1].as_str()))
        .map(|mut row| row.remove(1))
        .collect()
}
