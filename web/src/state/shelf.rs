//! What lies on the shelf: who is on which side, what is being read, what was refused.

use crate::protocol::{Refusal, Sides};

/// The snapshots, as far as the page knows them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ShelfState {
    /// Who is on which side, and what else is there.
    pub sides: Sides,
    /// Counts the changes of the sides: answers of before are out of date.
    pub revision: u32,
    /// Files that could not be read.
    pub refusals: Vec<Refusal>,
    /// What the worker is doing, when it takes a while.
    pub busy: Option<String>,
}

/// What happens to the shelf.
#[allow(clippy::large_enum_variant, reason = "there are few at a time, and none lies in a list")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ShelfAction {
    /// The worker has begun something.
    Busy(String),
    /// The sides are others now.
    Sides(Sides),
    /// The sides are there again, as they were before a reload, or before the worker stopped.
    Restored(Sides),
    /// A file could not be read.
    Refused(Refusal),
    /// The messages about files have been read.
    ForgetRefusals,
    /// The worker does nothing any more.
    Rest,
}

impl ShelfState {
    /// The shelf after an action.
    pub(crate) fn after(&self, action: ShelfAction) -> ShelfState {
        let mut next = self.clone();
        match action {
            ShelfAction::Busy(what) => next.busy = Some(what),
            ShelfAction::Sides(sides) | ShelfAction::Restored(sides) => {
                next.busy = None;
                next.revision += 1;
                next.sides = sides;
            }
            ShelfAction::Refused(refusal) => {
                next.busy = None;
                next.refusals.push(refusal);
            }
            ShelfAction::ForgetRefusals => next.refusals.clear(),
            ShelfAction::Rest => next.busy = None,
        }
        next
    }

    /// What is worth saying aloud of an action.
    pub(crate) fn words(action: &ShelfAction) -> Option<String> {
        Some(match action {
            ShelfAction::Busy(what) => what.clone(),
            ShelfAction::Sides(sides) => match (&sides.from, &sides.to) {
                // Of one database, only the time tells them apart.
                (Some(from), Some(to)) if from.label == to.label => format!(
                    "From is {} of {}, To is {} of {}.",
                    from.label, from.captured_at, to.label, to.captured_at
                ),
                (Some(from), Some(to)) => format!("From is {}, To is {}.", from.label, to.label),
                (Some(side), None) | (None, Some(side)) => {
                    format!("{} is read. Now the other side.", side.label)
                }
                (None, None) => "No snapshot is open.".to_owned(),
            },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_file_leaves_the_sides() {
        let refusal = Refusal { file: "x".into(), problem: "p".into(), fix: "f".into() };
        let shelf = ShelfState::default()
            .after(ShelfAction::Sides(Sides { guessed: true, ..Sides::default() }))
            .after(ShelfAction::Busy("Reading x".into()))
            .after(ShelfAction::Refused(refusal.clone()));
        assert_eq!((shelf.refusals, shelf.busy), (vec![refusal], None));
        assert!(shelf.sides.guessed);
    }

    #[test]
    fn every_side_makes_older_answers_stale() {
        let shelf = ShelfState::default()
            .after(ShelfAction::Sides(Sides::default()))
            .after(ShelfAction::Sides(Sides::default()));
        assert_eq!(shelf.revision, 2);
    }
}
