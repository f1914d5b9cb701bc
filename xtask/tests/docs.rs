//! The documentation speaks of what is there: paths exist, links lead somewhere, and tables that
//! repeat the code say what the code says.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pgparity_core::action::{Hazard, RiskLevel};
use pgparity_core::objects::Kind;
use pgparity_core::plan::{FASTEST, SLOWEST, STATEMENT_MS, Speed};
use pgparity_core::report::words::number;

/// The folders at the top whose content the documents name.
const FOLDERS: &[&str] =
    &["core", "exporter", "web", "tests", "samples", "xtask", "docs", ".ci", ".cargo"];

/// Endings of files at the top that the documents name.
const ENDINGS: &[&str] = &["md", "toml", "html"];

/// Files of those who use the program.
const EXAMPLES: &[&str] = &["plan.md", "pgparity.toml", "fleet.toml"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn text(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// Every document for readers: those at the top and those in `docs`.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in [root(), root().join("docs"), root().join("docs/hazards")] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 5, "documents are missing: {found:?}");
    found
}

/// What stands between backticks in running text, examples left out.
fn code_spans(markdown: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut spans = Vec::new();
    for line in markdown.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            spans.extend(line.split('`').skip(1).step_by(2));
        }
    }
    spans
}

/// True when a span names a place in the repository, and not an example of one.
fn is_path(span: &str) -> bool {
    if span.contains(|c: char| c.is_whitespace() || "<>…*{}@".contains(c)) {
        return false;
    }
    match span.split_once('/') {
        Some((top, rest)) => FOLDERS.contains(&top) && !rest.is_empty(),
        None => span.rsplit_once('.').is_some_and(|(name, ending)| {
            ENDINGS.contains(&ending) && !name.is_empty() && !EXAMPLES.contains(&span)
        }),
    }
}

/// The targets of links and pictures that are not on the web.
fn links(markdown: &str) -> Vec<&str> {
    let inline = markdown.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let quoted = ["src=\"", "srcset=\""]
        .into_iter()
        .flat_map(|start| markdown.split(start).skip(1).filter_map(|rest| rest.split('"').next()));
    inline
        .chain(quoted)
        .filter(|target| !target.contains("://") && !target.starts_with('#'))
        .map(|target| target.split('#').next().unwrap_or(target))
        .collect()
}

#[test]
fn every_path_and_link_leads_somewhere() {
    let mut broken = Vec::new();
    let mut seen = 0;
    for document in documents() {
        let markdown = fs::read_to_string(&document).unwrap();
        let paths = code_spans(&markdown).into_iter().filter(|span| is_path(span));
        let paths = paths.map(|path| (path, root().join(path)));
        let folder = document.parent().unwrap();
        let links = links(&markdown).into_iter().map(|link| (link, folder.join(link)));
        for (written, place) in paths.chain(links) {
            seen += 1;
            if !place.exists() {
                broken.push(format!("{}: {written}", document.display()));
            }
        }
    }
    assert!(seen > 100, "only {seen} paths and links were found in the documents");
    assert!(broken.is_empty(), "named, but not there:\n{}", broken.join("\n"));
}

#[test]
fn what_counts_as_a_path() {
    for path in ["core/src/lib.rs", "docs/", ".ci/run", "README.md"] {
        assert_eq!(is_path(path), path != "docs/", "{path}");
    }
    for other in
        ["tests/corpus/<area>", "postgres://", "plan.sql", "pgparity.toml", "cargo xtask", "a/b"]
    {
        assert!(!is_path(other), "{other}");
    }
    let markdown = "a `b` c `d`\n```\n`e`\n```\n[x](y.md#z) <img src=\"p.png\"> [w](https://w)";
    assert_eq!(code_spans(markdown), ["b", "d"]);
    assert_eq!(links(markdown), ["y.md", "p.png"]);
}

#[test]
fn the_architecture_stays_short() {
    let architecture = text("ARCHITECTURE.md");
    let lines = architecture.lines().count();
    assert!(lines <= 200, "ARCHITECTURE.md has {lines} lines: more than 200 are not read");
    assert!(architecture.matches("**Architecture Invariant:**").count() >= 8);
}

#[test]
fn hazards_are_told_as_the_program_tells_them() {
    for document in ["README.md", "docs/hazards.md"] {
        let markdown = text(document);
        for hazard in Hazard::ALL {
            let withheld = if hazard.withholds() { "yes" } else { "no" };
            let row = format!("| `{}` | {withheld} | {} |", hazard.name(), hazard.means());
            assert!(markdown.contains(&row), "{document} lacks this row:\n{row}");
        }
        let rows = markdown.lines().filter(|line| {
            let name = line.strip_prefix("| `").and_then(|rest| rest.split('`').next());
            name.is_some_and(|name| {
                name.len() > 3 && name.chars().all(|c| c.is_ascii_uppercase() || c == '_')
            })
        });
        assert_eq!(rows.count(), Hazard::ALL.len(), "{document} has rows for other hazards");
    }
}

