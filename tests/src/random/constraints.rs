//! Keys, checks, exclusion constraints and foreign keys.

use super::scribe::quoted;
use super::{Class, Column, Relation, RelationKind, Scribe};

pub(super) fn write(scribe: &mut Scribe<'_>) {
    for at in 0..scribe.world.relations.len() {
        let relation = scribe.world.relations[at].clone();
        if !relation.is_table() {
            continue;
        }
        if let Some(key) = primary_key(scribe, &relation) {
            scribe.world.relations[at].primary_key = key;
        }
        unique(scribe, &relation);
        for place in 0..2 {
            check(scribe, &relation, place);
        }
        exclusion(scribe, &relation);
        not_null(scribe, &relation);
    }
    let relations = scribe.world.relations.clone();
    for relation in &relations {
        for place in 0..2 {
            foreign_key(scribe, relation, &relations, place);
        }
    }
}

/// `ALTER TABLE … ADD`, with a name for the constraint or PostgreSQL's own.
fn add(scribe: &mut Scribe<'_>, relation: &Relation, path: &str, name: &str, text: &str) {
    let path = format!("{path}/name");
    // Foreign keys to partitions take names as well: not even a dump is restored when one of them
    // is the name of another key.
    let by_itself = !text.starts_with("FOREIGN");
    let constraint = match *scribe.draw(&path).pick(&["named", "named", "other", "own"]) {
        "own" if by_itself => String::new(),
        "other" => {
            format!("CONSTRAINT {} ", quoted(&format!("{} 2", cut(&relation.own_name, name))))
        }
        _ => format!("CONSTRAINT {} ", quoted(&cut(&relation.own_name, name))),
    };
    scribe.say(format!("ALTER TABLE {} ADD {constraint}{text}", relation.name));
    if let Some(name) = constraint.strip_prefix("CONSTRAINT ") {
        let words = format!("CONSTRAINT {name}ON {}", relation.name);
        scribe.world.note(&path, words);
    }
}

fn cut(table: &str, name: &str) -> String {
    format!("{table}_{name}")
}

fn primary_key(scribe: &mut Scribe<'_>, relation: &Relation) -> Option<Vec<Column>> {
    let path = format!("{}/primary key", relation.path);
    let id = relation.columns.iter().find(|column| column.name == "id")?.clone();
    // A partition takes the key of its parent.
    let mut draw = scribe.has(&path, 0.6).filter(|_| relation.kind != RelationKind::Partition)?;
    if relation.path.matches("partition").count() + relation.path.matches("default").count() > 0 {
        return None;
    }
    let second = relation.ordered().into_iter().find(|c| c.not_null && c.name != "id");
    let mut key = vec![id];
    key.extend(second.filter(|_| draw.chance(0.3)));
    let virtual_key =
        scribe.version >= 18 && key.iter().any(|column| column.generated && column.name != "id");
    if virtual_key {
        return None;
    }
    let names: Vec<&str> = key.iter().map(|column| column.name.as_str()).collect();
    let include =
        relation.columns.iter().find(|c| !names.contains(&c.name.as_str()) && !c.generated);
    let include = include.filter(|_| draw.chance(0.15));
    let include = include.map_or(String::new(), |column| format!(" INCLUDE ({})", column.name));
    let when = if include.is_empty() && draw.chance(0.1) { " DEFERRABLE" } else { "" };
    let text = format!("PRIMARY KEY ({}){include}{when}", names.join(", "));
    add(scribe, relation, &path, "key", &text);
    (when.is_empty()).then_some(key)
}

