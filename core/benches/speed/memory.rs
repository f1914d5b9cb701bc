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

/// Linux counts in kibibytes.
#[cfg(target_os = "linux")]
fn peak() -> String {
    use nix::sys::resource::{UsageWho, getrusage};
    getrusage(UsageWho::RUSAGE_SELF)
        .map(|usage| (usage.max_rss() * 1024).to_string())
        .unwrap_or_default()
}

#[cfg(not(target_os = "linux"))]
fn peak() -> String {
    String::new()
}
