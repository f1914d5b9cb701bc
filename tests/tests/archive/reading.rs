//! What is read of an archive: sides of a comparison, histories, blame.

use std::fs;

use pgparity_tests::{Bench, Db, Pgparity, console, workspace};

use crate::shelf::{Shelf, database};

/// Three snapshots of production, in March, April and June 2026, and one of staging.
fn filled(name: &str) -> (Shelf, Db<'static>) {
    let (shelf, db) = (Shelf::new(), database(name));
    shelf.put(&db, "production", "2026-03-01T12:00:00Z");
    db.sql("ALTER TABLE orders ADD note text; CREATE TABLE returns (id integer, why text);");
    let april = shelf.put(&db, "production", "2026-04-01T12:00:00Z");
    let mark = april.replace("20260401", "20260515").replace(".json.gz", ".seen");
    fs::write(shelf.folder().join("production").join(mark), "").unwrap();
    db.sql("ALTER TABLE orders ALTER total TYPE numeric(12,2); ALTER TABLE orders DROP note;");
    shelf.put(&db, "production", "2026-06-01T12:00:00Z");
    shelf.put(&db, "staging", "2026-06-01T12:00:00Z");
    (shelf, db)
}

#[test]
fn a_side_is_what_was_there_at_a_time() {
    let (shelf, db) = filled("archive_sides");
    let columns = |side: &str| {
        let run = shelf.run(&["diff", side, &db.url(), "--format", "json"]);
        let mut missing: Vec<String> = run.json()["changes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|change| change["id"].as_str().unwrap().to_owned())
            .collect();
        missing.sort();
        missing
    };
    let march = columns("archive:production@2026-03-31");
    assert_eq!(march.first().unwrap(), "column:public.orders.total");
    assert!(march.contains(&"table:public.returns".to_owned()), "{march:?}");
    assert_eq!(columns("archive:production@2026-03-01T12:00:00Z"), march);
    let april = ["column:public.orders.note", "column:public.orders.total"];
    assert_eq!(columns("archive:production@2026-04-01"), april);
    assert_eq!(columns("archive:production@2026-05-31T23:59"), april);
    assert_eq!(columns("archive:production"), [""; 0]);
    let run =
        shelf.run(&["diff", "archive:staging", "archive:production@2026-06-01"]).expect_status(0);
    assert!(run.stderr.contains("FROM is staging of 2026-06-01T12:00:00Z"), "{}", run.stderr);
    let place = shelf.folder();
    let by_variable = Pgparity::new(["check", "archive:production", "--policy", "none.toml"]);
    let error = by_variable.env("PGPARITY_ARCHIVE", &place).run().expect_status(2).stderr;
    assert!(error.contains("none.toml"), "{error}");
    let by_variable = Pgparity::new(["diff", "archive:production", "archive:staging"]);
    by_variable.env("PGPARITY_ARCHIVE", place).run().expect_status(0);
}

#[test]
fn errors_say_what_is_there() {
    let (shelf, db) = filled("archive_errors");
    let error = |side: &str| shelf.run(&["diff", side, &db.url()]).expect_status(2).stderr;
    for (side, parts) in [
        ("archive:prod", ["no snapshots of `prod`", "it has: production, staging"]),
        (
            "archive:production@2026-02-28",
            ["2026-02-28T23:59:59Z or before", "the oldest is of 2026-03-01T12:00:00Z"],
        ),
        ("archive:production@soon", ["`soon` is no time", "write 2026-11-01"]),
        ("archive:../x", ["`../x` is no name for an environment", "letters, digits"]),
    ] {
        let told = error(side);
        assert!(parts.iter().all(|part| told.contains(part)), "{told}");
    }
    let nowhere = Pgparity::new(["diff", "archive:a", "archive:b"]).run().expect_status(2).stderr;
    assert!(nowhere.contains("--archive") && nowhere.contains("PGPARITY_ARCHIVE"), "{nowhere}");
    let missing =
        Pgparity::new(["history", "--archive", "no/such/folder"]).run().expect_status(2).stderr;
    assert!(missing.contains("no/such/folder: there is no such folder"), "{missing}");
    assert!(!std::path::Path::new("no").exists());
    let empty = Bench::new();
    let empty =
        Pgparity::new(["history", "--archive"]).args([empty.path("")]).run().expect_status(2);
    assert!(empty.stderr.contains("holds no snapshots"), "{}", empty.stderr);
    // A file that ends early, one that is none, and one that is too large.
    let newest = shelf.snapshots("production").pop().unwrap();
    let path = shelf.folder().join("production").join(&newest);
    let whole = fs::read(&path).unwrap();
    let side = "archive:production";
    let large =
        shelf.run(&["diff", side, &db.url(), "--max-input", "100B"]).expect_status(2).stderr;
    assert!(large.contains("--max-input") && large.contains(&newest), "{large}");
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let told = error(side);
    assert!(told.contains("ends too early") && told.contains(&newest), "{told}");
    fs::write(&path, "not a snapshot").unwrap();
    assert!(error(side).contains(&newest), "{}", error(side));
}

#[test]
fn history_tells_the_newest_first() {
    let (shelf, _) = filled("archive_history");
    let text = shelf.run(&["history", "production"]).expect_status(0).text().to_owned();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let at = |part: &str| {
        lines
            .iter()
            .position(|line| line.starts_with(part))
            .unwrap_or_else(|| panic!("{part}\n{text}"))
    };
    assert_eq!(lines[0], "production: 3 snapshots");
    let order = [
        at("2026-06-01T12:00:00Z"),
        at("1 dropped, 1 changed"),
        at("- column public.orders.note"),
        at("~ column public.orders.total"),
        at("type: numeric(10,2) → numeric(12,2)"),
        at("2026-04-01T12:00:00Z, the same at 2026-05-15T12:00:00Z"),
        at("4 added"),
        at("+ column public.orders.note"),
        at("+ table public.returns"),
        at("2026-03-01T12:00:00Z"),
        at("the first of these snapshots"),
    ];
    assert!(order.is_sorted(), "{order:?}\n{text}");
    assert!(!text.contains("public.returns.why"), "columns come with their table\n{text}");
    assert!(!text.contains("A gap"), "{text}");
    let json = shelf.run(&["history", "production", "--format", "json", "--since", "2026-05-01"]);
    let json = json.expect_status(0).json();
    let snapshots = json["snapshots"].as_array().unwrap();
    assert_eq!(snapshots.len(), 2, "what was there at that time, and what came later");
    assert_eq!(snapshots[0]["since"]["changed"], 1);
    assert_eq!(snapshots[1]["seen"], "2026-05-15T12:00:00Z");
    assert!(snapshots[0]["file"].as_str().unwrap().starts_with("production/20260601T120000Z-"));
    let until = shelf.run(&["history", "production", "--until", "2026-04-30"]).expect_status(0);
    assert!(until.text().starts_with("production: 2 snapshots"));
    let none = shelf.run(&["history", "production", "--until", "2026-01-01"]).expect_status(2);
    assert!(none.stderr.contains("the first is of 2026-03-01T12:00:00Z"), "{}", none.stderr);
    let all = shelf.run(&["history"]).expect_status(0).text().to_owned();
    assert!(
        all.contains("production: 3 snapshots") && all.contains("staging: 1 snapshot"),
        "{all}"
    );
    shelf.run(&["history", "--since", "2026-01-01"]).expect_status(2);
}

#[test]
fn blame_names_the_snapshot_that_brought_a_column() {
    let (shelf, _) = filled("archive_blame");
    let blame = |name: &str| shelf.run(&["blame", name, "production"]);
    let told = |name: &str| blame(name).expect_status(0).text().to_owned();
    let total = told("orders.total");
    assert!(total.starts_with("column public.orders.total in production\n"), "{total}");
    assert!(total.contains("2026-06-01T12:00:00Z  changed, after 2026-05-15T12:00:00Z"), "{total}");
    assert!(total.contains("type: numeric(10,2) → numeric(12,2)"), "{total}");
    assert!(total.contains("2026-03-01T12:00:00Z  there when somebody first looked"), "{total}");
    assert_eq!(told("public.orders.total"), total);
    assert_eq!(told("PUBLIC.Orders.\"total\"".to_lowercase().as_str()), total);
    assert_eq!(told("column:public.orders.total"), total);
    let note = told("orders.note");
    assert!(note.contains("2026-04-01T12:00:00Z  came, after 2026-03-01T12:00:00Z"), "{note}");
    assert!(note.contains("2026-06-01T12:00:00Z  went, after"), "{note}");
    let table = told("Orders");
    for line in [
        "2026-03-01T12:00:00Z^ column id",
        "2026-04-01T12:00:00Z  column note; gone 2026-06-01T12:00:00Z",
        "2026-03-01T12:00:00Z^ column total; changed 2026-06-01T12:00:00Z: type",
        "constraint orders_pkey",
    ] {
        assert!(table.contains(line), "{line}\n{table}");
    }
    let json = shelf.run(&["blame", "orders.total", "production", "--format", "json"]).json();
    assert_eq!(json["lines"][0]["changed"][1][0], "type");
    assert_eq!(json["events"][0]["what"], "changed");
    let unknown = blame("invoices.total").expect_status(2).stderr;
    assert!(unknown.contains("no table or column `invoices.total`"), "{unknown}");
    assert!(unknown.contains("there is column:public.orders.total"), "{unknown}");
    let several = shelf.run(&["blame", "orders.total"]).expect_status(2).stderr;
    assert!(several.contains("name one behind the column: production, staging"), "{several}");
}

#[test]
fn the_documentation_shows_what_is_said() {
    let (shelf, _) = filled("archive_documented");
    let document = fs::read_to_string(workspace::root().join("docs/archive.md")).unwrap();
    let call = |words: &[&str]| {
        Pgparity::new(words).env("PGPARITY_ARCHIVE", shelf.folder()).run().expect_status(0)
    };
    assert_eq!(console::follow(&document, call), 3);
}
