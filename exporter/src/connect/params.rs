//! Settings with a meaning: the hosts to try, the user, the database, the limits.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio_postgres::config::{ChannelBinding, SslNegotiation};

use super::passfile::{self, Entry};
use super::secret::Secret;
use super::settings::{Env, Settings};
use super::tls::TlsOptions;
use super::{conninfo, home, service, url};

/// Everything needed to connect. It holds no URL, and its passwords are [`Secret`].
#[derive(Debug)]
pub(crate) struct ConnectParams {
    /// Where to connect, in order.
    pub(crate) targets: Vec<Target>,
    /// The role.
    pub(crate) user: String,
    /// The database.
    pub(crate) database: String,
    /// Startup options, as in `PGOPTIONS`.
    pub(crate) options: Option<String>,
    /// What the server shows in `pg_stat_activity`.
    pub(crate) application_name: String,
    /// Limit for one attempt on one address; `None` waits for as long as the system does.
    pub(crate) connect_timeout: Option<Duration>,
    /// Keepalives and the like.
    pub(crate) tcp: Tcp,
    /// Which server of several will do.
    pub(crate) session: SessionAttrs,
    /// Whether hosts are tried in random order.
    pub(crate) shuffle: bool,
    /// Whether SCRAM must be bound to the TLS channel.
    pub(crate) channel_binding: ChannelBinding,
    /// How TLS begins.
    pub(crate) negotiation: SslNegotiation,
    /// TLS.
    pub(crate) tls: TlsOptions,
}

/// One host to try.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// How to reach it.
    pub(crate) endpoint: Endpoint,
    /// Port.
    pub(crate) port: u16,
    /// Password for it, if any is known.
    pub(crate) password: Option<Secret>,
}

/// A socket directory or a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    /// The directory of a Unix-domain socket.
    Unix(PathBuf),
    /// A host, by name, by address or by both.
    Tcp {
        /// The name, for the certificate and for messages.
        name: Option<String>,
        /// The address, when it was given.
        address: Option<IpAddr>,
    },
}

impl Target {
    /// The place in words, for messages.
    pub(crate) fn place(&self) -> String {
        match &self.endpoint {
            Endpoint::Unix(dir) => {
                format!("socket {}", dir.join(format!(".s.PGSQL.{}", self.port)).display())
            }
            Endpoint::Tcp { name: Some(name), .. } => format!("host {name:?}, port {}", self.port),
            Endpoint::Tcp { address: Some(address), .. } => {
                format!("address {address}, port {}", self.port)
            }
            Endpoint::Tcp { .. } => format!("port {}", self.port),
        }
    }
}

/// TCP tuning.
#[derive(Clone, Debug)]
pub(crate) struct Tcp {
    /// Keepalives on or off.
    pub(crate) keepalives: bool,
    /// Idle time before the first one.
    pub(crate) idle: Option<Duration>,
    /// Time between two.
    pub(crate) interval: Option<Duration>,
    /// How many may be lost.
    pub(crate) count: Option<u32>,
    /// Limit for unacknowledged data.
    pub(crate) user_timeout: Option<Duration>,
}

/// `target_session_attrs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SessionAttrs {
    /// Any server.
    Any,
    /// One that accepts writes by default.
    ReadWrite,
    /// One that does not.
    ReadOnly,
    /// One that is not in recovery.
    Primary,
    /// One that is.
    Standby,
    /// A standby if there is one, else any.
    PreferStandby,
}

/// Reads the parameters: from the connection string if there is one, then service file, environment, defaults.
pub(crate) fn resolve(connection_string: Option<&str>, env: Env<'_>) -> Result<ConnectParams> {
    resolve_with(connection_string, &[], env)
}

