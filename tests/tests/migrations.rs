//! Histories of migrations: which tables are taken for one, what is read of them, and what two databases
//! say of each other. The tables in `fixtures/migrations/real` were made by the tools themselves.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::path::{Path, PathBuf};

use pgparity_tests::{Bench, Cluster, Db, Pgparity, Run, each_version, programs, workspace};
use serde_json::{Value, json};

fn export(bench: &Bench, db: &Db<'_>, name: &str, options: &[&str]) -> PathBuf {
    export_as(bench, db, "postgres", name, options)
}

fn export_as(bench: &Bench, db: &Db<'_>, role: &str, name: &str, options: &[&str]) -> PathBuf {
    let file = bench.path(&format!("{name}.json"));
    let url = db.url_as(role);
    let run = Pgparity::new(["export", "--label", name, "--url", &url, "-o"]).args([&file]);
    run.args(options).run().expect_status(0);
    file
}

fn read(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// The ledgers of a snapshot, without the members that say where they are.
fn ledgers(file: &Path) -> Vec<(String, Value)> {
    let snapshot = read(file);
    let list = snapshot["migrations"].as_array().cloned().unwrap_or_default();
    let place = |ledger: &mut Value| {
        let members = ledger.as_object_mut().unwrap();
        let mut take = |name: &str| members.remove(name).unwrap().as_str().unwrap().to_owned();
        format!("{} {}.{}", take("tool"), take("schema"), take("table"))
    };
    list.into_iter().map(|mut ledger| (place(&mut ledger), ledger)).collect()
}

fn diff(from: &Path, to: &Path, options: &[&str]) -> Run {
    Pgparity::new(["diff"]).args([from, to]).args(options).run()
}

/// The text without line breaks.
fn on_one_line(run: &Run) -> String {
    run.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A database with every history that a tool made here.
fn load_real(db: &Db<'_>) {
    for entry in fs::read_dir(workspace::tests("fixtures/migrations/real")).unwrap() {
        db.file(entry.unwrap().path());
    }
}

#[test]
fn histories_that_tools_made_are_read() {
    each_version(|cluster| {
        let (bench, db) = (Bench::new(), cluster.database("heads_real"));
        load_real(&db);
        let found = ledgers(&export(&bench, &db, "real", &[]));
        let of = |tool: &str| {
            let is = |(place, _): &&(String, Value)| place.split(' ').next() == Some(tool);
            found.iter().find(is).unwrap_or_else(|| panic!("no {tool} in {found:?}")).1.clone()
        };
        assert_eq!(found.len(), 9, "{found:?}");
        assert_eq!(of("alembic"), json!({"heads": ["b1", "b2"]}));
        assert_eq!(of("dbmate")["applied"], json!(["20240101000000", "20240201000000"]));
        let django = of("django");
        assert_eq!(
            (&django["applied_count"], django["applied"].as_array().unwrap().len()),
            (&json!(17), 17)
        );
        assert!(django["heads"].as_array().unwrap().contains(&json!("shop.0002_order_note")));
        assert!(django["head_applied_at"].as_str().unwrap().ends_with('Z'), "{django}");
        assert_eq!(of("drizzle")["applied"], json!(["1704067200000", "1706745600000"]));
        let knex = of("knex");
        assert_eq!(knex["heads"], json!(["20240201000000_create_b.js"]));
        assert!(knex.get("locked").is_none(), "{knex}");
        assert_eq!(of("node-pg-migrate")["heads"], json!(["1706745600000_create-b"]));
        assert_eq!(of("sequelize")["heads"], json!(["20240201-create-b.js"]));
        assert_eq!(of("typeorm")["heads"], json!(["CreateB1706745600000"]));
        let yoyo = of("yoyo");
        assert_eq!(
            (&yoyo["heads"], &yoyo["applied_count"]),
            (&json!(["0002.create-b"]), &json!(2))
        );

        // A run that ended without giving its lock back.
        db.sql("UPDATE knex_migrations_lock SET is_locked = 1; INSERT INTO yoyo_lock VALUES (1, '2026-01-01', 7)");
        let found = ledgers(&export(&bench, &db, "stuck", &[]));
        let locked: Vec<&str> = found
            .iter()
            .filter(|(_, of)| of["locked"] == true)
            .map(|(at, _)| at.as_str())
            .collect();
        assert_eq!(locked, ["knex public.knex_migrations", "yoyo public._yoyo_migration"]);
    });
}

/// What the tables hold that are made of the documented columns, place by place.
fn documented() -> Vec<(&'static str, Value)> {
    vec![
        (
            "atlas atlas.atlas_schema_revisions",
            json!({"heads": ["20260101000000_init"], "head_applied_at": "2026-01-01T08:00:00Z", "applied_count": 1, "applied": ["20260101000000_init"], "failed": ["20260102000000_orders"]}),
        ),
        (
            "diesel diesel.__diesel_schema_migrations",
            json!({"heads": ["20260131120000"], "head_applied_at": "2026-01-31T12:00:00", "applied_count": 2, "applied": ["00000000000000", "20260131120000"]}),
        ),
        (
            "ecto ecto.schema_migrations",
            json!({"heads": ["20260101000000"], "head_applied_at": "2026-01-01T08:00:00", "applied_count": 1, "applied": ["20260101000000"]}),
        ),
        (
            "ef-core ef.__EFMigrationsHistory",
            json!({"heads": ["20260101000000_Init"], "applied_count": 1, "applied": ["20260101000000_Init"]}),
        ),
        (
            "ef-core ef_snake.__EFMigrationsHistory",
            json!({"heads": ["20260101000000_Init"], "applied_count": 1, "applied": ["20260101000000_Init"]}),
        ),
        (
            "flyway flyway.flyway_schema_history",
            json!({"heads": ["V10__add_notes"], "head_applied_at": "2026-01-03T08:00:00", "applied_count": 4, "applied": ["V3__old_tables", "V4__add_orders", "V10__add_notes", "R__views"], "baseline": "V3__old_tables", "failed": ["V11__fails"]}),
        ),
        ("golang-migrate migrate.schema_migrations", json!({"heads": ["7"]})),
        ("golang-migrate migrate_dirty.schema_migrations", json!({"heads": [], "failed": ["8"]})),
        (
            "goose goose.goose_db_version",
            json!({"heads": ["2"], "head_applied_at": "2026-01-02T08:00:00", "applied_count": 2, "applied": ["1", "2"]}),
        ),
        (
            "hasura hdb_catalog.hdb_version",
            json!({"heads": ["default.1700000000000"], "applied_count": 1, "applied": ["default.1700000000000"], "failed": ["default.1700000000001"]}),
        ),
        (
            "hasura hdb_catalog.schema_migrations",
            json!({"heads": ["1700000000000"], "applied_count": 1, "applied": ["1700000000000"]}),
        ),
        (
            "laravel laravel.migrations",
            json!({"heads": ["2026_01_01_000000_create_users"], "applied_count": 1, "applied": ["2026_01_01_000000_create_users"]}),
        ),
        (
            "liquibase liquibase.databasechangelog",
            json!({"heads": ["db/a.xml::2::ann"], "head_applied_at": "2026-01-02T08:00:00", "applied_count": 2, "applied": ["db/a.xml::1::ann", "db/a.xml::2::ann"], "failed": ["db/a.xml::3::bob"], "locked": true, "locked_since": "2026-01-03T08:00:00"}),
        ),
        (
            "mikro-orm mikro.mikro_orm_migrations",
            json!({"heads": ["Migration20260102"], "head_applied_at": "2026-01-02T08:00:00Z", "applied_count": 2, "applied": ["Migration20260101", "Migration20260102"]}),
        ),
        (
            "pgroll pgroll.migrations",
            json!({"heads": ["public.01_users"], "head_applied_at": "2026-01-01T08:00:01Z", "applied_count": 1, "applied": ["public.01_users"], "in_progress": ["public.02_orders"]}),
        ),
        (
            "phinx phinx.phinxlog",
            json!({"heads": ["20260101000000_CreateUsers"], "head_applied_at": "2026-01-01T08:00:01", "applied_count": 1, "applied": ["20260101000000_CreateUsers"]}),
        ),
        (
            "prisma prisma._prisma_migrations",
            json!({"heads": ["20260102000000_orders"], "head_applied_at": "2026-01-03T08:00:00Z", "applied_count": 2, "applied": ["20260101000000_init", "20260102000000_orders"], "failed": ["20260104000000_fails"], "in_progress": ["20260105000000_runs"]}),
        ),
        (
            "rails rails.schema_migrations",
            json!({"heads": ["20260102000000"], "applied_count": 3, "applied": ["9", "20260101000000", "20260102000000"]}),
        ),
        (
            "refinery refinery.refinery_schema_history",
            json!({"heads": ["V1__initial"], "head_applied_at": "2026-01-01T08:00:00.5Z", "applied_count": 1, "applied": ["V1__initial"]}),
        ),
        (
            "sea-orm sea.seaql_migrations",
            json!({"heads": ["m20260101_000001_create"], "head_applied_at": "2026-01-01T08:00:00Z", "applied_count": 1, "applied": ["m20260101_000001_create"]}),
        ),
        (
            "sqitch sqitch.changes",
            json!({"heads": ["shop:orders"], "head_applied_at": "2026-01-02T08:00:00Z", "applied_count": 2, "applied": ["shop:users", "shop:orders"], "failed": ["shop:notes"]}),
        ),
        (
            "sqlx sqlx._sqlx_migrations",
            json!({"heads": ["20260101000000_create_users"], "head_applied_at": "2026-01-01T08:00:00Z", "applied_count": 1, "applied": ["20260101000000_create_users"], "failed": ["20260102000000_fails"]}),
        ),
        (
            "supabase supabase_migrations.schema_migrations",
            json!({"heads": ["20260102000000"], "applied_count": 2, "applied": ["20260101000000_init", "20260102000000"]}),
        ),
        ("tern tern.schema_version", json!({"heads": ["5"]})),
    ]
}

#[test]
fn histories_by_documented_columns_are_read() {
    each_version(|cluster| {
        let (bench, db) = (Bench::new(), cluster.database("heads_documented"));
        db.file(workspace::tests("fixtures/migrations/documented/all.sql"));
        let file = export(&bench, &db, "documented", &[]);
        let found = ledgers(&file);
        let expected = documented();
        for ((place, ledger), (name, wanted)) in found.iter().zip(&expected) {
            assert_eq!((place.as_str(), ledger), (*name, wanted));
        }
        assert_eq!(found.len(), expected.len());
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains("secret"), "no script, log or error is read");
        assert!(!text.contains("ann@example.org") && !text.contains("10.0.0.1"), "nor who did it");
    });
}

#[test]
fn rows_are_no_drift_and_no_part_of_the_fingerprint() {
    each_version(|cluster| {
        let (bench, db) = (Bench::new(), cluster.database("heads_fingerprint"));
        load_real(&db);
        let with = export(&bench, &db, "with", &[]);
        let again = export(&bench, &db, "again", &[]);
        let (one, other) = (read(&with), read(&again));
        assert_eq!(one["migrations"], other["migrations"], "two exports say the same");
        let without = export(&bench, &db, "without", &["--no-migrations"]);
        assert!(read(&without).get("migrations").is_none());
        assert!(read(&without)["source"].get("migrations").is_none());
        db.sql("DELETE FROM alembic_version WHERE version_num = 'b2'");
        let changed = export(&bench, &db, "changed", &[]);
        for file in [&without, &changed] {
            assert_eq!(read(file)["fingerprint"], one["fingerprint"]);
            diff(&with, file, &[]).expect_status(0);
        }
        let said = diff(&with, &without, &[]).expect_status(0);
        assert!(
            on_one_line(&said).contains("looked for in one of the two snapshots only"),
            "{}",
            said.text()
        );
    });
}

/// Production is two migrations behind, and every form of the report says so.
#[test]
fn production_is_behind_in_every_form() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let (bench, dev) = (Bench::new(), cluster.database("heads_dev"));
    let prod = cluster.database("heads_prod");
    for db in [&dev, &prod] {
        db.file(workspace::tests("fixtures/migrations/real/django.sql"));
    }
    dev.sql(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('shop', '0003_order_paid', now()),
         ('shop', '0004_<b>|`x`', now()); CREATE TABLE paid ();",
    );
    let from = export(&bench, &prod, "production", &[]);
    let to = export(&bench, &dev, "development", &[]);
    let told = "production is 2 migrations behind development: shop.0003_order_paid, shop.0004";
    for format in ["text", "markdown", "html"] {
        let run = diff(&from, &to, &["--format", format]).expect_status(1);
        let text = on_one_line(&run);
        assert!(text.contains(told), "{format}: {text}");
        assert_eq!(text.contains("<b>"), format == "text", "{format}");
        assert!(!text.contains("no migration explains"), "{format}");
    }
    let drift = diff(&from, &to, &["--format", "json"]).expect_status(1).json();
    assert_eq!(drift["migrations"]["ledgers"][0]["only_to"][0], "shop.0003_order_paid");
    assert_eq!(drift["migrations"]["statements"][0]["code"], "behind");

    // The same set, and drift all the same.
    prod.sql("INSERT INTO django_migrations (app, name, applied) SELECT 'shop', n, now() FROM unnest('{0003_order_paid,0004_<b>|`x`}'::text[]) n");
    let from = export(&bench, &prod, "production", &[]);
    let run = diff(&from, &to, &[]).expect_status(1);
    assert!(run.text().contains("there is drift that no migration explains"), "{}", run.text());

    // Hashes compare, and hold no name.
    prod.sql("DELETE FROM django_migrations WHERE app = 'shop' AND name LIKE '0004%'");
    let hashed = export(&bench, &prod, "production", &["--hash-migrations"]);
    let text = fs::read_to_string(&hashed).unwrap();
    assert!(!text.contains("order_note") && text.contains("\"hashed\": true"), "{text}");
    let run = diff(&hashed, &to, &[]).expect_status(1);
    assert!(
        on_one_line(&run).contains("is 1 migration behind development: shop.0004_"),
        "{}",
        run.text()
    );
}

