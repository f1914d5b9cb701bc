//! The checks, in the order in which they run.

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::failures::watched;
use super::{Done, Step, figures};
use crate::budget;
use crate::editions::SINGLE;
use crate::paths::Paths;
use crate::setup::{self, Tools};
use crate::shell::{cargo, command, logged, run};
use crate::web;

const TARGET: &str = "wasm32-unknown-unknown";

pub(super) const LINT: &[Step] = &[
    Step { name: "format", run: format },
    Step { name: "clippy", run: clippy },
    Step { name: "clippy for wasm (core, web)", run: clippy_wasm },
    Step { name: "licences, sources, advisories", run: deny },
    Step { name: "documentation", run: documentation },
];

pub(super) const UNIT: &[Step] = &[Step { name: "unit tests", run: unit }];

pub(super) const E2E: &[Step] = &[
    Step { name: "build of the web app", run: build_web },
    Step { name: "size of the web app", run: budget },
    Step { name: "build of the program, with the page in it", run: build_program },
    Step { name: "browser harness", run: browser_harness },
    Step { name: "tests of the whole system", run: whole_system },
    Step { name: "speed of the web app", run: speed },
];

fn format(paths: &Paths, _: &Tools) -> Result<Done> {
    whole(in_root(cargo(), paths).args(["fmt", "--all", "--check"]))
}

fn clippy(paths: &Paths, _: &Tools) -> Result<Done> {
    whole(in_root(cargo(), paths).args([
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn clippy_wasm(paths: &Paths, tools: &Tools) -> Result<Done> {
    whole(in_root(tools.web()?.cargo()?, paths).args([
        "clippy",
        "--locked",
        "--package",
        "pgparity-core",
        "--package",
        "pgparity-web",
        "--target",
        TARGET,
        "--",
        "-D",
        "warnings",
    ]))
}

/// The advisories are a repository of their own; the rest needs no network.
fn deny(paths: &Paths, _: &Tools) -> Result<Done> {
    const LIMIT: Duration = Duration::from_mins(1);
    let path = setup::path(paths)?;
    let deny = |arguments: &[&str]| {
        let mut deny = command("cargo-deny");
        deny.env("PATH", &path).current_dir(&paths.root).args(arguments);
        deny
    };
    // It looks at the dependencies of every platform, also those that are never built here.
    run(in_root(cargo(), paths).args(["fetch", "--locked", "--quiet"]))?;
    let log = paths.tools.join("log/advisories.log");
    let fetched = logged(&mut deny(&["fetch", "db"]), &log, Some(LIMIT));
    let offline = ["--offline", "check"];
    let Err(error) = fetched else {
        return whole(&mut deny(
            &[&offline[..], &["advisories", "bans", "licenses", "sources"]].concat(),
        ));
    };
    run(&mut deny(&[&offline[..], &["bans", "licenses", "sources"]].concat()))?;
    println!("advisories are NOT checked, because their database cannot be fetched:\n{error:#}");
    Ok(Done::Partly("advisories not checked: their database cannot be fetched".to_owned()))
}

fn documentation(paths: &Paths, _: &Tools) -> Result<Done> {
    let mut doc = in_root(cargo(), paths);
    doc.args(["doc", "--locked", "--workspace", "--no-deps", "--document-private-items"]);
    whole(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

fn unit(paths: &Paths, _: &Tools) -> Result<Done> {
    let mut test = in_root(cargo(), paths);
    test.args(["test", "--locked", "--no-fail-fast", "--workspace", "--exclude", "pgparity-tests"]);
    watched(&mut test)?;
    Ok(Done::Whole)
}

/// As a release is built: with the page, for its reports.
fn build_program(paths: &Paths, _: &Tools) -> Result<Done> {
    let mut build = in_root(cargo(), paths);
    build.env("PGPARITY_PAGE", paths.dist().join(SINGLE));
    whole(build.args(["build", "--locked", "--package", "pgparity"]))
}

fn build_web(paths: &Paths, tools: &Tools) -> Result<Done> {
    web::build(paths, tools.web()?)?;
    Ok(Done::Whole)
}

fn budget(paths: &Paths, _: &Tools) -> Result<Done> {
    budget::check(paths, &budget::Options::default())?;
    Ok(Done::Whole)
}

fn browser_harness(paths: &Paths, tools: &Tools) -> Result<Done> {
    let mut test = command("npm");
    test.arg("test").current_dir(paths.browser_tests());
    export(&mut test, paths, tools)?;
    whole(&mut test)
}

fn whole_system(paths: &Paths, tools: &Tools) -> Result<Done> {
    figures::clear(&outputs(paths))?;
    let mut test = in_root(cargo(), paths);
    test.args(["test", "--locked", "--no-fail-fast", "--package", "pgparity-tests"]);
    export(&mut test, paths, tools)?;
    watched(&mut test)?;
    Ok(Done::Whole)
}

/// Prints what the tests of the whole system have measured.
fn speed(paths: &Paths, _: &Tools) -> Result<Done> {
    figures::print(&outputs(paths))?;
    Ok(Done::Whole)
}

/// Where journeys through the page write to.
fn outputs(paths: &Paths) -> PathBuf {
    let named = env::var_os("PGPARITY_OUTPUT").map(PathBuf::from);
    named.unwrap_or_else(|| paths.target.join("debug/browser-tests"))
}

/// Tells the tests where to find what they test and what they test with.
fn export(command: &mut Command, paths: &Paths, tools: &Tools) -> Result<()> {
    let program = paths.target.join("debug").join(format!("pgparity{}", env::consts::EXE_SUFFIX));
    command.env("PGPARITY_BIN", program).env("PGPARITY_DIST", paths.dist());
    tools.export(command).context("cannot tell the tests where the tools are")
}

fn in_root(mut command: Command, paths: &Paths) -> Command {
    command.current_dir(&paths.root);
    command
}

fn whole(command: &mut Command) -> Result<Done> {
    run(command)?;
    Ok(Done::Whole)
}