/// The same, where some keywords, as `dbname`, have values that beat all others.
pub(crate) fn resolve_with(
    connection_string: Option<&str>,
    chosen: &[(&str, &str)],
    env: Env<'_>,
) -> Result<ConnectParams> {
    let mut settings = match connection_string {
        Some(text) if text.contains("://") => url::parse(text)?,
        Some(text) if conninfo::is_conninfo(text) => conninfo::parse(text)?,
        Some(_) => bail!(
            "the connection string is neither a postgres:// URL nor keyword=value (it is not shown)"
        ),
        None => Settings::default(),
    };
    for (keyword, value) in chosen {
        if !settings.set(keyword, (*value).to_owned()) {
            bail!("there is no connection parameter {keyword}");
        }
    }
    let service_name =
        settings.get("service").map(str::to_owned).or_else(|| filled(env, "PGSERVICE"));
    if let Some(name) = service_name {
        let file =
            settings.get("servicefile").map(str::to_owned).or_else(|| filled(env, "PGSERVICEFILE"));
        settings.fill_from(service::load(&name, file.as_deref(), env)?);
    }
    settings.fill_from_env(env);
    settings.check_supported()?;
    from_settings(&settings, env)
}

fn filled(env: Env<'_>, name: &str) -> Option<String> {
    env(name).filter(|value| !value.is_empty())
}

fn from_settings(settings: &Settings, env: Env<'_>) -> Result<ConnectParams> {
    let user = match settings.get("user") {
        Some(user) => user.to_owned(),
        None => whoami::username()
            .context("cannot tell the name of the current user: give one by PGUSER")?,
    };
    let database = settings.get("dbname").unwrap_or(&user).to_owned();
    let mut targets = targets(settings)?;
    let explicit = settings.get("password").map(|p| Secret::new(p.to_owned()));
    let passfile = match settings.get("passfile") {
        Some(path) => Some(PathBuf::from(path)),
        None => home(env).map(|home| home.join(".pgpass")),
    };
    for target in &mut targets {
        target.password = explicit.clone().or_else(|| {
            let host = passfile_host(&target.endpoint);
            let entry = Entry { host: &host, port: target.port, database: &database, user: &user };
            passfile::look_up(passfile.as_deref()?, entry)
        });
    }
    let tls = TlsOptions::from_settings(settings, env)?;
    let negotiation = negotiation(settings, &tls)?;
    Ok(ConnectParams {
        targets,
        options: settings.get("options").map(str::to_owned),
        application_name: settings
            .get("application_name")
            .or(settings.get("fallback_application_name"))
            .unwrap_or("pgparity")
            .to_owned(),
        connect_timeout: connect_timeout(settings)?,
        tcp: tcp(settings)?,
        session: session_attrs(settings)?,
        shuffle: choice(settings, "load_balance_hosts", &[("disable", false), ("random", true)])?
            .unwrap_or(false),
        channel_binding: choice(
            settings,
            "channel_binding",
            &[
                ("disable", ChannelBinding::Disable),
                ("prefer", ChannelBinding::Prefer),
                ("require", ChannelBinding::Require),
            ],
        )?
        .unwrap_or(ChannelBinding::Prefer),
        negotiation,
        tls,
        user,
        database,
    })
}

/// A value out of a list of words.
pub(crate) fn choice<T: Copy>(
    settings: &Settings,
    keyword: &str,
    choices: &[(&str, T)],
) -> Result<Option<T>> {
    let Some(value) = settings.get(keyword) else { return Ok(None) };
    let Some((_, choice)) = choices.iter().find(|(name, _)| *name == value) else {
        let names = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        bail!(
            "invalid value {value:?} of the connection parameter {keyword}: it is one of {names}"
        );
    };
    Ok(Some(*choice))
}

fn number(settings: &Settings, keyword: &str) -> Result<Option<i64>> {
    let Some(value) = settings.get(keyword) else { return Ok(None) };
    let number = value.trim().parse().ok();
    number.map(Some).with_context(|| {
        format!("invalid value of the connection parameter {keyword}: it is a whole number")
    })
}

