//! The same change: one attribute that goes from one value to another on many objects is one group.

use std::collections::BTreeMap;

use pgparity_core::diff::{AttributeChange, Change, ChangeKind};
use serde_json::Value;

use super::entries::{ById, Entry, status};
use crate::engine::glyphs::visible;
use crate::engine::kind_plural;
use crate::engine::words::attribute_word;
use crate::protocol::Status;

/// Values longer than that are cut in the name of a group.
const SHORT: usize = 40;

/// A group of objects that change in the same way.
pub(super) struct Same<'e> {
    /// Names it among the groups.
    pub name: String,
    /// What is shown.
    pub label: String,
    /// Its members.
    pub members: Vec<&'e Entry>,
}

/// The groups, the largest first. Objects on one side only are grouped by kind, parts stand below
/// their whole; an object whose attributes change in two ways is in two groups.
pub(super) fn same<'e>(changes: &[Change], entries: &'e ById) -> Vec<Same<'e>> {
    let mut found: BTreeMap<String, Same<'e>> = BTreeMap::new();
    let mut put = |name: String, label: &dyn Fn() -> String, entry: &'e Entry| {
        found
            .entry(name)
            .or_insert_with_key(|name| Same {
                name: name.clone(),
                label: label(),
                members: Vec::new(),
            })
            .members
            .push(entry);
    };
    for change in changes {
        let Some(entry) = entries.get(&change.id) else { continue };
        let status = status(change.change);
        for attribute in &change.attributes {
            let name = format!("{}\u{1}{}\u{1}{}", attribute.name, attribute.from, attribute.to);
            put(name, &|| words(attribute), entry);
        }
        let goes_along = whole(entry, entries).is_some_and(|whole| whole.status == status);
        match change.change {
            ChangeKind::Create | ChangeKind::Drop if goes_along => {}
            ChangeKind::Create | ChangeKind::Drop | ChangeKind::Rename => {
                let name = format!("{}\u{1}{}", status.word(), change.kind.as_str());
                put(name, &|| of_kind(status, entry), entry);
            }
            ChangeKind::Alter => {}
        }
    }
    for entry in entries.values().filter(|entry| !entry.status.differs()) {
        put(entry.status.word().to_owned(), &|| entry.status.word().to_owned(), entry);
    }
    let mut groups: Vec<Same<'e>> = found.into_values().collect();
    groups.sort_by(|a, b| {
        let rest =
            |group: &Same<'_>| group.members.first().is_some_and(|first| !first.status.differs());
        (rest(a), b.members.len(), &a.label).cmp(&(rest(b), a.members.len(), &b.label))
    });
    groups
}

fn whole<'e>(entry: &Entry, entries: &'e ById) -> Option<&'e Entry> {
    entries.get(entry.parent.as_ref()?)
}

/// "missing tables".
fn of_kind(status: Status, entry: &Entry) -> String {
    format!("{} {}", status.word(), kind_plural(entry.kind))
}

/// "owner: app → admin".
fn words(change: &AttributeChange) -> String {
    let name = attribute_word(&change.name);
    format!("{name}: {} → {}", value(&change.from), value(&change.to))
}

fn value(value: &Value) -> String {
    let text = match value {
        Value::Null => return "none".to_owned(),
        Value::Bool(yes) => return if *yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(SHORT).collect();
    let dots = if cut.len() < line.len() { "…" } else { "" };
    format!("{}{dots}", visible(&cut))
}

/// The name of a member: qualified, as members of a group are of many schemas and tables.
pub(super) fn member(entry: &Entry) -> String {
    visible(entry.id.name()).into_owned()
}
