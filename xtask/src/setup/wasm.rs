//! A compiler for wasm32-unknown-unknown.
//!
//! rustup's toolchain is the one to use, and most machines get its target from rustup. Where
//! rustup cannot download, [`distribution`] makes the target from a distribution's own compiler.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use super::distribution::{self, Distribution};
use crate::paths::Paths;
use crate::shell::{cargo, command, find, logged, output, path_after, say};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Names the compiler to use, for those who want the other one: `rustup` or `distribution`.
const CHOICE: &str = "PGPARITY_WASM_COMPILER";

/// rustup waits for ever where downloads are swallowed rather than refused.
const RUSTUP_LIMIT: Duration = Duration::from_secs(20);

/// What compiles the web app.
pub(crate) enum Compiler {
    /// The toolchain of the workspace, which has the target.
    Own,
    /// A distribution's compiler, with a target made for it.
    Distribution(Distribution),
}

impl Compiler {
    /// The cargo to build for wasm with.
    pub(crate) fn cargo(&self) -> Result<Command> {
        let mut command = match self {
            Self::Own => cargo(),
            Self::Distribution(distribution) => command(distribution.program("cargo")),
        };
        self.export(&mut command, &[])?;
        Ok(command)
    }

    /// Has a command that calls cargo itself use this compiler, and these folders ahead on PATH.
    pub(crate) fn export(&self, command: &mut Command, folders: &[PathBuf]) -> Result<()> {
        match self {
            Self::Own => command.env("PATH", path_after(folders)?),
            Self::Distribution(distribution) => {
                distribution.export(command);
                command.env("PATH", path_after(&[&[distribution.bin()], folders].concat())?)
            }
        };
        Ok(())
    }
}

pub(super) fn prepare(paths: &Paths) -> Result<Compiler> {
    let choice = env::var(CHOICE).ok();
    match choice.as_deref() {
        None => {}
        Some("rustup") => return by_rustup().map(|()| Compiler::Own),
        Some("distribution") => {
            return distribution::prepare(paths).map(Compiler::Distribution);
        }
        Some(other) => bail!("{CHOICE}={other}: write rustup or distribution"),
    }
    if is_there() {
        say("wasm", format!("{TARGET} of the workspace's own toolchain"));
        return Ok(Compiler::Own);
    }
    if let Some(found) = distribution::found(paths) {
        return Ok(Compiler::Distribution(found));
    }
    let Err(refusal) = by_rustup() else {
        return Ok(Compiler::Own);
    };
    say("wasm", format!("not by rustup: {}", reason(&refusal)));
    match distribution::prepare(paths) {
        Ok(distribution) => Ok(Compiler::Distribution(distribution)),
        Err(error) => bail!(
            "no compiler for {TARGET}.\nrustup target add {TARGET}: {}\nthe distribution's \
             compiler: {error:#}\nEither will do; the first is the usual one",
            reason(&refusal)
        ),
    }
}

/// Has rustup add the target, unless it is there already.
fn by_rustup() -> Result<()> {
    if is_there() {
        say("wasm", format!("{TARGET} of the workspace's own toolchain"));
        return Ok(());
    }
    if find("rustup").is_none() {
        bail!("there is no rustup on PATH");
    }
    say("wasm", format!("rustup target add {TARGET} (at most {} s)", RUSTUP_LIMIT.as_secs()));
    let log = env::temp_dir().join(format!("rustup-target-add-{}.log", std::process::id()));
    logged(command("rustup").args(["target", "add", TARGET]), &log, Some(RUSTUP_LIMIT))?;
    if !is_there() {
        bail!("rustup added {TARGET}, but the toolchain in use does not have it");
    }
    Ok(())
}

/// Whether the workspace's toolchain has the target.
fn is_there() -> bool {
    output(command("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .is_some_and(|folder| has_std(Path::new(&folder)))
}

/// Whether a folder holds the standard library.
pub(super) fn has_std(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|mut files| {
        files.any(|file| {
            file.is_ok_and(|file| {
                let name = file.file_name();
                let name = name.to_string_lossy();
                name.starts_with("libstd-") && name.ends_with(".rlib")
            })
        })
    })
}

/// The line of a failure that tells why: rustup's first `error:`, else the first line.
fn reason(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    let told = text.lines().find(|line| line.starts_with("error:"));
    told.or_else(|| text.lines().next()).unwrap_or_default().to_owned()
}
