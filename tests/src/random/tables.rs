//! Tables of every sort and their columns.

use super::scribe::quoted;
use super::types::sequence_options;
use super::{Class, Column, Draw, Relation, RelationKind, Scribe, Type, partitions};

const TABLE_PRIVILEGES: &[&str] =
    &["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"];

/// How many tables there may be.
const TABLES: usize = 6;

pub(super) fn write(scribe: &mut Scribe<'_>) {
    for at in 0..TABLES {
        table(scribe, &format!("table:{at}"), at);
    }
    for at in 0..2 {
        typed(scribe, &format!("typed:{at}"), at);
    }
}

fn table(scribe: &mut Scribe<'_>, path: &str, at: usize) {
    if scribe.has(path, 0.7).is_none() {
        return;
    }
    let own_name = ["orders", "customers", "Line Items", "events", "log\"ged", "select"][at];
    let name = scribe.place(path, own_name);
    let kinds = [
        RelationKind::Table,
        RelationKind::Table,
        RelationKind::Table,
        RelationKind::Unlogged,
        RelationKind::Partitioned,
    ];
    let kind = *scribe.draw(&format!("{path}/kind")).pick(&kinds);
    let id = *scribe.draw(&format!("{path}/id")).pick(&["integer", "integer", "bigint"]);
    let identity = scribe.has(&format!("{path}/id/identity"), 0.3);
    let mut columns = vec![Column {
        name: "id".to_owned(),
        of: Type { name: id.to_owned(), value: "1".to_owned(), class: Class::Integer },
        generated: identity.is_some(),
        not_null: true,
    }];
    let mut lines = vec![format!("id {id} NOT NULL")];
    if let Some(mut draw) = identity.filter(|_| kind != RelationKind::Partitioned) {
        lines[0] += &identity_clause(&mut draw);
    }
    for place in 0..5 {
        let name = ["c1", "c2", "Camel", "c4", "order"][place];
        if let Some((column, line)) =
            column(scribe, &format!("{path}/column:{place}"), name, &columns)
        {
            columns.push(column);
            lines.push(line);
        }
    }
    let unlogged = if kind == RelationKind::Unlogged { "UNLOGGED " } else { "" };
    let head = format!("CREATE {unlogged}TABLE {name} ({})", lines.join(", "));
    let relation = Relation {
        path: path.to_owned(),
        name,
        own_name: own_name.to_owned(),
        kind,
        columns,
        primary_key: Vec::new(),
    };
    if kind == RelationKind::Partitioned {
        partitions::write(scribe, &relation, &head);
        return;
    }
    let options = storage_options(scribe, path);
    scribe.say(format!("{head}{options}"));
    add(scribe, relation.clone());
    column_settings(scribe, &relation);
    children(scribe, &relation);
}

/// Notes a table and what can be said of it.
pub(super) fn add(scribe: &mut Scribe<'_>, relation: Relation) {
    let grants = (relation.name.clone(), TABLE_PRIVILEGES);
    let words = format!("TABLE {}", relation.name);
    scribe.world.note_owned(&relation.path, words, Some(grants));
    for column in &relation.columns {
        let path = format!("{}/{}", relation.path, column.name);
        scribe.world.note(&path, format!("COLUMN {}.{}", relation.name, column.name));
    }
    scribe.world.relations.push(relation);
}

fn identity_clause(draw: &mut Draw) -> String {
    let always = draw.pick(&["ALWAYS", "BY DEFAULT"]);
    let options = sequence_options(draw);
    if options.is_empty() {
        return format!(" GENERATED {always} AS IDENTITY");
    }
    format!(" GENERATED {always} AS IDENTITY ({})", options.trim())
}

/// A column that may be there, with its line in `CREATE TABLE`.
fn column(
    scribe: &mut Scribe<'_>,
    path: &str,
    name: &str,
    before: &[Column],
) -> Option<(Column, String)> {
    scribe.has(path, 0.65)?;
    let types = scribe.world.types.clone();
    let of = scribe.draw(&format!("{path}/type")).pick(&types).clone();
    let name = quoted(name);
    let mut line = format!("{name} {}", of.name);
    if matches!(of.class, Class::Text) && !scribe.world.collations.is_empty() {
        let collations = scribe.world.collations.clone();
        if let Some(mut draw) = scribe.has(&format!("{path}/collation"), 0.2) {
            line += &format!(" COLLATE {}", draw.pick(&collations));
        }
    }
    let generated = generated(scribe, path, &of, before);
    if let Some(generated) = &generated {
        line += generated;
    } else if let Some(mut draw) = scribe.has(&format!("{path}/default"), 0.35) {
        line += &format!(" DEFAULT {}", default(scribe, &of, &mut draw));
    }
    let not_null = scribe.has(&format!("{path}/not null"), 0.25).is_some();
    if not_null {
        line += " NOT NULL";
    }
    Some((Column { name, of, generated: generated.is_some(), not_null }, line))
}

/// The default of a column: a value, or what a function or a sequence gives.
fn default(scribe: &Scribe<'_>, of: &Type, draw: &mut Draw) -> String {
    let mut defaults = vec![of.value.clone(), "NULL".to_owned()];
    match of.class {
        Class::Integer => {
            defaults.extend(scribe.world.sequences.iter().map(|name| format!("nextval('{name}')")));
            let functions = scribe.world.functions(Class::Integer, Class::Integer);
            defaults.extend(functions.iter().map(|name| format!("{name}(3)")));
        }
        Class::Text => {
            if of.name != "character(3)" {
                defaults.push("CURRENT_USER".to_owned());
            }
            let functions = scribe.world.functions(Class::Text, Class::Text);
            defaults.extend(functions.iter().map(|name| format!("{name}('d')")));
        }
        Class::Time => defaults.push("now()".to_owned()),
        _ => {}
    }
    draw.pick(&defaults).clone()
}

