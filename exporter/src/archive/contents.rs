//! What an environment's folder holds, as its listing tells, and which snapshot was there at a time.

use super::names::{Item, Moment};
use super::stamp::Stamp;

/// A snapshot of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Archived {
    /// When it was taken, and its fingerprint.
    pub(crate) moment: Moment,
    /// Its size as it is kept, in bytes.
    pub(crate) size: u64,
    /// When the same was seen again, the last time that is known.
    pub(crate) seen: Option<Stamp>,
}

impl Archived {
    /// The name of its file.
    pub(crate) fn name(&self) -> String {
        Item::Snapshot(self.moment.clone()).name()
    }
}

/// The snapshots of an environment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contents {
    /// In order of time.
    pub(crate) snapshots: Vec<Archived>,
    /// In order of time.
    seen: Vec<Moment>,
    /// What somebody who prunes is about to remove, or was when the work ended.
    pub(super) going: Vec<Moment>,
}

impl Contents {
    /// From names and sizes, in any order.
    pub(super) fn new(listing: impl IntoIterator<Item = (String, u64)>) -> Contents {
        let mut found = Contents::default();
        for (name, size) in listing {
            match Item::named(&name) {
                Some(Item::Snapshot(moment)) => {
                    found.snapshots.push(Archived { moment, size, seen: None });
                }
                Some(Item::Seen(moment)) => found.seen.push(moment),
                Some(Item::Going(moment)) => found.going.push(moment),
                None => {}
            }
        }
        found.snapshots.sort_by(|a, b| a.moment.cmp(&b.moment));
        found.seen.sort();
        found.going.sort();
        for moment in found.seen.clone() {
            let meant = found.meant_by(&moment).and_then(|at| found.snapshots.get_mut(at));
            // The mark of a duplicate that is still there tells no later time.
            if let Some(one) = meant.filter(|one| one.moment.time < moment.time) {
                one.seen = Some(moment.time);
            }
        }
        found
    }

    /// The snapshot that was there at a time: the one taken or seen last, at that time or before. Without a
    /// time the newest.
    pub(crate) fn at(&self, time: Option<&Stamp>) -> Option<&Archived> {
        self.last(|moment| time.is_none_or(|time| moment.time <= *time))
    }

    /// What was there just before.
    pub(super) fn before(&self, moment: &Moment) -> Option<&Archived> {
        self.last(|other| other < moment)
    }

    /// Of this snapshot and its neighbours in time, if two are equal, the later one: this or the next. The earlier one
    /// stands for it, and so must not be about to be removed.
    pub(super) fn twin(&self, moment: &Moment) -> Option<Moment> {
        let at = self.snapshots.iter().position(|one| one.moment == *moment)?;
        let later = [at, at + 1].into_iter().find(|later| self.is_duplicate(*later))?;
        self.snapshots.get(later).map(|one| one.moment.clone())
    }

    /// True when the snapshot just before is the same, and stays.
    fn is_duplicate(&self, at: usize) -> bool {
        let pair = at.checked_sub(1).and_then(|before| self.snapshots.get(before..=at));
        pair.is_some_and(|pair| {
            pair[0].moment.hash == pair[1].moment.hash && !self.going.contains(&pair[0].moment)
        })
    }

    /// True when the snapshot is there.
    pub(super) fn has(&self, moment: &Moment) -> bool {
        self.snapshots.iter().any(|one| one.moment == *moment)
    }

    /// True when the later one is still the duplicate of a snapshot that stays.
    pub(super) fn may_go(&self, later: &Moment) -> bool {
        let at = self.snapshots.iter().position(|one| one.moment == *later);
        at.is_some_and(|at| self.is_duplicate(at))
    }

    /// True when the mark is about a snapshot that is there and stays.
    pub(super) fn holds(&self, mark: &Moment) -> bool {
        let meant = self.meant_by(mark).and_then(|at| self.snapshots.get(at));
        meant.is_some_and(|one| !self.going.contains(&one.moment))
    }

    /// Duplicates that somebody is taking away, or was when the work ended: their marks are there already.
    pub(super) fn leaving(&self) -> Vec<Moment> {
        let marked = |one: &&Archived| self.seen.binary_search(&one.moment).is_ok();
        let equal = |at: usize| {
            let before = at.checked_sub(1).and_then(|before| self.snapshots.get(before));
            before.is_some_and(|before| before.moment.hash == self.snapshots[at].moment.hash)
        };
        let all = self.snapshots.iter().enumerate();
        let leaving = all.filter(|(at, one)| marked(one) && equal(*at));
        leaving.map(|(_, one)| one.moment.clone()).collect()
    }

    /// The same without those.
    pub(super) fn remaining(&self) -> Contents {
        let leaving = self.leaving();
        let mut remaining = self.clone();
        remaining.snapshots.retain(|one| !leaving.contains(&one.moment));
        remaining
    }

    /// Announcements about snapshots that are not here.
    pub(super) fn gone(&self) -> Vec<Moment> {
        let there = |moment: &&Moment| self.snapshots.iter().any(|one| one.moment == **moment);
        self.going.iter().filter(|moment| !there(moment)).cloned().collect()
    }

