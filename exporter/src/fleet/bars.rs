//! What the terminal shows of a fleet: a bar for each worker, and one for all databases.

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::progress::{Show, drawn, watched};
use crate::redact::printable;

/// The bars of the workers, and that of the fleet.
pub(crate) struct Bars {
    workers: Vec<ProgressBar>,
    all: Option<ProgressBar>,
}

impl Bars {
    /// For so many workers and databases; none where nobody looks.
    pub(crate) fn new(workers: usize, databases: usize, quiet: bool) -> Bars {
        if !watched(quiet) {
            return Bars { workers: Vec::new(), all: None };
        }
        let multi = MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
        let style = |template: &str| {
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
        };
        let bar = |length: usize, style: ProgressStyle| {
            let bar = ProgressBar::new(u64::try_from(length).unwrap_or(u64::MAX));
            multi.add(bar.with_style(style))
        };
        let one = style("{prefix:>4} [{bar:24}] {wide_msg}").progress_chars("=> ");
        let workers: Vec<ProgressBar> = (1..=workers.min(databases))
            .map(|number| bar(1, one.clone()).with_prefix(number.to_string()))
            .collect();
        let all = style("{prefix:>4} [{bar:24}] {pos} of {len} databases, {elapsed} {wide_msg}");
        let all = bar(databases, all.progress_chars("=> ")).with_prefix("all");
        drawn(multi);
        Bars { workers, all: Some(all) }
    }

    /// Where a worker shows how far it is with a database.
    pub(crate) fn show(&self, worker: usize, name: &str) -> Show {
        let Some(bar) = self.workers.get(worker) else { return Show::Nothing };
        bar.set_position(0);
        bar.set_message(printable(name));
        Show::Bar(bar.clone())
    }

    /// One database more has ended.
    pub(crate) fn ended(&self, failed: usize) {
        let Some(all) = &self.all else { return };
        all.inc(1);
        if failed > 0 {
            all.set_message(format!("{failed} failed"));
        }
    }

    /// Takes the bars away.
    pub(crate) fn clear(&self) {
        for bar in self.workers.iter().chain(&self.all) {
            bar.finish_and_clear();
        }
    }
}
