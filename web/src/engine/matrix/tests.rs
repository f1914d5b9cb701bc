//! The matrix of sample snapshots.

#![allow(clippy::panic, reason = "an answer of another kind is what these tests must catch")]

use pgparity_core::variants::Cell;

use crate::engine::Session;
use crate::protocol::{
    Ask, Lay, MatrixAnswer, MatrixAsk, MatrixPage, MatrixQuery, Request, Response, Settings,
    ShelfAnswer, ShelfAsk, Sides, SnapId, Sort,
};

const PRODUCTION: &str = include_str!("../../../samples/production.json");
const DEVELOPMENT: &str = include_str!("../../../samples/development.json");

/// A session with these documents on the shelf.
fn session(documents: &[String]) -> Session {
    let mut session = Session::default();
    for (at, document) in documents.iter().enumerate() {
        let id = SnapId(u32::try_from(at).unwrap_or(0));
        let name = format!("{at}.json");
        let ask = ShelfAsk::Open { id, lay: Lay::Free, name, sample: None };
        let answer = ask_of(&mut session, ask, &[document.clone().into_bytes()]);
        assert!(matches!(answer, Response::Shelf(ShelfAnswer::Opened(_))), "{answer:?}");
    }
    session
}

fn ask_of(session: &mut Session, ask: impl Into<Ask>, files: &[Vec<u8>]) -> Response {
    session.handle(&Request { settings: Settings::default(), ask: ask.into() }, files)
}

fn page(session: &mut Session, query: MatrixQuery) -> MatrixPage {
    let ask = MatrixAsk::Page { query, start: 0, len: usize::MAX, keep: None, window: 0 };
    match ask_of(session, ask, &[]) {
        Response::Matrix(MatrixAnswer::Page(page)) => page,
        other => panic!("{other:?}"),
    }
}

fn sides(session: &mut Session, ask: ShelfAsk) -> Sides {
    match ask_of(session, ask, &[]) {
        Response::Shelf(ShelfAnswer::Sides(sides)) => sides,
        other => panic!("{other:?}"),
    }
}

/// Four of one schema, one of another.
fn five() -> Session {
    let mut documents = vec![PRODUCTION.to_owned(); 4];
    documents.insert(2, DEVELOPMENT.to_owned());
    session(&documents)
}

#[test]
fn the_odd_one_out_is_a_column_and_a_sentence() {
    let found = page(&mut five(), MatrixQuery::default());
    let counts: Vec<usize> = found.columns.iter().map(|column| column.count).collect();
    assert_eq!(counts, [4, 1]);
    assert_eq!((found.columns[0].score, found.total), (0, found.differing));
    let odd = &found.columns[1];
    let expected = format!("{} differs from the other four in {} objects.", odd.name, odd.score);
    assert_eq!(found.summary[0], expected);
    assert_eq!(found.differing - found.along, odd.score, "rows and score agree");
    for row in &found.rows {
        assert_eq!(row.base, found.columns[0].id, "{}", row.name);
        assert_ne!(row.cells[0], row.cells[1], "{}", row.name);
    }
    assert_eq!(found.columns[0].equal.len(), 3);
}

#[test]
fn a_reference_is_measured_by_and_named() {
    let mut session = five();
    let odd = page(&mut session, MatrixQuery::default()).columns[1].name.clone();
    let query = MatrixQuery { reference: Some(odd.clone()), ..MatrixQuery::default() };
    let found = page(&mut session, query);
    assert_eq!((found.columns[1].score, found.columns[1].reference), (0, true));
    assert!(found.columns[0].score > 0);
    let first = found.rows.iter().find(|row| row.cells[1] != Cell::Absent);
    assert_eq!(
        first.map(|row| (row.base, row.cells[1])),
        Some((found.columns[1].id, Cell::Variant(0)))
    );
    // A name that nobody has is no reference.
    let query = MatrixQuery { reference: Some("nobody".to_owned()), ..MatrixQuery::default() };
    assert!(page(&mut session, query).columns.iter().all(|column| !column.reference));
}

