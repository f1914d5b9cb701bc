//! Splits SQL into coloured pieces. It understands PostgreSQL's quoting, and nothing else: a piece
//! is only ever shown, never interpreted.
//!
//! PostgreSQL manual, "Lexical Structure".

use serde::{Deserialize, Serialize};

/// What a piece of SQL is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Class {
    /// A name, or white space.
    Plain,
    /// A key word.
    Keyword,
    /// A string in any of the quotings.
    Text,
    /// A number.
    Number,
    /// A comment.
    Comment,
    /// Operators and brackets.
    Sign,
}

impl Class {
    /// The class of the element that shows it.
    pub(crate) fn css(self) -> &'static str {
        match self {
            Class::Plain => "",
            Class::Keyword => "k",
            Class::Text => "s",
            Class::Number => "n",
            Class::Comment => "c",
            Class::Sign => "p",
        }
    }
}

/// A piece of SQL. All pieces together are the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// What it is.
    pub class: Class,
    /// Its text.
    pub text: &'a str,
}

/// Words that are shown as key words: those that structure DDL, not every reserved word.
const KEYWORDS: &[&str] = &[
    "ACTION",
    "ADD",
    "AFTER",
    "AGGREGATE",
    "ALL",
    "ALTER",
    "ALWAYS",
    "AND",
    "ANY",
    "AS",
    "ASC",
    "ATTACH",
    "BEFORE",
    "BEGIN",
    "BETWEEN",
    "BY",
    "CACHE",
    "CALLED",
    "CASCADE",
    "CASE",
    "CHECK",
    "COLLATE",
    "COLLATION",
    "COLUMN",
    "COMMENT",
    "COMMIT",
    "CONCURRENTLY",
    "CONSTRAINT",
    "COST",
    "CREATE",
    "CROSS",
    "CYCLE",
    "DATA",
    "DECLARE",
    "DEFAULT",
    "DEFERRABLE",
    "DEFERRED",
    "DEFINER",
    "DELETE",
    "DESC",
    "DETACH",
    "DISABLE",
    "DISTINCT",
    "DO",
    "DOMAIN",
    "DROP",
    "EACH",
    "ELSE",
    "ELSIF",
    "ENABLE",
    "END",
    "ENUM",
    "EXCEPT",
    "EXCLUDE",
    "EXECUTE",
    "EXISTS",
    "EXTENSION",
    "FALSE",
    "FOR",
    "FORCE",
    "FOREIGN",
    "FROM",
    "FULL",
    "FUNCTION",
    "GENERATED",
    "GRANT",
    "GROUP",
    "HAVING",
    "IDENTITY",
    "IF",
    "IMMEDIATE",
    "IMMUTABLE",
    "IN",
    "INCLUDE",
    "INCREMENT",
    "INDEX",
    "INHERITS",
    "INITIALLY",
    "INNER",
    "INPUT",
    "INSERT",
    "INSTEAD",
    "INTERSECT",
    "INTO",
    "INVOKER",
    "IS",
    "JOIN",
    "KEY",
    "LANGUAGE",
    "LATERAL",
    "LEAKPROOF",
    "LEFT",
    "LEVEL",
    "LIKE",
    "LIMIT",
    "LOCAL",
    "LOGGED",
    "LOOP",
    "MATCH",
    "MATERIALIZED",
    "MAXVALUE",
    "MINVALUE",
    "NO",
    "NOT",
    "NULL",
    "NULLS",
    "OF",
    "OFFSET",
    "ON",
    "ONLY",
    "OPERATOR",
    "OPTION",
    "OR",
    "ORDER",
    "OUTER",
    "OVER",
    "OWNED",
    "OWNER",
    "PARALLEL",
    "PARTITION",
    "PERMISSIVE",
    "POLICY",
    "PRIMARY",
    "PRIVILEGES",
    "PROCEDURE",
    "RAISE",
    "RANGE",
    "REFERENCES",
    "REFERENCING",
    "RENAME",
    "REPLACE",
    "RESET",
    "RESTART",
    "RESTRICT",
    "RESTRICTIVE",
    "RETURN",
    "RETURNS",
    "REVOKE",
    "RIGHT",
    "ROLE",
    "ROLLBACK",
    "ROW",
    "ROWS",
    "SCHEMA",
    "SECURITY",
    "SELECT",
    "SEQUENCE",
    "SET",
    "SETOF",
    "SHARE",
    "STABLE",
    "START",
    "STATEMENT",
    "STORED",
    "STRICT",
    "TABLE",
    "TABLESPACE",
    "TEMPORARY",
    "THEN",
    "TO",
    "TRANSACTION",
    "TRIGGER",
    "TRUE",
    "TYPE",
    "UNION",
    "UNIQUE",
    "UNLOGGED",
    "UPDATE",
    "USAGE",
    "USING",
    "VALID",
    "VALIDATE",
    "VALUE",
    "VALUES",
    "VIEW",
    "VOLATILE",
    "WHEN",
    "WHERE",
    "WHILE",
    "WINDOW",
    "WITH",
    "WITHIN",
    "WITHOUT",
];

/// Splits a text into pieces.
pub(crate) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = sql;
    while let Some((class, length)) = next(rest) {
        let (text, after) = rest.split_at(length);
        found.push(Token { class, text });
        rest = after;
    }
    found
}