#[test]
fn risks_are_told_as_the_program_rates_them() {
    let document = text("docs/risk.md");
    for level in [RiskLevel::High, RiskLevel::Medium] {
        let of_level = Hazard::ALL.iter().filter(|hazard| hazard.risk() == level);
        let names: Vec<String> = of_level.map(|hazard| format!("`{}`", hazard.name())).collect();
        let listed = format!("Hazards of {} risk: {}.", level.word(), names.join(", "));
        assert!(document.replace('\n', " ").contains(&listed), "{listed}");
    }
    let speed = |of: fn(&Speed) -> u64| {
        let megabytes = |speed: &Speed| number(of(speed) / 1_000_000);
        format!("{} MB/s | {} MB/s", megabytes(&FASTEST), megabytes(&SLOWEST))
    };
    for row in [
        format!("| catalog only | 0 ms | {STATEMENT_MS} ms |"),
        format!("| reads all rows | {} |", speed(|speed| speed.scan)),
        format!("| builds an index | {} |", speed(|speed| speed.index_build)),
        format!("| rewrites all rows | {} |", speed(|speed| speed.rewrite)),
    ] {
        assert!(document.contains(&row), "{row}");
    }
}

/// The names of the files in a folder that end in `.md`, without the ending.
fn pages(folder: &str) -> BTreeSet<String> {
    fs::read_dir(root().join(folder))
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(".md").map(str::to_owned)
        })
        .collect()
}

#[test]
fn every_hazard_has_a_page_and_every_page_a_hazard() {
    let names: BTreeSet<String> = Hazard::ALL.iter().map(|h| h.name().to_owned()).collect();
    assert_eq!(pages("docs/hazards"), names);
    let index = text("docs/hazards.md");
    for name in names {
        assert!(index.contains(&format!("[{name}](hazards/{name}.md)")), "{name} is not linked");
        let page = text(&format!("docs/hazards/{name}.md"));
        assert!(page.starts_with(&format!("# {name}\n")), "{name}: the title is another");
        for part in [
            "## When",
            "## Lock, and for how long",
            "## What to do",
            "## Example",
            "Peers: ",
            "PostgreSQL manual: ",
        ] {
            assert!(page.contains(part), "the page of {name} lacks {part:?}");
        }
    }
}

/// The files `hazards` of the cases name hazards that a plan must show.
#[test]
fn every_hazard_has_a_case() {
    let mut named = BTreeSet::new();
    for entry in fs::read_dir(root().join("tests/corpus")).unwrap() {
        let file = entry.unwrap().path().join("hazards");
        let lines = fs::read_to_string(&file).unwrap_or_default();
        for line in lines.lines() {
            let name = line.split_whitespace().next().unwrap_or_default();
            // With `!` none may be shown.
            let shown = name.strip_prefix('!').unwrap_or(name);
            let hazard: Hazard =
                shown.parse().unwrap_or_else(|_| panic!("{}: {name} is no hazard", file.display()));
            if shown == name {
                named.insert(hazard);
            }
        }
    }
    let without: Vec<&Hazard> = Hazard::ALL.iter().filter(|h| !named.contains(h)).collect();
    assert!(without.is_empty(), "no case shows {without:?}");
}

#[test]
fn every_kind_is_documented() {
    let snapshot = text("docs/snapshot.md");
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Column) {
        let name = format!("`{}`", kind.as_str());
        assert!(snapshot.contains(&name), "docs/snapshot.md does not list the kind {name}");
    }
}

/// The text of every source of a folder, however deep.
fn sources(folder: &Path, found: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_guide_names_what_is_on_the_page() {
    let mut page = String::new();
    sources(&root().join("web/src"), &mut page);
    page.extend(Hazard::ALL.iter().map(|hazard| hazard.name()));
    let guide = text("docs/guide.md");
    let named: Vec<String> =
        guide.split("**").skip(1).step_by(2).map(|bold| bold.replace('\n', " ")).collect();
    assert!(named.len() > 30, "the guide names {} things of the page", named.len());
    let unknown: Vec<&String> = named.iter().filter(|name| !page.contains(*name)).collect();
    assert!(unknown.is_empty(), "the page has no {unknown:?}");
}
