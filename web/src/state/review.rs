//! What somebody has looked at, and what they noted.

use std::collections::BTreeMap;

use pgparity_core::model::Id;

/// Ticks and notes, by object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Review {
    /// Objects that were looked at, each with the hash of the difference that was seen: another
    /// difference is not seen yet.
    pub viewed: BTreeMap<Id, String>,
    /// Notes.
    pub notes: BTreeMap<Id, String>,
}

/// What happens to the review.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(test), allow(dead_code, reason = "no view of the page marks or notes yet"))]
pub(crate) enum ReviewAction {
    /// An object was looked at as it is under a hash, or is not any more.
    Viewed(Id, Option<String>),
    /// A note on an object; an empty one takes it away.
    Note(Id, String),
}

impl Review {
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
}
