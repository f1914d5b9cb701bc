//! Installs what the commands need and this machine lacks.
//!
//! Everything goes into `.tools`, but for Debian packages. What is there already, there or on
//! PATH, is used as it is, so that the second time takes a second.

mod apt;
mod browser;
mod crates;
mod distribution;
mod npm;
mod postgres;
mod wasm;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::paths::Paths;
use crate::shell::{path_after, say};

pub(crate) use postgres::Servers;
pub(crate) use wasm::Compiler;

/// Something that a command cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// A compiler for wasm32-unknown-unknown.
    Wasm,
    /// trunk, wasm-bindgen and wasm-opt.
    Bundler,
    /// cargo-deny.
    Deny,
    /// A browser and the packages of the browser tests.
    Browser,
    /// PostgreSQL servers and clients.
    Postgres,
}

impl Need {
    pub(crate) const ALL: [Self; 5] =
        [Self::Wasm, Self::Bundler, Self::Postgres, Self::Browser, Self::Deny];
    pub(crate) const WEB: [Self; 2] = [Self::Wasm, Self::Bundler];
}

/// What the set-up found or installed, as far as it was asked for.
#[derive(Default)]
pub(crate) struct Tools {
    compiler: Option<Compiler>,
    chromium: Option<PathBuf>,
    servers: Option<Servers>,
}

impl Tools {
    /// The compiler of the web app.
    pub(crate) fn web(&self) -> Result<&Compiler> {
        self.compiler.as_ref().context("the set-up was not asked for a wasm compiler")
    }

    /// Tells the tests, by their variables, where everything is.
    pub(crate) fn export(&self, command: &mut Command) -> Result<()> {
        if let Some(chromium) = &self.chromium {
            command.env("PGPARITY_CHROMIUM", chromium);
        }
        if let Some(servers) = &self.servers {
            servers.export(command)?;
        }
        Ok(())
    }
}

/// Installs what is needed and missing.
pub(crate) fn prepare(paths: &Paths, needs: &[Need]) -> Result<Tools> {
    let mut tools = Tools::default();
    for need in needs {
        let _lock = lock(&paths.tools, *need)?;
        match need {
            Need::Wasm => tools.compiler = Some(wasm::prepare(paths)?),
            Need::Bundler => {
                crates::wasm_bindgen(paths)?;
                crates::trunk(paths)?;
                npm::wasm_opt(paths)?;
            }
            Need::Deny => crates::deny(paths)?,
            Need::Browser => {
                tools.chromium = Some(browser::prepare(paths)?);
                npm::browser_tests(paths)?;
            }
            Need::Postgres => tools.servers = Some(postgres::prepare(paths)?),
        }
    }
    Ok(tools)
}

/// PATH with the tools of the set-up ahead.
pub(crate) fn path(paths: &Paths) -> Result<std::ffi::OsString> {
    path_after(&[paths.cargo_bin(), paths.npm_bin()])
}

/// Only one set-up of a thing at a time; a second one waits for the first.
fn lock(tools: &Path, need: Need) -> Result<File> {
    fs::create_dir_all(tools).with_context(|| format!("cannot make {}", tools.display()))?;
    let path = tools.join(format!("lock-{}", format!("{need:?}").to_lowercase()));
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    if file.try_lock().is_err() {
        say("setup", format!("{need:?} is being set up by another command: waiting for it"));
        file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
    }
    Ok(file)
}