#[test]
fn a_folder_tells_what_is_pending() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let (bench, db) = (Bench::new(), cluster.database("heads_folder"));
    db.file(workspace::tests("fixtures/migrations/real/alembic.sql"));
    let file = export(&bench, &db, "live", &[]);
    let folder = workspace::tests("fixtures/migrations/alembic");
    let run = diff(&file, &file, &["--migrations", folder.to_str().unwrap()]).expect_status(0);
    let text = on_one_line(&run);
    assert!(text.contains("From has two heads: b1, b2"), "{text}");
    assert!(
        text.contains("pending in From, 1 of 4 in ") && text.contains(": c1_join_both"),
        "{text}"
    );
    // A check fails for both.
    let policy = bench.write("heads.toml", "version = 1\n");
    let check = Pgparity::new(["check"]).args([&file, Path::new("--policy"), &policy]);
    let check = check.args(["--migrations", folder.to_str().unwrap()]).run().expect_status(1);
    let text = on_one_line(&check);
    assert!(text.contains("public.alembic_version: two heads: b1, b2"), "{text}");
    assert!(text.contains("1 migration behind ") && text.contains(": c1_join_both"), "{text}");
    let other = bench.path("empty");
    fs::create_dir_all(&other).unwrap();
    let check = Pgparity::new(["check"]).args([&file, Path::new("--policy"), &policy]);
    let check = check.args(["--migrations", other.to_str().unwrap()]).run().expect_status(1);
    assert!(on_one_line(&check).contains("no history of migrations to hold the folder against"));
    // Straight from the database, with the tool named.
    let named = format!("alembic={}", folder.display());
    let url = db.url();
    let run = Pgparity::new(["diff", &url, &url, "--migrations", &named]).run().expect_status(0);
    assert!(run.text().contains("c1_join_both"), "{}", run.text());
    let missing = diff(&file, &file, &["--migrations", "no/such/folder"]).expect_status(2);
    assert!(missing.stderr.contains("no/such/folder"), "{}", missing.stderr);
}

