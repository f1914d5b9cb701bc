//! The program against a real server of its own: how it connects, what it leaves behind.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod certificates;
mod connecting;
mod interrupting;
mod privileges;
mod server;
mod tls;
