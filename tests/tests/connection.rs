//! How a database is found, and that its password is never shown.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::net::TcpListener;
use std::panic::{self, AssertUnwindSafe};
use std::thread;
use std::time::{Duration, Instant};

use pgparity_tests::{Bench, Cluster, Db, Pgparity, Run, programs, workspace};

const SECRET: &str = "s3cr3t/&%W0rd";
const SECRET_IN_URL: &str = "s3cr3t%2F%26%25W0rd";

fn database(name: &str) -> Db<'static> {
    let db = Cluster::shared(programs::versions()[0]).database(name);
    db.sql("CREATE TABLE t (id integer)");
    db
}

fn expect_database(run: Run, name: &str) {
    assert_eq!(run.expect_status(0).json()["source"]["database"], name);
}

fn expect_no_secret(run: &Run) {
    for shown in [&String::from_utf8_lossy(&run.stdout), run.stderr.as_str()] {
        for form in [SECRET, SECRET_IN_URL, "s3cr3t", "W0rd"] {
            assert!(!shown.contains(form), "the password is shown: {shown}");
        }
    }
}

#[test]
fn an_argument_beats_the_environment() {
    let (one, two, three) = (database("beats_one"), database("beats_two"), database("beats_three"));
    let cluster = one.cluster();
    let export = |arguments: &[&str], url: Option<&str>| {
        let mut run = Pgparity::new(["export"])
            .args(arguments)
            .env("PGHOST", cluster.socket_folder())
            .env("PGPORT", cluster.port().to_string())
            .env("PGUSER", "postgres")
            .env("PGDATABASE", three.name());
        if let Some(url) = url {
            run = run.env("DATABASE_URL", url);
        }
        run.run()
    };
    expect_database(export(&["--url", &one.url()], Some(&two.url())), "beats_one");
    expect_database(export(&[], Some(&two.url())), "beats_two");
    expect_database(export(&[], None), "beats_three");
}

#[test]
fn a_service_file_names_a_database() {
    let (bench, db) = (Bench::new(), database("service"));
    let port = db.cluster().port();
    let content = format!("[mine]\nhost=127.0.0.1\nport={port}\nuser=postgres\ndbname=service\n");
    let file = bench.write("services.conf", content);
    let run = Pgparity::new(["export"]).env("PGSERVICEFILE", file).env("PGSERVICE", "mine").run();
    expect_database(run, "service");
}

#[test]
fn forms_of_a_connection_string() {
    let db = database("forms");
    let (port, socket) = (db.cluster().port(), db.cluster().socket_folder().display().to_string());
    let encoded = socket.replace('/', "%2F");
    for url in [
        format!("postgres://postgres@127.0.0.1:{port}/forms"),
        format!("postgresql://postgres@localhost:{port}/forms?application_name=x"),
        format!("postgresql:///forms?host={socket}&port={port}&user=postgres"),
        format!("postgresql://postgres@{encoded}:{port}/forms"),
        format!("host={socket} port={port} user=postgres dbname='forms'"),
        format!("postgres://postgres@127.0.0.1:{port}/forms?sslmode=disable"),
        format!("postgres://postgres@127.0.0.1:{port}/forms?sslmode=prefer"),
    ] {
        expect_database(Pgparity::new(["export", "--url", &url]).run(), "forms");
    }
}

#[test]
fn encryption_that_the_server_lacks_is_an_error() {
    let db = database("encryption");
    for mode in ["require", "verify-ca", "verify-full"] {
        let url = format!("{}?sslmode={mode}", db.url());
        let run = Pgparity::new(["export", "--url", &url]).run().expect_status(2);
        let told = run.stderr.to_lowercase();
        assert!(told.contains("tls") || told.contains("ssl"), "{}", run.stderr);
    }
    let url = format!("{}?sslmode=sometimes", db.url());
    let run = Pgparity::new(["export", "--url", &url]).run().expect_status(2);
    assert!(run.stderr.contains("sometimes"), "{}", run.stderr);
}

#[test]
fn failures_say_what_and_where() {
    let db = database("failures");
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let port = db.cluster().port();
    for (url, hint) in [
        (format!("postgres://postgres@127.0.0.1:{free}/x"), "127.0.0.1"),
        (format!("postgres://postgres@127.0.0.1:{port}/no_such_database"), "no_such_database"),
        (format!("postgres://no_such_role@127.0.0.1:{port}/failures"), "no_such_role"),
        ("postgres://postgres@no-such-host.invalid/x".to_owned(), "no-such-host.invalid"),
        (format!("postgres://postgres@127.0.0.1:{port}/failures?no_such_key=1"), "no_such_key"),
    ] {
        let run = Pgparity::new(["export", "--url", &url]).run().expect_status(2);
        assert!(run.stderr.contains(hint), "{hint} should be in: {}", run.stderr);
        assert!(run.stdout.is_empty() && !run.stderr.contains("panicked"));
    }
}

