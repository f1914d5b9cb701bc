//! Views and materialized views, on tables and on each other.

use super::indexes::index;
use super::{Class, Column, Draw, Relation, RelationKind, Scribe, Type};

pub(super) fn write(scribe: &mut Scribe<'_>) {
    for at in 0..4 {
        view(scribe, &format!("view:{at}"), at);
    }
    for at in 0..2 {
        materialized(scribe, &format!("materialized view:{at}"), at);
    }
}

/// A query with its columns, and whether rows can be written through it.
struct Query {
    text: String,
    columns: Vec<Column>,
    simple: bool,
}

fn view(scribe: &mut Scribe<'_>, path: &str, at: usize) {
    let Some(mut draw) = scribe.has(path, 0.6) else { return };
    let Some(query) = query(scribe, &mut draw) else { return };
    let own_name = format!("View{at}");
    let name = scribe.place(path, &own_name);
    let mut options = Vec::new();
    if scribe.has(&format!("{path}/barrier"), 0.15).is_some() {
        options.push("security_barrier = true");
    }
    if scribe.version >= 15 && scribe.has(&format!("{path}/invoker"), 0.15).is_some() {
        options.push("security_invoker = true");
    }
    let with =
        if options.is_empty() { String::new() } else { format!(" WITH ({})", options.join(", ")) };
    let check = *draw.pick(&["", " WITH LOCAL CHECK OPTION", " WITH CASCADED CHECK OPTION"]);
    let check = if query.simple && draw.chance(0.3) { check } else { "" };
    scribe.say(format!("CREATE VIEW {name}{with} AS {}{check}", query.text));
    if let Some(column) = query.columns.first() {
        if scribe.has(&format!("{path}/default"), 0.1).is_some() {
            let (column, value) = (&column.name, &column.of.value);
            scribe.say(format!("ALTER VIEW {name} ALTER COLUMN {column} SET DEFAULT {value}"));
        }
        scribe.world.note(&format!("{path}/column"), format!("COLUMN {name}.{}", column.name));
    }
    let grants = (name.clone(), &["SELECT", "INSERT", "UPDATE"][..]);
    scribe.world.note_owned(path, format!("VIEW {name}"), Some(grants));
    let (kind, columns, primary_key) = (RelationKind::View, query.columns, Vec::new());
    let path = path.to_owned();
    scribe.world.relations.push(Relation { path, name, own_name, kind, columns, primary_key });
}

fn materialized(scribe: &mut Scribe<'_>, path: &str, at: usize) {
    let Some(mut draw) = scribe.has(path, 0.5) else { return };
    let Some(query) = query(scribe, &mut draw) else { return };
    let own_name = format!("kept{at}");
    let name = scribe.place(path, &own_name);
    let filled = *draw.pick(&["", "", " WITH NO DATA"]);
    let with = *draw.pick(&["", "", " WITH (fillfactor = 60)"]);
    scribe.say(format!("CREATE MATERIALIZED VIEW {name}{with} AS {}{filled}", query.text));
    scribe.world.note_owned(
        path,
        format!("MATERIALIZED VIEW {name}"),
        Some((name.clone(), &["SELECT"])),
    );
    let mut columns = query.columns;
    for column in &mut columns {
        column.generated = false;
    }
    let (kind, primary_key) = (RelationKind::MaterializedView, Vec::new());
    let relation = Relation { path: path.to_owned(), name, own_name, kind, columns, primary_key };
    index(scribe, &relation, &format!("{path}/index"), 0);
    // Nothing can be read from one that is not populated.
    if filled.is_empty() {
        scribe.world.relations.push(relation);
    }
}

fn query(scribe: &Scribe<'_>, draw: &mut Draw) -> Option<Query> {
    let relations: Vec<&Relation> =
        scribe.world.relations.iter().filter(|relation| !relation.columns.is_empty()).collect();
    if relations.is_empty() {
        return None;
    }
    let (one, two) = (*draw.pick(&relations), *draw.pick(&relations));
    let columns = draw.some(&one.columns, 0.7);
    let columns = if columns.is_empty() { vec![one.columns[0].clone()] } else { columns };
    let names: Vec<String> = columns.iter().map(|column| format!("a.{}", column.name)).collect();
    let list = names.join(", ");
    let from = format!("FROM {} a", one.name);
    let counted = Column {
        name: "n".to_owned(),
        of: Type { name: "bigint".to_owned(), value: "0".to_owned(), class: Class::Integer },
        generated: false,
        not_null: false,
    };
    let query = match draw.below(6) {
        0 | 1 => Query { text: format!("SELECT {list} {from}"), columns, simple: one.is_table() },
        2 => Query {
            text: format!("SELECT {list} {from} WHERE {} IS NOT NULL", names[0]),
            columns,
            simple: one.is_table(),
        },
        3 => {
            let join = format!("CROSS JOIN {} b", two.name);
            let mut columns = columns;
            columns.retain(|column| column.name != "n");
            let names: Vec<String> = columns.iter().map(|c| format!("a.{}, ", c.name)).collect();
            let text = format!("SELECT {}count(*) OVER () AS n {from} {join}", names.concat());
            columns.push(counted);
            Query { text, columns, simple: false }
        }
        4 if one.primary_key.len() == 1 => {
            // The other columns follow from the key: the view hangs on the constraint.
            let mut columns = columns;
            columns.retain(|column| column.name != "n");
            let names: Vec<String> = columns.iter().map(|c| format!("a.{}, ", c.name)).collect();
            let key = &one.primary_key[0].name;
            let text = format!("SELECT {}count(*) AS n {from} GROUP BY a.{key}", names.concat());
            columns.push(counted);
            Query { text, columns, simple: false }
        }
        _ => Query {
            text: format!("SELECT {list} {from} UNION ALL SELECT {list} {from}"),
            columns,
            simple: false,
        },
    };
    Some(query)
}
