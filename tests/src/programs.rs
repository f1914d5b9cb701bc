//! Finds PostgreSQL servers and client programs on this machine.
//!
//! Folders are searched in this order: those in `PGPARITY_PG_DIRS` (separated as in `PATH`),
//! `.tools/postgresql/*/bin` of the workspace, `/usr/lib/postgresql/*/bin`, then `PATH`.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::workspace;

/// The versions that the tests run on when `PGPARITY_TEST_VERSIONS` does not name others: the
/// oldest and the newest of those usually at hand.
const USUAL: [u32; 2] = [15, 18];

/// The major versions to test on.
///
/// `PGPARITY_TEST_VERSIONS` (`15,18`) demands versions: one without a server is an error, so that
/// a run meant for several cannot pass on one.
pub fn versions() -> Vec<u32> {
    let servers = servers();
    let versions: Vec<u32> = match env::var("PGPARITY_TEST_VERSIONS") {
        Ok(list) => list
            .split(',')
            .map(|item| {
                item.trim().parse().unwrap_or_else(|_| {
                    panic!("PGPARITY_TEST_VERSIONS: {item:?} is no major version, write e.g. 15,18")
                })
            })
            .collect(),
        Err(_) => USUAL.into_iter().filter(|major| servers.contains_key(major)).collect(),
    };
    assert!(
        !versions.is_empty(),
        "no PostgreSQL server of {USUAL:?} found: install one or name its folder in PGPARITY_PG_DIRS"
    );
    for major in &versions {
        assert!(
            servers.contains_key(major),
            "no PostgreSQL {major} server found: install it, or name its folder in PGPARITY_PG_DIRS"
        );
    }
    versions
}

/// The folder of the server programs of a major version.
pub fn server(major: u32) -> &'static Path {
    servers().get(&major).unwrap_or_else(|| {
        panic!("no PostgreSQL {major} server found: name its folder in PGPARITY_PG_DIRS")
    })
}

/// A client program that can talk to a server of this version: of the same version when there is
/// one, else the next newer (`pg_dump` refuses servers newer than itself).
pub fn client(program: &str, major: u32) -> PathBuf {
    client_for(program, major).1
}

/// The major version of the program that [`client`] finds.
pub fn client_major(program: &str, major: u32) -> u32 {
    client_for(program, major).0
}

fn client_for(program: &str, major: u32) -> (u32, PathBuf) {
    let clients = clients(program);
    let found = clients.iter().find(|(version, _)| *version >= major);
    found.cloned().unwrap_or_else(|| {
        panic!(
            "no {program} of PostgreSQL {major} or newer found: name its folder in PGPARITY_PG_DIRS"
        )
    })
}

/// Major versions and paths of the programs of one name.
type Clients = Arc<[(u32, PathBuf)]>;

/// The programs of a name, the oldest first. Each is asked for its version once: there are thousands
/// of calls, and some of the programs are scripts that take longer to answer than what is asked of
/// them.
fn clients(program: &str) -> Clients {
    static CLIENTS: Mutex<BTreeMap<String, Clients>> = Mutex::new(BTreeMap::new());
    let mut clients = CLIENTS.lock().unwrap_or_else(PoisonError::into_inner);
    let find = || {
        let paths = folders().into_iter().map(|folder| folder.join(program));
        let mut found: Vec<(u32, PathBuf)> =
            paths.filter_map(|path| Some((version(&path)?, path))).collect();
        found.sort_by_key(|(version, _)| *version);
        found.into()
    };
    Arc::clone(clients.entry(program.to_owned()).or_insert_with(find))
}

fn servers() -> &'static BTreeMap<u32, PathBuf> {
    static SERVERS: OnceLock<BTreeMap<u32, PathBuf>> = OnceLock::new();
    SERVERS.get_or_init(|| {
        let mut servers = BTreeMap::new();
        for folder in folders() {
            if folder.join("initdb").is_file()
                && let Some(major) = version(&folder.join("postgres"))
            {
                servers.entry(major).or_insert(folder);
            }
        }
        servers
    })
}

fn folders() -> Vec<PathBuf> {
    let mut folders = path_list("PGPARITY_PG_DIRS");
    folders.extend(bin_folders(&workspace::root().join(".tools/postgresql")));
    folders.extend(bin_folders(Path::new("/usr/lib/postgresql")));
    folders.extend(path_list("PATH"));
    folders
}

fn path_list(variable: &str) -> Vec<PathBuf> {
    env::var_os(variable).map(|list| env::split_paths(&list).collect()).unwrap_or_default()
}

/// `*/bin` under a folder; nothing when there is no such folder.
fn bin_folders(parent: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else {
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.expect("a readable folder").path().join("bin")).collect();
    folders.sort();
    folders
}

/// The major version that `program --version` tells: `postgres (PostgreSQL) 15.18 (Debian …)`.
fn version(program: &Path) -> Option<u32> {
    if !program.is_file() {
        return None;
    }
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let number = text.split("(PostgreSQL) ").nth(1)?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
