//! Makes the two editions of the page out of what trunk has built: the hosted one, which goes on
//! without a network after the first visit, and the one in a single file.

mod html;
mod offline;
mod single;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::paths::Paths;
use crate::shell::say;

/// The page in one file, within `dist/`.
pub(crate) const SINGLE: &str = "pgparity.html";

/// Makes both editions in `dist/`.
pub(crate) fn make(paths: &Paths) -> Result<()> {
    let (dist, web) = (paths.dist(), paths.root.join("web"));
    // First the single file: the hosted edition adds to the page what is of no use in it.
    single::make(&dist, &web)?;
    offline::make(&dist, &web)
}

/// Says where the page in one file lies, and how large it is.
pub(crate) fn tell(paths: &Paths) -> Result<()> {
    let file = paths.dist().join(SINGLE);
    let size = fs::metadata(&file).with_context(|| unreadable(&file))?.len();
    say("single", format!("{}: {} kB", file.display(), size / 1000));
    Ok(())
}

/// A file's text.
fn text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| unreadable(file))
}

/// A file's bytes.
fn bytes(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| unreadable(file))
}

fn write(file: &PathBuf, content: &str) -> Result<()> {
    fs::write(file, content).with_context(|| format!("cannot write {}", file.display()))
}

fn unreadable(file: &Path) -> String {
    format!("cannot read {}", file.display())
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}
