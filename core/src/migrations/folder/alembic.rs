//! Alembic: each file says which revision it is and which ones it follows.

use std::collections::{BTreeMap, BTreeSet};

use super::{Folder, Script};

/// The revisions of a folder, each behind those that it follows; where that leaves a choice, by name.
pub(super) fn scripts(folder: &Folder) -> Vec<Script> {
    let mut waiting: BTreeMap<String, Script> = BTreeMap::new();
    for file in &folder.files {
        let (Some(stem), Some(text)) = (file.path.strip_suffix(".py"), file.text.as_deref()) else {
            continue;
        };
        let Some(key) = assigned(text, "revision").into_iter().next() else { continue };
        let mut needs = assigned(text, "down_revision");
        needs.extend(assigned(text, "depends_on"));
        let stem = stem.rsplit('/').next().unwrap_or(stem);
        let name = if stem.contains(&key) { stem.to_owned() } else { format!("{key} ({stem})") };
        waiting.insert(key.clone(), Script { name, key, needs });
    }
    let mut done: BTreeSet<String> = BTreeSet::new();
    let mut order = Vec::new();
    while !waiting.is_empty() {
        let ready = |script: &&Script| {
            let mut needs = script.needs.iter();
            needs.all(|key| done.contains(key) || !waiting.contains_key(key))
        };
        // Files that follow each other in a circle are told in the order of their names.
        let next = waiting.values().find(ready).or_else(|| waiting.values().next());
        let Some(key) = next.map(|script| script.key.clone()) else { break };
        order.extend(waiting.remove(&key));
        done.insert(key);
    }
    order
}

/// The strings in what a line at the margin assigns to a name: one, several in brackets, or none.
fn assigned(text: &str, name: &str) -> Vec<String> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let rest = line.strip_prefix(name);
        if rest.is_some_and(|rest| rest.trim_start().starts_with([':', '=']))
            && let Some((head, _)) = line.split_once('=')
        {
            let value = text.get(at + head.len() + 1..).unwrap_or_default().trim_start();
            let end = if value.starts_with(['(', '[', '{']) {
                value.find([')', ']', '}'])
            } else {
                value.find('\n')
            };
            return strings(value.get(..end.unwrap_or(value.len())).unwrap_or_default());
        }
        at += line.len();
    }
    Vec::new()
}

/// What stands between quotes, up to a comment.
fn strings(value: &str) -> Vec<String> {
    let (mut found, mut open): (Vec<String>, Option<(char, String)>) = (Vec::new(), None);
    let mut comment = false;
    for c in value.chars() {
        match &mut open {
            Some((quote, text)) if c == *quote => {
                found.push(std::mem::take(text));
                open = None;
            }
            Some((_, text)) => text.push(c),
            None if c == '\n' => comment = false,
            None if comment => {}
            None if c == '#' => comment = true,
            None if c == '"' || c == '\'' => open = Some((c, String::new())),
            None => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_are_read_in_every_spelling() {
        let text = "\"\"\"revision = 'no'\"\"\"\nrevision: str = \"abc\"  # 'x'\n\
                    down_revision: Union[str, None] = (\n    'd1', # 'no'\n    \"d2\",\n)\nbranch_labels = None\n";
        assert_eq!(assigned(text, "revision"), ["abc"]);
        assert_eq!(assigned(text, "down_revision"), ["d1", "d2"]);
        assert!(assigned(text, "depends_on").is_empty());
        assert!(assigned("down_revision = None\nx = 'y'", "down_revision").is_empty());
        assert!(assigned("revision_id = 'x'\n  revision = 'y'", "revision").is_empty());
        assert_eq!(assigned("revision='x'", "revision"), ["x"]);
        assert_eq!(assigned("revision = 'unfinished", "revision").len(), 0);
    }
}
