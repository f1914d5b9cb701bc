//! The way of one test: snapshots, drift and plans in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{Db, Pgparity, Run, dump};

/// A folder for the files of one test, removed with the handle.
#[derive(Debug)]
pub struct Bench {
    folder: TempDir,
}

impl Bench {
    /// A new empty folder.
    #[allow(clippy::new_without_default, reason = "making a folder is no default value")]
    pub fn new() -> Self {
        Self { folder: tempfile::Builder::new().prefix("pgparity-bench-").tempdir().unwrap() }
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// Exports a database into `NAME.json`.
    pub fn snapshot(&self, db: &Db<'_>, name: &str) -> PathBuf {
        let file = self.path(&format!("{name}.json"));
        Pgparity::export(db, &file);
        file
    }

    /// Compares two snapshots; the status says whether there is drift.
    pub fn diff(from: &Path, to: &Path) -> Run {
        Pgparity::new(["diff"]).args([from, to]).run()
    }

    /// Stops the test when two snapshots differ.
    pub fn expect_no_drift(from: &Path, to: &Path) {
        Self::diff(from, to).expect_status(0);
    }

    /// Writes the plan with these options into `NAME.sql`; it must be complete.
    pub fn plan(&self, from: &Path, to: &Path, options: &[&str], name: &str) -> PathBuf {
        let file = self.path(&format!("{name}.sql"));
        Pgparity::new(["plan"])
            .args([from, to])
            .args(["-o".as_ref(), file.as_os_str()])
            .args(options)
            .run()
            .expect_status(0);
        file
    }

    /// Stops the test when the plan between two snapshots would run anything.
    pub fn expect_empty_plan(&self, from: &Path, to: &Path) {
        let plan = fs::read_to_string(self.plan(from, to, &["--allow", "all"], "empty")).unwrap();
        let statements = dump::effective_statements(&plan);
        assert!(statements.is_empty(), "the plan should be empty:\n{plan}");
    }
}
