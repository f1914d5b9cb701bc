//! What extends a server: languages, access methods, operator classes, conversions, parsers, templates,
//! base types and extensions.

use super::Scribe;
use super::world::Class;

/// Whether there are extensions on some side. What their scripts make has the default privileges that
/// are there then, and no plan knows their members beforehand: so there is one or the other.
pub(super) const EXTENSIONS: &str = "extensions";

/// Before there are tables.
pub(super) fn write(scribe: &mut Scribe<'_>) {
    extension(scribe);
    language(scribe);
    base_type(scribe);
    search(scribe);
    conversion(scribe);
    operator_class(scribe);
}

/// Once there are tables.
pub(super) fn write_about_tables(scribe: &mut Scribe<'_>) {
    access_method(scribe);
    index(scribe);
}

fn extension(scribe: &mut Scribe<'_>) {
    let path = "extension";
    if !scribe.both_have(EXTENSIONS, 0.4) {
        return;
    }
    let Some(mut draw) = scribe.has(path, 0.7) else { return };
    let name = *draw.pick(&["citext", "hstore", "pg_trgm"]);
    let schemas = scribe.world.schemas.clone();
    let schema = scribe.draw(&format!("{path}/schema")).pick(&schemas).clone();
    scribe.say(format!("CREATE EXTENSION {name} SCHEMA {schema}"));
    scribe.world.note(path, format!("EXTENSION {name}"));
}

fn language(scribe: &mut Scribe<'_>) {
    let path = "language";
    let Some(mut draw) = scribe.has(path, 0.3) else { return };
    let trusted = *draw.pick(&["", "TRUSTED "]);
    // A dump leaves out functions of the system, and then knows the language by its name only.
    let handler = scribe.place(path, "call_plx");
    scribe.say(format!(
        "CREATE FUNCTION {handler}() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', \
         'plpgsql_call_handler'"
    ));
    scribe.say(format!("CREATE {trusted}LANGUAGE plx HANDLER {handler}"));
    let words = "LANGUAGE plx".to_owned();
    let grants = (!trusted.is_empty()).then(|| (words.clone(), &["USAGE"] as &[_]));
    scribe.world.note_owned(path, words, grants);
    let path = "language/function";
    if let Some(mut draw) = scribe.has(path, 0.5) {
        let (name, one) = (scribe.place(path, "in plx"), *draw.pick(&["1", "2"]));
        scribe.say(format!(
            "CREATE FUNCTION {name}() RETURNS integer LANGUAGE plx AS $$ BEGIN RETURN {one}; END $$"
        ));
        scribe.world.note_owned(path, format!("FUNCTION {name}()"), None);
    }
}

/// A base type with its functions, by way of a shell; or a shell alone.
fn base_type(scribe: &mut Scribe<'_>) {
    let path = "base type";
    let Some(mut draw) = scribe.has(path, 0.25) else { return };
    let name = scribe.place(path, "tag");
    scribe.say(format!("CREATE TYPE {name}"));
    if draw.chance(0.2) {
        return;
    }
    let (read, written) = (scribe.place(path, "tag_in"), scribe.place(path, "tag_out"));
    scribe.say(format!(
        "CREATE FUNCTION {read}(cstring) RETURNS {name} LANGUAGE internal IMMUTABLE STRICT AS 'textin'"
    ));
    scribe.say(format!(
        "CREATE FUNCTION {written}({name}) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS \
         'textout'"
    ));
    let storage = *draw.pick(&["", ", STORAGE = extended", ", STORAGE = external"]);
    let category = *draw.pick(&["", ", CATEGORY = 'S'"]);
    scribe
        .say(format!("CREATE TYPE {name} (INPUT = {read}, OUTPUT = {written}{storage}{category})"));
    scribe.world.note_owned(
        path,
        format!("TYPE {name}"),
        Some((format!("TYPE {name}"), &["USAGE"])),
    );
    let path = "base type/table";
    if scribe.has(path, 0.5).is_some() {
        let table = scribe.place(path, "tagged");
        scribe.say(format!("CREATE TABLE {table} (tag {name}, tags {name}[])"));
    }
}

