//! Whether two bodies of SQL or PL/pgSQL differ in white space alone. What is uncertain differs in more.
//!
//! PostgreSQL manual, "Lexical Structure": white space parts tokens, and has no other meaning outside of
//! constants, quoted names and comments.

use super::lexer::{Class, Token, token};

/// Signs that are never a part of a longer one.
const BRACKETS: &str = "()[],;";
/// Signs that mean the same with and without white space beside a word, a number or a constant.
const OPERATORS: &str = "=<>+-*/%|:";

/// Whether two bodies that are not equal would be, if it were not for the white space between their tokens.
pub fn equal_but_for_white_space(a: &str, b: &str) -> bool {
    a != b && Parts::new(a).eq(Parts::new(b))
}

/// A token, and whether white space in front of it matters.
#[derive(Debug, PartialEq)]
struct Part<'a> {
    parted: bool,
    text: &'a str,
}

/// The tokens of a body, one after the other.
struct Parts<'a> {
    rest: &'a str,
    before: Option<Token<'a>>,
}

impl<'a> Parts<'a> {
    fn new(body: &'a str) -> Parts<'a> {
        Parts { rest: body, before: None }
    }

    fn take(&mut self) -> Option<Token<'a>> {
        let found = dollar_quoted(self.rest)
            .map(|text| Token { class: Class::Text, text })
            .or_else(|| token(self.rest, self.before.as_ref()))?;
        self.rest = &self.rest[found.text.len()..];
        Some(found)
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let before = self.before;
        let mut now = self.take()?;
        let mut space = "";
        while now.class == Class::Space {
            // `E` and a constant behind it are one only where nothing stands between.
            (space, self.before) = (now.text, Some(now));
            now = self.take()?;
        }
        self.before = Some(now);
        let parted = !space.is_empty() && before.is_some_and(|before| matters(before, space, now));
        let line_comment = now.class == Class::Comment && now.text.starts_with("--");
        let text = if line_comment { now.text.trim_end() } else { now.text };
        Some(Part { parted, text })
    }
}

/// Whether white space between two tokens has a meaning.
fn matters(before: Token<'_>, space: &str, after: Token<'_>) -> bool {
    let one_of =
        |token: Token<'_>, signs: &str| token.class == Class::Sign && signs.contains(token.text);
    // A dollar sign is part of no operator.
    let sign = |token: Token<'_>| token.class == Class::Sign && token.text != "$";
    match (before.class, after.class) {
        (Class::Comment, _) | (_, Class::Comment) => false,
        // Two constants with a line between them are one.
        (Class::Text, Class::Text) if space.contains('\n') => false,
        _ if one_of(before, BRACKETS) || one_of(after, BRACKETS) => false,
        _ if sign(before) && sign(after) => true,
        _ => !one_of(before, OPERATORS) && !one_of(after, OPERATORS),
    }
}

/// The constant in dollar quotes that a text begins with; one that is never closed goes to the end.
fn dollar_quoted(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('$')?;
    let tag = inner.find('$').and_then(|end| inner.get(..end))?;
    let is_name = tag.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !tag.starts_with(|c: char| c.is_ascii_digit());
    if !is_name {
        return None;
    }
    let quote = &text[..tag.len() + 2];
    let end = text[quote.len()..].find(quote).map_or(text.len(), |at| at + 2 * quote.len());
    text.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        assert_eq!(equal_but_for_white_space(a, b), equal_but_for_white_space(b, a));
        equal_but_for_white_space(a, b)
    }

    #[test]
    fn lines_indentation_and_blanks_between_tokens_are_white_space() {
        for (a, b) in [
            ("BEGIN\n  x := 1;\nEND", "BEGIN\r\n\tx:=1 ;\r\nEND;".trim_end_matches(';')),
            ("SELECT f(a,b) FROM t", " SELECT  f ( a, b )\n FROM t\n\n"),
            ("SELECT a::int-1", "SELECT a :: int - 1"),
            ("a -- why \nb", "a\n-- why\n  b"),
            ("'a'\n'b'", "'a'\n\n   'b'"),
            ("x /* c */ y", "x/* c */y"),
        ] {
            assert!(same(a, b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn what_stands_in_quotes_and_comments_is_none() {
        for (a, b) in [
            ("'a b'", "'a  b'"),
            ("\"a b\"", "\"a  b\""),
            ("E'it\\'s  x'", "E'it\\'s x'"),
            ("$q$a b$q$ x", "$q$a  b$q$ x"),
            ("$$a  '$$ 'x  y'", "$$a  '$$ 'x y'"),
            ("/* a b */", "/* a  b */"),
            ("-- a  b", "-- a b"),
            ("a -- b\nc", "a -- b c"),
        ] {
            assert!(!same(a, b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn white_space_that_parts_tokens_has_a_meaning() {
        for (a, b) in [
            ("a b", "ab"),
            ("a - -b", "a --b"),
            ("a < = b", "a <= b"),
            ("E 'a'", "E'a'"),
            ("U & 'a'", "U&'a'"),
            ("1 .5", "1.5"),
            ("'a' 'b'", "'a''b'"),
            ("'a' 'b'", "'a'\n'b'"),
            ("a", "A"),
            ("a", "a b"),
            ("a", "a"),
        ] {
            assert!(!same(a, b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn a_dollar_sign_is_not_always_a_quote() {
        assert_eq!(dollar_quoted("$1 + $2"), None);
        assert_eq!(dollar_quoted("$a$ x $b$ $a$ y"), Some("$a$ x $b$ $a$"));
        assert_eq!(dollar_quoted("$$ open"), Some("$$ open"));
        assert!(same("SELECT $1+$2", "SELECT $1 + $2"));
        assert!(!same("SELECT $1", "SELECT $ 1"));
    }
}
