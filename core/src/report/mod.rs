//! Reports for people and machines, all from one model.
//!
//! [`build()`] turns a drift, and a plan where there is one, into a [`Report`]; [`text()`], [`markdown()`],
//! [`json()`], [`csv()`] and [`html()`] write it. The model keeps every value in full; the renderings shorten and say so.

mod build;
mod build_plan;
mod csv;
mod escape;
mod html;
mod html_parts;
mod json;
mod line_diff;
mod markdown;
mod markdown_fit;
mod markdown_parts;
mod model;
mod review;
mod risk;
mod text;
mod text_lines;
mod text_parts;
mod values;
pub mod words;

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;

pub use build::build;
pub use csv::csv;
pub use escape::visible;
pub(crate) use escape::{code, is_hidden, prose};
pub use html::html;
pub use json::json;
pub(crate) use json::pretty;
pub use markdown::{MARKDOWN_LIMIT, markdown, markdown_within};
pub(crate) use markdown_fit::{Section, fit};
pub use model::{
    Entry, FORMAT, Finding, KindTotal, ObjectReport, PartsReport, PlanReport, PlanVerdict, Report,
    SchemaReport, StepReport, VERSION, Verdict,
};
pub use review::{Excerpt, Review, ReviewNote};
pub use text::{Style, text};
pub(crate) use text::{capital, heading};
pub(crate) use text_lines::{Colour, Lines};
pub(crate) use text_parts::differences;
pub(crate) use values::{in_line, short};
