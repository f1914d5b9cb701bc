//! Connecting as libpq does: which hosts, with or without TLS, with which password.
//!
//! Invariant: nothing in here puts a URL or a password into a message.

mod conninfo;
mod keywords;
mod params;
mod passfile;
mod secret;
mod server_name;
mod service;
mod settings;
mod tls;
mod url;
mod verify;
mod watched_tls;

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use tokio::net::lookup_host;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::error::SqlState;
use tokio_postgres::{CancelToken, Client, Config, config};
use tracing::debug;

pub(crate) use params::{ConnectParams, Target, resolve, resolve_with};
use params::{Endpoint, SessionAttrs};
use settings::Env;
use tls::SslMode;

/// True for what is meant as a connection string, right or wrong, and must never be shown.
pub(crate) fn is_connection_string(text: &str) -> bool {
    text.contains("://") || conninfo::is_conninfo(text)
}
use watched_tls::WatchedTls;

/// The user's home directory: `HOME` first, as libpq since version 15.
fn home(env: Env<'_>) -> Option<PathBuf> {
    env("HOME").filter(|home| !home.is_empty()).map(PathBuf::from).or_else(std::env::home_dir)
}

/// An open connection.
pub(crate) struct Connected {
    /// For queries.
    pub(crate) client: Client,
    /// For stopping them from outside.
    pub(crate) canceller: Canceller,
    driver: JoinHandle<()>,
}

impl Connected {
    /// Says goodbye to the server and waits until that is sent.
    pub(crate) async fn close(self) {
        drop(self.client);
        if timeout(Duration::from_secs(2), self.driver).await.is_err() {
            debug!("the connection did not end in time");
        }
    }
}

/// Stops the query that a connection is running.
#[derive(Clone)]
pub(crate) struct Canceller {
    token: CancelToken,
    tls: WatchedTls,
}

impl Canceller {
    /// Asks the server to stop the running query. The server does not say whether it did.
    pub(crate) async fn cancel(&self) {
        let request = self.token.cancel_query(self.tls.clone());
        match timeout(Duration::from_secs(5), request).await {
            Ok(Ok(())) => debug!("asked the server to cancel the running query"),
            Ok(Err(error)) => debug!("cannot send a cancel request: {}", describe(&error)),
            Err(_) => debug!("cannot send a cancel request: timeout"),
        }
    }
}

