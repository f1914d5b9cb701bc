//! The commands, one file each, and what they share: how a side is loaded, how data is written.

pub(crate) mod archive;
pub(crate) mod blame;
pub(crate) mod check;
pub(crate) mod compare;
mod decisions;
pub(crate) mod diff;
pub(crate) mod export;
mod fleet;
pub(crate) mod history;
mod load;
mod names;
pub(crate) mod plan;
pub(crate) mod policy;
pub(crate) mod report;
pub(crate) mod shell;

use anyhow::Result;
use serde::Serialize;

use crate::source::Source;

/// The file that alerts about two sides stand at: that of TO, which says how it should be, else that of
/// FROM. Servers have none.
fn file_of_sides(from: &Source, to: &Source) -> Option<String> {
    to.file().or_else(|| from.file())
}

/// A value as a JSON document.
fn json(value: &impl Serialize) -> Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
