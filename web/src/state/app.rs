//! The state of the page, and every way in which it changes.

use std::collections::BTreeSet;
use std::rc::Rc;

use pgparity_core::model::Id;
use pgparity_core::snapshot::Side;
use yew::Reducible;

use super::route::Route;
use super::{Decision, FilterAction, Theme};
use crate::protocol::{Filter, Format, Refusal, Settings, Sides, TreeQuery};

/// Where one can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// Choosing what to compare.
    #[default]
    Start,
    /// What differs.
    Compare,
    /// The way from one to the other.
    Plan,
}

impl Place {
    /// The name in addresses.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Place::Start => "start",
            Place::Compare => "compare",
            Place::Plan => "plan",
        }
    }

    /// The name on buttons and as heading.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Place::Start => "Start",
            Place::Compare => "Compare",
            Place::Plan => "Plan",
        }
    }

    /// The place of a name; Start for any other.
    pub(crate) fn from_name(name: &str) -> Place {
        [Place::Compare, Place::Plan]
            .into_iter()
            .find(|place| place.name() == name)
            .unwrap_or_default()
    }
}

/// The state of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct App {
    /// Where the person is, or wants to be as soon as there is something to compare.
    pub place: Place,
    /// Who is on which side.
    pub sides: Sides,
    /// Counts the changes of the sides: answers of before are out of date.
    pub revision: u32,
    /// What was decided.
    pub settings: Settings,
    /// What the tree shows.
    pub filter: Filter,
    /// Rows opened or closed by hand.
    pub flipped: BTreeSet<String>,
    /// The selected object.
    pub selected: Option<Id>,
    /// The row of the tree that has the focus, by key.
    pub cursor: Option<String>,
    /// On a narrow screen the detail covers the tree.
    pub reading: bool,
    /// Files that could not be read.
    pub refusals: Vec<Refusal>,
    /// What the worker is doing, when it takes a while.
    pub busy: Option<String>,
    /// The last thing worth saying aloud.
    pub said: String,
    /// The worker or the page has failed, and this is what it said.
    pub failure: Option<String>,
    /// The map of the keyboard is shown.
    pub help: bool,
    /// Definitions stand in one column even where there is room for two.
    pub unified: bool,
    /// Equal attributes are shown too.
    pub all_properties: bool,
    /// The filters are shown.
    pub filters_shown: bool,
    /// The step that somebody came to see.
    pub step: Option<usize>,
    /// The colours.
    pub theme: Theme,
}

/// Every way in which the state changes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// The worker has begun something.
    Busy(String),
    /// The sides are others now.
    Sides(Sides),
    /// A file could not be read.
    Refused(Refusal),
    /// The messages about files have been read.
    ForgetRefusals,
    /// Go somewhere.
    Go(Place),
    /// The address has changed.
    Follow(Route),
    /// A move at the filters.
    Filter(FilterAction),
    /// Open or close a row.
    Flip(String),
    /// Give a row the focus; an object's row is selected too.
    Cursor(String, Option<Id>),
    /// Select an object wherever it stands.
    Select(Id),
    /// Read the detail, or go back to the tree, where the screen has room for one.
    Read(bool),
    /// A decision.
    Decide(Decision),
    /// Say something aloud.
    Say(String),
    /// The worker or the page has failed.
    Fail(String),
    /// Show or hide the map of the keyboard.
    Help(bool),
    /// One column or two.
    Unified(bool),
    /// All attributes, or only those that differ.
    AllProperties(bool),
    /// Show or hide the filters.
    ShowFilters(bool),
    /// Show a step of the plan.
    Step(Option<usize>),
    /// Choose the colours.
    Theme(Theme),
}

impl App {
    /// The state at the beginning, as an address says.
    pub(crate) fn at(route: Route, theme: Theme) -> App {
        App { theme, ..App::default() }.follow(route)
    }

    /// The address of the state.
    pub(crate) fn route(&self) -> Route {
        Route {
            place: self.place,
            filter: self.filter.clone(),
            selected: self.selected.clone(),
            settings: self.settings.clone(),
        }
    }

    /// The place that is shown: without two snapshots it is Start.
    pub(crate) fn shown_place(&self) -> Place {
        if self.sides.complete() { self.place } else { Place::Start }
    }

    /// Which rows the tree has.
    pub(crate) fn tree_query(&self) -> TreeQuery {
        TreeQuery {
            filter: self.filter.clone(),
            flipped: self.flipped.clone(),
            find: self.cursor.clone(),
        }
    }

    /// The name of a file to download: what, from, to, when.
    pub(crate) fn file_name(&self, format: Format, stamp: &str) -> String {
        let name = |side: &Option<Side>| {
            let label = side.as_ref().map_or("", |side| side.label.as_str());
            let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
            label.chars().map(plain).collect::<String>()
        };
        let (from, to) = (name(&self.sides.from), name(&self.sides.to));
        format!("{}-{from}-to-{to}-{stamp}.{}", format.stem(), format.extension())
    }

    fn follow(mut self, route: Route) -> App {
        self.place = route.place;
        self.filter = route.filter;
        self.cursor = route.selected.as_ref().map(|id| id.as_str().to_owned());
        self.selected = route.selected;
        self.settings = route.settings;
        self
    }

