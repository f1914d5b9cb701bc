//! A browser of the Chromium family for the browser tests.

use std::env;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use super::apt;
use crate::paths::Paths;
use crate::shell::{command, find, output, say};

const NAMES: [&str; 4] = ["chromium", "google-chrome", "google-chrome-stable", "chrome"];

/// The browser's path: what `PGPARITY_CHROMIUM` names, one on PATH, else Debian's.
pub(super) fn prepare(paths: &Paths) -> Result<PathBuf> {
    if let Some(named) = env::var_os("PGPARITY_CHROMIUM").map(PathBuf::from) {
        if !named.is_file() {
            bail!("PGPARITY_CHROMIUM names {}, which is no file", named.display());
        }
        say("browser", format!("{}, as PGPARITY_CHROMIUM says", named.display()));
        return Ok(named);
    }
    if let Some(found) = on_path() {
        return Ok(found);
    }
    apt::install(paths, &["chromium"], "the browser of the browser tests")?;
    on_path().context("the Debian package chromium is installed, but no chromium is on PATH")
}

/// The first browser on PATH that answers; Ubuntu has a `chromium` that is only a signpost.
fn on_path() -> Option<PathBuf> {
    NAMES.iter().filter_map(|name| find(name)).find(|path| {
        let version = output(command(path).arg("--version"));
        if let Some(version) = &version {
            say("browser", format!("{version} ({})", path.display()));
        }
        version.is_some()
    })
}