#[test]
fn what_cannot_be_read_is_named_and_the_export_goes_on() {
    each_version(|cluster| {
        let (bench, db) = (Bench::new(), cluster.database("heads_denied"));
        load_real(&db);
        db.sql(
            "GRANT SELECT ON alembic_version, knex_migrations, \"SequelizeMeta\" TO plain_login;
             ALTER TABLE \"SequelizeMeta\" ENABLE ROW LEVEL SECURITY;",
        );
        let file = export_as(&bench, &db, "plain_login", "plain", &[]);
        let found: Vec<String> = ledgers(&file).into_iter().map(|(place, _)| place).collect();
        assert_eq!(found, ["alembic public.alembic_version", "knex public.knex_migrations"]);
        let not_read = read(&file)["source"]["not_read"].to_string();
        for part in [
            "migrations: public.django_migrations (Django): the role may not read it",
            "migrations: public.knex_migrations_lock (Knex): the role may not read it, so what is locked",
            "migrations: drizzle.__drizzle_migrations (Drizzle): the role may not read it",
        ] {
            assert!(not_read.contains(part), "{part}\n{not_read}");
        }
        assert!(
            not_read.contains("SequelizeMeta") && not_read.contains("row-level security"),
            "{not_read}"
        );
        // What could not be read is not said to be absent.
        let whole = export(&bench, &db, "whole", &[]);
        for (from, to) in [(&whole, &file), (&file, &whole)] {
            let text = on_one_line(&diff(from, to, &[]).expect_status(0));
            let told =
                "Django (public.django_migrations): of this history, that of whole alone could";
            assert!(text.contains(told) && !text.contains("has none"), "{text}");
        }
        let folder = bench.path("shop/migrations");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("0001_a.py"), "class Migration(migrations.Migration):").unwrap();
        let policy = bench.write("unread.toml", "version = 1\n");
        let check = Pgparity::new(["check"]).args([&file, Path::new("--policy"), &policy]);
        let check = check.args([Path::new("--migrations"), &folder]).run().expect_status(1);
        assert!(on_one_line(&check).contains("history of migrations could not be read"));
    });
}

