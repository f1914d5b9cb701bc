//! How much memory reading, comparing and planning take: a process of its own does nothing else.

use std::error::Error;
use std::hint::black_box;
use std::process::Command;
use std::{env, fs};

use pgparity_core::diff::{DiffOptions, diff};
use pgparity_core::plan::{PlanOptions, plan, script};
use pgparity_core::snapshot::Document;

/// The argument that makes the benchmark that process.
pub(crate) const ARGUMENT: &str = "--peak";

/// The most memory that was in use, in bytes; `None` where the system does not tell it.
pub(crate) fn of_pair(from: &str, to: &str) -> Result<Option<usize>, Box<dyn Error>> {
    if cfg!(target_family = "wasm") {
        return Ok(None);
    }
    let folder = env::temp_dir().join(format!("pgparity-memory-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let (a, b) = (folder.join("from.json"), folder.join("to.json"));
    fs::write(&a, from)?;
    fs::write(&b, to)?;
    let output = Command::new(env::current_exe()?).arg(ARGUMENT).args([&a, &b]).output()?;
    fs::remove_dir_all(&folder)?;
    Ok(String::from_utf8(output.stdout)?.trim().parse().ok())
}

/// What that process does.
pub(crate) fn run(from: &str, to: &str) -> Result<(), Box<dyn Error>> {
    let document = Document::read(fs::read_to_string(from)?)?;
    let to = document.read_beside(fs::read_to_string(to)?.as_bytes())?;
    let from = document.into_snapshot();
    let drift = diff(&from, &to, &DiffOptions::default());
    black_box(script(&plan(&from, &to, &drift, &PlanOptions::default())));
    println!("{}", peak());
    Ok(())
}

/// What Linux counts for the program alone: `getrusage()` would count what the process was before
/// it became this program. See `proc(5)`, `VmHWM`.
#[cfg(target_os = "linux")]
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok());
    kilobytes.map(|count| (count * 1024).to_string()).unwrap_or_default()
}

#[cfg(not(target_os = "linux"))]
fn peak() -> String {
    String::new()
}