fn generated(scribe: &mut Scribe<'_>, path: &str, of: &Type, before: &[Column]) -> Option<String> {
    let source = before.iter().find(|c| c.of.class == of.class && !c.generated)?;
    let (class, name) = (of.class, &source.name);
    let own = |of: &Type| of.name.contains('.');
    let built_in = matches!(class, Class::Integer | Class::Text) && !own(of) && !own(&source.of);
    let mut draw = scribe.has(&format!("{path}/generated"), 0.2).filter(|_| built_in)?;
    let mut expressions = match class {
        Class::Integer => vec![format!("{name} + 1"), format!("{name} * 2")],
        _ => vec![format!("upper({name})"), format!("{name} || 'x'")],
    };
    let cast = if class == Class::Integer { "::integer" } else { "::text" };
    let functions = scribe.world.functions(class, class);
    let mut sort = "STORED";
    // An expression of a virtual column may use no function of a user.
    if scribe.version >= 18 && draw.chance(0.4) {
        sort = "VIRTUAL";
    } else {
        expressions.extend(functions.iter().map(|f| format!("{f}({name}{cast})")));
    }
    let expression = draw.pick(&expressions);
    Some(format!(" GENERATED ALWAYS AS (({expression}){cast}) {sort}"))
}

/// Storage parameters, as ` WITH (…)`.
pub(super) fn storage_options(scribe: &mut Scribe<'_>, path: &str) -> String {
    let mut options = Vec::new();
    if let Some(mut draw) = scribe.has(&format!("{path}/fillfactor"), 0.15) {
        options.push(format!("fillfactor = {}", draw.pick(&[70, 90])));
    }
    if scribe.has(&format!("{path}/autovacuum"), 0.1).is_some() {
        options.push("autovacuum_enabled = off".to_owned());
    }
    if options.is_empty() { String::new() } else { format!(" WITH ({})", options.join(", ")) }
}

/// What `ALTER TABLE … ALTER COLUMN` sets, and the table's own settings.
fn column_settings(scribe: &mut Scribe<'_>, relation: &Relation) {
    let name = &relation.name;
    for column in relation.columns.iter().skip(1) {
        let (path, column) = (format!("{}/{}", relation.path, column.name), column);
        let alter = format!("ALTER TABLE {name} ALTER COLUMN {}", column.name);
        if let Some(mut draw) =
            scribe.has(&format!("{path}/statistics"), 0.08).filter(|_| !column.generated)
        {
            scribe.say(format!("{alter} SET STATISTICS {}", draw.pick(&[0, 10, 500])));
        }
        let long = matches!(column.of.name.as_str(), "text" | "bytea" | "jsonb" | "text[]");
        if let Some(mut draw) = scribe.has(&format!("{path}/storage"), 0.1).filter(|_| long) {
            let storage = draw.pick(&["PLAIN", "MAIN", "EXTERNAL", "EXTENDED"]);
            scribe.say(format!("{alter} SET STORAGE {storage}"));
        }
        if scribe.has(&format!("{path}/distinct"), 0.05).is_some() {
            scribe.say(format!("{alter} SET (n_distinct = -0.5)"));
        }
    }
    if let Some(mut draw) = scribe.has(&format!("{}/security", relation.path), 0.2) {
        scribe.say(format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"));
        if draw.chance(0.3) {
            scribe.say(format!("ALTER TABLE {name} FORCE ROW LEVEL SECURITY"));
        }
    }
    if let Some(mut draw) = scribe.has(&format!("{}/identity", relation.path), 0.1) {
        let identity = draw.pick(&["FULL", "NOTHING"]);
        scribe.say(format!("ALTER TABLE {name} REPLICA IDENTITY {identity}"));
    }
}

/// Tables that inherit, always from the same parents: no statement makes a column that is there an
/// inherited one.
fn children(scribe: &mut Scribe<'_>, parent: &Relation) {
    let path = format!("{}/child", parent.path);
    let free = parent.columns.iter().all(|column| !column.generated);
    let may = free && parent.kind == RelationKind::Table;
    if scribe.has(&path, 0.2).is_none() || !may {
        return;
    }
    let own_name = format!("{} child", parent.own_name);
    let name = scribe.place(&path, &own_name);
    let mut columns = parent.columns.clone();
    let mut lines = Vec::new();
    for place in 0..2 {
        let (path, name) = (format!("{path}/column:{place}"), format!("own{place}"));
        if let Some((column, line)) = column(scribe, &path, &name, &[]) {
            columns.push(column);
            lines.push(line);
        }
    }
    scribe.say(format!("CREATE TABLE {name} ({}) INHERITS ({})", lines.join(", "), parent.name));
    let kind = RelationKind::Child;
    add(scribe, Relation { path, name, own_name, kind, columns, primary_key: Vec::new() });
}

/// Tables of a composite type.
fn typed(scribe: &mut Scribe<'_>, path: &str, at: usize) {
    let Some((of, columns)) = scribe.world.composites.get(at).cloned() else { return };
    if scribe.has(path, 0.4).is_none() {
        return;
    }
    let own_name = format!("typed{at}");
    let name = scribe.place(path, &own_name);
    scribe.say(format!("CREATE TABLE {name} OF {of}"));
    let kind = RelationKind::Child;
    let path = path.to_owned();
    add(scribe, Relation { path, name, own_name, kind, columns, primary_key: Vec::new() });
}
