//! Expressions in the spelling that stays when PostgreSQL reads its own words: a dump that was restored
//! is no drift.

use std::borrow::Cow;

use serde_json::Value;

use crate::model::Text;
use crate::objects::form::{Record, Slot};
use crate::sql::cast_elements;

/// The members that hold expressions in PostgreSQL's words. Bodies of functions, comments and values
/// are other people's words, and stay as they are.
const MEMBERS: &[&str] = &[
    "arguments",
    "check",
    "constraints",
    "default",
    "definition",
    "expressions",
    "filter",
    "generated",
    "partition_by",
    "sql_body",
    "using",
];

/// True for a row that may hold such an expression.
pub(super) fn may_need(value: &str) -> bool {
    value.contains("(ARRAY[")
}

/// True for a value that may be spelled in another way in the catalog.
pub(crate) fn may_be_respelled(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains("ARRAY[("),
        Value::Array(all) => all.iter().any(may_be_respelled),
        Value::Object(all) => all.values().any(may_be_respelled),
        _ => false,
    }
}

/// Respells the expressions of an object.
pub(super) fn respell(record: &mut dyn Record) {
    let form = record.form();
    for (number, name) in form.members.iter().enumerate() {
        if !MEMBERS.contains(name) {
            continue;
        }
        match record.slot(number) {
            Slot::Text(text) => respell_text(text),
            Slot::MaybeText(text) => text.iter_mut().for_each(respell_text),
            Slot::Texts(texts) => texts.iter_mut().for_each(respell_text),
            Slot::Records(list) => {
                for at in 0..list.count() {
                    if let Some(inner) = list.record_mut(at) {
                        respell(inner);
                    }
                }
            }
            _ => {}
        }
    }
}

fn respell_text(text: &mut Text) {
    if let Cow::Owned(respelled) = cast_elements(text) {
        *text = respelled.into();
    }
}
