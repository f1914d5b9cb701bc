//! The snapshot: one database at one instant, as a document.

mod common;
mod document;
mod error;
mod fingerprint;
mod place;
mod plain;
mod read;
mod side;
mod view;
mod write;

pub use common::Document;
pub use document::{FORMAT, Snapshot, Source, Unmodelled, VERSION};
pub use error::SnapshotError;
pub use fingerprint::fingerprint;
pub use read::read;
pub use side::Side;
pub use view::ObjectInfo;
pub use write::write;
