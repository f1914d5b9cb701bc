//! What the page knows: view state and decisions, as plain data without a browser.

mod action;
mod announce;
mod app;
mod compare;
mod decisions;
mod filter;
mod fold;
mod keys;
mod panes;
mod place;
mod plan_groups;
mod review;
mod route;
mod selection;
mod shared;
mod shelf;
mod theme;
mod tree_nav;
mod undo;
mod words;

pub(crate) use action::Action;
pub(crate) use announce::AnnounceAction;
pub(crate) use app::App;
pub(crate) use compare::CompareAction;
pub(crate) use decisions::Decision;
pub(crate) use filter::FilterAction;
pub(crate) use fold::{Run, fold};
pub(crate) use keys::{Command, Stroke, command, map as key_map};
pub(crate) use panes::PanesAction;
pub(crate) use place::Place;
pub(crate) use plan_groups::{StepGroup, step_groups};
#[cfg(test)]
pub(crate) use review::ReviewAction;
pub(crate) use route::{from_fragment, to_fragment};
pub(crate) use selection::SelectionAction;
pub(crate) use shelf::ShelfAction;
pub(crate) use theme::Theme;
pub(crate) use tree_nav::{Move, row_words, tree_move};
pub(crate) use words::{hidden_words, lock_words, script_size, state_words};
