//! Functions, procedures and aggregates: those that tables use, and those that use tables.

use super::{Class, Draw, Relation, Routine, Scribe};

const EXECUTE: &[&str] = &["EXECUTE"];

/// Functions of their argument alone: for defaults, checks, indexes and generated columns.
pub(super) fn write_pure(scribe: &mut Scribe<'_>) {
    let sorts = [
        (Class::Integer, "integer", Class::Integer, "integer", "$1 + 1", "$1 * 2"),
        (Class::Text, "text", Class::Text, "text", "lower($1)", "$1 || '!'"),
        (Class::Integer, "integer", Class::Flag, "boolean", "$1 > 0", "$1 <> 7"),
    ];
    for (at, (takes, argument, gives, result, one, two)) in sorts.into_iter().enumerate() {
        let path = format!("function:{at}");
        let Some(mut draw) = scribe.has(&path, 0.7) else { continue };
        let name = scribe.place(&path, &format!("fun{at}"));
        let body = *scribe.draw(&format!("{path}/body")).pick(&[one, two]);
        let named =
            *scribe.draw(&format!("{path}/argument")).pick(&["", "", "value ", "\"Given\" "]);
        let more = scribe.has(&format!("{path}/more"), 0.15);
        let more = if more.is_some() { ", text DEFAULT 'x'" } else { "" };
        let result = if draw.chance(0.1) && gives == Class::Integer { "bigint" } else { result };
        let behaviour = behaviour(&mut draw);
        let text = match draw.below(3) {
            0 => format!("LANGUAGE sql {behaviour} AS $$ SELECT ({body})::{result} $$"),
            1 => format!("LANGUAGE sql {behaviour} RETURN ({body})::{result}"),
            _ => format!(
                "LANGUAGE plpgsql {behaviour} AS $$ BEGIN RETURN ({body})::{result}; END $$"
            ),
        };
        let head = format!("CREATE FUNCTION {name}({named}{argument}{more}) RETURNS {result}");
        scribe.say(format!("{head} {text}"));
        let words = format!("FUNCTION {name}({argument}{})", more.replace(" DEFAULT 'x'", ""));
        scribe.world.note_owned(&path, words.clone(), Some((words, EXECUTE)));
        scribe.world.functions.push(Routine { name, takes, gives });
    }
    aggregate(scribe);
}

/// All of a function but its body; it stays immutable.
fn behaviour(draw: &mut Draw) -> String {
    let options =
        ["STRICT", "PARALLEL SAFE", "COST 7", "LEAKPROOF", "SET search_path = pg_catalog"];
    format!("IMMUTABLE {}", draw.some(&options, 0.2).join(" "))
}

fn aggregate(scribe: &mut Scribe<'_>) {
    let path = "aggregate:0";
    let Some(mut draw) = scribe.has(path, 0.4) else { return };
    let name = scribe.place(path, "total");
    let initial = *draw.pick(&["", ", initcond = '0'", ", initcond = '1'"]);
    let parallel = *draw.pick(&["", ", parallel = safe"]);
    scribe.say(format!(
        "CREATE AGGREGATE {name}(integer) (sfunc = int4pl, stype = integer{initial}{parallel})"
    ));
    let words = format!("AGGREGATE {name}(integer)");
    scribe.world.note_owned(path, words, Some((format!("FUNCTION {name}(integer)"), EXECUTE)));
}

/// Functions and procedures whose signature or body has a table in it.
pub(super) fn write_about_tables(scribe: &mut Scribe<'_>) {
    for at in 0..4 {
        let relations: Vec<Relation> =
            scribe.world.relations.iter().filter(|relation| relation.is_table()).cloned().collect();
        let path = format!("routine:{at}");
        let Some(mut draw) = scribe.has(&path, 0.5).filter(|_| !relations.is_empty()) else {
            continue;
        };
        let relation = draw.pick(&relations).clone();
        let name = scribe.place(&path, &format!("Routine{at}"));
        let words = about(scribe, &relation, &name, &mut draw);
        scribe.world.note_owned(&path, words.clone(), Some((words, EXECUTE)));
    }
}

fn about(scribe: &mut Scribe<'_>, relation: &Relation, name: &str, draw: &mut Draw) -> String {
    let table = &relation.name;
    let columns: Vec<&str> = relation.columns.iter().map(|column| column.name.as_str()).collect();
    let column = columns.last().copied();
    let (words, text) = match draw.below(6) {
        0 => (
            format!("FUNCTION {name}()"),
            format!("RETURNS SETOF {table} LANGUAGE sql STABLE AS $$ SELECT * FROM {table} $$"),
        ),
        1 => (
            format!("FUNCTION {name}()"),
            format!(
                "RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC SELECT count({}) FROM {table}; END",
                column.unwrap_or("*")
            ),
        ),
        2 => (
            format!("FUNCTION {name}({table})"),
            "RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'row' $$".to_owned(),
        ),
        3 => (
            format!("FUNCTION {name}()"),
            format!(
                "RETURNS integer LANGUAGE plpgsql AS $$ DECLARE r {table}%ROWTYPE; n integer; BEGIN \
                 SELECT count(*) INTO n FROM {table}; RETURN n; END $$"
            ),
        ),
        4 => (
            format!("PROCEDURE {name}(integer)"),
            format!("LANGUAGE plpgsql AS $$ BEGIN DELETE FROM {table}; END $$"),
        ),
        _ => match relation.columns.last() {
            Some(column) => (
                format!("FUNCTION {name}()"),
                format!(
                    "RETURNS TABLE (found {}) LANGUAGE sql STABLE AS $$ SELECT {} FROM {table} $$",
                    column.of.name, column.name
                ),
            ),
            None => (
                format!("FUNCTION {name}()"),
                "RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$".to_owned(),
            ),
        },
    };
    scribe.say(format!("CREATE {words} {text}"));
    words
}
