//! The way to a place in a JSON text: what a person looks for when a part of it is wrong.

/// A list or an object that is open at the place.
enum Open<'a> {
    /// A list, and the number of the item.
    List(usize),
    /// An object, the name of the member, and whether a name comes next.
    Object { member: &'a str, name_next: bool },
}

/// The way to where the parser stopped, as `objects.table[3].columns[0].type`. The parser counts
/// lines from 1, and columns in bytes; up to there the text is sound.
pub(super) fn way_to(text: &str, line: usize, column: usize) -> String {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let bytes = text.as_bytes();
    let end = (before + column).min(bytes.len());
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).filter(|_| at < end) {
        match (byte, open.last_mut()) {
            (b'{', _) => open.push(Open::Object { member: "", name_next: true }),
            (b'[', _) => open.push(Open::List(0)),
            (b'}' | b']', _) => drop(open.pop()),
            (b',', Some(Open::List(item))) => *item += 1,
            (b',', Some(Open::Object { name_next, .. })) => *name_next = true,
            (b':', Some(Open::Object { name_next, .. })) => *name_next = false,
            (b'"', inside) => {
                let length = string_length(bytes.get(at + 1..).unwrap_or_default());
                if let Some(Open::Object { member, name_next: true }) = inside {
                    *member = text.get(at + 1..at + 1 + length).unwrap_or_default();
                }
                at += length + 1;
            }
            _ => {}
        }
        at += 1;
    }
    shown(&open)
}

/// The length of a string up to its closing quote.
fn string_length(rest: &[u8]) -> usize {
    let mut escaped = false;
    let ends = |byte: &u8| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    };
    rest.iter().position(ends).unwrap_or(rest.len())
}

fn shown(open: &[Open<'_>]) -> String {
    let mut way = String::new();
    for place in open {
        match place {
            Open::List(item) => way.push_str(&format!("[{item}]")),
            Open::Object { member: "", .. } => {}
            Open::Object { member, .. } => {
                if !way.is_empty() {
                    way.push('.');
                }
                way.push_str(member);
            }
        }
    }
    if way.is_empty() { "the document".to_owned() } else { way }
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test stops at the first surprise")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::snapshot::{FORMAT, Snapshot, SnapshotError, VERSION, read, write};

    #[test]
    fn the_way_leads_through_lists_and_objects() {
        let text =
            "{\"a\": {\"x\": [1, {\"y\": 2}], \"b\": [\n  {\"c\": \"}]\\\"\"}, {\"d\": [true, ?";
        assert_eq!(way_to(text, 2, text.lines().last().map_or(0, str::len)), "a.b[1].d[1]");
        assert_eq!(way_to(text, 1, 16), "a.x[1]");
        assert_eq!(way_to("7", 1, 1), "the document");
    }

    #[test]
    fn after_a_closed_part_the_way_leads_to_that_part() {
        let text = r#"{"a": [{}, {"b": 1}"#;
        assert_eq!(way_to(text, 1, text.len()), "a[1]");
    }

    #[test]
    fn a_name_without_its_value_is_part_of_the_way() {
        let text = r#"{"a": {"colour""#;
        assert_eq!(way_to(text, 1, text.len()), "a.colour");
    }

    #[test]
    fn the_reader_names_the_part_that_is_wrong() {
        let empty = Snapshot { format: FORMAT.to_owned(), version: VERSION, ..Snapshot::default() };
        let text = write(&empty);
        for (sound, broken, way) in [
            ("\"database\": \"\"", "\"database\": 7", "source.database"),
            ("\"database\": \"\"", "\"colour\": \"\"", "source.colour"),
            ("\"objects\": {", "\"objects\": {\"table\": [7]", "objects.table[0]"),
        ] {
            assert!(text.contains(sound), "{sound} in {text}");
            let Err(SnapshotError::Content { path, .. }) =
                read(text.replacen(sound, broken, 1).as_bytes())
            else {
                panic!("{broken} is no mistake in the content");
            };
            assert_eq!(path, way);
        }
    }

    proptest! {
        #[test]
        fn any_text_and_place_has_a_way(text in "[\\[\\]{}:,\"\\\\aß\n]{0,40}", line in 0..5_usize, column in 0..50_usize) {
            prop_assert!(!way_to(&text, line, column).is_empty());
        }
    }
}
