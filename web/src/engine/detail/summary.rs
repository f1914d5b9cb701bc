//! What changes at an object, in sentences.

use pgparity_core::diff::{AttributeChange, Change, ChangeKind};
use pgparity_core::report::words::counted;
use serde_json::{Map, Value};

use crate::engine::glyphs::visible;
use crate::engine::kind_word;
use crate::engine::words::attribute_word;
use crate::protocol::Counts;

/// Values longer than that are not spelled out in a sentence.
const SHORT: usize = 60;

/// The sentences about one change. `parts` counts what differs below the object.
pub(super) fn sentences(
    change: Option<&Change>,
    hidden: Option<&Change>,
    parts: Counts,
) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(hidden) = hidden {
        said.push("Ignore rules hide its difference; the plan leaves it as it is.".to_owned());
        said.extend(sentences(Some(hidden), None, Counts::default()));
        return said.into_iter().chain(below(parts)).collect();
    }
    match change.map(|change| (change, change.change)) {
        Some((change, ChangeKind::Create)) => {
            said.push(format!("This {} is missing: only To has it.", kind_word(change.kind)));
        }
        Some((change, ChangeKind::Drop)) => {
            said.push(format!("This {} is extra: only From has it.", kind_word(change.kind)));
        }
        Some((change, ChangeKind::Rename)) => {
            let former = change.from_id.as_ref().map_or("", |id| id.name());
            said.push(format!("Renamed from {}, as you decided.", visible(former)));
            said.extend(change.attributes.iter().map(attribute));
        }
        Some((change, ChangeKind::Alter)) => said.extend(change.attributes.iter().map(attribute)),
        None if parts.differing() == 0 => said.push("Equal on both sides.".to_owned()),
        None => {}
    }
    said.extend(below(parts));
    said
}

/// What differs below.
fn below(parts: Counts) -> Option<String> {
    (parts.differing() > 0).then(|| format!("{}.", parts_sentence(parts)))
}

fn parts_sentence(parts: Counts) -> String {
    let mut pieces = Vec::new();
    let named = [
        (parts.missing, "missing"),
        (parts.extra, "extra"),
        (parts.changed, "changed"),
        (parts.renamed, "renamed"),
    ];
    for (number, word) in named {
        if number > 0 {
            pieces.push(format!("{number} {word}"));
        }
    }
    format!("{} differ: {}", counted(parts.differing(), "part"), pieces.join(", ")).replacen(
        "1 part differ",
        "1 part differs",
        1,
    )
}

/// One attribute's change as a sentence.
fn attribute(change: &AttributeChange) -> String {
    let name = attribute_word(&change.name);
    match (&change.from, &change.to) {
        _ if change.white_space => format!("Its {name} changes in white space alone."),
        (Value::Bool(false) | Value::Null, Value::Bool(true)) => format!("It becomes {name}."),
        (Value::Bool(true), Value::Bool(false) | Value::Null) => format!("It is no longer {name}."),
        (Value::Array(from), Value::Array(to)) => list(&name, from, to),
        (Value::Null, to) => match short(to) {
            Some(to) => format!("It gets {name} {to}."),
            None => format!("It gets {name}."),
        },
        (from, Value::Null) => match short(from) {
            Some(from) => format!("It loses {name} {from}."),
            None => format!("It loses its {name}."),
        },
        (from, to) => match short(from).zip(short(to)) {
            Some((from, to)) => format!("Its {name} changes from {from} to {to}."),
            None => format!("Its {name} changes."),
        },
    }
}

/// A list's change as a sentence.
fn list(name: &str, from: &[Value], to: &[Value]) -> String {
    match gains_and_losses(from, to) {
        Some(told) => format!("The list of its {name} {told}."),
        None => format!("The order of its {name} changes."),
    }
}

