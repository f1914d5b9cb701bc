//! How an action changes the state.

use std::rc::Rc;

use yew::Reducible;

use super::Place;
use super::action::Action;
use super::announce::AnnounceAction;
use super::app::App;
use super::jobs::{At, JobsAction, Stopped};
use super::panes::PanesAction;
use super::plan::PlanState;
use super::selection::SelectionAction;
use super::shelf::{ShelfAction, ShelfState};
use crate::protocol::Refusal;

impl App {
    fn shelve(&mut self, action: ShelfAction) {
        if let Some(words) = ShelfState::words(&action) {
            self.say(words);
        }
        let was_complete =
            self.shelf.sides.complete() || matches!(action, ShelfAction::Restored(_));
        self.shelf.put(self.shelf.after(action));
        if self.shelf.sides.complete() && !was_complete {
            if self.place == Place::Start {
                self.place = Place::Compare;
            }
            self.tour_at_arrival();
        }
    }

    fn work(&mut self, action: JobsAction) {
        if let Some(words) = self.jobs.words(&action) {
            self.say(words);
        }
        if let JobsAction::Stopped(Stopped { failure, at }) = &action {
            if let (Some(failure), At::Opening(file)) = (failure, at) {
                self.shelve(ShelfAction::Refused(Refusal {
                    file: file.clone(),
                    problem: format!("The engine stopped while it read this: {failure}"),
                    fix: "It was started again without this file.".to_owned(),
                }));
            }
            // It is shown and not said: that it was stopped is what is to be heard.
            let again = ShelfAction::Busy("Opening the snapshots again…".to_owned());
            self.shelf.put(self.shelf.after(again));
        }
        self.jobs.put(self.jobs.after(action));
    }

    /// Somebody does something else: what was stopped may be asked again.
    fn goes_on(&mut self, action: &Action) {
        let own = matches!(
            action,
            Action::Go(_)
                | Action::Follow(_)
                | Action::Show(_)
                | Action::Undo
                | Action::Decide(_)
                | Action::Shelf(ShelfAction::Sides(_))
        );
        if own && self.jobs.halted.is_some() {
            self.jobs.put(self.jobs.after(JobsAction::GoOn));
        }
    }
}

impl Reducible for App {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.goes_on(&action);
        match action {
            Action::Go(place) => next.place = place,
            Action::Follow(route) => next.follow(*route),
            Action::Show(id) => {
                next.selection.put(next.selection.after(SelectionAction::Object(Some(id))));
                next.panes.put(next.panes.after(&PanesAction::Read(true)));
                if next.shown_place() != Place::Explore {
                    next.place = Place::Compare;
                }
            }
            Action::ExpectNothing => next.expected = None,
            Action::Undo => next.take_back(),
            Action::Shelf(action) => next.shelve(action),
            Action::Selection(SelectionAction::Step(Some(step))) => {
                next.plan.put(PlanState::coming_to(step));
            }
            Action::Plan(action) => next.plan.put(next.plan.after(action)),
            Action::Selection(action) => next.selection.put(next.selection.after(action)),
            Action::Compare(action) => next.compare.put(next.compare.after(action)),
            Action::Environments(action) => {
                next.environments.put(next.environments.after(action));
            }
            Action::History(action) => next.history.put(next.history.after(action)),
            Action::Explore(action) => next.explore.put(next.explore.after(action)),
            Action::Decide(decision) => next.decided(decision.words(), |app| {
                app.settings.put(app.settings.after(decision));
            }),
            Action::Review(action) => next.decided(action.words(), |app| {
                app.review.put(app.review.after(action));
            }),
            Action::Jobs(action) => next.work(action),
            Action::Session(action) => {
                if let Some(words) = next.session.words(&action) {
                    next.say(words);
                }
                next.session.put(next.session.after(action));
            }
            Action::Tour(action) => next.tours(action),
            Action::Panes(action) => next.panes.put(next.panes.after(&action)),
            Action::Announce(action) => {
                if matches!(action, AnnounceAction::Fail(_)) {
                    next.shelf.put(next.shelf.after(ShelfAction::Rest));
                }
                next.announce.put(next.announce.after(action));
            }
        }
        next.tour_left_behind();
        Rc::new(next)
    }
}
