//! The files of a project's migrations: which there are, in which order, and what each needs.
//!
//! The files are read by somebody else. Names tell most; only Alembic, Django and Drizzle are asked for
//! their text.

mod alembic;
mod names;

use std::collections::BTreeSet;

use serde::Deserialize;

use super::key;
use super::ledger::Ledger;
use super::tool::{Files, Heads, Key, Tool};

/// A folder of migrations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// As somebody named it, for messages.
    pub name: String,
    /// The last parts of its whole path, for tools that go by it.
    pub base: String,
    /// Whose files they are, where somebody said it.
    pub tool: Option<String>,
    /// The files.
    pub files: Vec<FolderFile>,
}

/// A file in a folder of migrations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderFile {
    /// Its path from the folder on, with `/`.
    pub path: String,
    /// What is in it, see [`wants_text`].
    pub text: Option<String>,
}

/// True for a file whose text tells something that its name does not.
pub fn wants_text(path: &str) -> bool {
    path.strip_suffix(".py").is_some() || path.ends_with(JOURNAL)
}

const JOURNAL: &str = "_journal.json";

/// One migration of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Script {
    /// As people name it.
    pub(super) name: String,
    /// What makes it the same in a history.
    pub(super) key: String,
    /// The keys of those that come directly before it, where files say so.
    pub(super) needs: Vec<String>,
}

/// What a folder and a history say of each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// The places of the scripts that are applied.
    pub(super) applied: BTreeSet<usize>,
    /// What is applied and not in the folder, as the history has it.
    pub(super) unknown: Vec<String>,
    /// Where the database stands is not in the folder, so nobody knows what is applied.
    pub(super) lost: bool,
}

/// The migrations of a folder for a tool, in the order in which they are applied.
pub(super) fn scripts(tool: &Tool, folder: &Folder) -> Vec<Script> {
    match tool.files {
        Files::Unread => Vec::new(),
        Files::Alembic => alembic::scripts(folder),
        Files::Drizzle => journal(folder),
        Files::Django => names::of_apps(folder),
        Files::Stems(endings) => names::stems(tool.key, endings, folder),
        Files::Names(endings) => names::whole(endings, folder),
        Files::Folders(file) => names::folders(tool.key, file, folder),
    }
}

/// The journal of Drizzle: `when` is what the history has.
fn journal(folder: &Folder) -> Vec<Script> {
    #[derive(Deserialize)]
    struct Journal {
        entries: Vec<Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        idx: u64,
        when: u64,
        tag: String,
    }
    let texts = folder.files.iter().filter(|file| file.path.ends_with(JOURNAL));
    let journals = texts.filter_map(|file| serde_json::from_str(file.text.as_deref()?).ok());
    let mut entries: Vec<Entry> = journals.flat_map(|journal: Journal| journal.entries).collect();
    entries.sort_by(|a, b| (a.idx, &a.tag).cmp(&(b.idx, &b.tag)));
    let script =
        |Entry { tag, when, .. }| Script { name: tag, key: when.to_string(), needs: vec![] };
    entries.into_iter().map(script).collect()
}

/// Which scripts are applied by a history.
pub(super) fn standing(tool: &Tool, ledger: &Ledger, scripts: &[Script]) -> Standing {
    let key_of = |script: &Script| {
        if ledger.hashed { key::hashed(tool.name, &script.key) } else { script.key.clone() }
    };
    let keys: Vec<String> = scripts.iter().map(key_of).collect();
    let place = |entry: &String| {
        let key = if ledger.hashed { entry.clone() } else { key::key(tool.key, entry) };
        keys.iter().position(|known| *known == key)
    };
    let told = match tool.heads {
        Heads::Last | Heads::OfEachScope => &ledger.applied,
        Heads::All | Heads::Current => &ledger.heads,
    };
    let mut standing = Standing::default();
    for entry in told {
        match place(entry) {
            Some(at) => _ = standing.applied.insert(at),
            None => standing.unknown.push(entry.clone()),
        }
    }
    match tool.heads {
        Heads::Current => {
            // A failed migration is where it stands, and is still to come.
            let failed = ledger.heads.is_empty();
            let at = if failed { &ledger.failed } else { &ledger.heads };
            let end = at.iter().filter_map(|entry| {
                let upto = |script: &&Script| {
                    key::compare_keys(tool.key, &script.key, &key::key(tool.key, entry)).is_le()
                };
                let plain = || scripts.iter().take_while(upto).count();
                let found = place(entry);
                let known = found.map(|at| at + 1).or_else(|| (!ledger.hashed).then(plain))?;
                Some(if failed && found.is_some() { known - 1 } else { known })
            });
            let end = end.max();
            standing.lost = !at.is_empty() && end.is_none();
            standing.applied.extend(0..end.unwrap_or(0));
        }
        Heads::All => {
            standing.lost = !standing.unknown.is_empty();
            let mut open: Vec<usize> = standing.applied.iter().copied().collect();
            while let Some(at) = open.pop() {
                let needs = scripts.get(at).into_iter().flat_map(|script| &script.needs);
                let places = needs.filter_map(|key| scripts.iter().position(|s| s.key == *key));
                let new: Vec<usize> = places.filter(|at| standing.applied.insert(*at)).collect();
                open.extend(new);
            }
        }
        Heads::Last => before_baseline(tool.key, ledger, scripts, &place, &mut standing),
        // Apps that are installed have files elsewhere.
        Heads::OfEachScope => standing.unknown.retain(|entry| {
            let app = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
            !ledger.hashed && scripts.iter().any(|script| app(&script.name) == app(entry))
        }),
    }
    standing
}

/// What a baseline stands for counts as applied.
fn before_baseline(
    rule: Key,
    ledger: &Ledger,
    scripts: &[Script],
    place: &impl Fn(&String) -> Option<usize>,
    standing: &mut Standing,
) {
    let Some(baseline) = &ledger.baseline else { return };
    standing.unknown.retain(|entry| entry != baseline);
    let of_script = place(baseline).and_then(|at| scripts.get(at)).map(|script| script.key.clone());
    let plain = (!ledger.hashed).then(|| key::key(rule, baseline));
    let Some(last) = of_script.or(plain) else { return };
    let before = |script: &Script| {
        !script.key.starts_with("R__") && key::compare_keys(rule, &script.key, &last).is_le()
    };
    let covered = scripts.iter().enumerate().filter(|(_, script)| before(script));
    standing.applied.extend(covered.map(|(at, _)| at));
}

#[cfg(test)]
#[path = "../folder_tests.rs"]
mod tests;