#[test]
fn rows_are_sorted_filtered_and_kept() {
    let mut session = five();
    let query =
        MatrixQuery { sort: Sort::Name, text: "PRICE".to_owned(), ..MatrixQuery::default() };
    let found = page(&mut session, query);
    assert!(found.total > 0 && found.total < found.differing);
    assert!(found.rows.iter().all(|row| row.name.contains("price")));
    let query = MatrixQuery::default();
    let ask = MatrixAsk::Page { query, start: 2, len: 3, keep: Some(0), window: 0 };
    let Response::Matrix(MatrixAnswer::Page(found)) = ask_of(&mut session, ask, &[]) else {
        panic!("no page")
    };
    let places: Vec<usize> = found.rows.iter().map(|row| row.at).collect();
    assert_eq!((places, found.kept.map(|row| row.at)), (vec![2, 3, 4], Some(0)));
}

#[test]
fn what_differs_is_told() {
    let mut session = five();
    let found = page(&mut session, MatrixQuery::default());
    let row = found.rows.iter().find(|row| row.id.as_str() == "column:public.products.price");
    let Some(row) = row else { panic!("no such row") };
    let (base, of) = (found.columns[0].id, found.columns[1].id);
    let ask = MatrixAsk::Difference { id: row.id.clone(), base, of };
    let Response::Matrix(MatrixAnswer::Difference { words, .. }) = ask_of(&mut session, ask, &[])
    else {
        panic!("no difference")
    };
    assert!(words.iter().any(|word| word.contains(" → ")), "{words:?}");
}

#[test]
fn a_forged_fingerprint_is_told_apart() {
    // The development schema with the fingerprint of production.
    let print = |text: &str| {
        let start = text.find("sha256:").unwrap_or_default();
        text[start..start + 71].to_owned()
    };
    let forged = DEVELOPMENT.replace(&print(DEVELOPMENT), &print(PRODUCTION));
    let mut session = session(&[PRODUCTION.to_owned(), PRODUCTION.to_owned(), forged]);
    let found = page(&mut session, MatrixQuery::default());
    let forged: Vec<bool> = found.columns.iter().map(|column| column.forged).collect();
    assert_eq!(forged, [false, true]);
}

#[test]
fn every_column_is_in_a_window_and_the_reference_in_each() {
    let document = |at: usize| {
        let schema =
            format!("\"schema\": [\n      {{ \"name\": \"only_{at}\", \"owner\": \"postgres\" }},");
        let text = DEVELOPMENT.replacen("\"schema\": [", &schema, 1);
        assert_ne!(text, DEVELOPMENT);
        text
    };
    let documents: Vec<String> = (0..26).map(document).collect();
    let mut session = session(&documents);
    let window = |session: &mut Session, query: &MatrixQuery, window| {
        let ask =
            MatrixAsk::Page { query: query.clone(), start: 0, len: usize::MAX, keep: None, window };
        match ask_of(session, ask, &[]) {
            Response::Matrix(MatrixAnswer::Page(page)) => page,
            other => panic!("{other:?}"),
        }
    };
    let query = MatrixQuery::default();
    let pages: Vec<MatrixPage> = (0..2).map(|at| window(&mut session, &query, at)).collect();
    let mut drawn: Vec<_> = pages.iter().flat_map(|page| &page.columns).map(|c| c.id).collect();
    drawn.sort_unstable();
    drawn.dedup();
    assert_eq!((drawn.len(), pages[1].columns.len(), pages[1].windows), (26, 2, 2));
    // What most have is the measure, drawn or not.
    assert!(pages[1].rows.iter().all(|row| row.baseline == Cell::Absent));
    assert_eq!(window(&mut session, &query, 9).window, 1, "the last one is the end");
    let reference = Some(pages[0].columns[3].name.clone());
    let query = MatrixQuery { reference, ..query };
    let second = window(&mut session, &query, 1);
    assert!(second.columns[0].reference && second.columns.len() == 3);
}

#[test]
fn a_pair_is_laid_on_the_sides_and_a_snapshot_taken_away() {
    let mut session = five();
    let (odd, other) = (SnapId(2), SnapId(4));
    let both = sides(&mut session, ShelfAsk::Pair { from: odd, to: other });
    assert!(both.complete() && !both.guessed);
    assert_eq!(
        both.from.map(|side| side.fingerprint),
        Some(both.shelf[2].side.fingerprint.clone())
    );
    let rest = sides(&mut session, ShelfAsk::Remove { id: odd });
    assert!(rest.from.is_none() && rest.to.is_some());
    assert_eq!(rest.shelf.len(), 4);
    let found = page(&mut session, MatrixQuery::default());
    assert_eq!(
        (found.columns.len(), found.summary[0].as_str()),
        (1, "All four snapshots are equal.")
    );
}
