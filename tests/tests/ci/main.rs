//! What CI systems are told by `check`, `diff` and `plan`: each form, read as its place reads it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod check;
mod readers;
mod sides;
