//! A database of a throw-away cluster, worked through `psql` and `pg_dump`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;

use crate::{Cluster, dump, programs};

/// Field and record separators of `query`: control characters that no fixture uses.
const FIELD: char = '\u{1f}';
const RECORD: char = '\u{1e}';

/// A handle on one database. Dropping the handle leaves the database: it goes with its cluster.
#[derive(Debug, Clone)]
pub struct Db<'c> {
    cluster: &'c Cluster,
    name: String,
}

impl<'c> Db<'c> {
    pub(crate) fn new(cluster: &'c Cluster, name: &str) -> Self {
        Self { cluster, name: name.to_owned() }
    }

    /// The cluster that it lives in.
    pub fn cluster(&self) -> &'c Cluster {
        self.cluster
    }

    /// The name of the database.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The connection string, over loopback TCP as the superuser.
    pub fn url(&self) -> String {
        self.url_as("postgres")
    }

    /// The connection string of another role.
    pub fn url_as(&self, role: &str) -> String {
        let name = percent_encoded(&self.name);
        format!("postgres://{}@127.0.0.1:{}/{name}", percent_encoded(role), self.cluster.port())
    }

    /// Runs SQL text; the first error stops the test.
    pub fn sql(&self, text: &str) {
        self.expect_success(&self.try_sql(text), text);
    }

    /// Runs SQL text and returns how psql ended.
    pub fn try_sql(&self, text: &str) -> Output {
        run(self.psql().args(["-f", "-"]), text)
    }

    /// Runs a file as its readers would: `psql -X -v ON_ERROR_STOP=1 -f FILE`.
    pub fn file(&self, path: impl AsRef<Path>) {
        let path = path.as_ref();
        self.expect_success(&self.try_file(path), &path.display().to_string());
    }

    /// Runs a file and returns how psql ended.
    pub fn try_file(&self, path: impl AsRef<Path>) -> Output {
        run(self.psql().arg("-f").arg(path.as_ref()), "")
    }

    /// The rows of a query, as text; NULL is the empty string.
    pub fn query(&self, text: &str) -> Vec<Vec<String>> {
        let mut psql = self.psql();
        psql.args(["-At", "-F", &FIELD.to_string(), "-R", &RECORD.to_string()]);
        let output = run(psql.args(["-f", "-"]), text);
        self.expect_success(&output, text);
        let text = String::from_utf8(output.stdout).expect("psql writes UTF-8");
        let text = text.strip_suffix('\n').unwrap_or(&text);
        if text.is_empty() {
            return Vec::new();
        }
        text.split(RECORD).map(|row| row.split(FIELD).map(str::to_owned).collect()).collect()
    }

    /// The first field of the first row of a query.
    pub fn value(&self, text: &str) -> String {
        let rows = self.query(text);
        rows.into_iter().flatten().next().unwrap_or_else(|| panic!("no row: {text}"))
    }

    /// `pg_dump --schema-only` of the database.
    pub fn pg_dump(&self) -> String {
        let mut command = self.program("pg_dump");
        let output = run(command.arg("--schema-only"), "");
        self.expect_success(&output, "pg_dump");
        String::from_utf8(output.stdout).expect("pg_dump writes UTF-8")
    }

    /// Where a dump of this database can be restored: servers older than `pg_dump` do not take all
    /// that it writes.
    pub fn restoring_cluster(&self) -> &'c Cluster {
        let major = programs::client_major("pg_dump", self.cluster.major());
        if major == self.cluster.major() { self.cluster } else { Cluster::shared(major) }
    }

    /// A copy by way of a dump; `side` tells copies of one database apart.
    #[must_use]
    pub fn restored(&self, side: &str) -> Db<'c> {
        let copy = self.restoring_cluster().database(&format!("{}_restored_{side}", self.name));
        copy.sql(&self.pg_dump());
        copy
    }

    /// The dump as a sorted list of statements, free of what has no meaning for the schema.
    pub fn schema(&self) -> Vec<String> {
        dump::schema_statements(&self.pg_dump())
    }

    /// Tells how the schemas of two databases differ by their dumps, `None` when they are equal.
    ///
    /// PostgreSQL spells some expressions in another way after a restore. So when the dumps
    /// differ, both are restored and dumped once more before they count as different.
    pub fn schema_difference(&self, other: &Db<'_>) -> Option<String> {
        let (left, right) = (self.schema(), other.schema());
        let once = dump::difference(&left, &right)?;
        let (left, right) = (self.restored("left").schema(), other.restored("right").schema());
        dump::difference(&left, &right).map(|twice| {
            let mut text = once;
            write!(text, "\nand after a restore of both:\n{twice}").unwrap();
            text
        })
    }

    fn psql(&self) -> Command {
        let mut command = self.program("psql");
        command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1"]);
        command
    }

    /// A client program bound to this database, free of settings of the machine.
    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(programs::client(name, self.cluster.major()));
        clear_postgres_settings(&mut command);
        command.env("PGHOST", self.cluster.socket_folder());
        command.env("PGPORT", self.cluster.port().to_string());
        command.env("PGUSER", "postgres").env("PGDATABASE", &self.name);
        command.env("PGCLIENTENCODING", "UTF8").env("PGOPTIONS", "-c client_min_messages=warning");
        command
    }

    fn expect_success(&self, output: &Output, what: &str) {
        assert!(
            output.status.success(),
            "{} ({}): {}\nwhile running:\n{}",
            self.name,
            self.cluster.major(),
            String::from_utf8_lossy(&output.stderr),
            shortened(what)
        );
    }
}

/// Removes every variable through which a machine could redirect a connection.
pub(crate) fn clear_postgres_settings(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("PG") && !text.starts_with("PGPARITY_") || text == "DATABASE_URL" {
            command.env_remove(&name);
        }
    }
}

/// Feeds standard input from a thread, so that a program that writes much cannot block on it.
fn run(command: &mut Command, input: &str) -> Output {
    let program = command.get_program().to_owned();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{} does not run: {error}", program.display()));
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.as_bytes().to_vec();
    let feeder = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the program ends");
    // A program that stops at an error closes its input early: its status tells.
    if output.status.success() {
        feeder.join().expect("the feeder ends").expect("the program reads its input");
    }
    output
}

fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"_-.".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").unwrap();
        }
        encoded
    })
}

fn shortened(text: &str) -> String {
    const LIMIT: usize = 4000;
    let mut start: String = text.chars().take(LIMIT).collect();
    if start.len() < text.len() {
        start.push_str("\n…");
    }
    start
}
