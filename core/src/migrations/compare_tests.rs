//! What two histories say of each other.

use super::super::{FolderFile, tools};
use super::*;
use crate::snapshot::Source;

fn ledger(tool: &str, applied: &[&str]) -> Ledger {
    let names: Vec<String> = applied.iter().map(|name| (*name).to_owned()).collect();
    let all = tools::named(tool).is_some_and(Tool::keeps_all);
    Ledger {
        tool: tool.to_owned(),
        schema: "public".to_owned(),
        table: "history".to_owned(),
        heads: if all { names.last().cloned().into_iter().collect() } else { names.clone() },
        applied_count: all.then_some(names.len()),
        applied: if all { names } else { Vec::new() },
        ..Ledger::default()
    }
}

fn snapshot(label: &str, migrations: Vec<Ledger>) -> Snapshot {
    let source = Source { label: Some(label.to_owned()), migrations: true, ..Source::default() };
    Snapshot { source, migrations, ..Snapshot::default() }
}

/// The sentences, each with its code.
fn said(from: Vec<Ledger>, to: Vec<Ledger>, folder: Option<&Folder>, drift: bool) -> Vec<String> {
    let (from, to) = (snapshot("production", from), snapshot("development", to));
    let migrations = compare(&from, &to, folder, drift).unwrap_or_default();
    migrations
        .statements
        .into_iter()
        .map(|note| format!("{} {}", note.code, note.message))
        .collect()
}

#[test]
fn behind_is_told_by_names_in_order() {
    let to = ledger("rails", &["1", "2", "3", "4"]);
    assert_eq!(
        said(vec![ledger("rails", &["1", "2"])], vec![to.clone()], None, true),
        ["behind Rails (public.history): production is 2 migrations behind development: 3, 4"]
    );
    assert_eq!(
        said(vec![ledger("rails", &["1", "9"])], vec![to.clone()], None, true),
        [
            "behind Rails (public.history): production is 3 migrations behind development: 2, 3, 4",
            "only_from Rails (public.history): applied only in production: 9"
        ]
    );
    // Drift goes unexplained only where nothing else explains it.
    let same = said(vec![to.clone()], vec![to.clone()], None, true);
    assert_eq!(same.len(), 2, "{same:?}");
    assert!(
        same[0].starts_with("same ")
            && same[0].ends_with("the same 4 migrations, the last one is 4")
    );
    assert!(same[1].starts_with("unexplained there is drift that no migration explains"));
    assert_eq!(said(vec![to.clone()], vec![to.clone()], None, false).len(), 1);
    let broken = Ledger { failed: vec!["5".to_owned()], ..to.clone() };
    let with_failure = said(vec![broken], vec![to.clone()], None, true);
    assert!(with_failure[1].contains("production has a failed migration: 5"), "{with_failure:?}");
    assert_eq!(with_failure.len(), 2);
    let two = said(vec![to.clone()], vec![to.clone(), ledger("goose", &["1"])], None, true);
    assert!(!two.iter().any(|line| line.starts_with("unexplained")), "{two:?}");
}

#[test]
fn names_are_the_same_by_what_the_tool_goes_by() {
    let (from, to) = (ledger("flyway", &["V01__old"]), ledger("flyway", &["V1__new", "V2__b"]));
    let lines = said(vec![from], vec![to.clone()], None, false);
    assert!(lines[0].ends_with("production is 1 migration behind development: V2__b"), "{lines:?}");
    let based = Ledger { baseline: Some("V2__b".to_owned()), ..ledger("flyway", &["V2__b"]) };
    let lines = said(vec![based], vec![to], None, false);
    assert!(lines[0].starts_with("same "), "a baseline stands for what is before it: {lines:?}");
}

#[test]
fn hashes_compare_with_names_and_hashes() {
    let hashed = |keys: &[&str]| Ledger {
        hashed: true,
        applied: keys.iter().map(|key| key::hashed("rails", key)).collect(),
        ..ledger("rails", keys)
    };
    let lines = said(vec![hashed(&["1"])], vec![ledger("rails", &["1", "2"])], None, false);
    assert!(lines[0].ends_with("behind development: 2"), "{lines:?}");
    let lines = said(vec![hashed(&["1"])], vec![hashed(&["1", "2"])], None, false);
    assert!(lines[0].ends_with(&key::hashed("rails", "2")), "{lines:?}");
    let file = |path: &str| FolderFile { path: path.to_owned(), text: None };
    let files = vec![file("1_a.rb"), file("2_b.rb")];
    let folder = Folder { name: "db".to_owned(), files, ..Folder::default() };
    let lines = said(vec![hashed(&["1"])], vec![hashed(&["1", "2"])], Some(&folder), false);
    assert!(lines[0].ends_with("behind development: 2_b"), "the folder knows the name: {lines:?}");
}