fn targets(settings: &Settings) -> Result<Vec<Target>> {
    let list = |keyword| settings.get(keyword).map(|v| v.split(',').collect::<Vec<_>>());
    let hosts = list("host");
    let addresses = list("hostaddr");
    let ports = list("port").unwrap_or_default();
    let count = match (&hosts, &addresses) {
        (Some(hosts), Some(addresses)) if hosts.len() != addresses.len() => bail!(
            "host names {} hosts and hostaddr {}: the numbers must be equal",
            hosts.len(),
            addresses.len()
        ),
        (_, Some(addresses)) => addresses.len(),
        (Some(hosts), None) => hosts.len(),
        (None, None) => 1,
    };
    if ports.len() > 1 && ports.len() != count {
        bail!("{} ports are given for {count} hosts: give one, or as many as hosts", ports.len());
    }
    (0..count)
        .map(|i| {
            let at = |list: &Option<Vec<&str>>| {
                list.as_ref()
                    .and_then(|l| l.get(i))
                    .map(|v| v.trim().to_owned())
                    .filter(|v| !v.is_empty())
            };
            let port = port(ports.get(i).or(ports.first()).copied().unwrap_or(""))?;
            Ok(Target {
                endpoint: endpoint(at(&hosts), at(&addresses), port)?,
                port,
                password: None,
            })
        })
        .collect()
}

fn port(text: &str) -> Result<u16> {
    match text.trim() {
        "" => Ok(5432),
        text => text
            .parse()
            .ok()
            .filter(|port| *port != 0)
            .context("invalid port: it is a number from 1 to 65535 (the value is not shown)"),
    }
}

fn endpoint(host: Option<String>, address: Option<String>, port: u16) -> Result<Endpoint> {
    if let Some(address) = address {
        let address = address
            .parse()
            .ok()
            .context("invalid hostaddr: it is an IPv4 or IPv6 address (the value is not shown)")?;
        return Ok(Endpoint::Tcp { name: host, address: Some(address) });
    }
    match host {
        None => Ok(Endpoint::Unix(default_socket_dir(port))),
        Some(host) if host.starts_with('@') => {
            bail!("sockets in the abstract namespace are not supported: give a directory or a host")
        }
        Some(host) if host.starts_with('/') => Ok(Endpoint::Unix(PathBuf::from(host))),
        Some(host) => {
            let address = host.parse().ok();
            Ok(Endpoint::Tcp { name: Some(host), address })
        }
    }
}

const SOCKET_DIRS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

/// Where the server's packages put the socket: distributions use the first, PostgreSQL's own
/// build the second.
fn default_socket_dir(port: u16) -> PathBuf {
    SOCKET_DIRS
        .iter()
        .map(Path::new)
        .find(|dir| dir.join(format!(".s.PGSQL.{port}")).exists())
        .unwrap_or(Path::new(SOCKET_DIRS[0]))
        .to_owned()
}

/// The name under which a password file knows the endpoint.
fn passfile_host(endpoint: &Endpoint) -> String {
    match endpoint {
        Endpoint::Unix(dir) if SOCKET_DIRS.iter().any(|d| Path::new(d) == dir) => {
            "localhost".into()
        }
        Endpoint::Unix(dir) => dir.display().to_string(),
        Endpoint::Tcp { name: Some(name), .. } => name.clone(),
        Endpoint::Tcp { address, .. } => address.map_or_else(String::new, |a| a.to_string()),
    }
}

/// libpq takes a limit of one second for two.
fn connect_timeout(settings: &Settings) -> Result<Option<Duration>> {
    Ok(number(settings, "connect_timeout")?
        .and_then(|seconds| u64::try_from(seconds).ok())
        .filter(|seconds| *seconds > 0)
        .map(|seconds| Duration::from_secs(seconds.max(2))))
}

fn tcp(settings: &Settings) -> Result<Tcp> {
    let positive = |keyword| -> Result<Option<u64>> {
        Ok(number(settings, keyword)?.and_then(|n| u64::try_from(n).ok()).filter(|n| *n > 0))
    };
    Ok(Tcp {
        keepalives: number(settings, "keepalives")? != Some(0),
        idle: positive("keepalives_idle")?.map(Duration::from_secs),
        interval: positive("keepalives_interval")?.map(Duration::from_secs),
        count: positive("keepalives_count")?.and_then(|n| u32::try_from(n).ok()),
        user_timeout: positive("tcp_user_timeout")?.map(Duration::from_millis),
    })
}

