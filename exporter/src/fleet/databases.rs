//! The databases of a fleet: those that are named, and those that servers have.

use anyhow::{Context, Result, anyhow, bail};
use pgparity_core::catalog::{ExportOptions, glob_matches};
use pgparity_core::migrations::ReadMigrations;

use super::file::{DATABASE, Entry, Fleet, Settings};
use crate::archive::Environment;
use crate::connect::{self, ConnectParams};
use crate::interrupt::{Interrupt, Interrupted};
use crate::session::{Limits, Session};

/// One database of a fleet.
pub(crate) struct Database {
    /// What its snapshot is called.
    pub(crate) name: String,
    /// How to connect, or why that is not known.
    pub(crate) params: Result<ConnectParams>,
    /// What is read.
    pub(crate) options: ExportOptions,
    /// For how long.
    pub(crate) limits: Limits,
}

impl Database {
    /// The server, for counting sessions on it.
    pub(crate) fn server(&self) -> String {
        let Ok(params) = &self.params else { return String::new() };
        params.targets.iter().map(connect::Target::place).collect::<Vec<_>>().join(", ")
    }
}

/// All databases of a fleet, in the order of the file; of a server by name.
pub(crate) async fn find(
    fleet: &Fleet,
    migrations: Option<&ReadMigrations>,
    limits: Limits,
    interrupt: &Interrupt,
) -> Result<Vec<Database>> {
    let mut found: Vec<Database> = Vec::new();
    for (entry, settings) in fleet.entries() {
        let (statement, lock) = settings.timeouts();
        let limits = Limits {
            statement: statement.unwrap_or(limits.statement),
            lock: lock.unwrap_or(limits.lock),
        };
        let database = |name: String, params: Result<ConnectParams>| Database {
            options: options(&name, &settings, migrations),
            name,
            params,
            limits,
        };
        let Some(globs) = &entry.databases else {
            found.push(database(entry.name().to_owned(), params(entry, None)));
            continue;
        };
        match of_server(entry, globs, limits, interrupt).await {
            Ok(names) => found.extend(names.into_iter().map(|name| {
                let label = entry.name().replace(DATABASE, &name);
                let named = label.parse::<Environment>().map_err(|error| anyhow!(error));
                database(label, named.and_then(|_| params(entry, Some(&name))))
            })),
            Err(error) if error.is::<Interrupted>() => return Err(error),
            Err(error) => {
                let what = format!("cannot list the databases {}", globs.join(", "));
                found.push(database(entry.name().to_owned(), Err(error.context(what))));
            }
        }
    }
    twice(&mut found);
    Ok(found)
}

/// Two of one name would overwrite each other's snapshots.
fn twice(found: &mut [Database]) {
    let mut names = std::collections::BTreeSet::new();
    for database in found {
        if !names.insert(database.name.to_lowercase()) {
            database.params = Err(anyhow!(
                "another database of the fleet has this name: give one of them another, as \
                 name = \"eu-{DATABASE}\""
            ));
        }
    }
}

fn options(name: &str, settings: &Settings, migrations: Option<&ReadMigrations>) -> ExportOptions {
    ExportOptions {
        label: Some(name.to_owned()),
        schemas: settings.schemas.clone().unwrap_or_default(),
        exclude: settings.exclude.clone().unwrap_or_default(),
        roles: settings.roles.unwrap_or_default(),
        migrations: migrations.cloned(),
    }
}

fn params(entry: &Entry, database: Option<&str>) -> Result<ConnectParams> {
    let env = |name: &str| std::env::var(name).ok();
    let url = match (&entry.url, &entry.url_env) {
        (Some(url), _) => Some(url.clone()),
        (None, Some(name)) => match env(name).filter(|url| !url.is_empty()) {
            Some(url) => Some(url),
            None => bail!("the variable {name}, which should hold its URL, is not set"),
        },
        (None, None) => None,
    };
    let service = entry.service.as_deref().map(|service| ("service", service));
    let chosen: Vec<_> = service.into_iter().chain(database.map(|name| ("dbname", name))).collect();
    connect::resolve_with(url.as_deref(), &chosen, &env)
}

/// The databases of a server that globs choose; no templates, and none that takes no connections.
async fn of_server(
    entry: &Entry,
    globs: &[String],
    limits: Limits,
    interrupt: &Interrupt,
) -> Result<Vec<String>> {
    const NAMES: &str = "SELECT datname FROM pg_catalog.pg_database WHERE datallowconn AND NOT \
                         datistemplate ORDER BY datname COLLATE \"C\"";
    let params = params(entry, None)?;
    let connected = interrupt.clone().or(connect::connect(&params)).await?;
    let mut session = Session::new(connected, interrupt.clone(), limits);
    let read = async {
        session.begin().await?;
        session.rows(NAMES).await
    };
    let rows = read.await;
    let rows = match rows {
        Ok(rows) => {
            session.close().await;
            rows
        }
        Err(error) => {
            session.abort().await;
            return Err(error);
        }
    };
    let any = |globs: &[String], name: &str| globs.iter().any(|glob| glob_matches(glob, name));
    let names: Vec<String> = rows
        .iter()
        .filter_map(|row| row.get(0))
        .filter(|name| any(globs, name) && !any(&entry.exclude_databases, name))
        .map(str::to_owned)
        .collect();
    if names.is_empty() {
        return Err(anyhow!("the server has none")).context("no database");
    }
    Ok(names)
}
