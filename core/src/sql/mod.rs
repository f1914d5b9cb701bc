//! Spelling SQL: quoting of names and literals. Everything that reaches a script goes through here.

mod array_cast;
mod elements;
mod function_alias;
mod keywords;
mod lexer;
mod names;
mod quote;
mod spelling;
mod white_space;
mod words;

pub use array_cast::cast_elements;
pub use elements::{key_element, list};
pub use function_alias::without_unused_aliases;
pub use names::{
    LONGEST_NAME, clip, helper_name, mentions, opening_bracket, replace_names, replace_qualifier,
    split_name, with_ending,
};
pub use quote::{qualified, quote_body, quote_ident, quote_literal};
pub use spelling::without_qualifier;
pub use white_space::equal_but_for_white_space;
pub use words::Words;
