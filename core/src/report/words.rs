//! Words and numbers as all reports write them.

use std::fmt::Display;

use super::model::Finding;
use crate::objects::Kind;

impl Finding {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Finding::Missing => "missing",
            Finding::Extra => "extra",
            Finding::Changed => "changed",
            Finding::Renamed => "renamed",
        }
    }

    /// A sign for it, for those who do not see colours.
    pub fn sign(self) -> char {
        match self {
            Finding::Missing => '+',
            Finding::Extra => '-',
            Finding::Changed => '~',
            Finding::Renamed => '>',
        }
    }
}

/// `1,262`.
pub fn number(n: impl Display) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 statement`, `1,262 statements`.
pub fn counted(n: usize, one: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one.to_owned() } else { plural(one) })
}

/// `1 table`, `3 indexes`.
pub(super) fn kinds(n: usize, kind: Kind) -> String {
    counted(n, &kind_word(kind.as_str()))
}

/// A kind's name as people say it.
pub fn kind_word(kind: &str) -> String {
    match kind {
        "enum" | "composite" | "range" => format!("{kind} type"),
        other => other.replace('_', " "),
    }
}

/// The plural of an English noun of those that occur in reports.
pub fn plural(word: &str) -> String {
    let stem = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    if let Some(stem) = stem {
        format!("{stem}ies")
    } else if word.ends_with(['x', 's']) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(
            [0, 999, 1_000, 65_536, 1_234_567].map(number),
            ["0", "999", "1,000", "65,536", "1,234,567"]
        );
    }

    #[test]
    fn kinds_have_plurals() {
        for (kind, words) in [
            (Kind::Table, "2 tables"),
            (Kind::Index, "2 indexes"),
            (Kind::Policy, "2 policies"),
            (Kind::Enum, "2 enum types"),
            (Kind::MaterializedView, "2 materialized views"),
        ] {
            assert_eq!(kinds(2, kind), words);
        }
        assert_eq!(kinds(1, Kind::Index), "1 index");
        assert_eq!(["day", "key", "policy"].map(plural), ["days", "keys", "policies"]);
    }
}
