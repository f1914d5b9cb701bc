//! `pgparity compare`: many snapshots in groups of equal ones, and how the groups differ.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use pgparity_core::catalog::glob_matches;
use pgparity_core::report::Style;
use pgparity_core::snapshot::Snapshot;
use pgparity_core::variants::{GroupReport, VariantOptions};

use super::load::{load_all, open};
use super::policy::Followed;
use crate::app::Outcome;
use crate::args::{ArchiveArg, CompareArgs, CompareFormat};
use crate::interrupt::Interrupt;
use crate::source::Source;

/// Runs the command.
pub(crate) async fn run(
    arguments: CompareArgs,
    quiet: bool,
    mut interrupt: Interrupt,
) -> Result<Outcome> {
    let policy = Followed::read(arguments.policy)?;
    let limits = &arguments.limits;
    let mut sources: Vec<Source> = arguments.reference.into_iter().collect();
    let reference = sources.first().map(|_| 0);
    for word in &arguments.snapshots {
        sources.extend(expanded(word, &limits.place, &mut interrupt).await?);
    }
    if sources.iter().filter(|source| matches!(source, Source::Stdin)).count() > 1 {
        bail!("only one of the snapshots can be standard input (-)");
    }
    if sources.len() < 2 {
        bail!("give two snapshots or more: files, directories, URLs, or 'archive:tenant-*'");
    }
    let places: Vec<String> = sources.iter().map(ToString::to_string).collect();
    let snapshots = Box::pin(load_all(sources, limits, quiet, &mut interrupt)).await?;
    let (format, output) = (arguments.format, arguments.output);
    interrupt
        .blocking(move || {
            let names = names(&snapshots, &places);
            let ignore = policy.as_ref().map_or_else(|| Ok(Vec::new()), Followed::ignore)?;
            let all: Vec<&Snapshot> = snapshots.iter().collect();
            let report = GroupReport::new(&all, &names, &VariantOptions { reference, ignore });
            let style = if output.takes_colours() { Style::Ansi } else { Style::Plain };
            output.write(&match format {
                CompareFormat::Text => report.text(style),
                CompareFormat::Json => super::json(&report)?,
                CompareFormat::Markdown => report.markdown(),
            })?;
            Ok(if report.equal { Outcome::Done } else { Outcome::Drift })
        })
        .await
}

/// What a word stands for: a directory for its snapshots, an archive with wildcards for its environments.
async fn expanded(
    word: &str,
    place: &ArchiveArg,
    interrupt: &mut Interrupt,
) -> Result<Vec<Source>> {
    let pattern =
        word.strip_prefix("archive:").map(|rest| rest.split_once('@').unwrap_or((rest, "")));
    if let Some((glob, time)) = pattern.filter(|(glob, _)| glob.contains(['*', '?'])) {
        let archive = open(place)?;
        let all = interrupt.or(archive.environments()).await?;
        let at = if time.is_empty() { String::new() } else { format!("@{time}") };
        let chosen = all.iter().filter(|one| glob_matches(glob, one.as_str()));
        let sources: Result<Vec<Source>, String> =
            chosen.map(|one| Source::new(&format!("archive:{one}{at}"))).collect();
        let sources = sources.map_err(|error| anyhow!(error))?;
        if sources.is_empty() {
            let there: Vec<&str> = all.iter().map(crate::archive::Environment::as_str).collect();
            bail!("no environment of the archive matches `{glob}`; it has: {}", there.join(", "));
        }
        return Ok(sources);
    }
    match Source::new(word).map_err(|error| anyhow!(error))? {
        Source::File(path) if path.is_dir() => interrupt.blocking(move || directory(&path)).await,
        source => Ok(vec![source]),
    }
}

/// The snapshots in a directory, by name.
fn directory(path: &Path) -> Result<Vec<Source>> {
    let list = || -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(path)? {
            let file = entry?.path();
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let endings = [".json", ".json.gz", ".json.zst"];
            if endings.iter().any(|ending| name.ends_with(ending)) && file.is_file() {
                found.push(file);
            }
        }
        found.sort();
        if found.is_empty() {
            bail!("it holds no snapshot: no file ends in .json, .json.gz or .json.zst");
        }
        Ok(found)
    };
    let files = list().with_context(|| format!("cannot read the directory {}", path.display()))?;
    Ok(files.into_iter().map(Source::File).collect())
}

/// What each snapshot is called: its label, and where several have one, the place it comes from too.
fn names(snapshots: &[Snapshot], places: &[String]) -> Vec<String> {
    let label = |snapshot: &Snapshot| snapshot.side().label;
    let mut many: BTreeMap<String, usize> = BTreeMap::new();
    for snapshot in snapshots {
        *many.entry(label(snapshot)).or_default() += 1;
    }
    let named = snapshots.iter().zip(places).map(|(snapshot, place)| {
        let label = label(snapshot);
        if many.get(&label).is_some_and(|many| *many > 1) {
            format!("{label} ({place})")
        } else {
            label
        }
    });
    named.collect()
}
