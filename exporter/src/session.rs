//! One read-only REPEATABLE READ transaction: opening it, running many queries in it with bounded
//! memory, and leaving none behind. Two sessions can see the same instant and share the queries.
//!
//! Everything is set by SET LOCAL inside of the transaction and sent by the simple protocol, so
//! that it works behind a pooler that hands out connections per transaction.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use futures_util::TryStreamExt;
use pgparity_core::catalog::Query;
use tokio::time::{sleep, timeout};
use tokio_postgres::error::SqlState;
use tokio_postgres::{SimpleQueryMessage, SimpleQueryRow, SimpleQueryStream};
use tracing::{debug, warn};

use crate::connect::{Connected, describe};
use crate::interrupt::Interrupt;

/// Where every query starts. A failed one takes back nothing but itself.
const SAVEPOINT: &str = "pgparity";

/// Tells one server from another.
const SERVER: &str = "pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time())";

/// Time limits of a session.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// For one statement; zero for none.
    pub(crate) statement: Duration,
    /// For one lock; zero for none.
    pub(crate) lock: Duration,
}

/// The queries that no session has taken yet.
pub(crate) type Waiting<'q> = RefCell<std::slice::Iter<'q, Query>>;

/// What another session needs to see the same instant.
#[derive(Debug)]
pub(crate) struct Instant {
    /// What `pg_export_snapshot()` returned.
    snapshot: String,
    /// Tells the server from others: a name may lead to several of them.
    server: String,
}

/// What a query brings.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome<'a> {
    /// One row: key and value.
    Row(&'a str, &'a str),
    /// The role may not run it, or it reads rows of a table and could not.
    Denied(&'a str),
    /// No more rows.
    End,
}

/// An open transaction.
pub(crate) struct Session {
    connected: Connected,
    interrupt: Interrupt,
    limits: Limits,
}

impl Session {
    /// Wraps a fresh connection.
    pub(crate) fn new(connected: Connected, interrupt: Interrupt, limits: Limits) -> Session {
        Session { connected, interrupt, limits }
    }

    /// Opens the transaction with its time limits.
    pub(crate) async fn begin(&mut self) -> Result<()> {
        self.begin_with("").await
    }

    /// Opens a transaction that sees what another session sees.
    pub(crate) async fn begin_at(&mut self, instant: &Instant) -> Result<()> {
        self.begin_with(&format!("SET TRANSACTION SNAPSHOT '{}'; ", instant.snapshot)).await?;
        let server = self.row(&format!("SELECT {SERVER}")).await?;
        if server.get(0) != Some(&instant.server) {
            bail!("this is another server");
        }
        Ok(())
    }

    /// The instant that this session sees, for another session. When that cannot be had, the
    /// transaction is of no use any more.
    pub(crate) async fn instant(&mut self) -> Result<Instant> {
        let row = self.row(&format!("SELECT {SERVER}, pg_catalog.pg_export_snapshot()")).await?;
        let text = |column| row.get(column).unwrap_or_default().to_owned();
        let (server, snapshot): (String, String) = (text(0), text(1));
        if snapshot.is_empty() || snapshot.contains(|c: char| !c.is_ascii_hexdigit() && c != '-') {
            bail!("unexpected name of a snapshot");
        }
        Ok(Instant { snapshot, server })
    }

    async fn begin_with(&mut self, first: &str) -> Result<()> {
        let limits = self.limits;
        self.execute(&format!(
            "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; {first}\
             SET LOCAL statement_timeout = {}; SET LOCAL lock_timeout = {}; \
             SET LOCAL idle_in_transaction_session_timeout = 60000",
            limits.statement.as_millis(),
            limits.lock.as_millis()
        ))
        .await
        .context("cannot open a read-only transaction")
    }

    /// Runs statements without rows.
    pub(crate) async fn execute(&mut self, sql: &str) -> Result<()> {
        let client = &self.connected.client;
        let work = async { client.batch_execute(sql).await.map_err(|error| explain(&error)) };
        self.interrupt.or(work).await
    }

    /// Runs a query of one row and returns its columns.
    pub(crate) async fn row(&mut self, sql: &str) -> Result<SimpleQueryRow> {
        self.rows(sql).await?.into_iter().next().context("the server returned no row")
    }

    /// Runs a query of few rows.
    pub(crate) async fn rows(&mut self, sql: &str) -> Result<Vec<SimpleQueryRow>> {
        let client = &self.connected.client;
        let work = async {
            let messages = client.simple_query(sql).await.map_err(|error| explain(&error))?;
            let rows = messages.into_iter().filter_map(|message| match message {
                SimpleQueryMessage::Row(row) => Some(row),
                _ => None,
            });
            Ok(rows.collect())
        };
        self.interrupt.or(work).await
    }

