//! Tells whether rows survived a change of their schema.

use std::collections::BTreeMap;

use crate::Db;

/// Every table that holds rows itself, with its columns: `(name, type)`, quoted for SQL.
/// Columns that are generated are left out where their values follow from the others, which a column
/// that is so no longer must keep.
const TABLES: &str = "
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), quote_ident(a.attname),
           format_type(a.atttypid, a.atttypmod)
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a
        ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated IN (GENERATED)
    WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY 1, 2";

/// What the rows of some tables hold, in the columns that a change should leave alone.
#[derive(Debug)]
pub struct Rows {
    /// For each table the query that reads its rows.
    queries: BTreeMap<String, String>,
    found: BTreeMap<String, Vec<String>>,
}

impl Rows {
    /// Reads the rows of `db`, as far as its tables, and columns of the same type, are in `goal` too.
    pub fn shared_with(db: &Db<'_>, goal: &Db<'_>) -> Self {
        let goals = tables(goal, PLAIN);
        let shared = tables(db, PLAIN_OR_STORED).into_iter().filter_map(|(table, columns)| {
            let kept = goals.get(&table)?;
            let columns: Vec<&str> = columns
                .iter()
                .filter(|(name, kind)| kept.get(*name) == Some(*kind))
                .map(|(name, _)| name.as_str())
                .collect();
            let row = format!("ROW({})::text", columns.join(", "));
            let query = format!("SELECT {row} FROM ONLY {table} ORDER BY 1");
            Some((table, query))
        });
        let queries = shared.collect();
        let found = read(db, &queries);
        Self { queries, found }
    }

    /// Tells which rows are not what they were, `None` when all are, or when as many are what they are
    /// in `goal`: a row of a composite type that gets another attribute is spelled in another way.
    pub fn difference(&self, db: &Db<'_>, goal: &Db<'_>) -> Option<String> {
        let now = read(db, &self.queries);
        let as_in_goal = |table: &String, rows: &Vec<String>| {
            now[table].len() == rows.len()
                && tables(goal, PLAIN).contains_key(table)
                && db.query(&self.queries[table]) == goal.query(&self.queries[table])
        };
        let changed = self
            .found
            .iter()
            .filter(|(table, rows)| now[*table] != **rows && !as_in_goal(table, rows));
        let told: Vec<String> = changed
            .map(|(table, rows)| format!("{table}: {rows:?} became {:?}", now[table]))
            .collect();
        (!told.is_empty()).then(|| told.join("\n"))
    }
}

fn read(db: &Db<'_>, queries: &BTreeMap<String, String>) -> BTreeMap<String, Vec<String>> {
    let rows = queries.iter().map(|(table, query)| {
        let rows = db.query(query).into_iter().flatten().collect();
        (table.clone(), rows)
    });
    rows.collect()
}

/// `pg_attribute.attgenerated` of columns with values of their own.
const PLAIN: &str = "''";

/// The same, and of those whose values are stored.
const PLAIN_OR_STORED: &str = "'', 's'";

fn tables(db: &Db<'_>, generated: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut tables: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for row in db.query(&TABLES.replace("GENERATED", generated)) {
        let [table, column, kind] = row.try_into().expect("three fields");
        let columns = tables.entry(table).or_default();
        if !column.is_empty() {
            columns.insert(column, kind);
        }
    }
    tables
}
