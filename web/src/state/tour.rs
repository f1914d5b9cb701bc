//! The tour: four controls of Compare, pointed at one after the other. It begins by itself once, when the
//! sample is opened for the first time, and whenever somebody asks for it.

use super::app::App;
use super::place::Place;

/// How many controls it points at.
pub(crate) const STOPS: usize = 4;

/// What is said when it begins by itself.
const BEGINS: &str = "A tour of four controls begins: Tab leads to it, Esc ends it.";

/// The tour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tour {
    /// The control that it points at, from 0; `None` while there is no tour.
    pub at: Option<usize>,
    /// It has ended before: it does not begin by itself any more.
    pub seen: bool,
    /// Somebody asked for it, and does not only happen to have opened the sample.
    pub asked: bool,
}

/// What happens to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TourAction {
    /// Somebody asks for it. Without two snapshots it waits for them.
    Start,
    /// On to the next control; behind the last one it ends.
    Next,
    /// To the control before.
    Back,
    /// It ends.
    End,
}

/// How somebody can begin the tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    /// There is something to show it on.
    Now,
    /// Nothing is open: the sample has to be.
    WithSample,
    /// One snapshot is open, and opening the sample would close it.
    NotYet,
}

impl Tour {
    /// The tour of somebody who has seen it, or has not.
    pub(crate) fn known(seen: bool) -> Tour {
        Tour { seen, ..Tour::default() }
    }

    fn after(self, action: TourAction) -> Tour {
        let ended = Tour::known(true);
        match (action, self.at) {
            (TourAction::Start, _) => Tour { asked: true, ..self },
            (TourAction::Next, Some(at)) if at + 1 < STOPS => Tour { at: Some(at + 1), ..self },
            (TourAction::Back, Some(at)) => Tour { at: Some(at.saturating_sub(1)), ..self },
            (TourAction::Next | TourAction::End, Some(_)) => ended,
            (_, None) => self,
        }
    }
}

impl App {
    /// How the tour can begin from here.
    pub(crate) fn tour_offer(&self) -> Offer {
        let sides = &self.shelf.sides;
        if sides.complete() {
            Offer::Now
        } else if sides.shelf.is_empty() {
            Offer::WithSample
        } else {
            Offer::NotYet
        }
    }

    pub(super) fn tours(&mut self, action: TourAction) {
        self.tour.put(self.tour.after(action));
        if action == TourAction::Start {
            self.place = Place::Compare;
            if self.shelf.sides.complete() {
                self.begin_tour();
            }
        } else if action == TourAction::End {
            self.say(
                "The tour has ended. Help has it: the button with the question mark.".to_owned(),
            );
        }
    }

    /// Two snapshots are there that were not: the tour begins if they are the sample and nobody has seen
    /// it, or if somebody waits for it.
    pub(super) fn tour_at_arrival(&mut self) {
        let first = self.shelf.sides.is_sample() && !self.tour.seen;
        if (first || self.tour.asked) && self.shown_place() == Place::Compare {
            let before = self.announce.said.clone();
            self.begin_tour();
            self.say(format!("{before} {BEGINS}"));
        }
    }

    fn begin_tour(&mut self) {
        self.tour.put(Tour { at: Some(0), ..*self.tour });
    }

