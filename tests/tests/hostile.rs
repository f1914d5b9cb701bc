//! Whatever a file holds, the answer is quick: status 2 and a message that names the file and the
//! place. Whatever a name holds, it stays a name.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use pgparity_tests::{Bench, Cluster, Pgparity, Run, programs};

/// Ample for a debug build on a busy machine, far below what quadratic reading would take.
const QUICK: Duration = Duration::from_secs(20);

/// The text of a real snapshot, to be spoilt.
fn snapshot() -> &'static str {
    static SNAPSHOT: OnceLock<String> = OnceLock::new();
    SNAPSHOT.get_or_init(|| {
        let db = Cluster::shared(programs::versions()[0]).database("hostile_original");
        db.sql("CREATE TABLE t (id integer PRIMARY KEY, \"ünï\" text); CREATE VIEW v AS TABLE t;");
        fs::read_to_string(Bench::new().snapshot(&db, "original")).unwrap()
    })
}

fn read_as_both_sides(bad: &Path, good: &Path) -> Vec<Run> {
    let orders = [[bad, good], [good, bad]];
    let calls = ["diff", "plan"].into_iter().flat_map(|command| {
        orders.into_iter().map(move |files| Pgparity::new([command]).args(files).run())
    });
    calls.collect()
}

/// Reads a bad file in every way; all must refuse it, by its name and with one of the hints.
fn expect_refused(name: &str, content: &[u8], hints: &[&str]) {
    let bench = Bench::new();
    let (bad, good) = (bench.write(name, content), bench.write("good.json", snapshot()));
    for run in read_as_both_sides(&bad, &good) {
        let run = run.expect_status(2);
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        assert!(run.stderr.contains(name), "the message should name {name}: {}", run.stderr);
        let told = run.stderr.to_lowercase();
        assert!(hints.iter().any(|hint| told.contains(hint)), "none of {hints:?} in: {told}");
        assert!(run.stderr.len() < 4000, "a message, not {} bytes", run.stderr.len());
        assert!(run.stdout.is_empty(), "nothing on standard output: {}", run.text());
        assert!(run.took < QUICK, "took {:?}", run.took);
    }
}

#[test]
fn an_empty_file() {
    expect_refused("empty.json", b"", &["empty"]);
    expect_refused("blank.json", b" \n\n", &["empty", "line"]);
}

#[test]
fn a_truncated_snapshot() {
    let text = snapshot();
    for part in [10, 3, 2] {
        let cut = text.floor_char_boundary(text.len() - text.len() / part);
        expect_refused("truncated.json", &text.as_bytes()[..cut], &["line "]);
    }
}

#[test]
fn bytes_that_are_not_utf8() {
    let text = snapshot();
    let mut bytes = text.as_bytes().to_vec();
    let at = text.find("ünï").unwrap();
    bytes[at] = 0xff;
    expect_refused("latin.json", &bytes, &["utf-8"]);
    expect_refused("utf16.json", &[0xff, 0xfe, b'{', 0, b'}', 0], &["utf-8", "line"]);
    expect_refused("binary.json", &[0, 1, 2, 3, 0x80, 0x90], &["utf-8", "line"]);
}

#[test]
fn two_hundred_megabytes() {
    const SIZE: usize = 200 << 20;
    let mut list = vec![b'0'; SIZE];
    list[0] = b'[';
    for comma in list[1..].iter_mut().skip(1).step_by(2) {
        *comma = b',';
    }
    expect_refused("list.json", &list, &["snapshot", "line"]);
    let mut string = b"{\"format\": \"".to_vec();
    string.resize(SIZE, b'x');
    expect_refused("string.json", &string, &["snapshot", "line", "large", "limit"]);
}

#[test]
fn a_hundred_thousand_levels() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    expect_refused("deep.json", deep.as_bytes(), &["line", "nested", "deep", "recursion"]);
    let hidden = snapshot().replacen('{', &format!("{{\"unknown\": {deep},"), 1);
    expect_refused("hidden.json", hidden.as_bytes(), &["line", "nested", "deep", "recursion"]);
    let objects = "{\"a\":".repeat(100_000);
    expect_refused("objects.json", objects.as_bytes(), &["line", "nested", "deep", "snapshot"]);
}

#[test]
fn json_of_another_kind() {
    for other in ["{}", "[]", "null", "42", "\"text\"", "{\"name\": \"x\", \"version\": \"1.0.0\"}"]
    {
        expect_refused("other.json", other.as_bytes(), &["snapshot"]);
    }
    expect_refused("dump.sql", b"CREATE TABLE t (a integer);\n", &["snapshot", "line"]);
}

#[test]
fn another_format_or_version() {
    let renamed = snapshot().replacen("pgparity-snapshot", "something-else", 1);
    expect_refused("renamed.json", renamed.as_bytes(), &["something-else"]);

    let mut newer: serde_json::Value = serde_json::from_str(snapshot()).unwrap();
    newer["version"] = 4_000_000.into();
    newer["a_section_of_later"] = serde_json::json!({"x": [1, 2]});
    expect_refused("newer.json", newer.to_string().as_bytes(), &["4000000", "newer"]);
    for version in ["-1", "1.5", "\"1\"", "null", "1e400", "99999999999999999999999"] {
        let pretty = snapshot();
        let start = pretty.find("\"version\":").unwrap() + "\"version\":".len();
        let end = start + pretty[start..].find(',').unwrap();
        let odd = format!("{}{version}{}", &pretty[..start], &pretty[end..]);
        expect_refused("odd.json", odd.as_bytes(), &["version", "line"]);
    }
}

