//! The state of the page: its parts, and how an action reaches them.

use std::rc::Rc;

use pgparity_core::snapshot::Side;
use yew::Reducible;

use super::action::Action;
use super::announce::{Announce, AnnounceAction};
use super::compare::CompareState;
use super::environments::EnvironmentsState;
use super::explore::ExploreState;
use super::history::HistoryState;
use super::panes::Panes;
use super::place::Needs;
use super::plan::PlanState;
use super::review::Review;
use super::route::Route;
use super::selection::{Selection, SelectionAction};
use super::shared::Shared;
use super::shelf::{ShelfAction, ShelfState};
use super::undo::{Undo, Work};
use super::{Place, Theme};
use crate::protocol::{Format, Settings, Way};

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
    /// What is said.
    pub announce: Shared<Announce>,
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
            explore: (*self.explore).clone(),
        }
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

    /// The name of a file to download: what, from, to, when.
    pub(crate) fn file_name(&self, format: Format, way: Way, stamp: &str) -> String {
        let name = |side: &Option<Side>| {
            let label = side.as_ref().map_or("", |side| side.label.as_str());
            let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
            label.chars().map(plain).collect::<String>()
        };
        let (mut from, mut to) = (name(&self.shelf.sides.from), name(&self.shelf.sides.to));
        if way == Way::Back {
            std::mem::swap(&mut from, &mut to);
        }
        format!("{}-{from}-to-{to}-{stamp}.{}", format.stem(), format.extension())
    }

    fn follow(&mut self, route: Route) {
        self.place = route.place;
        let mut compare = (*self.compare).clone();
        (compare.filter, compare.view) = (route.filter, route.view);
        self.compare.put(compare);
        if self.plan.query != route.plan {
            self.plan.put(PlanState { query: route.plan, ..PlanState::default() });
        }
        self.environments.put(self.environments.with(route.environments));
        self.history.put(HistoryState { filter: route.history });
        self.explore.put(route.explore);
        self.selection.put(self.selection.after(SelectionAction::Object(route.selected)));
        self.decided("the change of the address".to_owned(), |app| {
            app.settings.put(route.settings);
        });
    }

    /// Makes a decision that can be taken back.
    fn decided(&mut self, words: String, change: impl FnOnce(&mut App)) {
        let before = Work { decisions: self.settings.clone(), review: self.review.clone() };
        change(self);
        if before.decisions != self.settings || before.review != self.review {
            self.undo.put(self.undo.remember(words, before));
        }
    }

    fn take_back(&mut self) {
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

    fn say(&mut self, what: String) {
        self.announce.put(self.announce.after(AnnounceAction::Say(what)));
    }

    fn shelve(&mut self, action: ShelfAction) {
        if let Some(words) = ShelfState::words(&action) {
            self.say(words);
        }
        let was_complete = self.shelf.sides.complete();
        self.shelf.put(self.shelf.after(action));
        if self.shelf.sides.complete() && !was_complete && self.place == Place::Start {
            self.place = Place::Compare;
        }
    }
}

impl Reducible for App {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Go(place) => next.place = place,
            Action::Follow(route) => next.follow(*route),
            Action::Show(id) => {
                next.selection.put(next.selection.after(SelectionAction::Object(Some(id))));
                next.panes.put(Panes { reading: true, ..(*next.panes).clone() });
                if next.shown_place() != Place::Explore {
                    next.place = Place::Compare;
                }
            }
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
            Action::Panes(action) => next.panes.put(next.panes.after(&action)),
            Action::Announce(action) => {
                if matches!(action, AnnounceAction::Fail(_)) {
                    next.shelf.put(next.shelf.after(ShelfAction::Rest));
                }
                next.announce.put(next.announce.after(action));
            }
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use pgparity_core::action::Hazard;

    use super::*;
    use crate::protocol::{Shelved, Sides, SnapId};
    use crate::state::{Decision, FilterAction, PlanAction, ReviewAction};

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
            let shelved = |id| Shelved { id: SnapId(id), side: Side::default() };
            let shelf = (0..snapshots).map(shelved).collect();
            ShelfAction::Sides(Sides { shelf, ..Sides::default() }).into()
        };
        let app = after([Action::Go(Place::Environments), shelf(1)]);
        assert_eq!(app.shown_place(), Place::Start);
        assert_eq!(Rc::new(app).reduce(shelf(2)).shown_place(), Place::Environments);
    }

    #[test]
    fn explore_needs_one_snapshot_and_keeps_who_chooses_an_object_there() {
        let one = vec![Shelved { id: SnapId(0), side: Side::default() }];
        let shelf: Action = ShelfAction::Sides(Sides { shelf: one, ..Sides::default() }).into();
        let id = || Action::Show("table:public.a".into());
        let waiting = after([Action::Go(Place::Explore)]);
        assert_eq!(waiting.shown_place(), Place::Start);
        let there = after([Action::Go(Place::Explore), shelf, id()]);
        assert_eq!((there.place, there.selection.object.is_some()), (Place::Explore, true));
        assert_eq!(after([id()]).place, Place::Compare);
    }

    #[test]
    fn a_download_says_what_it_is() {
        let app = after([sides(Some("prod/eu"), Some("dev"))]);
        let name = app.file_name(Format::Script, Way::There, "20260211T093012Z");
        assert_eq!(name, "schema-sync-prod-eu-to-dev-20260211T093012Z.sql");
        let name = app.file_name(Format::Script, Way::Back, "20260211T093012Z");
        assert_eq!(name, "schema-sync-dev-to-prod-eu-20260211T093012Z.sql");
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
