//! Where things lie: the workspace, what cargo builds, and the tools kept in `.tools`.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// The folders that the commands work with.
pub(crate) struct Paths {
    /// The top folder of the workspace.
    pub(crate) root: PathBuf,
    /// What the set-up installs; git ignores it, and it may be deleted at any time.
    pub(crate) tools: PathBuf,
    /// What cargo builds.
    pub(crate) target: PathBuf,
}

impl Paths {
    pub(crate) fn new() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask lies in the workspace")?
            .to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |folder| root.join(folder));
        let tools =
            env::var_os("PGPARITY_TOOLS").map_or_else(|| root.join(".tools"), PathBuf::from);
        Ok(Self { root, tools, target })
    }

    /// Programs that `cargo install` built.
    pub(crate) fn cargo_bin(&self) -> PathBuf {
        self.tools.join("cargo/bin")
    }

    /// Programs that npm packages carry.
    pub(crate) fn npm_bin(&self) -> PathBuf {
        self.tools.join("npm/node_modules/.bin")
    }

    /// The web app as built.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The browser tests, an npm package.
    pub(crate) fn browser_tests(&self) -> PathBuf {
        self.root.join("tests/browser")
    }
}
