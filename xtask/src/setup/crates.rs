//! Commands that Cargo installs: trunk, wasm-bindgen and cargo-deny.

use std::fs;
use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::paths::Paths;
use crate::shell::{cargo, command, logged, output, say, took};

/// 0.22 wants a newer compiler than the workspace does.
const TRUNK: &str = "0.21.14";
const DENY: &str = "0.20.2";

/// A program that a crate carries.
struct Tool<'a> {
    package: &'a str,
    program: &'a str,
    version: &'a str,
    arguments: &'a [&'a str],
    /// How far to optimize: no further than its work needs, for the sake of the build's time.
    optimize: &'a str,
    /// Minutes that the build takes on two cores.
    minutes: u32,
}

/// The bundler. Its features are for downloading tools, which the set-up does itself.
pub(super) fn trunk(paths: &Paths) -> Result<()> {
    install(
        paths,
        &Tool {
            package: "trunk",
            program: "trunk",
            version: TRUNK,
            arguments: &["--no-default-features"],
            optimize: "0",
            minutes: 4,
        },
    )
}

/// The writer of the glue between wasm and JavaScript, in the very version of the crate.
pub(super) fn wasm_bindgen(paths: &Paths) -> Result<()> {
    let version = locked_version(paths, "wasm-bindgen")?;
    install(
        paths,
        &Tool {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: &version,
            arguments: &[],
            optimize: "1",
            minutes: 2,
        },
    )
}

/// The checker of licences and advisories.
pub(super) fn deny(paths: &Paths) -> Result<()> {
    install(
        paths,
        &Tool {
            package: "cargo-deny",
            program: "cargo-deny",
            version: DENY,
            arguments: &[],
            optimize: "1",
            minutes: 6,
        },
    )
}

fn install(paths: &Paths, tool: &Tool<'_>) -> Result<()> {
    let Tool { package, program, version, .. } = *tool;
    let found = output(command(program).arg("--version").env("PATH", super::path(paths)?));
    if found.as_deref().is_some_and(|found| found.split_whitespace().any(|word| word == version)) {
        say("cargo", format!("{program} {version}"));
        return Ok(());
    }
    say("cargo", format!("building {package} {version}, once; takes about {} min", tool.minutes));
    let start = Instant::now();
    let log = paths.tools.join(format!("log/{package}.log"));
    let build = |locked: &[&str]| {
        let mut command = cargo();
        command
            .arg("install")
            .args(locked)
            .args([package, "--version", &format!("={version}"), "--force", "--root"])
            .arg(paths.tools.join("cargo"))
            .args(tool.arguments)
            // One folder, for what the tools have in common.
            .env("CARGO_TARGET_DIR", paths.tools.join("build"))
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", tool.optimize)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
            .env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
        logged(&mut command, &log, None)
    };
    if let Err(error) = build(&["--locked"]) {
        // A registry's mirror may not have the very newest crates that the lock file names.
        say("cargo", format!("{package} with its own lock file: {}", first_line(&error)));
        say("cargo", "once more with other versions of what it depends on");
        build(&[]).with_context(|| format!("cannot install {package} {version}"))?;
    }
    say("cargo", format!("{program} {version} built in {}", took(start.elapsed())));
    Ok(())
}

/// The version of a crate in the workspace's lock file.
fn locked_version(paths: &Paths, package: &str) -> Result<String> {
    let file = paths.root.join("Cargo.lock");
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = format!("name = \"{package}\"");
    let mut lines = text.lines().skip_while(|line| *line != name);
    lines
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .with_context(|| format!("{} does not name the crate {package}", file.display()))
}

fn first_line(error: &anyhow::Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}
