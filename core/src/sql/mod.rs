//! Spelling SQL: quoting of names and literals. Everything that reaches a script goes through here.

mod keywords;
mod names;
mod quote;

pub use names::{mentions, replace_names, split_name};
pub use quote::{qualified, quote_body, quote_ident, quote_literal};
