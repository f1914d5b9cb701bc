//! What the page knows: view state and decisions, as plain data without a browser.

mod action;
mod announce;
mod app;
mod compare;
mod decisions;
mod environments;
mod explore;
mod exports;
mod filter;
mod filter_sets;
mod fold;
mod history;
mod jobs;
mod keys;
mod palette;
mod panes;
mod place;
mod plan;
mod plan_groups;
mod reduce;
mod review;
mod route;
mod selection;
mod session;
mod shared;
mod shelf;
mod theme;
mod tour;
mod tree_nav;
mod type_ahead;
mod undo;
mod words;

pub(crate) use action::Action;
pub(crate) use announce::AnnounceAction;
pub(crate) use app::App;
pub(crate) use compare::CompareAction;
pub(crate) use decisions::Decision;
pub(crate) use environments::{EnvironmentsAction, HEADS, Spot};
pub(crate) use explore::ExploreAction;
pub(crate) use filter::FilterAction;
pub(crate) use filter_sets::FilterSets;
pub(crate) use fold::{DRAWN, Run, fold, marks, unfolded};
pub(crate) use history::HistoryAction;
pub(crate) use jobs::{At, JobsAction, Stopped};
pub(crate) use keys::{Command, OwnKeys, SINGLE, Stroke, command, map as key_map};
pub(crate) use palette::{choices, moved};
pub(crate) use panes::{
    PanesAction, Reading, TREE_WIDTHS, fits_two_columns, pane_after, usual_columns, usual_width,
    width_after,
};
pub(crate) use place::Place;
pub(crate) use plan::{Opened, PlanAction, Topic};
pub(crate) use plan_groups::{StepGroup, step_groups};
pub(crate) use review::ReviewAction;
pub(crate) use route::{from_fragment, lock_of, to_fragment};
pub(crate) use selection::SelectionAction;
pub(crate) use session::{Saved, SessionAction, SessionState};
pub(crate) use shelf::ShelfAction;
pub(crate) use theme::Theme;
pub(crate) use tour::{Offer, STOPS, Tour, TourAction};
pub(crate) use tree_nav::{Move, danger_words, row_words, tree_move};
pub(crate) use type_ahead::TypeAhead;
pub(crate) use words::{
    hidden_words, lock_words, proof, script_size, state_words, statement_words, toggled_words,
};
