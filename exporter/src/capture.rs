//! From a database to a snapshot: the core's queries, run in one session, assembled by the core.

use anyhow::{Context, Result};
use pgparity_core::catalog::{self, Assembler, ExportInfo, ExportOptions};
use pgparity_core::snapshot::Snapshot;
use tracing::{debug, warn};

use crate::connect::{self, ConnectParams};
use crate::interrupt::Interrupt;
use crate::progress::Progress;
use crate::session::{Limits, NamedQuery, Outcome, Session, supported_version};

/// Takes the snapshot of a database.
pub(crate) async fn capture(
    params: &ConnectParams,
    options: &ExportOptions,
    limits: Limits,
    quiet: bool,
    mut interrupt: Interrupt,
) -> Result<Snapshot> {
    let connected = interrupt.or(connect::connect(params)).await?;
    let mut session = Session::new(connected, interrupt.clone(), limits);
    let assembler = match read(&mut session, options, quiet).await {
        Ok(assembler) => {
            session.finish().await?;
            assembler
        }
        Err(error) => {
            session.abort().await;
            return Err(error);
        }
    };
    // The server's part is over: nothing of it waits while the snapshot is put together.
    let snapshot = interrupt
        .blocking(move || assembler.finish().context("the catalog does not make a snapshot"))
        .await?;
    for missing in &snapshot.source.not_read {
        warn!("not read: {missing}");
    }
    Ok(snapshot)
}

/// The server's version, and the instant that the transaction sees.
const ABOUT: &str = "SELECT pg_catalog.current_setting('server_version_num'), pg_catalog.to_char(\
    pg_catalog.transaction_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";

async fn read(session: &mut Session, options: &ExportOptions, quiet: bool) -> Result<Assembler> {
    session.begin().await?;
    let row = session.row(ABOUT).await?;
    let version = supported_version(row.get(0).unwrap_or_default())?;
    let info = ExportInfo {
        captured_at: row.get(1).unwrap_or_default().to_owned(),
        exporter_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    session.execute(&catalog::session_sql().join("; ")).await?;
    let queries: Vec<NamedQuery> = catalog::queries(version, options)
        .into_iter()
        .map(|query| NamedQuery { name: query.name, sql: query.sql })
        .collect();
    let mut assembler = Assembler::new(info, options);
    let mut progress = Progress::new(queries.len(), quiet);
    let mut rows = 0_u64;
    session
        .run(&queries, |query, outcome| {
            match outcome {
                Outcome::Row(key, value) => {
                    rows += 1;
                    progress.row(query.name);
                    assembler.row(query.name, key, value)?;
                }
                Outcome::Denied(message) => {
                    progress.query_ended(query.name);
                    assembler.failed(query.name, message);
                }
                Outcome::End => progress.query_ended(query.name),
            }
            Ok(())
        })
        .await?;
    debug!("read {rows} rows by {} queries", queries.len());
    Ok(assembler)
}