    /// Takes queries as long as there are any, so many at a time ahead, hands over their rows in
    /// order, and ends the transaction.
    pub(crate) async fn run(
        &mut self,
        waiting: &Waiting<'_>,
        ahead: usize,
        mut sink: impl FnMut(&Query, Outcome<'_>) -> Result<()>,
    ) -> Result<()> {
        self.execute(&format!("SAVEPOINT {SAVEPOINT}")).await?;
        let mut under_way: VecDeque<(&Query, Pin<Box<SimpleQueryStream>>)> = VecDeque::new();
        loop {
            while under_way.len() < ahead {
                let Some(query) = waiting.borrow_mut().next() else { break };
                // Works whether the query before went well or not.
                let sql = format!("ROLLBACK TO SAVEPOINT {SAVEPOINT}; {}", query.sql);
                let sent = self.connected.client.simple_query_raw(&sql).await;
                let stream = sent.map_err(|error| explain(&error))?;
                under_way.push_back((query, Box::pin(stream)));
            }
            let Some((query, mut stream)) = under_way.pop_front() else { break };
            let ended = self.interrupt.or(drain(query, &mut stream, &mut sink)).await;
            ended.with_context(|| format!("while reading {}", query.name))?;
        }
        self.execute("COMMIT").await
    }

    /// Ends the session after success.
    pub(crate) async fn close(self) {
        self.connected.close().await;
    }

    /// Ends the session after a failure: stops what runs and rolls back.
    pub(crate) async fn abort(self) {
        if self.connected.client.is_closed() {
            return;
        }
        self.roll_back().await;
        self.connected.close().await;
    }

    async fn roll_back(&self) {
        let Connected { client, canceller, .. } = &self.connected;
        // Queries that were sent ahead start as soon as the one before is cancelled: ask until
        // the server gets to the ROLLBACK behind them.
        let mut rollback = pin!(client.batch_execute("ROLLBACK"));
        for attempt in 1..=40 {
            if let Ok(ended) = timeout(Duration::from_millis(50), &mut rollback).await {
                match ended {
                    Ok(()) => debug!("rolled back at attempt {attempt}"),
                    Err(error) => debug!("cannot roll back: {}", describe(&error)),
                }
                return;
            }
            canceller.cancel().await;
            sleep(Duration::from_millis(200)).await;
        }
    }
}

async fn drain(
    query: &Query,
    stream: &mut Pin<Box<SimpleQueryStream>>,
    sink: &mut impl FnMut(&Query, Outcome<'_>) -> Result<()>,
) -> Result<()> {
    loop {
        match stream.try_next().await {
            Ok(Some(SimpleQueryMessage::Row(row))) => {
                let column = |index| -> Result<&str> {
                    row.try_get(index).map_err(|error| explain(&error))?.context("unexpected NULL")
                };
                sink(query, Outcome::Row(column(0)?, column(1)?))?;
            }
            Ok(Some(_)) => {}
            Ok(None) => return sink(query, Outcome::End),
            Err(error) => {
                // A table of somebody may be damaged, or gone since it was found; a catalog is not.
                let may_fail = query.table.is_some()
                    || error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE);
                let Some(db) = error.as_db_error().filter(|_| may_fail) else {
                    return Err(explain(&error));
                };
                return sink(query, Outcome::Denied(db.message()));
            }
        }
    }
}

/// The driver's error, and which option moves the limit that it ran into.
fn explain(error: &tokio_postgres::Error) -> anyhow::Error {
    let text = describe(error);
    match error.code() {
        Some(code) if *code == SqlState::QUERY_CANCELED => {
            anyhow!("{text}: allow more time with --statement-timeout")
        }
        Some(code) if *code == SqlState::LOCK_NOT_AVAILABLE => anyhow!(
            "{text}: another session, such as one that alters a table or view, holds a lock that this \
             waits for; pg_locks tells which. Try again, or wait longer with --lock-timeout"
        ),
        _ if error.is_closed() => anyhow!("the server closed the connection"),
        _ => anyhow!(text),
    }
}

/// The server's version out of `server_version_num`, when this program reads that version.
pub(crate) fn supported_version(text: &str) -> Result<u32> {
    let number: u32 = text.trim().parse().ok().context(
        "the server does not say its version as PostgreSQL does: only PostgreSQL 14 and later can be read",
    )?;
    let version = if number >= 100_000 {
        format!("{}.{}", number / 10_000, number % 10_000)
    } else {
        format!("{}.{}", number / 10_000, number / 100 % 100)
    };
    if number < 140_000 {
        bail!("the server is PostgreSQL {version}: version 14 or later is needed");
    }
    if number >= 190_000 {
        warn!("the server is PostgreSQL {version}, which is newer than this program knows");
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    #[test]
    fn old_and_foreign_servers_are_refused() {
        assert_eq!(supported_version("150018").unwrap(), 150_018);
        let error = |text| supported_version(text).unwrap_err().to_string();
        assert!(error("130021").contains("PostgreSQL 13.21"));
        assert!(error("90624").contains("PostgreSQL 9.6"));
        assert!(error("v25.2").contains("only PostgreSQL 14 and later"));
    }
}
