//! What goes with an object: what the core says, judged by a server that drops it, with and without
//! CASCADE, and takes that back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use pgparity_core::impact::Dependencies;
use pgparity_core::model::Id;
use pgparity_core::objects::{AnyObject, Kind};
use pgparity_core::snapshot::{Snapshot, read};
use pgparity_core::sql::{quote_ident, quote_literal, split_name};
use pgparity_tests::{Bench, Db, each_version, workspace};

/// A function that drops something twice, and says what is gone then.
const JUDGE: &str = include_str!("../fixtures/judge_of_drops.sql");

/// Objects of many sorts that hang on each other.
const OWN: &str = "
    CREATE TYPE mood AS ENUM ('a', 'b');
    CREATE DOMAIN short AS text CHECK (length(VALUE) < 9);
    CREATE FUNCTION low(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < 9';
    CREATE DOMAIN small AS integer CHECK (low(VALUE));
    CREATE DOMAIN set_up AS boolean DEFAULT low(1);
    CREATE TYPE pair AS (m mood, n integer);
    CREATE SEQUENCE shared;
    CREATE TABLE a (id serial PRIMARY KEY, m mood, s short, n integer DEFAULT nextval('shared'),
        twice integer GENERATED ALWAYS AS (n * 2) STORED, UNIQUE (m, s), CHECK (n > 0 AND low(n)));
    CREATE TABLE b (a_id integer REFERENCES a, up integer, id integer PRIMARY KEY,
        FOREIGN KEY (up) REFERENCES b (id));
    CREATE INDEX ON a (n) WHERE n > 3;
    CREATE INDEX ON a ((low(n)));
    CREATE STATISTICS ab ON n, s FROM a;
    CREATE VIEW v AS SELECT id, m, n FROM a;
    CREATE VIEW w AS SELECT v.id, b.up FROM v JOIN b ON b.a_id = v.id;
    CREATE MATERIALIZED VIEW mv AS SELECT id FROM w;
    CREATE INDEX ON mv (id);
    CREATE VIEW grouped AS SELECT id, n FROM a GROUP BY id;
    CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER t BEFORE UPDATE OF n ON a FOR EACH ROW WHEN (OLD.s IS NULL) EXECUTE FUNCTION touched();
    CREATE POLICY p ON a USING (n > 1 AND low(n));
    CREATE TABLE parent (id integer, m mood, k integer CHECK (k > 0));
    CREATE TABLE child (extra integer) INHERITS (parent);
    CREATE TABLE own_too (k integer) INHERITS (parent);
    CREATE TABLE parted (k integer, v integer, PRIMARY KEY (k)) PARTITION BY RANGE (k);
    CREATE TABLE part_1 PARTITION OF parted FOR VALUES FROM (1) TO (9);
    CREATE INDEX ON parted (v);
    CREATE RULE r AS ON INSERT TO b WHERE NEW.up > 1 DO ALSO UPDATE parted SET v = 1;
    CREATE TRIGGER t AFTER INSERT ON parted FOR EACH ROW EXECUTE FUNCTION touched();
    CREATE TABLE to_parted (k integer REFERENCES parted);
    CREATE VIEW of_part AS SELECT v FROM part_1;
    CREATE FUNCTION rows_of() RETURNS SETOF a LANGUAGE sql BEGIN ATOMIC SELECT * FROM a; END;
    CREATE TABLE of_rows (one a, many a[]);
    CREATE SCHEMA other;
    CREATE VIEW other.v AS SELECT m FROM public.a;
    CREATE PUBLICATION news FOR TABLE a, b;
    CREATE AGGREGATE total (integer) (SFUNC = int4pl, STYPE = integer);
    CREATE VIEW totals AS SELECT total(n) FROM a;
";

/// A database with something in it, and how many objects are dropped at most.
struct Case {
    name: String,
    files: Vec<PathBuf>,
    sql: &'static str,
    most: usize,
}

fn cases() -> Vec<Case> {
    let case = |name: &str, files, sql, most| Case { name: name.to_owned(), files, sql, most };
    let mut all = vec![
        case("own", Vec::new(), OWN, usize::MAX),
        case("zoo", vec![workspace::tests("fixtures/zoo.sql")], "", usize::MAX),
        case("shop", vec![workspace::sample("shop", "to")], "", 60),
        case("marketplace", vec![workspace::sample("marketplace", "to")], "", 60),
    ];
    // Folders with a schema each, as `to.sql`.
    let folders = std::env::var_os("PGPARITY_REAL_SCHEMAS").map(PathBuf::from);
    for folder in folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()) {
        let folder = folder.unwrap().path();
        let file = folder.join("to.sql");
        if file.exists() {
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            all.push(case(&name, vec![file], "", 60));
        }
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// The statement that drops an object; nothing for kinds that are not tried.
fn drop_statement(id: &Id, object: Option<&dyn AnyObject>) -> Option<String> {
    let parts = split_name(id.name());
    if let ("column", [schema, table, name]) = (id.kind(), parts.as_slice()) {
        let (schema, table) = (quote_ident(schema), quote_ident(table));
        return Some(format!("ALTER TABLE {schema}.{table} DROP COLUMN {}", quote_ident(name)));
    }
    let object = object?;
    let (keyword, name) = (object.keyword(), object.sql_name());
    match (object.kind(), parts.as_slice()) {
        // What is a part of another one cannot be dropped by itself.
        _ if object.attached_to().is_some() => None,
        (Kind::Constraint, [schema, table, name]) => {
            let (schema, table) = (quote_ident(schema), quote_ident(table));
            Some(format!("ALTER TABLE {schema}.{table} DROP CONSTRAINT {}", quote_ident(name)))
        }
        (Kind::Index, [schema, _, name]) => {
            Some(format!("DROP INDEX {}.{}", quote_ident(schema), quote_ident(name)))
        }
        (
            Kind::Table
            | Kind::View
            | Kind::MaterializedView
            | Kind::Sequence
            | Kind::Function
            | Kind::Procedure
            | Kind::Aggregate
            | Kind::Enum
            | Kind::Domain
            | Kind::Composite
            | Kind::Range
            | Kind::Schema
            | Kind::Collation
            | Kind::Server,
            _,
        ) => Some(format!("DROP {keyword} {name}")),
        _ => None,
    }
}

/// A column that goes with that of a parent table only.
fn is_inherited(snapshot: &Snapshot, id: &Id) -> bool {
    let found = snapshot.table_of_column(id);
    found.is_some_and(|(table, at)| table.partition_of.is_some() || table.columns[at].inherited)
}

/// Kinds that the judge lists.
fn is_listed(id: &Id) -> bool {
    const KINDS: [&str; 18] = [
        "table",
        "column",
        "view",
        "materialized_view",
        "sequence",
        "index",
        "constraint",
        "statistics_object",
        "rule",
        "policy",
        "function",
        "procedure",
        "aggregate",
        "enum",
        "domain",
        "composite",
        "range",
        "schema",
    ];
    KINDS.contains(&id.kind())
}

fn set<'a>(ids: impl IntoIterator<Item = &'a Id>) -> BTreeSet<String> {
    ids.into_iter().filter(|id| is_listed(id)).map(ToString::to_string).collect()
}

/// An identity as the server writes it, as the core does: servers quote the keywords that they know.
fn as_here(line: &str) -> String {
    let id = Id::from(line);
    let (parts, rest) = id.split();
    let parts: Vec<_> = parts.iter().map(|part| quote_ident(part)).collect();
    format!("{}:{}{rest}", id.kind(), parts.join("."))
}

/// What is not as it should be.
fn wrong(snapshot: &Snapshot, db: &Db<'_>, most: usize) -> Vec<String> {
    let all = Dependencies::of(snapshot);
    let known: BTreeMap<String, Id> =
        snapshot.objects().map(|info| (info.id.to_string(), info.id)).collect();
    db.sql(JUDGE);
    let listed: BTreeSet<String> =
        db.query("SELECT id FROM judge.before").iter().map(|row| as_here(&row[0])).collect();
    let unlisted: Vec<&Id> =
        known.values().filter(|id| is_listed(id) && !listed.contains(id.as_str())).collect();
    assert!(unlisted.is_empty(), "the judge does not know {unlisted:?}");
    let statements: Vec<(&Id, String)> = known
        .values()
        .filter(|id| !is_inherited(snapshot, id))
        .filter_map(|id| Some((id, drop_statement(id, snapshot.find(id))?)))
        .collect();
    let stride = statements.len().div_ceil(most).max(1);
    let tried: Vec<&(&Id, String)> = statements.iter().step_by(stride).collect();
    let values: Vec<String> = tried
        .iter()
        .enumerate()
        .map(|(at, (_, sql))| format!("({at}, {})", quote_literal(sql)))
        .collect();
    let query = format!(
        "SELECT v.n, j.* FROM (VALUES {}) v(n, sql), judge.drops(v.sql) j ORDER BY v.n",
        values.join(", ")
    );
    let mut wrong = Vec::new();
    let mut refused = Vec::new();
    for row in db.query(&query) {
        let [at, alone, gone, defaults] = row.as_slice() else { panic!("{row:?}") };
        let (id, sql) = tried[at.parse::<usize>().unwrap()];
        if alone.starts_with("refused") {
            refused.push(format!("{sql}: {alone}"));
            continue;
        }
        let impact = all.impact(id).expect("it is there");
        if (alone == "yes") != impact.drops_alone() {
            wrong.push(format!("{sql}: alone? {alone}, but {impact:?}"));
        }
        let gone: BTreeSet<String> =
            gone.lines().map(as_here).filter(|line| known.contains_key(line)).collect();
        let of_gone_table = |id: &str| {
            let parts = split_name(id.split_once(':').map_or("", |(_, name)| name));
            id.starts_with("column:")
                && matches!(parts.as_slice(), [schema, table, _]
                    if gone.contains(Id::new("table", &[schema, table]).as_str()))
        };
        let expected: BTreeSet<String> = gone
            .iter()
            .filter(|other| other.as_str() != id.as_str() && !of_gone_table(other))
            .cloned()
            .collect();
        let found = impact.along.iter().chain(&impact.cascade).map(|reached| &reached.id);
        let found = set(found);
        if found != expected {
            let (more, less): (Vec<_>, Vec<_>) =
                (found.difference(&expected).collect(), expected.difference(&found).collect());
            wrong.push(format!("{sql}: goes by us alone {more:?}, by the server alone {less:?}"));
        }
        let expected: BTreeSet<String> = defaults
            .lines()
            .map(as_here)
            .filter(|line| known.contains_key(line) && !gone.contains(line))
            .filter(|line| !of_gone_table(line))
            .collect();
        let changed = impact.changed.iter().map(|reached| &reached.id);
        let found = set(changed.filter(|id| id.kind() == "column"));
        if found != expected {
            wrong.push(format!("{sql}: defaults by us {found:?}, by the server {expected:?}"));
        }
        for reached in impact.along.iter().chain(&impact.cascade).chain(&impact.changed) {
            if reached.path.first() != Some(id) {
                wrong.push(format!("{sql}: the way to {} does not begin there", reached.id));
            }
        }
    }
    println!("{}: {} dropped, {} refused", db.name(), tried.len(), refused.len());
    assert!(refused.len() * 4 <= tried.len(), "most statements should run: {refused:#?}");
    wrong
}

fn load(db: &Db<'_>, case: &Case) -> bool {
    db.sql(case.sql);
    let loads = |file: &Path| db.try_file(file).status.success();
    case.files.iter().all(|file| loads(file))
}

#[test]
fn what_goes_with_an_object_is_what_the_server_drops() {
    each_version(|cluster| {
        let mut all = Vec::new();
        for case in cases() {
            let db = cluster.database(&format!("impact {}", case.name));
            if !load(&db, &case) {
                println!("{}: cannot be loaded here", case.name);
                continue;
            }
            let bench = Bench::new();
            let file = bench.snapshot(&db, "snapshot");
            let snapshot = read(&std::fs::read(file).unwrap()).unwrap();
            let wrong = wrong(&snapshot, &db, case.most);
            all.extend(wrong.into_iter().map(|line| format!("{}: {line}", case.name)));
        }
        assert!(all.is_empty(), "on {}: {} wrong\n{}", cluster.major(), all.len(), all.join("\n"));
    });
}
