//! Reading a document that may be anything.

use serde::Deserialize;
use serde_json::error::Category;

use super::place::way_to;
use super::{FORMAT, Snapshot, SnapshotError, VERSION, common, fingerprint};
use crate::model::Id;
use crate::objects::{AnyObject, Objects};

/// Reads a snapshot.
///
/// The document is untrusted: nesting is bounded, unknown members are refused, lists are brought
/// into order, and nothing in it is executed or believed beyond its form.
pub fn read(bytes: &[u8]) -> Result<Snapshot, SnapshotError> {
    let text = text_of(bytes)?;
    match common::read(text, None, &mut |_| ()) {
        Some((snapshot, _)) => Ok(snapshot),
        None => read_as_it_comes(text),
    }
}

/// The text of a document.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, SnapshotError> {
    // Editors of one family put a byte order mark in front.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes)
        .map_err(|error| SnapshotError::NotUtf8 { offset: error.valid_up_to() })
}

/// Reads a snapshot whose lists are in any order, or says why it is none.
pub(super) fn read_as_it_comes(text: &str) -> Result<Snapshot, SnapshotError> {
    if text.trim_start().is_empty() {
        return Err(SnapshotError::Empty);
    }
    let mut snapshot: Snapshot =
        serde_json::from_str(text).map_err(|error| explain(text, &error))?;
    if snapshot.format != FORMAT || snapshot.version != VERSION {
        return Err(head_error(text).unwrap_or(SnapshotError::OtherFormat {
            found: format!("\"format\" is {:?}, version {}", snapshot.format, snapshot.version),
        }));
    }
    snapshot.objects.sort();
    if let Some(id) = duplicate(&snapshot.objects) {
        return Err(SnapshotError::Duplicate { id: id.to_string() });
    }
    if snapshot.fingerprint.is_empty() {
        snapshot.fingerprint = fingerprint(&snapshot);
    }
    Ok(snapshot)
}

/// What every version has.
#[derive(Deserialize)]
struct Head {
    format: Option<String>,
    version: Option<serde_json::Value>,
}

/// Turns the parser's error into one that helps.
fn explain(text: &str, error: &serde_json::Error) -> SnapshotError {
    let (line, column) = (error.line(), error.column());
    if looks_like_sql(text) {
        return SnapshotError::Sql;
    }
    match error.classify() {
        Category::Eof => SnapshotError::Truncated { line, column },
        Category::Syntax | Category::Io => {
            let message = if error.to_string().contains("recursion limit") {
                "it is nested too deeply for a snapshot".to_owned()
            } else {
                without_place(&error.to_string())
            };
            SnapshotError::Syntax { line, column, message }
        }
        Category::Data => head_error(text).unwrap_or_else(|| SnapshotError::Content {
            path: way_to(text, line, column),
            line,
            column,
            message: without_place(&error.to_string()),
        }),
    }
}

/// Why the head alone says that this is no snapshot for this release.
fn head_error(text: &str) -> Option<SnapshotError> {
    let Ok(head) = serde_json::from_str::<Head>(text) else {
        let found = match text.trim_start().as_bytes().first() {
            Some(b'[') => "it is a list",
            Some(b'{') => "it has other members",
            _ => "it is a single value",
        };
        return Some(SnapshotError::OtherFormat { found: found.to_owned() });
    };
    let version = head.version.as_ref().and_then(serde_json::Value::as_u64);
    match (head.format.as_deref(), version) {
        (Some(FORMAT), Some(version)) if version > u64::from(VERSION) => {
            Some(SnapshotError::NewerVersion { found: version })
        }
        (Some(FORMAT), Some(version)) if version == u64::from(VERSION) => None,
        (Some(FORMAT), _) => {
            let found = match head.version {
                Some(value) => format!("its \"version\" is {value}, not a number from 1 on"),
                None => "it has no \"version\"".to_owned(),
            };
            Some(SnapshotError::OtherFormat { found })
        }
        (Some(other), _) => {
            let short: String = other.chars().take(60).collect();
            Some(SnapshotError::OtherFormat { found: format!("\"format\" is {short:?}") })
        }
        (None, _) => {
            Some(SnapshotError::OtherFormat { found: "it has no \"format\" member".to_owned() })
        }
    }
}

/// The parser's message without the place it ends in, which the error names by itself.
fn without_place(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

/// A dump or a script begins with a comment or a statement.
fn looks_like_sql(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(24).collect::<String>().to_ascii_uppercase();
    ["--", "/*", "\\RESTRICT", "SET ", "CREATE ", "BEGIN", "ALTER ", "SELECT ", "DROP "]
        .iter()
        .any(|word| start.starts_with(word))
}

/// The first identity that occurs twice. The lists are sorted by what identifies their objects.
fn duplicate(objects: &Objects) -> Option<Id> {
    let mut last: Option<Id> = None;
    for object in objects.iter() {
        let id = AnyObject::id(object);
        if last.as_ref() == Some(&id) {
            return Some(id);
        }
        last = Some(id);
    }
    None
}
