//! What the worker is doing, while it does.

use serde::{Deserialize, Serialize};

/// A part of the work that may take a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Stage {
    /// The bytes of a file arrive, unpacked where they are packed.
    Reading {
        /// The file's name.
        name: String,
        /// So many bytes of it have arrived.
        done: u64,
        /// It has so many; `None` where it is packed, and nobody knows.
        total: Option<u64>,
    },
    /// They are made into a snapshot.
    Parsing {
        /// The file's name.
        name: String,
        /// So many bytes of it are read.
        done: u64,
        /// It has so many, unpacked.
        bytes: u64,
    },
    /// Two snapshots are compared.
    Comparing {
        /// So many objects, in both together.
        objects: usize,
        /// So much of it is done, in percent.
        percent: u8,
    },
    /// The plan is made.
    Planning {
        /// So many differences.
        changes: usize,
    },
    /// Tables and what leads from one to another are gathered and put in their places.
    Drawing {
        /// Among so many objects.
        objects: usize,
    },
    /// All snapshots are compared.
    Following {
        /// So many.
        snapshots: usize,
    },
}
