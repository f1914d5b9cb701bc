//! The program around the commands: arguments, logging, signals, exit status.

use std::io::{Write, stderr};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use crate::args::{ArchiveCommand, Cli, Command, PolicyCommand};
use crate::commands;
use crate::interrupt::{Interrupt, Interrupted};
use crate::redact::{printable, redact};
use crate::{logging, output};

/// What a command found out, as an exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing to report.
    Done,
    /// The two sides differ.
    Drift,
    /// The database is not as its policy asks.
    Failed,
    /// Steps are not in the script.
    Withheld,
}

impl Outcome {
    fn exit_status(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Drift | Outcome::Failed => 1,
            Outcome::Withheld => 3,
        }
    }
}

/// The exit status of an error.
pub(crate) const ERROR: u8 = 2;

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    // What is wrong in a variable is quoted like what is wrong in an argument.
    let words: Vec<String> = std::env::args_os()
        .chain(std::env::var_os("PGPARITY_ARCHIVE"))
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    hide_urls_in_panics(words.clone());
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error, &words),
    };
    logging::start(cli.quiet, cli.verbose);
    let quiet = cli.quiet;
    let status = match execute(cli) {
        Ok(outcome) => outcome.exit_status(),
        Err(error) => {
            let interrupted = error.downcast_ref::<Interrupted>();
            let text = printable(&redact(&format!("{error:#}"), &words));
            if interrupted.is_none() || !quiet {
                // With standard error gone, the exit status still tells.
                let _ = writeln!(stderr(), "pgparity: {text}");
            }
            interrupted.map_or(ERROR, |interrupted| interrupted.signal.exit_status())
        }
    };
    // A command that a signal ended may still be writing in another thread.
    output::abandon();
    ExitCode::from(status)
}

fn execute(cli: Cli) -> Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start")?;
    let result = runtime.block_on(async {
        let interrupt = Interrupt::listen()?;
        match cli.command {
            Command::Export(arguments) => {
                commands::export::run(arguments, cli.quiet, interrupt).await
            }
            Command::Diff(arguments) => {
                Box::pin(commands::diff::run(arguments, cli.quiet, interrupt)).await
            }
            Command::Plan(arguments) => {
                Box::pin(commands::plan::run(arguments, cli.quiet, interrupt)).await
            }
            Command::Check(arguments) => {
                Box::pin(commands::check::run(arguments, cli.quiet, interrupt)).await
            }
            Command::Policy(PolicyCommand::Init(arguments)) => {
                Box::pin(commands::policy::init(arguments, cli.quiet, interrupt)).await
            }
            Command::Report(arguments) => {
                Box::pin(commands::report::run(arguments, cli.quiet, interrupt)).await
            }
            Command::Completions(arguments) => {
                commands::shell::completions(arguments, interrupt).await
            }
            Command::Man(arguments) => commands::shell::man(arguments, interrupt).await,
            Command::Compare(arguments) => {
                Box::pin(commands::compare::run(arguments, cli.quiet, interrupt)).await
            }
            Command::History(arguments) => {
                Box::pin(commands::history::run(arguments, interrupt)).await
            }
            Command::Blame(arguments) => Box::pin(commands::blame::run(arguments, interrupt)).await,
            Command::Archive(ArchiveCommand::Prune(arguments)) => {
                Box::pin(commands::archive::prune(arguments, interrupt)).await
            }
        }
    });
    // Waiting for threads would make an interrupted command run to its end.
    runtime.shutdown_background();
    result
}

/// Help, version and wrong usage. clap quotes wrong arguments, and one may be a URL.
fn usage(error: &clap::Error, words: &[String]) -> ExitCode {
    let rendered = error.render();
    let (text, result) = if error.use_stderr() {
        let text = if logging::may_colour(&stderr()) {
            rendered.ansi().to_string()
        } else {
            rendered.to_string()
        };
        let text = redact(&text, words);
        (String::new(), stderr().write_all(text.as_bytes()))
    } else {
        (rendered.to_string(), Ok(()))
    };
    let written = result.map_err(anyhow::Error::from).and_then(|()| {
        if text.is_empty() { Ok(()) } else { output::Destination::Stdout.write(&text) }
    });
    match (written, u8::try_from(error.exit_code())) {
        (Ok(()), Ok(status)) => ExitCode::from(status),
        _ => ExitCode::from(ERROR),
    }
}

fn hide_urls_in_panics(words: Vec<String>) {
    std::panic::set_hook(Box::new(move |panic| {
        output::abandon();
        let text = redact(&panic.to_string(), &words);
        let _ = writeln!(
            stderr(),
            "pgparity: internal error, please report it with this message: {text}"
        );
    }));
}
