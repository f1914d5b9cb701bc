//! Packages from npm: wasm-opt, and what the browser tests use.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::paths::Paths;
use crate::shell::{command, find, logged, output, say};

/// The version of binaryen, which `Trunk.toml` names too.
const BINARYEN: &str = "132";

/// The optimizer of wasm, as JavaScript in the npm package binaryen.
pub(super) fn wasm_opt(paths: &Paths) -> Result<()> {
    let found = output(command("wasm-opt").arg("--version").env("PATH", super::path(paths)?));
    if found.is_some_and(|text| text.split_whitespace().nth(2) == Some(BINARYEN)) {
        say("npm", format!("wasm-opt {BINARYEN}"));
        return Ok(());
    }
    say("npm", format!("installing binaryen {BINARYEN} for wasm-opt"));
    install(paths, &format!("binaryen@{BINARYEN}"), &paths.tools.join("npm"))
}

/// The packages of the browser tests, as their lock file says.
pub(super) fn browser_tests(paths: &Paths) -> Result<()> {
    let folder = paths.browser_tests();
    let wanted = folder.join("package-lock.json");
    let installed = folder.join("node_modules/.package-lock.json");
    if is_newer(&installed, &wanted) {
        say("npm", "the packages of the browser tests");
        return Ok(());
    }
    npm_is_there()?;
    say("npm", "installing the packages of the browser tests");
    logged(
        command("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder),
        &paths.tools.join("log/npm-browser-tests.log"),
        None,
    )
    .context("cannot install the packages of the browser tests")
}

/// Installs one package under `folder/node_modules`, without running its scripts.
pub(super) fn install(paths: &Paths, package: &str, folder: &Path) -> Result<()> {
    npm_is_there()?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let log = paths.tools.join(format!("log/npm-{}.log", package.replace(['@', '/'], "-")));
    logged(
        command("npm")
            .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"])
            .arg("--prefix")
            .arg(folder)
            .arg(package)
            .current_dir(folder),
        &log,
        None,
    )
    .with_context(|| format!("cannot install the npm package {package}"))
}

fn npm_is_there() -> Result<()> {
    if find("npm").is_none() {
        bail!("npm is missing: install Node.js 20 or newer with its npm, then run this again");
    }
    Ok(())
}

fn is_newer(file: &Path, than: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    matches!((time(file), time(than)), (Some(file), Some(than)) if file >= than)
}
