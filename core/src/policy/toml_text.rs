//! Keys and strings as TOML spells them: names of a database may hold anything.

use std::fmt::Write as _;

/// A text between quotes. What a reader would not see is written by its number.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if crate::report::is_hidden(c) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A key, between quotes where it needs them.
pub(super) fn key(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    if !text.is_empty() && text.chars().all(bare) { text.to_owned() } else { string(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_quoted_where_they_need_it() {
        assert_eq!(key("id"), "id");
        assert_eq!(key("public.a"), "\"public.a\"");
        assert_eq!(key(""), "\"\"");
        assert_eq!(key("größe"), "\"größe\"");
        assert_eq!(string("a\"b\\c\n\u{202E}"), "\"a\\\"b\\\\c\\n\\U0000202E\"");
    }
}
