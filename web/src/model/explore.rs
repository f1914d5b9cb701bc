//! Explore: what can be looked at, how its lists are walked, how large the diagram is drawn.

use pgparity_core::model::Id;

use crate::protocol::{Diagram, ListRow, Listed, Sides};

/// Sizes of the diagram, in percent.
const ZOOMS: [i32; 10] = [10, 17, 25, 35, 50, 70, 100, 140, 200, 300];
/// Smaller than that nobody reads it: where more does not fit, it is moved.
const LEGIBLE: i32 = 70;
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
