//! The cases of the corpus: folders with two states of a database.

use std::fs;
use std::path::{Path, PathBuf};

use crate::workspace;

/// The folders of all cases, sorted.
pub fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(workspace::tests("corpus")).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// The name of a case: `<area>--<case>`.
pub fn name(folder: &Path) -> String {
    folder.file_name().expect("a folder has a name").to_string_lossy().into_owned()
}

/// True when a case is for servers of this version.
pub fn runs_on(folder: &Path, major: u32) -> bool {
    let Ok(versions) = fs::read_to_string(folder.join("versions")) else { return true };
    let first = versions.trim().strip_prefix(">=").expect("versions says >= and a number");
    major >= first.parse().expect("versions says >= and a number")
}
