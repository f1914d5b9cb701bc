//! Times, as people speak of them.

use pgparity_core::report::words::counted;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// How long ago something was, in seconds: "9 days ago". Nothing is said of what is yet to come, as a
/// clock that is wrong would have it.
pub(crate) fn ago(seconds: u64) -> String {
    let (length, unit) = match seconds {
        0..90 => return "just now".to_owned(),
        90..5400 => (MINUTE, "minute"),
        5400..129_600 => (HOUR, "hour"),
        129_600..5_184_000 => (DAY, "day"),
        5_184_000..63_072_000 => (30 * DAY, "month"),
        _ => (365 * DAY, "year"),
    };
    let number = usize::try_from(seconds / length).unwrap_or(usize::MAX);
    format!("{} ago", counted(number.max(1), unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_people_tell_them() {
        let told: Vec<String> =
            [0, 89, 90, 600, 5400, 129_599, 129_600, 9 * DAY, 70 * DAY, 800 * DAY].map(ago).into();
        assert_eq!(
            told,
            [
                "just now",
                "just now",
                "1 minute ago",
                "10 minutes ago",
                "1 hour ago",
                "35 hours ago",
                "1 day ago",
                "9 days ago",
                "2 months ago",
                "2 years ago"
            ]
        );
    }
}
