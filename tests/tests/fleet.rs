//! Many databases at once: `export --fleet`, and `compare` of what it brought.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use pgparity_tests::{
    Bench, Cluster, Db, Pgparity, Run, console, program_under_test, programs, workspace,
};

fn cluster() -> &'static Cluster {
    Cluster::shared(programs::versions()[0])
}

fn database(name: &str) -> Db<'static> {
    let db = cluster().database(name);
    db.sql("CREATE TABLE orders (id integer PRIMARY KEY, total numeric(10,2));");
    db
}

fn fleet(file: &Path, more: &[&str]) -> Run {
    Pgparity::new(["export", "--fleet"]).args([file]).args(more).run()
}

/// A section of the documentation.
fn section(heading: &str) -> String {
    let document = fs::read_to_string(workspace::root().join("docs/fleet.md")).unwrap();
    let (_, section) = document.split_once(&format!("\n## {heading}\n")).unwrap();
    section.split("\n## ").next().unwrap().to_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn databases_by_url_variable_and_service_and_one_that_fails() {
    let bench = Bench::new();
    let (one, two, three) = (database("fleet_one"), database("fleet_two"), database("fleet_three"));
    let port = cluster().port();
    let services =
        format!("[third]\nhost=127.0.0.1\nport={port}\nuser=postgres\ndbname=fleet_three\n");
    let services = bench.write("services.conf", services);
    let file = bench.write(
        "fleet.toml",
        format!(
            "version = 1\noutput = \"snapshots\"\nworkers = 2\n\n[defaults]\nstatement_timeout = \"1min\"\n\
             exclude = [\"hidden\"]\n\n[[database]]\nname = \"one\"\nurl = \"{}\"\n\n[[database]]\nname = \"two\"\n\
             url_env = \"SECOND_URL\"\nsettings = {{ schemas = [\"public\"] }}\n\n[[database]]\nname = \"three\"\nservice = \"third\"\n\n\
             [[database]]\nname = \"gone\"\nurl = \"postgres://postgres:s3cr3t@127.0.0.1:{port}/fleet_gone\"\n\n\
             [[database]]\nname = \"unset\"\nurl_env = \"NO_SUCH_URL\"\n",
            one.url()
        ),
    );
    one.sql("CREATE SCHEMA hidden;");
    let call = |words: &[&str]| {
        let run = Pgparity::new(words).env("SECOND_URL", two.url());
        run.env("PGSERVICEFILE", &services).current_dir(bench.path("")).run().expect_status(2)
    };
    let run = call(&["export", "--fleet", file.to_str().unwrap()]);
    assert_eq!(console::follow(section("Running").as_str(), call), 1);
    assert_eq!(names(&bench.path("snapshots")), ["one.json", "three.json", "two.json"]);
    for part in [
        "error: gone: cannot connect to the server",
        "error: unset: the variable NO_SUCH_URL",
        "3 of 5 databases exported",
        "2 of 5 databases failed: gone, unset",
    ] {
        assert!(run.stderr.contains(part), "{part}\n{}", run.stderr);
    }
    assert!(!run.stderr.contains("s3cr3t"), "{}", run.stderr);
    for (name, db) in [("one", &one), ("three", &three)] {
        let text = fs::read_to_string(bench.path(&format!("snapshots/{name}.json"))).unwrap();
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["source"]["label"], name);
        assert_eq!(document["source"]["database"], db.name());
        assert!(!text.contains("\"hidden\",\n"), "{text}");
    }
}

#[test]
fn mistakes_are_told_before_anything_is_read() {
    let bench = Bench::new();
    let one = "[[database]]\nname = \"a\"\nurl = \"postgres://u:s3cr3t@h/d\"\n";
    for (text, part) in [
        (format!("version = 1\n{one}"), "where to?"),
        (format!("version = 1\noutput = \"x\"\narchive = \"y\"\n{one}"), "not both"),
        (
            format!("version = 1\noutput = \"x\"\n{one}{one}"),
            "6:1: another database is called `a` too",
        ),
        (
            format!("version = 1\noutput = \"x\"\nwrokers = 1\n{one}"),
            "3:1: unknown key `wrokers`; did you mean `workers`?",
        ),
    ] {
        let file = bench.write("fleet.toml", text);
        let run = fleet(&file, &[]).expect_status(2);
        assert!(run.stderr.contains(part), "{part}\n{}", run.stderr);
        assert!(!run.stderr.contains("s3cr3t"), "{}", run.stderr);
    }
    assert_eq!(names(bench.path("").as_path()), ["fleet.toml"]);
    fleet(&bench.path("fleet.toml"), &["--label", "x"]).expect_status(2);
}

