//! Reports for people without the program: spreadsheets and pages. Whatever a name holds, a cell is no
//! formula, and a page shows text only.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use html5gum::{Token, Tokenizer};
use pgparity_tests::hostile_names::{csv, hostile, sides};
use pgparity_tests::{Bench, Pgparity};
use sha2::{Digest, Sha256};

#[test]
fn a_spreadsheet_has_a_row_for_each_change_and_no_formula() {
    let bench = Bench::new();
    let sides = sides(&bench);
    let run = |format: &str| Pgparity::new(["diff", "--format", format]).args(&sides).run();
    let rows = csv(run("csv").expect_status(1).text());
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "every row has the same columns");
    let bad = |cell: &&String| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    assert_eq!(rows.iter().flatten().find(bad), None);
    let drift = run("json").expect_status(1).json();
    let changes = drift["changes"].as_array().unwrap();
    let of = |what: &str| rows.iter().filter(|row| row[0] == what).collect::<Vec<_>>();
    assert_eq!(of("change").len(), changes.len());
    assert_eq!(of("total").len(), drift["totals"].as_array().unwrap().len());
    let about = |name: &str| {
        let row = of("about").into_iter().find(|row| row[5] == name).unwrap().clone();
        (row[7].clone(), row[8].clone())
    };
    let fingerprint = |side: &str| drift[side]["fingerprint"].as_str().unwrap().to_owned();
    assert_eq!(about("fingerprint"), (fingerprint("from"), fingerprint("to")));
    assert_eq!(about("hidden differences").1, "0");
    assert!(about("written by").1.starts_with("pgparity "));
    assert_eq!(about("label").1, "'=1+1");
    let names: Vec<&str> = of("change").iter().map(|row| row[5].as_str()).collect();
    for shown in ["'=1+1", "'@SUM(A1)", "abc\\u{202E}def\\u{2066}", "\\u{9}x", "مرحبا"] {
        assert!(names.contains(&shown), "{shown} is in {names:?}");
    }
    // A long value is there in full, line by line.
    let comment = of("change").into_iter().find(|row| row[6].lines().any(|name| name == "comment"));
    assert!(comment.unwrap()[8].lines().count() > 15);
}

/// The tags and attributes of a page, and the text of each element's own, as a browser takes it apart.
fn page(text: &str) -> (Vec<String>, String) {
    let (mut tags, mut shown) = (Vec::new(), String::new());
    for token in Tokenizer::new(text) {
        match token.unwrap_or_else(|never| match never {}) {
            Token::StartTag(tag) => {
                let name = String::from_utf8(tag.name.to_vec()).unwrap();
                let attributes = tag.attributes.keys();
                let keys = attributes.map(|key| String::from_utf8(key.to_vec()).unwrap());
                tags.push(keys.fold(name, |all, key| format!("{all} {key}")));
            }
            Token::String(text) => shown.push_str(std::str::from_utf8(&text).unwrap()),
            Token::Comment(comment) => panic!("a comment: {comment:?}"),
            Token::Error(error) => panic!("no good HTML: {error:?}"),
            Token::EndTag(_) | Token::Doctype(_) => {}
        }
    }
    (tags, shown)
}

/// The tags that a page is made of, with their attributes.
const KNOWN: [&str; 33] = [
    "html lang",
    "head",
    "meta charset",
    "meta content http-equiv",
    "meta content name",
    "title",
    "style",
    "body",
    "main",
    "h1",
    "h2",
    "h3",
    "p",
    "p class",
    "div class",
    "div aria-label class role tabindex",
    "table",
    "caption",
    "tr",
    "th scope",
    "td",
    "td class",
    "ul",
    "li",
    "details",
    "summary",
    "code",
    "bdi",
    "pre",
    "ins",
    "del",
    "span class",
    "footer",
];

#[test]
fn a_page_shows_text_only() {
    let bench = Bench::new();
    let sides = sides(&bench);
    let plan = bench.path("plan.html");
    Pgparity::new(["plan", "--format", "html", "-o"])
        .args([&plan])
        .args(&sides)
        .run()
        .expect_status(3);
    let plan = std::fs::read_to_string(plan).unwrap();
    let diff = Pgparity::new(["diff", "--format", "html"]).args(&sides).run().expect_status(1);
    for text in [diff.text(), &plan] {
        let (tags, shown) = page(text);
        let odd = tags.iter().find(|tag| !KNOWN.contains(&tag.as_str()));
        assert_eq!(odd, None);
        for name in hostile() {
            let seen: String = name
                .chars()
                .map(|c| match c {
                    c if c.is_control() => format!("\\u{{{:X}}}", u32::from(c)),
                    '\u{200B}'..='\u{200F}'
                    | '\u{202A}'..='\u{202E}'
                    | '\u{2060}'..='\u{206F}'
                    | '\u{FEFF}' => {
                        format!("\\u{{{:X}}}", u32::from(c))
                    }
                    c => c.to_string(),
                })
                .collect();
            let quoted = seen.replace('"', "\"\"");
            assert!(shown.contains(&seen) || shown.contains(&quoted), "{seen} is shown");
        }
        assert!(!text.contains(['\u{202E}', '\u{200B}', '\u{1b}']));
        // The policy names the style sheet, and nothing else is allowed.
        let style = text.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next());
        let hash = Sha256::digest(style.unwrap().as_bytes());
        let named = text.split("'sha256-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
        assert_eq!(from_base64(named), hash.as_slice());
        assert!(text.contains("content=\"default-src 'none'; style-src 'sha256-"));
    }
    assert!(plan.contains("DATA_LOSS") && plan.contains("Not in the script: "));
}

/// Bytes out of base64, bit by bit.
fn from_base64(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters = text.bytes().filter(|letter| *letter != b'=').map(value);
    let bits: Vec<u8> = letters.flat_map(|v| (0..6).rev().map(move |bit| v >> bit & 1)).collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |all, bit| all << 1 | bit)).collect()
}

#[test]
fn a_page_of_no_drift_says_so() {
    let bench = Bench::new();
    let [from, _] = sides(&bench);
    for (format, part) in [("html", "<h1>No drift: "), ("csv", "no drift: ")] {
        let run = Pgparity::new(["diff", "--format", format]).args([&from, &from]).run();
        assert!(run.expect_status(0).text().contains(part));
    }
    let run = Pgparity::new(["plan", "--format", "html"]).args([&from, &from]).run();
    assert!(run.expect_status(0).text().contains("nothing to do: 0 statements"));
}

#[test]
fn a_script_waits_for_locks_as_told() {
    let bench = Bench::new();
    let sides = sides(&bench);
    let script = |options: &[&str]| {
        let run = Pgparity::new(["plan"]).args(options).args(&sides).run();
        run.expect_status(3).text().to_owned()
    };
    assert!(!script(&["--mode=simple"]).contains("lock_timeout"));
    assert!(
        script(&["--mode=simple", "--step-lock-timeout", "2s"])
            .contains("\nSET lock_timeout = '2s';\n")
    );
    assert!(
        script(&["--mode=online", "--step-lock-timeout=0"]).contains("SET lock_timeout = '0';")
    );
}
