//! Explore: what can be looked at, how its lists are walked, how large the diagram is drawn.

use pgparity_core::model::Id;

use crate::protocol::{Area, Diagram, ListRow, Listed, Sides};

/// Sizes of the diagram, in percent.
const ZOOMS: [i32; 10] = [10, 17, 25, 35, 50, 70, 100, 140, 200, 300];
/// Smaller than that nobody reads it: where more does not fit, it is moved.
const LEGIBLE: i32 = 70;
/// The greatest width and height of the small picture, and the least of either.
const MINIMAP: (i32, i32) = (168, 112);
const MINIMAP_LEAST: i32 = 12;
/// How many pixels a picture has at most, on its longer side and altogether: less than any browser takes.
const PIXELS_LONG: u64 = 8_000;
const PIXELS: u64 = 32_000_000;
/// What is brought into sight gets so much room around it.
const NEAR: i32 = 16;

/// What can be looked at: the value of a choice, the snapshot it means, its words.
pub(crate) fn looks(sides: &Sides) -> Vec<(String, Option<String>, String)> {
    let pair = sides.complete();
    let both = pair.then(|| (String::new(), None, "From and To together".to_owned()));
    let named = sides.names().into_iter().zip(&sides.shelf).map(|(name, shelved)| {
        let id = Some(shelved.id);
        let side = match (id == sides.from_id, id == sides.to_id) {
            _ if !pair => "",
            (true, _) => " (From)",
            (_, true) => " (To)",
            _ => "",
        };
        let words = format!("{name}{side}");
        // A name may be empty.
        (format!("={name}"), Some(name), words)
    });
    both.into_iter().chain(named).collect()
}

/// The row that a key leads to from the row of number `at`.
pub(crate) fn list_move(key: &str, listed: &Listed, at: usize) -> Option<usize> {
    let row = |at: usize| listed.window.get(at.checked_sub(listed.start)?);
    let last = listed.total.checked_sub(1)?;
    match key {
        "ArrowDown" => (at < last).then_some(at + 1),
        "ArrowUp" => at.checked_sub(1),
        "Home" => Some(0),
        "End" => Some(last),
        "ArrowLeft" => row(at)?.up,
        "ArrowRight" => {
            let here = row(at)?;
            let inside = row(at + 1).is_some_and(|next| next.level > here.level);
            here.on.or(inside.then_some(at + 1))
        }
        _ => None,
    }
}

/// What is said of a row after its label.
pub(crate) fn list_words(row: &ListRow) -> String {
    let mut words: Vec<&str> = vec![&row.kind, &row.note];
    words.retain(|word| !word.is_empty());
    words.join(", ")
}

/// The next larger or smaller size.
pub(crate) fn zoomed(now: i32, larger: bool) -> i32 {
    let next = if larger {
        ZOOMS.iter().find(|zoom| **zoom > now)
    } else {
        ZOOMS.iter().rev().find(|zoom| **zoom < now)
    };
    next.copied().unwrap_or(now)
}

/// The size at which all of a diagram is in sight, 100 at most.
pub(crate) fn fitting(diagram: &Diagram, room: (i32, i32)) -> i32 {
    let part = |room: i32, of: i32| (i64::from(room) * 100 / i64::from(of.max(1))).clamp(1, 100);
    let least = part(room.0, diagram.width).min(part(room.1, diagram.height));
    i32::try_from(least).unwrap_or(100).max(ZOOMS[0])
}

/// The size that a diagram begins with: all of it, unless nobody could read that.
pub(crate) fn beginning(diagram: &Diagram, room: (i32, i32)) -> i32 {
    fitting(diagram, room).max(LEGIBLE)
}

/// Where to scroll, as little as needed, so that a piece at a place and of a length is in sight.
pub(crate) fn brought(scrolled: i32, room: i32, (start, length): (i32, i32)) -> i32 {
    if start < scrolled {
        (start - NEAR).max(0)
    } else if start + length > scrolled + room {
        (start + length + NEAR - room).min(start)
    } else {
        scrolled
    }
}

/// Where a table is after it was moved by so much: it does not leave at the left or above.
pub(crate) fn moved_to(area: Area, (x, y): (i32, i32)) -> (i32, i32) {
    ((area.x + x).max(0), (area.y + y).max(0))
}

