//! How much slower the core is as wasm than as a native program: the core's benchmark, run both ways.
//!
//! The benchmark needs a clock and a standard output, so it is built for WASI and run by Node.js,
//! whose compiler for wasm is that of Chromium.

use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::paths::Paths;
use crate::shell::{cargo, command, output, say};

/// The target that the benchmark is built for.
const TARGET: &str = "wasm32-wasip1";

/// The profiles: that of the program, and that of the page.
const PROFILES: [&str; 2] = ["release", "web"];

/// How much to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The number of tables
    #[arg(long, default_value_t = 1000)]
    tables: usize,
    /// How often; the median counts. With few, it is that of code which is not optimized yet
    #[arg(long, default_value_t = 40)]
    runs: usize,
}

/// Measures, and prints a table.
pub(crate) fn measure(paths: &Paths, options: &Options) -> Result<()> {
    say("wasm", format!("builds the benchmark natively and for {TARGET}, which takes minutes"));
    let arguments = [
        "--bench".to_owned(),
        "--tables".to_owned(),
        options.tables.to_string(),
        "--runs".to_owned(),
        options.runs.to_string(),
    ];
    let mut native = command(build(paths, None, "release")?);
    let mut columns = vec![("native".to_owned(), phases(native.args(&arguments))?)];
    for profile in PROFILES {
        let file = build(paths, Some(TARGET), profile)?;
        let mut node = command("node");
        node.arg("--no-warnings").arg(paths.root.join("xtask/src/wasi.mjs")).arg(file);
        columns.push((format!("wasm, {profile}"), phases(node.args(&arguments))?));
    }
    print!("{}", table(&columns));
    Ok(())
}

/// Builds the benchmark and returns its path.
fn build(paths: &Paths, target: Option<&str>, profile: &str) -> Result<String> {
    let mut cargo = cargo();
    cargo.current_dir(&paths.root).args(["bench", "-p", "pgparity-core", "--bench", "speed"]);
    cargo.args(["--no-run", "--message-format=json", "--profile", profile]);
    if let Some(target) = target {
        cargo.args(["--target", target]);
    }
    let messages = output(&mut cargo).with_context(|| {
        format!("cannot build the benchmark; is the target there? rustup target add {TARGET}")
    })?;
    let executable = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        message.get("executable")?.as_str().map(str::to_owned)
    };
    messages.lines().rev().find_map(executable).context("cargo does not name what it built")
}

/// The phases and their milliseconds, out of the table that the benchmark prints.
fn phases(benchmark: &mut Command) -> Result<Vec<(String, f64)>> {
    let text = output(benchmark).context("the benchmark does not run; Node.js 20 is needed")?;
    Ok(text.lines().filter_map(phase).collect())
}

/// `| plan | 10.4 ms | …`.
fn phase(line: &str) -> Option<(String, f64)> {
    let mut cells = line.split('|').map(str::trim).skip(1);
    let name = cells.next()?.to_owned();
    let time = cells.next()?.strip_suffix(" ms")?.parse().ok()?;
    Some((name, time))
}

/// A line for each phase; a ratio to the first column beside each other one.
fn table(columns: &[(String, Vec<(String, f64)>)]) -> String {
    let Some(((_, base), others)) = columns.split_first() else { return String::new() };
    let mut out = "| phase | native |".to_owned();
    for (name, _) in others {
        out += &format!(" {name} | / native |");
    }
    out += &format!("\n|---|---:|{}\n", "---:|---:|".repeat(others.len()));
    for (at, (name, native)) in base.iter().enumerate() {
        out += &format!("| {name} | {native:.1} ms |");
        for (_, times) in others {
            let time = times.get(at).map_or(f64::NAN, |(_, time)| *time);
            out += &format!(" {time:.1} ms | {:.2} |", time / native);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_are_read_and_compared() {
        assert_eq!(phase("| plan | 10.4 ms | 0.26 |"), Some(("plan".to_owned(), 10.4)));
        assert_eq!(phase("|---|---:|"), None);
        let column = |time| vec![("plan".to_owned(), time)];
        let table = table(&[("native".to_owned(), column(2.0)), ("wasm".to_owned(), column(3.0))]);
        assert!(table.ends_with("| plan | 2.0 ms | 3.0 ms | 1.50 |\n"), "{table}");
    }
}
