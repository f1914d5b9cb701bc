//! A pair of snapshots whose names want to be formulas, markup and more, and a reader of spreadsheets.

use std::path::PathBuf;

use pgparity_core::objects::{Column, Table};
use pgparity_core::snapshot::{Snapshot, fingerprint, read, write};

use crate::{Bench, workspace};

/// Names that want to be something else.
#[must_use]
pub fn hostile() -> Vec<String> {
    let mut names: Vec<String> = [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "a\r\nb,\"c\"",
        "<script>alert(1)</script>",
        "</pre></details><img src=x onerror=alert(1)>",
        "\"><svg/onload=alert(1)>",
        "&lt;b&gt;&#60;",
        "--><!-- ",
        "</title></style><script>",
        "abc\u{202E}def\u{2066}",
        "zero\u{200B}width\u{FEFF}",
        "null\u{1}\u{1b}[31m",
        "ünï 名前 👩\u{200D}👧",
        "مرحبا",
    ]
    .map(str::to_owned)
    .to_vec();
    names.push("<b>".repeat(3_333));
    names
}

/// A policy with rules of every outcome for [`sides`], hostile names among them.
pub const POLICY: &str = "version = 1\npresets = [\"comments\"]\n\
    [tables.\"public.missing\".columns]\nid = {}\n\
    [tables.\"public.orders\".columns]\nid = { type = \"text\" }\nnone = { required = false }\n\
    [[require]]\nkind = \"table\"\nidentity = 'public.\"::error::a,b:c%0A<i>{x}[y](z)\"'\n\
    [[forbid]]\nkind = \"column\"\nidentity = \"*.plain\"\nreason = \"a & b\"\n\
    [[waivers]]\nkind = \"column\"\nidentity = \"public.orders.id\"\nreason = \"<later> \\u202E\"\n\
    owner = \"\\\"shop\\\" & team\"\nexpires = 2031-05-31\n";

/// Stops the test at what acts on a terminal or hides in a line.
pub fn expect_harmless(text: &str) {
    let hidden =
        |c: char| (c.is_control() && c != '\n') || "\u{202E}\u{2066}\u{200B}\u{FEFF}".contains(c);
    assert_eq!(text.chars().find(|c| hidden(*c)), None);
}

/// A sample with a hostile name on everything that takes one.
#[must_use]
pub fn sides(bench: &Bench) -> [PathBuf; 2] {
    let side = |name: &str, file: &str, hostile: &[String]| {
        let text = std::fs::read(workspace::root().join("web/samples").join(file)).unwrap();
        let mut snapshot: Snapshot = read(&text).unwrap();
        snapshot.source.label = hostile.first().cloned();
        for (at, name) in hostile.iter().enumerate() {
            let column = |name: &str| Column {
                name: name.into(),
                data_type: "text".into(),
                comment: Some(format!("{name}\n{name}").into()),
                ..Column::default()
            };
            snapshot.objects.table.push(Table {
                schema: hostile[(at + 1) % hostile.len()].clone().into(),
                name: name.clone().into(),
                comment: Some(name.clone().into()),
                columns: vec![column(name), column("plain")],
                ..Table::default()
            });
        }
        if let Some(table) = snapshot.objects.table.get_mut(0) {
            let text = hostile.join("\n");
            table.comment = Some(if text.is_empty() { "short".into() } else { text.into() });
        }
        snapshot.objects.sort();
        snapshot.fingerprint = fingerprint(&snapshot);
        bench.write(name, write(&snapshot))
    };
    [side("from.json", "production.json", &[]), side("to.json", "development.json", &hostile())]
}

/// The rows of a document by RFC 4180, letter by letter; refuses what the standard does not know.
#[must_use]
pub fn csv(text: &str) -> Vec<Vec<String>> {
    enum State {
        Start,
        Plain,
        Quoted,
        Quote,
    }
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut state = State::Start;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        state = match (state, letter) {
            (State::Start, '"') => State::Quoted,
            (State::Start | State::Plain | State::Quote, ',') => {
                row.push(std::mem::take(&mut cell));
                State::Start
            }
            (State::Start | State::Plain | State::Quote, '\r') => {
                assert_eq!(letters.next(), Some('\n'), "a line ends with both");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
                State::Start
            }
            (State::Quoted, '"') => State::Quote,
            (State::Quote, '"') | (State::Quoted, _) => {
                cell.push(letter);
                State::Quoted
            }
            (State::Start | State::Plain, '"' | '\n') => panic!("{letter:?} without quotes"),
            (State::Start | State::Plain, _) => {
                cell.push(letter);
                State::Plain
            }
            (State::Quote, _) => panic!("{letter:?} behind a quote"),
        };
    }
    assert!(row.is_empty() && cell.is_empty(), "the last line has its end");
    rows
}