/// The small picture of a diagram beside it: its size, the tables in it, what is in sight.
#[derive(Debug, PartialEq)]
pub(crate) struct Minimap {
    /// Its width and height.
    pub size: (i32, i32),
    /// What of the diagram is in sight, in units of the diagram.
    pub sight: Area,
}

/// The small picture for a place and a size; `None` where all of the diagram is in sight.
pub(crate) fn minimap(
    diagram: &Diagram,
    zoom: i32,
    (left, top): (i32, i32),
    (width, height): (i32, i32),
) -> Option<Minimap> {
    let unit = |length: i32| length * 100 / zoom.max(1);
    let Diagram { width: all, height: high, .. } = *diagram;
    let whole = unit(width) >= all && unit(height) >= high;
    if whole || all == 0 || high == 0 {
        return None;
    }
    let sight = Area {
        x: unit(left),
        y: unit(top),
        width: unit(width).min(all),
        height: unit(height).min(high),
    };
    // As large as it may be in either direction.
    let by_width = i64::from(MINIMAP.0) * i64::from(high) / i64::from(all);
    let size = match i32::try_from(by_width) {
        Ok(tall) if tall <= MINIMAP.1 => (MINIMAP.0, tall.max(MINIMAP_LEAST)),
        _ => {
            let wide = i64::from(MINIMAP.1) * i64::from(all) / i64::from(high);
            (i32::try_from(wide).unwrap_or(MINIMAP.0).max(MINIMAP_LEAST), MINIMAP.1)
        }
    };
    Some(Minimap { size, sight })
}

/// Where to scroll so that a point of the small picture is in the middle.
pub(crate) fn middle_at(
    diagram: &Diagram,
    map: &Minimap,
    zoom: i32,
    (x, y): (i32, i32),
    (width, height): (i32, i32),
) -> (i32, i32) {
    let far = |at: i32, of: i32, all: i32, room: i32| {
        let place = i64::from(at) * i64::from(all) / i64::from(of.max(1)) * i64::from(zoom) / 100;
        (i32::try_from(place).unwrap_or(0) - room / 2).max(0)
    };
    (far(x, map.size.0, diagram.width, width), far(y, map.size.1, diagram.height, height))
}

/// The pixels of a picture of the diagram: twice as many as it has units, as far as a browser draws them.
pub(crate) fn pixels(width: i32, height: i32) -> (u32, u32) {
    let of = |length: i32, part: u64| u64::try_from(length.max(1)).unwrap_or(1) * part / 100;
    let parts = [200, 150, 100, 70, 50, 35, 25, 17, 10, 5, 2, 1];
    let fits = |part: &&u64| {
        let (w, h) = (of(width, **part), of(height, **part));
        w.max(h) <= PIXELS_LONG && w * h <= PIXELS
    };
    let part = parts.iter().find(fits).copied().unwrap_or(1);
    let whole = |length: i32| u32::try_from(of(length, part)).unwrap_or(1).max(1);
    (whole(width), whole(height))
}

/// Whether an object is the chosen one, or the table of it.
pub(crate) fn is_chosen(id: &Id, chosen: Option<&Id>, table: Option<&Id>) -> bool {
    chosen == Some(id) || table == Some(id)
}

#[cfg(test)]
mod tests {
    use pgparity_core::snapshot::Side;

    use super::*;
    use crate::protocol::{Shelved, SnapId};

    fn listed() -> Listed {
        let row = |level, up, on| ListRow { level, up, on, ..ListRow::default() };
        let window = vec![row(1, None, None), row(2, Some(0), Some(2)), row(1, None, None)];
        Listed { total: 3, window, ..Listed::default() }
    }

    #[test]
    fn keys_walk_rows_and_relations() {
        let to = |key, at| list_move(key, &listed(), at);
        assert_eq!(
            (to("ArrowDown", 0), to("ArrowDown", 2), to("ArrowUp", 0)),
            (Some(1), None, None)
        );
        assert_eq!((to("End", 0), to("Home", 2)), (Some(2), Some(0)));
        assert_eq!(to("ArrowRight", 0), Some(1), "to what is inside");
        assert_eq!(to("ArrowRight", 1), Some(2), "to what it leads to");
        assert_eq!((to("ArrowLeft", 1), to("ArrowRight", 2)), (Some(0), None));
        assert_eq!(list_move("ArrowDown", &Listed::default(), 0), None);
    }

