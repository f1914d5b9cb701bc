//! What the terminal shows of the reading of a database.

use std::io::{IsTerminal, Write, stderr};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar};

/// Where it is shown how far reading is.
#[derive(Clone, Debug)]
pub(crate) enum Show {
    /// Nowhere.
    Nothing,
    /// On a line of its own.
    Line,
    /// On a bar of several.
    Bar(ProgressBar),
}

impl Show {
    /// A line, unless nobody wants or sees it.
    pub(crate) fn line(quiet: bool) -> Show {
        if watched(quiet) { Show::Line } else { Show::Nothing }
    }
}

/// Whether somebody looks at standard error who did not ask for silence.
pub(crate) fn watched(quiet: bool) -> bool {
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    !quiet && !dumb && stderr().is_terminal()
}

/// Several bars that are drawn, for those who write beside them.
static DRAWN: OnceLock<MultiProgress> = OnceLock::new();

/// Says which bars are drawn from now on. The first ones count.
pub(crate) fn drawn(bars: MultiProgress) {
    DRAWN.get_or_init(|| bars);
}

/// Does something that writes to the terminal while bars may stand there.
pub(crate) fn suspend<T>(work: impl FnOnce() -> T) -> T {
    match DRAWN.get() {
        Some(bars) => bars.suspend(work),
        None => work(),
    }
}

/// How far reading one database is.
pub(crate) struct Progress {
    show: Show,
    total: usize,
    done: usize,
    rows: u64,
    last: Option<Instant>,
}

impl Progress {
    /// For so many queries.
    pub(crate) fn new(total: usize, show: Show) -> Progress {
        if let Show::Bar(bar) = &show {
            bar.set_length(u64::try_from(total).unwrap_or(u64::MAX));
            bar.set_position(0);
        }
        Progress { show, total, done: 0, rows: 0, last: None }
    }

    /// One more row.
    pub(crate) fn row(&mut self, name: &str) {
        self.rows += 1;
        self.draw(name);
    }

    /// One more query has ended.
    pub(crate) fn query_ended(&mut self, name: &str) {
        self.done += 1;
        if let Show::Bar(bar) = &self.show {
            bar.inc(1);
        }
        self.draw(name);
    }

    fn draw(&mut self, name: &str) {
        let due = self.last.is_none_or(|last| last.elapsed() > Duration::from_millis(100));
        if !matches!(self.show, Show::Line) || !due {
            return;
        }
        self.last = Some(Instant::now());
        // A terminal that takes nothing more loses the progress line, not the export.
        let _ = write!(
            stderr(),
            "\r\x1b[Kreading the catalog: {} of {}, {} rows ({name})",
            self.done,
            self.total,
            self.rows
        );
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if matches!(self.show, Show::Line) && self.last.is_some() {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
