//! Runs the real `pgparity` program.

use std::env;
use std::ffi::OsStr;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use crate::database::clear_postgres_settings;
use crate::{Db, workspace};

const TIMEOUT: Duration = Duration::from_mins(2);

/// One call of the program.
#[derive(Debug)]
pub struct Pgparity {
    command: Command,
    stdin: Vec<u8>,
    limit: Duration,
}

/// How a call ended.
#[derive(Debug)]
pub struct Run {
    /// The exit status; `None` when a signal ended the program.
    pub status: Option<i32>,
    /// What it wrote to standard output.
    pub stdout: Vec<u8>,
    /// What it wrote to standard error.
    pub stderr: String,
    /// How long it ran.
    pub took: Duration,
    call: String,
}

impl Pgparity {
    /// A call with these arguments, free of the connection settings of the machine.
    pub fn new<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Self {
        let mut command = Command::new(program_under_test());
        clear_postgres_settings(&mut command);
        command.args(arguments);
        Self { command, stdin: Vec::new(), limit: TIMEOUT }
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Feeds these bytes to standard input.
    #[must_use]
    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    /// Lets it run for so long.
    #[must_use]
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Sets a variable of its environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs in this folder.
    #[must_use]
    pub fn current_dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Starts the program with its streams piped, for tests that disturb it.
    pub fn spawn(&mut self) -> Child {
        self.command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{:?} does not run: {error}", self.command))
    }

    /// Runs the program to its end.
    pub fn run(mut self) -> Run {
        let started = Instant::now();
        let mut child = self.spawn();
        let mut stdin = child.stdin.take().expect("a pipe");
        let input = std::mem::take(&mut self.stdin);
        // A program may rightly end without reading its input, so the result is not looked at.
        thread::spawn(move || stdin.write_all(&input));
        let stdout = collect(child.stdout.take().expect("a pipe"));
        let stderr = collect(child.stderr.take().expect("a pipe"));
        let status = loop {
            if let Some(status) = child.try_wait().expect("the program can be waited for") {
                break status;
            }
            if started.elapsed() > self.limit {
                child.kill().expect("the program can be killed");
                panic!("{:?} did not end within {:?}", self.command, self.limit);
            }
            thread::sleep(Duration::from_millis(2));
        };
        Run {
            status: status.code(),
            stdout: stdout.join().expect("the reader ends"),
            stderr: String::from_utf8_lossy(&stderr.join().expect("the reader ends")).into_owned(),
            took: started.elapsed(),
            call: format!("{:?}", self.command),
        }
    }

    /// Exports a database into a file.
    pub fn export(db: &Db<'_>, file: &Path) {
        Self::new(["export", "--url", &db.url(), "-o"]).args([file]).run().expect_status(0);
    }
}

impl Run {
    /// Stops the test unless the program ended with this status; gives the result back.
    #[allow(clippy::return_self_not_must_use, reason = "the check alone is often enough")]
    pub fn expect_status(self, status: i32) -> Self {
        assert!(
            self.status == Some(status),
            "expected status {status}, got {:?}\n{}\nstdout:\n{}\nstderr:\n{}",
            self.status,
            self.call,
            beginning(&String::from_utf8_lossy(&self.stdout)),
            beginning(&self.stderr)
        );
        self
    }

    /// Standard output as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.stdout).expect("the program writes UTF-8")
    }

    /// Standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.stdout)
            .unwrap_or_else(|error| panic!("{} wrote no JSON: {error}", self.call))
    }
}

/// The program under test: `PGPARITY_BIN`, else the workspace's own, built when it is not fresh.
pub fn program_under_test() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| env::var_os("PGPARITY_BIN").map_or_else(build, PathBuf::from))
}

/// Builds the program into the target folder and profile in which this test was built.
fn build() -> PathBuf {
    let profile = workspace::build_folder();
    let target = profile.parent().expect("<target>/<profile>");
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--quiet", "--package", "pgparity", "--target-dir"]).arg(target);
    if profile.ends_with("release") {
        command.arg("--release");
    }
    let status = command.current_dir(workspace::root()).status().expect("cargo runs");
    assert!(status.success(), "cargo cannot build pgparity; or name a program in PGPARITY_BIN");
    profile.join(format!("pgparity{}", env::consts::EXE_SUFFIX))
}

fn collect(mut stream: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("the program's output can be read");
        bytes
    })
}

fn beginning(text: &str) -> String {
    const LIMIT: usize = 6000;
    let mut start: String = text.chars().take(LIMIT).collect();
    if start.len() < text.len() {
        start.push_str("\n…");
    }
    start
}
