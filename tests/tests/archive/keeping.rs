//! What is kept: a snapshot when something changed, a mark when nothing did; the index; pruning.

use std::collections::BTreeSet;
use std::fs;

use pgparity_core::snapshot;

use crate::shelf::{Shelf, database, next_second};

#[test]
fn a_snapshot_is_kept_when_something_changed() {
    let (shelf, db) = (Shelf::new(), database("archive_changed"));
    let first = shelf.export(&db, "production");
    assert!(first.stderr.contains("archived production/"), "{}", first.stderr);
    assert!(first.stdout.is_empty());
    for _ in 0..2 {
        next_second();
        let again = shelf.export(&db, "production");
        assert!(again.stderr.contains("nothing changed: production is as in the snapshot of "));
    }
    assert_eq!(shelf.snapshots("production").len(), 1);
    assert_eq!(shelf.names("production", ".seen").len(), 1, "the last mark tells all");
    db.sql("ALTER TABLE orders ADD note text;");
    next_second();
    shelf.export(&db, "production");
    let names = shelf.snapshots("production");
    assert_eq!(names.len(), 2);
    for name in &names {
        let document = shelf.document("production", name);
        let found = snapshot::read(document.as_bytes()).unwrap();
        assert_eq!(snapshot::write(&found), document, "as `export` writes it");
        assert_eq!(found.source.label.as_deref(), Some("production"));
        let hash = found.fingerprint.strip_prefix("sha256:").unwrap();
        let time = found.source.captured_at.replace(['-', ':'], "");
        assert_eq!(*name, format!("{time}-{hash}.json.gz"));
    }
    // Back to what was there before the change: that is a change too.
    db.sql("ALTER TABLE orders DROP note;");
    next_second();
    shelf.export(&db, "production");
    assert_eq!(shelf.snapshots("production").len(), 3);
}

#[test]
fn the_label_names_the_environment() {
    let (shelf, db) = (Shelf::new(), database("archive_named"));
    shelf.run(&["export", "--url", &db.url()]).expect_status(0);
    assert_eq!(shelf.snapshots("archive_named").len(), 1);
    let bad = shelf.run(&["export", "--url", &db.url(), "--label", "../up"]).expect_status(2);
    assert!(bad.stderr.contains("`../up` is no name for an environment"), "{}", bad.stderr);
    let twin =
        shelf.run(&["export", "--url", &db.url(), "--label", "Archive_Named"]).expect_status(2);
    assert!(twin.stderr.contains("in capitals alone"), "{}", twin.stderr);
    shelf.run(&["export", "--url", &db.url(), "-o", "x.json"]).expect_status(2);
    let folder = fs::read_dir(shelf.folder()).unwrap().count();
    assert_eq!(folder, 1, "nothing else was made");
}

#[test]
fn the_index_is_made_anew_where_it_is_missing_or_broken() {
    let (shelf, db) = (Shelf::new(), database("archive_index"));
    let index = shelf.folder().join("dev/index");
    let listed = || -> BTreeSet<String> {
        let index: serde_json::Value = serde_json::from_slice(&fs::read(&index).unwrap()).unwrap();
        index["snapshots"].as_object().unwrap().keys().cloned().collect()
    };
    shelf.export(&db, "dev");
    let one = listed();
    for (at, broken) in [None, Some("{"), Some("{\"format\":\"x\",\"version\":9,\"snapshots\":{}}")]
        .into_iter()
        .enumerate()
    {
        match broken {
            Some(text) => fs::write(&index, text).unwrap(),
            None => fs::remove_file(&index).unwrap(),
        }
        let overview = shelf.run(&["history"]).expect_status(0);
        assert!(overview.text().starts_with("dev: "), "{}", overview.text());
        db.sql(&format!("ALTER TABLE orders ADD c{at} text;"));
        next_second();
        shelf.export(&db, "dev");
        assert_eq!(listed(), shelf.snapshots("dev").into_iter().collect());
    }
    assert!(one.is_subset(&listed()));
    let overview = shelf.run(&["history"]).expect_status(0);
    assert!(overview.text().contains("database archive_index"), "{}", overview.text());
}

#[test]
fn pruning_keeps_what_its_rules_say_and_the_newest() {
    let (shelf, db) = (Shelf::new(), database("archive_prune"));
    let times = ["2026-01-10", "2026-01-20", "2026-02-10", "2026-02-20", "2026-03-10"];
    let mut names = Vec::new();
    for (at, day) in times.iter().enumerate() {
        db.sql(&format!("ALTER TABLE orders ADD c{at} text;"));
        names.push(shelf.put(&db, "production", &format!("{day}T00:00:00Z")));
    }
    let mark = names[0].replace("20260110", "20260115").replace(".json.gz", ".seen");
    fs::write(shelf.folder().join("production").join(mark), "").unwrap();
    let prune = |more: &[&str]| {
        let arguments = [&["archive", "prune", "--keep", "last=1,monthly=3"], more].concat();
        shelf.run(&arguments).expect_status(0).text().to_owned()
    };
    let gone = format!("production/{}\nproduction/{}\n", names[0], names[2]);
    assert_eq!(prune(&["--dry-run"]), gone);
    assert_eq!(shelf.snapshots("production").len(), 5);
    assert_eq!(prune(&["production"]), gone);
    let left = [names[1].clone(), names[3].clone(), names[4].clone()];
    assert_eq!(shelf.snapshots("production"), left);
    assert_eq!(shelf.names("production", ".seen").len(), 0, "marks go with their snapshots");
    assert_eq!(prune(&[]), "");
    shelf.run(&["archive", "prune", "--keep", "hourly=1"]).expect_status(2);
    let other = shelf.run(&["archive", "prune", "staging", "--keep", "last=1"]).expect_status(2);
    assert!(other.stderr.contains("it has: production"), "{}", other.stderr);
    // With an export: the new one is today's, and of the others one is left.
    let export = ["export", "--url", &db.url(), "--label", "production", "--keep", "last=2"];
    db.sql("ALTER TABLE orders ADD last_one text;");
    let run = shelf.run(&export).expect_status(0);
    assert!(run.stderr.contains("pruned 2 snapshots of production"), "{}", run.stderr);
    assert_eq!(shelf.snapshots("production").len(), 2);
}
