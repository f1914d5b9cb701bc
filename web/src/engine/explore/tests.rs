#![allow(clippy::unwrap_used, clippy::panic, reason = "a surprise fails the test")]

use pgparity_core::diff::RenameAnswer;
use pgparity_core::snapshot;
use serde_json::{Value, json};

use super::*;
use crate::engine::Session;
use crate::protocol::{Ask, Card, Columns, Lay, Listed, Request, ShelfAsk, SnapId, Stage};

const FROM: &str = include_str!("../../../samples/production.json");
const TO: &str = include_str!("../../../samples/development.json");

struct Desk(Session, Settings);

impl Desk {
    fn with(documents: &[&str]) -> Desk {
        let mut desk = Desk(Session::default(), Settings::default());
        for (id, document) in (0..).zip(documents) {
            let (id, name) = (SnapId(id), "x.json".to_owned());
            let ask = ShelfAsk::Open { id, lay: Lay::Free, name, sample: None };
            desk.ask(ask, &[document.as_bytes().to_vec()]);
        }
        desk
    }

    fn ask(&mut self, ask: impl Into<Ask>, files: &[Vec<u8>]) -> Response {
        let request = Request { settings: self.1.clone(), ask: ask.into() };
        self.0.handle(&request, files)
    }

    fn diagram(&mut self, query: &ExploreQuery) -> Diagram {
        match self.ask(ExploreAsk::Diagram { query: query.clone() }, &[]) {
            Response::Explore(ExploreAnswer::Diagram(diagram)) => diagram,
            other => panic!("{other:?}"),
        }
    }

    fn svg(&mut self, query: &ExploreQuery) -> String {
        match self.ask(ExploreAsk::Svg { query: query.clone() }, &[]) {
            Response::Explore(ExploreAnswer::Svg(svg)) => svg,
            other => panic!("{other:?}"),
        }
    }

    fn rows(&mut self, list: Listing, find: Option<Id>) -> Listed {
        let query = ExploreQuery::default();
        match self.ask(ExploreAsk::Rows { query, list, find, start: 0, len: 10_000 }, &[]) {
            Response::Explore(ExploreAnswer::Rows(rows)) => rows,
            other => panic!("{other:?}"),
        }
    }

    fn object(&mut self, of: Option<&str>, id: &str) -> Option<Portrait> {
        let of = of.map(str::to_owned);
        match self.ask(ExploreAsk::Object { of, id: id.into() }, &[]) {
            Response::Explore(ExploreAnswer::Object(portrait)) => Some(*portrait),
            Response::Nothing(_) => None,
            other => panic!("{other:?}"),
        }
    }
}

fn names(diagram: &Diagram) -> Vec<&str> {
    diagram.cards.iter().map(|card| card.id.name()).collect()
}

/// A snapshot of so many tables; each refers to the one before it, and some have another column.
fn many(tables: usize, other: usize) -> String {
    let table = |at: usize| {
        let kind = if at.is_multiple_of(other) { "bigint" } else { "integer" };
        json!({ "schema": "public", "name": format!("t{at:05}"), "owner": "o",
                "columns": [{ "name": "id", "type": kind }] })
    };
    let key = |at: usize| {
        json!({ "schema": "public", "table": format!("t{at:05}"), "name": "k",
                "constraint_type": "foreign_key", "columns": ["id"], "definition": "FOREIGN KEY (id) REFERENCES x(id)",
                "references": format!("table:public.t{:05}", at - 1) })
    };
    let mut document: Value = serde_json::from_str(FROM).unwrap();
    document["source"]["label"] = json!(format!("many {other}"));
    document["objects"] = json!({
        "schema": [{ "name": "public", "owner": "o" }],
        "table": (0..tables).map(table).collect::<Vec<_>>(),
        "constraint": (1..tables).map(key).collect::<Vec<_>>(),
    });
    let text = document.to_string();
    snapshot::read(text.as_bytes()).unwrap();
    text
}

#[test]
fn what_differs_is_drawn_with_its_neighbours_and_marked() {
    let mut desk = Desk::with(&[FROM, TO]);
    let diagram = desk.diagram(&ExploreQuery::default());
    let differing: Vec<&Card> = diagram.cards.iter().filter(|c| c.status.differs()).collect();
    assert!(
        !differing.is_empty() && diagram.cards.len() > differing.len(),
        "{:?}",
        names(&diagram)
    );
    assert!(differing.iter().all(|card| card.badge.starts_with(card.status.sign())));
    assert!(diagram.words[0].contains("differ"), "{:?}", diagram.words);
    let wider = desk.diagram(&ExploreQuery { hops: 3, ..ExploreQuery::default() });
    assert!(wider.cards.len() >= diagram.cards.len());
}

