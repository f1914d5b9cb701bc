//! The choices that outlive a visit: colours, whether single keys are commands and which, filters by
//! name, that the tour was seen. What is as it would be anyway is not stored; nothing of a snapshot is, but for names in
//! filters that somebody saves.

use std::collections::BTreeMap;

use gloo_storage::{LocalStorage, Storage};

use crate::state::{FilterSets, OwnKeys, Theme};

/// Where the chosen colours are kept; the script that runs before the first paint reads it too.
const THEME: &str = "pgparity.theme";
/// Where it is kept whether single keys are commands.
const KEYS: &str = "pgparity.single-keys";

/// Where the keys that were chosen are kept.
const OWN_KEYS: &str = "pgparity.own-keys";
/// Where filters are kept by their names.
const FILTERS: &str = "pgparity.filters";

/// Where it is kept that the tour was seen.
const TOUR: &str = "pgparity.tour";

/// The colours that were chosen before.
pub(super) fn theme() -> Theme {
    LocalStorage::get::<String>(THEME).map_or(Theme::System, |name| Theme::from_name(&name))
}

/// Keeps the colours. Without storage the choice holds until the page is left.
pub(super) fn keep_theme(theme: Theme) {
    match theme {
        Theme::System => LocalStorage::delete(THEME),
        chosen => drop(LocalStorage::set(THEME, chosen.name())),
    }
}

/// Whether single keys are commands; they are until somebody says otherwise.
pub(super) fn single_keys() -> bool {
    LocalStorage::get::<bool>(KEYS).unwrap_or(true)
}

/// The keys that were chosen before.
pub(super) fn own_keys() -> OwnKeys {
    let stored = LocalStorage::get::<BTreeMap<String, String>>(OWN_KEYS);
    stored.map_or_else(|_| OwnKeys::default(), OwnKeys::stored)
}

/// Keeps the keys that were chosen, as [`keep_theme`] does.
pub(super) fn keep_own_keys(keys: &OwnKeys) {
    if keys.pairs().is_empty() {
        LocalStorage::delete(OWN_KEYS);
    } else {
        drop(LocalStorage::set(OWN_KEYS, keys.pairs()));
    }
}

/// The filters that were kept before.
pub(super) fn filter_sets() -> FilterSets {
    let stored = LocalStorage::get::<BTreeMap<String, String>>(FILTERS);
    stored.map_or_else(|_| FilterSets::default(), FilterSets::stored)
}

/// Keeps filters by name, as [`keep_theme`] does.
pub(super) fn keep_filter_sets(sets: &FilterSets) {
    let pairs = sets.pairs();
    if pairs.is_empty() {
        LocalStorage::delete(FILTERS);
    } else {
        drop(LocalStorage::set(FILTERS, pairs));
    }
}

/// Whether the tour was seen.
pub(super) fn tour() -> bool {
    LocalStorage::get::<bool>(TOUR).unwrap_or(false)
}

/// Keeps it that the tour was seen, as [`keep_theme`] does.
pub(super) fn keep_tour(seen: bool) {
    if seen {
        drop(LocalStorage::set(TOUR, seen));
    } else {
        LocalStorage::delete(TOUR);
    }
}

/// Keeps whether single keys are commands, as [`keep_theme`] does.
pub(super) fn keep_single_keys(on: bool) {
    if on {
        LocalStorage::delete(KEYS);
    } else {
        drop(LocalStorage::set(KEYS, on));
    }
}
