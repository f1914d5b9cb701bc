//! A PostgreSQL cluster that lives as long as its handle, or as the test process.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::{Db, programs};

/// Roles and tablespaces that every cluster has, for grants, owners and policies in fixtures. They are
/// part of the cluster, so tests that share one cannot each create their own.
const ROLES: &str = r#"
CREATE ROLE app; CREATE ROLE reader; CREATE ROLE auditor; CREATE ROLE owner_a; CREATE ROLE owner_b;
CREATE ROLE "Role ""quoted"" <b>;--"; CREATE ROLE plain_login LOGIN; GRANT reader TO plain_login;
CREATE ROLE second_superuser SUPERUSER;
SET allow_in_place_tablespaces = on;
CREATE TABLESPACE fast LOCATION ''; CREATE TABLESPACE "Slow; one" LOCATION '';
"#;

/// Starts the server, waits until its standard input is closed, stops the server and removes the
/// folder (`$0`). The test process holds the other end, so the server ends with the process even
/// when that is killed and no destructor runs.
const SUPERVISOR: &str = r#"
"$@" </dev/null & server=$!
read -r _
kill -QUIT "$server"
wait "$server"
rm -rf "$0"
"#;

const START_TIMEOUT: Duration = Duration::from_mins(1);

/// A running throw-away server with the superuser `postgres`, reachable on a unix socket and on a
/// loopback port, without a password.
#[derive(Debug)]
pub struct Cluster {
    major: u32,
    port: u16,
    folder: PathBuf,
    supervisor: Child,
}

