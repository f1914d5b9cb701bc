//! Single keys, and those that somebody chose instead (WCAG 2.1.4).

use std::collections::BTreeMap;

use super::Command;

/// The single keys: the command, its key, and what it does, in short.
pub(crate) const SINGLE: [(Command, &str, &str); 17] = [
    (Command::Help, "?", "map of the keyboard"),
    (Command::Search, "/", "search"),
    (Command::NextRow, "j", "next row or step"),
    (Command::PreviousRow, "k", "row or step before"),
    (Command::Viewed, "v", "tick and go on"),
    (Command::NextUnviewed, "]", "next not viewed"),
    (Command::PreviousUnviewed, "[", "previous not viewed"),
    (Command::NextChange, "n", "next change"),
    (Command::PreviousChange, "p", "change before"),
    (Command::Layout, "s", "one column or two"),
    (Command::Blanks, "w", "white space"),
    (Command::Wrap, "z", "long lines"),
    (Command::Filters, "f", "filters"),
    (Command::Renames, "r", "rename decisions"),
    (Command::Toggle, "x", "step on or off"),
    (Command::Theme, "t", "colours"),
    (Command::Go, "g", "before the key of a place"),
];

/// The keys that somebody chose, by the key that the command has by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OwnKeys(BTreeMap<String, String>);

impl OwnKeys {
    /// The keys as they were stored; what is no key is left out.
    pub(crate) fn stored(pairs: impl IntoIterator<Item = (String, String)>) -> OwnKeys {
        let choose = |keys: OwnKeys, (of, key): (String, String)| keys.with(&of, &key);
        pairs.into_iter().fold(OwnKeys::default(), choose)
    }

    /// The keys as they are stored.
    pub(crate) fn pairs(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    /// The key of a command that has `of` by itself.
    pub(crate) fn key<'a>(&'a self, of: &'a str) -> &'a str {
        self.0.get(of).map_or(of, String::as_str)
    }

    /// The command of a key.
    pub(super) fn command(&self, key: &str) -> Option<Command> {
        let found = SINGLE.iter().find(|(_, own, _)| self.key(own) == key);
        found.map(|(command, ..)| *command)
    }

    /// Another key for the command that has `of` by itself. The command that had that key gets the one
    /// that is left. What is no single visible sign changes nothing.
    pub(crate) fn with(&self, of: &str, key: &str) -> OwnKeys {
        let mut next = self.clone();
        let known = SINGLE.iter().any(|(_, own, _)| *own == of);
        let mut signs = key.chars();
        let is_key = matches!((signs.next(), signs.next()), (Some(c), None) if !c.is_whitespace() && !c.is_control());
        if !known || !is_key {
            return next;
        }
        let before = self.key(of).to_owned();
        if let Some((_, other, _)) = SINGLE.iter().find(|(_, own, _)| self.key(own) == key) {
            next.put(other, &before);
        }
        next.put(of, key);
        next
    }

    fn put(&mut self, of: &str, key: &str) {
        if of == key {
            self.0.remove(of);
        } else {
            self.0.insert(of.to_owned(), key.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_that_is_taken_changes_places() {
        let keys = OwnKeys::default().with("j", "k");
        assert_eq!(keys.command("k"), Some(Command::NextRow));
        assert_eq!(keys.command("j"), Some(Command::PreviousRow));
        assert_eq!(keys.with("j", "j"), OwnKeys::default());
        let free = OwnKeys::default().with("j", "ö");
        assert_eq!((free.command("ö"), free.command("j")), (Some(Command::NextRow), None));
    }

    #[test]
    fn what_is_no_key_changes_nothing() {
        for (of, key) in [("j", ""), ("j", "ab"), ("j", " "), ("j", "\n"), ("q", "a")] {
            assert_eq!(OwnKeys::default().with(of, key), OwnKeys::default(), "{of} {key:?}");
        }
    }

    proptest! {
        #[test]
        fn every_command_keeps_a_key_of_its_own(choices in proptest::collection::vec((0..SINGLE.len(), "[a-z?/\\[\\]]"), 0..30)) {
            let pairs = choices.into_iter().map(|(at, key)| (SINGLE[at].1.to_owned(), key));
            let keys = OwnKeys::stored(pairs);
            for (command, own, _) in SINGLE {
                prop_assert_eq!(keys.command(keys.key(own)), Some(command));
            }
            let again = OwnKeys::stored(keys.pairs().clone());
            for (_, own, _) in SINGLE {
                prop_assert!(!again.key(own).is_empty());
            }
        }
    }
}
