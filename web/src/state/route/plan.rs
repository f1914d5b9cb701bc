//! What of a plan is shown, in an address.

use pgparity_core::action::{Hazard, LockMode};

use super::codec::{Pairs, decode};
use crate::protocol::{PlanQuery, Way};

/// The locks that steps take.
pub(super) const LOCKS: [LockMode; 8] = [
    LockMode::AccessShare,
    LockMode::RowShare,
    LockMode::RowExclusive,
    LockMode::ShareUpdateExclusive,
    LockMode::Share,
    LockMode::ShareRowExclusive,
    LockMode::Exclusive,
    LockMode::AccessExclusive,
];

/// The lock of a name.
pub(crate) fn lock_of(name: &str) -> Option<LockMode> {
    LOCKS.into_iter().find(|mode| mode.name() == name)
}

/// Adds what is shown.
pub(super) fn write(query: &PlanQuery, pairs: &mut Pairs) {
    if query.way == Way::Back {
        pairs.add("way", "back");
    }
    let filter = &query.filter;
    if !filter.text.is_empty() {
        pairs.add("step", &filter.text);
    }
    if let Some(verb) = &filter.verb {
        pairs.add("verb", verb);
    }
    if let Some(hazard) = filter.hazard {
        pairs.add("hazard", hazard.name());
    }
    if let Some(lock) = filter.lock {
        pairs.add("lock", lock.name());
    }
}

/// Takes a pair of the address, if it is about what is shown.
pub(super) fn read(query: &mut PlanQuery, name: &str, value: &str) -> Option<()> {
    let filter = &mut query.filter;
    let value = decode(value)?;
    match name {
        "way" => query.way = if value == "back" { Way::Back } else { Way::There },
        "step" => filter.text = value,
        "verb" => filter.verb = Some(value),
        "hazard" => filter.hazard = value.parse::<Hazard>().ok(),
        "lock" => filter.lock = lock_of(&value),
        _ => return None,
    }
    Some(())
}
