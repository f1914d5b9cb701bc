//! Builds the web app.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::editions;
use crate::paths::Paths;
use crate::setup::Compiler;
use crate::shell::{command, run, say, took};

/// Builds the web app into `dist/`, as it is published, in both editions.
pub(crate) fn build(paths: &Paths, compiler: &Compiler) -> Result<()> {
    say("web", "building the web app into dist/ (the first time takes minutes)");
    let start = Instant::now();
    run(trunk(paths, compiler)?.arg("build")).context("cannot build the web app")?;
    editions::make(paths).context("cannot make the editions of the page")?;
    say("web", format!("built in {}", took(start.elapsed())));
    Ok(())
}

/// trunk, with the tools of the set-up; the rest is in `Trunk.toml`.
pub(crate) fn trunk(paths: &Paths, compiler: &Compiler) -> Result<Command> {
    let mut trunk = command(paths.cargo_bin().join("trunk"));
    if !paths.cargo_bin().join("trunk").is_file() {
        trunk = command("trunk");
    }
    compiler.export(&mut trunk, &[paths.cargo_bin(), paths.npm_bin()])?;
    // trunk takes NO_COLOR for a switch and wants it to be `true` or `false`.
    if std::env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    trunk.current_dir(&paths.root);
    Ok(trunk)
}
