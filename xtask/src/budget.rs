//! What a visitor downloads: the sizes of the built page, and the limits that they stay within.
//!
//! The limits are in `web/budget.json`. They are there to come down: `--write` puts those of the
//! page in `dist/` in their place.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::paths::Paths;
use crate::shell::{command, output};

/// What is measured, in the order of the table's columns.
const MEASURES: [&str; 3] = ["raw", "brotli", "gzip"];

/// How much more than when the limits were written is let through, in thousandths: compilers of
/// other releases differ by that much.
const SLACK: u64 = 10;

/// Bytes by the ending of the files, then by measure.
type Sizes = BTreeMap<String, BTreeMap<String, u64>>;

/// What `cargo xtask budget` takes.
#[derive(clap::Args, Default)]
pub(crate) struct Options {
    /// Makes the sizes of the page in dist/ the new limits
    #[arg(long)]
    write: bool,
}

/// Prints the sizes of the page in `dist/`, and fails when one of them is above its limit.
pub(crate) fn check(paths: &Paths, options: &Options) -> Result<()> {
    let file = paths.root.join("web/budget.json");
    let mut node = command("node");
    let script = paths.root.join("xtask/src/sizes.mjs");
    let text = output(node.arg(script).arg(paths.dist()))
        .context("cannot measure dist/: run cargo xtask build-web first; Node.js is needed")?;
    let sizes: Sizes = serde_json::from_str(&text)?;
    if sizes.is_empty() {
        bail!("there is no page in dist/: run cargo xtask build-web first");
    }
    if options.write {
        let text = serde_json::to_string_pretty(&sizes)? + "\n";
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let limits: Sizes = serde_json::from_str(&text).context("web/budget.json")?;
    print!("{}", table(&sizes, &limits));
    let above = above(&sizes, &limits);
    if !above.is_empty() {
        bail!(
            "larger than web/budget.json allows: {}. Make it smaller, or say in the commit why it \
             is larger and run cargo xtask budget --write",
            above.join(", ")
        );
    }
    Ok(())
}

fn of(sizes: &Sizes, kind: &str, measure: &str) -> u64 {
    sizes.get(kind).and_then(|sizes| sizes.get(measure)).copied().unwrap_or(0)
}

/// The sizes in kB, each with its limit.
fn table(sizes: &Sizes, limits: &Sizes) -> String {
    let mut out = "| files | raw | limit | brotli | limit | gzip | limit |\n".to_owned();
    out += &format!("|---|{}\n", "---:|".repeat(2 * MEASURES.len()));
    let kilo = |bytes: u64| format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100);
    for kind in sizes.keys() {
        out += &format!("| {kind} |");
        for measure in MEASURES {
            let (size, limit) = (of(sizes, kind, measure), of(limits, kind, measure));
            out += &format!(" {} | {} |", kilo(size), kilo(limit));
        }
        out.push('\n');
    }
    out
}

/// What is above its limit.
fn above(sizes: &Sizes, limits: &Sizes) -> Vec<String> {
    let mut above = Vec::new();
    for kind in sizes.keys() {
        for measure in MEASURES {
            let (size, limit) = (of(sizes, kind, measure), of(limits, kind, measure));
            if size > limit + limit * SLACK / 1000 {
                above.push(format!("{kind} {measure} by {} bytes", size - limit));
            }
        }
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(raw: u64) -> Sizes {
        let measured = MEASURES.iter().map(|measure| ((*measure).to_owned(), raw));
        BTreeMap::from([("wasm".to_owned(), measured.collect())])
    }

    #[test]
    fn what_grows_is_told() {
        assert!(above(&sizes(1_010_000), &sizes(1_000_000)).is_empty());
        assert_eq!(above(&sizes(1_010_001), &sizes(1_000_000)).len(), MEASURES.len());
        assert_eq!(above(&sizes(1), &Sizes::new()).len(), MEASURES.len());
        let line = "| wasm | 1500.9 kB | 2000.0 kB |";
        assert!(table(&sizes(1_500_999), &sizes(2_000_000)).contains(line));
    }
}
