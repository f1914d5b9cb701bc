//! Attribute values as people read them.

use serde_json::Value;

use super::line_diff::{Line, line_diff};
use crate::diff::AttributeChange;

/// Values longer than this are shown as a difference of lines.
const SHORT: usize = 80;

/// Both values of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Both fit in a line.
    Short {
        /// The value in `from`.
        from: String,
        /// The value in `to`.
        to: String,
    },
    /// What differs, line by line.
    Long(Vec<Line>),
}

/// The two values of an attribute; a long difference has at most `limit` lines.
pub(super) fn shown(change: &AttributeChange, limit: usize) -> Shown {
    let (from, to) = (short(&change.from), short(&change.to));
    if is_long(&from) || is_long(&to) {
        Shown::Long(line_diff(&nested_lines(&change.from), &nested_lines(&change.to), limit))
    } else {
        Shown::Short { from, to }
    }
}

fn is_long(text: &str) -> bool {
    text.contains('\n') || text.chars().count() > SHORT
}

/// Both values in one line: `type: text → integer`; long ones are not told.
pub(crate) fn in_line(change: &AttributeChange) -> String {
    let (from, to) = (short(&change.from), short(&change.to));
    if is_long(&from) || is_long(&to) {
        format!("{} differs", change.name)
    } else {
        format!("{}: {from} → {to}", change.name)
    }
}

/// A value in one line: strings without quotes, lists joined.
pub(crate) fn short(value: &Value) -> String {
    match value {
        Value::Null => "(none)".to_owned(),
        Value::String(text) if text.is_empty() => "(empty)".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) if items.is_empty() => "(empty)".to_owned(),
        Value::Array(items) => items.iter().map(nested).collect::<Vec<_>>().join(", "),
        Value::Object(map) => map
            .iter()
            .map(|(key, v)| format!("{key}: {}", nested(v)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// A value within another one.
fn nested(value: &Value) -> String {
    match value {
        Value::Array(items) if !items.is_empty() => format!("[{}]", short(value)),
        Value::Object(_) => format!("{{{}}}", short(value)),
        _ => short(value),
    }
}

/// A value in many lines: a text as it is, a list with a line for each element.
pub(super) fn nested_lines(value: &Value) -> String {
    let joined = |lines: Vec<String>| lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => joined(items.iter().map(short).collect()),
        Value::Object(map) => {
            joined(map.iter().map(|(key, v)| format!("{key}: {}", nested(v))).collect())
        }
        Value::Bool(_) | Value::Number(_) => short(value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::line_diff::Mark;
    use super::super::samples::attribute;
    use super::*;

    #[test]
    fn values_fit_in_a_line() {
        for (value, text) in [
            (json!(null), "(none)"),
            (json!(""), "(empty)"),
            (json!("text"), "text"),
            (json!(true), "yes"),
            (json!(7), "7"),
            (json!(["a", "b"]), "a, b"),
            (json!([]), "(empty)"),
            (json!([[1, 2], [3]]), "[1, 2], [3]"),
            (
                json!([{"grantee": "app", "privileges": ["INSERT", "SELECT"]}]),
                "{grantee: app, privileges: [INSERT, SELECT]}",
            ),
        ] {
            assert_eq!(short(&value), text);
        }
    }

    #[test]
    fn long_lists_differ_by_element() {
        let from: Vec<String> = (0..30).map(|n| format!("label_{n:02}")).collect();
        let mut to = from.clone();
        to.insert(3, "returned".to_owned());
        let change = attribute("labels", json!(from), json!(to));
        let Shown::Long(lines) = shown(&change, 40) else { unreachable!("a long list") };
        let added: Vec<&str> = lines
            .iter()
            .filter(|line| line.mark != Mark::Same)
            .map(|line| line.text.as_str())
            .collect();
        assert_eq!(added, ["returned"]);
    }

    #[test]
    fn short_values_stand_side_by_side() {
        let change = attribute("type", json!("text"), json!("citext"));
        let both = Shown::Short { from: "text".to_owned(), to: "citext".to_owned() };
        assert_eq!(shown(&change, 40), both);
    }
}
