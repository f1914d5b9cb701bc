//! The same change: one attribute that goes from one value to another on many objects is one group.

use std::collections::BTreeMap;

use pgparity_core::diff::{AttributeChange, Change, ChangeKind};
use serde_json::Value;

use super::entries::{ById, Entry, status};
use crate::engine::detail::summary::gains_and_losses;
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

/// "owner: app → admin"; of a list only what differs in it, "grants: gains reader: SELECT".
fn words(change: &AttributeChange) -> String {
    let name = attribute_word(&change.name);
    match (&change.from, &change.to) {
        (Value::Array(_), Value::Array(_) | Value::Null) | (Value::Null, Value::Array(_)) => {
            let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
            let told = gains_and_losses(&items(&change.from), &items(&change.to));
            format!("{name}: {}", short(told.as_deref().unwrap_or("another order")))
        }
        (from, to) => format!("{name}: {} → {}", value(from), value(to)),
    }
}

fn value(value: &Value) -> String {
    let text = match value {
        Value::Null => return "none".to_owned(),
        Value::Bool(yes) => return if *yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    visible(&short(&text)).into_owned()
}

/// A text in one line, cut where it is long.
fn short(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(SHORT).collect();
    let dots = if cut.len() < line.len() { "…" } else { "" };
    format!("{cut}{dots}")
}

/// The name of a member: qualified, as members of a group are of many schemas and tables.
pub(super) fn member(entry: &Entry) -> String {
    visible(entry.id.name()).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(name: &str, from: Value, to: Value) -> String {
        words(&AttributeChange { name: name.to_owned(), from, to, white_space: false })
    }

    #[test]
    fn a_group_of_the_same_change_is_named_in_words() {
        assert_eq!(said("owner", json!("app"), json!("admin")), "owner: app → admin");
        assert_eq!(said("not_null", json!(false), json!(true)), "NOT NULL: no → yes");
        let long = "x".repeat(50);
        assert_eq!(
            said("comment", json!(null), json!(long)),
            format!("comment: none → {}…", &long[..40])
        );
    }

    #[test]
    fn of_a_list_only_what_differs_is_told() {
        let values = |values: &[&str]| json!(values);
        let (old, new) = (values(&["draft", "placed"]), values(&["draft", "placed", "returned"]));
        assert_eq!(said("values", old.clone(), new), "values: gains returned");
        assert_eq!(
            said("values", old.clone(), values(&["placed", "draft"])),
            "values: another order"
        );
        assert_eq!(said("values", old, json!(null)), "values: loses draft; placed");
        let grants = json!([{ "grantee": "reader", "privileges": ["SELECT"] }]);
        assert_eq!(said("grants", json!(null), grants), "grants: gains reader: SELECT");
    }
}