#[test]
fn a_password_is_never_shown() {
    let db = database("secret");
    let port = db.cluster().port();
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let with = |rest: &str| format!("postgres://postgres:{SECRET_IN_URL}@{rest}");
    let urls = [
        with(&format!("127.0.0.1:{port}/secret")),
        with(&format!("127.0.0.1:{port}/no_such_database")),
        with(&format!("127.0.0.1:{free}/secret")),
        with(&format!("127.0.0.1:{port}/secret?sslmode=require")),
        with("127.0.0.1:notaport/secret"),
        with("[::1/secret"),
        with("no-such-host.invalid/secret"),
        format!("postgres://postgres@127.0.0.1:{port}/nothing?password={SECRET_IN_URL}"),
        format!("host=127.0.0.1 port={port} user=postgres dbname=secret password='{SECRET}'"),
        format!("host=127.0.0.1 port={port} bad bad password='{SECRET}'"),
        format!("postgress://postgres:{SECRET_IN_URL}@127.0.0.1:{port}/secret"),
    ];
    for url in &urls {
        for arguments in [
            &["export", "--url", url][..],
            &["diff", url, url],
            &["plan", "missing.json", url],
            &["plan", url, "missing.json"],
        ] {
            let run = Pgparity::new(arguments).env("RUST_LOG", "trace").run();
            expect_no_secret(&run);
            let verbose = Pgparity::new(arguments).args(["-vvv"]).run();
            expect_no_secret(&verbose);
        }
        let run = Pgparity::new(["export"]).env("DATABASE_URL", url).env("RUST_BACKTRACE", "1");
        expect_no_secret(&run.run());
    }
    let run = Pgparity::new(["export", "--url", &db.url()]).env("PGPASSWORD", SECRET).run();
    expect_no_secret(&run.expect_status(0));
    let help = Pgparity::new(["export", "--help"]).env("DATABASE_URL", &urls[0]).run();
    expect_no_secret(&help.expect_status(0));
}

#[test]
fn secrets_of_the_database_stay_in_it() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let (bench, db) = (Bench::new(), cluster.database("secrets"));
    db.file(workspace::tests("fixtures/secrets.sql"));
    let read = |name: &str| {
        let path = bench.path(name);
        let run = Pgparity::new(["export", "--url", &db.url(), "--roles", "-o"]).args([&path]);
        run.run().expect_status(0);
        (fs::read_to_string(&path).expect("a snapshot"), path)
    };
    let (text, before) = read("before.json");
    assert!(!text.contains("hunter2"), "a secret is shown");
    // A change shows all the same, and asks for the secret by a step that is not in the script.
    db.sql("ALTER USER MAPPING FOR app SERVER server OPTIONS (SET password 'hunter3');");
    let (text, after) = read("after.json");
    assert!(!text.contains("hunter"), "a secret is shown");
    let run = Pgparity::new(["diff"]).args([&before, &after]).run().expect_status(1);
    assert!(run.text().contains("server.app"), "the mapping drifts: {}", run.text());
    let run = Pgparity::new(["plan"]).args([&before, &after]).run().expect_status(3);
    let script = run.text();
    assert!(
        script.contains("SECRET") && script.contains("ALTER USER MAPPING FOR app SERVER server")
    );
    assert!(!script.contains("hunter"), "a secret is shown");
}

/// A role that may not see the options of user mappings says so, instead of reading that there are
/// none.
#[test]
fn hidden_options_are_told() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let db = cluster.database("hidden_options");
    db.file(workspace::tests("fixtures/secrets.sql"));
    let told = |role: &str| {
        let run = Pgparity::new(["export", "--url", &db.url_as(role)]).run().expect_status(0);
        run.json()["source"]["not_read"].to_string()
    };
    assert_eq!(told("postgres"), "null");
    assert!(
        told("plain_login").contains("options of the user mapping of app on the server server")
    );
}

