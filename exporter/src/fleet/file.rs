//! The file that names the databases of a fleet.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};
use serde::Deserialize;
use toml::Spanned;

use crate::archive::{Environment, Keep, Place};
use crate::args::parse_time;
use crate::input;
use crate::redact::printable;
use crate::toml_text::{Text, understood};

/// The largest file that can be meant as a fleet.
const MAX_SIZE: u64 = 64 << 20;
/// More mistakes than these are counted.
const SHOWN: usize = 20;
/// More would only wait for each other.
const MOST_WORKERS: usize = 256;
/// What stands for the name of a database in a name.
pub(super) const DATABASE: &str = "{database}";

/// A fleet as its file says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fleet {
    version: Spanned<u32>,
    /// Where snapshots are archived.
    archive: Option<Spanned<String>>,
    /// The directory that snapshots are written to.
    output: Option<PathBuf>,
    /// Which snapshots of an environment to keep.
    keep: Option<Spanned<String>>,
    /// How many databases are read at once.
    workers: Option<Spanned<usize>>,
    /// How many of them on one server.
    per_server: Option<Spanned<usize>>,
    /// What holds where a database does not say otherwise.
    #[serde(default)]
    defaults: Settings,
    /// The databases.
    #[serde(default)]
    database: Vec<Spanned<Entry>>,
}

/// What is read of a database, and for how long.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Only schemas that match.
    pub(super) schemas: Option<Vec<String>>,
    /// No schemas that match.
    pub(super) exclude: Option<Vec<String>>,
    /// Roles too.
    pub(super) roles: Option<bool>,
    statement_timeout: Option<Spanned<String>>,
    lock_timeout: Option<Spanned<String>>,
}

/// A database, or several of one server.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    name: Option<String>,
    /// How to connect.
    pub(super) url: Option<String>,
    /// The variable with that.
    pub(super) url_env: Option<String>,
    /// The service of libpq's service file.
    pub(super) service: Option<String>,
    /// The databases of the server, by globs, each of which is one of the fleet.
    pub(super) databases: Option<Vec<String>>,
    /// Those of them that are not.
    #[serde(default)]
    pub(super) exclude_databases: Vec<String>,
    #[serde(default)]
    settings: Settings,
}

// A URL is never shown.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Entry {
    /// What the snapshot is called; of several databases with the place for the name of each.
    pub(super) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(DATABASE)
    }
}

impl Settings {
    fn or(&self, defaults: &Settings) -> Settings {
        Settings {
            schemas: self.schemas.clone().or_else(|| defaults.schemas.clone()),
            exclude: self.exclude.clone().or_else(|| defaults.exclude.clone()),
            roles: self.roles.or(defaults.roles),
            statement_timeout: self
                .statement_timeout
                .clone()
                .or_else(|| defaults.statement_timeout.clone()),
            lock_timeout: self.lock_timeout.clone().or_else(|| defaults.lock_timeout.clone()),
        }
    }

    /// The limits, where they are given.
    pub(super) fn timeouts(&self) -> (Option<Duration>, Option<Duration>) {
        let time = |given: &Option<Spanned<String>>| parse_time(given.as_ref()?.get_ref()).ok();
        (time(&self.statement_timeout), time(&self.lock_timeout))
    }

    fn mistakes(&self) -> impl Iterator<Item = Mistake> {
        let times = [&self.statement_timeout, &self.lock_timeout];
        times.into_iter().flatten().filter_map(|time| {
            let error = parse_time(time.get_ref()).err()?;
            Some((time.span(), format!("`{}` is no time: {error}", time.get_ref())))
        })
    }
}

/// Where, and what.
type Mistake = (Range<usize>, String);

impl Fleet {
    /// Reads a file. Every mistake is told with its line. Paths in it are meant from its own folder.
    pub(crate) fn read(path: &Path) -> Result<Fleet> {
        let text = Text::new(input::read_file(path, MAX_SIZE)?);
        let told = match toml::from_str::<Fleet>(&text.source) {
            Ok(mut fleet) => {
                let mistakes = fleet.mistakes();
                if mistakes.is_empty() {
                    let folder = path.parent().unwrap_or(Path::new(""));
                    fleet.output = fleet.output.map(|output| folder.join(output));
                    return Ok(fleet);
                }
                mistakes.into_iter().map(|(span, what)| text.mistake(Some(span), &what)).collect()
            }
            // The reader would show the line, which may hold a password.
            Err(error) => vec![text.mistake(error.span(), &understood(error.message()))],
        };
        let told: Vec<String> = told;
        let name = path.display();
        let mut lines: Vec<String> =
            told.iter().take(SHOWN).map(|line| printable(&format!("{name}:{line}"))).collect();
        if told.len() > SHOWN {
            lines.push(format!("and {} more", told.len() - SHOWN));
        }
        bail!("the fleet's file cannot be used\n{}", lines.join("\n"))
    }

    /// The archive that it names; a folder is meant from the folder of the file.
    pub(crate) fn archive(&self, path: &Path) -> Option<Place> {
        let place: Place = self.archive.as_ref()?.get_ref().parse().ok()?;
        Some(match place {
            Place::Folder(folder) => {
                Place::Folder(path.parent().unwrap_or(Path::new("")).join(folder))
            }
            store @ Place::Store(_) => store,
        })
    }

    /// The directory that it names.
    pub(crate) fn output(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Which snapshots to keep.
    pub(crate) fn keep(&self) -> Option<Keep> {
        self.keep.as_ref().and_then(|keep| keep.get_ref().parse().ok())
    }

    /// How many databases are read at once.
    pub(crate) fn workers(&self) -> usize {
        self.workers.as_ref().map_or(8, |workers| *workers.get_ref())
    }

    /// How many of one server.
    pub(crate) fn per_server(&self) -> usize {
        self.per_server.as_ref().map_or(4, |most| *most.get_ref())
    }

    /// The databases, each with what is read of it.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&Entry, Settings)> {
        self.database
            .iter()
            .map(Spanned::get_ref)
            .map(|entry| (entry, entry.settings.or(&self.defaults)))
    }

