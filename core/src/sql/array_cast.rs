//! One spelling for the cast of an array that is listed.
//!
//! `status IN ('a', 'b')`, with a column of type `varchar`, is `(ARRAY['a'::varchar, …])::text[]` in
//! PostgreSQL's words. Where it reads its own words, after a dump was restored, it casts the elements
//! instead (`transformTypeCast()` in `parse_expr.c`), and from then on says `ARRAY[('a'::varchar)::text,
//! …]`. Both mean the same; the second is what stays.

use std::borrow::Cow;

use super::lexer::{Class, Token, tokens};

/// What a cast of a whole list starts with.
const START: &str = "(ARRAY[";

/// An expression that PostgreSQL has written, with casts of lists on their elements.
pub fn cast_elements(sql: &str) -> Cow<'_, str> {
    if !sql.contains(START) {
        return Cow::Borrowed(sql);
    }
    let tokens = tokens(sql);
    let mut out = String::with_capacity(sql.len() + 64);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let Some((cast, end)) = cast_at(&tokens, at) {
            out.push_str(&cast);
            at = end;
        } else {
            out.push_str(token.text);
            at += 1;
        }
    }
    Cow::Owned(out)
}

/// The cast of a list that starts at a token, with the cast on its elements, and where it ends.
fn cast_at(tokens: &[Token<'_>], start: usize) -> Option<(String, usize)> {
    let [open, array, list, ..] = tokens.get(start..)? else { return None };
    if !open.is("(") || array.text != "ARRAY" || !list.is("[") {
        return None;
    }
    let (elements, end) = elements(tokens, start + 3)?;
    let [close, first, second, ..] = tokens.get(end..)? else { return None };
    if !close.is(")") || !first.is(":") || !second.is(":") {
        return None;
    }
    let (element_type, end) = element_type(tokens, end + 3)?;
    let cast = |element: &String| format!("({})::{element_type}", cast_elements(element));
    let cast: Vec<String> = elements.iter().map(cast).collect();
    Some((format!("ARRAY[{}]", cast.join(", ")), end))
}

/// The elements of a list up to its closing bracket, and where that ends. A list of lists has none.
fn elements(tokens: &[Token<'_>], start: usize) -> Option<(Vec<String>, usize)> {
    let (mut depth, mut elements) = (0_usize, vec![String::new()]);
    for (at, token) in tokens.iter().enumerate().skip(start) {
        let inner = elements.last_mut()?;
        if depth == 0 && inner.is_empty() && (token.text == "ARRAY" || token.is("[")) {
            return None;
        }
        if token.is("(") || token.is("[") {
            depth += 1;
        } else if depth == 0 && token.is("]") {
            return elements.iter().all(|e| !e.is_empty()).then_some((elements, at + 1));
        } else if token.is(")") || token.is("]") {
            depth = depth.checked_sub(1)?;
        }
        if depth == 0 && token.is(",") {
            elements.push(String::new());
        } else if !(inner.is_empty() && token.class == Class::Space) {
            inner.push_str(token.text);
        }
    }
    None
}

/// The name of an array's type up to its brackets, without these, and where they end.
fn element_type(tokens: &[Token<'_>], start: usize) -> Option<(String, usize)> {
    let mut name = String::new();
    for (at, token) in tokens.iter().enumerate().skip(start) {
        let part_of_name = matches!(token.class, Class::Word | Class::Quoted | Class::Number)
            || token.class == Class::Space && token.text == " "
            || [".", "(", ",", ")"].iter().any(|sign| token.is(sign));
        if token.is("[") {
            let closed = tokens.get(at + 1).is_some_and(|next| next.is("]"));
            return (closed && !name.is_empty()).then_some((name, at + 2));
        }
        if !part_of_name {
            return None;
        }
        name.push_str(token.text);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cast_of_a_list_goes_to_its_elements() {
        for (written, read_again) in [
            (
                "CHECK (((status)::text = ANY ((ARRAY['a, (b]'::character varying, 'c'::character \
                 varying])::text[])))",
                "CHECK (((status)::text = ANY (ARRAY[('a, (b]'::character varying)::text, \
                 ('c'::character varying)::text])))",
            ),
            (
                "(a <> ALL ((ARRAY[1, (b + f(2, 3))])::numeric(10,2)[])) AND true",
                "(a <> ALL (ARRAY[(1)::numeric(10,2), ((b + f(2, 3)))::numeric(10,2)])) AND true",
            ),
            (
                "(ARRAY[now()])::timestamp(3) without time zone[]",
                "ARRAY[(now())::timestamp(3) without time zone]",
            ),
            ("(ARRAY['x'::text])::s.\"A b\"[]", "ARRAY[('x'::text)::s.\"A b\"]"),
            (
                "(ARRAY[CASE WHEN (a = ANY ((ARRAY['1'::bpchar])::text[])) THEN 1 END])::bigint[]",
                "ARRAY[(CASE WHEN (a = ANY (ARRAY[('1'::bpchar)::text])) THEN 1 END)::bigint]",
            ),
        ] {
            assert_eq!(cast_elements(written), read_again);
            assert_eq!(cast_elements(read_again), read_again);
        }
    }

    #[test]
    fn what_is_no_such_cast_stays() {
        for text in [
            "(ARRAY['a'::text])",
            "(ARRAY['a'::text])::text",
            "(ARRAY[ARRAY[1]])::bigint[]",
            "('(ARRAY[1])::bigint[]'::text || (ARRAY[1]",
            "(ARRAY[]::text[])",
            "(ARRAY[1)::bigint[]",
            "(ARRAY[1])::",
            "(ARRAY[1] || b)::text[]",
        ] {
            assert_eq!(cast_elements(text), text);
        }
    }
}
