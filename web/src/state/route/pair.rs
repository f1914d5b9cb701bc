//! In a link: which two snapshots it was made of, by their fingerprints.

use pgparity_core::snapshot::Side;

use super::codec::{Pairs, decode, encode};
use crate::protocol::Sides;

/// Parts the two; it never occurs in an encoded text.
const BETWEEN: char = '*';
/// So much of a fingerprint tells snapshots apart.
const SHORT: usize = 16;

/// Two snapshots, by the beginnings of their fingerprints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The database as it was.
    pub from: String,
    /// The desired state.
    pub to: String,
}

impl Pair {
    /// The pair on the sides.
    pub(crate) fn of(sides: &Sides) -> Option<Pair> {
        let short = |side: &Option<Side>| {
            let fingerprint = side.as_ref()?.fingerprint.rsplit(':').next()?.to_owned();
            Some(fingerprint.chars().take(SHORT).collect())
        };
        Some(Pair { from: short(&sides.from)?, to: short(&sides.to)? })
    }

    /// What is to be said where other snapshots are on the sides; `None` where they are these.
    pub(crate) fn complaint(&self, sides: &Sides) -> Option<String> {
        let there = Pair::of(sides)?;
        if there == *self {
            return None;
        }
        let swapped = Pair { from: there.to.clone(), to: there.from.clone() };
        Some(if swapped == *self {
            "The link was made with From and To the other way round: swap the sides.".to_owned()
        } else {
            let which = match (there.from == self.from, there.to == self.to) {
                (true, _) => "another To",
                (_, true) => "another From",
                _ => "two other snapshots",
            };
            format!(
                "The link was made with {which}. Open the same two snapshots to see what it shows: \
                 what was decided may not fit these."
            )
        })
    }
}

/// Adds the pair.
pub(super) fn write(pair: Option<&Pair>, pairs: &mut Pairs) {
    if let Some(Pair { from, to }) = pair {
        pairs.add_encoded("pair", format!("{}{BETWEEN}{}", encode(from), encode(to)));
    }
}

/// Takes the pair of the address.
pub(super) fn read(pair: &mut Option<Pair>, name: &str, value: &str) -> Option<()> {
    let (from, to) = value.split_once(BETWEEN).filter(|_| name == "pair")?;
    *pair = Some(Pair { from: decode(from)?, to: decode(to)? });
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(from: &str, to: &str) -> Sides {
        let side = |of: &str| {
            Some(Side { fingerprint: format!("sha256:{of}{}", "0".repeat(60)), ..Side::default() })
        };
        Sides { from: side(from), to: side(to), ..Sides::default() }
    }

    #[test]
    fn other_snapshots_are_complained_of() {
        let Some(pair) = Pair::of(&sides("a", "b")) else { unreachable!("both are there") };
        assert_eq!((pair.from.len(), pair.complaint(&sides("a", "b"))), (SHORT, None));
        assert_eq!(pair.complaint(&Sides::default()), None, "there is nothing to complain of yet");
        for (from, to, word) in [
            ("b", "a", "swap"),
            ("a", "c", "another To"),
            ("c", "b", "another From"),
            ("c", "d", "two"),
        ] {
            let said = pair.complaint(&sides(from, to)).unwrap_or_default();
            assert!(said.contains(word), "{said}");
        }
    }
}
