//! The project's own commands; `cargo xtask --help` lists them.
//!
//! Each command first sets up what it needs and this machine lacks, then does its work, so that
//! a fresh clone needs no other preparation.

mod bench_wasm;
mod budget;
mod editions;
mod paths;
mod screenshots;
mod serve;
mod setup;
mod shell;
mod test;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::paths::Paths;
use crate::setup::Need;

/// The project's own commands. Each installs what is missing, into .tools where it can.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the web app and serves it on this machine's loopback address
    Serve(serve::Options),
    /// Runs everything that CI runs
    Test(test::Options),
    /// Installs what is missing, and does nothing else
    Setup,
    /// Builds the web app into dist/, in both editions
    BuildWeb,
    /// Prints what a visitor downloads, and fails when it is more than web/budget.json allows
    Budget(budget::Options),
    /// The same, and tells of the edition in one file, dist/pgparity.html
    SingleFile,
    /// Measures how much slower the core is as wasm than natively
    BenchWasm(bench_wasm::Options),
    /// Makes the pictures of the documentation anew, into docs/images
    Screenshots,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    let paths = Paths::new()?;
    match command {
        Command::Serve(options) => serve::serve(&paths, &options)?,
        Command::Test(options) => return test::test(&paths, &options),
        Command::Setup => {
            setup::prepare(&paths, &Need::ALL)?;
            shell::say("setup", "everything is in place");
        }
        Command::BuildWeb => {
            let tools = setup::prepare(&paths, &Need::WEB)?;
            web::build(&paths, tools.web()?)?;
        }
        Command::Budget(options) => budget::check(&paths, &options)?,
        Command::SingleFile => {
            let tools = setup::prepare(&paths, &Need::WEB)?;
            web::build(&paths, tools.web()?)?;
            editions::tell(&paths)?;
        }
        Command::BenchWasm(options) => bench_wasm::measure(&paths, &options)?,
        Command::Screenshots => screenshots::make(&paths)?,
    }
    Ok(ExitCode::SUCCESS)
}
