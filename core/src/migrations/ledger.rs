//! The history of migrations as a snapshot holds it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::key;
use super::query::{MOST_ROWS, Row, State};
use super::recognise::Found;
use super::tool::Heads;
use crate::objects::is_default;

/// One history table of a migration tool. It tells what was applied, is no schema and never drift.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Ledger {
    /// The tool: `flyway`, `alembic` and the like.
    pub tool: String,
    /// The table's schema.
    pub schema: String,
    /// The table's name.
    pub table: String,
    /// Hashes stand for the names of migrations.
    #[serde(skip_serializing_if = "is_default")]
    pub hashed: bool,
    /// What was applied last: one migration, one for each app or project, or several branches.
    pub heads: Vec<String>,
    /// When the head was applied, RFC 3339; without a zone where the table has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head_applied_at: Option<String>,
    /// How many were applied; absent for tools that keep only where the database stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_count: Option<usize>,
    /// What was applied, in its order; absent for tools that keep only where the database stands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub applied: Vec<String>,
    /// The migration that stands for all before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// What failed and was not repaired.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<String>,
    /// What began and did not end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub in_progress: Vec<String>,
    /// The tool's lock is held: a run is under way, or ended without giving it back.
    #[serde(skip_serializing_if = "is_default")]
    pub locked: bool,
    /// Since when the lock is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locked_since: Option<String>,
}

/// The ledger out of the rows of a history; `None` when there are too many for one.
pub(super) fn ledger(found: &Found, mut rows: Vec<Row>, hash: bool) -> Option<Ledger> {
    let tool = found.tool;
    if rows.len() > MOST_ROWS {
        return None;
    }
    rows.sort_by(|a, b| {
        let text = |row: &Row| row.order.clone().unwrap_or_default();
        key::compare(tool.order, &text(a), &text(b)).then_with(|| a.name.cmp(&b.name))
    });
    let shown = |name: &str| {
        if hash { key::hashed(tool.name, &key::key(tool.key, name)) } else { name.to_owned() }
    };
    let mut ledger = Ledger {
        tool: tool.name.to_owned(),
        schema: found.table.schema.clone(),
        table: found.table.table.clone(),
        hashed: hash,
        ..Ledger::default()
    };
    let mut heads: BTreeMap<&str, (&str, Option<&str>)> = BTreeMap::new();
    for row in &rows {
        if row.state == State::Locked {
            ledger.locked = true;
            ledger.locked_since = row.at.clone().or(ledger.locked_since);
            continue;
        }
        let Some(name) = row.name.as_deref() else { continue };
        match row.state {
            State::Failed => ledger.failed.push(shown(name)),
            State::InProgress => ledger.in_progress.push(shown(name)),
            _ => {
                ledger.applied.push(shown(name));
                if row.state == State::Baseline {
                    ledger.baseline = Some(shown(name));
                }
                let scope = match tool.heads {
                    Heads::Last => "",
                    Heads::OfEachScope => row.scope.as_deref().unwrap_or_default(),
                    Heads::All | Heads::Current => name,
                };
                if !row.aside {
                    heads.insert(scope, (name, row.at.as_deref()));
                }
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    ledger.applied.retain(|name| seen.insert(name.clone()));
    ledger.heads = heads.values().map(|(name, _)| shown(name)).collect();
    ledger.head_applied_at = heads.values().filter_map(|(_, at)| *at).max().map(str::to_owned);
    if tool.keeps_all() {
        ledger.applied_count = Some(ledger.applied.len());
    } else {
        ledger.applied.clear();
    }
    Some(ledger)
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