/// Why one attempt failed, and whether another host may do better.
struct Failed {
    reason: anyhow::Error,
    kind: FailedKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FailedKind {
    /// Nobody answered, or a server that is just starting did: try the next.
    Unreachable,
    /// The server is not of the wanted kind: try the next.
    WrongServer,
    /// The server said no: libpq does not ask the next one either.
    Refused,
}

/// Connects to the first host that answers.
pub(crate) async fn connect(params: &ConnectParams) -> Result<Connected> {
    let mut targets: Vec<&Target> = params.targets.iter().collect();
    if params.shuffle {
        let random = RandomState::new();
        targets.sort_by_cached_key(|target| random.hash_one(target.place()));
    }
    let rounds: &[SessionAttrs] = match params.session {
        SessionAttrs::PreferStandby => &[SessionAttrs::Standby, SessionAttrs::Any],
        ref one => std::slice::from_ref(one),
    };
    let mut reasons: Vec<anyhow::Error> = Vec::new();
    for wanted in rounds {
        for target in &targets {
            match connect_target(params, target, *wanted).await {
                Ok(connected) => return Ok(connected),
                Err(failed) => {
                    reasons.push(failed.reason);
                    if failed.kind == FailedKind::Refused {
                        return Err(summary(reasons));
                    }
                }
            }
        }
    }
    Err(summary(reasons))
}

fn summary(mut reasons: Vec<anyhow::Error>) -> anyhow::Error {
    let last = reasons.pop().unwrap_or_else(|| anyhow!("no host to connect to"));
    if reasons.is_empty() {
        return last.context("cannot connect to the server");
    }
    let earlier = reasons.iter().map(|reason| format!("{reason:#}")).collect::<Vec<_>>();
    anyhow!("{}; {last:#}", earlier.join("; ")).context("cannot connect to any of the servers")
}

async fn connect_target(
    params: &ConnectParams,
    target: &Target,
    wanted: SessionAttrs,
) -> Result<Connected, Failed> {
    let at = |reason: anyhow::Error| reason.context(target.place());
    let unreachable =
        |reason: anyhow::Error| Failed { reason: at(reason), kind: FailedKind::Unreachable };
    let addresses: Vec<Option<IpAddr>> = match &target.endpoint {
        Endpoint::Unix(_) => vec![None],
        Endpoint::Tcp { address: Some(address), .. } => vec![Some(*address)],
        Endpoint::Tcp { name, .. } => {
            let name = name.as_deref().unwrap_or("localhost");
            lookup_host((name, target.port))
                .await
                .context("cannot find the host's address")
                .map_err(unreachable)?
                .map(|address| Some(address.ip()))
                .collect()
        }
    };
    let mut last = unreachable(anyhow!("the host has no address"));
    for address in addresses {
        match connect_address(params, target, address).await {
            Ok(connected) => {
                return match check_session(&connected.client, wanted).await {
                    Ok(()) => Ok(connected),
                    Err(reason) => {
                        Err(Failed { reason: at(reason), kind: FailedKind::WrongServer })
                    }
                };
            }
            Err(failed) => {
                let kind = failed.kind;
                last = Failed { reason: at(failed.reason), kind };
                if kind == FailedKind::Refused {
                    break;
                }
            }
        }
    }
    Err(last)
}

/// One address, with and without TLS in the order that `sslmode` says.
async fn connect_address(
    params: &ConnectParams,
    target: &Target,
    address: Option<IpAddr>,
) -> Result<Connected, Failed> {
    use config::SslMode as Driver;

    let plain_only =
        matches!(target.endpoint, Endpoint::Unix(_)) || params.tls.mode == SslMode::Disable;
    let (first, second) = match params.tls.mode {
        _ if plain_only => (Driver::Disable, None),
        SslMode::Disable | SslMode::Allow => (Driver::Disable, Some(Driver::Require)),
        SslMode::Prefer => (Driver::Prefer, Some(Driver::Disable)),
        SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => (Driver::Require, None),
    };
    let attempt = attempt(params, target, address, first).await;
    let (Err((failed, tls_started)), Some(second)) = (&attempt, second) else {
        return attempt.map_err(|(failed, _)| failed);
    };
    // `prefer` tries plain when TLS was in use; `allow` tries TLS when the server said no to plain.
    let again = match second {
        Driver::Disable => *tls_started,
        _ => failed.kind == FailedKind::Refused,
    };
    if !again {
        return attempt.map_err(|(failed, _)| failed);
    }
    debug!("{}: {:#}; trying {second:?}", target.place(), failed.reason);
    let first_reason = format!("{:#}", failed.reason);
    match self::attempt(params, target, address, second).await {
        Ok(connected) => Ok(connected),
        Err((failed, _)) => {
            let (with_tls, plain) = match second {
                Driver::Disable => (first_reason, format!("{:#}", failed.reason)),
                _ => (format!("{:#}", failed.reason), first_reason),
            };
            let reason = if with_tls == plain {
                anyhow!(plain)
            } else {
                anyhow!("with TLS: {with_tls}; without: {plain}")
            };
            Err(Failed { reason, kind: failed.kind })
        }
    }
}

/// One attempt. The flag beside an error says whether TLS had begun.
async fn attempt(
    params: &ConnectParams,
    target: &Target,
    address: Option<IpAddr>,
    mode: config::SslMode,
) -> Result<Connected, (Failed, bool)> {
    let config = driver_config(params, target, address, mode);
    let tls = if mode == config::SslMode::Disable {
        WatchedTls::never().map_err(anyhow::Error::from)
    } else {
        let host = match &target.endpoint {
            Endpoint::Tcp { name, .. } => name.as_deref(),
            Endpoint::Unix(_) => None,
        };
        params.tls.client_config(host).map(WatchedTls::new)
    };
    // A bad certificate file ends `prefer`'s first attempt just as a failed handshake does.
    let tls = tls.map_err(|reason| (Failed { reason, kind: FailedKind::Refused }, true))?;
    let connecting = config.connect(tls.clone());
    let result = match params.connect_timeout {
        None => connecting.await,
        Some(limit) => {
            let Ok(result) = timeout(limit, connecting).await else {
                let seconds = limit.as_secs();
                let reason = anyhow!("no connection within {seconds} s (connect_timeout)");
                return Err((Failed { reason, kind: FailedKind::Unreachable }, false));
            };
            result
        }
    };
    match result {
        Ok((client, connection)) => {
            let canceller = Canceller { token: client.cancel_token(), tls };
            let driver = tokio::spawn(async move {
                if let Err(error) = connection.await {
                    debug!("the connection ended: {}", describe(&error));
                }
            });
            Ok(Connected { client, canceller, driver })
        }
        Err(error) => {
            let started = tls.started();
            let refused = started
                || error.code().is_some_and(|code| *code != SqlState::CANNOT_CONNECT_NOW)
                || target.password.is_none() && describe(&error).contains("password missing");
            let kind = if refused { FailedKind::Refused } else { FailedKind::Unreachable };
            Err((Failed { reason: explain(&error), kind }, started))
        }
    }
}

fn driver_config(
    params: &ConnectParams,
    target: &Target,
    address: Option<IpAddr>,
    mode: config::SslMode,
) -> Config {
    let mut config = Config::new();
    match &target.endpoint {
        Endpoint::Unix(dir) => {
            config.host_path(dir);
        }
        Endpoint::Tcp { name, .. } => {
            // The driver wants a host for TLS even where its certificate is not checked.
            let shown = name.clone().or(address.map(|a| a.to_string())).unwrap_or_default();
            config.host(shown);
            if let Some(address) = address {
                config.hostaddr(address);
            }
        }
    }
    config
        .port(target.port)
        .user(&params.user)
        .dbname(&params.database)
        .application_name(&params.application_name)
        .ssl_mode(mode)
        .channel_binding(params.channel_binding)
        .keepalives(params.tcp.keepalives);
    if mode == config::SslMode::Require {
        config.ssl_negotiation(params.negotiation);
    }
    if let Some(password) = &target.password {
        config.password(password.expose());
    }
    if let Some(options) = &params.options {
        config.options(options);
    }
    if let Some(limit) = params.connect_timeout {
        config.connect_timeout(limit);
    }
    if let Some(idle) = params.tcp.idle {
        config.keepalives_idle(idle);
    }
    if let Some(interval) = params.tcp.interval {
        config.keepalives_interval(interval);
    }
    if let Some(count) = params.tcp.count {
        config.keepalives_retries(count);
    }
    if let Some(limit) = params.tcp.user_timeout {
        config.tcp_user_timeout(limit);
    }
    config
}

/// `target_session_attrs`, asked of the server.
async fn check_session(client: &Client, wanted: SessionAttrs) -> Result<()> {
    let (query, expected, problem) = match wanted {
        SessionAttrs::Any | SessionAttrs::PreferStandby => return Ok(()),
        SessionAttrs::ReadWrite => ("SHOW transaction_read_only", "off", "session is read-only"),
        SessionAttrs::ReadOnly => ("SHOW transaction_read_only", "on", "session is not read-only"),
        SessionAttrs::Primary => {
            ("SELECT pg_catalog.pg_is_in_recovery()", "f", "server is in hot standby mode")
        }
        SessionAttrs::Standby => {
            ("SELECT pg_catalog.pg_is_in_recovery()", "t", "server is not in hot standby mode")
        }
    };
    let messages = client.simple_query(query).await.map_err(|error| explain(&error))?;
    let answer = messages.iter().find_map(|message| match message {
        tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    if answer != Some(expected) {
        bail!("{problem} (target_session_attrs)");
    }
    Ok(())
}

/// The driver's error with its cause, and what to do about the common ones.
pub(crate) fn explain(error: &tokio_postgres::Error) -> anyhow::Error {
    let text = describe(error);
    let hint = if text.contains("password missing") {
        Some(
            "the server wants a password: give it by PGPASSWORD, a password file or a service file",
        )
    } else if text.contains("server does not support TLS") {
        Some("the server has no TLS, which sslmode demands")
    } else if error.code() == Some(&SqlState::TOO_MANY_CONNECTIONS) {
        Some("the server has no free connection")
    } else {
        None
    };
    match hint {
        Some(hint) => anyhow!("{text}: {hint}"),
        None => anyhow!(text),
    }
}

/// The driver's error on one line: what the server said if it was the server.
pub(crate) fn describe(error: &tokio_postgres::Error) -> String {
    use std::error::Error as _;
    use std::fmt::Write as _;

    if let Some(db) = error.as_db_error() {
        let mut text = format!("{} (SQLSTATE {})", db.message(), db.code().code());
        for part in [db.detail(), db.hint()].into_iter().flatten() {
            let _ = write!(text, "; {part}");
        }
        return text;
    }
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let part = next.to_string();
        if !text.contains(&part) {
            let _ = write!(text, ": {part}");
        }
        cause = next.source();
    }
    text
}

impl fmt::Debug for Connected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connected")
    }
}
