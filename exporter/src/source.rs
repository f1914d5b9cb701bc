//! What FROM and TO may be.

use std::fmt;
use std::path::PathBuf;

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
