//! One spelling for view definitions that servers of different versions spell differently.

use std::borrow::Cow;
use std::ops::Range;

use super::lexer::{Class, Token, tokens};

/// Key words that end the FROM clause of a SELECT, or the name of its one item.
const AFTER_NAME: &[&str] = &[
    "WHERE",
    "GROUP",
    "HAVING",
    "WINDOW",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "FETCH",
    "FOR",
    "TABLESAMPLE",
];

/// The definition of a view without the name of its relation in front of the columns, if it reads
/// from exactly one relation.
///
/// Servers before 16 always write that name (`SELECT t.a FROM t`), servers from 16 on only where
/// there is more than one (`SELECT a FROM t`), and that for the outermost query alone
/// (`get_query_def()` in PostgreSQL's `ruleutils.c`). No two definitions that mean different things
/// become equal: in either spelling a bare name is a column of the one relation.
pub fn without_qualifier(definition: &str) -> Cow<'_, str> {
    let tokens = tokens(definition);
    let places = places(&tokens);
    let Some(relation) = only_relation(&tokens, &places) else {
        return Cow::Borrowed(definition);
    };
    let mut out = String::with_capacity(definition.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if places[at].outermost
            && !relation.item.contains(&at)
            && is_qualifier(&tokens, at, &relation.name)
        {
            at += 2;
        } else {
            out.push_str(token.text);
            at += 1;
        }
    }
    Cow::Owned(out)
}

/// Where a token stands.
#[derive(Clone, Copy)]
struct Place {
    /// In the outermost query, not in one that stands in brackets.
    outermost: bool,
    /// In no brackets at all.
    bare: bool,
}

/// For each token, where it stands.
fn places(tokens: &[Token<'_>]) -> Vec<Place> {
    // For each open bracket: does it hold a query?
    let mut open: Vec<bool> = Vec::new();
    let mut places = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        if token.is(")") {
            open.pop();
        }
        places.push(Place { outermost: !open.contains(&true), bare: open.is_empty() });
        if token.is("(") {
            let first = tokens[at + 1..].iter().find(|t| t.class != Class::Space);
            open.push(first.is_some_and(|t| matches!(t.text, "SELECT" | "WITH" | "VALUES")));
        }
    }
    places
}

/// The one relation that a query reads from.
struct Relation {
    /// What its columns are qualified with: its alias, or its name.
    name: String,
    /// The tokens of the item of the FROM clause.
    item: Range<usize>,
}

/// The outermost query's only relation. `None` if it reads from none or from several.
fn only_relation(tokens: &[Token<'_>], places: &[Place]) -> Option<Relation> {
    let word = |at: usize, words: &[&str]| {
        tokens[at].class == Class::Word && words.contains(&tokens[at].text)
    };
    let bare = || (0..tokens.len()).filter(|&at| places[at].bare);
    if bare().any(|at| word(at, &["UNION", "INTERSECT", "EXCEPT"])) {
        return None;
    }
    let from = bare().find(|&at| word(at, &["FROM"]))?;
    let end = bare().find(|&at| at > from && word(at, AFTER_NAME)).unwrap_or(tokens.len());
    let mut name = None;
    for at in from + 1..end {
        let several =
            places[at].bare && tokens[at].is(",") || places[at].outermost && word(at, &["JOIN"]);
        if several {
            return None;
        }
        // The alias comes last; without one, the relation's own name does.
        if places[at].bare && !word(at, &["ONLY", "ROWS", "FROM", "WITH", "ORDINALITY", "AS"]) {
            name = tokens[at].name().or(name);
        }
    }
    Some(Relation { name: name?, item: from..end })
}

/// True where the relation's name stands in front of a column: not a schema's in front of a
/// function, type, collation or operator.
fn is_qualifier(tokens: &[Token<'_>], at: usize, relation: &str) -> bool {
    let is = |at: usize, sign: &str| tokens.get(at).is_some_and(|token| token.is(sign));
    let column = tokens.get(at + 2).is_some_and(|token| token.name().is_some());
    let before = tokens[..at].iter().rev().find(|token| token.class != Class::Space);
    tokens[at].name().as_deref() == Some(relation)
        && is(at + 1, ".")
        && column
        && !is(at + 3, "(")
        && !is(at + 3, ".")
        && !before.is_some_and(|b| b.is(":") || b.is(".") || b.text == "COLLATE")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What servers before 16 write, and what later ones write of the same view.
    #[test]
    fn the_spelling_before_16_becomes_the_later_one() {
        for (before, after) in [
            (
                "SELECT t.id, t.\"a b\" AS b FROM s.t WHERE (t.id > 1)",
                "SELECT id, \"a b\" AS b FROM s.t WHERE (id > 1)",
            ),
            ("SELECT x.id FROM s.t x", "SELECT id FROM s.t x"),
            (
                "SELECT \"X y\".id FROM ONLY s.t \"X y\" ORDER BY \"X y\".id",
                "SELECT id FROM ONLY s.t \"X y\" ORDER BY id",
            ),
            (
                "SELECT s.f(s.a), s.b::s.e, (s.c COLLATE s.d), (s.r).x, s.* FROM s.s",
                "SELECT s.f(a), b::s.e, (c COLLATE s.d), (r).x, s.* FROM s.s",
            ),
            (
                "SELECT t.id FROM t WHERE (EXISTS ( SELECT t.id FROM u WHERE (u.id = t.id)))",
                "SELECT id FROM t WHERE (EXISTS ( SELECT t.id FROM u WHERE (u.id = t.id)))",
            ),
            (
                "WITH q AS ( SELECT t.a FROM t) SELECT q.a FROM q",
                "WITH q AS ( SELECT t.a FROM t) SELECT a FROM q",
            ),
            (
                "SELECT u.x, u.n FROM unnest(ARRAY['u.x, '::text]) WITH ORDINALITY u(x, n)",
                "SELECT x, n FROM unnest(ARRAY['u.x, '::text]) WITH ORDINALITY u(x, n)",
            ),
            (
                "SELECT v.x FROM ( SELECT t.x FROM t) v GROUP BY v.x",
                "SELECT x FROM ( SELECT t.x FROM t) v GROUP BY x",
            ),
            (
                "SELECT (t.a IS DISTINCT FROM t.b) AS d FROM t",
                "SELECT (a IS DISTINCT FROM b) AS d FROM t",
            ),
        ] {
            assert_eq!(without_qualifier(before), after);
            assert_eq!(without_qualifier(after), after);
        }
    }

    #[test]
    fn a_query_of_several_relations_or_of_none_stays() {
        for sql in [
            "SELECT t.a FROM t, u",
            "SELECT t.a FROM (t JOIN u ON ((t.a = u.a)))",
            "SELECT t.a FROM t UNION SELECT u.a FROM u",
            "SELECT 1 AS t",
            "VALUES (1)",
            "",
            "FROM",
        ] {
            assert_eq!(without_qualifier(sql), sql);
        }
    }
}
