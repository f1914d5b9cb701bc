//! What the program says while it works: on standard error, as plain sentences unless much was
//! asked for.

use std::fmt;
use std::io::{self, IsTerminal, Write, stderr};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use crate::progress::suspend;
use crate::redact::printable;

/// Starts it. `RUST_LOG` chooses in detail, except that `--quiet` stays quiet.
pub(crate) fn start(quiet: bool, verbose: u8) {
    let level = match (quiet, verbose) {
        (true, _) => "error",
        (false, 0) => "pgparity=info,warn",
        (false, 1) => "pgparity=debug,warn",
        (false, 2) => "pgparity=debug,info",
        (false, _) => "trace",
    };
    let chosen = std::env::var("RUST_LOG").ok().filter(|text| !text.is_empty() && !quiet);
    let detailed = chosen.is_some() || verbose > 1;
    let filter = EnvFilter::new(chosen.as_deref().unwrap_or(level));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| BesideBars);
    if detailed {
        subscriber.with_ansi(may_colour(&stderr())).without_time().init();
    } else {
        subscriber.event_format(Sentences).init();
    }
}

/// Whether what goes there may be coloured.
pub(crate) fn may_colour(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Standard error, where bars may stand that a line must not break.
struct BesideBars;

impl Write for BesideBars {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        suspend(|| stderr().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        stderr().flush()
    }
}

/// `pgparity: warning: …`
struct Sentences;

impl<S, N> FormatEvent<S, N> for Sentences
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut message = Message(String::new());
        event.record(&mut message);
        let kind = match *event.metadata().level() {
            Level::ERROR => "error: ",
            Level::WARN => "warning: ",
            _ => "",
        };
        writeln!(writer, "pgparity: {kind}{}", printable(&message.0))
    }
}

/// The message of an event; the program gives events no other fields.
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}
