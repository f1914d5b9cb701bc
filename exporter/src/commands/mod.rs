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

use anyhow::Result;
use serde::Serialize;

/// A value as a JSON document.
fn json(value: &impl Serialize) -> Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