fn unique(scribe: &mut Scribe<'_>, relation: &Relation) {
    let path = format!("{}/unique", relation.path);
    let ordered: Vec<Column> =
        relation.ordered().into_iter().filter(|c| scribe.version < 18 || !c.generated).collect();
    let Some(mut draw) = scribe.has(&path, 0.3).filter(|_| !ordered.is_empty()) else { return };
    let mut names = vec![draw.pick(&ordered).name.clone()];
    if relation.kind == RelationKind::Partitioned && names[0] != "id" {
        names.push("id".to_owned());
    }
    let nulls = scribe.version >= 15 && draw.chance(0.2);
    let nulls = if nulls { " NULLS NOT DISTINCT" } else { "" };
    let when = *draw.pick(&["", "", "", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"]);
    add(scribe, relation, &path, "uq", &format!("UNIQUE{nulls} ({}){when}", names.join(", ")));
}

fn check(scribe: &mut Scribe<'_>, relation: &Relation, place: usize) {
    let path = format!("{}/check:{place}", relation.path);
    let Some(mut draw) = scribe.has(&path, 0.25) else { return };
    let mut conditions = vec!["true".to_owned()];
    for column in &relation.columns {
        let name = &column.name;
        match column.of.class {
            Class::Integer => {
                conditions.extend([format!("{name} > 0"), format!("{name} IN (1, 2, 3)")]);
                let functions = scribe.world.functions(Class::Integer, Class::Flag);
                // A check on a virtual column is expanded when it is written.
                conditions.extend(functions.iter().map(|f| format!("{f}({name}::integer)")));
            }
            Class::Text => conditions.extend([
                format!("length({name}) < 50"),
                // PostgreSQL spells it otherwise once it has read its own words.
                format!("{name}::character varying IN ('a', 'b', 'it''s')"),
            ]),
            Class::Number => conditions.push(format!("{name} >= 0 OR {name} IS NULL")),
            _ => conditions.push(format!("{name} IS NOT NULL")),
        }
    }
    let condition = draw.pick(&conditions).clone();
    let heir = matches!(relation.kind, RelationKind::Table | RelationKind::Unlogged);
    let mut text = format!("CHECK ({condition})");
    if heir && draw.chance(0.1) {
        text += " NO INHERIT";
    }
    if scribe.version >= 18 && draw.chance(0.1) {
        text += " NOT ENFORCED";
    } else if draw.chance(0.15) {
        text += " NOT VALID";
    }
    add(scribe, relation, &path, &format!("check{place}"), &text);
}

fn exclusion(scribe: &mut Scribe<'_>, relation: &Relation) {
    let path = format!("{}/exclusion", relation.path);
    let ranges = relation.of_class(Class::Range);
    let free = relation.kind != RelationKind::Partitioned && !ranges.is_empty();
    let Some(mut draw) = scribe.has(&path, 0.4).filter(|_| free) else { return };
    let range = draw.pick(&ranges).name.clone();
    let filter =
        if draw.chance(0.3) { format!(" WHERE (NOT isempty({range}))") } else { String::new() };
    add(scribe, relation, &path, "ex", &format!("EXCLUDE USING gist ({range} WITH &&){filter}"));
}

/// Named constraints for `NOT NULL`, which are there from version 18.
fn not_null(scribe: &mut Scribe<'_>, relation: &Relation) {
    let path = format!("{}/not null", relation.path);
    let free = scribe.version >= 18
        && matches!(relation.kind, RelationKind::Table | RelationKind::Unlogged);
    let Some(mut draw) = scribe.has(&path, 0.2).filter(|_| free) else { return };
    let Some(column) = relation.columns.iter().find(|column| !column.not_null) else { return };
    let when = *draw.pick(&["", " NOT VALID", " NO INHERIT"]);
    add(scribe, relation, &path, "nn", &format!("NOT NULL {}{when}", column.name));
}

fn foreign_key(scribe: &mut Scribe<'_>, relation: &Relation, all: &[Relation], place: usize) {
    let path = format!("{}/foreign key:{place}", relation.path);
    let unlogged = relation.kind == RelationKind::Unlogged;
    let targets: Vec<&Relation> = all
        .iter()
        .filter(|target| target.primary_key.len() == 1)
        .filter(|target| unlogged || target.kind != RelationKind::Unlogged)
        .collect();
    let sources: Vec<Column> = relation
        .of_class(Class::Integer)
        .into_iter()
        .filter(|column| !column.generated && !column.of.name.contains('.'))
        .collect();
    // Beside one of its parent's that says the same, it would be taken for that one.
    let fits = relation.is_table()
        && relation.kind != RelationKind::Partition
        && !relation.path.contains("/partition")
        && !relation.path.contains("/default")
        && !targets.is_empty()
        && !sources.is_empty();
    let Some(mut draw) = scribe.has(&path, 0.25).filter(|_| fits) else { return };
    let (target, source) = (*draw.pick(&targets), draw.pick(&sources).name.clone());
    let set = scribe.version >= 15 && draw.chance(0.3);
    let set = if set { format!(" ({source})") } else { String::new() };
    let delete = match draw.below(5) {
        0 | 1 => String::new(),
        2 => " ON DELETE CASCADE".to_owned(),
        3 => " ON DELETE RESTRICT".to_owned(),
        _ => format!(" ON DELETE SET NULL{set}"),
    };
    let update = *draw.pick(&["", "", " ON UPDATE CASCADE", " ON UPDATE NO ACTION"]);
    let when = *draw.pick(&["", "", "", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"]);
    let partitioned = [relation.kind, target.kind].contains(&RelationKind::Partitioned);
    let valid = if !partitioned && draw.chance(0.15) { " NOT VALID" } else { "" };
    let text =
        format!("FOREIGN KEY ({source}) REFERENCES {}{update}{delete}{when}{valid}", target.name);
    add(scribe, relation, &path, &format!("fk{place}"), &text);
}
