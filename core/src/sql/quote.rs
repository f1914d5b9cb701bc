//! Quoting of identifiers, literals and function bodies.
//!
//! Source: PostgreSQL manual, "Lexical Structure" (identifiers, string constants, dollar quoting).

use std::borrow::Cow;

use super::keywords::is_reserved;

/// A name as SQL needs it: as it is when that is safe, else in double quotes.
///
/// The rule is `quote_identifier()`'s: lower-case ASCII letters, digits and underscores, not
/// starting with a digit and no key word, stay bare.
pub fn quote_ident(name: &str) -> Cow<'_, str> {
    let mut bytes = name.bytes();
    let starts_well = matches!(bytes.next(), Some(b'a'..=b'z' | b'_'));
    if starts_well
        && bytes.all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        && !is_reserved(name)
    {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(format!("\"{}\"", name.replace('"', "\"\"")))
    }
}

/// A schema-qualified name.
pub fn qualified(schema: &str, name: &str) -> String {
    format!("{}.{}", quote_ident(schema), quote_ident(name))
}

/// A string constant that reads the same whatever `standard_conforming_strings` says.
pub fn quote_literal(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    if text.contains('\\') {
        format!("E'{}'", doubled.replace('\\', "\\\\"))
    } else {
        format!("'{doubled}'")
    }
}

/// A text between dollar quotes, with a tag that does not occur in it.
pub fn quote_body(text: &str) -> String {
    let mut tag = String::from("$$");
    let mut n = 0;
    // A body that ends in `$` would join the closing quote.
    while text.contains(&tag) || (text.ends_with('$') && tag == "$$") {
        n += 1;
        tag = if n == 1 { "$_$".to_owned() } else { format!("$_{n}$") };
    }
    // A trailing `$_` or the like could complete a tag only together with the closing one.
    if (1..tag.len()).any(|cut| text.ends_with(&tag[..cut])) {
        tag = unused_tag(text);
    }
    format!("{tag}{text}{tag}")
}

/// A tag no prefix of which ends the text and which is not in it.
fn unused_tag(text: &str) -> String {
    let mut n = 0_u32;
    loop {
        let tag = format!("$body{n}$");
        if !text.contains(&tag) && (2..tag.len()).all(|cut| !text.ends_with(&tag[..cut])) {
            // A text that ends in `$` is followed by the tag's `$`: `…$$body0$` would open another quote.
            return tag;
        }
        n += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn safe_names_stay_bare_and_others_are_quoted() {
        for (name, quoted) in [
            ("orders", "orders"),
            ("_x1", "_x1"),
            ("Orders", "\"Orders\""),
            ("1a", "\"1a\""),
            ("select", "\"select\""),
            ("a\"b", "\"a\"\"b\""),
            ("", "\"\""),
            ("größe", "\"größe\""),
            ("x'; DROP TABLE t; --", "\"x'; DROP TABLE t; --\""),
        ] {
            assert_eq!(quote_ident(name), quoted);
        }
    }

    #[test]
    fn literals_double_quotes_and_escape_backslashes() {
        assert_eq!(quote_literal("it's"), "'it''s'");
        assert_eq!(quote_literal("a\\b'"), "E'a\\\\b'''");
    }

    proptest! {
        #[test]
        fn an_identifier_reads_back(name in "\\PC{1,40}") {
            let quoted = quote_ident(&name);
            let back = match quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"')) {
                Some(inner) => {
                    // Between the quotes every double quote comes in a pair.
                    prop_assert!(!inner.replace("\"\"", "").contains('"'));
                    inner.replace("\"\"", "\"")
                }
                None => quoted.to_string(),
            };
            prop_assert_eq!(back, name);
        }

        #[test]
        fn a_literal_reads_back(text in any::<String>()) {
            let quoted = quote_literal(&text);
            let (inner, escaped) = match quoted.strip_prefix("E'") {
                Some(rest) => (rest, true),
                None => (&quoted[1..], false),
            };
            let inner = inner.strip_suffix('\'').unwrap_or_default();
            let single = inner.replace("''", "'");
            let back = if escaped { single.replace("\\\\", "\\") } else { single };
            prop_assert_eq!(back, text);
            prop_assert!(!inner.replace("''", "").contains('\''));
        }

        #[test]
        fn a_body_ends_where_it_ends(text in "[a$_1{}; \n]{0,24}") {
            let quoted = quote_body(&text);
            let tag_end = quoted[1..].find('$').map_or(0, |i| i + 2);
            let tag = &quoted[..tag_end];
            let rest = &quoted[tag_end..];
            // The first place where the tag stands again is the end.
            prop_assert_eq!(rest.find(tag), Some(text.len()));
            prop_assert_eq!(rest.len(), text.len() + tag.len());
        }
    }
}