    /// Marks that tell nothing that this one does not: of the same snapshot, earlier.
    pub(super) fn outdated_by(&self, mark: &Moment) -> Vec<Moment> {
        let meant = self.meant_by(mark);
        let same =
            |other: &&Moment| meant.is_some() && self.meant_by(other) == meant && *other < mark;
        self.seen.iter().filter(same).cloned().collect()
    }

    /// Marks of snapshots that are not here.
    pub(super) fn orphans(&self) -> Vec<Moment> {
        self.seen.iter().filter(|mark| self.meant_by(mark).is_none()).cloned().collect()
    }

    /// Of all moments at which something is known to have been there, the last of those that count. A mark
    /// can be younger than a snapshot of something else that was stored later.
    fn last(&self, counts: impl Fn(&Moment) -> bool) -> Option<&Archived> {
        let taken = self.snapshots.iter().enumerate().map(|(at, one)| (&one.moment, Some(at)));
        let seen = self.seen.iter().map(|mark| (mark, self.meant_by(mark)));
        let known = taken.chain(seen).filter_map(|(moment, at)| Some((moment, at?)));
        let last = known.filter(|(moment, _)| counts(moment)).max_by_key(|(moment, _)| *moment);
        last.and_then(|(_, at)| self.snapshots.get(at))
    }

    /// The place of the snapshot that a mark is about: the last of its fingerprint that is not younger.
    fn meant_by(&self, mark: &Moment) -> Option<usize> {
        let same = |one: &Archived| one.moment.hash == mark.hash && one.moment.time <= mark.time;
        self.snapshots.iter().rposition(same)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    /// A listing by days of January 2026: `3a` is snapshot `a` of the third, `5a?` the mark of the fifth, and `3a!` says
    /// that the snapshot is about to go.
    fn listing(words: &str) -> Contents {
        let name = |word: &str| {
            let (day, rest) = word.split_at(1);
            let (hash, mark) = rest.split_at(1);
            let ending = match mark {
                "" => "json.gz",
                "!" => "going",
                _ => "seen",
            };
            (format!("2026010{day}T000000Z-{}.{ending}", hash.repeat(64)), 1)
        };
        Contents::new(words.split(' ').map(name))
    }

    fn day(day: u8) -> Stamp {
        Stamp::asked(&format!("2026-01-0{day}T12:00")).unwrap()
    }

    fn told(found: Option<&Archived>) -> String {
        let Some(one) = found else { return "nothing".to_owned() };
        let name = one.name();
        format!("{}{}", &name[7..8], &name[17..18])
    }

    #[test]
    fn a_time_has_the_snapshot_that_was_there() {
        let found = listing("5b 3a index 4a? 9c");
        assert_eq!(
            [2, 3, 4, 5, 8, 9].map(|at| told(found.at(Some(&day(at))))),
            ["nothing", "3a", "3a", "5b", "5b", "9c"]
        );
        assert_eq!(told(found.at(None)), "9c");
        assert_eq!(found.snapshots[0].seen, Some(Stamp::named("20260104T000000Z").unwrap()));
        assert_eq!(found.snapshots[1].seen, None);
        assert_eq!(listing("3a 5a 5a?").snapshots[1].seen, None, "its own mark is no other time");
    }

    #[test]
    fn a_mark_counts_although_something_else_came_in_between() {
        let found = listing("3a 4b 5a?");
        assert_eq!(told(found.at(Some(&day(4)))), "4b");
        assert_eq!(told(found.at(None)), "3a");
        // Of a snapshot that is not here, it tells nothing.
        let found = listing("3a 5b?");
        assert_eq!(told(found.at(None)), "3a");
        assert_eq!(found.orphans().len(), 1);
    }

    #[test]
    fn of_equal_neighbours_the_later_one_is_superfluous() {
        let found = listing("1a 2b 3b 4a");
        let twin = |at: usize| found.twin(&found.snapshots[at].moment);
        let later = Some(found.snapshots[2].moment.clone());
        assert_eq!([twin(0), twin(1), twin(2), twin(3)], [None, later.clone(), later, None]);
    }

    #[test]
    fn a_duplicate_stays_while_what_stands_for_it_is_about_to_go() {
        let found = listing("1a 2a 2a? 3b");
        let duplicate = found.snapshots[1].moment.clone();
        assert!(found.may_go(&duplicate));
        assert_eq!(
            (found.leaving(), found.remaining().snapshots.len()),
            (vec![duplicate.clone()], 2)
        );
        let found = listing("1a 1a! 2a 2a? 3b");
        assert!(!found.may_go(&duplicate));
        assert_eq!(found.twin(&duplicate), None);
        // Who prunes counts on neither of the two at once.
        assert_eq!(found.leaving(), [duplicate]);
        let found = listing("1a 1a! 2a? 3b 3b!");
        assert!(!found.holds(&found.seen[0]), "it counts on what is about to go");
        assert!(found.gone().is_empty());
        assert_eq!(listing("2b! 3b").gone().len(), 1);
    }

    #[test]
    fn a_later_mark_makes_earlier_ones_of_its_snapshot_superfluous() {
        let found = listing("1a 2a? 3b 4a 5a? 6a? 7a?");
        let mark = found.seen.last().unwrap().clone();
        let names: Vec<String> =
            found.outdated_by(&mark).iter().map(|m| m.time.to_string()).collect();
        assert_eq!(names, ["2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z"]);
        assert!(found.outdated_by(&found.seen[0]).is_empty());
    }
}
