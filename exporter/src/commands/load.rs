//! Loading snapshots, each from a database, a file, standard input or an archive.

use std::sync::Arc;

use anyhow::{Context, Result};

use crate::archive::Archive;
use crate::args::{ArchiveArg, LimitArgs};
use crate::capture::capture;
use crate::connect;
use crate::input;
use crate::interrupt::Interrupt;
use crate::progress::Show;
use crate::source::Source;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use pgparity_core::catalog::{self, ExportOptions};
use pgparity_core::snapshot::{Document, Snapshot};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

/// How many of many snapshots are loaded at once: so many texts are in memory.
const AT_ONCE: usize = 8;

/// Loads both sides. What stands in both files is in memory once.
pub(crate) async fn load(
    from: Source,
    to: Source,
    limits: &LimitArgs,
    quiet: bool,
    interrupt: &mut Interrupt,
) -> Result<(Snapshot, Snapshot)> {
    let from = match text_or_capture("FROM", from, limits, quiet, interrupt).await? {
        Found::Text { place, text } => {
            let read = move || catalog::read_document(text).with_context(|| unusable(&place));
            interrupt.blocking(read).await?
        }
        Found::Snapshot(snapshot) => Document::from(*snapshot),
    };
    match text_or_capture("TO", to, limits, quiet, interrupt).await? {
        Found::Text { place, text } => {
            let read = move || {
                let to = catalog::read_beside(&from, text.as_bytes());
                Ok((from.into_snapshot(), to.with_context(|| unusable(&place))?))
            };
            interrupt.blocking(read).await
        }
        Found::Snapshot(snapshot) => Ok((from.into_snapshot(), *snapshot)),
    }
}

/// Loads one snapshot.
pub(crate) async fn load_one(
    source: Source,
    limits: &LimitArgs,
    quiet: bool,
    interrupt: &mut Interrupt,
) -> Result<Snapshot> {
    match text_or_capture("SNAPSHOT", source, limits, quiet, interrupt).await? {
        Found::Text { place, text } => {
            let read = move || catalog::read_document(text).with_context(|| unusable(&place));
            Ok(interrupt.blocking(read).await?.into_snapshot())
        }
        Found::Snapshot(snapshot) => Ok(*snapshot),
    }
}

/// Loads snapshots, some at once, and gives them in their order. What stands in the first file too is in memory once.
pub(super) async fn load_all(
    sources: Vec<Source>,
    limits: &LimitArgs,
    quiet: bool,
    interrupt: &mut Interrupt,
) -> Result<Vec<Snapshot>> {
    // Two progress lines at once would write over each other.
    let server = Mutex::new(());
    let find = async |source: Source, interrupt: &mut Interrupt| {
        let name = source.to_string();
        let _turn = match &source {
            Source::Database(_) => Some(server.lock().await),
            _ => None,
        };
        Box::pin(text_or_capture(&name, source, limits, quiet, interrupt)).await
    };
    let mut sources = sources.into_iter();
    let Some(first) = sources.next() else { return Ok(Vec::new()) };
    let first = match find(first, interrupt).await? {
        Found::Text { place, text } => {
            let read = move || catalog::read_document(text).with_context(|| unusable(&place));
            interrupt.blocking(read).await?
        }
        Found::Snapshot(snapshot) => Document::from(*snapshot),
    };
    let first = Arc::new(first);
    let rest = stream::iter(sources).map(async |source| {
        let (first, mut interrupt) = (Arc::clone(&first), interrupt.clone());
        match find(source, &mut interrupt).await? {
            Found::Text { place, text } => {
                let read = move || {
                    let read = catalog::read_beside(&first, text.as_bytes());
                    read.with_context(|| unusable(&place))
                };
                interrupt.blocking(read).await
            }
            Found::Snapshot(snapshot) => Ok(*snapshot),
        }
    });
    let rest: Vec<Snapshot> = rest.buffered(AT_ONCE).try_collect().await?;
    Ok(std::iter::once(first.snapshot().clone()).chain(rest).collect())
}

/// Reads snapshots one after the other. What stands in the first file too is in memory once.
#[derive(Default)]
pub(super) struct Beside {
    first: Option<Arc<Document>>,
}

impl Beside {
    /// Reads one.
    pub(super) async fn read(&mut self, text: String) -> Result<Snapshot> {
        let work = match self.first.clone() {
            Some(first) => {
                let read = move || catalog::read_beside(&first, text.as_bytes());
                return Ok(spawn_blocking(read).await.context("internal error")??);
            }
            None => move || catalog::read_document(text),
        };
        let document = Arc::new(spawn_blocking(work).await.context("internal error")??);
        self.first = Some(Arc::clone(&document));
        Ok(document.snapshot().clone())
    }
}

/// What a source gives.
enum Found {
    /// The content of a file.
    Text { place: String, text: String },
    /// What was read from a server.
    Snapshot(Box<Snapshot>),
}

/// `name` is what the command line calls it, for messages.
async fn text_or_capture(
    name: &str,
    source: Source,
    limits: &LimitArgs,
    quiet: bool,
    interrupt: &mut Interrupt,
) -> Result<Found> {
    let max = limits.max_input;
    match source {
        Source::Database(url) => {
            let params = connect::resolve(Some(&url), &|name| std::env::var(name).ok())
                .with_context(|| name.to_owned())?;
            let options =
                ExportOptions { migrations: limits.history.reading(), ..ExportOptions::default() };
            let limits = limits.session.limits();
            let show = Show::line(quiet);
            let snapshot = capture(&params, &options, limits, show, interrupt.clone());
            let snapshot = Box::pin(snapshot).await;
            Ok(Found::Snapshot(Box::new(snapshot.with_context(|| name.to_owned())?)))
        }
        Source::Stdin => {
            let text = interrupt.blocking(move || input::read_stdin(max)).await?;
            Ok(Found::Text { place: "standard input".to_owned(), text })
        }
        Source::File(path) => {
            let place = path.display().to_string();
            let text = interrupt.blocking(move || input::read_file(&path, max)).await?;
            Ok(Found::Text { place, text })
        }
        Source::Archived(environment, time) => {
            let load = async {
                let archive = open(&limits.place)?;
                let archived = archive.at(&environment, time.as_ref()).await?;
                let text = archive.read(&environment, &archived, max).await?;
                let file = archived.name();
                tracing::info!("{name} is {environment} of {}", archived.moment.time);
                Ok(Found::Text { place: format!("{environment}/{file} of the archive"), text })
            };
            interrupt.or(load).await.with_context(|| name.to_owned())
        }
    }
}

/// The archive that the command line or the environment names.
pub(super) fn open(place: &ArchiveArg) -> Result<Archive> {
    let place = place.archive.as_ref();
    Archive::open(place.context(
        "no archive is named: give it by --archive, a folder or s3://bucket/folder, or by PGPARITY_ARCHIVE",
    )?)
}

fn unusable(place: &str) -> String {
    format!("{place} is no usable snapshot")
}
