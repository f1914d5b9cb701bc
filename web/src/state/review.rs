//! What somebody has looked at, and what they noted.

use std::collections::BTreeMap;

use pgparity_core::model::Id;
use serde::{Deserialize, Serialize};

use crate::protocol::Stop;

/// Ticks and notes, by object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Review {
    /// Objects that were looked at, each with the hash of the difference that was seen: another
    /// difference is not seen yet.
    pub viewed: BTreeMap<Id, String>,
    /// Notes.
    pub notes: BTreeMap<Id, String>,
}

/// What happens to the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReviewAction {
    /// An object was looked at as it is under a hash, or is not any more.
    Viewed(Id, Option<String>),
    /// A note on an object; an empty one takes it away.
    Note(Id, String),
}

impl Review {
    /// The move of a tick: an object that was looked at is taken back where its own tick says so.
    pub(crate) fn tick(&self, stop: &Stop) -> Option<ReviewAction> {
        match (stop.viewed, self.viewed.get(&stop.id) == Some(&stop.hash)) {
            (_, true) => Some(ReviewAction::Viewed(stop.id.clone(), None)),
            (false, false) => Some(ReviewAction::Viewed(stop.id.clone(), Some(stop.hash.clone()))),
            // It was looked at as a part of its whole, or part by part.
            (true, false) => None,
        }
    }

    /// True when an object was looked at, by itself or as a part: `line` has the hashes of it and of
    /// all that it is part of.
    pub(crate) fn has_seen(&self, line: &[(Id, String)]) -> bool {
        line.iter().any(|(id, hash)| self.viewed.get(id) == Some(hash))
    }

    /// The review after an action.
    pub(crate) fn after(&self, action: ReviewAction) -> Review {
        let mut next = self.clone();
        match action {
            ReviewAction::Viewed(id, Some(hash)) => {
                next.viewed.insert(id, hash);
            }
            ReviewAction::Viewed(id, None) => {
                next.viewed.remove(&id);
            }
            ReviewAction::Note(id, text) if text.trim().is_empty() => {
                next.notes.remove(&id);
            }
            ReviewAction::Note(id, text) => {
                next.notes.insert(id, text);
            }
        }
        next
    }
}

impl ReviewAction {
    /// What it was, after "Undone: ".
    pub(crate) fn words(&self) -> String {
        match self {
            ReviewAction::Viewed(id, Some(_)) => format!("{} viewed", id.name()),
            ReviewAction::Viewed(id, None) => format!("{} not viewed", id.name()),
            ReviewAction::Note(id, _) => format!("the note on {}", id.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_and_notes_come_and_go() {
        let id: Id = "table:public.a".into();
        let review = Review::default()
            .after(ReviewAction::Viewed(id.clone(), Some("h".into())))
            .after(ReviewAction::Note(id.clone(), "ask Ann".into()));
        assert_eq!((review.viewed.len(), review.notes.len()), (1, 1));
        let review = review
            .after(ReviewAction::Viewed(id.clone(), None))
            .after(ReviewAction::Note(id, " ".into()));
        assert_eq!(review, Review::default());
    }

    #[test]
    fn a_tick_holds_for_the_difference_that_was_seen_and_for_the_parts() {
        let (table, column): (Id, Id) = ("table:public.a".into(), "column:public.a.x".into());
        let stop = |hash: &str, viewed| Stop {
            key: "k".into(),
            place: 0,
            id: table.clone(),
            hash: hash.into(),
            viewed,
        };
        let Some(tick) = Review::default().tick(&stop("1", false)) else { return };
        let review = Review::default().after(tick);
        let line = [(column, "9".to_owned()), (table.clone(), "1".to_owned())];
        assert!(review.has_seen(&line));
        assert!(!review.has_seen(&[(table.clone(), "2".to_owned())]), "another difference");
        let back = review.tick(&stop("1", true));
        assert_eq!(back, Some(ReviewAction::Viewed(table.clone(), None)));
        assert_eq!(Review::default().tick(&stop("1", true)), None, "seen with its whole");
        let anew = review.tick(&stop("2", false));
        assert_eq!(anew, Some(ReviewAction::Viewed(table.clone(), Some("2".into()))));
    }
}
