//! Taking apart lists that PostgreSQL has written: the elements of keys, bounds of partitions.
//!
//! PostgreSQL manual, "CREATE INDEX": `{ column_name | ( expression ) } [ COLLATE collation ]
//! [ opclass [ ( … ) ] ] …`; a function call stands without parentheses around it.

use super::lexer::{Class, Token, tokens};

/// The elements of the list in parentheses that a text starts with, and what follows it.
pub fn list(text: &str) -> Option<(Vec<&str>, &str)> {
    let text = text.trim_start();
    let (mut depth, mut at, mut start) = (0_usize, 0_usize, 1_usize);
    let mut elements = Vec::new();
    for token in tokens(text) {
        if at == 0 && !token.is("(") {
            return None;
        }
        if token.is("(") || token.is("[") {
            depth += 1;
        } else if token.is(")") || token.is("]") {
            depth = depth.checked_sub(1)?;
        }
        if depth == 0 || depth == 1 && token.is(",") {
            elements.push(text.get(start..at)?.trim());
            start = at + token.text.len();
        }
        at += token.text.len();
        if depth == 0 {
            elements.retain(|element| !element.is_empty());
            return Some((elements, text.get(at..)?));
        }
    }
    None
}

/// The value of an element of a key, with its collation, and what follows: operator class, order,
/// the operator of an exclusion.
pub fn key_element(element: &str) -> (&str, &str) {
    let tokens = tokens(element);
    let mut end = value_end(&tokens);
    let mut rest = tokens.get(end..).unwrap_or_default().iter();
    let is_collate = |token: Option<&Token<'_>>| token.is_some_and(|t| t.text == "COLLATE");
    if rest.next().is_some_and(|t| t.class == Class::Space) && is_collate(rest.next()) {
        end += 3 + name_length(tokens.get(end + 3..).unwrap_or_default());
    }
    let bytes = tokens.iter().take(end).map(|token| token.text.len()).sum();
    element.split_at(bytes)
}

/// How many tokens the value takes: a name, a call, or an expression in parentheses.
fn value_end(tokens: &[Token<'_>]) -> usize {
    let name = name_length(tokens);
    if !tokens.get(name).is_some_and(|token| token.is("(")) {
        return name;
    }
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(name) {
        depth += usize::from(token.is("("));
        if token.is(")") {
            depth -= 1;
            if depth == 0 {
                return at + 1;
            }
        }
    }
    tokens.len()
}

/// How many tokens a name takes, which may have a schema.
fn name_length(tokens: &[Token<'_>]) -> usize {
    let mut at = 0;
    while tokens.get(at).is_some_and(|token| token.name().is_some()) {
        at += 1;
        if !tokens.get(at).is_some_and(|token| token.is(".")) {
            break;
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_end_at_their_parenthesis() {
        for (text, elements, rest) in [
            ("(a, b) INCLUDE (c)", &["a", "b"][..], " INCLUDE (c)"),
            (" (lower(a, b), '),'::text, \"a,)\")", &["lower(a, b)", "'),'::text", "\"a,)\""], ""),
            ("(ARRAY[1, 2], NULL)", &["ARRAY[1, 2]", "NULL"], ""),
            ("() x", &[], " x"),
        ] {
            assert_eq!(list(text), Some((elements.to_vec(), rest)), "{text}");
        }
        assert_eq!(list("a, b"), None);
        assert_eq!(list("(a, b"), None);
    }

    #[test]
    fn elements_are_a_value_and_what_follows() {
        for (element, value, rest) in [
            ("a", "a", ""),
            ("\"a b\" DESC", "\"a b\"", " DESC"),
            (
                "lower(name) COLLATE \"C\" text_pattern_ops",
                "lower(name) COLLATE \"C\"",
                " text_pattern_ops",
            ),
            ("name COLLATE public.\"x y\" WITH =", "name COLLATE public.\"x y\"", " WITH ="),
            (
                "public.f((a + b)) public.ops (siglen='1') WITH OPERATOR(public.&&)",
                "public.f((a + b))",
                " public.ops (siglen='1') WITH OPERATOR(public.&&)",
            ),
            ("((a)::text || ')') WITH =", "((a)::text || ')')", " WITH ="),
            ("during WITHOUT OVERLAPS", "during", " WITHOUT OVERLAPS"),
        ] {
            assert_eq!(key_element(element), (value, rest), "{element}");
        }
    }
}
