//! Loading snapshots, each from a database, a file or standard input.

use anyhow::{Context, Result};

use crate::args::LimitArgs;
use crate::capture::capture;
use crate::connect;
use crate::input;
use crate::interrupt::Interrupt;
use crate::source::Source;
use pgparity_core::catalog::{self, ExportOptions};
use pgparity_core::snapshot::{Document, Snapshot};

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
            let snapshot = capture(&params, &options, limits, quiet, interrupt.clone());
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
    }
}

fn unusable(place: &str) -> String {
    format!("{place} is no usable snapshot")
}