    #[test]
    fn a_diagram_begins_legible_and_fits_where_it_can() {
        let diagram = Diagram { width: 2000, height: 500, ..Diagram::default() };
        assert_eq!(fitting(&diagram, (1000, 1000)), 50);
        assert_eq!((fitting(&diagram, (320, 400)), beginning(&diagram, (320, 400))), (16, 70));
        assert_eq!(fitting(&diagram, (9000, 9000)), 100);
        assert_eq!((zoomed(50, true), zoomed(50, false), zoomed(60, true)), (70, 35, 70));
        assert_eq!((zoomed(10, false), zoomed(300, true)), (10, 300));
    }

    #[test]
    fn a_table_is_moved_but_not_out_of_the_diagram() {
        let area = Area { x: 100, y: 10, width: 50, height: 40 };
        assert_eq!((moved_to(area, (20, 0)), moved_to(area, (-20, -20))), ((120, 10), (80, 0)));
    }

    #[test]
    fn the_small_picture_shows_what_is_in_sight_and_leads_there() {
        let diagram = Diagram { width: 2000, height: 1000, ..Diagram::default() };
        assert_eq!(minimap(&diagram, 100, (0, 0), (2000, 1000)), None, "all of it is in sight");
        assert_eq!(minimap(&diagram, 50, (0, 0), (1000, 500)), None);
        let map = minimap(&diagram, 100, (500, 100), (800, 600));
        let sight = Area { x: 500, y: 100, width: 800, height: 600 };
        assert_eq!(map, Some(Minimap { size: (168, 84), sight }));
        let near = minimap(&diagram, 200, (500, 100), (800, 600)).map(|map| map.sight);
        assert_eq!(near, Some(Area { x: 250, y: 50, width: 400, height: 300 }));
        let Some(map) = map else { unreachable!() };
        assert_eq!(middle_at(&diagram, &map, 100, (84, 42), (800, 600)), (600, 200));
        assert_eq!(middle_at(&diagram, &map, 100, (0, 0), (800, 600)), (0, 0));
        assert_eq!(middle_at(&diagram, &map, 200, (84, 42), (800, 600)), (1600, 700));
        let tower = Diagram { width: 100, height: 9000, ..Diagram::default() };
        assert_eq!(minimap(&tower, 100, (0, 0), (800, 600)).map(|map| map.size), Some((12, 112)));
    }

    #[test]
    fn a_picture_has_as_many_pixels_as_can_be_drawn() {
        assert_eq!(pixels(1000, 800), (2000, 1600));
        assert_eq!(pixels(5000, 2000), (7500, 3000));
        assert_eq!(pixels(20_000, 20_000), (5000, 5000));
        assert_eq!(pixels(0, 0), (2, 2));
    }

    #[test]
    fn what_is_out_of_sight_is_brought_in() {
        assert_eq!(brought(100, 300, (150, 50)), 100);
        assert_eq!((brought(100, 300, (50, 50)), brought(100, 300, (5, 50))), (34, 0));
        assert_eq!(brought(100, 300, (500, 50)), 266);
        assert_eq!(brought(0, 300, (400, 900)), 400, "the start of what is too long");
    }

    #[test]
    fn every_snapshot_can_be_looked_at_and_sides_are_named() {
        let side = |label: &str| Side { label: label.to_owned(), ..Side::default() };
        let shelved = |(id, label)| Shelved {
            id: SnapId(id),
            name: format!("{label}.json"),
            sample: None,
            side: side(label),
        };
        let one = Sides { shelf: vec![shelved((0, "a"))], ..Sides::default() };
        assert_eq!(looks(&one), [("=a".to_owned(), Some("a".to_owned()), "a".to_owned())]);
        let two = Sides {
            from: Some(side("a")),
            to: Some(side("b")),
            from_id: Some(SnapId(0)),
            to_id: Some(SnapId(1)),
            shelf: [(0, "a"), (1, "b"), (2, "b")].map(shelved).to_vec(),
            ..Sides::default()
        };
        let words: Vec<String> = looks(&two).into_iter().map(|(.., words)| words).collect();
        assert_eq!(words, ["From and To together", "a (From)", "b (To)", "b (2)"]);
    }
}
