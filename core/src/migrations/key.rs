//! What makes a migration the same in two places, and how migrations follow each other.

use std::cmp::Ordering;

use sha2::{Digest, Sha256};

use super::tool::{Key, Order};
use super::tools;

/// The rule of a tool; one of a later release goes by names.
pub(super) fn rule(tool: &str) -> Key {
    tools::named(tool).map_or(Key::Name, |tool| tool.key)
}

/// What makes the migration the same elsewhere.
pub(super) fn key(rule: Key, name: &str) -> String {
    match rule {
        Key::Name => name.to_owned(),
        Key::Number => leading_number(name).unwrap_or(name).to_owned(),
        Key::Version => version(name).unwrap_or_else(|| name.to_owned()),
    }
}

/// The number that a name begins with, without zeros in front.
pub(super) fn leading_number(name: &str) -> Option<&str> {
    let end = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    let digits = name.get(..end).filter(|digits| !digits.is_empty())?;
    let short = digits.trim_start_matches('0');
    Some(if short.is_empty() { "0" } else { short })
}

/// `V1_2__add_table` is version 1.2, and so is `V1.02__other`; `R__views` is `R__views`.
pub(super) fn version(name: &str) -> Option<String> {
    if name.starts_with("R__") {
        return Some(name.to_owned());
    }
    let rest = name.strip_prefix('V')?;
    let version = rest.split("__").next()?;
    let parts: Vec<&str> = version.split(['.', '_']).map(leading_number).collect::<Option<_>>()?;
    Some(parts.join("."))
}

/// A stable hash without salt: the same migration has the same one in every database.
pub(super) fn hashed(tool: &str, key: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(tool.as_bytes());
    hash.update([0]);
    hash.update(key.as_bytes());
    let mut text = String::new();
    for byte in hash.finalize().iter().take(8) {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// Numbers of any length by their value, in front of them what is no number.
pub(super) fn compare(order: Order, a: &str, b: &str) -> Ordering {
    let number = |text: &str| -> Option<(usize, String)> {
        let whole = text.bytes().all(|byte| byte.is_ascii_digit());
        let digits = leading_number(text).filter(|_| whole)?;
        Some((digits.len(), digits.to_owned()))
    };
    match order {
        Order::Number => number(a).cmp(&number(b)).then_with(|| a.cmp(b)),
        Order::Text => a.cmp(b),
    }
}

/// Keys of one rule in the order of a folder: versions part by part, what can be repeated last.
pub(super) fn compare_keys(rule: Key, a: &str, b: &str) -> Ordering {
    match rule {
        Key::Name => a.cmp(b),
        Key::Number => compare(Order::Number, a, b),
        Key::Version => {
            let parts = |key: &str| -> (bool, Vec<(usize, String)>) {
                let parts = key.split('.').map(|part| (part.len(), part.to_owned()));
                (key.starts_with("R__"), parts.collect())
            };
            match (a.starts_with("R__"), b.starts_with("R__")) {
                (true, true) => a.cmp(b),
                _ => parts(a).cmp(&parts(b)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_is_the_same_however_its_file_is_called() {
        for (rule, one, other) in [
            (Key::Number, "0042_add", "42"),
            (Key::Number, "000_init", "0"),
            (Key::Version, "V1_2__add_table", "V1.02__other"),
            (Key::Version, "V007__x", "V7__y"),
        ] {
            assert_eq!(key(rule, one), key(rule, other), "{one}");
        }
        assert_ne!(key(Key::Name, "0042_add"), key(Key::Name, "42_add"));
        assert_ne!(key(Key::Version, "V1.2__x"), key(Key::Version, "V12__x"));
        assert_eq!(key(Key::Version, "R__views"), "R__views");
        assert_eq!(version("README"), None);
        assert_eq!(leading_number("x1"), None);
    }

    #[test]
    fn numbers_are_compared_by_value_and_of_any_length() {
        let sorted = ["a", "9", "0010", "20240101000000", "99999999999999999999999999"];
        assert!(sorted.is_sorted_by(|a, b| compare(Order::Number, a, b).is_lt()));
        let versions = ["1", "1.9", "1.10", "2", "10", "R__a", "R__b"];
        assert!(versions.is_sorted_by(|a, b| compare_keys(Key::Version, a, b).is_lt()));
    }

    #[test]
    fn hashes_are_stable_and_differ_by_tool() {
        assert_eq!(hashed("django", "auth.0001_initial"), "5b1c455a8d27fae3");
        assert_ne!(hashed("rails", "1"), hashed("goose", "1"));
    }
}
