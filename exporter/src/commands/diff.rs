//! `pgparity diff`: what differs.

use anyhow::Result;
use pgparity_core::alerts;
use pgparity_core::diff::{DiffOptions, diff};
use pgparity_core::report::{self, Style};

use super::{decisions, file_of_sides, load::load, policy::Followed};
use crate::app::Outcome;
use crate::args::{DiffArgs, DiffFormat};
use crate::interrupt::Interrupt;
use crate::output;

/// Runs the command.
pub(crate) async fn run(
    arguments: DiffArgs,
    quiet: bool,
    mut interrupt: Interrupt,
) -> Result<Outcome> {
    let (from, to) = arguments.sides.resolve()?;
    let policy = Followed::read(arguments.policy)?;
    // Before the long work, so that a missing folder is told at once.
    let folder = arguments.migrations;
    let migrations =
        interrupt.blocking(move || folder.map(|folder| folder.read()).transpose()).await?;
    let place = file_of_sides(&from, &to);
    let (from, to) = load(from, to, &arguments.limits, quiet, &mut interrupt).await?;
    let (format, output, file) = (arguments.format, arguments.output, arguments.decisions);
    let summary = arguments.summary;
    interrupt
        .blocking(move || {
            let decisions = decisions::load(file.as_deref(), &from, &to)?;
            let ignore = policy.as_ref().map_or_else(|| Ok(Vec::new()), Followed::ignore)?;
            let mut drift = diff(&from, &to, &DiffOptions { decisions, ignore, migrations });
            if let Some(policy) = &policy {
                policy.tell(&mut drift)?;
            }
            if let Some(summary) = summary {
                output::append(&summary, &report::markdown(&report::build(&drift, None)))?;
            }
            let style = if output.takes_colours() { Style::Ansi } else { Style::Plain };
            let told = || {
                let file = place.as_deref().unwrap_or(&drift.to.label);
                alerts::of_drift(&report::build(&drift, None), file)
            };
            output.write(&match format {
                DiffFormat::Text => report::text(&report::build(&drift, None), style),
                DiffFormat::Markdown => report::markdown(&report::build(&drift, None)),
                DiffFormat::Csv => report::csv(&report::build(&drift, None)),
                DiffFormat::Html => report::html(&report::build(&drift, None)),
                DiffFormat::Json => super::json(&drift)?,
                DiffFormat::Junit => alerts::junit(&told()),
                DiffFormat::Sarif => alerts::sarif(&told()),
                DiffFormat::Github => alerts::github(&told()),
                DiffFormat::Gitlab => alerts::gitlab(&told()),
            })?;
            Ok(if drift.is_empty() { Outcome::Done } else { Outcome::Drift })
        })
        .await
}
