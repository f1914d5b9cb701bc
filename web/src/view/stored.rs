//! The two choices that outlive a visit: colours and single keys. What is as it would be anyway is not
//! stored.

use gloo_storage::{LocalStorage, Storage};

use crate::state::Theme;

/// Where the chosen colours are kept; the script that runs before the first paint reads it too.
const THEME: &str = "pgparity.theme";
/// Where it is kept whether single keys are commands.
const KEYS: &str = "pgparity.single-keys";

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

/// Keeps whether single keys are commands, as [`keep_theme`] does.
pub(super) fn keep_single_keys(on: bool) {
    if on {
        LocalStorage::delete(KEYS);
    } else {
        drop(LocalStorage::set(KEYS, on));
    }
}
