//! Makes the pictures of the documentation: the page as built, with its sample, in a browser.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::paths::Paths;
use crate::setup::{self, Need};
use crate::shell::{command, run, say};
use crate::web;

/// Builds the page and takes every picture; those of `docs/images` are replaced when all are made.
pub(crate) fn make(paths: &Paths) -> Result<()> {
    let tools = setup::prepare(paths, &[Need::Wasm, Need::Bundler, Need::Browser])?;
    web::build(paths, tools.web()?)?;
    let made = paths.target.join("screenshots");
    if made.exists() {
        fs::remove_dir_all(&made).with_context(|| format!("cannot empty {}", made.display()))?;
    }
    let mut node = command("node");
    node.arg("screenshots.mjs").current_dir(paths.browser_tests());
    node.env("PGPARITY_DIST", paths.dist()).env("PGPARITY_OUTPUT", &made);
    tools.export(&mut node)?;
    run(&mut node).context("cannot take the pictures")?;
    replace(&made, &paths.root.join("docs/images"))
}

/// Puts the pictures of one folder in the place of those of another.
fn replace(made: &Path, place: &Path) -> Result<()> {
    let (new, old) = (pictures(made)?, pictures(place)?);
    ensure!(!new.is_empty(), "{} holds no pictures", made.display());
    for name in &old {
        let file = place.join(name);
        fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    }
    for name in &new {
        let file = place.join(name);
        fs::copy(made.join(name), &file)
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    say("pictures", format!("{} in {}", new.len(), place.display()));
    Ok(())
}

/// The names of the pictures in a folder.
fn pictures(folder: &Path) -> Result<Vec<std::ffi::OsString>> {
    let read = || -> std::io::Result<Vec<std::ffi::OsString>> {
        let entries = fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
        let names = entries.into_iter().map(|entry| entry.file_name());
        Ok(names.filter(|name| Path::new(name).extension().is_some_and(|e| e == "png")).collect())
    };
    read().with_context(|| format!("cannot read {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_are_not_made_any_more_go() -> Result<()> {
        let top = std::env::temp_dir().join(format!("xtask-pictures-{}", std::process::id()));
        let (made, place) = (top.join("made"), top.join("place"));
        for (folder, name) in [(&made, "new.png"), (&place, "old.png"), (&place, "kept.txt")] {
            fs::create_dir_all(folder)?;
            fs::write(folder.join(name), name)?;
        }
        replace(&made, &place)?;
        assert_eq!(pictures(&place)?, ["new.png"]);
        assert!(place.join("kept.txt").exists());
        fs::remove_file(made.join("new.png"))?;
        assert!(replace(&made, &place).is_err(), "nothing made, nothing replaced");
        assert_eq!(pictures(&place)?, ["new.png"]);
        fs::remove_dir_all(&top)?;
        Ok(())
    }
}
