//! The command line as scripts rely on it: statuses, streams, files and names.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use pgparity_tests::{Bench, Cluster, Db, Pgparity, dump, programs};

/// Two databases with drift between them: one column more, one table less.
struct Pair {
    bench: Bench,
    start: Db<'static>,
    goal: Db<'static>,
    from: PathBuf,
    to: PathBuf,
}

fn pair(name: &str) -> Pair {
    let cluster = Cluster::shared(programs::versions()[0]);
    let bench = Bench::new();
    let start = cluster.database(&format!("{name}_start"));
    let goal = cluster.database(&format!("{name}_goal"));
    start.sql("CREATE TABLE kept (id integer PRIMARY KEY); CREATE TABLE lost (id integer);");
    goal.sql("CREATE TABLE kept (id integer PRIMARY KEY, added text);");
    let (from, to) = (bench.snapshot(&start, "from"), bench.snapshot(&goal, "to"));
    Pair { bench, start, goal, from, to }
}

#[test]
fn diff_tells_drift_by_its_status() {
    let Pair { bench, from, to, .. } = pair("diff_status");
    Bench::diff(&from, &from).expect_status(0);
    let drift = Bench::diff(&from, &to).expect_status(1);
    assert!(drift.text().contains("added") && drift.text().contains("lost"), "{}", drift.text());
    Bench::diff(&from, &bench.path("missing.json")).expect_status(2);
    Pgparity::new(["diff"]).args([&from]).run().expect_status(2);
    Pgparity::new(["diff", "--no-such-option"]).args([&from, &to]).run().expect_status(2);
    Pgparity::new(["diff", "--format", "runes"]).args([&from, &to]).run().expect_status(2);
    Pgparity::new(["no-such-command"]).run().expect_status(2);
}

#[test]
fn plan_tells_withheld_steps_by_its_status() {
    let Pair { bench: _kept, from, to, start, .. } = pair("plan_status");
    let plan = |options: &[&str]| Pgparity::new(["plan"]).args([&from, &to]).args(options).run();
    let withheld = plan(&[]).expect_status(3);
    let script = withheld.text().to_owned();
    let statements = dump::effective_statements(&script);
    assert!(statements.iter().any(|statement| statement.contains("added")), "{script}");
    assert!(!statements.iter().any(|statement| statement.contains("lost")), "{script}");
    let (_, end) = script.rsplit_once("COMMIT;").expect("a transaction");
    assert!(end.contains("DATA_LOSS") && end.contains("lost"), "withheld, at the end: {script}");

    let allowed = plan(&["--allow", "DATA_LOSS"]).expect_status(0);
    assert!(allowed.text().contains("DROP TABLE"), "{}", allowed.text());
    plan(&["--allow", "data_loss,TABLE_REWRITE"]).expect_status(0);
    let unknown = plan(&["--allow", "MISCHIEF"]).expect_status(2);
    assert!(unknown.stderr.contains("MISCHIEF"), "{}", unknown.stderr);
    assert!(unknown.stderr.contains("DATA_LOSS"), "it should name those that exist");

    // What is not withheld can be applied, and leaves the rest for later.
    start.sql(&script);
    assert_eq!(start.value("SELECT count(*) FROM lost"), "0");
}

#[test]
fn results_go_to_stdout_and_the_rest_to_stderr() {
    let Pair { bench: _kept, from, to, goal, .. } = pair("streams");
    let run = |arguments: &[&str]| {
        let files = [from.to_str().unwrap(), to.to_str().unwrap()];
        Pgparity::new(arguments).args(files).run()
    };
    run(&["diff", "--format", "json"]).expect_status(1).json();
    let quiet = run(&["diff", "--quiet"]).expect_status(1);
    assert_eq!(quiet.stderr, "");
    let withheld = run(&["plan"]).expect_status(3);
    assert!(!withheld.stderr.is_empty(), "standard error tells what is withheld");
    let quiet = run(&["plan", "--quiet"]).expect_status(3);
    assert_eq!(quiet.stderr, "");
    let snapshot = Pgparity::new(["export", "--url", &goal.url()]).run().expect_status(0);
    assert_eq!(snapshot.json()["format"], "pgparity-snapshot");
    for help in [&["--help"][..], &["--version"], &["diff", "--help"]] {
        let help = Pgparity::new(help).run().expect_status(0);
        assert!(!help.stdout.is_empty() && help.stderr.is_empty());
    }
}

