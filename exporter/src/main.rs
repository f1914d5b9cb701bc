//! The binary `pgparity`: arguments, connections, files, exit status. What a snapshot, a drift and
//! a plan are is the core's business.

mod app;
mod archive;
mod args;
mod capture;
mod commands;
mod connect;
mod fleet;
mod input;
mod interrupt;
mod logging;
mod migrations;
mod output;
mod page;
mod policy_file;
mod progress;
mod redact;
mod session;
mod source;
mod toml_text;

use std::process::ExitCode;

fn main() -> ExitCode {
    // A panic is an error too. Its message went through the hook that `run` sets.
    std::panic::catch_unwind(app::run).unwrap_or(ExitCode::from(app::ERROR))
}