/// The class and the length of the first piece; `None` at the end.
fn next(sql: &str) -> Option<(Class, usize)> {
    let first = sql.chars().next()?;
    Some(match first {
        '-' if sql.starts_with("--") => (Class::Comment, sql.find('\n').unwrap_or(sql.len())),
        '/' if sql.starts_with("/*") => (Class::Comment, block_comment(sql)),
        '\'' => (Class::Text, quoted(sql, 1, '\'', false)),
        '"' => (Class::Plain, quoted(sql, 1, '"', false)),
        '$' => match dollar_quoted(sql) {
            Some(length) => (Class::Text, length),
            None => (Class::Sign, 1),
        },
        c if c.is_whitespace() => (Class::Plain, run(sql, char::is_whitespace)),
        c if c.is_ascii_digit() => {
            (Class::Number, run(sql, |c| c.is_ascii_alphanumeric() || c == '.'))
        }
        c if is_name_start(c) => word(sql),
        c => (Class::Sign, c.len_utf8()),
    })
}

/// A name, a key word, or a string with a letter in front of it.
fn word(sql: &str) -> (Class, usize) {
    let length = run(sql, is_name_part);
    let (text, after) = sql.split_at(length);
    let unicode = text.eq_ignore_ascii_case("u") && after.starts_with("&'");
    if unicode {
        return (Class::Text, quoted(sql, length + 2, '\'', false));
    }
    if after.starts_with('\'') && matches!(text, "e" | "E" | "b" | "B" | "x" | "X" | "n" | "N") {
        return (Class::Text, quoted(sql, length + 1, '\'', text.eq_ignore_ascii_case("e")));
    }
    let upper = text.to_ascii_uppercase();
    let class =
        if KEYWORDS.binary_search(&upper.as_str()).is_ok() { Class::Keyword } else { Class::Plain };
    (class, length)
}

/// The length of a quoted piece whose content starts at `start`. A doubled quote goes on; a
/// backslash escapes where it may. Without an end, it is the whole rest.
fn quoted(sql: &str, start: usize, quote: char, backslash: bool) -> usize {
    let mut characters = sql.char_indices().skip_while(|(at, _)| *at < start).peekable();
    while let Some((at, c)) = characters.next() {
        if backslash && c == '\\' {
            characters.next();
        } else if c == quote {
            if characters.peek().is_some_and(|(_, next)| *next == quote) {
                characters.next();
            } else {
                return at + quote.len_utf8();
            }
        }
    }
    sql.len()
}

/// The length of a dollar-quoted string, if one starts here.
fn dollar_quoted(sql: &str) -> Option<usize> {
    let tag_end = 1 + sql[1..].find('$')?;
    let tag = &sql[1..tag_end];
    let is_tag =
        tag.is_empty() || (tag.starts_with(is_name_start) && tag.chars().all(is_name_part));
    if !is_tag {
        return None;
    }
    let delimiter = &sql[..=tag_end];
    let content = &sql[delimiter.len()..];
    Some(content.find(delimiter).map_or(sql.len(), |end| delimiter.len() + end + delimiter.len()))
}

/// The length of a block comment; they nest.
fn block_comment(sql: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < sql.len() {
        let rest = &sql[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    sql.len()
}

/// The length of the characters in front that pass.
fn run(sql: &str, passes: impl Fn(char) -> bool) -> usize {
    sql.find(|c| !passes(c)).unwrap_or(sql.len())
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn is_name_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn classes(sql: &str) -> Vec<(Class, &str)> {
        tokens(sql)
            .into_iter()
            .filter(|token| !token.text.trim().is_empty())
            .map(|token| (token.class, token.text))
            .collect()
    }

    #[test]
    fn keywords_are_sorted_for_the_search() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn tells_words_strings_and_numbers_apart() {
        assert_eq!(
            classes("create TABLE t (n numeric DEFAULT 1.5, s text = E'it\\'s')"),
            [
                (Class::Keyword, "create"),
                (Class::Keyword, "TABLE"),
                (Class::Plain, "t"),
                (Class::Sign, "("),
                (Class::Plain, "n"),
                (Class::Plain, "numeric"),
                (Class::Keyword, "DEFAULT"),
                (Class::Number, "1.5"),
                (Class::Sign, ","),
                (Class::Plain, "s"),
                (Class::Plain, "text"),
                (Class::Sign, "="),
                (Class::Text, "E'it\\'s'"),
                (Class::Sign, ")"),
            ]
        );
    }

    #[test]
    fn a_quoted_keyword_is_a_name() {
        assert_eq!(
            classes("\"select\" \"a\"\"b\""),
            [(Class::Plain, "\"select\""), (Class::Plain, "\"a\"\"b\""),]
        );
    }

    #[test]
    fn dollar_quotes_end_at_their_own_tag() {
        assert_eq!(
            classes("$fn$ select '$$' $fn$;"),
            [(Class::Text, "$fn$ select '$$' $fn$"), (Class::Sign, ";"),]
        );
        assert_eq!(classes("$1"), [(Class::Sign, "$"), (Class::Number, "1")]);
    }

    #[test]
    fn comments_nest() {
        assert_eq!(
            classes("/* a /* b */ c */ x -- y"),
            [(Class::Comment, "/* a /* b */ c */"), (Class::Plain, "x"), (Class::Comment, "-- y"),]
        );
    }

    #[test]
    fn unicode_strings_are_strings() {
        assert_eq!(
            classes("U&'\\0441' 'it''s'"),
            [(Class::Text, "U&'\\0441'"), (Class::Text, "'it''s'"),]
        );
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(sql in "[-/*'\"$a-cE&\\\\ \n1.é]{0,40}") {
            let joined: String = tokens(&sql).iter().map(|token| token.text).collect();
            prop_assert_eq!(joined, sql);
        }
    }
}
