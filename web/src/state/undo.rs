//! Undo: what was decided and reviewed before each decision.

use super::review::Review;
use super::shared::Shared;
use crate::protocol::Settings;

/// So many decisions can be taken back.
const DEPTH: usize = 200;

/// What decisions change: all that undo brings back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Work {
    /// What was decided.
    pub decisions: Shared<Settings>,
    /// What was looked at and noted.
    pub review: Shared<Review>,
}

/// The states before, the last one at the end.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Undo(Vec<(String, Work)>);

impl Undo {
    /// Remembers the state before something that goes by these words.
    pub(crate) fn remember(&self, words: String, before: Work) -> Undo {
        let mut next = self.clone();
        if next.0.len() == DEPTH {
            next.0.remove(0);
        }
        next.0.push((words, before));
        next
    }

    /// All of them, the last one at the end.
    pub(crate) fn all(&self) -> impl Iterator<Item = &(String, Work)> {
        self.0.iter()
    }

    /// Takes the last one back: what it was, and the state before it.
    pub(crate) fn back(&self) -> Option<(Undo, String, Work)> {
        let mut next = self.clone();
        let (words, before) = next.0.pop()?;
        Some((next, words, before))
    }
}

impl FromIterator<(String, Work)> for Undo {
    fn from_iter<I: IntoIterator<Item = (String, Work)>>(states: I) -> Undo {
        Undo(states.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_is_forgotten() {
        let mut undo = Undo::default();
        for number in 0..=DEPTH {
            undo = undo.remember(number.to_string(), Work::default());
        }
        let mut words = Vec::new();
        while let Some((rest, word, _)) = undo.back() {
            words.push(word);
            undo = rest;
        }
        assert_eq!((words.len(), words.last().map(String::as_str)), (DEPTH, Some("1")));
    }
}