#[test]
fn what_is_not_described_is_named() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let db = cluster.database("beyond_named");
    db.file(workspace::tests("fixtures/beyond.sql"));
    let run = Pgparity::new(["export", "--url", &db.url()]).run().expect_status(0);
    let snapshot = run.json();
    let named: Vec<&str> = snapshot["unmodelled"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|object| object["name"].as_str().expect("each has a name"))
        .collect();
    let described = snapshot["objects"].to_string();
    let name = "integer_ops";
    let found = named.iter().any(|object| object.contains(name))
        || described.contains(&format!("\"name\":\"{name}\""));
    assert!(found, "{name} is neither described nor named in {named:?}");
}

/// A database with much to read is read by two sessions of one instant. Where the second is refused,
/// one does it all, and nobody is told who did not ask.
#[test]
fn a_second_session_is_welcome_and_not_needed() {
    const ALONE: &str = "reading in one session";
    let cluster = Cluster::shared(programs::versions()[0]);
    let db = cluster.database("much_to_read");
    db.sql(
        "DO $$ BEGIN FOR i IN 1..400 LOOP EXECUTE format('CREATE TABLE t%s (%s)', i, (SELECT \
         string_agg(format('c%s text', n), ', ') FROM generate_series(1, 20) n)); END LOOP; END $$; \
         CREATE VIEW v AS SELECT c1 FROM t1; CREATE INDEX ON t2 (c2); \
         DROP ROLE IF EXISTS single_session; CREATE ROLE single_session LOGIN CONNECTION LIMIT 1;",
    );
    let export = |role: &str, more: &[&str]| {
        let url = db.url_as(role);
        Pgparity::new(["export", "--url", &url]).args(more).run().expect_status(0)
    };
    let objects = |run: &Run| {
        let snapshot = run.json();
        (
            snapshot["fingerprint"].clone(),
            snapshot["objects"].clone(),
            snapshot["statistics"].clone(),
        )
    };
    let (two, one) = (export("postgres", &["-vv"]), export("single_session", &["-vv"]));
    assert!(!two.stderr.contains(ALONE), "{}", two.stderr);
    assert!(one.stderr.contains(ALONE), "{}", one.stderr);
    assert_eq!(objects(&two), objects(&one));
    let quiet = export("single_session", &[]);
    assert!(!quiet.stderr.contains("session"), "{}", quiet.stderr);
}

/// A table that a migration holds is no reason to wait for what its name, columns and size are. What
/// the server spells, as expressions and views, waits for the lock; the end of the patience says so.
#[test]
fn a_table_that_is_held_is_described() {
    const HOLDER: &str = "application_name = 'the holder' AND state = 'active'";
    let cluster = Cluster::shared(programs::versions()[0]);
    let db = cluster.database("held");
    db.sql(
        "CREATE TABLE held (a integer PRIMARY KEY, b text); \
         INSERT INTO held VALUES (1); CREATE TABLE free (a integer REFERENCES held);",
    );
    let export = || Pgparity::new(["export", "--url", &db.url(), "--lock-timeout", "1s"]).run();
    let while_held = |table: &str, run: &dyn Fn()| {
        thread::scope(|scope| {
            scope.spawn(|| {
                db.try_sql(&format!(
                    "SET application_name = 'the holder'; BEGIN; LOCK TABLE {table}; SELECT \
                     pg_sleep(60)"
                ))
            });
            let sleeps = format!(
                "SELECT count(*) FROM pg_stat_activity WHERE {HOLDER} AND query LIKE \
                 '%pg_sleep%' AND wait_event = 'PgSleep'"
            );
            let start = Instant::now();
            while db.value(&sleeps) != "1" {
                assert!(start.elapsed() < Duration::from_secs(30), "nobody holds {table}");
                thread::sleep(Duration::from_millis(20));
            }
            let outcome = panic::catch_unwind(AssertUnwindSafe(run));
            db.value(&format!(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE \
                 {HOLDER}"
            ));
            outcome.unwrap_or_else(|reason| panic::resume_unwind(reason));
        });
    };
    let free = export().expect_status(0).json();
    while_held("held", &|| {
        let held = export().expect_status(0).json();
        assert_eq!(held["fingerprint"], free["fingerprint"]);
        assert_eq!(held["statistics"].as_object().map(serde_json::Map::len), Some(2), "{held}");
    });
    db.sql("CREATE VIEW seen AS SELECT a FROM held");
    while_held("held", &|| {
        let waited = export().expect_status(2);
        for word in ["lock", "table or view", "--lock-timeout", "while reading"] {
            assert!(waited.stderr.contains(word), "{word}: {}", waited.stderr);
        }
        assert!(!waited.stderr.contains("catalog"), "{}", waited.stderr);
    });
}
