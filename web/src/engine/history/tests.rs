#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "an answer of another kind is what these tests must catch"
)]

use pgparity_core::model::Id;

use crate::engine::Session;
use crate::protocol::{
    Blamed, Deed, HistoryAnswer, HistoryAsk, LaneFilter, Lanes, Lay, Request, Response, Settings,
    ShelfAnswer, ShelfAsk, Sides, Slot, SnapId, Timeline,
};

const PRODUCTION: &str = include_str!("../../../samples/production.json");
const DEVELOPMENT: &str = include_str!("../../../samples/development.json");

struct Walk(Session);

impl Walk {
    /// These documents, opened one after the other, each with its time.
    fn with(all: &[(&str, &str)]) -> Walk {
        let mut walk = Walk(Session::default());
        for (id, (text, time)) in (0..).map(SnapId).zip(all) {
            let mut document: serde_json::Value = serde_json::from_str(text).expect("a document");
            document["source"]["captured_at"] = (*time).into();
            let bytes = serde_json::to_vec(&document).expect("a document");
            let name = (*time).to_owned();
            let ask = ShelfAsk::Open { id, lay: Lay::Free, name, sample: None };
            let request = Request { settings: Settings::default(), ask: ask.into() };
            walk.0.handle(&request, &[bytes]);
        }
        walk
    }

    fn shelf(&mut self, ask: ShelfAsk, files: &[Vec<u8>]) -> Sides {
        let request = Request { settings: Settings::default(), ask: ask.into() };
        match self.0.handle(&request, files) {
            Response::Shelf(ShelfAnswer::Sides(sides)) => sides,
            other => panic!("{other:?}"),
        }
    }

    fn ask(&mut self, ask: HistoryAsk) -> HistoryAnswer {
        let request = Request { settings: Settings::default(), ask: ask.into() };
        match self.0.handle(&request, &[]) {
            Response::History(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    fn timeline(&mut self) -> Timeline {
        match self.ask(HistoryAsk::Timeline) {
            HistoryAnswer::Timeline(timeline) => timeline,
            other => panic!("{other:?}"),
        }
    }

    fn lanes(&mut self, text: &str, point: Option<usize>, find: Option<&str>) -> Lanes {
        let filter = LaneFilter { text: text.to_owned(), point };
        let find = find.map(Id::from);
        match self.ask(HistoryAsk::Lanes { filter, find, start: 0, len: usize::MAX }) {
            HistoryAnswer::Lanes(lanes) => lanes,
            other => panic!("{other:?}"),
        }
    }

    fn blame(&mut self, id: &str) -> Option<Blamed> {
        match self.ask(HistoryAsk::Blame { id: id.into() }) {
            HistoryAnswer::Blame(blame) => blame,
            other => panic!("{other:?}"),
        }
    }
}

/// Production, development, and production again.
fn there_and_back() -> Walk {
    Walk::with(&[
        (DEVELOPMENT, "2026-03-02T12:00:00Z"),
        (PRODUCTION, "2026-03-01T12:00:00Z"),
        (PRODUCTION, "2026-03-03T12:00:00Z"),
    ])
}

#[test]
fn the_timeline_goes_by_the_time_and_counts() {
    let found = there_and_back().timeline();
    let order: Vec<u32> = found.points.iter().map(|point| point.snap.0).collect();
    assert_eq!(order, [1, 0, 2]);
    let tally = |at: usize| found.points[at].since.as_ref().map(|since| since.tally);
    assert_eq!(tally(0), None);
    let (there, back) = (tally(1).expect("a step"), tally(2).expect("a step"));
    assert!(there.iter().sum::<usize>() > 0);
    assert_eq!((there[0], there[1], there[2]), (back[1], back[0], back[2]), "what came goes");
}

#[test]
fn what_has_no_time_has_no_place_and_equal_times_are_told() {
    let time = "2026-03-01T12:00:00Z";
    let mut walk = Walk::with(&[(PRODUCTION, time), (DEVELOPMENT, time), (PRODUCTION, "some day")]);
    let found = walk.timeline();
    assert_eq!((found.points.len(), found.unplaced.len()), (2, 1));
    let since = found.points[1].since.as_ref().expect("a step");
    assert!(since.gaps[0].contains("which was first is not known"), "{since:?}");
    let lanes = walk.lanes("", None, None);
    assert!(lanes.window.iter().flat_map(|row| &row.marks).any(|mark| mark.order_unknown));
}

#[test]
fn lanes_hold_what_ever_changed_and_can_be_filtered() {
    let mut walk = there_and_back();
    let all = walk.lanes("", None, None);
    assert_eq!((all.total, all.points), (all.objects, 3));
    assert!(all.window.iter().all(|row| row.marks.iter().any(|mark| mark.deed != Deed::Seen)));
    let back = all.window.iter().find(|row| row.marks.iter().any(|mark| mark.deed == Deed::Back));
    let back = back.expect("something comes back");
    let found = walk.lanes(&back.name.to_uppercase(), Some(3), Some(back.id.as_str()));
    assert!(found.total < all.total && found.found.is_some());
    assert!(found.window.iter().all(|row| row.marks.iter().any(|mark| mark.point == 3)));
    assert_eq!(walk.lanes("no such thing", None, None).total, 0);
}

#[test]
fn a_part_is_blamed_with_all_of_its_table() {
    let mut walk = there_and_back();
    let part = "column:public.products.price";
    let found = walk.blame(part).expect("a blame");
    assert_eq!(found.id.as_str(), "table:public.products");
    assert_eq!(found.lines[0].id, found.id);
    let line = found.lines.iter().find(|line| line.id.as_str() == part).expect("the column");
    let changed = line.changed.as_ref().expect("it was changed");
    assert_eq!((line.brought.deed, changed.point), (Deed::Seen, 3));
    assert!(!changed.what.is_empty());
    assert_eq!(walk.blame("table:public.nowhere"), None);
}

#[test]
fn any_two_can_be_laid_on_the_sides() {
    let mut walk = there_and_back();
    let lay = |slot, id| ShelfAsk::Lay { slot, id: SnapId(id) };
    let sides = walk.shelf(lay(Slot::From, 1), &[]);
    assert_eq!(sides.from_id, Some(SnapId(1)));
    let to = sides.to_id;
    // What is on the other side changes places.
    let sides = walk.shelf(lay(Slot::To, 1), &[]);
    assert_eq!((sides.from_id, sides.to_id), (to, Some(SnapId(1))));
    let same = walk.shelf(lay(Slot::To, 99), &[]);
    assert_eq!((same.from_id, same.to_id), (to, Some(SnapId(1))));
    assert_eq!(walk.timeline().points.len(), 3);
}