/// What a list gains and loses; `None` where only its order changes.
pub(in crate::engine) fn gains_and_losses(from: &[Value], to: &[Value]) -> Option<String> {
    let only = |here: &[Value], there: &[Value]| -> Vec<String> {
        here.iter().filter(|value| !there.contains(value)).filter_map(item).collect()
    };
    let (lost, gained) = (only(from, to), only(to, from));
    let told: Vec<String> = [("gains", gained), ("loses", lost)]
        .into_iter()
        .filter(|(_, items)| !items.is_empty())
        .map(|(verb, items)| format!("{verb} {}", items.join("; ")))
        .collect();
    (!told.is_empty()).then(|| told.join(" and "))
}

/// A value that fits into a sentence.
fn short(value: &Value) -> Option<String> {
    let text = shown(value)?;
    (text.chars().count() <= SHORT && !text.contains('\n')).then_some(text)
}

/// A value as people read it; `None` when there is none.
pub(super) fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(visible(text).into_owned()),
        Value::Array(items) => {
            let lines: Vec<String> = items.iter().filter_map(item).collect();
            Some(lines.join(if items.iter().all(Value::is_string) { ", " } else { "\n" }))
        }
        Value::Object(map) => Some(
            map.iter()
                .filter_map(|(name, value)| {
                    Some(format!("{}: {}", attribute_word(name), item(value)?))
                })
                .collect::<Vec<_>>()
                .join("\n"),
        ),
    }
}

/// A value inside another one, on one line.
fn item(value: &Value) -> Option<String> {
    match value {
        Value::Object(map) if map.contains_key("grantee") => Some(grant(map)),
        Value::Object(map) => Some(
            map.iter()
                .filter_map(|(name, value)| {
                    Some(format!("{}: {}", attribute_word(name), item(value)?))
                })
                .collect::<Vec<_>>()
                .join(" · "),
        ),
        Value::Array(items) => Some(items.iter().filter_map(item).collect::<Vec<_>>().join(", ")),
        plain => shown(plain),
    }
}

/// A grant, as one says it: "app: INSERT, SELECT".
fn grant(map: &Map<String, Value>) -> String {
    let of = |name: &str| map.get(name).and_then(item).filter(|text| !text.is_empty());
    let mut said = of("grantee").unwrap_or_default();
    if let Some(privileges) = of("privileges") {
        said = format!("{said}: {privileges}");
    }
    if let Some(passing_on) = of("with_grant_option") {
        said = format!("{said}, may pass on {passing_on}");
    }
    if let Some(grantor) = of("grantor") {
        said = format!("{said}, by {grantor}");
    }
    said
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(name: &str, from: Value, to: Value) -> String {
        attribute(&AttributeChange { name: name.to_owned(), from, to, white_space: false })
    }

    #[test]
    fn attributes_read_as_sentences() {
        assert_eq!(said("not_null", Value::Null, json!(true)), "It becomes NOT NULL.");
        assert_eq!(
            said("type", json!("integer"), json!("bigint")),
            "Its type changes from integer to bigint."
        );
        assert_eq!(said("comment", json!("old"), Value::Null), "It loses comment old.");
        assert_eq!(said("body", json!("a\nb"), json!("c")), "Its body changes.");
        let (from, to) = (json!("a b"), json!("a\nb"));
        let blank = AttributeChange { name: "body".to_owned(), from, to, white_space: true };
        assert_eq!(attribute(&blank), "Its body changes in white space alone.");
    }

    #[test]
    fn lists_tell_what_they_gain_and_lose() {
        let (old, new) = (json!(["a", "b"]), json!(["b", "c"]));
        assert_eq!(said("values", old.clone(), new), "The list of its values gains c and loses a.");
        let turned = json!(["b", "a"]);
        assert_eq!(said("values", old, turned), "The order of its values changes.");
    }

    #[test]
    fn parts_are_counted() {
        let parts = Counts { missing: 2, changed: 1, same: 9, ..Counts::default() };
        let said = sentences(None, None, parts);
        assert_eq!(said, ["3 parts differ: 2 missing, 1 changed."]);
    }

    #[test]
    fn grants_take_a_line_each() {
        let grants = json!([{"grantee": "app", "privileges": ["SELECT", "INSERT"]}]);
        assert_eq!(shown(&grants).as_deref(), Some("app: SELECT, INSERT"));
    }
}
