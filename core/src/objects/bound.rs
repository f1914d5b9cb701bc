//! Bounds of partitions: which of them cannot stand side by side.
//!
//! PostgreSQL manual, "CREATE TABLE … PARTITION OF".

use std::cmp::Ordering;

use super::Situation;
use super::table::PartitionOf;
use crate::sql::list;

impl PartitionOf {
    /// Names for the pieces of the bound: two partitions with one of them in common cannot stand side
    /// by side.
    pub(super) fn bound_names(&self) -> Vec<String> {
        let pieces = match Bound::of(&self.bound) {
            Some(Bound::List(values)) => values.into_iter().map(str::to_owned).collect(),
            _ => match self.bound.split_once(" TO ") {
                Some((low, high)) => vec![low.to_owned(), format!("TO {high}")],
                None => vec![self.bound.to_string()],
            },
        };
        pieces.into_iter().map(|piece| format!("bound:{} {piece}", self.table)).collect()
    }

    /// True where all rows of this bound certainly are of the other one, too.
    pub(super) fn is_within(&self, other: &PartitionOf) -> bool {
        within(&self.bound, &other.bound)
    }

    /// True where some rows certainly are of both bounds.
    pub(super) fn overlaps(&self, other: &PartitionOf) -> bool {
        overlap(&self.bound, &other.bound)
    }

    /// True for partitions by hash that take every row together: none of them overlap.
    pub(super) fn are_all_hashes(partitions: &[&PartitionOf]) -> bool {
        let modulus = |of: &&PartitionOf| match Bound::of(&of.bound) {
            Some(Bound::Hash(modulus, _)) => Some(modulus),
            _ => None,
        };
        let moduli: Option<Vec<u64>> = partitions.iter().map(modulus).collect();
        // Each modulus is a factor of the next larger one.
        moduli.is_some_and(|all| {
            let largest = all.iter().copied().max().unwrap_or(0);
            largest > 0 && all.iter().map(|m| largest / m.max(&1)).sum::<u64>() == largest
        })
    }

    /// The names of the bounds that are in the way of this one, until those who have them leave.
    pub(super) fn bounds_in_the_way(&self, situation: &Situation<'_>) -> Vec<String> {
        let mut names = self.bound_names();
        let leaving = situation.leaving(&self.table);
        let in_the_way = leaving.into_iter().filter(|of| overlap(&of.bound, &self.bound));
        names.extend(in_the_way.flat_map(PartitionOf::bound_names));
        names.sort();
        names.dedup();
        names
    }
}

enum Bound<'b> {
    List(Vec<&'b str>),
    /// The lower bound, and the upper one, which does not belong to it.
    Range(Vec<&'b str>, Vec<&'b str>),
    /// Modulus and remainder.
    Hash(u64, u64),
    Default,
}

