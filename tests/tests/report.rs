//! `pgparity report`: what gets into the file, and what does not. `browser.rs` opens one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::io::Read as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use pgparity_tests::{Bench, Cluster, Pgparity, programs};
use serde_json::{Value, json};

/// As much of the page as the program knows.
const PAGE: &str = "<head><meta name=\"generator\" content=\"pgparity 0.0.0\"><title>x</title></head>\
                    <body><!--pgparity:data--></body>";

/// The content of a data block.
fn block(html: &str, name: &str) -> Vec<u8> {
    let start = format!("<script id=\"data-{name}\" type=\"application/octet-stream\">");
    let (_, rest) = html.split_once(&start).unwrap_or_else(|| panic!("no block {name}: {html}"));
    STANDARD.decode(rest.split('<').next().unwrap()).unwrap()
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

fn report(page: &Path, sides: [&str; 2], options: &[&str]) -> pgparity_tests::Run {
    Pgparity::new(["report"]).args(sides).args(["--page"]).args([page]).args(options).run()
}

#[test]
fn it_holds_the_snapshots_and_nothing_of_where_they_came_from() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let bench = Bench::new();
    let (start, goal) = (cluster.database("report_from"), cluster.database("report_to"));
    start.sql("CREATE TABLE \"</script><script>alert(1)</script>\" (id integer);");
    goal.sql("CREATE TABLE b (id integer); INSERT INTO b VALUES (20261121);");
    let page = bench.write("page.html", PAGE);
    let from = bench.snapshot(&start, "from");
    // Any password is taken where none is asked for.
    let url = goal.url().replacen("postgres@", "postgres:hunter2@", 1);
    assert!(url.contains("hunter2"));
    let run =
        report(&page, [from.to_str().unwrap(), &url], &["--title", "a </title> b\n\u{202e}c"])
            .expect_status(0);
    assert!(run.stderr.contains("0.0.0"), "the page is of another version: {}", run.stderr);
    let html = run.text().to_owned();
    assert_eq!(unpacked(&block(&html, "from")), fs::read_to_string(&from).unwrap());
    let to = unpacked(&block(&html, "to"));
    let document: Value = serde_json::from_str(&to).unwrap();
    assert_eq!(document["format"], "pgparity-snapshot");
    for text in [&html, &to] {
        assert!(!text.contains("hunter2") && !text.contains("postgres://"), "{text}");
    }
    assert!(!to.contains("20261121"), "no rows");
    assert!(!html.contains("alert"), "names are in data blocks only");
    assert!(html.contains("<title>a &lt;/title&gt; b\\u{A}\\u{202E}c</title>"), "{html}");
    let words: Value = serde_json::from_slice(&block(&html, "report")).unwrap();
    assert_eq!(words, json!({ "title": "a </title> b\\u{A}\\u{202E}c", "renames": [] }));
}

#[test]
fn it_is_written_whole_or_not_at_all() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let bench = Bench::new();
    let from = bench.snapshot(&cluster.database("report_file"), "from");
    let sides = [from.to_str().unwrap(); 2];
    let page = bench.write("page.html", PAGE);
    let out = bench.path("review.html");
    let written = ["-o", out.to_str().unwrap()];
    report(&page, sides, &written).expect_status(0);
    let first = fs::read_to_string(&out).unwrap();

    // What fails leaves the file as it was.
    let decisions = bench.write(
        "decisions.json",
        r#"{"renames": [{"from": "table:a.b", "to": "table:a.c", "answer": "rename"}]}"#,
    );
    let refused = [written[0], written[1], "--decisions", decisions.to_str().unwrap()];
    let run = report(&page, sides, &refused).expect_status(2);
    assert!(run.stderr.contains("cannot be followed"), "{}", run.stderr);
    let run = report(&out, sides, &written).expect_status(2);
    assert!(run.stderr.contains("single-file"), "a report is no page: {}", run.stderr);
    report(&bench.path("missing.html"), sides, &written).expect_status(2);
    assert_eq!(fs::read_to_string(&out).unwrap(), first);

    let folder = bench.path("out");
    fs::create_dir(&folder).unwrap();
    report(&page, sides, &["-o", folder.to_str().unwrap()]).expect_status(0);
    let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 1);
    let name = names[0].to_str().unwrap();
    assert!(name.starts_with("review-report_file-to-report_file-"), "{name}");
    assert!(name.ends_with("Z.html"), "{name}");
}
