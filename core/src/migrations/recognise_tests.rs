//! Tables are taken for what their columns say.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use super::super::options::NamedTable;
use super::*;

/// A table out of `schema.table: column type, …`; a `!` before a column hides it from the role.
fn table(text: &str) -> Candidate {
    let (name, columns) = text.split_once(": ").unwrap();
    let (schema, table) = name.split_once('.').unwrap();
    let column = |text: &str| {
        let (name, of) = text.rsplit_once(' ').unwrap();
        let shown = name.trim_start_matches('!');
        (shown.to_owned(), of.to_owned(), shown == name)
    };
    Candidate {
        schema: schema.to_owned(),
        table: table.to_owned(),
        columns: columns.split(", ").map(column).collect(),
    }
}

/// What the tables are, and what is said of those that cannot be read.
fn told(tables: &[&str], named: &[&str]) -> (Vec<String>, Vec<String>) {
    let tables: Vec<Candidate> = tables.iter().map(|text| table(text)).collect();
    let named = named.iter().map(|text| NamedTable::parse(text).unwrap()).collect();
    let (found, not_read) = recognise(&tables, &ReadMigrations { hash: false, tables: named });
    (found.iter().map(Found::place).collect(), not_read)
}

const FLYWAY: &str = "installed_rank int4, version varchar, description varchar, type varchar, script \
                      varchar, checksum int4, installed_by varchar, installed_on timestamp, \
                      execution_time int4, success bool";

#[test]
fn five_tools_share_a_name_and_are_told_by_their_columns() {
    for (tables, tool) in [
        (&["a.schema_migrations: version int8, dirty bool"][..], "golang-migrate"),
        (&["hdb_catalog.schema_migrations: version int8, dirty bool"], "Hasura"),
        (&["a.schema_migrations: version int8, inserted_at timestamp"], "Ecto"),
        (&["supabase_migrations.schema_migrations: version text, statements _text"], "Supabase"),
        (&["a.schema_migrations: version varchar"], "dbmate"),
        (&["a.schema_migrations: version varchar", "a.ar_internal_metadata: key varchar"], "Rails"),
        (&["a.migrations: id int4, migration varchar, batch int4"], "Laravel"),
        (&["a.migrations: id int4, timestamp int8, name varchar"], "TypeORM"),
        (&["a.schema_version: version int4"], "tern"),
    ] {
        let (found, not_read) = told(tables, &[]);
        assert_eq!(found.len(), 1, "{tables:?}: {found:?}");
        assert!(found[0].ends_with(&format!("({tool})")), "{tables:?}: {found:?}");
        assert!(not_read.is_empty(), "{not_read:?}");
    }
    // Of another schema, the second table says nothing.
    let tables = ["a.schema_migrations: version varchar", "b.ar_internal_metadata: key varchar"];
    assert_eq!(told(&tables, &[]).0, ["a.schema_migrations (dbmate)"]);
}

#[test]
fn tables_of_users_with_such_names_are_none() {
    for other in [
        "a.schema_migrations: version varchar, note text",
        "a.schema_migrations: version bool, dirty bool",
        "a.schema_migrations: version int8, dirty bool, who text",
        "a.migrations: id int4, bird text, season text",
        "a.migrations: id int4, name varchar, hash varchar, executed_at timestamp",
        "a.flyway_schema_history: version varchar, success bool",
        "a.alembic_version: version_num int4",
        "a.releases: version_num varchar, notes text",
        "a.SequelizeMeta: name varchar, id int4",
        "a.changes: change_id text, change text",
    ] {
        assert_eq!(told(&[other], &[]), (vec![], vec![]), "{other}");
    }
}

#[test]
fn peculiar_columns_tell_a_tool_under_any_name() {
    let tables = [format!("app.history: {FLYWAY}"), "app.v: version_num varchar".to_owned()];
    let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
    assert_eq!(told(&tables, &[]).0, ["app.history (Flyway)", "app.v (Alembic)"]);
}

