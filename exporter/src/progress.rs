//! A line on the terminal that says what is being read.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// The line. It shows nothing when standard error is no terminal.
pub(crate) struct Progress {
    shown: bool,
    total: usize,
    done: usize,
    rows: u64,
    last: Option<Instant>,
}

impl Progress {
    /// For so many queries; silent when asked to be or where nobody looks.
    pub(crate) fn new(total: usize, quiet: bool) -> Progress {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let shown = !quiet && !dumb && stderr().is_terminal();
        Progress { shown, total, done: 0, rows: 0, last: None }
    }

    /// One more row.
    pub(crate) fn row(&mut self, name: &str) {
        self.rows += 1;
        self.draw(name);
    }

    /// One more query has ended.
    pub(crate) fn query_ended(&mut self, name: &str) {
        self.done += 1;
        self.draw(name);
    }

    fn draw(&mut self, name: &str) {
        let due = self.last.is_none_or(|last| last.elapsed() > Duration::from_millis(100));
        if !self.shown || !due {
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
        if self.shown && self.last.is_some() {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
