//! What a rule expects of an object, held against it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::type_name;
use super::{ColumnRule, ObjectRule};
use crate::model::Id;
use crate::objects::Column;
use crate::report::short;
use crate::snapshot::Snapshot;

/// An attribute that is not as expected.
pub(super) struct Deviation {
    /// As the snapshot names it.
    pub(super) attribute: String,
    pub(super) expected: Value,
    pub(super) found: Value,
    /// What is wrong, behind the name of the object.
    pub(super) words: String,
}

/// What is expected of a column.
#[derive(Clone, Copy)]
pub(super) struct OfColumn<'a> {
    data_type: Option<&'a str>,
    nullable: Option<bool>,
    default: Option<&'a str>,
}

impl<'a> From<&'a ColumnRule> for OfColumn<'a> {
    fn from(rule: &'a ColumnRule) -> Self {
        OfColumn {
            data_type: rule.data_type.as_deref(),
            nullable: rule.nullable,
            default: rule.default.as_deref(),
        }
    }
}

impl<'a> From<&'a ObjectRule> for OfColumn<'a> {
    fn from(rule: &'a ObjectRule) -> Self {
        OfColumn {
            data_type: rule.data_type.as_deref(),
            nullable: rule.nullable,
            default: rule.default.as_deref(),
        }
    }
}

impl OfColumn<'_> {
    /// What is not as expected.
    pub(super) fn deviations(self, column: &Column) -> Vec<Deviation> {
        let mut found = Vec::new();
        if let Some(expected) = self.data_type.filter(|it| !type_name::same(it, &column.data_type))
        {
            found.push(Deviation {
                attribute: "type".to_owned(),
                expected: expected.into(),
                found: column.data_type.as_str().into(),
                words: format!("has the type {}, and not {expected}", column.data_type),
            });
        }
        if let Some(nullable) = self.nullable.filter(|nullable| *nullable == column.not_null) {
            let words = if nullable { "may hold no NULL" } else { "may hold NULL" };
            found.push(Deviation {
                attribute: "not_null".to_owned(),
                expected: (!nullable).into(),
                found: column.not_null.into(),
                words: format!("{words}, against the policy"),
            });
        }
        let own = column.default.as_deref().unwrap_or_default();
        if let Some(expected) = self.default.filter(|expected| expected.trim() != own) {
            let value = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
            let (expected, own) = (value(expected.trim()), value(own));
            let words = format!("has the default {}, and not {}", short(&own), short(&expected));
            found.push(Deviation { attribute: "default".to_owned(), expected, found: own, words });
        }
        found
    }
}

/// The attributes of an object that are not as expected.
pub(super) fn attributes(
    snapshot: &Snapshot,
    id: &Id,
    expected: &BTreeMap<String, Value>,
) -> Vec<Deviation> {
    if expected.is_empty() {
        return Vec::new();
    }
    let own = snapshot.properties(id).unwrap_or_default();
    let differs = |(name, expected): (&String, &Value)| {
        let found = own.get(name).unwrap_or(&Value::Null);
        // A snapshot leaves out what is at its default.
        let equal = found == expected || (found.is_null() && is_default(expected));
        (!equal).then(|| Deviation {
            attribute: name.clone(),
            expected: expected.clone(),
            found: found.clone(),
            words: format!("has {name}: {}, and not {}", short(found), short(expected)),
        })
    };
    expected.iter().filter_map(differs).collect()
}

fn is_default(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}
