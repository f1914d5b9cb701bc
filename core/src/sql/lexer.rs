//! Cutting SQL into tokens. PostgreSQL manual, "Lexical Structure".
//!
//! Most of it was written by PostgreSQL itself, without comments and dollar quotes. Bodies of
//! functions were written by people and have both; the quotes of a dollar quote are signs here, and
//! what is between them is cut like the rest.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A name or a key word, not quoted.
    Word,
    /// A name in double quotes.
    Quoted,
    /// A constant in single quotes.
    Text,
    /// A number.
    Number,
    /// White space.
    Space,
    /// A comment.
    Comment,
    /// A single character of anything else.
    Sign,
}

/// A token. All tokens together are the whole text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub class: Class,
    pub text: &'a str,
}

impl Token<'_> {
    /// The name it stands for, if it is one. Key words count as names.
    pub(super) fn name(&self) -> Option<String> {
        match self.class {
            Class::Word => Some(self.text.to_owned()),
            Class::Quoted => {
                let inner = self.text.strip_prefix('"').unwrap_or(self.text);
                Some(inner.strip_suffix('"').unwrap_or(inner).replace("\"\"", "\""))
            }
            _ => None,
        }
    }

    /// True for this sign.
    pub(super) fn is(&self, sign: &str) -> bool {
        self.class == Class::Sign && self.text == sign
    }
}

/// The tokens of a text.
pub(super) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let (mut out, mut rest) = (Vec::<Token<'_>>::new(), sql);
    while let Some(token) = token(rest, out.last()) {
        out.push(token);
        rest = &rest[token.text.len()..];
    }
    out
}

/// The token that a text begins with, behind the one before.
pub(super) fn token<'a>(rest: &'a str, before: Option<&Token<'_>>) -> Option<Token<'a>> {
    let (class, length) = match rest.chars().next()? {
        '-' if rest.starts_with("--") => (Class::Comment, run(rest, |c| c != '\n')),
        '/' if rest.starts_with("/*") => (Class::Comment, comment(rest)),
        '"' => (Class::Quoted, quoted(rest, '"', false)),
        '\'' => {
            let escapes = before.is_some_and(|before| matches!(before.text, "E" | "e"));
            (Class::Text, quoted(rest, '\'', escapes))
        }
        '0'..='9' => (Class::Number, run(rest, |c| c.is_ascii_alphanumeric() || c == '_')),
        c if c.is_ascii_whitespace() => (Class::Space, run(rest, |c| c.is_ascii_whitespace())),
        c if c.is_ascii_alphabetic() || c == '_' || !c.is_ascii() => (
            Class::Word,
            run(rest, |c| c.is_ascii_alphanumeric() || c == '_' || c == '$' || !c.is_ascii()),
        ),
        c => (Class::Sign, c.len_utf8()),
    };
    Some(Token { class, text: &rest[..length] })
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// The length of what is between quotes, quotes included. A doubled quote does not end it, nor, in
/// a string with escapes, one behind a backslash.
fn quoted(text: &str, quote: char, escapes: bool) -> usize {
    let mut rest = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = rest.next() {
        if escapes && c == '\\' {
            rest.next();
        } else if c == quote && rest.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    text.len()
}

/// The length of a comment in `/* … */`, which may hold others.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['/', '*'])) {
        at += found;
        match text.get(at..at + 2) {
            Some("/*") => (depth, at) = (depth + 1, at + 2),
            Some("*/") => (depth, at) = (depth.saturating_sub(1), at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_the_whole_text() {
        let sql = "SELECT \"a\"\"b\".é1, 'it''s (', E'\\\\', 1.5e3::numeric(3,1)\n FROM t";
        let all = tokens(sql);
        assert_eq!(all.iter().map(|t| t.text).collect::<String>(), sql);
        let found: Vec<_> = all.iter().filter_map(Token::name).collect();
        assert_eq!(found, ["SELECT", "a\"b", "é1", "E", "numeric", "FROM", "t"]);
        assert!(all.iter().any(|t| t.class == Class::Text && t.text == "'it''s ('"));
    }

    #[test]
    fn an_open_quote_ends_with_the_text() {
        for sql in ["'open", "\"open", "\"", "'a''", "/* open /* */", "-- open", "E'\\'"] {
            assert_eq!(tokens(sql).iter().map(|t| t.text).collect::<String>(), sql);
        }
    }

    #[test]
    fn comments_and_escapes_hold_no_quotes() {
        let sql = "a -- isn't\n/* it's /* nested */ one */ b E'it\\'s' c '\\' d";
        let all = tokens(sql);
        assert_eq!(all.iter().map(|t| t.text).collect::<String>(), sql);
        let found: Vec<_> = all.iter().filter_map(Token::name).collect();
        assert_eq!(found, ["a", "b", "E", "c", "d"]);
    }
}
