//! Rows become ledgers by the rule of their tool.

use super::super::recognise::Candidate;
use super::super::tools;
use super::*;

fn found(tool: &str) -> Found {
    let tool = tools::named(tool).unwrap_or_else(|| unreachable!("{tool}"));
    let table = Candidate { schema: "s".to_owned(), table: "t".to_owned(), columns: Vec::new() };
    Found { tool, table, beside: None }
}

fn row(order: &str, name: &str) -> Row {
    Row { name: Some(name.to_owned()), order: Some(order.to_owned()), ..Row::default() }
}

fn made(tool: &str, rows: Vec<Row>, hash: bool) -> Ledger {
    ledger(&found(tool), rows, hash).unwrap_or_default()
}

#[test]
fn the_last_by_number_is_the_head() {
    let rows = vec![row("10", "10"), row("9", "9"), row("010", "010"), row("1", "1")];
    let rails = made("rails", rows.clone(), false);
    assert_eq!(rails.applied, ["1", "9", "010", "10"]);
    assert_eq!((rails.heads, rails.applied_count), (vec!["10".to_owned()], Some(4)));
    let sea = made("sea-orm", rows, false);
    assert_eq!(sea.heads, ["9"], "that of text is another one");
}

#[test]
fn each_app_has_a_head() {
    let of = |order: &str, app: &str, name: &str| Row {
        scope: Some(app.to_owned()),
        at: Some(format!("2026-01-0{order}T00:00:00Z")),
        ..row(order, &format!("{app}.{name}"))
    };
    let rows = vec![of("3", "shop", "0002"), of("1", "shop", "0001"), of("2", "auth", "0001")];
    let django = made("django", rows, false);
    assert_eq!(django.heads, ["auth.0001", "shop.0002"]);
    assert_eq!(django.applied, ["shop.0001", "auth.0001", "shop.0002"]);
    assert_eq!(django.head_applied_at.as_deref(), Some("2026-01-03T00:00:00Z"));
}

#[test]
fn branches_are_heads_and_nothing_is_counted() {
    let alembic = made("alembic", vec![row("b", "b"), row("a", "a")], false);
    assert_eq!(alembic.heads, ["a", "b"]);
    assert!(alembic.applied.is_empty() && alembic.applied_count.is_none());
}

#[test]
fn what_failed_or_repeats_is_no_head() {
    let state = |row: Row, state| Row { state, ..row };
    let rows = vec![
        state(row("1", "V1__a"), State::Baseline),
        row("2", "V2__b"),
        Row { aside: true, ..row("3", "R__views") },
        state(row("4", "V4__d"), State::Failed),
        state(row("5", "V5__e"), State::InProgress),
        Row { state: State::Locked, at: Some("then".to_owned()), ..Row::default() },
    ];
    let flyway = made("flyway", rows, false);
    assert_eq!(
        (flyway.heads, flyway.baseline.as_deref()),
        (vec!["V2__b".to_owned()], Some("V1__a"))
    );
    assert_eq!(flyway.applied, ["V1__a", "V2__b", "R__views"]);
    assert_eq!(
        (flyway.failed, flyway.in_progress),
        (vec!["V4__d".to_owned()], vec!["V5__e".to_owned()])
    );
    assert_eq!((flyway.locked, flyway.locked_since.as_deref()), (true, Some("then")));
}

#[test]
fn hashes_keep_names_out_and_order_in() {
    let rows = vec![row("2", "0002_secret"), row("1", "0001_secret")];
    let hashed = made("sqlx", rows, true);
    let of = |key: &str| key::hashed("sqlx", key);
    assert_eq!(hashed.applied, [of("1"), of("2")]);
    assert_eq!(hashed.heads, [of("2")]);
    assert!(hashed.hashed);
}

#[test]
fn an_empty_history_is_one_and_a_huge_one_is_none() {
    let empty = made("goose", Vec::new(), false);
    assert_eq!((empty.applied_count, empty.heads.len()), (Some(0), 0));
    assert!(ledger(&found("goose"), vec![Row::default(); MOST_ROWS + 1], false).is_none());
}
