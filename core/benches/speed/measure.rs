//! Runs every phase several times and writes the medians as a table.

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use pgparity_core::action::Hazard;
use pgparity_core::diff::{DiffOptions, diff};
use pgparity_core::plan::{PlanOptions, plan, script};
use pgparity_core::snapshot::{Document, Snapshot, write};
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::{generate, memory};

/// The documents of two snapshots.
pub(crate) struct Pair {
    name: String,
    from: String,
    to: String,
}

/// What was measured of one pair.
pub(crate) struct Phases {
    name: String,
    bytes: usize,
    tables: usize,
    changes: usize,
    steps: usize,
    /// The most memory that a process for the pair had, where the system tells it.
    peak: Option<usize>,
    /// Name and median, in the order of [`PHASES`].
    medians: Vec<Duration>,
}

/// The phases. The first is what the others are compared with.
const PHASES: &[&str] = &[
    "floor: both documents into `serde_json::Value`",
    "floor: both documents, nothing kept",
    "floor: both documents into the snapshot's types",
    "read both",
    "diff",
    "plan",
    "script",
    "read both + diff + plan + script",
    "write one",
    "the second from nothing: diff + plan + script that can run again",
];

impl Pair {
    pub(crate) fn new(name: impl Into<String>, from: String, to: String) -> Pair {
        Pair { name: name.into(), from, to }
    }

    pub(crate) fn generated(tables: usize) -> Pair {
        let (from, to) = generate::pair(tables);
        Pair::new(format!("{tables} tables"), write(&from), write(&to))
    }
}

impl Phases {
    /// Measures a pair; every run goes through all phases, so that other work on the machine
    /// disturbs all of them alike.
    pub(crate) fn measure(pair: Pair, runs: usize) -> Result<Phases, Box<dyn Error>> {
        let everything =
            PlanOptions { allow: Hazard::ALL.iter().copied().collect(), ..PlanOptions::default() };
        let mut times: Vec<Vec<Duration>> = vec![Vec::new(); PHASES.len()];
        let (mut changes, mut steps, mut tables) = (0, 0, 0);
        for _ in 0..runs {
            let mut phase = 0;
            let mut note = |time: Duration| {
                times[phase].push(time);
                phase += 1;
            };
            note(floor::<Value>(&pair));
            note(floor::<IgnoredAny>(&pair));
            note(floor::<Snapshot>(&pair));
            let text = pair.from.clone();
            let (document, reading_from) = timed(|| Document::read(text));
            let document = document?;
            let (to, reading_to) = timed(|| document.read_beside(pair.to.as_bytes()));
            let (from, to) = (document.into_snapshot(), to?);
            let reading = reading_from + reading_to;
            let (drift, comparing) = timed(|| diff(&from, &to, &DiffOptions::default()));
            let (made, planning) = timed(|| plan(&from, &to, &drift, &everything));
            let (text, writing) = timed(|| script(&made));
            black_box(text);
            note(reading);
            note(comparing);
            note(planning);
            note(writing);
            note(reading + comparing + planning + writing);
            note(timed(|| write(&to)).1);
            (changes, steps, tables) =
                (drift.changes.len(), made.steps.len(), to.objects.table.len());
        }
        // Apart from the others, which would find the memory that it leaves at hand.
        let to: Snapshot = Document::read(pair.to.clone())?.into_snapshot();
        if let Some(last) = times.last_mut() {
            *last = (0..runs).map(|_| timed(|| from_nothing(&to)).1).collect();
        }
        let medians = times.into_iter().map(median).collect();
        let bytes = pair.from.len() + pair.to.len();
        let peak = memory::of_pair(&pair.from, &pair.to)?;
        Ok(Phases { name: pair.name, bytes, tables, changes, steps, peak, medians })
    }
}

/// The longest plan there is for a snapshot.
fn from_nothing(to: &Snapshot) -> String {
    let nothing = Snapshot {
        format: to.format.clone(),
        version: to.version,
        source: to.source.clone(),
        ..Snapshot::default()
    };
    let options = PlanOptions { idempotent: true, ..PlanOptions::default() };
    let drift = diff(&nothing, to, &DiffOptions::default());
    script(&plan(&nothing, to, &drift, &options))
}

/// The time to parse both documents into a type. What cannot be parsed is told by `read`.
fn floor<T: for<'de> serde::Deserialize<'de>>(pair: &Pair) -> Duration {
    let (parsed, time) =
        timed(|| (serde_json::from_str::<T>(&pair.from), serde_json::from_str::<T>(&pair.to)));
    drop(black_box(parsed));
    time
}

/// A result and the time it took, without the time to throw it away.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = clock();
    let result = black_box(work());
    (result, clock().saturating_sub(start))
}

/// The processor time of this thread, which other programs hardly disturb.
#[cfg(unix)]
fn clock() -> Duration {
    use nix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}

/// Wall time, where the system does not tell the processor time.
#[cfg(not(unix))]
fn clock() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The figures as Markdown: a line for each phase; for each pair the time and its ratio to the
/// first phase; for each pair but the first its ratio to the pair before.
pub(crate) fn table(measured: &[Phases]) -> String {
    let mut out = String::new();
    for of in measured {
        out.push_str(&format!(
            "{}: {:.1} MB in two documents, {} tables in the second, {} changes, {} steps{}\n",
            of.name,
            ratio(of.bytes, 1_000_000),
            of.tables,
            of.changes,
            of.steps,
            of.peak.map_or(String::new(), |peak| format!(
                ", {:.0} MB of memory ({:.1} times the documents)",
                ratio(peak, 1_000_000),
                ratio(peak, of.bytes)
            ))
        ));
    }
    out.push_str("\n| phase |");
    for (at, of) in measured.iter().enumerate() {
        out.push_str(&format!(" {} | / Value |", of.name));
        if at > 0 {
            out.push_str(" growth |");
        }
    }
    out.push_str("\n|---|");
    for at in 0..measured.len() {
        out.push_str(if at > 0 { "---:|---:|---:|" } else { "---:|---:|" });
    }
    out.push('\n');
    for (phase, name) in PHASES.iter().enumerate() {
        out.push_str(&format!("| {name} |"));
        for (at, of) in measured.iter().enumerate() {
            let (time, base) = (seconds(of, phase), seconds(of, 0));
            out.push_str(&format!(" {:.1} ms | {:.2} |", time * 1000.0, time / base));
            if let Some(smaller) = at.checked_sub(1).and_then(|at| measured.get(at)) {
                out.push_str(&format!(" {:.1} |", time / seconds(smaller, phase)));
            }
        }
        out.push('\n');
    }
    out
}

fn seconds(of: &Phases, phase: usize) -> f64 {
    of.medians.get(phase).map_or(f64::NAN, Duration::as_secs_f64)
}

#[allow(clippy::cast_precision_loss, reason = "sizes of documents are far below 2^52")]
fn ratio(a: usize, b: usize) -> f64 {
    a as f64 / b as f64
}