fn session_attrs(settings: &Settings) -> Result<SessionAttrs> {
    let choices = [
        ("any", SessionAttrs::Any),
        ("read-write", SessionAttrs::ReadWrite),
        ("read-only", SessionAttrs::ReadOnly),
        ("primary", SessionAttrs::Primary),
        ("standby", SessionAttrs::Standby),
        ("prefer-standby", SessionAttrs::PreferStandby),
    ];
    Ok(choice(settings, "target_session_attrs", &choices)?.unwrap_or(SessionAttrs::Any))
}

fn negotiation(settings: &Settings, tls: &TlsOptions) -> Result<SslNegotiation> {
    let choices = [("postgres", SslNegotiation::Postgres), ("direct", SslNegotiation::Direct)];
    let negotiation =
        choice(settings, "sslnegotiation", &choices)?.unwrap_or(SslNegotiation::Postgres);
    if negotiation == SslNegotiation::Direct && !tls.mode.requires_tls() {
        bail!("sslnegotiation=direct needs sslmode=require, verify-ca or verify-full");
    }
    Ok(negotiation)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    fn no_env(_: &str) -> Option<String> {
        None
    }

    fn places(url: &str) -> Vec<String> {
        resolve(Some(url), &no_env).unwrap().targets.iter().map(Target::place).collect()
    }

    fn error(url: &str) -> String {
        format!("{:#}", resolve(Some(url), &no_env).unwrap_err())
    }

    #[test]
    fn hosts_and_ports_pair_up() {
        assert_eq!(
            places("postgres://u@a,b:6432,[::1]:1/d"),
            [r#"host "a", port 5432"#, r#"host "b", port 6432"#, r#"host "::1", port 1"#]
        );
        assert_eq!(
            places("postgres://u@a,b/d?port=7"),
            [r#"host "a", port 7"#, r#"host "b", port 7"#]
        );
        assert_eq!(places("postgres:///d?host=/run/x&port=7"), ["socket /run/x/.s.PGSQL.7"]);
        assert_eq!(places("postgres:///d?hostaddr=10.0.0.1"), ["address 10.0.0.1, port 5432"]);
    }

    #[test]
    fn the_database_defaults_to_the_user() {
        let params = resolve(Some("postgres://alice@h"), &no_env).unwrap();
        assert_eq!(params.database, "alice");
    }

    #[test]
    fn the_environment_alone_is_enough() {
        let env = |name: &str| {
            let value = match name {
                "PGHOST" => "db.example",
                "PGPORT" => "6432",
                "PGUSER" => "alice",
                "PGPASSWORD" => "hunter2",
                "PGCONNECT_TIMEOUT" => "1",
                _ => return None,
            };
            Some(value.to_owned())
        };
        let params = resolve(None, &env).unwrap();
        assert_eq!(params.targets[0].place(), r#"host "db.example", port 6432"#);
        assert_eq!(params.connect_timeout, Some(Duration::from_secs(2)));
        assert_eq!(params.targets[0].password.as_ref().unwrap().expose(), "hunter2");
        assert!(!format!("{params:?}").contains("hunter2"));
    }

    #[test]
    fn errors_say_what_to_do_and_show_no_value() {
        assert!(error("postgres://h:hunter2/d").contains("invalid port"));
        assert!(!error("postgres://h:hunter2/d").contains("hunter2"));
        assert!(error("postgres://a,b,c/d?port=1,2").contains("2 ports are given for 3 hosts"));
        assert!(error("postgres://h/d?sslmode=on").contains("disable, allow, prefer"));
        assert!(error("postgres://h/d?hostaddr=x").contains("invalid hostaddr"));
        assert!(error("postgres://h/d?connect_timeout=soon").contains("whole number"));
    }

    #[test]
    fn the_default_socket_is_localhost_in_a_password_file() {
        assert_eq!(passfile_host(&Endpoint::Unix("/tmp".into())), "localhost");
        assert_eq!(passfile_host(&Endpoint::Unix("/run/other".into())), "/run/other");
    }
}
