//! From state and answers to what is drawn: plain Rust without a browser.

pub(crate) mod chips;
pub(crate) mod explore;
pub(crate) mod grid;
pub(crate) mod hazards;
pub(crate) mod lane;
pub(crate) mod list;
pub(crate) mod matrix;
pub(crate) mod name;
pub(crate) mod risk;
pub(crate) mod time;
pub(crate) mod tour;
