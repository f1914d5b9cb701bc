//! Loading one side: from a database, a file or standard input.

use anyhow::{Context, Result};

use crate::args::LimitArgs;
use crate::capture::capture;
use crate::connect;
use crate::input;
use crate::interrupt::Interrupt;
use crate::source::Source;
use pgparity_core::catalog::{self, ExportOptions};
use pgparity_core::snapshot::Snapshot;

/// Loads a side. `name` is FROM or TO, for messages.
pub(crate) async fn load(
    name: &str,
    source: Source,
    limits: &LimitArgs,
    quiet: bool,
    interrupt: &mut Interrupt,
) -> Result<Snapshot> {
    let max = limits.max_input;
    match source {
        Source::Database(url) => {
            let params = connect::resolve(Some(&url), &|name| std::env::var(name).ok())
                .with_context(|| name.to_owned())?;
            capture(
                &params,
                &ExportOptions::default(),
                limits.session.limits(),
                quiet,
                interrupt.clone(),
            )
            .await
            .with_context(|| name.to_owned())
        }
        Source::Stdin => {
            interrupt.blocking(move || parse("standard input", &input::read_stdin(max)?)).await
        }
        Source::File(path) => {
            let place = path.display().to_string();
            interrupt.blocking(move || parse(&place, &input::read_file(&path, max)?)).await
        }
    }
}

fn parse(place: &str, text: &str) -> Result<Snapshot> {
    catalog::read(text.as_bytes()).with_context(|| format!("{place} is no usable snapshot"))
}
