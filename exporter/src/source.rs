//! What FROM and TO may be.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::archive::{Environment, Stamp};
use crate::connect::is_connection_string;

/// Where a snapshot comes from.
#[derive(Clone)]
pub(crate) enum Source {
    /// A database. Its connection string is never shown.
    Database(String),
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// An archive: the snapshot of an environment that was there at a time, or the newest.
    Archived(Environment, Option<Stamp>),
}

impl Source {
    /// Tells which by the look of the text.
    pub(crate) fn new(text: &str) -> Result<Source, String> {
        Ok(if is_connection_string(text) {
            Source::Database(text.to_owned())
        } else if let Some(rest) = text.strip_prefix("archive:") {
            let (environment, time) = match rest.split_once('@') {
                Some((environment, time)) => (environment, Some(Stamp::asked(time)?)),
                None => (rest, None),
            };
            Source::Archived(environment.parse()?, time)
        } else if text == "-" {
            Source::Stdin
        } else {
            Source::File(PathBuf::from(text))
        })
    }

    /// The path of a file, as it is named in reports.
    pub(crate) fn file(&self) -> Option<String> {
        match self {
            Source::File(path) => Some(from_here(path)),
            Source::Database(_) | Source::Stdin | Source::Archived(..) => None,
        }
    }
}

/// The path from the folder of the call, where it is below it: reports are read on other machines.
pub(crate) fn from_here(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.as_ref().and_then(|here| path.strip_prefix(here).ok());
    below.unwrap_or(path).display().to_string()
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Database(_) => f.write_str("the database"),
            Source::Stdin => f.write_str("standard input"),
            Source::File(path) => write!(f, "{}", path.display()),
            Source::Archived(environment, None) => write!(f, "archive:{environment}"),
            Source::Archived(environment, Some(time)) => write!(f, "archive:{environment}@{time}"),
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    #[test]
    fn archived_snapshots_by_environment_and_time() {
        for (text, shown) in [
            ("archive:production", "archive:production"),
            ("archive:production@2026-11-01", "archive:production@2026-11-01T23:59:59Z"),
            ("./archive:production", "./archive:production"),
        ] {
            assert_eq!(Source::new(text).unwrap().to_string(), shown);
        }
        for (wrong, part) in [
            ("archive:", "no name for an environment"),
            ("archive:../x", "no name for an environment"),
            ("archive:production@", "no time"),
            ("archive:production@last week", "no time"),
        ] {
            assert!(Source::new(wrong).unwrap_err().contains(part), "{wrong}");
        }
    }
}
