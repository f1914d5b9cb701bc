//! A cluster with TLS, with roles that need passwords, and a log that tells how each connection
//! was made.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use pgparity_tests::{Cluster, Db, programs};
use tempfile::TempDir;

use crate::certificates::Authority;

/// The password of the role `alice`.
pub(crate) const PASSWORD: &str = "hunter2 'q\\x";
/// The same in a URL.
pub(crate) const PASSWORD_IN_URL: &str = "hunter2%20%27q%5Cx";

/// The server that all tests share.
pub(crate) static SERVER: LazyLock<Server> = LazyLock::new(Server::start);

/// The first line that fits decides. `alice` needs a password; `tls_only` and `plain_only` may
/// come one way only, `with_certificate` needs a client certificate.
const HBA: &str = "
local   all alice                       scram-sha-256
hostssl all with_certificate 127.0.0.1/32 cert
hostnossl all tls_only       127.0.0.1/32 reject
hostssl all plain_only       127.0.0.1/32 reject
host    all alice            127.0.0.1/32 scram-sha-256
local   all all                         trust
host    all all              127.0.0.1/32 trust
";

/// A running server and its certificate authority.
pub(crate) struct Server {
    pub(crate) cluster: Cluster,
    pub(crate) authority: Authority,
}

impl Server {
    fn start() -> Self {
        let cluster = Cluster::start(programs::versions()[0]);
        let data = cluster.socket_folder().join("data");
        let authority = Authority::new("pgparity test authority");
        let db = cluster.maintenance();
        let password = PASSWORD.replace('\'', "''");
        db.sql(&format!(
            "CREATE ROLE alice LOGIN PASSWORD '{password}'; CREATE ROLE tls_only LOGIN;
             CREATE ROLE plain_only LOGIN; CREATE ROLE with_certificate LOGIN;"
        ));
        fs::write(data.join("pg_hba.conf"), HBA).unwrap();
        let settings = [
            ("log_connections", "on"),
            ("ssl_ca_file", "ca.crt"),
            ("ssl_cert_file", "server.crt"),
            ("ssl_key_file", "server.key"),
            ("ssl", "on"),
        ];
        let server = Self { cluster, authority };
        install(&data, "ca.crt", &server.authority.certificate);
        server.use_certificate(&server.authority.issue(
            "server",
            "localhost",
            "DNS:localhost,IP:127.0.0.1",
        ));
        for (name, value) in settings {
            server.db().sql(&format!("ALTER SYSTEM SET {name} = '{value}'"));
        }
        server.reload();
        server
    }

    /// A handle on the maintenance database.
    pub(crate) fn db(&self) -> Db<'_> {
        self.cluster.maintenance()
    }

    /// `postgres://` up to the `?`, over loopback, as this role.
    pub(crate) fn url(&self, role: &str) -> String {
        format!("postgres://{role}@127.0.0.1:{}/postgres?", self.cluster.port())
    }

    /// Puts a certificate and its key in place; `reload` makes the server use them.
    pub(crate) fn use_certificate(&self, (certificate, key): &(PathBuf, PathBuf)) {
        let data = self.cluster.socket_folder().join("data");
        install(&data, "server.crt", certificate);
        install(&data, "server.key", key);
    }

    /// Makes the server read its configuration, and waits until it has.
    pub(crate) fn reload(&self) {
        let before = self.log().matches("reloading configuration files").count();
        self.db().sql("SELECT pg_reload_conf()");
        wait_until("the server reloads its configuration", || {
            self.log().matches("reloading configuration files").count() > before
        });
        // The log line comes before the work; a new connection sees what came after it.
        thread::sleep(Duration::from_millis(300));
    }

    fn log(&self) -> String {
        fs::read_to_string(self.cluster.socket_folder().join("server.log")).unwrap()
    }

    /// How the connection with this application name was made: `Some(true)` with TLS.
    pub(crate) fn used_tls(&self, application: &str) -> Option<bool> {
        let log = self.log();
        let marker = format!("application_name={application}");
        let line = log.lines().rfind(|line| {
            line.contains("connection authorized") && line.split(' ').any(|word| word == marker)
        })?;
        Some(line.contains("SSL enabled"))
    }
}

fn install(data: &Path, name: &str, file: &Path) {
    let target = data.join(name);
    fs::copy(file, &target).unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
    let owner = fs::metadata(data).unwrap();
    chown(&target, Some(owner.uid()), Some(owner.gid())).unwrap();
}

/// Waits for something that must happen soon.
pub(crate) fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let started = Instant::now();
    while !done() {
        assert!(started.elapsed() < Duration::from_secs(20), "waited in vain: {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// One call of the program, with a home of its own and nothing of this machine's settings.
pub(crate) struct Call {
    pub(crate) command: Command,
    pub(crate) home: TempDir,
    /// The application name that the server logs.
    pub(crate) application: String,
}

impl Call {
    pub(crate) fn new(arguments: &[&str]) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let application = format!("call_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let home = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_pgparity"));
        command.env_clear().env("HOME", home.path()).env("PGAPPNAME", &application);
        command.args(arguments);
        Self { command, home, application }
    }

    pub(crate) fn export(url: &str) -> Self {
        Self::new(&["export", "--url", url])
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Writes a file under the home folder that only its owner may read.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        self
    }

    pub(crate) fn run(&mut self) -> Output {
        self.command.output().unwrap()
    }

    /// Must succeed; says whether TLS was used.
    pub(crate) fn succeeds(mut self) -> bool {
        let output = self.run();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{:?}: {stderr}", self.command);
        SERVER.used_tls(&self.application).expect("the server logged the connection")
    }

    /// Must end with status 2 and a message that holds this text; returns the message.
    pub(crate) fn fails(mut self, hint: &str) -> String {
        let output = self.run();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{:?}: {stderr}", self.command);
        assert!(stderr.contains(hint), "{hint:?} should be in: {stderr}");
        assert!(output.stdout.is_empty(), "{:?}", self.command);
        stderr
    }
}
