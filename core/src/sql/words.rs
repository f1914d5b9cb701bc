//! The names that a text written by people may mean: the body of a function above all.
//!
//! PostgreSQL keeps such a body as text and knows nothing of what it names. A word is soft evidence:
//! it may be a variable, an alias, or part of a message.

use super::lexer::{Class, Token, tokens};
use crate::model::FastSet;

/// Strings within strings are read this deep: dynamic SQL that makes dynamic SQL.
const DEEPEST: usize = 3;

/// The names in a text.
#[derive(Debug, Default)]
pub struct Words {
    /// Names without a dot in front.
    bare: FastSet<String>,
    /// Names behind a dot, with what is in front of it.
    behind: FastSet<(String, String)>,
    /// All of them.
    any: FastSet<String>,
}

impl Words {
    /// The words of a text, those of its strings included, which may be SQL that it executes.
    pub fn of(text: &str) -> Words {
        let mut words = Words::default();
        words.read(text, 0);
        words
    }

    /// True when an object of this schema may be meant.
    pub fn may_mean(&self, schema: &str, name: &str) -> bool {
        self.bare.contains(name) || self.behind.contains(&(schema.to_owned(), name.to_owned()))
    }

    /// True when the name stands anywhere.
    pub fn has(&self, name: &str) -> bool {
        self.any.contains(name)
    }

    /// Every name, in no order.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.any.iter().map(String::as_str)
    }

    fn read(&mut self, text: &str, depth: usize) {
        let tokens = tokens(text);
        let solid: Vec<&Token<'_>> = tokens
            .iter()
            .filter(|token| !matches!(token.class, Class::Space | Class::Comment))
            .collect();
        for (at, token) in solid.iter().enumerate() {
            if let (Class::Text, true) = (token.class, depth < DEEPEST) {
                let inner = token.text.strip_prefix('\'').unwrap_or(token.text);
                let inner = inner.strip_suffix('\'').unwrap_or(inner).replace("''", "'");
                self.read(&inner, depth + 1);
            }
            let Some(name) = folded(token) else { continue };
            let dot = at.checked_sub(1).and_then(|i| solid.get(i)).is_some_and(|t| t.is("."));
            let before = at.checked_sub(2).and_then(|i| solid.get(i)).filter(|_| dot);
            match before.and_then(|token| folded(token)) {
                Some(qualifier) => self.behind.insert((qualifier, name.clone())),
                None => self.bare.insert(name.clone()),
            };
            self.any.insert(name);
        }
    }
}

/// A name as the catalog has it: in small letters, unless it is quoted.
fn folded(token: &Token<'_>) -> Option<String> {
    let name = token.name()?;
    Some(if token.class == Class::Word { name.to_lowercase() } else { name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_code_and_in_strings_but_not_in_comments() {
        let words = Words::of(
            r#"BEGIN -- isn't Gone
            SELECT o.Total INTO x FROM Sales.Orders o, "Odd Name";
            EXECUTE 'DELETE FROM ' || 'other.items WHERE a = ''lost'''; END"#,
        );
        assert!(words.may_mean("sales", "orders") && words.may_mean("any", "Odd Name"));
        assert!(!words.may_mean("public", "orders") && !words.may_mean("any", "odd name"));
        assert!(words.may_mean("other", "items") && words.may_mean("any", "lost"));
        assert!(words.has("total") && !words.may_mean("any", "total"));
        assert!(!words.has("gone"));
    }
}
