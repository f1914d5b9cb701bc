//! The names that a text written by people may mean: the body of a function above all.
//!
//! PostgreSQL keeps such a body as text and knows nothing of what it names. A word is soft evidence:
//! it may be a variable, an alias, or part of a message.

use std::borrow::Cow;

use super::lexer::{Class, Token, tokens};
use crate::model::FastMap;

/// Strings within strings are read this deep: dynamic SQL that makes dynamic SQL.
const DEEPEST: usize = 3;

/// The names in a text.
#[derive(Debug, Default)]
pub struct Words {
    names: FastMap<String, Place>,
}

/// Where a name stands.
#[derive(Debug, Default)]
struct Place {
    /// Somewhere without a dot in front.
    bare: bool,
    /// Behind a dot: what is in front of it.
    behind: Vec<String>,
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
        self.names
            .get(name)
            .is_some_and(|place| place.bare || place.behind.iter().any(|before| before == schema))
    }

    /// True when the name stands anywhere.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Every name, in no order.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    fn read(&mut self, text: &str, depth: usize) {
        // The last two tokens that are neither space nor comment, the nearer one first.
        let mut before: [Option<Token<'_>>; 2] = [None, None];
        for token in tokens(text) {
            if matches!(token.class, Class::Space | Class::Comment) {
                continue;
            }
            if let (Class::Text, true) = (token.class, depth < DEEPEST) {
                let inner = token.text.strip_prefix('\'').unwrap_or(token.text);
                let inner = inner.strip_suffix('\'').unwrap_or(inner).replace("''", "'");
                self.read(&inner, depth + 1);
            }
            if let Some(name) = folded(&token) {
                let [dot, qualifier] = &before;
                let qualifier = qualifier.as_ref().filter(|_| dot.is_some_and(|t| t.is(".")));
                self.note(&name, qualifier.and_then(folded));
            }
            before = [Some(token), before[0]];
        }
    }

    fn note(&mut self, name: &str, qualifier: Option<Cow<'_, str>>) {
        // Most words stand in a text more than once.
        if !self.names.contains_key(name) {
            self.names.insert(name.to_owned(), Place::default());
        }
        let Some(place) = self.names.get_mut(name) else { return };
        match qualifier {
            None => place.bare = true,
            Some(before) if place.behind.iter().any(|known| *known == before) => {}
            Some(before) => place.behind.push(before.into_owned()),
        }
    }
}

/// A name as the catalog has it: in small letters, unless it is quoted.
fn folded<'a>(token: &Token<'a>) -> Option<Cow<'a, str>> {
    let is_small = |text: &str| text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    match token.class {
        Class::Word if is_small(token.text) => Some(Cow::Borrowed(token.text)),
        Class::Word => Some(Cow::Owned(token.text.to_lowercase())),
        _ => token.name().map(Cow::Owned),
    }
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
