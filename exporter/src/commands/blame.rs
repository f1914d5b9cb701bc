//! `pgparity blame`: which snapshot brought a column or a table's parts, and which changed it last.

use anyhow::{Result, anyhow, bail};
use pgparity_core::history::{BlameReport, find};
use pgparity_core::report::Style;

use super::history::Followed;
use super::load::open;
use crate::app::Outcome;
use crate::archive::{Archive, Environment};
use crate::args::{BlameArgs, TimelineFormat};
use crate::interrupt::Interrupt;

/// Runs the command.
pub(crate) async fn run(arguments: BlameArgs, mut interrupt: Interrupt) -> Result<Outcome> {
    let stretch = arguments.stretch;
    let archive = open(&stretch.limits.place)?;
    let environment = match arguments.environment {
        Some(environment) => environment,
        None => interrupt.or(only(&archive)).await?,
    };
    let (format, output) = (stretch.format, stretch.output.clone());
    let followed = Followed::read(&archive, &environment, stretch, &mut interrupt).await?;
    let name = arguments.object;
    interrupt
        .blocking(move || {
            let id = find(&followed.history, &name)
                .map_err(|error| anyhow!("{environment}: {error}"))?;
            let report =
                BlameReport::new(environment.as_str(), &followed.history, &followed.sighted, &id);
            let style = if output.takes_colours() { Style::Ansi } else { Style::Plain };
            output.write(&match format {
                TimelineFormat::Text => report.text(style),
                TimelineFormat::Json => super::json(&report)?,
            })?;
            Ok(Outcome::Done)
        })
        .await
}

/// The environment of an archive that has one.
async fn only(archive: &Archive) -> Result<Environment> {
    let all = archive.environments().await?;
    match all.as_slice() {
        [] => bail!("the archive {} holds no snapshots", archive.place()),
        [one] => Ok(one.clone()),
        several => {
            let names: Vec<&str> = several.iter().map(Environment::as_str).collect();
            bail!(
                "the archive {} has several environments, name one behind the column: {}",
                archive.place(),
                names.join(", ")
            )
        }
    }
}