impl<'b> Bound<'b> {
    fn of(text: &'b str) -> Option<Bound<'b>> {
        if text == "DEFAULT" {
            return Some(Bound::Default);
        }
        let values = text.strip_prefix("FOR VALUES ")?;
        if let Some(values) = values.strip_prefix("IN ") {
            return Some(Bound::List(list(values)?.0));
        }
        if let Some(values) = values.strip_prefix("WITH ") {
            let (numbers, _) = list(values)?;
            let number = |word: &str| -> Option<u64> {
                numbers.iter().find_map(|n| n.trim().strip_prefix(word))?.trim().parse().ok()
            };
            return Some(Bound::Hash(number("modulus")?, number("remainder")?));
        }
        let (from, rest) = list(values.strip_prefix("FROM ")?)?;
        let (to, _) = list(rest.trim_start().strip_prefix("TO ")?)?;
        Some(Bound::Range(from, to))
    }
}

/// True for bounds that certainly have something in common. Of values of other types than numbers and
/// times only the server knows the order.
fn overlap(a: &str, b: &str) -> bool {
    match Bound::of(a).zip(Bound::of(b)) {
        Some((Bound::Default, Bound::Default)) => true,
        Some((Bound::List(a), Bound::List(b))) => a.iter().any(|value| b.contains(value)),
        Some((Bound::Hash(one, left), Bound::Hash(other, right))) => {
            let common = gcd(one, other).max(1);
            left % common == right % common
        }
        Some((Bound::Range(from, to), Bound::Range(low, high))) => {
            rows(&from, &high) == Some(Ordering::Less) && rows(&low, &to) == Some(Ordering::Less)
        }
        _ => false,
    }
}

/// True for a bound of which all rows certainly are of the other one, too.
fn within(a: &str, b: &str) -> bool {
    let at_most = |a: &[&str], b: &[&str]| rows(a, b).is_some_and(Ordering::is_le);
    match Bound::of(a).zip(Bound::of(b)) {
        Some((Bound::List(a), Bound::List(b))) => a.iter().all(|value| b.contains(value)),
        Some((Bound::Hash(one, left), Bound::Hash(other, right))) => {
            other > 0 && one % other == 0 && left % other == right
        }
        Some((Bound::Range(from, to), Bound::Range(low, high))) => {
            at_most(&low, &from) && at_most(&to, &high)
        }
        _ => false,
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// How two rows compare, column by column. What follows MINVALUE and MAXVALUE counts no more.
fn rows(a: &[&str], b: &[&str]) -> Option<Ordering> {
    for (a, b) in a.iter().zip(b) {
        let order = values(a, b)?;
        if order != Ordering::Equal || matches!(*a, "MINVALUE" | "MAXVALUE") {
            return Some(order);
        }
    }
    Some(Ordering::Equal)
}

fn values(a: &str, b: &str) -> Option<Ordering> {
    let end = |value: &str| match value {
        "MINVALUE" => -1,
        "MAXVALUE" => 1,
        _ => 0,
    };
    if a == b || end(a) != 0 || end(b) != 0 {
        return Some(end(a).cmp(&end(b)));
    }
    let number = |value: &str| value.trim_matches('\'').parse::<f64>().ok();
    if let Some((a, b)) = number(a).zip(number(b)) {
        return a.partial_cmp(&b);
    }
    let alike = a.len() == b.len() && is_time(a) && is_time(b);
    alike.then(|| a.cmp(b))
}

/// True for `'2024-02-01'` and for what follows the day in the same way.
fn is_time(value: &str) -> bool {
    let text = value.trim_matches('\'').as_bytes();
    text.get(4) == Some(&b'-')
        && text.get(7) == Some(&b'-')
        && text.iter().all(|byte| byte.is_ascii_digit() || b"-: .+".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::{overlap, within};

    #[test]
    fn bounds_lie_within_others_where_that_is_certain() {
        let range = |from: &str, to: &str| format!("FOR VALUES FROM ({from}) TO ({to})");
        let hash = |of: u64, left: u64| format!("FOR VALUES WITH (modulus {of}, remainder {left})");
        for (a, b, expected) in [
            (range("0", "10"), range("0", "20"), true),
            (range("0", "10"), range("MINVALUE", "10"), true),
            (range("0", "10"), range("1", "20"), false),
            (range("0", "10"), range("0", "9"), false),
            (range("'a'", "'b'"), range("'a'", "'c'"), false),
            (hash(4, 3), hash(2, 1), true),
            (hash(4, 3), hash(2, 0), false),
            (hash(2, 1), hash(4, 3), false),
            ("FOR VALUES IN ('a')".into(), "FOR VALUES IN ('b', 'a')".into(), true),
            ("FOR VALUES IN ('b', 'a')".into(), "FOR VALUES IN ('a')".into(), false),
            ("DEFAULT".into(), range("0", "1"), false),
            (range("0", "1"), "DEFAULT".into(), false),
        ] {
            assert_eq!(within(&a, &b), expected, "{a} {b}");
        }
    }

    #[test]
    fn bounds_overlap_where_that_is_certain() {
        let range = |from: &str, to: &str| format!("FOR VALUES FROM ({from}) TO ({to})");
        for (a, b, expected) in [
            (range("0", "20"), range("10", "30"), true),
            (range("0", "10"), range("10", "30"), false),
            (range("9", "10"), range("10", "30"), false),
            (range("'-5'", "10"), range("MINVALUE", "'-4'"), true),
            (range("'2024-01-01'", "'2024-02-01'"), range("'2024-01-31'", "MAXVALUE"), true),
            (range("'2024-01-01'", "'2024-02-01'"), range("'2024-02-01'", "'2024-03-01'"), false),
            (range("'a'", "'m'"), range("'b'", "'c'"), false),
            (range("1, MINVALUE", "1, 5"), range("1, 4", "2, MINVALUE"), true),
            (range("1, MINVALUE", "1, 5"), range("1, 5", "2, MINVALUE"), false),
            ("DEFAULT".to_owned(), "DEFAULT".to_owned(), true),
            ("DEFAULT".to_owned(), range("0", "1"), false),
            ("FOR VALUES IN ('a', NULL)".to_owned(), "FOR VALUES IN (NULL)".to_owned(), true),
            ("FOR VALUES IN ('a')".to_owned(), "FOR VALUES IN ('b')".to_owned(), false),
            (
                "FOR VALUES WITH (modulus 2, remainder 1)".to_owned(),
                "FOR VALUES WITH (modulus 4, remainder 3)".to_owned(),
                true,
            ),
            (
                "FOR VALUES WITH (modulus 2, remainder 1)".to_owned(),
                "FOR VALUES WITH (modulus 4, remainder 2)".to_owned(),
                false,
            ),
        ] {
            assert_eq!(overlap(&a, &b), expected, "{a} {b}");
            assert_eq!(overlap(&b, &a), expected, "{b} {a}");
        }
    }
}
