//! A target for wasm made from a distribution's compiler.
//!
//! Debian's packages of Rust for building web browsers carry a recent compiler together with the
//! source of its standard library. Built once for the target, that library makes an ordinary
//! target of it. rustup's compiler cannot use it: compiler and library must be of one version.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use super::apt;
use super::wasm::{TARGET, has_std};
use crate::paths::Paths;
use crate::shell::{command, find, logged, output, say, took};

const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy"];
const PROGRAMS: [&str; 5] = ["cargo", "rustc", "rustdoc", "cargo-clippy", "clippy-driver"];
/// Where a distribution's programs are; those of rustup are elsewhere.
const BIN: &str = "/usr/bin";
/// The compiler that the workspace asks for, `1.NN`.
const MINIMUM: &str = env!("CARGO_PKG_RUST_VERSION");

/// A distribution's compiler with the target.
pub(crate) struct Distribution {
    /// `bin` with the programs, `lib` with the target's standard library.
    sysroot: PathBuf,
    linker: PathBuf,
    target: PathBuf,
}

impl Distribution {
    /// The folder to put ahead on PATH; it holds these programs alone.
    pub(crate) fn bin(&self) -> PathBuf {
        self.sysroot.join("bin")
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.bin().join(name)
    }

    /// Has a command that calls cargo use this compiler.
    pub(crate) fn export(&self, command: &mut Command) {
        command
            // These lead to rustup's toolchain.
            .env_remove("LD_LIBRARY_PATH")
            .env_remove("RUSTUP_TOOLCHAIN")
            .env("CARGO", self.program("cargo"))
            .env("RUSTC", self.program("rustc"))
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &self.linker)
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                format!("--sysroot={}", self.sysroot.display()),
            );
    }
}

/// The target as made before for the compiler of today.
pub(super) fn found(paths: &Paths) -> Option<Distribution> {
    let version = compiler_version().filter(|version| is_recent(version))?;
    let sysroot = sysroot(paths, &version);
    let linker = linker()?;
    has_std(&library(&sysroot)).then(|| {
        say("wasm", format!("{TARGET} of the distribution's Rust {version}"));
        Distribution { sysroot, linker, target: paths.target.join("distribution") }
    })
}

/// The target, made when it is missing.
pub(super) fn prepare(paths: &Paths) -> Result<Distribution> {
    if let Some(found) = found(paths) {
        return Ok(found);
    }
    if paths.tools.to_string_lossy().contains(char::is_whitespace) {
        bail!("the project's path has a space in it, which compiler flags cannot carry: move it");
    }
    if !is_complete() {
        apt::install(paths, &PACKAGES, "a compiler for wasm")?;
    }
    if linker().is_none() {
        apt::install(paths, &["lld-19"], "the linker of wasm")?;
    }
    let version = compiler_version().with_context(|| format!("{BIN}/rustc does not run"))?;
    if !is_recent(&version) {
        bail!("{BIN}/rustc is {version}, the project needs {MINIMUM} or newer");
    }
    let sysroot = sysroot(paths, &version);
    say("wasm", format!("building Rust {version}'s standard library for {TARGET}, about 1 min"));
    let start = Instant::now();
    build_std(paths, &sysroot).context("cannot build the standard library for wasm")?;
    say("wasm", format!("standard library built in {}", took(start.elapsed())));
    found(paths).context("the standard library was built, but is not where it should be")
}

fn sysroot(paths: &Paths, version: &str) -> PathBuf {
    paths.tools.join("wasm").join(version)
}

fn library(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TARGET).join("lib")
}

/// Whether the distribution's compiler and the source of its library are there and recent.
fn is_complete() -> bool {
    let source = || {
        let sysroot = output(rustc().args(["--print", "sysroot"]))?;
        Some(Path::new(&sysroot).join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file())
    };
    compiler_version().is_some_and(|version| is_recent(&version))
        && PROGRAMS.iter().all(|name| Path::new(BIN).join(name).is_file())
        && source().unwrap_or(false)
}

fn rustc() -> Command {
    let mut rustc = command(format!("{BIN}/rustc"));
    rustc.env_remove("LD_LIBRARY_PATH");
    rustc
}

/// `1.96.0` of `rustc 1.96.0 (… …) (built from a source tarball)`.
fn compiler_version() -> Option<String> {
    output(rustc().arg("--version"))?.split_whitespace().nth(1).map(str::to_owned)
}

fn is_recent(version: &str) -> bool {
    let numbers = |text: &str| -> Vec<u32> {
        text.split('.').take(2).filter_map(|part| part.parse().ok()).collect()
    };
    numbers(version) >= numbers(MINIMUM)
}

/// LLVM's linker: the one inside rustup's toolchain, else one of the distribution.
fn linker() -> Option<PathBuf> {
    let own = || {
        let sysroot = output(command("rustc").args(["--print", "sysroot"]))?;
        let version = output(command("rustc").arg("-vV"))?;
        let host = version.lines().find_map(|line| line.strip_prefix("host: "))?.to_owned();
        let linker = Path::new(&sysroot).join("lib/rustlib").join(host).join("bin/rust-lld");
        linker.is_file().then_some(linker)
    };
    own().or_else(|| find("wasm-ld-19")).or_else(|| find("wasm-ld"))
}

/// Builds the library by way of an empty crate and puts it, with the programs, in the sysroot.
fn build_std(paths: &Paths, sysroot: &Path) -> Result<()> {
    // Two generations of the library side by side would be refused: always from nothing.
    let work = paths.tools.join("wasm/build");
    for folder in [&work, &sysroot.to_path_buf()] {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
    }
    fs::create_dir_all(work.join("src"))?;
    fs::write(work.join("src/lib.rs"), "")?;
    fs::write(
        work.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n",
    )?;
    let mut cargo = command(format!("{BIN}/cargo"));
    cargo
        .args(["build", "--release", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort,panic_unwind,proc_macro")
        .current_dir(&work)
        .env_remove("LD_LIBRARY_PATH")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTC", format!("{BIN}/rustc"))
        .env("CARGO_TARGET_DIR", work.join("target"))
        // Stands for the nightly that `build-std` asks for.
        .env("RUSTC_BOOTSTRAP", "1")
        // Without it the library could not take part in optimization at link time.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes");
    logged(&mut cargo, &paths.tools.join("log/wasm-std.log"), None)?;

    let partial = sysroot.with_extension("partial");
    if partial.exists() {
        fs::remove_dir_all(&partial)?;
    }
    fs::create_dir_all(library(&partial))?;
    for file in fs::read_dir(work.join("target").join(TARGET).join("release/deps"))? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        let is_library = file.path().extension().is_some_and(|extension| extension == "rlib");
        if is_library && !name.starts_with("libempty-") {
            fs::copy(file.path(), library(&partial).join(name))?;
        }
    }
    fs::create_dir_all(partial.join("bin"))?;
    for program in PROGRAMS {
        symlink(Path::new(BIN).join(program), partial.join("bin").join(program))?;
    }
    fs::rename(&partial, sysroot)?;
    fs::remove_dir_all(&work)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_recent;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(is_recent("1.95.0") && is_recent("1.100.0") && is_recent("2.0.0"));
        assert!(!is_recent("1.94.1") && !is_recent("1.9.0") && !is_recent("unknown"));
    }
}
