//! `pgparity history`: what happened to an environment, by the snapshots of an archive.

use std::path::Path;

use anyhow::{Context, Result, bail};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use pgparity_core::diff::Decisions;
use pgparity_core::history::{
    History, HistoryOptions, Log, Overview, OverviewRow, Sighted, history,
};
use pgparity_core::report::Style;
use pgparity_core::snapshot::Snapshot;

use super::load::{Beside, open};
use crate::app::Outcome;
use crate::archive::{Archive, Archived, Contents, Environment, Stamp};
use crate::args::{StretchArgs, TimelineArgs, TimelineFormat};
use crate::input;
use crate::interrupt::Interrupt;

/// How many requests to an archive are on their way at once.
const AT_ONCE: usize = 8;
/// The largest file that can be meant as decisions.
const MAX_DECISIONS: u64 = 64 << 20;

/// Runs the command.
pub(crate) async fn run(arguments: TimelineArgs, mut interrupt: Interrupt) -> Result<Outcome> {
    let stretch = arguments.stretch;
    let archive = open(&stretch.limits.place)?;
    let (format, output) = (stretch.format, stretch.output.clone());
    let style = if output.takes_colours() { Style::Ansi } else { Style::Plain };
    let text = if let Some(environment) = arguments.environment {
        let followed = Followed::read(&archive, &environment, stretch, &mut interrupt).await?;
        interrupt
            .blocking(move || {
                let log = Log::new(environment.as_str(), &followed.history, &followed.sighted);
                Ok(match format {
                    TimelineFormat::Text => log.text(style),
                    TimelineFormat::Json => super::json(&log)?,
                })
            })
            .await?
    } else {
        if stretch.since.is_some() || stretch.until.is_some() || stretch.decisions.is_some() {
            bail!("--since, --until and --decisions are about one environment: name it");
        }
        let overview = interrupt.or(overview(&archive)).await?;
        match format {
            TimelineFormat::Text => overview.text(style),
            TimelineFormat::Json => super::json(&overview)?,
        }
    };
    interrupt.blocking(move || output.write(&text)).await?;
    Ok(Outcome::Done)
}

/// All environments in short.
async fn overview(archive: &Archive) -> Result<Overview> {
    let environments = archive.environments().await?;
    let rows = stream::iter(environments).map(async |environment| row(archive, &environment).await);
    let rows: Vec<Option<OverviewRow>> = rows.buffered(AT_ONCE).try_collect().await?;
    let environments: Vec<OverviewRow> = rows.into_iter().flatten().collect();
    if environments.is_empty() {
        bail!(
            "the archive {} holds no snapshots: `pgparity export --archive` puts them there",
            archive.place()
        );
    }
    Ok(Overview { environments })
}

/// One environment; `None` where its folder holds no snapshot.
async fn row(archive: &Archive, environment: &Environment) -> Result<Option<OverviewRow>> {
    let contents = archive.contents(environment).await?;
    let (Some(first), Some(now)) = (contents.snapshots.first(), contents.at(None)) else {
        return Ok(None);
    };
    let details = archive.index(environment).await.remove(&now.name());
    Ok(Some(OverviewRow {
        environment: environment.to_string(),
        snapshots: contents.snapshots.len(),
        bytes: contents.snapshots.iter().map(|one| one.size).sum(),
        first: first.moment.time.to_string(),
        last: now.moment.time.to_string(),
        seen: now.seen.as_ref().map(ToString::to_string),
        fingerprint: now.moment.hash.to_string(),
        database: details.as_ref().map(|details| details.database.clone()),
        server_version: details.as_ref().map(|details| details.server_version.clone()),
        objects: details.as_ref().map(|details| details.objects),
    }))
}

/// The history of an environment.
pub(super) struct Followed {
    /// What happened.
    pub(super) history: History,
    /// What the archive says of each point.
    pub(super) sighted: Vec<Sighted>,
}

impl Followed {
    /// Reads the snapshots of a stretch of time, and follows them.
    pub(super) async fn read(
        archive: &Archive,
        environment: &Environment,
        stretch: StretchArgs,
        interrupt: &mut Interrupt,
    ) -> Result<Followed> {
        // Before the long work, so that mistakes in it are told at once.
        let decisions = stretch.decisions;
        let renames =
            interrupt.blocking(move || decisions.as_deref().map(decisions_of).transpose()).await?;
        let limit = stretch.limits.max_input;
        let read = async {
            let contents = archive.filled(environment).await?;
            let chosen = chosen(&contents, stretch.since.as_ref(), stretch.until.as_ref());
            if chosen.is_empty() {
                bail!(
                    "the archive {} has no snapshot of `{environment}` in that time: the first is of {}",
                    archive.place(),
                    contents.snapshots[0].moment.time
                );
            }
            let snapshots = snapshots(archive, environment, &chosen, limit).await?;
            Ok((chosen, snapshots))
        };
        let (chosen, snapshots) = interrupt.or(read).await?;
        let sighted = chosen.iter().map(|one| Sighted {
            file: format!("{environment}/{}", one.name()),
            seen: one.seen.as_ref().map(ToString::to_string),
        });
        let sighted = sighted.collect();
        let follow = move || {
            let all: Vec<&Snapshot> = snapshots.iter().collect();
            let renames = renames.map(|decisions| decisions.renames).unwrap_or_default();
            // Names of files have the order, and the same times to the second.
            let options = HistoryOptions { decisions: renames, ..HistoryOptions::default() };
            Ok(Followed { history: history(&all, &options), sighted })
        };
        interrupt.blocking(follow).await
    }
}

/// The snapshots of a stretch: what was there at its beginning, and all until its end.
fn chosen(contents: &Contents, since: Option<&Stamp>, until: Option<&Stamp>) -> Vec<Archived> {
    let first = since.and_then(|since| contents.at(Some(since)).map(|one| &one.moment.time));
    let within = |one: &&Archived| {
        first.is_none_or(|first| one.moment.time >= *first)
            && until.is_none_or(|until| one.moment.time <= *until)
    };
    contents.snapshots.iter().filter(within).cloned().collect()
}

/// Reads snapshots, each beside the first: what stands in both is in memory once.
async fn snapshots(
    archive: &Archive,
    environment: &Environment,
    chosen: &[Archived],
    limit: u64,
) -> Result<Vec<Snapshot>> {
    let fetch = stream::iter(chosen).map(async |one| {
        let text = archive.read(environment, one, limit).await?;
        anyhow::Ok((one.name(), text))
    });
    let mut fetched = std::pin::pin!(fetch.buffered(AT_ONCE));
    let mut beside = Beside::default();
    let mut found = Vec::new();
    while let Some((name, text)) = fetched.try_next().await? {
        let what = || format!("{environment}/{name} of the archive is no usable snapshot");
        found.push(beside.read(text).await.with_context(what)?);
    }
    Ok(found)
}

fn decisions_of(path: &Path) -> Result<Decisions> {
    let text = input::read_file(path, MAX_DECISIONS)?;
    Decisions::read(&text)
        .with_context(|| format!("{} holds no decisions about renames", path.display()))
}
