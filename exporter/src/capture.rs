//! From a database to a snapshot: the core's queries, run in one session or in two that see the same
//! instant, assembled by the core.

use std::cell::RefCell;
use std::pin::pin;

use anyhow::{Context, Result};
use pgparity_core::catalog::{self, Assembler, ExportInfo, ExportOptions, Query};
use pgparity_core::snapshot::Snapshot;
use tokio::{join, select, try_join};
use tracing::{debug, warn};

use crate::connect::{self, ConnectParams};
use crate::interrupt::Interrupt;
use crate::progress::{Progress, Show};
use crate::session::{Instant, Limits, Outcome, Session, Waiting, supported_version};

/// How many queries a session sends ahead: enough to hide the network, few enough to stop.
const AHEAD: usize = 4;
/// The same for each of two sessions: what one has sent ahead the other cannot take.
const AHEAD_OF_TWO: usize = 2;

/// Takes the snapshot of a database.
pub(crate) async fn capture(
    params: &ConnectParams,
    options: &ExportOptions,
    limits: Limits,
    show: Show,
    mut interrupt: Interrupt,
) -> Result<Snapshot> {
    let open = async || -> Result<Session> {
        let connected = interrupt.clone().or(connect::connect(params)).await?;
        Ok(Session::new(connected, interrupt.clone(), limits))
    };
    let mut first = open().await?;
    let mut second = None;
    let read = Box::pin(read(&mut first, &mut second, &open, options, show)).await;
    let end = async |session: Option<Session>| match session {
        Some(session) if read.is_ok() => session.close().await,
        Some(session) => session.abort().await,
        None => {}
    };
    join!(end(Some(first)), end(second));
    let assembler = read?;
    // The server's part is over: nothing of it waits while the snapshot is put together.
    let snapshot = interrupt
        .blocking(move || assembler.finish().context("the catalog does not make a snapshot"))
        .await?;
    for missing in &snapshot.source.not_read {
        warn!("not read: {missing}");
    }
    Ok(snapshot)
}

/// The server's version, the instant that the transaction sees, and whether there is so much to
/// read that a second session is worth its start: about 250 tables.
const ABOUT: &str = "SELECT pg_catalog.current_setting('server_version_num'), pg_catalog.to_char(\
    pg_catalog.transaction_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), \
    pg_catalog.pg_relation_size('pg_catalog.pg_attribute') > 1500000";

/// Reads all that the assembler needs. A second session is left in `second`.
async fn read(
    first: &mut Session,
    second: &mut Option<Session>,
    open: &impl AsyncFn() -> Result<Session>,
    options: &ExportOptions,
    show: Show,
) -> Result<Assembler> {
    first.begin().await?;
    let mut row = first.row(ABOUT).await?;
    let version = supported_version(row.get(0).unwrap_or_default())?;
    let mut instant = None;
    if row.get(2) == Some("t") {
        instant = first.instant().await.inspect_err(one_session).ok();
        if instant.is_none() {
            first.execute("ROLLBACK").await?;
            first.begin().await?;
            row = first.row(ABOUT).await?;
        }
    }
    let info = ExportInfo {
        captured_at: row.get(1).unwrap_or_default().to_owned(),
        exporter_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let settings = [catalog::session_sql(), &[catalog::WHOLE_TABLES_SQL]].concat().join("; ");
    first.execute(&settings).await?;
    let mut assembler = Assembler::new(info, options);
    let mut queries = catalog::queries(version, options);
    if let Some(search) = catalog::ledger_search(options) {
        for row in first.rows(&search.sql).await? {
            let column = |at| row.get(at).unwrap_or_default();
            assembler.row(search.name, column(0), column(1))?;
        }
        queries.extend(assembler.ledger_queries());
    }
    if instant.is_some() {
        catalog::longest_first(&mut queries);
    }
    let reading =
        RefCell::new(Reading { assembler, progress: Progress::new(queries.len(), show), rows: 0 });
    let take = |query: &Query, outcome: Outcome<'_>| reading.borrow_mut().take(query, outcome);
    let waiting = Waiting::new(queries.iter());
    match instant {
        None => first.run(&waiting, AHEAD, take).await?,
        Some(instant) => {
            let opening = beside(open, &instant, &settings);
            in_two(first, second, opening, &waiting, take).await?;
        }
    }
    let Reading { assembler, rows, .. } = reading.into_inner();
    debug!("read {rows} rows by {} queries", queries.len());
    Ok(assembler)
}

/// Reads in the first session, and in a second one from when it is open, if it can be had.
async fn in_two(
    first: &mut Session,
    second: &mut Option<Session>,
    opening: impl Future<Output = Result<Session>>,
    waiting: &Waiting<'_>,
    take: impl Fn(&Query, Outcome<'_>) -> Result<()> + Copy,
) -> Result<()> {
    let mut alone = pin!(first.run(waiting, AHEAD_OF_TWO, take));
    let opened = select! {
        biased;
        done = &mut alone => return done,
        opened = opening => opened,
    };
    match opened.inspect_err(one_session) {
        Err(_) => alone.await,
        Ok(session) => {
            let session = second.insert(session);
            try_join!(alone, session.run(waiting, AHEAD_OF_TWO, take)).map(drop)
        }
    }
}

/// Another session that sees the instant.
async fn beside(
    open: &impl AsyncFn() -> Result<Session>,
    instant: &Instant,
    settings: &str,
) -> Result<Session> {
    let mut session = open().await?;
    session.begin_at(instant).await?;
    session.execute(settings).await?;
    Ok(session)
}

/// Servers and poolers that refuse a second session are no mistake of anybody.
fn one_session(error: &anyhow::Error) {
    debug!("reading in one session: {error:#}");
}

/// Where the rows go.
struct Reading {
    assembler: Assembler,
    progress: Progress,
    rows: u64,
}

impl Reading {
    fn take(&mut self, query: &Query, outcome: Outcome<'_>) -> Result<()> {
        match outcome {
            Outcome::Row(key, value) => {
                self.rows += 1;
                self.progress.row(query.name);
                self.assembler.row(query.name, key, value)?;
            }
            Outcome::Denied(message) => {
                self.progress.query_ended(query.name);
                self.assembler.failed(query.name, query.table.as_deref(), message);
            }
            Outcome::End => self.progress.query_ended(query.name),
        }
        Ok(())
    }
}