#[test]
fn a_pipe_gets_no_colours() {
    let Pair { bench: _kept, from, to, .. } = pair("colours");
    let runs = ["diff", "plan"].map(|command| Pgparity::new([command]).args([&from, &to]).run());
    for run in runs {
        assert!(!run.text().contains('\u{1b}') && !run.stderr.contains('\u{1b}'));
    }
}

#[test]
fn every_format_says_the_same() {
    let Pair { bench: _kept, from, to, .. } = pair("formats");
    for format in ["text", "json", "markdown", "csv", "html"] {
        let run = Pgparity::new(["diff", "--format", format]).args([&from, &to]).run();
        let run = run.expect_status(1);
        assert!(run.text().contains("added") && run.text().contains("lost"), "{}", run.text());
    }
}

#[test]
fn a_snapshot_comes_in_on_standard_input() {
    let Pair { bench, from, to, .. } = pair("stdin");
    let text = fs::read(&from).unwrap();
    let diff = |from: &str, to: &str| Pgparity::new(["diff", from, to]).stdin(text.clone()).run();
    let to = to.to_str().unwrap();
    let direct = Bench::diff(&from, &bench.path("to.json")).expect_status(1);
    assert_eq!(diff("-", to).expect_status(1).text(), direct.text());
    diff("-", from.to_str().unwrap()).expect_status(0);
    diff(from.to_str().unwrap(), "-").expect_status(0);
    let both = diff("-", "-").expect_status(2);
    assert!(both.stderr.contains("standard input"), "{}", both.stderr);
    let spoilt = Pgparity::new(["diff", "-", to]).stdin("{").run().expect_status(2);
    assert!(spoilt.stderr.contains("standard input"), "{}", spoilt.stderr);
}

#[test]
fn sides_can_be_named() {
    let Pair { bench: _kept, from, to, .. } = pair("named");
    let direct = Bench::diff(&from, &to).expect_status(1);
    let named = Pgparity::new(["diff", "--to"]).args([&to]).args(["--from"]).args([&from]).run();
    assert_eq!(named.expect_status(1).text(), direct.text());
}

#[test]
fn compressed_snapshots_are_snapshots() {
    let Pair { bench, from, to, start, .. } = pair("compressed");
    let text = fs::read(&from).unwrap();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&text).unwrap();
    let gzipped = bench.write("packed.json.gz", encoder.finish().unwrap());
    let zstandard = bench.write("packed.json.zst", zstd::encode_all(&*text, 0).unwrap());
    for packed in [&gzipped, &zstandard] {
        Bench::diff(&from, packed).expect_status(0);
        Bench::diff(packed, &to).expect_status(1);
    }
    for (name, magic) in
        [("out.json.gz", &[0x1f, 0x8b][..]), ("out.json.zst", &[0x28, 0xb5, 0x2f, 0xfd])]
    {
        let out = bench.path(name);
        Pgparity::export(&start, &out);
        assert!(fs::read(&out).unwrap().starts_with(magic), "{name} is compressed");
        Bench::expect_no_drift(&out, &from);
    }
}

#[test]
fn databases_can_be_compared_without_files() {
    let Pair { bench: _kept, start, goal, from, .. } = pair("urls");
    Pgparity::new(["diff", &start.url(), &goal.url()]).run().expect_status(1);
    Pgparity::new(["diff", &start.url()]).args([&from]).run().expect_status(0);
    Pgparity::new(["plan", &start.url(), &goal.url()]).run().expect_status(3);
}

