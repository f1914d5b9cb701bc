//! Which snapshots to keep when an archive is pruned: `last=30,daily=14,weekly=8,monthly=12`.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::contents::{Archived, Contents};

/// The rules. A snapshot that any of them keeps is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Keep {
    rules: Vec<(Period, usize)>,
}

/// How snapshots are counted: of each period the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    Last,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

const PERIODS: [(&str, Period); 5] = [
    ("last", Period::Last),
    ("daily", Period::Daily),
    ("weekly", Period::Weekly),
    ("monthly", Period::Monthly),
    ("yearly", Period::Yearly),
];

impl Period {
    /// What is the same for snapshots of one period, in UTC; weeks are those of ISO 8601.
    fn of(self, one: &Archived) -> String {
        let name = one.moment.time.name();
        let part = |length: usize| name.get(..length).unwrap_or_default().to_owned();
        match self {
            Period::Last => one.name(),
            Period::Daily => part(8),
            Period::Weekly => match one.moment.time.day().map(time::Date::to_iso_week_date) {
                Some((year, week, _)) => format!("{year}-{week}"),
                None => part(8),
            },
            Period::Monthly => part(6),
            Period::Yearly => part(4),
        }
    }
}

impl Keep {
    /// The snapshots that no rule keeps, the oldest first. What an environment is like now is always kept:
    /// the newest snapshot, those before it that are equal, and what was seen last. Of equal neighbours the first is kept
    /// when one of them is: whoever takes duplicates away leaves that one.
    pub(super) fn superfluous(&self, contents: &Contents) -> Vec<Archived> {
        let contents = contents.remaining();
        let all = &contents.snapshots;
        let mut kept: BTreeSet<usize> = BTreeSet::new();
        if let Some(newest) = all.last() {
            let equal = |one: &Archived| one.moment.hash == newest.moment.hash;
            kept.extend((0..all.len()).rev().take_while(|at| equal(&all[*at])));
        }
        kept.extend(contents.at(None).and_then(|now| all.iter().position(|one| one == now)));
        for (period, count) in &self.rules {
            let mut periods: BTreeSet<String> = BTreeSet::new();
            for (at, one) in all.iter().enumerate().rev() {
                if periods.len() < *count && periods.insert(period.of(one)) {
                    kept.insert(at);
                }
            }
        }
        for at in (1..all.len()).rev() {
            if kept.contains(&at) && all[at].moment.hash == all[at - 1].moment.hash {
                kept.insert(at - 1);
            }
        }
        let left = all.iter().enumerate().filter(|(at, _)| !kept.contains(at));
        left.map(|(_, one)| one.clone()).collect()
    }
}

impl FromStr for Keep {
    type Err = String;

    fn from_str(text: &str) -> Result<Keep, String> {
        let rule = |word: &str| {
            let (name, count) = word.split_once('=')?;
            let (_, period) = PERIODS.iter().find(|(known, _)| *known == name.trim())?;
            let count = count.trim().parse().ok().filter(|count| *count > 0)?;
            Some((*period, count))
        };
        let rules: Option<Vec<(Period, usize)>> = text.split(',').map(rule).collect();
        rules.map(|rules| Keep { rules }).ok_or_else(|| {
            "write which to keep as last=30,daily=14,weekly=8,monthly=12,yearly=5, any of them, each at \
             least 1"
                .to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    /// Days that are left after pruning, of snapshots whose fingerprints are given by a letter.
    fn left(days: &[(&str, &str)], rules: &str) -> Vec<String> {
        let name =
            |(day, hash): &(&str, &str)| (format!("{day}T000000Z-{}.json.gz", hash.repeat(64)), 1);
        let contents = Contents::new(days.iter().map(name));
        let gone = rules.parse::<Keep>().unwrap();
        let gone: Vec<String> = gone.superfluous(&contents).iter().map(Archived::name).collect();
        let all = contents.snapshots.iter().map(Archived::name).filter(|name| !gone.contains(name));
        all.map(|name| name[..8].to_owned()).collect()
    }

    #[test]
    fn of_each_period_the_last_one_is_kept() {
        let days = [
            ("20251230", "a"),
            ("20251231", "b"),
            ("20260101", "c"),
            ("20260130", "d"),
            ("20260131", "e"),
            ("20260201", "f"),
        ];
        assert_eq!(left(&days, "last=2"), ["20260131", "20260201"]);
        assert_eq!(left(&days, "daily=3"), ["20260130", "20260131", "20260201"]);
        assert_eq!(left(&days, "monthly=9"), ["20251231", "20260131", "20260201"]);
        assert_eq!(left(&days, "yearly=2"), ["20251231", "20260201"]);
        // The first of January 2026 is a Thursday: its week began in the year before.
        assert_eq!(left(&days, "weekly=9"), ["20260101", "20260201"]);
        assert_eq!(left(&days, "last=1, yearly=2"), ["20251231", "20260201"]);
    }

    #[test]
    fn what_is_there_now_is_kept() {
        let days = [("20260101", "a"), ("20260102", "b"), ("20260103", "b"), ("20260104", "b")];
        assert_eq!(left(&days, "last=1"), ["20260102", "20260103", "20260104"]);
        assert_eq!(left(&[], "last=1"), Vec::<String>::new());
        let days = [("20260101", "a"), ("20260102", "a"), ("20260103", "b")];
        assert_eq!(left(&days, "last=2").len(), 3, "the first of equal neighbours stands for both");
    }

    #[test]
    fn rules_are_read() {
        for wrong in ["", "last", "last=0", "last=-1", "hourly=3", "last=3;daily=2", "daily=x"] {
            assert!(wrong.parse::<Keep>().unwrap_err().contains("last=30"), "{wrong}");
        }
    }
}
