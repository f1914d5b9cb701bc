//! Migrations: which tools keep a history in a database, what it says, and what two of them say of each
//! other.
//!
//! A tool is data (`tool`, `tools`): the columns that tell its table, expressions for its rows, the rule
//! for its heads. Tables are told by `recognise`, read by `query`, kept as [`Ledger`]s, compared by
//! `compare`, also with the files of a [`Folder`].

mod compare;
mod folder;
mod key;
mod ledger;
mod options;
mod query;
mod reading;
mod recognise;
mod sentences;
mod tool;
mod tools;
pub(crate) mod trouble;

pub use compare::{LedgerPair, LedgerSide, Migrations, compare};
pub use folder::{Folder, FolderFile, wants_text};
pub use ledger::Ledger;
pub use options::{NamedTable, NamedTableError, ReadMigrations};
pub(crate) use reading::Reading;
pub(crate) use recognise::search;
pub(crate) use sentences::{has_unread, listed, title};
pub use tool::Tool;
pub use tools::{named, names};