#[test]
fn swapping_the_sides_leaves_every_table_in_its_place() {
    let mut desk = Desk::with(&[FROM, TO]);
    for (columns, ..) in Columns::ALL {
        let query = ExploreQuery { columns, ..ExploreQuery::default() };
        let place = |diagram: &Diagram| -> Vec<_> {
            diagram.cards.iter().map(|card| (card.id.clone(), card.area)).collect()
        };
        let before = place(&desk.diagram(&query));
        desk.ask(ShelfAsk::Swap, &[]);
        assert_eq!(place(&desk.diagram(&query)), before, "{columns:?}");
    }
}

#[test]
fn a_pinned_table_stays_where_it_was_put_and_moves_no_other() {
    let mut desk = Desk::with(&[FROM, TO]);
    let before = desk.diagram(&ExploreQuery::default());
    let (first, last) = (before.cards[0].id.clone(), before.cards.last().unwrap().id.clone());
    let pins = [(first.clone(), (1500, 7)), (last.clone(), (-40, 1_000_000))].into();
    let query = ExploreQuery { pins, ..ExploreQuery::default() };
    let after = desk.diagram(&query);
    let at = |diagram: &Diagram, id: &Id| {
        let card = diagram.cards.iter().find(|card| card.id == *id).unwrap();
        (card.area, card.pinned)
    };
    assert_eq!((at(&after, &first).0.x, at(&after, &first).0.y), (1500, 7));
    assert_eq!((at(&after, &last).0.x, at(&after, &last).0.y), (0, 20_000), "within bounds");
    assert!(at(&after, &first).1 && at(&after, &last).1 && !at(&before, &first).1);
    for card in before.cards.iter().filter(|card| card.id != first && card.id != last) {
        assert_eq!(at(&after, &card.id), (card.area, false), "{}", card.id);
    }
    let right = at(&after, &first).0;
    assert!(after.width > right.x + right.width && after.height > 20_000);
    // What leads to it follows, in the file too.
    assert_ne!(before.wires, after.wires);
    let svg = desk.svg(&query);
    assert_eq!(svg.matches("class=\"pin\"").count(), 2, "{svg}");
    assert_eq!(desk.diagram(&ExploreQuery::default()), before, "let go, it is as it was");
}

#[test]
fn a_pinned_table_stays_in_the_diagram_whatever_else_is_drawn() {
    let text = many(30, 100);
    let mut desk = Desk::with(&[&text]);
    let around = Some(Id::from("table:public.t00010"));
    let near = ExploreQuery { around, ..ExploreQuery::default() };
    let three = ["public.t00009", "public.t00010", "public.t00011"];
    assert_eq!(names(&desk.diagram(&near)), three);
    let pins = ["table:public.t00009", "table:public.t00025", "table:public.gone"];
    let pins = pins.into_iter().map(|id| (Id::from(id), (10, 10))).collect();
    let drawn = desk.diagram(&ExploreQuery { pins, ..near });
    assert_eq!(names(&drawn), [&three[..], &["public.t00025"]].concat());
    assert!(
        drawn.words.iter().any(|said| said == "1 table that stays because pinned."),
        "{:?}",
        drawn.words
    );
}

#[test]
fn drawing_is_told_until_the_tables_are_gathered() {
    let mut desk = Desk::with(&[FROM]);
    let ask = || ExploreAsk::Diagram { query: ExploreQuery::default() };
    let stage = |desk: &Desk, ask: ExploreAsk| {
        desk.0.stage(&Request { settings: desk.1.clone(), ask: ask.into() })
    };
    assert!(matches!(stage(&desk, ask()), Some(Stage::Drawing { objects }) if objects > 10));
    let object = ExploreAsk::Object { of: None, id: "table:public.products".into() };
    assert_eq!(stage(&desk, object), None);
    desk.diagram(&ExploreQuery::default());
    assert_eq!(stage(&desk, ask()), None);
}

#[test]
fn a_large_schema_is_never_drawn_as_a_whole() {
    let (from, to) = (many(3000, 100_000), many(3000, 2));
    let mut desk = Desk::with(&[&from, &to]);
    let started = std::time::Instant::now();
    let diagram = desk.diagram(&ExploreQuery::default());
    assert_eq!(diagram.cards.len(), 120);
    assert!(diagram.words.iter().any(|said| said.contains("left out")), "{:?}", diagram.words);
    assert!(diagram.words.iter().any(|said| said.contains("3,000 tables")), "{:?}", diagram.words);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    let around = Some("column:public.t01000.id".into());
    let query = ExploreQuery { around, hops: 2, ..ExploreQuery::default() };
    let five =
        ["public.t00998", "public.t00999", "public.t01000", "public.t01001", "public.t01002"];
    assert_eq!(names(&desk.diagram(&query)), five);
}

