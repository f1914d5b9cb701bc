//! Schemas, collations, types and sequences.

use super::scribe::quoted;
use super::{Class, Column, Draw, Scribe, Type};

/// Types that every server has, with a value.
const BUILT_IN: &[(&str, &str, Class)] = &[
    ("integer", "1", Class::Integer),
    ("bigint", "2", Class::Integer),
    ("smallint", "3", Class::Integer),
    ("text", "'a'", Class::Text),
    ("character varying(20)", "'b'", Class::Text),
    ("character varying(40)", "'c'", Class::Text),
    ("character(3)", "'d'", Class::Text),
    ("numeric(10,2)", "1.5", Class::Number),
    ("numeric", "2.5", Class::Number),
    ("double precision", "3.5", Class::Number),
    ("date", "'2020-01-02'", Class::Time),
    ("timestamp with time zone", "now()", Class::Time),
    ("timestamp(3) without time zone", "'2020-01-02 03:04'", Class::Time),
    ("interval", "'1 day'", Class::Ordered),
    ("boolean", "true", Class::Flag),
    ("uuid", "'00000000-0000-0000-0000-000000000000'", Class::Ordered),
    ("jsonb", "'{}'", Class::Document),
    ("bytea", "'\\x00'", Class::Ordered),
    ("inet", "'127.0.0.1'", Class::Ordered),
    ("bit varying(9)", "B'1'", Class::Ordered),
    ("integer[]", "'{1}'", Class::List),
    ("text[]", "'{a}'", Class::List),
    ("int4range", "'[1,2)'", Class::Range),
    ("tsvector", "'a'", Class::Words),
    ("json", "'{}'", Class::Other),
    ("xml", "'<a/>'", Class::Other),
];

pub(super) fn built_in() -> Vec<Type> {
    let types = BUILT_IN.iter().map(|&(name, value, class)| Type {
        name: name.to_owned(),
        value: value.to_owned(),
        class,
    });
    types.collect()
}

pub(super) fn write(scribe: &mut Scribe<'_>) {
    scribe.world.schemas.push("public".to_owned());
    scribe.world.types = built_in();
    for (at, name) in ["app", "Odd \"s\"", "data"].into_iter().enumerate() {
        schema(scribe, &format!("schema:{at}"), &quoted(name));
    }
    for at in 0..2 {
        collation(scribe, &format!("collation:{at}"), at);
    }
    for at in 0..3 {
        sequence(scribe, &format!("sequence:{at}"), at);
    }
    for at in 0..3 {
        enumeration(scribe, &format!("enum:{at}"), at);
    }
    for at in 0..2 {
        domain(scribe, &format!("domain:{at}"), at);
    }
    for at in 0..2 {
        composite(scribe, &format!("composite:{at}"), at);
    }
    range(scribe, "range:0");
}

fn schema(scribe: &mut Scribe<'_>, path: &str, name: &str) {
    if scribe.has(path, 0.7).is_none() {
        return;
    }
    scribe.say(format!("CREATE SCHEMA {name}"));
    let words = format!("SCHEMA {name}");
    scribe.world.note_owned(path, words.clone(), Some((words, &["USAGE", "CREATE"])));
    scribe.world.schemas.push(name.to_owned());
}

fn collation(scribe: &mut Scribe<'_>, path: &str, at: usize) {
    let Some(mut draw) = scribe.has(path, 0.5) else { return };
    let name = scribe.place(path, &format!("sorting{at}"));
    let locale = draw.pick(&["C", "POSIX"]);
    scribe.say(format!("CREATE COLLATION {name} (provider = libc, locale = '{locale}')"));
    scribe.world.note_owned(path, format!("COLLATION {name}"), None);
    scribe.world.collations.push(name);
}

fn sequence(scribe: &mut Scribe<'_>, path: &str, at: usize) {
    let Some(mut draw) = scribe.has(path, 0.6) else { return };
    let name = scribe.place(path, &format!("Seq {at}"));
    let unlogged = scribe.version >= 15 && draw.chance(0.1);
    let unlogged = if unlogged { "UNLOGGED " } else { "" };
    scribe.say(format!("CREATE {unlogged}SEQUENCE {name}{}", sequence_options(&mut draw)));
    let words = format!("SEQUENCE {name}");
    scribe.world.note_owned(path, words.clone(), Some((words, &["USAGE", "SELECT", "UPDATE"])));
    scribe.world.sequences.push(name);
}

/// Options of a sequence, each with a space before it.
pub(super) fn sequence_options(draw: &mut Draw) -> String {
    let options = [
        " INCREMENT BY 5",
        " MINVALUE -10",
        " MAXVALUE 30000",
        " START WITH 7",
        " CACHE 4",
        " CYCLE",
    ];
    draw.some(&options, 0.2).concat()
}

