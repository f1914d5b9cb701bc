//! Times that statements take, as ranges: nobody knows the machine, and statistics are estimates.

use serde::{Deserialize, Serialize};

/// How many bytes a second are worked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed {
    /// Reading the rows of a table.
    pub scan: u64,
    /// Reading them and building an index, by the bytes of the table.
    pub index_build: u64,
    /// Writing a table and its indexes anew, by the bytes of both.
    pub rewrite: u64,
}

/// A small server on a slow network disk.
pub const SLOWEST: Speed = Speed { scan: 50_000_000, index_build: 10_000_000, rewrite: 10_000_000 };

/// A large server whose memory holds the table.
pub const FASTEST: Speed =
    Speed { scan: 2_000_000_000, index_build: 400_000_000, rewrite: 400_000_000 };

/// So many milliseconds a statement takes at most beside its work on rows.
pub const STATEMENT_MS: u64 = 5;

/// How long something takes, at least and at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimeRange {
    /// Milliseconds at least.
    pub at_least_ms: u64,
    /// Milliseconds at most; `None` where nobody can tell.
    pub at_most_ms: Option<u64>,
}

impl TimeRange {
    /// No time at all.
    pub const NONE: TimeRange = TimeRange { at_least_ms: 0, at_most_ms: Some(0) };
    /// Nobody can tell.
    pub const UNKNOWN: TimeRange = TimeRange { at_least_ms: 0, at_most_ms: None };
    /// A statement that changes the catalog only.
    pub const STATEMENT: TimeRange = TimeRange { at_least_ms: 0, at_most_ms: Some(STATEMENT_MS) };

    /// The time for so many bytes, by one of the speeds.
    pub(super) fn of_bytes(bytes: u64, speed: impl Fn(&Speed) -> u64) -> TimeRange {
        let time = |bytes_a_second: u64| bytes.saturating_mul(1000) / bytes_a_second.max(1);
        TimeRange {
            at_least_ms: time(speed(&FASTEST)),
            at_most_ms: Some(time(speed(&SLOWEST)).saturating_add(STATEMENT_MS)),
        }
    }

    /// One after the other.
    #[must_use]
    pub fn and(self, then: TimeRange) -> TimeRange {
        let at_most = self.at_most_ms.zip(then.at_most_ms);
        TimeRange {
            at_least_ms: self.at_least_ms.saturating_add(then.at_least_ms),
            at_most_ms: at_most.map(|(one, other)| one.saturating_add(other)),
        }
    }

    /// The longer of two, and unknown when one of them is.
    #[must_use]
    pub fn longest(self, other: TimeRange) -> TimeRange {
        let at_most = self.at_most_ms.zip(other.at_most_ms);
        TimeRange {
            at_least_ms: self.at_least_ms.max(other.at_least_ms),
            at_most_ms: at_most.map(|(one, other)| one.max(other)),
        }
    }

    /// True when it is over at once: there is nothing to tell.
    pub fn is_none(self) -> bool {
        self == TimeRange::NONE
    }

    /// `3 s to 4 min`, `less than 1 s`, `unknown, at least 3 s`.
    pub fn in_words(self) -> String {
        let least = self.at_least_ms / 1000;
        match self.at_most_ms {
            None if least == 0 => "unknown".to_owned(),
            None => format!("unknown, at least {}", time(least, u64::div_euclid)),
            Some(0) => "no time".to_owned(),
            Some(most) if most < 1000 => "less than 1 s".to_owned(),
            Some(most) => {
                let most = time(most.div_ceil(1000), u64::div_ceil);
                let least = time(least, u64::div_euclid);
                if least == "0 s" {
                    format!("up to {most}")
                } else if least == most {
                    format!("about {most}")
                } else {
                    format!("{least} to {most}")
                }
            }
        }
    }
}

/// Seconds in the largest unit of which there are at least two.
fn time(seconds: u64, rounded: fn(u64, u64) -> u64) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    if seconds >= 2 * HOUR {
        format!("{} h", rounded(seconds, HOUR))
    } else if seconds >= 2 * MINUTE {
        format!("{} min", rounded(seconds, MINUTE))
    } else {
        format!("{seconds} s")
    }
}
