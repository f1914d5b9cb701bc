//! Where the server and the password are found, and that nothing of them is shown.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::server::{Call, PASSWORD, PASSWORD_IN_URL, SERVER};

fn pgpass(port: u16, host: &str) -> String {
    let password = PASSWORD.replace('\\', r"\\");
    format!("# comment\n{host}:{port}:other:alice:wrong\n{host}:{port}:*:alice:{password}\n")
}

#[test]
fn a_password_from_every_place() {
    let port = SERVER.cluster.port();
    let url = SERVER.url("alice");
    let with_password = format!("postgres://alice:{PASSWORD_IN_URL}@127.0.0.1:{port}/postgres");
    Call::export(&with_password).succeeds();
    Call::export(&url).env("PGPASSWORD", PASSWORD).succeeds();
    Call::export(&url).file(".pgpass", pgpass(port, "127.0.0.1")).succeeds();
    let other = Call::export(&url).file("elsewhere", pgpass(port, "127.0.0.1"));
    let path = other.home.path().join("elsewhere");
    other.env("PGPASSFILE", path).succeeds();
    Call::new(&["export"]).env("DATABASE_URL", with_password).succeeds();
}

#[test]
fn the_socket_needs_its_own_line_in_the_password_file() {
    let (port, folder) = (SERVER.cluster.port(), SERVER.cluster.socket_folder().display());
    let url = format!("postgres:///postgres?host={folder}&port={port}&user=alice");
    Call::export(&url).file(".pgpass", pgpass(port, &folder.to_string())).succeeds();
    Call::export(&url).file(".pgpass", pgpass(port, "localhost")).fails("password");
}

#[test]
fn a_password_file_that_others_may_read_is_not_used() {
    let call = Call::export(&SERVER.url("alice"))
        .file(".pgpass", pgpass(SERVER.cluster.port(), "127.0.0.1"));
    let path = call.home.path().join(".pgpass");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let told = call.fails("group or world access");
    assert!(told.contains("PGPASSWORD"), "it says where a password can come from: {told}");
}

#[test]
fn a_service_file_gives_what_the_url_does_not() {
    let port = SERVER.cluster.port();
    let password = PASSWORD;
    let services = format!(
        "[mine]\nhost=127.0.0.1\nport={port}\nuser=alice\ndbname=no_such\npassword={password}\n"
    );
    Call::export("postgres:///postgres?service=mine")
        .file(".pg_service.conf", &services)
        .succeeds();
    Call::new(&["export"])
        .env("PGSERVICE", "mine")
        .env("PGDATABASE", "postgres")
        .file(".pg_service.conf", &services)
        .fails("no_such");
    Call::export("postgres:///?service=missing")
        .file(".pg_service.conf", &services)
        .fails("\"missing\" not found");
}

#[test]
fn the_variables_of_libpq() {
    let port = SERVER.cluster.port().to_string();
    let call = || {
        Call::new(&["export"])
            .env("PGPORT", &port)
            .env("PGDATABASE", "postgres")
            .env("PGUSER", "postgres")
    };
    assert!(call().env("PGHOST", "localhost").succeeds(), "TLS is preferred");
    assert!(!call().env("PGHOST", SERVER.cluster.socket_folder()).succeeds(), "not on a socket");
    assert!(!call().env("PGHOSTADDR", "127.0.0.1").env("PGSSLMODE", "disable").succeeds());
    call()
        .env("PGHOST", "localhost")
        .env("PGOPTIONS", "-c statement_timeout=soon")
        .fails("statement_timeout");
}

#[test]
fn the_next_host_is_tried_when_one_does_not_answer() {
    let port = SERVER.cluster.port();
    let hosts = |list: &str, rest: &str| {
        Call::export(&format!("postgres://postgres@{list}/postgres{rest}"))
    };
    hosts(&format!("127.0.0.1:1,127.0.0.1:{port}"), "").succeeds();
    hosts(&format!("no-such-host.invalid:1,127.0.0.1:{port}"), "?target_session_attrs=primary")
        .succeeds();
    let told = hosts(&format!("127.0.0.1:1,127.0.0.1:{port}"), "?target_session_attrs=standby")
        .fails("not in hot standby");
    assert!(told.contains("port 1") && told.contains("refused"), "every reason is told: {told}");
    hosts(&format!("127.0.0.1:1,127.0.0.1:{port}"), "?target_session_attrs=prefer-standby")
        .succeeds();
    // A server that says no ends the search.
    let url = format!("postgres://nobody:x@127.0.0.1:{port},127.0.0.1:1/postgres");
    let told = Call::export(&url).fails("nobody");
    assert!(!told.contains("port 1:"), "{told}");
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let silent = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = silent.local_addr().unwrap().port();
    Call::export(&format!("postgres://u@127.0.0.1:{port}/d?connect_timeout=2"))
        .fails("connect_timeout");
}

#[test]
fn nothing_shows_a_password_or_a_url() {
    let port = SERVER.cluster.port();
    let urls = [
        format!("postgres://alice:{PASSWORD_IN_URL}@127.0.0.1:{port}/postgres"),
        format!("postgres://alice:{PASSWORD_IN_URL}@127.0.0.1:{port}/no_such"),
        "postgres://postgres:wrong-hunter2@127.0.0.1:1/postgres".to_owned(),
        format!("postgres://alice:wrong-hunter2@127.0.0.1:{port}/postgres"),
        format!("postgres://alice:hunter2@x/y@127.0.0.1:{port}/postgres"),
        format!("postgres://alice:hunter2/y@127.0.0.1:{port}/postgres"),
        format!("postgress://alice:hunter2@127.0.0.1:{port}/postgres"),
        format!("host=127.0.0.1 port={port} user=alice password=hunter2 dbname=postgres"),
        format!("host=127.0.0.1 port={port} password='hunter2"),
    ];
    for url in &urls {
        for arguments in [
            &["export", "--url", url, "-vvv"][..],
            &["export", url],
            &["export", "--urll", url],
            &[&format!("--url={url}")],
            &["diff", "a.json", url],
            &["diff", url, "a.json", "b.json"],
            &["plan", url, "--allow", url],
            &["plan", url, "--mode", url],
        ] {
            let call = Call::new(arguments).env("DATABASE_URL", url).env("RUST_LOG", "trace");
            let output = call.env("RUST_BACKTRACE", "full").run();
            for shown in [output.stdout, output.stderr] {
                let shown = String::from_utf8_lossy(&shown).into_owned();
                assert!(!shown.contains("hunter2"), "{arguments:?}: {shown}");
                assert!(!shown.contains(&format!("@127.0.0.1:{port}")), "{arguments:?}: {shown}");
            }
        }
    }
}
