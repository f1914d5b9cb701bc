//! `pgparity report`: the page with two snapshots in it, as one file that opens anywhere.

use std::io::Write as _;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use pgparity_core::diff::RenameDecision;
use pgparity_core::report::visible;
use pgparity_core::snapshot::{self, Snapshot};
use serde::Serialize;
use tracing::warn;

use super::{decisions, load::load, names};
use crate::app::Outcome;
use crate::args::ReportArgs;
use crate::interrupt::Interrupt;
use crate::page;

/// What stands in the file beside the snapshots.
#[derive(Serialize)]
struct Words<'a> {
    title: &'a str,
    renames: &'a [RenameDecision],
}

/// Runs the command.
pub(crate) async fn run(
    arguments: ReportArgs,
    quiet: bool,
    mut interrupt: Interrupt,
) -> Result<Outcome> {
    // Before the long work, so that a missing page is told at once.
    let file = arguments.page;
    let template = interrupt.blocking(move || page::load(file.as_deref())).await?;
    let (from, to) = arguments.sides.resolve()?;
    let (from, to) = load(from, to, &arguments.limits, quiet, &mut interrupt).await?;
    let (title, output, file) = (arguments.title, arguments.output, arguments.decisions);
    interrupt
        .blocking(move || {
            let renames = decisions::load(file.as_deref(), &from, &to)?;
            let title = title.unwrap_or_else(|| default_title(&from, &to));
            let html = report(&template, &visible(&title), &from, &to, &renames)?;
            let name = names::file("review", &from.side().label, &to.side().label, "html");
            output.or_file_in_directory(&name).write(&html)?;
            Ok(Outcome::Done)
        })
        .await
}

fn default_title(from: &Snapshot, to: &Snapshot) -> String {
    format!("From {} to {}", from.side().label, to.side().label)
}

fn report(
    template: &str,
    title: &str,
    from: &Snapshot,
    to: &Snapshot,
    renames: &[RenameDecision],
) -> Result<String> {
    const OWN: &str = env!("CARGO_PKG_VERSION");
    match page::version(template) {
        Some(OWN) => {}
        other => warn!(
            "the page is of pgparity {}, this program is {OWN}: their plans may differ",
            visible(other.unwrap_or("of an unknown version"))
        ),
    }
    let words = serde_json::to_vec(&Words { title, renames })?;
    let blocks = [("report", words), ("from", packed(from)?), ("to", packed(to)?)];
    page::fill(template, title, &blocks)
}

/// The document of a snapshot, packed.
fn packed(snapshot: &Snapshot) -> Result<Vec<u8>> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(snapshot::write(snapshot).as_bytes()).context("cannot pack a snapshot")?;
    gz.finish().context("cannot pack a snapshot")
}
