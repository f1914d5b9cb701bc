//! Lanes and their marks: what is drawn, and how it is said.

use crate::protocol::{Deed, LaneMark, Lanes};

/// A lane takes so many characters for each snapshot.
const WIDE: usize = 3;

/// A piece of a lane: the signs of a mark, or the line and the empty space between marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The characters.
    pub text: String,
    /// What happened here.
    pub deed: Option<Deed>,
}

/// A lane as a line of characters: a sign where something happened, a line while the object is there.
pub(crate) fn track(marks: &[LaneMark], points: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |text: &str, deed: Option<Deed>| match pieces.last_mut() {
        Some(last) if last.deed.is_none() && deed.is_none() => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), deed }),
    };
    let mut there = false;
    for point in 1..=points {
        let here = marks.iter().filter(|mark| mark.point == point);
        let mut room = WIDE;
        for mark in here {
            there = mark.deed != Deed::Went;
            if mark.deed != Deed::Seen && room > 1 {
                add(mark.deed.status().sign(), Some(mark.deed));
                room -= 1;
            }
        }
        add(&if there { "─" } else { " " }.repeat(room), None);
    }
    pieces
}

/// The numbers above the lanes.
pub(crate) fn scale(points: usize) -> String {
    let numbers: Vec<String> = (1..=points).map(|point| format!("{point:<WIDE$}")).collect();
    numbers.concat()
}

/// A mark in words.
pub(crate) fn mark_words(mark: &LaneMark) -> String {
    let LaneMark { point, deed, what, .. } = mark;
    let mut said = match deed {
        Deed::Seen if *point == 1 => "there in 1 already".to_owned(),
        Deed::Seen => format!("not looked at before {point}"),
        Deed::Went => format!("gone since {point}"),
        other => format!("{} in {point}", other.word()),
    };
    match deed {
        Deed::Changed if !what.is_empty() => said += &format!(" ({what})"),
        Deed::Renamed if !what.is_empty() => said += &format!(" {what}"),
        _ => {}
    }
    if mark.order_unknown {
        said += &format!(" or {}, whose order is not known", point.saturating_sub(1));
    }
    said
}

/// All marks of an object in words.
pub(crate) fn lane_words(marks: &[LaneMark]) -> String {
    marks.iter().map(mark_words).collect::<Vec<_>>().join(", ")
}

/// The row that a key leads to from the current one; `None` for other keys, and where there is no row.
pub(crate) fn lane_move(key: &str, lanes: &Lanes) -> Option<usize> {
    let last = lanes.total.checked_sub(1)?;
    match (key, lanes.found) {
        ("Home", _) | ("ArrowDown" | "ArrowUp", None) => Some(0),
        ("End", _) => Some(last),
        ("ArrowDown", Some(at)) => Some((at + 1).min(last)),
        ("ArrowUp", Some(at)) => Some(at.saturating_sub(1)),
        _ => None,
    }
}

/// Where the parts of a step's bar begin and how long they are, in hundredths of the largest step.
pub(crate) fn bar(tally: [usize; 4], largest: usize) -> [(usize, usize); 4] {
    let mut from = 0;
    tally.map(|count| {
        let long = (count * 100).div_ceil(largest.max(1));
        let part = (from, long);
        from += long;
        part
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(point: usize, deed: Deed, what: &str) -> LaneMark {
        LaneMark { point, deed, what: what.to_owned(), order_unknown: false }
    }

    #[test]
    fn a_lane_shows_when_an_object_was_there() {
        let marks =
            [mark(2, Deed::Came, ""), mark(3, Deed::Changed, "type"), mark(5, Deed::Went, "")];
        let text = |marks: &[LaneMark], points| -> String {
            track(marks, points).into_iter().map(|piece| piece.text).collect()
        };
        assert_eq!(text(&marks, 6), "   +──~─────−     ");
        assert_eq!(text(&[mark(1, Deed::Seen, "")], 2), "──────");
        let both =
            [mark(1, Deed::Seen, ""), mark(2, Deed::Renamed, ""), mark(2, Deed::Changed, "")];
        assert_eq!(text(&both, 2), "───⇄~─");
        assert_eq!(scale(11).chars().count(), 33);
    }

    #[test]
    fn marks_read_well() {
        let marks = [
            mark(1, Deed::Seen, ""),
            mark(3, Deed::Changed, "type, default"),
            mark(4, Deed::Went, ""),
        ];
        assert_eq!(
            lane_words(&marks),
            "there in 1 already, changed in 3 (type, default), gone since 4"
        );
        let unsure = LaneMark { order_unknown: true, ..mark(2, Deed::Came, "") };
        assert_eq!(mark_words(&unsure), "came in 2 or 1, whose order is not known");
        assert_eq!(mark_words(&mark(2, Deed::Seen, "")), "not looked at before 2");
        assert_eq!(mark_words(&mark(2, Deed::Renamed, "from a.b")), "renamed in 2 from a.b");
    }

    #[test]
    fn keys_lead_through_the_lanes() {
        let lanes = |total, found| Lanes { total, found, ..Lanes::default() };
        assert_eq!(lane_move("ArrowDown", &lanes(3, None)), Some(0));
        assert_eq!(lane_move("ArrowDown", &lanes(3, Some(2))), Some(2));
        assert_eq!(lane_move("ArrowUp", &lanes(3, Some(2))), Some(1));
        assert_eq!(
            (lane_move("Home", &lanes(3, Some(1))), lane_move("End", &lanes(3, None))),
            (Some(0), Some(2))
        );
        assert_eq!(
            (lane_move("End", &lanes(0, None)), lane_move("x", &lanes(3, None))),
            (None, None)
        );
    }

    #[test]
    fn the_largest_step_has_the_whole_bar() {
        assert_eq!(bar([10, 5, 5, 0], 20), [(0, 50), (50, 25), (75, 25), (100, 0)]);
        // The smallest step can still be seen.
        assert_eq!(bar([1, 0, 0, 0], 100_000)[0], (0, 1));
        assert_eq!(bar([0; 4], 0), [(0, 0); 4]);
    }
}