#[test]
fn a_history_that_is_damaged_is_named_and_the_export_goes_on() {
    each_version(|cluster| {
        let (bench, db) = (Bench::new(), cluster.database("heads_damaged"));
        db.file(workspace::tests("fixtures/migrations/documented/all.sql"));
        db.sql("UPDATE hdb_catalog.hdb_version SET cli_state = '{\"migrations\": [1]}'");
        let file = export(&bench, &db, "damaged", &[]);
        let found: Vec<String> = ledgers(&file).into_iter().map(|(place, _)| place).collect();
        assert_eq!(found.len(), 23, "{found:?}");
        assert!(!found.contains(&"hasura hdb_catalog.hdb_version".to_owned()), "{found:?}");
        let not_read = read(&file)["source"]["not_read"].to_string();
        assert!(not_read.contains("hdb_catalog.hdb_version (Hasura): cannot call"), "{not_read}");
        assert!(!read(&file)["objects"]["table"].as_array().unwrap().is_empty());
    });
}

#[test]
fn tables_of_users_are_not_read_and_hostile_names_do_no_harm() {
    each_version(|cluster| {
        let (bench, db) = (Bench::new(), cluster.database("heads_hostile"));
        db.sql(
            "CREATE TABLE migrations (id int, bird text); INSERT INTO migrations VALUES (1, 'a secret stork');
             CREATE TABLE schema_migrations (version text, note text);
             CREATE VIEW alembic_version AS SELECT 'x'::varchar AS version_num;
             CREATE SCHEMA \"a'; DROP TABLE b; --\";
             CREATE TABLE \"a'; DROP TABLE b; --\".\"x\"\"y\" (version_num varchar);
             INSERT INTO \"a'; DROP TABLE b; --\".\"x\"\"y\" VALUES (E'\\x1b[31m</td><script>'), (repeat('x', 9000));
             CREATE SCHEMA app; CREATE TABLE app.done (version varchar, who text); INSERT INTO app.done VALUES ('7', 'me');",
        );
        let file = export(&bench, &db, "hostile", &[]);
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains("secret stork"));
        let found = ledgers(&file);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, "alembic a'; DROP TABLE b; --.x\"y");
        let longest = found[0].1["heads"]
            .as_array()
            .unwrap()
            .iter()
            .map(|head| head.as_str().unwrap().len())
            .max();
        assert_eq!(longest, Some(500));
        for format in ["text", "markdown", "html"] {
            let run = diff(&file, &file, &["--format", format]).expect_status(0);
            assert!(!run.text().contains('\u{1b}'), "{format}");
            assert!(format == "text" || !run.text().contains("<script>"), "{format}");
        }
        let named = export(
            &bench,
            &db,
            "named",
            &["--migrations-table", "rails=app.done", "--schema", "app"],
        );
        let found = ledgers(&named);
        assert_eq!(found.len(), 1, "the other one is in a schema that is not exported: {found:?}");
        assert_eq!((found[0].0.as_str(), &found[0].1["heads"]), ("rails app.done", &json!(["7"])));
        let wrong =
            Pgparity::new(["export", "--url", &db.url(), "--migrations-table", "flywya=x"]).run();
        assert!(wrong.expect_status(2).stderr.contains("flyway"));
    });
}

#[test]
fn the_script_for_psql_says_that_it_does_not_read_them() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let (bench, db) = (Bench::new(), cluster.database("heads_psql"));
    db.file(workspace::tests("fixtures/migrations/real/alembic.sql"));
    let direct = export(&bench, &db, "direct", &[]);
    for (options, told) in [(&[][..], true), (&["--no-migrations"], false)] {
        let sql = bench.path("rows.sql");
        Pgparity::new(["export", "--print-sql", "-o"])
            .args([&sql])
            .args(options)
            .run()
            .expect_status(0);
        assert!(!fs::read_to_string(&sql).unwrap().contains("alembic"), "no row is read");
        let rows = bench.write("rows.jsonl", &db.try_file(&sql).stdout);
        let run = diff(&rows, &direct, &[]).expect_status(0);
        let said = on_one_line(&run)
            .contains("not read: migrations: the script for psql does not read them");
        assert_eq!(said, told, "{}", run.text());
    }
}
