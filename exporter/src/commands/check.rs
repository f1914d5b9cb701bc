//! `pgparity check`: a snapshot or a database held against a policy.

use anyhow::{Context, Result, bail};
use pgparity_core::alerts;
use pgparity_core::policy::{CheckOptions, Date, check, write};
use pgparity_core::report::Style;
use time::OffsetDateTime;

use super::decisions;
use super::load::{load, load_one};
use crate::app::Outcome;
use crate::args::{CheckArgs, CheckFormat};
use crate::interrupt::Interrupt;
use crate::output;
use crate::policy_file::PolicyFile;
use crate::source::Source;

/// Runs the command.
pub(crate) async fn run(
    arguments: CheckArgs,
    quiet: bool,
    mut interrupt: Interrupt,
) -> Result<Outcome> {
    if matches!((&arguments.snapshot, &arguments.against), (Source::Stdin, Some(Source::Stdin))) {
        bail!("only one of SNAPSHOT and --against can be standard input (-)");
    }
    // Before the long work, so that mistakes in it are told at once.
    let path = arguments.policy;
    let policy = interrupt.blocking(move || PolicyFile::read(&path)).await?;
    let environment = arguments.environment;
    policy.policy.effective(environment.as_deref()).map_err(|error| policy.explained(&error))?;
    let folder = arguments.migrations;
    let folder = interrupt.blocking(move || folder.map(|folder| folder.read()).transpose()).await?;
    let today = arguments.as_of.map_or_else(today, Ok)?;
    let limits = &arguments.limits;
    let (snapshot, against) = if let Some(against) = arguments.against {
        let (snapshot, against) =
            load(arguments.snapshot, against, limits, quiet, &mut interrupt).await?;
        (snapshot, Some(against))
    } else {
        (load_one(arguments.snapshot, limits, quiet, &mut interrupt).await?, None)
    };
    let (format, output, summary) = (arguments.format, arguments.output, arguments.summary);
    let decided = arguments.decisions;
    interrupt
        .blocking(move || {
            let decisions = match &against {
                Some(against) => decisions::load(decided.as_deref(), &snapshot, against)?,
                None => Vec::new(),
            };
            let options = CheckOptions {
                name: &policy.name,
                environment: environment.as_deref(),
                today,
                against: against.as_ref(),
                decisions: &decisions,
                migrations: folder.as_ref(),
            };
            let mut report = check(&snapshot, &policy.policy, &options)
                .map_err(|error| policy.explained(&error))?;
            report.locate(policy.lines());
            if let Some(summary) = summary {
                output::append(&summary, &write::markdown(&report))?;
            }
            let told = || write::alerts(&report);
            let style = if output.takes_colours() { Style::Ansi } else { Style::Plain };
            output.write(&match format {
                CheckFormat::Text => write::text(&report, style),
                CheckFormat::Json => write::json(&report),
                CheckFormat::Markdown => write::markdown(&report),
                CheckFormat::Junit => alerts::junit(&told()),
                CheckFormat::Sarif => alerts::sarif(&told()),
                CheckFormat::Github => alerts::github(&told()),
                CheckFormat::Gitlab => alerts::gitlab(&told()),
            })?;
            Ok(if report.verdict.passed { Outcome::Done } else { Outcome::Failed })
        })
        .await
}

/// The day in UTC, so that a check says the same everywhere.
fn today() -> Result<Date> {
    let now = OffsetDateTime::now_utc();
    let year = u16::try_from(now.year()).ok();
    let date = year.and_then(|year| Date::new(year, u8::from(now.month()), now.day()));
    date.context("the clock of this machine shows no usable day: name one with --as-of")
}
