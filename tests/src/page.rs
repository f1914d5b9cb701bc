//! Runs the journeys through the page: Node programs that drive a browser.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::{Mutex, PoisonError};

use crate::workspace;

/// The file in the output of a journey that has its figures.
pub const FIGURES: &str = "figures.txt";

/// The ways in which the page is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// Served by a host, and kept for use without a network.
    Hosted,
    /// One file, opened from the disk.
    Single,
}

impl Edition {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Hosted, Self::Single];

    /// The name for settings and folders.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hosted => "hosted",
            Self::Single => "single",
        }
    }
}

/// The built page: the workspace's own, unless `PGPARITY_DIST` names another folder.
pub fn dist() -> PathBuf {
    let dist =
        env::var_os("PGPARITY_DIST").map_or_else(|| workspace::root().join("dist"), PathBuf::from);
    for file in ["index.html", "pgparity.html"] {
        assert!(
            dist.join(file).is_file(),
            "{} holds no {file}: build the page (see the README), or name its folder in PGPARITY_DIST",
            dist.display()
        );
    }
    dist
}

/// Runs a program of `tests/browser` on an edition of the page, with these variables set to paths.
/// `PGPARITY_DIST` is added. Returns what it printed.
pub fn journey(program: &str, edition: Edition, paths: &[(&str, &Path)]) -> String {
    /// A browser takes a core and more: one journey after the other, so that each has the time in which
    /// a person acts.
    static ONE: Mutex<()> = Mutex::new(());
    let dist = dist();
    packages();
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut command = Command::new("node");
    command.arg(program).current_dir(folder()).env("PGPARITY_DIST", dist);
    command.env("PGPARITY_EDITION", edition.name());
    for (name, path) in paths {
        command.env(name, path);
    }
    let output = command.output().expect("node runs");
    assert!(
        output.status.success(),
        "{program} ({edition:?}) failed:\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Where screenshots and downloads of a journey go: `PGPARITY_OUTPUT`, else a folder beside the
/// build's other output, so that a failure can be looked at afterwards.
pub fn output(name: &str) -> PathBuf {
    let parent = env::var_os("PGPARITY_OUTPUT")
        .map_or_else(|| workspace::build_folder().join("browser-tests"), PathBuf::from);
    parent.join(name)
}

fn folder() -> PathBuf {
    workspace::tests("browser")
}

/// Installs the locked packages when they are not there.
fn packages() {
    static INSTALLED: OnceLock<()> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        if folder().join("node_modules/playwright-core").is_dir() {
            return;
        }
        let mut command = Command::new("npm");
        command.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder());
        let output = command.output().expect("npm runs");
        assert!(
            output.status.success(),
            "npm ci failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    });
}
