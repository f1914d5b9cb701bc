//! `pgparity archive`, and how `export` keeps a snapshot in an archive.

use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use pgparity_core::report::words::counted;
use pgparity_core::snapshot::Snapshot;
use tracing::info;

use super::load::open;
use crate::app::Outcome;
use crate::archive::{Archive, Environment, Keep, Place, Stored};
use crate::args::PruneArgs;
use crate::interrupt::Interrupt;
use crate::output::Destination;

/// The largest snapshot that is read again for an index.
const MAX_SIZE: u64 = 1 << 30;

/// An archive that takes new snapshots.
pub(crate) struct Shelf {
    archive: Archive,
    keep: Option<Keep>,
}

impl Shelf {
    /// The archive at a place; a label that names no environment is an error before the long work.
    pub(crate) fn open(place: &Place, label: Option<&str>, keep: Option<Keep>) -> Result<Shelf> {
        label.map(environment).transpose()?;
        Ok(Shelf { archive: Archive::create(place)?, keep })
    }

    /// Keeps a snapshot as what its label names, and prunes.
    pub(crate) async fn store(
        &self,
        snapshot: Snapshot,
        interrupt: &mut Interrupt,
    ) -> Result<Kept> {
        let environment = environment(&snapshot.side().label)?;
        let work = async {
            let stored = self.archive.store(&environment, Arc::new(snapshot), MAX_SIZE).await?;
            let gone = match &self.keep {
                Some(keep) => self.archive.prune(&environment, keep, false, MAX_SIZE).await?.len(),
                None => 0,
            };
            Ok((stored, gone))
        };
        let (stored, pruned) = if self.archive.place().is_remote() {
            interrupt.or(work).await?
        } else {
            // Files are written in other threads, which a signal would stop before they have their names.
            work.await?
        };
        Ok(Kept { environment, stored, pruned })
    }

    /// Says what became of a snapshot.
    pub(crate) fn tell(&self, kept: &Kept) {
        let Kept { environment, stored, pruned } = kept;
        match stored {
            Stored::New(name) => info!("archived {environment}/{name} in {}", self.archive.place()),
            Stored::Unchanged(since) => {
                info!("nothing changed: {environment} is as in the snapshot of {since}");
            }
        }
        if *pruned > 0 {
            info!("pruned {} of {environment}", counted(*pruned, "snapshot"));
        }
    }
}

/// What became of a snapshot in an archive.
pub(crate) struct Kept {
    environment: Environment,
    /// Whether it is there now.
    pub(crate) stored: Stored,
    pruned: usize,
}

fn environment(label: &str) -> Result<Environment> {
    let named = label.parse().map_err(|error: String| anyhow!(error));
    named.context("the label names the environment in an archive: give another one by --label")
}

/// Runs `archive prune`.
pub(crate) async fn prune(arguments: PruneArgs, mut interrupt: Interrupt) -> Result<Outcome> {
    let archive = open(&arguments.limits.place)?;
    let work = async {
        let mut environments = arguments.environments;
        if environments.is_empty() {
            environments = archive.environments().await?;
        }
        let mut told = String::new();
        for environment in environments {
            archive.filled(&environment).await?;
            let limit = arguments.limits.max_input;
            let gone =
                archive.prune(&environment, &arguments.keep, arguments.dry_run, limit).await?;
            for name in &gone {
                told.push_str(&format!("{environment}/{name}\n"));
            }
            let done = if arguments.dry_run { "would prune" } else { "pruned" };
            info!("{done} {} of {environment}", counted(gone.len(), "snapshot"));
        }
        Ok(told)
    };
    let told = if archive.place().is_remote() { interrupt.or(work).await? } else { work.await? };
    if !told.is_empty() {
        Destination::Stdout.write(&told)?;
    }
    Ok(Outcome::Done)
}