    fn with_sides(mut self, sides: Sides) -> App {
        let was_complete = self.sides.complete();
        self.busy = None;
        self.revision += 1;
        self.said = match (&sides.from, &sides.to) {
            (Some(from), Some(to)) => {
                format!("From is {}, To is {}.", from.label, to.label)
            }
            (Some(side), None) | (None, Some(side)) => {
                format!("{} is read. Now the other side.", side.label)
            }
            (None, None) => "No snapshot is open.".to_owned(),
        };
        if sides.complete() && !was_complete && self.place == Place::Start {
            self.place = Place::Compare;
        }
        self.sides = sides;
        self
    }

    fn decide(mut self, decision: Decision) -> App {
        self.settings = self.settings.after(decision);
        self
    }
}

impl Reducible for App {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Busy(what) => {
                next.said.clone_from(&what);
                next.busy = Some(what);
            }
            Action::Sides(sides) => next = next.with_sides(sides),
            Action::Refused(refusal) => {
                next.busy = None;
                next.refusals.push(refusal);
            }
            Action::ForgetRefusals => next.refusals.clear(),
            Action::Go(place) => next.place = place,
            Action::Follow(route) => next = next.follow(route),
            Action::Filter(action) => next.filter = next.filter.after(action),
            Action::Flip(key) => {
                if !next.flipped.remove(&key) {
                    next.flipped.insert(key);
                }
            }
            Action::Cursor(key, id) => {
                next.cursor = Some(key);
                next.selected = id.or(next.selected);
            }
            Action::Select(id) => {
                next.cursor = Some(id.as_str().to_owned());
                next.selected = Some(id);
                next.reading = true;
                next.place = Place::Compare;
            }
            Action::Read(reading) => next.reading = reading,
            Action::Decide(decision) => next = next.decide(decision),
            Action::Say(what) => next.said = what,
            Action::Fail(message) => {
                next.busy = None;
                next.failure = Some(message);
            }
            Action::Help(help) => next.help = help,
            Action::Unified(unified) => next.unified = unified,
            Action::AllProperties(all) => next.all_properties = all,
            Action::ShowFilters(shown) => next.filters_shown = shown,
            Action::Step(step) => next.step = step,
            Action::Theme(theme) => next.theme = theme,
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(from: Option<&str>, to: Option<&str>) -> Sides {
        let side = |label: &str| Side { label: label.to_owned(), ..Side::default() };
        Sides { from: from.map(side), to: to.map(side), ..Sides::default() }
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
        let one = after([Action::Sides(sides(Some("a"), None))]);
        assert_eq!(
            (one.place, one.said.as_str()),
            (Place::Start, "a is read. Now the other side.")
        );
        let two = after([Action::Sides(sides(Some("a"), Some("b")))]);
        assert_eq!(two.place, Place::Compare);
    }

    #[test]
    fn an_address_waits_for_the_snapshots() {
        let route = Route { place: Place::Plan, ..Route::default() };
        let waiting = App::at(route, Theme::Dark);
        assert_eq!(waiting.shown_place(), Place::Start);
        let there = Rc::new(waiting).reduce(Action::Sides(sides(Some("a"), Some("b"))));
        assert_eq!(there.shown_place(), Place::Plan);
    }

    #[test]
    fn a_refused_file_leaves_the_sides() {
        let refusal = Refusal { file: "x".into(), problem: "p".into(), fix: "f".into() };
        let app = after([
            Action::Sides(sides(Some("a"), None)),
            Action::Busy("Reading x".into()),
            Action::Refused(refusal.clone()),
        ]);
        assert_eq!((app.refusals, app.busy, app.sides.from.is_some()), (vec![refusal], None, true));
    }

    #[test]
    fn a_group_takes_the_focus_and_not_the_selection() {
        let app = after([
            Action::Cursor("table:public.a".into(), Some("table:public.a".into())),
            Action::Cursor("schema/public".into(), None),
        ]);
        assert_eq!(app.selected, Some("table:public.a".into()));
        assert_eq!(app.cursor.as_deref(), Some("schema/public"));
    }

    #[test]
    fn every_side_makes_older_answers_stale() {
        let app = after([
            Action::Sides(sides(Some("a"), None)),
            Action::Sides(sides(Some("a"), Some("b"))),
        ]);
        assert_eq!(app.revision, 2);
    }

    #[test]
    fn a_download_says_what_it_is() {
        let app = after([Action::Sides(sides(Some("prod/eu"), Some("dev")))]);
        let name = app.file_name(Format::Script, "20260211T093012Z");
        assert_eq!(name, "schema-sync-prod-eu-to-dev-20260211T093012Z.sql");
    }

    #[test]
    fn the_state_has_an_address() {
        let app = after([
            Action::Go(Place::Plan),
            Action::Filter(FilterAction::Text("x".into())),
            Action::Decide(Decision::Steps(vec!["k".into()], false)),
        ]);
        assert_eq!(App::at(app.route(), Theme::Dark).route(), app.route());
    }
}