fn enumeration(scribe: &mut Scribe<'_>, path: &str, at: usize) {
    let Some(mut draw) = scribe.has(path, 0.6) else { return };
    let name = scribe.place(path, &format!("mood{at}"));
    let mut values = vec!["fine"];
    for (place, value) in ["sad", "so so", "it's", "Glad", "x\"y"].into_iter().enumerate() {
        // Each value has a choice of its own, so that one comes or goes alone.
        if let Some(mut draw) = scribe.has(&format!("{path}/value:{place}"), 0.5) {
            let at = draw.below(values.len() + 1);
            values.insert(at, value);
        }
    }
    if draw.chance(0.05) {
        values.reverse();
    }
    let list: Vec<String> =
        values.iter().map(|value| format!("'{}'", value.replace('\'', "''"))).collect();
    scribe.say(format!("CREATE TYPE {name} AS ENUM ({})", list.join(", ")));
    let value = format!("'fine'::{name}");
    scribe.world.add_type(path, "TYPE", Type { name, value, class: Class::Ordered });
}

fn domain(scribe: &mut Scribe<'_>, path: &str, at: usize) {
    let Some(mut draw) = scribe.has(path, 0.6) else { return };
    let name = scribe.place(path, &format!("Domain{at}"));
    let simple = [
        ("integer", "1", Class::Integer, "VALUE > 0", "VALUE < 1000"),
        ("text", "'a'", Class::Text, "length(VALUE) < 100", "VALUE <> ''"),
        ("numeric(8,2)", "1.25", Class::Number, "VALUE >= 0", "VALUE <> 7"),
    ];
    let &(base, value, class, one, two) = draw.pick(&simple);
    let mut text = format!("CREATE DOMAIN {name} AS {base}");
    if class == Class::Text
        && draw.chance(0.3)
        && let Some(collation) = scribe.world.collations.first()
    {
        text += &format!(" COLLATE {collation}");
    }
    if scribe.has(&format!("{path}/default"), 0.3).is_some() {
        text += &format!(" DEFAULT {value}");
    }
    if scribe.has(&format!("{path}/not null"), 0.2).is_some() {
        text += " NOT NULL";
    }
    for (place, check) in [one, two].into_iter().enumerate() {
        let path = format!("{path}/check:{place}");
        if let Some(mut draw) = scribe.has(&path, 0.5) {
            let named = *draw.pick(&["", " CONSTRAINT fits#", " CONSTRAINT \"is Fine#\""]);
            text += &format!("{} CHECK ({check})", named.replace('#', &place.to_string()));
        }
    }
    scribe.say(text);
    let value = format!("{value}::{name}");
    scribe.world.add_type(path, "DOMAIN", Type { name, value, class });
}

fn composite(scribe: &mut Scribe<'_>, path: &str, at: usize) {
    if scribe.has(path, 0.6).is_none() {
        return;
    }
    let name = scribe.place(path, &format!("pair{at}"));
    let types = scribe.world.types.clone();
    let mut attributes = Vec::new();
    for place in 0..4 {
        if let Some(mut draw) = scribe.has(&format!("{path}/attribute:{place}"), 0.6) {
            let of = draw.pick(&types).clone();
            let name = quoted(&format!("{}{place}", if place == 2 { "Part " } else { "part" }));
            attributes.push(Column { name, of, generated: false, not_null: false });
        }
    }
    let list: Vec<String> =
        attributes.iter().map(|column| format!("{} {}", column.name, column.of.name)).collect();
    scribe.say(format!("CREATE TYPE {name} AS ({})", list.join(", ")));
    let value = format!("NULL::{name}");
    scribe.world.composites.push((name.clone(), attributes));
    scribe.world.add_type(path, "TYPE", Type { name, value, class: Class::Other });
}

fn range(scribe: &mut Scribe<'_>, path: &str) {
    let Some(mut draw) = scribe.has(path, 0.4) else { return };
    let name = scribe.place(path, "span");
    let subtype = *draw.pick(&["double precision", "time", "text"]);
    let schema = super::indexes::schema_of(&name);
    let multirange = if draw.chance(0.3) {
        format!(", multirange_type_name = {schema}.spans")
    } else {
        String::new()
    };
    scribe.say(format!("CREATE TYPE {name} AS RANGE (subtype = {subtype}{multirange})"));
    let value = format!("'empty'::{name}");
    scribe.world.add_type(path, "TYPE", Type { name, value, class: Class::Range });
}