fn search(scribe: &mut Scribe<'_>) {
    let path = "search template";
    if let Some(mut draw) = scribe.has(path, 0.25) {
        let name = scribe.place(path, "Plain");
        let init = *draw.pick(&["INIT = dsimple_init, ", ""]);
        scribe.say(format!("CREATE TEXT SEARCH TEMPLATE {name} ({init}LEXIZE = dsimple_lexize)"));
        scribe.world.note(path, format!("TEXT SEARCH TEMPLATE {name}"));
        if scribe.has("search template/dictionary", 0.5).is_some() {
            let dictionary = scribe.place("search template/dictionary", "plain words");
            scribe.say(format!("CREATE TEXT SEARCH DICTIONARY {dictionary} (TEMPLATE = {name})"));
        }
    }
    let path = "search parser";
    if let Some(mut draw) = scribe.has(path, 0.25) {
        let name = scribe.place(path, "cut");
        let headline = *draw.pick(&["", ", HEADLINE = prsd_headline"]);
        scribe.say(format!(
            "CREATE TEXT SEARCH PARSER {name} (START = prsd_start, GETTOKEN = prsd_nexttoken, END = \
             prsd_end, LEXTYPES = prsd_lextype{headline})"
        ));
        scribe.world.note(path, format!("TEXT SEARCH PARSER {name}"));
        if scribe.has("search parser/configuration", 0.5).is_some() {
            let configuration = scribe.place("search parser/configuration", "cutting");
            scribe
                .say(format!("CREATE TEXT SEARCH CONFIGURATION {configuration} (PARSER = {name})"));
        }
    }
}

fn conversion(scribe: &mut Scribe<'_>) {
    let path = "conversion";
    let Some(mut draw) = scribe.has(path, 0.25) else { return };
    let name = scribe.place(path, "latin");
    let default = *draw.pick(&["", "DEFAULT "]);
    let way = *draw.pick(&[
        "'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
        "'KOI8R' TO 'UTF8' FROM koi8r_to_utf8",
    ]);
    scribe.say(format!("CREATE {default}CONVERSION {name} FOR {way}"));
    scribe.world.note_owned(path, format!("CONVERSION {name}"), None);
}

/// A class of texts, with a family of its own name or another.
fn operator_class(scribe: &mut Scribe<'_>) {
    let path = "operator class";
    let Some(mut draw) = scribe.has(path, 0.3) else { return };
    let mut family = String::new();
    if let Some(mut draw) = scribe.has("operator family", 0.5) {
        let (name, method) = (scribe.place("operator family", "texts"), *draw.pick(&["btree"]));
        scribe.say(format!("CREATE OPERATOR FAMILY {name} USING {method}"));
        scribe.world.note_owned(
            "operator family",
            format!("OPERATOR FAMILY {name} USING {method}"),
            None,
        );
        family = format!(" FAMILY {name}");
    }
    let name = scribe.place(path, "plain_ops");
    let less = *draw.pick(&["<", "~<~"]);
    let (more, same) = if less == "<" { (">", "bttextcmp") } else { ("~>~", "bttext_pattern_cmp") };
    scribe.say(format!(
        "CREATE OPERATOR CLASS {name} FOR TYPE text USING btree{family} AS OPERATOR 1 {less}, \
         OPERATOR 3 =, OPERATOR 5 {more}, FUNCTION 1 {same}(text, text)"
    ));
    scribe.world.note_owned(path, format!("OPERATOR CLASS {name} USING btree"), None);
    scribe.world.operator_class = Some(name);
}

/// A table method, and a table that uses it.
fn access_method(scribe: &mut Scribe<'_>) {
    let path = "access method";
    if scribe.has(path, 0.25).is_none() {
        return;
    }
    scribe.say("CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler");
    scribe.world.note(path, "ACCESS METHOD heap2".to_owned());
    let path = "access method/table";
    if scribe.has(path, 0.6).is_some() {
        let name = scribe.place(path, "in heap2");
        scribe.say(format!("CREATE TABLE {name} (id integer) USING heap2"));
    }
}

/// An index by the class of texts.
fn index(scribe: &mut Scribe<'_>) {
    let path = "operator class/index";
    let Some(class) = scribe.world.operator_class.clone() else { return };
    if scribe.has(path, 0.6).is_none() {
        return;
    }
    let tables = scribe.world.relations.iter().filter(|relation| relation.is_table());
    let mut found = tables.filter_map(|table| {
        let text = |of: &str| of == "text" || of.starts_with("character varying");
        let mut columns = table.of_class(Class::Text).into_iter();
        Some((table.name.clone(), columns.find(|column| text(&column.of.name))?.name))
    });
    if let Some((table, column)) = found.next() {
        scribe.say(format!("CREATE INDEX plain_index ON {table} ({column} {class})"));
    }
}