/// Runs a test on every version under test, each with the cluster that the test process shares.
pub fn each_version(test: impl Fn(&'static Cluster)) {
    for major in programs::versions() {
        test(Cluster::shared(major));
    }
}

impl Cluster {
    /// Starts a cluster of this major version.
    pub fn start(major: u32) -> Self {
        let bin = programs::server(major);
        let user = unprivileged_user();
        let folder =
            tempfile::Builder::new().prefix("pgparity-").tempdir_in(place()).unwrap().keep();
        if let Some((uid, gid)) = user {
            chown(&folder, Some(uid), Some(gid)).unwrap();
        }
        init(bin, &folder, user);

        let port = free_port();
        let mut command = Command::new("sh");
        command.args(["-c", SUPERVISOR]).arg(&folder).arg(bin.join("postgres"));
        command.arg("-D").arg(folder.join("data")).args(["-p", &port.to_string()]);
        command.arg("-k").arg(&folder).args(["-h", "127.0.0.1"]);
        for setting in [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "autovacuum=off",
            "jit=off",
            "wal_level=logical",
            "max_connections=60",
            "timezone=UTC",
        ] {
            command.args(["-c", setting]);
        }
        let log = fs::File::create(folder.join("server.log")).unwrap();
        let supervisor = as_user(&mut command, user)
            .current_dir(&folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .expect("sh runs");

        let cluster = Self { major, port, folder, supervisor };
        cluster.wait_until_ready();
        cluster.maintenance().sql(ROLES);
        cluster
    }

    /// The cluster of this version that the whole test process shares; started when first asked
    /// for, stopped when the process ends.
    pub fn shared(major: u32) -> &'static Self {
        static SHARED: Mutex<BTreeMap<u32, &'static Cluster>> = Mutex::new(BTreeMap::new());
        let mut shared = SHARED.lock().expect("the cluster started");
        shared.entry(major).or_insert_with(|| Box::leak(Box::new(Self::start(major))))
    }

    /// The server's major version.
    pub fn major(&self) -> u32 {
        self.major
    }

    /// The loopback port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The folder of the unix socket.
    pub fn socket_folder(&self) -> &Path {
        &self.folder
    }

    /// A new empty database; one of that name from before is dropped first.
    pub fn database(&self, name: &str) -> Db<'_> {
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        let maintenance = self.maintenance();
        // A database with a subscription in it cannot be dropped.
        let subscriptions = maintenance.query(&format!(
            "SELECT quote_ident(s.subname) FROM pg_subscription s JOIN pg_database d ON d.oid = \
             s.subdbid WHERE d.datname = '{}'",
            name.replace('\'', "''")
        ));
        for subscription in subscriptions.into_iter().flatten() {
            Db::new(self, name).sql(&format!(
                "ALTER SUBSCRIPTION {subscription} DISABLE;
                 ALTER SUBSCRIPTION {subscription} SET (slot_name = NONE);
                 DROP SUBSCRIPTION {subscription};"
            ));
        }
        maintenance.sql(&format!(
            "UPDATE pg_database SET datistemplate = false WHERE datname = '{}' AND datistemplate;",
            name.replace('\'', "''")
        ));
        maintenance.sql(&format!("DROP DATABASE IF EXISTS {quoted} WITH (FORCE);"));
        maintenance.sql(&format!("CREATE DATABASE {quoted} TEMPLATE template0;"));
        Db::new(self, name)
    }

    /// A database that a test made before.
    pub fn existing(&self, name: &str) -> Db<'_> {
        Db::new(self, name)
    }

    /// The database `postgres`, for statements about the cluster as a whole.
    pub fn maintenance(&self) -> Db<'_> {
        Db::new(self, "postgres")
    }

    fn wait_until_ready(&self) {
        let started = Instant::now();
        let status = self.folder.join("data/postmaster.pid");
        // The eighth line of the file holds the state of the server.
        while !fs::read_to_string(&status)
            .is_ok_and(|text| text.lines().nth(7).is_some_and(|line| line.trim() == "ready"))
        {
            assert!(
                started.elapsed() < START_TIMEOUT,
                "PostgreSQL {} did not start:\n{}",
                self.major,
                fs::read_to_string(self.folder.join("server.log")).unwrap_or_default()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        self.supervisor.wait().expect("the supervisor ends");
    }
}

/// Where clusters live: in memory where there is room, as a database is made there ten times
/// faster than on a disk.
fn place() -> PathBuf {
    const ENOUGH_KIB: u64 = 4 << 20;
    let memory = Path::new("/dev/shm");
    let output = Command::new("df").args(["-Pk"]).arg(memory).output();
    let available = output.ok().filter(|output| output.status.success()).and_then(|output| {
        let text = String::from_utf8(output.stdout).ok()?;
        text.lines().nth(1)?.split_whitespace().nth(3)?.parse::<u64>().ok()
    });
    let roomy = available.is_some_and(|kib| kib >= ENOUGH_KIB);
    if roomy && tempfile::tempfile_in(memory).is_ok() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    }
}

fn init(bin: &Path, folder: &Path, user: Option<(u32, u32)>) {
    let mut command = Command::new(bin.join("initdb"));
    command.arg("-D").arg(folder.join("data")).current_dir(folder);
    command.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
    command.args(["--no-sync", "--no-instructions"]);
    let output = as_user(&mut command, user).output().expect("initdb runs");
    assert!(
        output.status.success(),
        "{} failed: {}",
        bin.join("initdb").display(),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The user and group `postgres` when this process is root, under which a server refuses to run.
fn unprivileged_user() -> Option<(u32, u32)> {
    let root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    root.then(|| (id("-u"), id("-g")))
}

fn id(flag: &str) -> u32 {
    let output = Command::new("id").args([flag, "postgres"]).output().expect("id runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.trim().parse().unwrap_or_else(|_| {
        panic!("PostgreSQL does not run as root and there is no user `postgres`: create one")
    })
}

fn as_user(command: &mut Command, user: Option<(u32, u32)>) -> &mut Command {
    match user {
        Some((uid, gid)) => command.uid(uid).gid(gid),
        None => command,
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free loopback port");
    listener.local_addr().expect("a bound address").port()
}
