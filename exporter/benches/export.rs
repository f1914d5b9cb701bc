//! How fast a database is exported, next to `pg_dump --schema-only` of the same database.
//!
//! ```text
//! cargo bench -p pgparity                          # a throw-away server with 1,000 tables
//! cargo bench -p pgparity -- --tables 5000 --runs 9
//! PGPARITY_BENCH_URL=postgres://… cargo bench -p pgparity
//! ```
//!
//! Both programs take turns, and what is to be read are the ratios: wall time is shared with
//! whatever else the machine does, and with the server. Nothing here fails for being slow.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark that cannot run stops and says why"
)]

#[path = "../../core/benches/speed/generate.rs"]
mod generate;
#[path = "../../core/benches/speed/schema.rs"]
mod schema;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use pgparity_core::diff::{DiffOptions, diff};
use pgparity_core::plan::{Mode, PlanOptions, plan, script};
use pgparity_core::snapshot::Snapshot;
use pgparity_tests::{Cluster, programs};

/// A server's settings are read by the oldest client that is at hand.
const OLDEST: u32 = 14;

fn main() {
    let (tables, runs) = request();
    if let Ok(url) = env::var("PGPARITY_BENCH_URL") {
        measure("the given database", &url, runs);
        return;
    }
    let cluster = Cluster::start(programs::versions()[0]);
    let db = cluster.database("bench");
    cluster.maintenance().sql("CREATE ROLE owner; CREATE ROLE readers;");
    db.sql(&everything(tables));
    measure(&format!("{tables} tables"), &db.url(), runs);
}

/// How many tables and runs; few when Cargo only tests whether the benchmark works.
fn request() -> (usize, usize) {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let number = |name: &str| {
        let value = arguments.iter().skip_while(|argument| *argument != name).nth(1);
        value.map(|value| value.parse::<usize>().expect("a number"))
    };
    let measuring = arguments.iter().any(|argument| argument == "--bench");
    let (tables, runs) = if measuring { (1000, 5) } else { (20, 1) };
    (number("--tables").unwrap_or(tables), number("--runs").unwrap_or(runs).max(1))
}

/// The statements that make a database of so many tables out of an empty one.
fn everything(tables: usize) -> String {
    let (to, _) = generate::pair(tables);
    let from = Snapshot { source: to.source.clone(), ..Snapshot::default() };
    let drift = diff(&from, &to, &DiffOptions::default());
    let options = PlanOptions { mode: Some(Mode::Simple), ..PlanOptions::default() };
    script(&plan(&from, &to, &drift, &options))
}

/// One call of a program.
#[derive(Clone, Copy)]
struct Cost {
    wall: Duration,
    /// User and system time of the program, which the server's work is no part of.
    cpu: Duration,
    bytes: u64,
}

fn measure(what: &str, url: &str, runs: usize) {
    let folder = env::temp_dir().join(format!("pgparity-export-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the results");
    let version = server_version(url);
    let (dump, snapshot) = (folder.join("dump.sql"), folder.join("snapshot.json"));
    let mut costs: [Vec<Cost>; 3] = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..runs {
        let mut connect = Command::new(programs::client("psql", OLDEST));
        costs[0].push(cost(connect.args(["-X", "-c", "SELECT 1", "-d", url])));
        let mut pg_dump = Command::new(programs::client("pg_dump", version / 10_000));
        pg_dump.args(["--schema-only", "-d", url, "-f"]).arg(&dump);
        costs[1].push(cost(&mut pg_dump).with_size_of(&dump));
        let mut export = Command::new(env!("CARGO_BIN_EXE_pgparity"));
        export.args(["export", "--quiet", "--url", url, "-o"]).arg(&snapshot);
        costs[2].push(cost(&mut export).with_size_of(&snapshot));
    }
    fs::remove_dir_all(&folder).expect("the results can be removed");
    print!("{}", table(what, version, &costs));
}

impl Cost {
    fn with_size_of(self, file: &std::path::Path) -> Cost {
        Cost { bytes: fs::metadata(file).expect("the program wrote its file").len(), ..self }
    }
}

fn server_version(url: &str) -> u32 {
    let mut psql = Command::new(programs::client("psql", OLDEST));
    let output = psql
        .args(["-X", "-A", "-t", "-c", "SHOW server_version_num", "-d", url])
        .stderr(Stdio::inherit())
        .output()
        .expect("psql runs");
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    text.parse().expect("the server tells its version; is PGPARITY_BENCH_URL right?")
}

fn cost(command: &mut Command) -> Cost {
    let (before, start) = (children_cpu(), Instant::now());
    let status = command.stdout(Stdio::null()).status().expect("the program runs");
    let (wall, cpu) = (start.elapsed(), children_cpu().saturating_sub(before));
    assert!(status.success(), "{} failed: {status}", command.get_program().display());
    Cost { wall, cpu, bytes: 0 }
}

/// User and system time of all child processes that have ended.
fn children_cpu() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system tells what was used");
    let duration = |time: TimeVal| {
        let (seconds, micros) = (time.tv_sec().unsigned_abs(), time.tv_usec().unsigned_abs());
        Duration::from_secs(seconds) + Duration::from_micros(micros)
    };
    duration(usage.user_time()) + duration(usage.system_time())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[allow(clippy::cast_precision_loss, reason = "sizes of documents are far below 2^52")]
fn table(what: &str, version: u32, costs: &[Vec<Cost>; 3]) -> String {
    let mut out = format!(
        "{what}, PostgreSQL {}, medians of {} runs\n\n| | connect | pg_dump | export | export / pg_dump |\n|---|---:|---:|---:|---:|\n",
        version / 10_000,
        costs[0].len()
    );
    let of = |select: &dyn Fn(&Cost) -> f64| -> Vec<f64> {
        costs.iter().map(|costs| median(costs.iter().map(select).collect())).collect()
    };
    for (name, unit, values) in [
        ("wall", "ms", of(&|cost| cost.wall.as_secs_f64() * 1e3)),
        ("client CPU", "ms", of(&|cost| cost.cpu.as_secs_f64() * 1e3)),
        ("size", "kB", of(&|cost| cost.bytes as f64 / 1e3)),
    ] {
        out.push_str(&format!(
            "| {name} | {:.0} {unit} | {:.0} {unit} | {:.0} {unit} | {:.2} |\n",
            values[0],
            values[1],
            values[2],
            values[2] / values[1]
        ));
    }
    out
}
