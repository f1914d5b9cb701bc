//! A signal leaves no file and no open transaction; a limit ends what takes too long.

use std::fs;
use std::process::{Child, Command, Stdio};

use pgparity_tests::{Db, programs};

use crate::server::{Call, SERVER, wait_until};

/// The number of the signal TERM.
const SIGTERM: u32 = 15;

/// Another session that holds a catalog table, so that exports of its database wait.
struct Blocker {
    db: Db<'static>,
    psql: Child,
}

impl Blocker {
    fn new(database: &str) -> Self {
        let db = SERVER.cluster.database(database);
        let psql = Command::new(programs::client("psql", SERVER.cluster.major()))
            .args(["-X", "-q", &db.url(), "-c"])
            .arg(
                "BEGIN; LOCK TABLE pg_catalog.pg_description IN ACCESS EXCLUSIVE MODE; \
                 SELECT pg_sleep(120)",
            )
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let blocker = Self { db, psql };
        blocker.wait_for_sessions("wait_event = 'PgSleep'", 1);
        blocker
    }

    fn sessions(&self, condition: &str) -> String {
        SERVER.db().value(&format!(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '{}' AND {condition}",
            self.db.name()
        ))
    }

    fn wait_for_sessions(&self, condition: &str, count: u32) {
        wait_until(condition, || self.sessions(condition) == count.to_string());
    }
}

impl Drop for Blocker {
    fn drop(&mut self) {
        SERVER.db().sql(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'",
            self.db.name()
        ));
        self.psql.wait().unwrap();
    }
}

fn send(signal: &str, child: &Child) {
    let status = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

#[test]
fn a_signal_leaves_nothing_behind() {
    for (signal, status) in [("-TERM", 143), ("-INT", 130), ("-HUP", 129)] {
        let blocker = Blocker::new("interrupted");
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("snapshot.json");
        let arguments = [
            "export",
            "--lock-timeout",
            "0",
            "--url",
            &blocker.db.url(),
            "-o",
            out.to_str().unwrap(),
        ];
        let mut call = Call::new(&arguments);
        let waiting =
            format!("application_name = '{}' AND wait_event_type = 'Lock'", call.application);
        let any = format!("application_name = '{}'", call.application);
        let child = call.command.stderr(Stdio::piped()).spawn().unwrap();
        blocker.wait_for_sessions(&waiting, 1);
        send(signal, &child);
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(status), "{stderr}");
        assert!(stderr.contains("interrupted"), "{stderr}");
        // The server ends a session just after the client is gone.
        blocker.wait_for_sessions(&any, 0);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "no file is left");
    }
}

#[test]
fn limits_end_what_takes_too_long() {
    let blocker = Blocker::new("limited");
    let export = |arguments: &[&str]| {
        let url = blocker.db.url();
        Call::new(&[&["export", "--url", &url], arguments].concat())
    };
    export(&["--lock-timeout", "200ms"]).fails("--lock-timeout");
    export(&["--lock-timeout", "0", "--statement-timeout", "200ms"]).fails("--statement-timeout");
}

#[test]
fn a_signal_while_waiting_for_input_ends_the_program() {
    let mut call = Call::new(&["diff", "-", "other.json"]);
    let mut child = call.command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Open to the end: the end of its input would end the program too.
    let input = child.stdin.take();
    wait_until("the program listens for signals", || {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        u64::from_str_radix(caught.trim(), 16).unwrap() & (1 << (SIGTERM - 1)) != 0
    });
    send("-TERM", &child);
    let output = child.wait_with_output().unwrap();
    drop(input);
    assert_eq!(output.status.code(), Some(143));
}
