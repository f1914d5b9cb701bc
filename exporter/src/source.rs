//! What FROM and TO may be.

use std::fmt;
use std::path::{Path, PathBuf};

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
}

impl Source {
    /// Tells which by the look of the text.
    pub(crate) fn new(text: &str) -> Source {
        if is_connection_string(text) {
            Source::Database(text.to_owned())
        } else if text == "-" {
            Source::Stdin
        } else {
            Source::File(PathBuf::from(text))
        }
    }

    /// The path of a file, as it is named in reports.
    pub(crate) fn file(&self) -> Option<String> {
        match self {
            Source::File(path) => Some(from_here(path)),
            Source::Database(_) | Source::Stdin => None,
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
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
