//! What the page knows: view state and decisions, as plain data without a browser.

mod app;
mod decisions;
mod filter;
mod fold;
mod keys;
mod plan_groups;
mod route;
mod theme;
mod tree_nav;
mod words;

pub(crate) use app::{Action, App, Place};
pub(crate) use decisions::Decision;
pub(crate) use filter::FilterAction;
pub(crate) use fold::{Run, fold};
pub(crate) use keys::{Command, Stroke, command, map as key_map};
pub(crate) use plan_groups::{StepGroup, step_groups};
pub(crate) use route::{from_fragment, to_fragment};
pub(crate) use theme::Theme;
pub(crate) use tree_nav::{Move, row_words, tree_move};
pub(crate) use words::{lock_words, script_size, state_words};
