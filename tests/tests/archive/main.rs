//! The archive: what `export --archive` keeps, in a folder and in an S3-compatible store, what is left when a
//! writer is killed or several write at once, and what `diff`, `history`, `blame` and `compare` read of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod keeping;
mod reading;
mod s3;
mod shelf;
mod stores;
mod writers;
