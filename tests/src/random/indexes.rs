//! Indexes, extended statistics, and which index a table is clustered on or identified by.

use super::scribe::quoted;
use super::{Class, Column, Draw, Relation, RelationKind, Scribe};

pub(super) fn write(scribe: &mut Scribe<'_>) {
    for relation in scribe.world.relations.clone() {
        if !relation.is_table() {
            continue;
        }
        for place in 0..2 {
            index(scribe, &relation, &format!("{}/index:{place}", relation.path), place);
        }
        statistics(scribe, &relation);
    }
}

/// An index that may be on a table or a materialized view.
pub(super) fn index(scribe: &mut Scribe<'_>, relation: &Relation, path: &str, place: usize) {
    let Some(mut draw) = scribe.has(path, 0.3) else { return };
    let Some(key) = key(scribe, relation, &mut draw) else { return };
    let name = quoted(&format!("{} idx{place}", relation.own_name));
    let table = &relation.name;
    let mut text = format!("CREATE {}INDEX {name} ON {table} {}", key.unique, key.text);
    if let Some(include) = relation.columns.first().filter(|_| key.btree && draw.chance(0.15)) {
        text += &format!(" INCLUDE ({})", include.name);
    }
    if key.btree && draw.chance(0.15) {
        text += " WITH (fillfactor = 80)";
    }
    if let Some(column) = relation.columns.last().filter(|c| draw.chance(0.2) && !c.generated) {
        text += &format!(" WHERE {} IS NOT NULL", column.name);
    }
    scribe.say(text);
    let schema = table.rsplit_once('.').map_or("public", |_| schema_of(table));
    let index = format!("{schema}.{name}");
    scribe.world.note(path, format!("INDEX {index}"));
    if key.expression && key.btree && scribe.has(&format!("{path}/statistics"), 0.1).is_some() {
        scribe.say(format!("ALTER INDEX {index} ALTER COLUMN 1 SET STATISTICS 50"));
    }
    let whole = key.btree && relation.kind == RelationKind::Table;
    if whole && scribe.has(&format!("{path}/cluster"), 0.1).is_some() {
        // A partial index cannot order a whole table; the server says so.
        let check = format!(
            "DO $$ BEGIN ALTER TABLE {table} CLUSTER ON {name}; EXCEPTION WHEN \
             feature_not_supported THEN NULL; END $$"
        );
        scribe.say(check);
    }
}

/// The schema of a name with one.
pub(super) fn schema_of(name: &str) -> &str {
    if let Some(rest) = name.strip_prefix('"') {
        let end = rest.replace("\"\"", "xx").find('"').map_or(name.len(), |at| at + 2);
        return &name[..end];
    }
    name.split_once('.').map_or("public", |(schema, _)| schema)
}

struct Key {
    text: String,
    unique: &'static str,
    btree: bool,
    expression: bool,
}

fn key(scribe: &Scribe<'_>, relation: &Relation, draw: &mut Draw) -> Option<Key> {
    // An index on a virtual column is refused.
    let usable = |column: &Column| scribe.version < 18 || !column.generated || column.name == "id";
    let ordered: Vec<Column> = relation.ordered().into_iter().filter(usable).collect();
    let texts: Vec<Column> = relation.of_class(Class::Text).into_iter().filter(usable).collect();
    let key = |text: String| Key { text, unique: "", btree: true, expression: false };
    match draw.below(8) {
        0 | 1 => {
            let columns = draw.some(&ordered, 0.5);
            let order = *draw.pick(&["", " DESC", " NULLS FIRST", " DESC NULLS LAST"]);
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            (!names.is_empty()).then(|| key(format!("({}{order})", names.join(", "))))
        }
        2 => {
            let column = ordered.first()?;
            let unique = if relation.kind == RelationKind::Partitioned && column.name != "id" {
                ""
            } else {
                "UNIQUE "
            };
            Some(Key { unique, ..key(format!("({})", column.name)) })
        }
        3 => {
            let column = &texts.first()?.name;
            let mut expressions = vec![format!("lower({column})"), format!("({column} || 'x')")];
            let functions = scribe.world.functions(Class::Text, Class::Text);
            expressions.extend(functions.iter().map(|f| format!("{f}({column})")));
            let text = format!("({})", draw.pick(&expressions));
            Some(Key { expression: true, ..key(text) })
        }
        4 => {
            let column = &texts.iter().find(|column| column.of.name == "text")?.name;
            let way = *draw.pick(&["text_pattern_ops", "COLLATE \"C\"", "text_pattern_ops DESC"]);
            Some(key(format!("({column} {way})")))
        }
        5 => {
            let lists = [Class::Document, Class::List, Class::Words];
            let column = relation.columns.iter().find(|c| lists.contains(&c.of.class))?;
            let way = *draw.pick(&["", " jsonb_path_ops"]);
            let way = if column.of.class == Class::Document { way } else { "" };
            Some(Key { btree: false, ..key(format!("USING gin ({}{way})", column.name)) })
        }
        6 => {
            let range = relation.of_class(Class::Range).into_iter().next()?;
            Some(Key { btree: false, ..key(format!("USING gist ({})", range.name)) })
        }
        _ => {
            let numbers = relation.of_class(Class::Integer);
            let column = &numbers.iter().find(|column| usable(column))?.name;
            let way = *draw.pick(&["hash (#)", "brin (#)", "brin (#) WITH (pages_per_range = 32)"]);
            let text = format!("USING {}", way.replace('#', column));
            // Both take storage parameters of their own.
            Some(Key { btree: false, ..key(text) })
        }
    }
}

fn statistics(scribe: &mut Scribe<'_>, relation: &Relation) {
    let path = format!("{}/correlation", relation.path);
    let columns: Vec<Column> =
        relation.ordered().into_iter().filter(|c| scribe.version < 18 || !c.generated).collect();
    let Some(mut draw) = scribe.has(&path, 0.15).filter(|_| columns.len() > 1) else { return };
    let name = scribe.place(&path, &format!("{} stats", relation.own_name));
    let kinds = *draw.pick(&["", " (ndistinct)", " (dependencies, mcv)"]);
    let names: Vec<&str> = columns.iter().take(3).map(|column| column.name.as_str()).collect();
    let on = names.join(", ");
    scribe.say(format!("CREATE STATISTICS {name}{kinds} ON {on} FROM {}", relation.name));
    if draw.chance(0.2) {
        scribe.say(format!("ALTER STATISTICS {name} SET STATISTICS 77"));
    }
    scribe.world.note_owned(&path, format!("STATISTICS {name}"), None);
}