#[test]
fn comparing_names_who_differs_and_how() {
    let bench = Bench::new();
    let odd = database("fleet_compare_odd");
    let same = database("fleet_compare_same");
    odd.sql("ALTER TABLE orders ALTER total TYPE numeric(12,2); CREATE TABLE extra (id integer);");
    let folder = bench.path("snapshots");
    fs::create_dir(&folder).unwrap();
    for (label, db) in [("a", &same), ("b", &same), ("c", &same), ("odd", &odd)] {
        let export = Pgparity::new(["export", "--url", &db.url(), "--label", label, "-o"]);
        export.args([folder.join(format!("{label}.json.gz"))]).run().expect_status(0);
    }
    fs::write(folder.join("README.txt"), "no snapshot").unwrap();
    let compare = |more: &[&str]| Pgparity::new(["compare"]).args([&folder]).args(more).run();
    let text = compare(&[]).expect_status(1).text().to_owned();
    for part in [
        "4 snapshots in 2 groups",
        "; only odd differs",
        "Group A: 3 snapshots, which the others are compared with\n  a, b, c\n",
        "Group B: 1 snapshot\n  odd\n",
        "From group B to group A",
        "~ public.orders: column total changed",
        "type: numeric(12,2) → numeric(10,2)",
        "- public.extra: table extra",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let call =
        |words: &[&str]| Pgparity::new(words).current_dir(bench.path("")).run().expect_status(1);
    assert_eq!(console::follow(&section("Comparing"), call), 1);
    let json = compare(&["--format", "json"]).expect_status(1).json();
    assert_eq!(json["odd_one_out"], 3);
    assert_eq!(json["groups"][0]["snapshots"], serde_json::json!([0, 1, 2]));
    assert_eq!(json["groups"][1]["verdict"]["changed"], 1);
    assert_eq!(json["snapshots"][3]["name"], "odd");
    let markdown = compare(&["--format", "markdown"]).expect_status(1).text().to_owned();
    assert!(markdown.contains("column public.orders.total changed</code>"), "{markdown}");
    // Measured by another one, the others are off.
    let reference = folder.join("odd.json.gz");
    let by = Pgparity::new(["compare", "--reference"])
        .args([&reference])
        .args([folder.join("a.json.gz")]);
    let by = by.run().expect_status(1);
    assert!(
        by.text().contains("From group B to group A") && by.text().contains("+ public.extra"),
        "{}",
        by.text()
    );
    let policy = bench.write(
        "policy.toml",
        "version = 1\n[[ignore]]\nkind = \"column\"\nidentity = \"*\"\n[[ignore]]\nkind = \"table\"\nidentity = \"public.extra\"\n",
    );
    let equal = compare(&["--policy", policy.to_str().unwrap()]).expect_status(0);
    assert!(equal.text().contains("4 snapshots, all equal"), "{}", equal.text());
    let alone = Pgparity::new(["compare"]).args([&reference]).run().expect_status(2);
    assert!(alone.stderr.contains("two snapshots or more"), "{}", alone.stderr);
    let nothing = Pgparity::new(["compare"]).args([bench.path("")]).run().expect_status(2);
    assert!(nothing.stderr.contains("it holds no snapshot"), "{}", nothing.stderr);
}

/// As many databases as `PGPARITY_FLEET` says, on one server, three of which are not as the others are and one
/// of which cannot be read.
#[test]
fn many_databases_of_one_server() {
    let many: usize = std::env::var("PGPARITY_FLEET").map_or(60, |many| many.parse().unwrap());
    let cluster = Cluster::start(programs::versions()[0]);
    let template = cluster.database("template_tenant");
    let mut tables = String::new();
    for table in 0..20 {
        writeln!(
            tables,
            "CREATE TABLE t{table} (id bigint PRIMARY KEY, note text, made timestamptz DEFAULT now()); \
             CREATE INDEX ON t{table} (made);"
        )
        .unwrap();
    }
    template.sql(&tables);
    let started = Instant::now();
    let mut copies = String::new();
    for tenant in 1..=many {
        writeln!(
            copies,
            "CREATE DATABASE tenant_{tenant:04} TEMPLATE template_tenant STRATEGY FILE_COPY;"
        )
        .unwrap();
    }
    writeln!(copies, "ALTER DATABASE tenant_{many:04} CONNECTION LIMIT 0;").unwrap();
    cluster.maintenance().sql(&copies);
    println!("{many} databases made in {:.1?}", started.elapsed());
    for tenant in [3, 7] {
        cluster.existing(&format!("tenant_{tenant:04}")).sql("ALTER TABLE t1 ADD extra text;");
    }
    cluster.existing("tenant_0009").sql("DROP INDEX t1_made_idx;");
    cluster.maintenance().sql("CREATE ROLE fleet LOGIN;");

    let bench = Bench::new();
    let file = bench.write(
        "fleet.toml",
        format!(
            "version = 1\narchive = \"archive\"\nworkers = 6\nper_server = 5\n[[database]]\nname = \"eu-{{database}}\"\n\
             url = \"{}\"\ndatabases = [\"tenant_*\"]\n",
            cluster.maintenance().url_as("fleet")
        ),
    );
    let last = format!("eu-tenant_{many:04}");
    for (exported, unchanged) in [(many - 1, ""), (many - 1, " of them unchanged")] {
        let started = Instant::now();
        let run = long(&["export", "--fleet", file.to_str().unwrap()]).expect_status(2);
        println!("{exported} databases exported in {:.1?}", started.elapsed());
        assert!(run.stderr.contains(&format!("error: {last}: ")), "{}", run.stderr);
        assert!(
            run.stderr.contains(&format!("1 of {} databases failed: {last}", grouped(many))),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains(unchanged), "{}", run.stderr);
    }
    let archive = bench.path("archive");
    assert_eq!(names(&archive).len(), many - 1);
    let started = Instant::now();
    let place = archive.to_str().unwrap();
    let compared = long(&["compare", "archive:eu-*", "--archive", place]).expect_status(1);
    println!("{} snapshots compared in {:.1?}", many - 1, started.elapsed());
    let text = compared.text();
    for part in [
        format!("{} snapshots in 3 groups", grouped(many - 1)),
        format!("Group A: {} snapshots", grouped(many - 4)),
        "Group B: 2 snapshots\n  eu-tenant_0003, eu-tenant_0007\n".to_owned(),
        "Group C: 1 snapshot\n  eu-tenant_0009\n".to_owned(),
        "public.t1: 1 column extra: extra".to_owned(),
        "public.t1: 1 index missing: t1_made_idx".to_owned(),
        "Objects by their variants".to_owned(),
        format!("column public.t1.extra: 2 × variant A, {} without it", grouped(many - 3)),
    ] {
        assert!(text.contains(&part), "{part}\n{text}");
    }
}

fn grouped(many: usize) -> String {
    pgparity_core::report::words::number(many)
}

/// A call that may take longer than those of other tests.
fn long(arguments: &[&str]) -> Run {
    Pgparity::new(arguments.iter().copied()).within(std::time::Duration::from_mins(20)).run()
}

/// The terminal is a pseudo terminal of `script`, from util-linux.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_has_a_bar_for_each_worker_and_a_pipe_has_none() {
    let bench = Bench::new();
    let names = ["bars_a", "bars_b", "bars_c"];
    let mut file = "version = 1\noutput = \"snapshots\"\nworkers = 2\n".to_owned();
    for db in names.map(database) {
        write!(file, "\n[[database]]\nname = \"{}\"\nurl = \"{}\"\n", db.name(), db.url()).unwrap();
    }
    let file = bench.write("fleet.toml", file);
    let piped = fleet(&file, &[]).expect_status(0);
    assert!(
        !piped.stderr.contains("[====") && !piped.stderr.contains('\u{1b}'),
        "{}",
        piped.stderr
    );

    let command = format!(
        "stty rows 24 cols 100; exec '{}' export --fleet '{}'",
        program_under_test().display(),
        file.display()
    );
    let shown = Command::new("timeout")
        .args(["120", "script", "-qfec", &command, "/dev/null"])
        .env("TERM", "xterm")
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::null())
        .output()
        .expect("`script` of util-linux runs");
    let text = String::from_utf8_lossy(&shown.stdout);
    assert!(shown.status.success(), "{text}");
    let bars: Vec<&str> = text.split(['\r', '\n']).filter(|line| line.contains(" [")).collect();
    for part in ["   1 [", "   2 [", " all [", "of 3 databases"] {
        assert!(bars.iter().any(|line| line.contains(part)), "no {part}: {text}");
    }
    // Not every short moment is drawn.
    assert!(names.iter().any(|name| bars.iter().any(|line| line.contains(name))), "{text}");
    // They are taken away, and what was done is said below.
    let (_, after) = text.rsplit_once(" [").unwrap();
    assert!(after.contains("3 of 3 databases exported"), "{text}");
}