    fn mistakes(&self) -> Vec<Mistake> {
        let mut found = Vec::new();
        if *self.version.get_ref() != 1 {
            found.push((self.version.span(), "this program reads version 1".to_owned()));
        }
        let archive =
            self.archive.as_ref().map(|it| (it.span(), it.get_ref().parse::<Place>().err()));
        let keep = self.keep.as_ref().map(|it| (it.span(), it.get_ref().parse::<Keep>().err()));
        for (span, error) in archive.into_iter().chain(keep) {
            found.extend(error.map(|error| (span, error)));
        }
        for (count, most) in [(&self.workers, MOST_WORKERS), (&self.per_server, usize::MAX)] {
            if let Some(count) =
                count.as_ref().filter(|it| *it.get_ref() == 0 || *it.get_ref() > most)
            {
                let most =
                    if most == usize::MAX { String::new() } else { format!(" and at most {most}") };
                found.push((count.span(), format!("at least 1{most}")));
            }
        }
        if self.database.is_empty() {
            let example = "name one: [[database]] with `name` and `url`, `url_env` or `service`";
            found.push((0..0, format!("the fleet has no database; {example}")));
        }
        found.extend(self.defaults.mistakes());
        let mut names: BTreeSet<String> = BTreeSet::new();
        for entry in &self.database {
            let says = entry_mistakes(entry.get_ref());
            found.extend(says.into_iter().map(|what| (entry.span(), what)));
            found.extend(entry.get_ref().settings.mistakes());
            let name = entry.get_ref().name().to_lowercase();
            if !name.contains(DATABASE) && !names.insert(name) {
                let what = format!("another database is called `{}` too", entry.get_ref().name());
                found.push((entry.span(), what));
            }
        }
        found.sort_by_key(|(span, _)| span.start);
        found
    }
}

fn entry_mistakes(entry: &Entry) -> Vec<String> {
    let mut found = Vec::new();
    let ways = [&entry.url, &entry.url_env, &entry.service];
    if ways.into_iter().flatten().count() > 1 {
        found.push("give one of `url`, `url_env` and `service`".to_owned());
    }
    match (&entry.name, &entry.databases) {
        (None, None) => {
            found.push("a database needs a `name`, or `databases` a pattern".to_owned());
        }
        (Some(name), None) => found.extend(name.parse::<Environment>().err()),
        (Some(name), Some(_)) if !name.contains(DATABASE) => {
            found.push(format!("several databases need {DATABASE} in their `name`"));
        }
        (Some(name), Some(_)) => {
            found.extend(name.replace(DATABASE, "x").parse::<Environment>().err());
        }
        (None, Some(_)) => {}
    }
    if entry.databases.is_none() && !entry.exclude_databases.is_empty() {
        found.push("`exclude_databases` is about `databases`".to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    fn error(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fleet.toml");
        std::fs::write(&path, text).unwrap();
        let error = format!("{:#}", Fleet::read(&path).unwrap_err());
        error.replace(&format!("{}:", path.display()), "")
    }

    #[test]
    fn every_mistake_is_told_with_its_line_and_no_url() {
        let told = error(
            "version = 1\nworkers = 0\nkeep = \"all\"\narchive = \"https://u:secret@h/x\"\n[[database]]\nname = \"a b\"\n\
             [[database]]\nname = \"a\"\nurl = \"postgres://u:secret@h/d\"\nservice = \"s\"\n[[database]]\nname = \"A\"\n\
             settings = { lock_timeout = \"soon\" }\n",
        );
        let lines: Vec<&str> = told.lines().skip(1).collect();
        let starts = [
            "2:11: at least 1",
            "3:8: write",
            "4:11: an archive",
            "5:1: `a b`",
            "7:1: give one",
            "11:1: another",
            "13:29: `soon`",
        ];
        assert_eq!(lines.len(), starts.len(), "{told}");
        for (line, start) in lines.iter().zip(starts) {
            assert!(line.starts_with(start), "{start}\n{told}");
        }
        assert!(!told.contains("secret"), "{told}");
    }

    #[test]
    fn the_example_of_the_documentation_is_a_fleet() {
        let documented = include_str!("../../../docs/fleet.md");
        let example = documented.split("```toml\n").nth(1).and_then(|it| it.split("```").next());
        let fleet: Fleet = toml::from_str(example.unwrap()).unwrap();
        assert!(fleet.mistakes().is_empty(), "{:?}", fleet.mistakes());
        let names: Vec<&str> = fleet.entries().map(|(entry, _)| entry.name()).collect();
        assert_eq!(names, ["production", "staging", "tenant-{database}"]);
        let roles: Vec<_> = fleet.entries().map(|(_, settings)| settings.roles).collect();
        assert_eq!(roles, [None, Some(true), None]);
    }

    #[test]
    fn unknown_keys_and_empty_fleets_are_mistakes() {
        assert!(
            error("version = 1\n[[database]]\nnmae = \"a\"\n")
                .contains("3:1: unknown key `nmae`; did you mean `name`?")
        );
        assert!(error("version = 1\n").contains("no database"));
        assert!(
            error("version = 2\n[[database]]\nname = \"a\"\n")
                .contains("1:11: this program reads version 1")
        );
        let broken = error("version = 1\n[[database]]\nurl = \"postgres://u:secret@h\n");
        assert!(broken.contains("3:") && !broken.contains("secret"), "{broken}");
    }
}
