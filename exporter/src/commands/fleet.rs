//! `pgparity export --fleet`: many databases at once.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, anyhow, bail};
use pgparity_core::report::words::{counted, number};
use pgparity_core::snapshot;
use tracing::{debug, error, info};

use super::archive::Shelf;
use crate::app::Outcome;
use crate::archive::{Environment, Stored};
use crate::args::ExportArgs;
use crate::capture::capture;
use crate::fleet::{Bars, Database, Ended, Fleet, find, work};
use crate::interrupt::{Interrupt, Interrupted};
use crate::output::{Destination, write_file};

/// Where the snapshots go.
#[derive(Clone)]
enum Goal {
    Archive(Arc<Shelf>),
    /// A file for each in this directory.
    Directory(PathBuf),
}

/// What became of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Written,
    Unchanged,
}

/// Runs the command.
pub(crate) async fn run(
    path: PathBuf,
    arguments: ExportArgs,
    quiet: bool,
    mut interrupt: Interrupt,
) -> Result<Outcome> {
    let file = path.clone();
    let fleet = interrupt.blocking(move || Fleet::read(&file)).await?;
    let place = arguments.archive.or_else(|| fleet.archive(&path));
    let directory = match arguments.output {
        Destination::File(directory) => Some(directory),
        Destination::Stdout => fleet.output().map(PathBuf::from),
    };
    let goal = match (place, directory) {
        (Some(place), None) => {
            let keep = arguments.keep.or_else(|| fleet.keep());
            Goal::Archive(Arc::new(Shelf::open(&place, None, keep)?))
        }
        (None, Some(directory)) => {
            std::fs::create_dir_all(&directory)
                .with_context(|| format!("cannot make the directory {}", directory.display()))?;
            Goal::Directory(directory)
        }
        (Some(_), Some(_)) => bail!("give an archive or a directory (-o, `output`), not both"),
        (None, None) => bail!(
            "where to? Name an archive by --archive or `archive`, or a directory by -o or `output`"
        ),
    };
    let migrations = arguments.history.reading();
    let limits = arguments.limits.limits();
    let databases = find(&fleet, migrations.as_ref(), limits, &interrupt).await?;
    let total = databases.len();
    let bars = Arc::new(Bars::new(fleet.workers(), total, quiet));
    let failed = Arc::new(AtomicUsize::new(0));
    let each = {
        let bars = Arc::clone(&bars);
        async move |worker: usize, database: Database| {
            let result = Box::pin(one(worker, database, &goal, &bars, &interrupt)).await;
            let failed = failed.fetch_add(usize::from(result.is_err()), Ordering::Relaxed)
                + usize::from(result.is_err());
            bars.ended(failed);
            result
        }
    };
    let ended = work(databases, fleet.workers(), fleet.per_server(), each).await;
    bars.clear();
    conclude(ended?, total)
}

/// One database, from the connection to its file.
async fn one(
    worker: usize,
    database: Database,
    goal: &Goal,
    bars: &Bars,
    interrupt: &Interrupt,
) -> Result<Done> {
    let mut interrupt = interrupt.clone();
    let name = database.name;
    let show = bars.show(worker, &name);
    let params = database.params?;
    let read = capture(&params, &database.options, database.limits, show, interrupt.clone());
    let snapshot = Box::pin(read).await?;
    match goal {
        Goal::Archive(shelf) => {
            let kept = shelf.store(snapshot, &mut interrupt).await?;
            Ok(if matches!(kept.stored, Stored::New(_)) { Done::Written } else { Done::Unchanged })
        }
        Goal::Directory(directory) => {
            let environment: Environment = name.parse().map_err(|error: String| anyhow!(error))?;
            let path = directory.join(format!("{environment}.json"));
            let write = move || {
                write_file(&path, &snapshot::write(&snapshot))
                    .with_context(|| format!("cannot write {}", path.display()))?;
                debug!("wrote {}", path.display());
                Ok(Done::Written)
            };
            interrupt.blocking(write).await
        }
    }
}

/// Says what became of all, those that failed by name.
fn conclude(ended: Vec<Ended<Done>>, total: usize) -> Result<Outcome> {
    let count = |wanted: Done| {
        ended.iter().filter(|one| one.result.as_ref().is_ok_and(|done| *done == wanted)).count()
    };
    let (written, unchanged) = (count(Done::Written), count(Done::Unchanged));
    let mut summary =
        format!("{} of {} exported", number(written + unchanged), counted(total, "database"));
    if unchanged > 0 {
        summary.push_str(&format!(", {} of them unchanged", number(unchanged)));
    }
    let mut failed = Vec::new();
    let mut interrupted = None;
    for Ended { name, result } in ended {
        match result {
            Ok(_) => {}
            Err(error) => match error.downcast::<Interrupted>() {
                Ok(signal) => interrupted = Some(signal),
                Err(error) => failed.push((name, error)),
            },
        }
    }
    failed.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (name, error) in &failed {
        error!("{name}: {error:#}");
    }
    if let Some(interrupted) = interrupted {
        return Err(Interrupted { done: Some(summary), ..interrupted }.into());
    }
    info!("{summary}");
    if failed.is_empty() {
        return Ok(Outcome::Done);
    }
    let names: Vec<&str> = failed.iter().map(|(name, _)| name.as_str()).collect();
    bail!("{} of {} failed: {}", number(failed.len()), counted(total, "database"), names.join(", "))
}
