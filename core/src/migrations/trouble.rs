//! What is wrong with a history, in the words of all who tell of it.

use super::compare::LedgerSide;
use super::sentences::listed;
use super::tool::Heads;
use super::tools;

/// `two heads: a, b`, for a history that should have one.
pub(crate) fn several_heads(tool: &str, side: &LedgerSide) -> Option<String> {
    let one_head = tools::named(tool).is_some_and(|known| known.heads == Heads::All);
    let count = match side.heads.len() {
        0 | 1 => return None,
        2 => "two".to_owned(),
        more => more.to_string(),
    };
    one_head.then(|| format!("{count} heads: {}", listed(&side.heads)))
}

/// `a failed migration: a`.
pub(crate) fn failed(side: &LedgerSide) -> Option<String> {
    let what = match side.failed.len() {
        0 => return None,
        1 => "a failed migration".to_owned(),
        many => format!("{many} failed migrations"),
    };
    Some(format!("{what}: {}", listed(&side.failed)))
}

/// `began and did not end: a`.
pub(crate) fn unended(side: &LedgerSide) -> Option<String> {
    let any = !side.in_progress.is_empty();
    any.then(|| format!("began and did not end: {}", listed(&side.in_progress)))
}

/// `held since …: a run is under way, …`, about the lock of a tool.
pub(crate) fn held(side: &LedgerSide) -> Option<String> {
    let since = side.locked_since.as_ref().map(|at| format!(" since {at}")).unwrap_or_default();
    side.locked.then(|| format!("held{since}: a run is under way, or ended without giving it back"))
}
