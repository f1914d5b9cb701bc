//! One spelling for the columns that a view names of a function in its FROM clause.
//!
//! PostgreSQL writes a name for each column that the function had when the view was made, used or not
//! (`get_rte_alias()` in `ruleutils.c`). A function of a table's rows gets another column with the table: the
//! same view says `f(a)` where it is older than the column, and `f(a, b)` where it is younger.

use std::borrow::Cow;

use super::lexer::{Class, Token, tokens};

/// With more functions in a view than this, it stays as it is.
const MOST: usize = 1_000;

/// The definition of a view without the last of a function's columns that it names and does not use.
pub fn without_unused_aliases(definition: &str) -> Cow<'_, str> {
    let tokens = tokens(definition);
    let lists: Vec<AliasList> =
        (0..tokens.len()).filter_map(|at| AliasList::after(&tokens, at)).collect();
    // Nobody writes such a view, and each list is held against the whole text.
    if lists.is_empty() || lists.len() > MOST {
        return Cow::Borrowed(definition);
    }
    let mut out = String::with_capacity(definition.len());
    let (mut at, mut shorter) = (0, false);
    for list in &lists {
        let used = list.used(&tokens, &lists);
        if used < list.columns.len() {
            shorter = true;
            out.extend(tokens[at..list.open].iter().map(|token| token.text));
            if let Some(last) = list.columns[..used].last() {
                out.extend(tokens[list.open..=*last].iter().map(|token| token.text));
                out.push(')');
            }
            at = list.close + 1;
        }
    }
    out.extend(tokens[at..].iter().map(|token| token.text));
    if shorter { Cow::Owned(out) } else { Cow::Borrowed(definition) }
}

/// The name of a function in a FROM clause with those of its columns: ` f(a, b)`.
struct AliasList {
    name: String,
    /// Where the columns are.
    columns: Vec<usize>,
    /// Where the brackets are.
    open: usize,
    close: usize,
}

impl AliasList {
    /// The one that follows the call whose bracket closes at this token.
    fn after(tokens: &[Token<'_>], call: usize) -> Option<AliasList> {
        let [closed, space, name, bracket, ..] = tokens.get(call..)? else { return None };
        if !closed.is(")") || space.text != " " || !bracket.is("(") || !is_call(tokens, call) {
            return None;
        }
        let (open, name) = (call + 3, name.name()?);
        let mut columns = Vec::new();
        let mut at = open + 1;
        loop {
            let [column, next, ..] = tokens.get(at..)? else { return None };
            column.name()?;
            columns.push(at);
            match next {
                _ if next.is(")") => {
                    return Some(AliasList { name, columns, open, close: at + 1 });
                }
                _ if next.is(",") && tokens.get(at + 2)?.class == Class::Space => at += 3,
                // Columns with types: those of a function that returns any record.
                _ => return None,
            }
        }
    }

    /// How many of the columns must be named: up to the last one that is named elsewhere too.
    fn used(&self, tokens: &[Token<'_>], lists: &[AliasList]) -> usize {
        let elsewhere = |at: &usize| !lists.iter().any(|l| (l.open..=l.close).contains(at));
        let of_this = |at: usize, name: &str| {
            // `f.b`, or `b` alone; `t.b` is another one's.
            let dot = at.checked_sub(1).and_then(|dot| tokens.get(dot)).filter(|dot| dot.is("."));
            let before = dot.and_then(|_| tokens.get(at.checked_sub(2)?)?.name());
            tokens[at].name().as_deref() == Some(name)
                && before.is_none_or(|before| before == self.name)
        };
        // The whole row has the names of all columns.
        let whole = tokens.windows(3).any(|row| {
            row[0].name().as_ref() == Some(&self.name) && row[1].is(".") && row[2].is("*")
        });
        if whole {
            return self.columns.len();
        }
        let is_used = |column: &usize| {
            let name = tokens[*column].name().unwrap_or_default();
            (0..tokens.len()).filter(elsewhere).any(|at| of_this(at, &name))
        };
        self.columns.iter().rposition(is_used).map_or(0, |last| last + 1)
    }
}

/// True for the closing bracket of a call: a name stands right before the one that opens it.
fn is_call(tokens: &[Token<'_>], close: usize) -> bool {
    let mut depth = 0_usize;
    for at in (0..=close).rev() {
        if tokens[at].is(")") {
            depth += 1;
        } else if tokens[at].is("(") {
            depth -= 1;
            if depth == 0 {
                return at > 0 && tokens[at - 1].name().is_some();
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_are_not_used_have_no_name() {
        for (written, short) in [
            (" SELECT a\n   FROM s.f() f(a, b);", " SELECT a\n   FROM s.f() f(a);"),
            (
                " SELECT count(*) AS n\n   FROM f(1, g(2)) x(a, b);",
                " SELECT count(*) AS n\n   FROM f(1, g(2)) x;",
            ),
            (" SELECT t.b, f.a FROM t, f() f(a, \"B c\", b)", " SELECT t.b, f.a FROM t, f() f(a)"),
            (" SELECT f.a FROM f() f(a, b), g() g(b, a)", " SELECT f.a FROM f() f(a), g() g"),
        ] {
            assert_eq!(without_unused_aliases(written), short);
            assert_eq!(without_unused_aliases(short), short);
        }
    }

    #[test]
    fn what_is_used_and_what_is_no_such_list_stays() {
        for definition in [
            " SELECT b FROM f() f(a, b)",
            " SELECT f.b FROM t, f() f(a, b)",
            " SELECT row_to_json(f.*) FROM f() f(a, b)",
            " SELECT x.a FROM ( SELECT 1, 2) x(a, b)",
            " SELECT f.a FROM f() f(a integer, b text)",
            " SELECT u.v FROM unnest('{1}'::integer[]) WITH ORDINALITY u(v, n)",
            " SELECT (a + 1) FROM t WHERE (a IN (1, 2)) AND f(a, b)",
        ] {
            assert_eq!(without_unused_aliases(definition), definition);
        }
    }
}
