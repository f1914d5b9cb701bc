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
    /// For each partition that stays one of the same table the query that reads the rows of all.
    whole: BTreeMap<String, String>,
    found_whole: BTreeMap<String, Vec<String>>,
}

/// Every partition with rows, and the table at the top of its tree, where all rows of that are here.
const ROOTS: &str = "
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname),
           quote_ident(m.nspname) || '.' || quote_ident(r.relname)
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class r ON r.oid = pg_partition_root(c.oid)
    JOIN pg_namespace m ON m.oid = r.relnamespace
    WHERE c.relkind = 'r' AND c.relispartition
        AND NOT EXISTS (SELECT FROM pg_partition_tree(r.oid) p JOIN pg_class f ON f.oid = p.relid
                        WHERE f.relkind = 'f')";

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
        let queries: BTreeMap<String, String> = shared.collect();
        let goal_roots = roots(goal);
        let stays = |(table, root): &(String, String)| goal_roots.get(table) == Some(root);
        let whole = roots(db).into_iter().filter(stays).filter_map(|(table, root)| {
            let query =
                queries.get(&table)?.replace(&format!("ONLY {table} "), &format!("{root} "));
            Some((table, query))
        });
        let whole = whole.collect();
        let (found, found_whole) = (read(db, &queries), read(db, &whole));
        Self { queries, found, whole, found_whole }
    }

    /// Tells which rows are not what they were, `None` when all are, or when as many are what they are
    /// in `goal`: a row of a composite type that gets another attribute is spelled in another way. A row
    /// may go from a partition to another one.
    pub fn difference(&self, db: &Db<'_>, goal: &Db<'_>) -> Option<String> {
        let now = read(db, &self.queries);
        let whole = read(db, &self.whole);
        let moved: Vec<&String> = whole
            .iter()
            .filter(|(table, rows)| self.found_whole[*table] == **rows)
            .map(|(table, _)| table)
            .collect();
        let as_in_goal = |table: &String, rows: &Vec<String>| {
            now[table].len() == rows.len()
                && tables(goal, PLAIN).contains_key(table)
                && db.query(&self.queries[table]) == goal.query(&self.queries[table])
        };
        let changed = self
            .found
            .iter()
            .filter(|(table, rows)| now[*table] != **rows && !as_in_goal(table, rows))
            .filter(|(table, _)| !moved.contains(table));
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

fn roots(db: &Db<'_>) -> BTreeMap<String, String> {
    let rows = db.query(ROOTS).into_iter();
    rows.map(|row| {
        row.try_into().map(|[table, root]: [String; 2]| (table, root)).expect("two fields")
    })
    .collect()
}

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