#[test]
fn a_renamed_table_is_one_and_its_partitions_are_in_it() {
    let mut to: Value = serde_json::from_str(TO).unwrap();
    for name in ["remarks_2025", "remarks_2026"] {
        let part = json!({ "table": "public.customer_remarks", "bound": "DEFAULT" });
        let table = json!({ "schema": "public", "name": name, "owner": "o", "partition_of": part });
        to["objects"]["table"].as_array_mut().unwrap().push(table);
    }
    let mut desk = Desk::with(&[FROM, &to.to_string()]);
    let [from, to] = ["table:public.customer_notes", "table:public.customer_remarks"].map(Id::from);
    let answer = RenameAnswer::Rename;
    desk.1.renames.push(RenameDecision { from: from.clone(), to: to.clone(), answer });
    let query = ExploreQuery { columns: Columns::All, ..ExploreQuery::default() };
    let diagram = desk.diagram(&query);
    assert!(diagram.cards.iter().all(|card| card.id != from));
    let card = diagram.cards.iter().find(|card| card.id == to).unwrap();
    assert_eq!((card.status, card.badge.as_str()), (Status::Renamed, "⇄"));
    assert_eq!(card.under, "public · 2 partitions");
    assert!(!card.lines.is_empty());
    assert_eq!(desk.object(None, "table:public.remarks_2025").unwrap().table, Some(to));
}

#[test]
fn one_snapshot_alone_begins_with_the_table_that_most_relations_have() {
    let mut desk = Desk::with(&[TO]);
    let diagram = desk.diagram(&ExploreQuery::default());
    assert!(diagram.words[0].contains("most relations"), "{:?}", diagram.words);
    assert!(diagram.cards.iter().all(|card| card.status == Status::Same));
    let portrait = desk.object(None, "table:public.products").unwrap();
    assert!(portrait.definition.contains("CREATE TABLE public.products"));
    assert!(!portrait.fall.is_empty());
}

#[test]
fn the_list_says_what_the_diagram_shows_and_leads_from_table_to_table() {
    let mut desk = Desk::with(&[FROM, TO]);
    let diagram = desk.diagram(&ExploreQuery::default());
    let rows = desk.rows(Listing::Drawn, diagram.cards.last().map(|card| card.id.clone()));
    assert_eq!(rows.total, diagram.cards.len() + 2 * diagram.wires.len());
    assert!(rows.found.is_some());
    for row in rows.window.iter().filter(|row| row.level == 2) {
        let other = &rows.window[row.on.unwrap()];
        assert!(row.label.ends_with(&other.label), "{} leads to {}", row.label, other.label);
        assert_eq!(rows.window[row.up.unwrap()].level, 1);
    }
}

#[test]
fn objects_are_found_by_words_and_parts_with_them() {
    let mut desk = Desk::with(&[FROM, TO]);
    let all = desk.rows(Listing::Objects { text: String::new() }, None);
    assert!(all.window.iter().all(|row| row.kind != "column"));
    assert!(all.window.iter().any(|row| row.label == "products" && row.kind == "table"));
    let found = desk.rows(Listing::Objects { text: "column PRODUCTS.price".to_owned() }, None);
    let ids: Vec<&Id> = found.window.iter().filter_map(|row| row.id.as_ref()).collect();
    assert_eq!(ids, [&Id::from("column:public.products.price")]);
}

#[test]
fn what_falls_with_an_object_says_why() {
    let mut desk = Desk::with(&[FROM, TO]);
    let id = Id::from("table:public.products");
    let rows = desk.rows(Listing::Falls { id: id.clone() }, None);
    let portrait = desk.object(None, id.as_str()).unwrap();
    assert_eq!(rows.objects, portrait.falls);
    let items: Vec<&ListRow> = rows.window.iter().filter(|row| row.id.is_some()).collect();
    assert!(!items.is_empty() && items.iter().all(|row| !row.note.is_empty()));
    assert!(items.iter().any(|row| row.note == "goes with table public.products"), "{items:?}");
}

#[test]
fn a_snapshot_is_looked_at_by_its_name() {
    let mut desk = Desk::with(&[FROM, TO]);
    let sides: Vec<String> =
        desk.0.shelf.all().map(|(_, snapshot)| snapshot.side().label).collect();
    assert!(desk.object(Some(&sides[0]), "table:public.products").is_some());
    assert!(desk.object(Some("no such"), "table:public.products").is_none());
    assert!(desk.object(None, "table:public.no_such").is_none());
}

#[test]
fn a_file_holds_names_as_text_and_no_script() {
    let hostile = "</text><script>alert(1)</script>\u{202e}";
    let named = |text: String| {
        let name = format!("\"{hostile}\"");
        text.replace("\"t00002\"", &name)
    };
    let (from, to) = (named(many(3, 9)), named(many(3, 2)));
    let mut desk = Desk::with(&[&from, &to]);
    for (columns, ..) in Columns::ALL {
        let svg = desk.svg(&ExploreQuery { columns, ..ExploreQuery::default() });
        assert!(!svg.contains("<script") && !svg.contains('\u{202e}'), "{svg}");
        assert!(svg.contains("&lt;/text&gt;") && svg.contains("prefers-color-scheme:dark"));
    }
}
