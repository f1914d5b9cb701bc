//! Times in the names of archived snapshots, to the second in UTC: `20261101T120000Z`. They sort as they
//! follow each other, and every file system and object store takes them.

use std::fmt;

use pgparity_core::history::instant;
use time::{Date, OffsetDateTime};

/// A second in UTC, of the years 0 to 9999.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamp(String);

impl Stamp {
    /// The time that a snapshot states, RFC 3339 with any offset; `None` for what is no time.
    pub(crate) fn of(time: &str) -> Option<Stamp> {
        let (seconds, _) = instant(time)?;
        let time = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        let year = u16::try_from(time.year()).ok().filter(|year| *year <= 9999)?;
        Some(Stamp(format!(
            "{year:04}{:02}{:02}T{:02}{:02}{:02}Z",
            u8::from(time.month()),
            time.day(),
            time.hour(),
            time.minute(),
            time.second()
        )))
    }

    /// The time in a name; `None` for anything that was not written here.
    pub(super) fn named(text: &str) -> Option<Stamp> {
        let shape = "00000000T000000Z";
        let same = |(a, b): (u8, u8)| if b == b'0' { a.is_ascii_digit() } else { a == b };
        let shaped = text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(same);
        let stamp = shaped.then(|| Stamp(text.to_owned()))?;
        (Stamp::of(&stamp.to_string())? == stamp).then_some(stamp)
    }

    /// What somebody asks for: a day, which means its end, or a minute or second, in UTC or with an offset.
    pub(crate) fn asked(text: &str) -> Result<Stamp, String> {
        let day = text.len() == 10;
        let zone = text.get(16..).and_then(|rest| rest.find(['Z', 'z', '+', '-']));
        let (clock, zone) = match zone {
            Some(at) => text.split_at(16 + at),
            None => (text, "Z"),
        };
        let whole = match clock.len() {
            _ if day => format!("{text}T23:59:59Z"),
            16 => format!("{clock}:00{zone}"),
            _ => format!("{clock}{zone}"),
        };
        Stamp::of(&whole).ok_or_else(|| {
            format!(
                "`{text}` is no time: write 2026-11-01 for the end of that day, or \
                 2026-11-01T12:00:00Z"
            )
        })
    }

    /// As it stands in names.
    pub(super) fn name(&self) -> &str {
        &self.0
    }

    /// Its day in UTC.
    pub(super) fn day(&self) -> Option<Date> {
        let (seconds, _) = instant(&self.to_string())?;
        Some(OffsetDateTime::from_unix_timestamp(seconds).ok()?.date())
    }
}

impl fmt::Display for Stamp {
    /// As RFC 3339.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |from: usize, to: usize| self.0.get(from..to).unwrap_or_default();
        let (date, clock) =
            ([part(0, 4), part(4, 6), part(6, 8)], [part(9, 11), part(11, 13), part(13, 15)]);
        write!(f, "{}T{}Z", date.join("-"), clock.join(":"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    #[test]
    fn times_become_names_and_names_times() {
        let stamp = Stamp::of("2026-11-01T14:00:00.9+02:00").unwrap();
        assert_eq!(stamp.name(), "20261101T120000Z");
        assert_eq!(stamp.to_string(), "2026-11-01T12:00:00Z");
        assert_eq!(Stamp::named(stamp.name()), Some(stamp));
        for wrong in
            ["", "20261301T120000Z", "20261101T1200000", "2026-11-01T12:00", "２0261101T1200Z"]
        {
            assert_eq!(Stamp::named(wrong), None, "{wrong}");
        }
        assert_eq!(Stamp::of("yesterday"), None);
    }

    #[test]
    fn a_day_means_its_end() {
        for (asked, time) in [
            ("2026-11-01", "2026-11-01T23:59:59Z"),
            ("2026-11-01T12:00", "2026-11-01T12:00:00Z"),
            ("2026-11-01 12:00:05", "2026-11-01T12:00:05Z"),
            ("2026-11-01T12:00Z", "2026-11-01T12:00:00Z"),
            ("2026-11-01T12:00:00+02:00", "2026-11-01T10:00:00Z"),
            ("2026-11-01T12:00:00.5Z", "2026-11-01T12:00:00Z"),
        ] {
            assert_eq!(Stamp::asked(asked).unwrap().to_string(), time, "{asked}");
        }
        for wrong in ["", "today", "2026-13-01", "2026-11", "2026-11-01T25:00", "20261101T120000Z"]
        {
            assert!(Stamp::asked(wrong).unwrap_err().contains("no time"), "{wrong}");
        }
    }
}
