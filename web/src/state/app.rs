//! The state of the page: its parts, and how an action reaches them.

use super::announce::{Announce, AnnounceAction};
use super::compare::CompareState;
use super::environments::EnvironmentsState;
use super::explore::ExploreState;
use super::history::HistoryState;
use super::jobs::Jobs;
use super::panes::Panes;
use super::place::Needs;
use super::plan::PlanState;
use super::review::Review;
use super::route::{Pair, Route};
use super::selection::{Selection, SelectionAction};
use super::session::SessionState;
use super::shared::Shared;
use super::shelf::ShelfState;
use super::tour::Tour;
use super::undo::{Undo, Work};
use super::{Place, Theme};
use crate::protocol::Settings;

/// The state of the page. Each part is shared and compared by pointer: what has not changed is
/// the same, and nobody who looks at it draws anew.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct App {
    /// Where the person is, or wants to be as soon as there is something to compare.
    pub place: Place,
    /// The snapshots.
    pub shelf: Shared<ShelfState>,
    /// What is selected.
    pub selection: Shared<Selection>,
    /// How Compare is looked at.
    pub compare: Shared<CompareState>,
    /// How Plan is looked at.
    pub plan: Shared<PlanState>,
    /// How Environments is looked at.
    pub environments: Shared<EnvironmentsState>,
    /// How History is looked at.
    pub history: Shared<HistoryState>,
    /// How Explore is looked at.
    pub explore: Shared<ExploreState>,
    /// What was decided.
    pub settings: Shared<Settings>,
    /// What was looked at and noted.
    pub review: Shared<Review>,
    /// What can be taken back.
    pub undo: Shared<Undo>,
    /// Panes, dialogs, colours, keys.
    pub panes: Shared<Panes>,
    /// The snapshots that the address was made of, in a link.
    pub expected: Option<Pair>,
    /// What is said.
    pub announce: Shared<Announce>,
    /// What the worker is doing.
    pub jobs: Shared<Jobs>,
    /// How the session is held.
    pub session: Shared<SessionState>,
    /// The tour.
    pub tour: Shared<Tour>,
}

impl App {
    /// The state at the beginning, as an address and earlier choices say.
    pub(crate) fn at(route: Route, theme: Theme, single_keys: bool) -> App {
        let panes = Panes { theme, single_keys, ..Panes::default() };
        let mut app = App { panes: panes.into(), ..App::default() };
        app.settings.put(route.settings.clone());
        app.follow(route);
        app
    }

    /// The address of the state.
    pub(crate) fn route(&self) -> Route {
        Route {
            place: self.place,
            filter: self.compare.filter.clone(),
            plan: self.plan.query.clone(),
            view: self.compare.view,
            history: self.history.filter.clone(),
            selected: self.selection.object.clone(),
            settings: (*self.settings).clone(),
            environments: self.environments.query.clone(),
            pair: self.expected.clone(),
            explore: (*self.explore).clone(),
        }
    }

    /// The address for somebody else, who needs the same two snapshots.
    pub(crate) fn link(&self) -> Route {
        Route { pair: Pair::of(&self.shelf.sides), ..self.route() }
    }

    /// The place that is shown: without what it needs it is Start.
    pub(crate) fn shown_place(&self) -> Place {
        if self.can_show(self.place) { self.place } else { Place::Start }
    }

    /// Whether there is what a place needs.
    pub(crate) fn can_show(&self, place: Place) -> bool {
        match place.about().needs {
            Needs::Nothing => true,
            Needs::One => !self.shelf.sides.shelf.is_empty(),
            Needs::Pair => self.shelf.sides.complete(),
            Needs::Several => self.shelf.sides.shelf.len() > 1,
        }
    }

    pub(super) fn follow(&mut self, route: Route) {
        self.place = route.place;
        self.expected = route.pair;
        let mut compare = (*self.compare).clone();
        (compare.filter, compare.view) = (route.filter, route.view);
        self.compare.put(compare);
        if self.plan.query != route.plan {
            self.plan.put(PlanState { query: route.plan, ..PlanState::default() });
        }
        self.environments.put(self.environments.with(route.environments));
        self.history.put(HistoryState { filter: route.history });
        self.explore.put(self.explore.following(route.explore));
        self.selection.put(self.selection.after(SelectionAction::Object(route.selected)));
        self.decided("the change of the address".to_owned(), |app| {
            app.settings.put(route.settings);
        });
    }

    /// Makes a decision that can be taken back.
    pub(super) fn decided(&mut self, words: String, change: impl FnOnce(&mut App)) {
        let before = Work { decisions: self.settings.clone(), review: self.review.clone() };
        change(self);
        if before.decisions != self.settings || before.review != self.review {
            self.undo.put(self.undo.remember(words, before));
        }
    }

    pub(super) fn take_back(&mut self) {
        let said = match self.undo.back() {
            Some((rest, words, before)) => {
                self.undo.put(rest);
                self.settings = before.decisions;
                self.review = before.review;
                format!("Undone: {words}.")
            }
            None => "There is nothing to undo.".to_owned(),
        };
        self.say(said);
    }

