//! Migrations by the names of their files and folders.

use super::super::key::{self, compare_keys};
use super::super::tool::Key;
use super::{Folder, Script};

/// Files by their names without an ending.
pub(super) fn stems(rule: Key, endings: &[&str], folder: &Folder) -> Vec<Script> {
    let stems = folder.files.iter().filter_map(|file| {
        let name = last(&file.path);
        let stem = endings.iter().find_map(|ending| name.strip_suffix(ending))?;
        let other = [".down", ".d", "_test"].iter().any(|end| stem.ends_with(end));
        // Names alone tell no migration from other files: only those in the folder itself count.
        let elsewhere = rule == Key::Name && file.path.contains('/');
        (!other && !elsewhere).then_some(stem)
    });
    sorted(rule, stems.filter(|stem| is_migration(rule, stem)))
}

/// Files by their whole names.
pub(super) fn whole(endings: &[&str], folder: &Folder) -> Vec<Script> {
    let names = folder.files.iter().map(|file| file.path.as_str());
    let names = names.filter(|name| {
        let ends = endings.iter().any(|ending| name.ends_with(ending));
        ends && !name.contains('/') && !name.ends_with(".d.ts") && is_migration(Key::Name, name)
    });
    sorted(Key::Name, names)
}

/// Folders by the file that they hold.
pub(super) fn folders(rule: Key, file: &str, folder: &Folder) -> Vec<Script> {
    let names = folder.files.iter().filter_map(|found| {
        let above = found.path.strip_suffix(file)?.strip_suffix('/')?;
        Some(last(above)).filter(|name| is_migration(rule, name))
    });
    sorted(rule, names)
}

/// `APP/migrations/NAME.py`, by app and name.
pub(super) fn of_apps(folder: &Folder) -> Vec<Script> {
    let mut found: Vec<Script> = Vec::new();
    for file in &folder.files {
        let path = format!("{}/{}", folder.base, file.path);
        let mut parts = path.rsplit('/');
        let (Some(name), Some("migrations"), Some(app)) =
            (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let holds = file.text.as_deref().is_none_or(|text| text.contains("class Migration"));
        if let Some(stem) = name.strip_suffix(".py").filter(|stem| *stem != "__init__" && holds) {
            let name = format!("{app}.{stem}");
            found.push(Script { key: name.clone(), name, needs: Vec::new() });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_migration(rule: Key, name: &str) -> bool {
    match rule {
        Key::Name => name.starts_with(|c: char| c.is_alphanumeric()) && !name.starts_with("index"),
        Key::Number => key::leading_number(name).is_some(),
        Key::Version => key::version(name).is_some(),
    }
}

fn sorted<'a>(rule: Key, names: impl Iterator<Item = &'a str>) -> Vec<Script> {
    let script = |name: &str| {
        let key = key::key(rule, &plain(rule, name));
        Script { name: name.to_owned(), key, needs: Vec::new() }
    };
    let mut found: Vec<Script> = names.map(script).collect();
    found.sort_by(|a, b| compare_keys(rule, &a.key, &b.key).then_with(|| a.name.cmp(&b.name)));
    found.dedup_by(|a, b| a.key == b.key);
    found
}

/// Diesel writes the number of `2024-01-31-120000_create` without signs between the digits.
fn plain(rule: Key, name: &str) -> String {
    let (stamp, _) = name.split_once('_').unwrap_or((name, ""));
    let dashed = stamp.chars().all(|c| c.is_ascii_digit() || c == '-');
    if rule == Key::Number && dashed { stamp.replace('-', "") } else { name.to_owned() }
}
