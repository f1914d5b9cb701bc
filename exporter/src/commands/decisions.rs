//! Decisions about renames, read from a file that a person or the page wrote.

use std::path::Path;

use anyhow::{Context, Result};
use pgparity_core::diff::{Decisions, RenameDecision};
use pgparity_core::snapshot::Snapshot;

use crate::input;

/// The largest file that can be meant as decisions.
const MAX_SIZE: u64 = 64 << 20;

/// Reads the file, if there is one. Refuses decisions that cannot be followed: leaving one out
/// would drop what was to be renamed.
pub(crate) fn load(
    path: Option<&Path>,
    from: &Snapshot,
    to: &Snapshot,
) -> Result<Vec<RenameDecision>> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let text = input::read_file(path, MAX_SIZE)?;
    let file = Decisions::read(&text)
        .with_context(|| format!("{} holds no decisions about renames", path.display()))?;
    for decision in &file.renames {
        decision.verify(from, to, &file.renames).with_context(|| {
            format!("a decision in {} cannot be followed: change or remove it", path.display())
        })?;
    }
    Ok(file.renames)
}
