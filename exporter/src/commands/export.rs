//! `pgparity export`: the snapshot of a database.

use anyhow::Result;

use super::archive::Shelf;
use super::fleet;
use crate::app::Outcome;
use crate::args::ExportArgs;
use crate::capture::capture;
use crate::connect;
use crate::interrupt::Interrupt;
use crate::progress::Show;
use pgparity_core::catalog::{ExportOptions, psql_script};
use pgparity_core::snapshot;

/// Runs the command.
pub(crate) async fn run(
    arguments: ExportArgs,
    quiet: bool,
    mut interrupt: Interrupt,
) -> Result<Outcome> {
    if let Some(fleet) = arguments.fleet.clone() {
        return Box::pin(fleet::run(fleet, arguments, quiet, interrupt)).await;
    }
    let options = ExportOptions {
        label: arguments.label,
        schemas: arguments.schema,
        exclude: arguments.exclude,
        roles: arguments.roles,
        migrations: arguments.history.reading(),
    };
    let output = arguments.output;
    if arguments.print_sql {
        let script = psql_script(&options, env!("CARGO_PKG_VERSION"));
        interrupt.blocking(move || output.write(&script)).await?;
        return Ok(Outcome::Done);
    }
    let env = |name: &str| std::env::var(name).ok();
    let url = arguments
        .url
        .map(|url| url.0)
        .or_else(|| env("DATABASE_URL").filter(|url| !url.is_empty()));
    let params = connect::resolve(url.as_deref(), &env)?;
    let limits = arguments.limits.limits();
    let show = Show::line(quiet);
    if let Some(place) = arguments.archive {
        let shelf = Shelf::open(&place, options.label.as_deref(), arguments.keep)?;
        let snapshot = capture(&params, &options, limits, show, interrupt.clone()).await?;
        let kept = shelf.store(snapshot, &mut interrupt).await?;
        shelf.tell(&kept);
        return Ok(Outcome::Done);
    }
    let snapshot = capture(&params, &options, limits, show, interrupt.clone()).await?;
    interrupt.blocking(move || output.write(&snapshot::write(&snapshot))).await?;
    Ok(Outcome::Done)
}
