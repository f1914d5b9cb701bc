//! The index of an environment: what the names of its snapshots do not tell. It is derived from them, so
//! nothing is lost with it.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use pgparity_core::snapshot::Side;
use serde::{Deserialize, Serialize};

/// The name of the file. It does not end as snapshots do, so that whoever opens a folder in the page does
/// not open it.
pub(super) const NAME: &str = "index";

/// The largest file that can be one.
pub(super) const MAX_SIZE: u64 = 64 << 20;

const FORMAT: &str = "pgparity-archive-index";
const VERSION: u32 = 1;

/// The index.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Index {
    format: String,
    version: u32,
    /// Details of snapshots, by the names of their files.
    pub(crate) snapshots: BTreeMap<String, Details>,
}

/// What a snapshot says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Details {
    /// The database's name.
    pub(crate) database: String,
    /// The server's version, as `15.18`.
    pub(crate) server_version: String,
    /// How many objects it holds, columns included.
    pub(crate) objects: usize,
}

impl From<Side> for Details {
    fn from(side: Side) -> Details {
        let Side { database, server_version, objects, .. } = side;
        Details { database, server_version, objects }
    }
}

impl Index {
    /// An index of these.
    pub(super) fn new(snapshots: BTreeMap<String, Details>) -> Index {
        Index { format: FORMAT.to_owned(), version: VERSION, snapshots }
    }

    /// Reads one. Of another version it is none.
    pub(super) fn read(bytes: &[u8]) -> Result<Index> {
        let index: Index = serde_json::from_slice(bytes)?;
        if (index.format.as_str(), index.version) != (FORMAT, VERSION) {
            bail!("it is no index of version {VERSION}");
        }
        Ok(index)
    }

    /// The file.
    pub(super) fn write(&self) -> Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}