#[test]
fn a_table_with_another_name_can_be_named() {
    let tables = ["app.done: version varchar, by text", "app.birds: id int4"];
    assert!(told(&tables, &[]).0.is_empty());
    let (found, not_read) = told(&tables, &["rails=app.done", "knex=app.birds", "goose=gone"]);
    assert_eq!(found, ["app.done (Rails)"]);
    assert_eq!(
        not_read,
        [
            "app.birds (Knex): it has not the columns of Knex: id, name, batch, migration_time",
            "gone (goose): there is no such table"
        ]
    );
    // Whoever names a table for one tool does not get another one.
    let dirty = ["a.schema_migrations: version int8, dirty bool"];
    assert!(told(&dirty, &["ecto=a.schema_migrations"]).0.is_empty());
}

#[test]
fn what_the_role_may_not_read_is_told() {
    let hidden = FLYWAY.replace("success", "!success");
    let (found, not_read) = told(&[&format!("a.flyway_schema_history: {hidden}")], &[]);
    assert!(found.is_empty());
    assert_eq!(not_read, ["a.flyway_schema_history (Flyway): the role may not read it"]);
    // Columns that are not read may be hidden.
    let hidden = FLYWAY.replace(", script", ", !script");
    assert_eq!(told(&[&format!("a.flyway_schema_history: {hidden}")], &[]).0.len(), 1);
    let knex = "id int4, name varchar, batch int4, migration_time timestamptz";
    let lock = "a.knex_migrations_lock: index int4, !is_locked int4";
    let (found, not_read) = told(&[&format!("a.knex_migrations: {knex}"), lock], &[]);
    assert_eq!(found, ["a.knex_migrations (Knex)"]);
    assert!(not_read[0].contains("a.knex_migrations_lock") && not_read[0].contains("locked"));
}

#[test]
fn every_tool_is_read_by_columns_that_it_tells() {
    for tool in tools::all() {
        let columns: Vec<String> = tool
            .columns
            .iter()
            .map(|column| {
                let types = ["varchar", "int8", "bool", "timestamp", "jsonb"];
                let of = types.iter().find(|of| column.holds.takes(of)).unwrap();
                format!("{} {of}", column.name)
            })
            .collect();
        let schema = tool.schema.unwrap_or("some");
        let name = format!("{schema}.{}: {}", tool.tables[0], columns.join(", "));
        let companion = tool.companion.map(|name| format!("{schema}.{name}: key varchar"));
        let tables: Vec<&str> = [&name].into_iter().chain(&companion).map(String::as_str).collect();
        let (found, _) = told(&tables, &[]);
        assert_eq!(found.len(), 1, "{name}");
        assert!(found[0].ends_with(&format!("({})", tool.title)), "{name}: {found:?}");
        // What is not read does not stand in the query.
        let sql = super::super::query::query(
            &recognise(&[table(&name)], &ReadMigrations::default()).0.remove(0),
            "0",
        );
        for column in tool.columns.iter().filter(|column| !column.read) {
            let shown = format!("t.{}", crate::sql::quote_ident(column.name));
            assert!(
                !sql.contains(&format!("{shown} ")) && !sql.contains(&format!("{shown})")),
                "{sql}"
            );
        }
        if let Some(marker) = tool.marker {
            assert!(search(&ReadMigrations::default()).contains(&format!("'{marker}'")));
        }
    }
}

#[test]
fn hostile_names_are_quoted() {
    let hostile = Candidate {
        schema: "a\"; DROP".to_owned(),
        table: "x'\"y".to_owned(),
        ..table(&format!("a.b: {FLYWAY}"))
    };
    let (found, _) = recognise(&[hostile], &ReadMigrations::default());
    let sql = super::super::query::query(&found[0], "0'");
    assert!(sql.contains("\"a\"\"; DROP\".\"x'\"\"y\"") && sql.contains("'0'''"), "{sql}");
    let named = NamedTable::parse("knex=it's").unwrap();
    let sql = search(&ReadMigrations { hash: false, tables: vec![named] });
    assert!(sql.contains("'it''s'"), "{sql}");
}