#[test]
fn a_plan_in_a_folder_is_named_after_its_sides() {
    let Pair { bench, start, goal, .. } = pair("folder");
    let folder = bench.path("plans");
    fs::create_dir(&folder).unwrap();
    let labelled = |db: &Db<'_>, label: &str| {
        let file = bench.path(&format!("{label}.json"));
        let arguments = ["export", "--url", &db.url(), "--label", label, "-o"];
        Pgparity::new(arguments).args([&file]).run().expect_status(0);
        file
    };
    let (from, to) = (labelled(&start, "prod"), labelled(&goal, "dev"));
    let run = Pgparity::new(["plan"]).args([&from, &to]).args(["-o"]).args([&folder]).run();
    run.expect_status(3);
    let names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let [name] = &names[..] else { panic!("one file, not {names:?}") };
    let stamp = name
        .strip_prefix("schema-sync-prod-to-dev-")
        .and_then(|rest| rest.strip_suffix(".sql"))
        .unwrap_or_else(|| panic!("schema-sync-<from>-to-<to>-<UTC stamp>.sql, not {name}"));
    assert!(stamp.chars().filter(char::is_ascii_digit).count() >= 14, "a stamp to the second");
}

#[test]
fn the_label_is_in_the_snapshot() {
    let Pair { bench: _kept, goal, .. } = pair("label");
    let label = "staging \"eu\" \u{1f600}";
    let run = Pgparity::new(["export", "--url", &goal.url(), "--label", label]).run();
    assert_eq!(run.expect_status(0).json()["source"]["label"], label);
}

#[test]
fn schemas_are_chosen_by_patterns() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let db = cluster.database("patterns");
    for schema in ["app_one", "app_two", "audit", "app_old"] {
        db.sql(&format!("CREATE SCHEMA {schema}; CREATE TABLE {schema}.t_{schema} ();"));
    }
    let arguments = ["export", "--url", &db.url(), "--schema", "app_*", "--exclude", "*_old"];
    let run = Pgparity::new(arguments).run().expect_status(0);
    let text = run.text();
    assert!(text.contains("t_app_one") && text.contains("t_app_two"), "chosen schemas are in");
    assert!(!text.contains("t_audit") && !text.contains("t_app_old"), "the others are not");
    assert!(text.contains("app_*") && text.contains("*_old"), "and the snapshot says so");
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let (bench, db) = (Bench::new(), cluster.database("whole"));
    db.sql(
        "DO $$ BEGIN FOR i IN 1..300 LOOP EXECUTE format(
            'CREATE TABLE t%s (a integer, b text, c date, d numeric, e jsonb)', i);
         END LOOP; END $$;",
    );
    let (folder, old) = (bench.path("out"), "what was there before");
    fs::create_dir(&folder).unwrap();
    let out = folder.join("snapshot.json");
    let (mut kept, mut replaced) = (0, 0);
    for wait in (0..).map(|step| Duration::from_millis(step * 10)) {
        fs::write(&out, old).unwrap();
        let arguments = ["export", "--url", &db.url(), "-o", out.to_str().unwrap()];
        let mut child = Pgparity::new(arguments).spawn();
        thread::sleep(wait);
        let done = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        let found = fs::read_to_string(&out).unwrap();
        if found == old {
            kept += 1;
        } else {
            let snapshot: serde_json::Value = serde_json::from_str(&found).expect("a whole file");
            assert_eq!(snapshot["format"], "pgparity-snapshot");
            replaced += 1;
        }
        if done || wait > Duration::from_secs(30) {
            break;
        }
    }
    assert!(kept > 0 && replaced > 0, "killed before ({kept}) and after ({replaced}) the writing");
}

#[test]
fn a_file_that_cannot_be_written_is_an_error() {
    let Pair { bench, from, to, .. } = pair("unwritable");
    let out = bench.path("no/such/folder/plan.sql");
    let run = Pgparity::new(["plan"]).args([&from, &to]).args(["-o"]).args([&out]).run();
    let run = run.expect_status(2);
    assert!(run.stderr.contains("plan.sql"), "{}", run.stderr);
    assert!(run.stdout.is_empty());
}
