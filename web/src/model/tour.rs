//! What the tour points at, what it says, and where its card stands.

use crate::protocol::Area;
use crate::state::STOPS;

/// A control that the tour points at.
pub(crate) struct Sight {
    /// Finds it.
    pub target: &'static str,
    /// What it is for.
    pub title: &'static str,
    /// How it is used.
    pub words: &'static str,
    /// The card stands beside it, rather than below.
    pub beside: bool,
}

/// The controls, in their order.
pub(crate) const SIGHTS: [Sight; STOPS] = [
    Sight {
        target: ".pill",
        title: "Which way round",
        words: "From is the database as it is, To is what it should become. Everything here is said in \
                this direction. If it is the wrong one, the button with the two arrows turns it.",
        beside: false,
    },
    Sight {
        target: ".counts",
        title: "How much differs",
        words: "Each count is a button that shows only these objects; pressed again, it shows all. Start \
                with “extra”: only From has it, so the plan would remove it.",
        beside: false,
    },
    Sight {
        target: "#tree-pane",
        title: "What differs",
        words: "Choose an object to read what is different about it, in words and line by line. \
                The search above finds names; Filters hides what you do not want to see.",
        beside: true,
    },
    Sight {
        target: ".rail a.plan",
        title: "The way there",
        words: "Plan has the SQL that makes From like To, statement by statement, with what each one locks \
                or deletes. Nothing on this page can run it: you download it.",
        beside: true,
    },
];

/// Between the control and the card, and around the card.
const GAP: i32 = 12;
/// So much of a high control is enough.
const ENOUGH: i32 = 96;
/// On narrower screens the card stands at the bottom.
const NARROW: i32 = 800;

/// Where the card stands: its left and upper edge. `None` is the place at the bottom that the style sheet
/// gives: on narrow screens, and where nothing else has room.
pub(crate) fn card_at(
    target: Area,
    card: (i32, i32),
    view: (i32, i32),
    beside: bool,
) -> Option<(i32, i32)> {
    if view.0 < NARROW || target.width == 0 || target.height == 0 {
        return None;
    }
    let within = |at: i32, length: i32, room: i32| at.min(room - length - GAP).max(GAP);
    let below = (within(target.x, card.0, view.0), target.y + target.height + GAP);
    let right = (target.x + target.width + GAP, within(target.y, card.1, view.1));
    let fits = |(x, y): &(i32, i32)| x + card.0 + GAP <= view.0 && y + card.1 + GAP <= view.1;
    let order = if beside { [right, below] } else { [below, right] };
    order.into_iter().find(fits)
}

/// Whether enough of a control is in sight to be pointed at where it is: the page is not moved for less.
pub(crate) fn in_sight(target: Area, view: (i32, i32)) -> bool {
    let some = target.height.min(ENOUGH);
    target.y >= 0 && target.y + some <= view.1
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: (i32, i32) = (340, 200);
    const VIEW: (i32, i32) = (1280, 800);

    fn area(x: i32, y: i32, width: i32, height: i32) -> Area {
        Area { x, y, width, height }
    }

    #[test]
    fn the_card_stands_by_the_control_and_within_the_window() {
        let counts = area(124, 48, 1156, 50);
        assert_eq!(card_at(counts, CARD, VIEW, false), Some((124, 110)));
        assert_eq!(
            card_at(counts, CARD, VIEW, true),
            Some((124, 110)),
            "nothing has room beside it"
        );
        let tree = area(124, 98, 400, 670);
        assert_eq!(card_at(tree, CARD, VIEW, true), Some((536, 98)));
        assert_eq!(card_at(tree, CARD, VIEW, false), Some((536, 98)), "nothing has room below it");
        let far = area(1200, 10, 60, 30);
        assert_eq!(card_at(far, CARD, VIEW, false), Some((1280 - 340 - GAP, 52)));
        let low = area(10, 760, 100, 30);
        assert_eq!(card_at(low, CARD, VIEW, true), Some((122, 800 - 200 - GAP)));
    }

    #[test]
    fn the_page_moves_only_for_what_is_out_of_sight() {
        assert!(
            in_sight(area(0, 500, 320, 2000), (320, 640))
                && in_sight(area(0, 600, 320, 40), (320, 640))
        );
        assert!(
            !in_sight(area(0, 600, 320, 2000), (320, 640))
                && !in_sight(area(0, -5, 320, 40), (320, 640))
        );
    }

    #[test]
    fn where_there_is_no_room_it_stands_at_the_bottom() {
        assert_eq!(card_at(area(0, 48, 390, 50), CARD, (390, 760), false), None);
        assert_eq!(
            card_at(area(0, 0, 0, 0), CARD, VIEW, false),
            None,
            "a control that is not drawn"
        );
        assert_eq!(card_at(area(0, 0, 1280, 780), CARD, VIEW, false), None);
    }
}
