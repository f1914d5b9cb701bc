//! The same in an S3-compatible store, over HTTP and with signatures.

use std::fs;
use std::time::Duration;

use pgparity_tests::Run;

use crate::s3::{S3, SECRET};
use crate::shelf::{database, next_second};

const PLACE: &str = "s3://snapshots/pg/main";

fn names(s3: &S3, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(s3.folder("production")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(ending)).collect();
    names.sort();
    names
}

fn expect_no_secret(run: &Run) {
    let shown = format!("{}{}", String::from_utf8_lossy(&run.stdout), run.stderr);
    assert!(!shown.contains(SECRET) && !shown.contains("secret"), "{shown}");
}

#[test]
fn an_s3_compatible_store_keeps_an_archive() {
    let (s3, db) = (S3::start(), database("archive_s3"));
    let export = || {
        let export =
            s3.call(&["export", "--url", &db.url(), "--label", "production", "--archive", PLACE]);
        export.run().expect_status(0)
    };
    let first = export();
    assert!(first.stderr.contains(&format!("in {PLACE}")), "{}", first.stderr);
    next_second();
    assert!(export().stderr.contains("nothing changed"));
    assert_eq!((names(&s3, ".json.gz").len(), names(&s3, ".seen").len()), (1, 1));
    db.sql("ALTER TABLE orders ADD note text;");
    next_second();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(export);
        }
    });
    assert_eq!(names(&s3, ".json.gz").len(), 2, "{:?}", names(&s3, ""));
    s3.call(&["diff", "archive:production", &db.url()]).run().expect_status(0);
    let history = s3.call(&["history", "production"]).run().expect_status(0);
    assert!(history.text().contains("+ column public.orders.note"), "{}", history.text());
    let blame = s3.call(&["blame", "orders.note"]).run().expect_status(0);
    assert!(blame.text().contains("came, after"), "{}", blame.text());
    let overview = s3.call(&["history"]).run().expect_status(0);
    assert!(overview.text().contains("database archive_s3"), "{}", overview.text());
    let pruned = s3.call(&["archive", "prune", "--keep", "last=1"]).run().expect_status(0);
    assert_eq!(pruned.text().lines().count(), 1);
    let left = names(&s3, ".json.gz");
    let (_, hash) = left[0].trim_end_matches(".json.gz").split_once('-').unwrap();
    assert_eq!(left.len(), 1);
    // The writers at once may have left a mark of the one that stays.
    assert!(names(&s3, ".seen").iter().all(|mark| mark.contains(hash)));
    let unknown = s3.call(&["diff", "archive:prod", &db.url()]).run().expect_status(2);
    assert!(unknown.stderr.contains("it has: production"), "{}", unknown.stderr);
}

/// Each environment is asked for over a connection of its own.
#[test]
fn many_environments_are_compared_at_once_and_not_all_at_once() {
    let (s3, db) = (S3::slow(Duration::from_millis(300)), database("archive_s3_many"));
    let exports = (0..12).map(|tenant| format!("tenant-{tenant:02}")).map(|label| {
        s3.call(&["export", "--url", &db.url(), "--label", &label, "--archive", PLACE])
    });
    for mut export in exports.collect::<Vec<_>>() {
        export.spawn().wait().unwrap();
    }
    s3.most_at_once();
    let compared = s3.call(&["compare", "archive:tenant-*", "--format", "json"]).run();
    let compared = compared.expect_status(0).json();
    let at_once = s3.most_at_once();
    assert!((2..=8).contains(&at_once), "{at_once} at once");
    let names: Vec<&str> = compared["snapshots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), 12);
    assert!(names.is_sorted(), "{names:?}");
}

#[test]
fn what_a_store_refuses_is_told_without_secrets() {
    let s3 = S3::start();
    let wrong = s3.call(&["history"]).env("AWS_SECRET_ACCESS_KEY", "another-secret").run();
    let wrong = wrong.expect_status(2);
    assert!(wrong.stderr.contains(PLACE), "{}", wrong.stderr);
    expect_no_secret(&wrong);
    let bucket = s3.call(&["history", "--archive", "s3://other/x"]).run().expect_status(2);
    assert!(bucket.stderr.contains("s3://other/x"), "{}", bucket.stderr);
    expect_no_secret(&bucket);
    let empty = s3.call(&["history"]).run().expect_status(2);
    assert!(empty.stderr.contains("holds no snapshots"), "{}", empty.stderr);
    for place in ["s3://key:secret@snapshots/x", "az://container/x?sig=secret", "https://host/x"] {
        let by_option = s3.call(&["history", "--archive", place]).run().expect_status(2);
        expect_no_secret(&by_option);
        let by_variable =
            s3.call(&["history"]).env("PGPARITY_ARCHIVE", place).run().expect_status(2);
        expect_no_secret(&by_variable);
    }
}

#[test]
fn google_and_azure_are_asked_with_credentials_of_the_environment() {
    let s3 = S3::start();
    for place in ["gs://bucket/x", "az://container/x"] {
        let call = s3.call(&["history", "--archive", place]);
        let run = call.env("GOOGLE_SERVICE_ACCOUNT", "/no/such/file.json").run().expect_status(2);
        assert!(run.stderr.contains(&format!("cannot use the archive {place}")), "{}", run.stderr);
    }
}
