//! Several writers at once, and writers that are killed: the archive stays valid.

use std::fs;
use std::time::Duration;

use pgparity_core::snapshot;
use pgparity_tests::Pgparity;

use crate::shelf::{Shelf, database, next_second};

#[test]
fn writers_at_once_keep_one_snapshot() {
    let (shelf, db) = (Shelf::new(), database("archive_at_once"));
    for round in 0..3 {
        db.sql(&format!("ALTER TABLE orders ADD c{round} text;"));
        next_second();
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| shelf.export(&db, "production"));
            }
        });
        assert_eq!(
            shelf.snapshots("production").len(),
            round + 1,
            "{:?}",
            shelf.names("production", "")
        );
    }
    shelf.run(&["history", "production"]).expect_status(0);
}

/// Whenever a writer is killed, what is there can be read, and the next writer goes on.
#[test]
fn a_killed_writer_leaves_a_valid_archive() {
    let (shelf, db) = (Shelf::new(), database("archive_killed"));
    shelf.export(&db, "production");
    let took = shelf.export(&db, "production").took;
    let rounds = 16_u32;
    for round in 0..rounds {
        db.sql(&format!("ALTER TABLE orders ADD c{round} text;"));
        let mut call = shelf.call(&["export", "--url", &db.url(), "--label", "production"]);
        let mut child = call.spawn();
        std::thread::sleep(took * round / rounds + Duration::from_millis(u64::from(round % 3)));
        child.kill().unwrap();
        child.wait().unwrap();
        for name in shelf.snapshots("production") {
            snapshot::read(shelf.document("production", &name).as_bytes()).unwrap();
        }
        let history = shelf.run(&["history", "production", "--format", "json"]).expect_status(0);
        let told = history.json()["snapshots"].as_array().unwrap().len();
        assert_eq!(told, shelf.snapshots("production").len());
    }
    next_second();
    shelf.export(&db, "production");
    let newest = shelf.run(&["diff", &db.url(), "archive:production"]);
    newest.expect_status(0);
    let index = fs::read(shelf.folder().join("production/index")).unwrap();
    let index: serde_json::Value = serde_json::from_slice(&index).unwrap();
    let listed = index["snapshots"].as_object().unwrap().len();
    assert_eq!(listed, shelf.snapshots("production").len(), "the index is whole again");
}

/// A signal while the snapshot is read leaves nothing; one while it is written lets the write end.
#[cfg(unix)]
#[test]
fn an_interrupted_writer_leaves_no_half_file() {
    let (shelf, db) = (Shelf::new(), database("archive_interrupted"));
    let took = shelf.export(&db, "production").took;
    for round in 0..8_u32 {
        db.sql(&format!("ALTER TABLE orders ADD c{round} text;"));
        let mut call: Pgparity =
            shelf.call(&["export", "--url", &db.url(), "--label", "production"]);
        let mut child = call.spawn();
        std::thread::sleep(took * (round + 2) / 10);
        let id = child.id().to_string();
        std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
        let status = child.wait().unwrap().code();
        assert!(matches!(status, Some(0 | 130)), "{status:?}");
        let names = shelf.names("production", "");
        let whole = |name: &&String| {
            [".json.gz", ".seen", "index"].iter().any(|ending| name.ends_with(ending))
        };
        assert_eq!(names.iter().find(|name| !whole(name)), None, "{names:?}");
    }
}