    pub(super) fn say(&mut self, what: String) {
        self.announce.put(self.announce.after(AnnounceAction::Say(what)));
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use pgparity_core::action::Hazard;
    use pgparity_core::snapshot::Side;
    use yew::Reducible;

    use super::*;
    use crate::protocol::{Shelved, Sides, SnapId, Way};
    use crate::state::{Action, Decision, FilterAction, PlanAction, ReviewAction, ShelfAction};

    fn sides(from: Option<&str>, to: Option<&str>) -> Action {
        let side = |label: &str| Side { label: label.to_owned(), ..Side::default() };
        let sides = Sides { from: from.map(side), to: to.map(side), ..Sides::default() };
        ShelfAction::Sides(sides).into()
    }

    fn after(actions: impl IntoIterator<Item = Action>) -> App {
        let mut app = Rc::new(App::default());
        for action in actions {
            app = app.reduce(action);
        }
        (*app).clone()
    }

    #[test]
    fn the_second_snapshot_leads_to_compare() {
        let one = after([sides(Some("a"), None)]);
        assert_eq!(
            (one.place, one.announce.said.as_str()),
            (Place::Start, "a is read. Now the other side.")
        );
        assert_eq!(after([sides(Some("a"), Some("b"))]).place, Place::Compare);
    }

    #[test]
    fn an_address_waits_for_the_snapshots() {
        let route = Route { place: Place::Plan, ..Route::default() };
        let waiting = App::at(route, Theme::Dark, true);
        assert_eq!(waiting.shown_place(), Place::Start);
        let there = Rc::new(waiting).reduce(sides(Some("a"), Some("b")));
        assert_eq!(there.shown_place(), Place::Plan);
    }

    #[test]
    fn environments_waits_for_two_snapshots_whatever_their_sides() {
        let shelf = |snapshots: u32| {
            let shelved = |id| Shelved {
                id: SnapId(id),
                name: String::new(),
                sample: None,
                side: Side::default(),
            };
            let shelf = (0..snapshots).map(shelved).collect();
            ShelfAction::Sides(Sides { shelf, ..Sides::default() }).into()
        };
        let app = after([Action::Go(Place::Environments), shelf(1)]);
        assert_eq!(app.shown_place(), Place::Start);
        assert_eq!(Rc::new(app).reduce(shelf(2)).shown_place(), Place::Environments);
    }

    #[test]
    fn explore_needs_one_snapshot_and_keeps_who_chooses_an_object_there() {
        let (name, side) = ("a.json".to_owned(), Side::default());
        let one = vec![Shelved { id: SnapId(0), name, sample: None, side }];
        let shelf: Action = ShelfAction::Sides(Sides { shelf: one, ..Sides::default() }).into();
        let id = || Action::Show("table:public.a".into());
        let waiting = after([Action::Go(Place::Explore)]);
        assert_eq!(waiting.shown_place(), Place::Start);
        let there = after([Action::Go(Place::Explore), shelf, id()]);
        assert_eq!((there.place, there.selection.object.is_some()), (Place::Explore, true));
        assert_eq!(after([id()]).place, Place::Compare);
    }

    #[test]
    fn a_step_that_is_sought_is_not_hidden() {
        let app = after([PlanAction::Way(Way::Back).into(), SelectionAction::Step(Some(3)).into()]);
        assert_eq!((app.plan.query.way, app.plan.wanted()), (Way::There, Some(3)));
    }

    #[test]
    fn the_state_has_an_address() {
        let app = after([
            Action::Go(Place::Plan),
            FilterAction::Text("x".into()).into(),
            Decision::Steps(vec!["k".into()], false).into(),
        ]);
        assert_eq!(App::at(app.route(), Theme::Dark, true).route(), app.route());
    }

    #[test]
    fn every_decision_is_undone_in_its_turn_and_said() {
        let allow: Action = Decision::Allow(Hazard::DataLoss, true).into();
        let decided = after([
            allow.clone(),
            // It changes nothing, so there is nothing to undo.
            allow,
            ReviewAction::Note("table:public.a".into(), "ask".into()).into(),
        ]);
        let once = Rc::new(decided).reduce(Action::Undo);
        assert_eq!(once.announce.said, "Undone: the note on public.a.");
        assert!(once.review.notes.is_empty() && once.settings.allow.len() == 1);
        let twice = once.reduce(Action::Undo);
        assert_eq!(twice.announce.said, "Undone: DATA_LOSS allowed.");
        assert!(twice.settings.allow.is_empty());
        assert_eq!(twice.reduce(Action::Undo).announce.said, "There is nothing to undo.");
    }

    #[test]
    fn the_first_address_is_no_decision() {
        let mut route = Route::default();
        route.settings.allow.insert(Hazard::DataLoss);
        let app = App::at(route, Theme::Dark, true);
        assert_eq!(app.settings.allow.len(), 1);
        assert!(app.undo.back().is_none());
    }

    #[test]
    fn what_an_action_does_not_concern_stays_the_same() {
        let before = Rc::new(App::default());
        let after = before.clone().reduce(Action::say("x"));
        assert!(before.compare == after.compare && before.shelf == after.shelf);
        assert!(before.announce != after.announce);
    }
}
