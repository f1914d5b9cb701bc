//! The tools, a file for each family.
//!
//! A table is taken for the first tool that it fits: those with more columns come first.

mod elsewhere;
mod go;
mod javascript;
mod jvm;
mod python;
mod rust;

use super::tool::Tool;

/// All forms of all tools.
pub(super) fn all() -> impl Iterator<Item = &'static Tool> {
    [jvm::TOOLS, javascript::TOOLS, python::TOOLS, rust::TOOLS, elsewhere::TOOLS, go::TOOLS]
        .into_iter()
        .flatten()
}

/// A tool by its name.
pub fn named(name: &str) -> Option<&'static Tool> {
    all().find(|tool| tool.name == name)
}

/// The names of all tools, each once, sorted.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = all().map(|tool| tool.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
