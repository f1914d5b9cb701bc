//! Runs everything that CI runs, or a part of it.
//!
//! A step that fails does not keep the others from running; the closing lines tell of each.

mod failures;
mod figures;
mod steps;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::paths::Paths;
use crate::setup::{self, Need, Tools};
use crate::shell::took;

/// What `cargo xtask test` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// Only this part
    #[arg(long, value_enum)]
    only: Option<Part>,
}

/// A part of the checks.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Format, clippy, licences and advisories, documentation
    Lint,
    /// The unit tests of every crate
    Unit,
    /// The tests of the whole system, on PostgreSQL servers and in a browser
    E2e,
}

impl Part {
    const ALL: [Self; 3] = [Self::Lint, Self::Unit, Self::E2e];

    fn needs(self) -> &'static [Need] {
        match self {
            Self::Lint => &[Need::Wasm, Need::Deny],
            Self::Unit => &[],
            Self::E2e => &[Need::Wasm, Need::Bundler, Need::Postgres, Need::Browser],
        }
    }

    fn steps(self) -> &'static [Step] {
        match self {
            Self::Lint => steps::LINT,
            Self::Unit => steps::UNIT,
            Self::E2e => steps::E2E,
        }
    }
}

/// A check.
struct Step {
    name: &'static str,
    run: fn(&Paths, &Tools) -> Result<Done>,
}

/// How a check that did not fail has ended.
enum Done {
    Whole,
    /// Something could not be checked here: what, and why.
    Partly(String),
}

struct Outcome {
    name: &'static str,
    result: Result<Done>,
    time: Duration,
}

/// Runs the checks asked for; the exit status tells whether all passed.
pub(crate) fn test(paths: &Paths, options: &Options) -> Result<ExitCode> {
    let start = Instant::now();
    let parts: Vec<Part> = options.only.map_or_else(|| Part::ALL.to_vec(), |part| vec![part]);
    let mut needs: Vec<Need> = Vec::new();
    for need in parts.iter().flat_map(|part| part.needs()) {
        if !needs.contains(need) {
            needs.push(*need);
        }
    }
    let tools = setup::prepare(paths, &needs)?;
    let mut outcomes = Vec::new();
    for step in parts.iter().flat_map(|part| part.steps()) {
        println!("\n==== {}", step.name);
        let start = Instant::now();
        let result = (step.run)(paths, &tools);
        if let Err(error) = &result {
            println!("{error:#}");
        }
        outcomes.push(Outcome { name: step.name, result, time: start.elapsed() });
    }
    Ok(close(&outcomes, start.elapsed()))
}

fn close(outcomes: &[Outcome], time: Duration) -> ExitCode {
    println!("\n==== all in {}", took(time));
    let mut failed = 0;
    for Outcome { name, result, time } in outcomes {
        let (word, note) = match result {
            Ok(Done::Whole) => ("ok", String::new()),
            Ok(Done::Partly(what)) => ("partly", format!("  {what}")),
            Err(error) => {
                failed += 1;
                let text = error.to_string();
                ("FAILED", format!("  {}", text.lines().next().unwrap_or_default()))
            }
        };
        println!("{word:>6}  {name:<44} {:>12}{note}", took(*time));
    }
    for Outcome { name, result, .. } in outcomes {
        if let Err(error) = result {
            println!("\n==== what failed in {name}\n{error:#}");
        }
    }
    if failed == 0 {
        println!("all {} steps passed", outcomes.len());
        ExitCode::SUCCESS
    } else {
        println!("{failed} of {} steps failed", outcomes.len());
        ExitCode::FAILURE
    }
}