#[test]
fn sections_of_the_wrong_type() {
    let original: serde_json::Value = serde_json::from_str(snapshot()).unwrap();
    for section in original.as_object().unwrap().keys() {
        let mut spoilt = original.clone();
        spoilt[section] = serde_json::json!({"wrong": [true, {"type": null}]});
        expect_refused("spoilt.json", spoilt.to_string().as_bytes(), &["line", section]);
    }
}

#[test]
fn compressed_files_that_are_broken() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(snapshot().as_bytes()).unwrap();
    let gzipped = encoder.finish().unwrap();
    let half = gzipped.len() / 2;
    expect_refused("half.json.gz", &gzipped[..half], &["gzip", "gz", "compressed"]);
    expect_refused("none.json.gz", b"", &["empty", "gzip"]);
    expect_refused("none.json.zst", b"", &["empty", "zstd", "zstandard"]);
    let zipped = zstd::encode_all(snapshot().as_bytes(), 0).unwrap();
    expect_refused("half.json.zst", &zipped[..zipped.len() / 2], &["zst", "compressed"]);
}

#[test]
fn a_small_file_that_unpacks_to_gigabytes() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let block = vec![b' '; 1 << 20];
    for _ in 0..3 << 10 {
        encoder.write_all(&block).unwrap();
    }
    expect_refused("bomb.json.gz", &encoder.finish().unwrap(), &["large", "limit", "empty"]);
}

#[test]
fn files_that_are_no_files() {
    let bench = Bench::new();
    let good = bench.write("good.json", snapshot());
    fs::create_dir(bench.path("folder.json")).unwrap();
    for name in ["folder.json", "missing.json"] {
        for run in read_as_both_sides(&bench.path(name), &good) {
            let run = run.expect_status(2);
            assert!(run.stderr.contains(name), "{}", run.stderr);
            assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        }
    }
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let bench = Bench::new();
    let evil = snapshot().replace("\"t\"", "\"t\\u001b[31m\\u0007\\u009b\"");
    assert_ne!(evil, snapshot(), "the name of the table is in the snapshot");
    let (evil, good) = (bench.write("evil.json", evil), bench.write("good.json", snapshot()));
    for run in [Bench::diff(&evil, &good), Bench::diff(&good, &evil)] {
        let run = run.expect_status(1);
        let shown = run.text().chars().chain(run.stderr.chars());
        let control = shown.filter(|c| c.is_control() && !['\n', '\t'].contains(c)).count();
        assert_eq!(control, 0, "{:?}", run.text());
    }
}

#[test]
fn names_stay_names() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let (bench, start) = (Bench::new(), cluster.database("hostile_start"));
    let goal = cluster.database("hostile; DROP TABLE victim;--\nDROP TABLE victim;\n\\! false");
    start.sql("CREATE TABLE victim (id integer); INSERT INTO victim VALUES (1);");
    // Identifiers end after 63 bytes, comments and defaults do not.
    let name = "x\nDROP TABLE victim;--*/ $$'\"\"<b>";
    let long = "x\nDROP TABLE victim;\n\\! touch /nowhere\n*/ DROP TABLE victim; /* $$ '' :'v' <b>";
    let (identifier, literal) = (name.replace('"', "\"\""), long.replace('\'', "''"));
    goal.sql(&format!(
        "CREATE TABLE victim (id integer, \"{identifier}\" text DEFAULT '{literal}');
         COMMENT ON TABLE victim IS '{literal}';
         CREATE TYPE \"{identifier}2\" AS ENUM ('a', $v$DROP TABLE victim;$v$);
         CREATE TABLE \"{identifier}\" (id integer PRIMARY KEY);
         CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $body$ SELECT '{literal}' $body$;
         CREATE VIEW \"{identifier}3\" AS SELECT id AS \"{identifier}\" FROM victim;"
    ));
    let from = bench.snapshot(&start, "from");
    let to = bench.path("to.json");
    Pgparity::new(["export", "--url", &goal.url(), "--label", long, "-o"])
        .args([&to])
        .run()
        .expect_status(0);
    let plan = bench.plan(&from, &to, &["--allow", "all"], "plan");
    start.file(&plan);
    assert_eq!(start.value("SELECT count(*) FROM victim"), "1");
    Bench::expect_no_drift(&bench.snapshot(&start, "reached"), &to);
    // The way back mentions the same names in comments about what is withheld.
    let back = Pgparity::new(["plan"]).args([&to, &from]).run().expect_status(3);
    let script = bench.write("back.sql", &back.stdout);
    let copy = cluster.database("hostile_back");
    copy.sql(&goal.pg_dump());
    copy.file(script);
    assert_eq!(copy.value("SELECT count(*) FROM victim"), "0");
}