    /// Whoever goes to another place goes on alone.
    pub(super) fn tour_left_behind(&mut self) {
        if self.tour.at.is_some() && self.shown_place() != Place::Compare {
            self.tour.put(Tour::known(true));
            // What was said of it is not true any more.
            if self.announce.said.ends_with(BEGINS) {
                self.say(String::new());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use pgparity_core::snapshot::Side;
    use yew::Reducible;

    use super::*;
    use crate::protocol::{Shelved, Sides, Slot, SnapId};
    use crate::state::{Action, ShelfAction};

    fn sides(samples: [Option<Slot>; 2]) -> Sides {
        let shelved = |(id, sample)| Shelved {
            id: SnapId(id),
            name: String::new(),
            sample,
            side: Side::default(),
        };
        let side = Some(Side::default());
        Sides {
            from: side.clone(),
            to: side,
            from_id: Some(SnapId(0)),
            to_id: Some(SnapId(1)),
            shelf: (0..).zip(samples).map(shelved).collect(),
            ..Sides::default()
        }
    }

    use TourAction::{Back, End, Next};

    const SAMPLE: [Option<Slot>; 2] = [Some(Slot::From), Some(Slot::To)];

    fn after(seen: bool, actions: impl IntoIterator<Item = Action>) -> Rc<App> {
        let app = App { tour: Tour::known(seen).into(), ..App::default() };
        actions.into_iter().fold(Rc::new(app), Reducible::reduce)
    }

    fn opened(samples: [Option<Slot>; 2]) -> Action {
        ShelfAction::Sides(sides(samples)).into()
    }

    #[test]
    fn it_begins_by_itself_with_the_sample_alone_and_once() {
        let at = |seen, action| after(seen, [action]).tour.at;
        assert_eq!(at(false, opened(SAMPLE)), Some(0));
        assert_eq!(at(true, opened(SAMPLE)), None, "it was seen");
        assert_eq!(at(false, opened([None, Some(Slot::To)])), None, "a file of one's own");
        assert_eq!(at(false, opened([None, None])), None, "files of one's own, or a report");
        let restored = ShelfAction::Restored(sides(SAMPLE)).into();
        assert_eq!(at(false, restored), None, "a session that comes back");
    }

    #[test]
    fn it_says_that_it_begins_and_what_was_opened() {
        let said = after(false, [opened(SAMPLE)]).announce.said.clone();
        assert!(said.starts_with("From is") && said.contains("Esc ends it"), "{said}");
    }

    #[test]
    fn it_goes_through_all_controls_and_back_and_then_is_seen() {
        let walk = |steps: &[TourAction]| {
            let steps = steps.iter().map(|step| Action::from(*step));
            *after(false, std::iter::once(opened(SAMPLE)).chain(steps)).tour
        };
        assert_eq!(walk(&[Next, Next, Back]).at, Some(1));
        assert_eq!(walk(&[Back]).at, Some(0));
        assert_eq!(walk(&[Next; STOPS - 1]).at, Some(STOPS - 1));
        assert_eq!(walk(&[Next; STOPS]), Tour::known(true));
        assert_eq!(walk(&[End]), Tour::known(true));
    }

    #[test]
    fn exchanging_the_sides_begins_nothing_and_ends_nothing() {
        let there = [opened(SAMPLE), Next.into(), opened([Some(Slot::To), Some(Slot::From)])];
        assert_eq!(after(false, there).tour.at, Some(1));
        let ended = [opened(SAMPLE), End.into(), opened(SAMPLE)];
        assert_eq!(after(false, ended).tour.at, None);
    }

    #[test]
    fn another_place_ends_it() {
        let app =
            after(false, [opened(SAMPLE), Action::Go(Place::Plan), Action::Go(Place::Compare)]);
        assert_eq!((*app.tour, app.place), (Tour::known(true), Place::Compare));
        assert!(!app.announce.said.contains("tour"), "{}", app.announce.said);
    }

    #[test]
    fn whoever_asks_gets_it_wherever_they_are_and_whatever_is_open() {
        let own = after(true, [opened([None, None]), Action::Go(Place::Plan)]);
        assert_eq!(own.tour_offer(), Offer::Now);
        let asked = own.reduce(TourAction::Start.into());
        assert_eq!((asked.tour.at, asked.place), (Some(0), Place::Compare));
        let nothing = after(true, []);
        assert_eq!(nothing.tour_offer(), Offer::WithSample);
        let waits = nothing.reduce(TourAction::Start.into());
        assert_eq!((waits.tour.at, waits.shown_place()), (None, Place::Start));
        let there = waits.reduce(opened(SAMPLE));
        assert_eq!((there.tour.at, there.tour.asked), (Some(0), true));
    }

    #[test]
    fn one_snapshot_is_not_closed_for_it() {
        let one = Sides { shelf: sides([None, None]).shelf, ..Sides::default() };
        let app = after(false, [ShelfAction::Sides(one).into()]);
        assert_eq!(app.tour_offer(), Offer::NotYet);
    }
}