#[test]
fn heads_alone_are_compared_as_such_and_with_a_folder_as_sets() {
    let (from, to) = (ledger("alembic", &["a"]), ledger("alembic", &["b", "c"]));
    let lines = said(vec![from.clone()], vec![to.clone()], None, true);
    assert!(
        lines[0].contains("production is at a, development at b, c; what lies between"),
        "{lines:?}"
    );
    assert!(lines[1].ends_with("development has two heads: b, c"), "{lines:?}");
    let file = |name: &str, down: &str| FolderFile {
        path: format!("{name}.py"),
        text: Some(format!("revision = '{name}'\ndown_revision = {down}\n")),
    };
    let files =
        vec![file("a", "None"), file("b", "'a'"), file("c", "'a'"), file("d", "('b', 'c')")];
    let folder = Folder { name: "m".to_owned(), files, ..Folder::default() };
    let lines = said(vec![from.clone()], vec![to], Some(&folder), true);
    assert_eq!(
        lines,
        [
            "behind Alembic (public.history): production is 2 migrations behind development: b, c",
            "pending Alembic (public.history): pending in production, 3 of 4 in m: b, c, d",
            "several_heads Alembic (public.history): development has two heads: b, c",
            "pending Alembic (public.history): pending in development, 1 of 4 in m: d",
        ]
    );
    let gone = said(vec![ledger("alembic", &["gone"])], vec![from], Some(&folder), true);
    assert!(gone[0].ends_with("production is at gone, development at a"), "{gone:?}");
    assert!(gone[1].ends_with("applied in production and not in m: gone"), "{gone:?}");
    assert!(!gone.iter().any(|line| line.contains("pending in production")), "{gone:?}");
    let other = said(vec![ledger("rails", &["1"])], vec![], Some(&folder), false);
    assert!(
        other.iter().any(|line| line.ends_with("the folder m holds no migrations of Rails")),
        "{other:?}"
    );
    let none = said(vec![], vec![], Some(&folder), false);
    assert_eq!(none, ["folder neither side has a history to hold the folder m against"]);
}

#[test]
fn a_folder_goes_to_the_history_that_has_its_migrations() {
    let elsewhere = Ledger { schema: "auth".to_owned(), ..ledger("dbmate", &["900", "901"]) };
    let own = ledger("dbmate", &["1"]);
    let file = |path: &str| FolderFile { path: path.to_owned(), text: None };
    let files = vec![file("1_a.sql"), file("2_b.sql")];
    let folder = Folder { name: "db".to_owned(), files, ..Folder::default() };
    let lines =
        said(vec![elsewhere.clone(), own.clone()], vec![elsewhere, own], Some(&folder), false);
    let pending: Vec<&String> = lines.iter().filter(|line| line.starts_with("pending ")).collect();
    assert_eq!(pending.len(), 2, "{lines:?}");
    assert!(pending.iter().all(|line| line.contains("public.history") && line.ends_with(": 2_b")));
}

#[test]
fn one_side_alone_is_told_only_when_the_other_was_read() {
    let lines = said(vec![ledger("goose", &["1"])], vec![], None, true);
    assert_eq!(
        lines,
        ["one_side goose (public.history): only production has this history, development has none"]
    );
    let from = snapshot("a", vec![ledger("goose", &["1"])]);
    let mut to = snapshot("b", vec![]);
    to.source.migrations = false;
    let migrations = compare(&from, &to, None, true).unwrap_or_default();
    let codes: Vec<&str> = migrations.statements.iter().map(|note| note.code.as_str()).collect();
    assert_eq!(codes, ["one_read"]);
    assert_eq!(compare(&to, &to, None, true), None, "nothing was looked for, and nothing is told");
    assert_eq!(said(vec![], vec![], None, true), Vec::<String>::new());
    // The only two of a tool are one history, whatever they are called.
    let moved = Ledger { schema: "app".to_owned(), ..ledger("goose", &["1"]) };
    let lines = said(vec![ledger("goose", &["1"])], vec![moved], None, false);
    assert!(
        lines[0]
            .contains("goose (public.history, app.history): both sides have the same 1 migration")
    );
}

#[test]
fn locks_and_stopped_runs_are_told() {
    let stuck = Ledger {
        locked: true,
        locked_since: Some("2026-01-01T00:00:00".to_owned()),
        in_progress: vec!["2".to_owned()],
        ..ledger("goose", &["1"])
    };
    let lines = said(vec![stuck], vec![ledger("goose", &["1"])], None, false);
    assert!(lines[1].ends_with("in production began and did not end: 2"), "{lines:?}");
    assert!(
        lines[2].contains("the lock in production is held since 2026-01-01T00:00:00"),
        "{lines:?}"
    );
}
