//! Every way in which the state changes: one enum for each part of it.

use pgparity_core::model::Id;

use super::announce::AnnounceAction;
use super::compare::CompareAction;
use super::environments::EnvironmentsAction;
use super::explore::ExploreAction;
use super::history::HistoryAction;
use super::jobs::JobsAction;
use super::panes::PanesAction;
use super::plan::PlanAction;
use super::review::ReviewAction;
use super::route::Route;
use super::selection::SelectionAction;
use super::session::SessionAction;
use super::shelf::ShelfAction;
use super::tour::TourAction;
use super::{Decision, FilterAction, Place};

/// A change of the state. What concerns one part is that part's own action.
#[allow(clippy::large_enum_variant, reason = "there are few at a time, and none lies in a list")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// Go somewhere.
    Go(Place),
    /// The address has changed.
    Follow(Box<Route>),
    /// Select an object and show it: in Explore where the person is there, else in Compare.
    Show(Id),
    /// It does not matter which snapshots the address was made of.
    ExpectNothing,
    /// Take the last decision back.
    Undo,
    /// The snapshots.
    Shelf(ShelfAction),
    /// The selection.
    Selection(SelectionAction),
    /// How Compare is looked at.
    Compare(CompareAction),
    /// How Plan is looked at.
    Plan(PlanAction),
    /// How Environments is looked at.
    Environments(EnvironmentsAction),
    /// How History is looked at.
    History(HistoryAction),
    /// How Explore is looked at.
    Explore(ExploreAction),
    /// A decision.
    Decide(Decision),
    /// A tick or a note.
    Review(ReviewAction),
    /// Panes, dialogs, colours, keys.
    Panes(PanesAction),
    /// Messages.
    Announce(AnnounceAction),
    /// The worker's work.
    Jobs(JobsAction),
    /// How the session is held.
    Session(SessionAction),
    /// The tour.
    Tour(TourAction),
}

macro_rules! parts {
    ($($variant:ident($action:ty)),+ $(,)?) => {
        $(impl From<$action> for Action {
            fn from(action: $action) -> Action {
                Action::$variant(action)
            }
        })+
    };
}

parts!(
    Shelf(ShelfAction),
    Selection(SelectionAction),
    Compare(CompareAction),
    Plan(PlanAction),
    Environments(EnvironmentsAction),
    History(HistoryAction),
    Explore(ExploreAction),
    Decide(Decision),
    Review(ReviewAction),
    Panes(PanesAction),
    Announce(AnnounceAction),
    Jobs(JobsAction),
    Session(SessionAction),
    Tour(TourAction),
);

impl From<FilterAction> for Action {
    fn from(action: FilterAction) -> Action {
        CompareAction::Filter(action).into()
    }
}

impl Action {
    /// Says something aloud.
    pub(crate) fn say(what: impl Into<String>) -> Action {
        AnnounceAction::Say(what.into()).into()
    }
}
