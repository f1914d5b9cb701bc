//! What the histories of two snapshots, and the files of a folder, say of each other.

use serde::{Deserialize, Serialize};

use super::folder::{Folder, Script, Standing, scripts, standing};
use super::ledger::Ledger;
use super::sentences;
use super::tool::Tool;
use super::{key, tools};
use crate::diff::Note;
use crate::objects::is_default;
use crate::snapshot::Snapshot;

/// What the histories of migrations of two databases tell. None of it is drift.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Migrations {
    /// What is to be known, in sentences.
    pub statements: Vec<Note>,
    /// The histories of both sides, beside each other.
    pub ledgers: Vec<LedgerPair>,
}

/// A history of `from` and the same one of `to`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct LedgerPair {
    /// The tool's name.
    pub tool: String,
    /// What `from` has.
    pub from: Option<LedgerSide>,
    /// What `to` has.
    pub to: Option<LedgerSide>,
    /// Applied in `to` and not in `from`, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_to: Vec<String>,
    /// Applied in `from` and not in `to`, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_from: Vec<String>,
    /// How many are applied on both sides; absent where only the heads are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub both: Option<usize>,
    /// Nothing differs.
    pub same: bool,
}

/// What one side has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct LedgerSide {
    /// The table's schema.
    pub schema: String,
    /// The table's name.
    pub table: String,
    /// See [`Ledger::heads`].
    pub heads: Vec<String>,
    /// See [`Ledger::head_applied_at`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head_applied_at: Option<String>,
    /// See [`Ledger::applied_count`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_count: Option<usize>,
    /// See [`Ledger::failed`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<String>,
    /// See [`Ledger::in_progress`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub in_progress: Vec<String>,
    /// See [`Ledger::locked`].
    #[serde(skip_serializing_if = "is_default")]
    pub locked: bool,
    /// See [`Ledger::locked_since`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locked_since: Option<String>,
    /// What the folder has and the side has not, in its order; absent without a folder for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending: Option<Vec<String>>,
    /// What is applied and not in the folder.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_in_folder: Vec<String>,
}

/// A pair while it is compared.
pub(super) struct Compared<'a> {
    pub(super) tool: Option<&'static Tool>,
    pub(super) ledgers: [Option<&'a Ledger>; 2],
    /// The folder's scripts and where each side stands in them.
    pub(super) scripts: Vec<Script>,
    standings: [Option<Standing>; 2],
    pub(super) pair: LedgerPair,
}

/// What the histories of two snapshots tell, with the files of a folder where there is one; `drift` says
/// whether the two differ. `None` when there is nothing to tell.
pub fn compare(
    from: &Snapshot,
    to: &Snapshot,
    folder: Option<&Folder>,
    drift: bool,
) -> Option<Migrations> {
    let mut pairs: Vec<Compared<'_>> = pairs(&from.migrations, &to.migrations);
    if let Some(folder) = folder {
        take_folder(&mut pairs, folder);
    }
    pairs.iter_mut().for_each(Compared::compare);
    let statements = sentences::all(from, to, folder, &pairs, drift);
    let ledgers: Vec<LedgerPair> = pairs.into_iter().map(|compared| compared.pair).collect();
    (!statements.is_empty()).then_some(Migrations { statements, ledgers })
}

/// Histories of one tool in a table of one name are the same one; so are the only two that are left of a
/// tool.
fn pairs<'a>(from: &'a [Ledger], to: &'a [Ledger]) -> Vec<Compared<'a>> {
    let mut left: Vec<&Ledger> = to.iter().collect();
    let mut pairs: Vec<[Option<&Ledger>; 2]> = Vec::new();
    let place = |ledger: &'a Ledger| (&ledger.tool, &ledger.schema, &ledger.table);
    for ledger in from {
        let same = left.iter().position(|other| place(other) == place(ledger));
        pairs.push([Some(ledger), same.map(|at| left.remove(at))]);
    }
    for at in 0..pairs.len() {
        let Some([Some(ledger), None]) = pairs.get(at).copied() else { continue };
        let others: Vec<usize> = (0..left.len())
            .filter(|at| left.get(*at).is_some_and(|o| o.tool == ledger.tool))
            .collect();
        let alone =
            |pair: &&[Option<&Ledger>; 2]| matches!(pair, [Some(l), None] if l.tool == ledger.tool);
        if let [other] = others.as_slice()
            && pairs.iter().filter(alone).count() == 1
            && let Some(pair) = pairs.get_mut(at)
        {
            pair[1] = Some(left.remove(*other));
        }
    }
    pairs.extend(left.into_iter().map(|ledger| [None, Some(ledger)]));
    let mut pairs: Vec<Compared<'_>> = pairs.into_iter().map(Compared::new).collect();
    pairs.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    pairs
}

/// Gives the folder to the history that it belongs to: the one that has most of its migrations.
fn take_folder(pairs: &mut [Compared<'_>], folder: &Folder) {
    let mut best = 0;
    for compared in pairs.iter_mut() {
        let Some(tool) = compared.tool else { continue };
        if folder.tool.as_ref().is_some_and(|name| name != tool.name) {
            continue;
        }
        compared.scripts = scripts(tool, folder);
        let of_side =
            |ledger: Option<&Ledger>| ledger.map(|of| standing(tool, of, &compared.scripts));
        compared.standings = compared.ledgers.map(of_side);
        best = best.max(compared.overlap());
    }
    for compared in pairs {
        if compared.overlap() < best {
            compared.scripts.clear();
        }
        if compared.scripts.is_empty() {
            compared.standings = [None, None];
        }
    }
}

impl<'a> Compared<'a> {
    fn new(ledgers: [Option<&'a Ledger>; 2]) -> Compared<'a> {
        let name = ledgers.iter().flatten().next().map_or("", |ledger| ledger.tool.as_str());
        let [from, to] = ledgers.map(|ledger| ledger.map(LedgerSide::from));
        let pair = LedgerPair { tool: name.to_owned(), from, to, ..LedgerPair::default() };
        let tool = tools::named(name);
        Compared { tool, ledgers, scripts: Vec::new(), standings: [None, None], pair }
    }

    fn sort_key(&self) -> Option<(&str, &str, &str)> {
        let ledger = self.ledgers.iter().flatten().next()?;
        Some((&ledger.tool, &ledger.schema, &ledger.table))
    }

    fn overlap(&self) -> usize {
        self.standings.iter().flatten().map(|standing| standing.applied.len()).sum()
    }

    fn compare(&mut self) {
        self.with_folder();
        let [Some(from), Some(to)] = self.ledgers else { return };
        if let [Some(a), Some(b)] = &self.standings
            && !self.tool.is_some_and(Tool::keeps_all)
            && !a.lost
            && !b.lost
        {
            let names = |at: &usize| Some(self.scripts.get(*at)?.name.clone());
            self.pair.only_to = b.applied.difference(&a.applied).filter_map(names).collect();
            self.pair.only_from = a.applied.difference(&b.applied).filter_map(names).collect();
            self.pair.both = Some(a.applied.intersection(&b.applied).count());
        } else if from.applied_count.is_some() && to.applied_count.is_some() {
            let hashed = from.hashed || to.hashed;
            let a = self.keys(from, &from.applied, hashed);
            let b = self.keys(to, &to.applied, hashed);
            let missing = |of: &[(String, String)], other: &[(String, String)], base: &Ledger| {
                let known: std::collections::BTreeSet<&str> =
                    other.iter().map(|(key, _)| key.as_str()).collect();
                let rest = of.iter().filter(|(key, _)| !known.contains(key.as_str()));
                let rest = rest.filter(|(key, _)| hashed || !covered(base, key));
                rest.map(|(_, name)| name.clone()).collect::<Vec<String>>()
            };
            self.pair.only_to = missing(&b, &a, from);
            self.pair.only_from = missing(&a, &b, to);
            self.pair.both = Some(a.len() - self.pair.only_from.len().min(a.len()));
        } else {
            let hashed = from.hashed || to.hashed;
            let heads = |ledger: &Ledger| -> Vec<String> {
                let keys = self.keys(ledger, &ledger.heads, hashed).into_iter();
                let mut keys: Vec<String> = keys.map(|(key, _)| key).collect();
                keys.sort();
                keys
            };
            self.pair.same = heads(from) == heads(to);
            return;
        }
        self.pair.same = self.pair.only_to.is_empty() && self.pair.only_from.is_empty();
    }

    /// Each entry by what makes it the same elsewhere, and as people name it.
    fn keys(&self, ledger: &Ledger, entries: &[String], hashed: bool) -> Vec<(String, String)> {
        let rule = key::rule(&ledger.tool);
        let entries = entries.iter().map(|entry| {
            let key = key::key(rule, entry);
            let key = match (ledger.hashed, hashed) {
                (true, _) => entry.clone(),
                (false, true) => key::hashed(&ledger.tool, &key),
                (false, false) => key,
            };
            (key, self.shown(ledger, entry))
        });
        entries.collect()
    }

    /// A hash by the name that a folder knows for it.
    fn shown(&self, ledger: &Ledger, entry: &str) -> String {
        let by_hash = |script: &&Script| key::hashed(&ledger.tool, &script.key) == entry;
        let named = self.scripts.iter().find(|script| ledger.hashed && by_hash(script));
        named.map_or_else(|| entry.to_owned(), |script| script.name.clone())
    }

    fn with_folder(&mut self) {
        for (at, standing) in std::mem::take(&mut self.standings).into_iter().enumerate() {
            let side = if at == 0 { self.pair.from.as_mut() } else { self.pair.to.as_mut() };
            if let (Some(standing), Some(side)) = (&standing, side) {
                let scripts = self.scripts.iter().enumerate();
                let open = scripts.filter(|(at, _)| !standing.applied.contains(at));
                let open = open.map(|(_, script)| script.name.clone()).collect();
                side.pending = (!standing.lost).then_some(open);
                side.not_in_folder.clone_from(&standing.unknown);
            }
            if let Some(slot) = self.standings.get_mut(at) {
                *slot = standing;
            }
        }
    }
}

/// True for what the baseline of a history stands for.
fn covered(ledger: &Ledger, entry: &str) -> bool {
    let rule = key::rule(&ledger.tool);
    ledger.baseline.as_ref().is_some_and(|baseline| {
        !entry.starts_with("R__")
            && key::compare_keys(rule, entry, &key::key(rule, baseline)).is_le()
    })
}

impl From<&Ledger> for LedgerSide {
    fn from(ledger: &Ledger) -> LedgerSide {
        LedgerSide {
            schema: ledger.schema.clone(),
            table: ledger.table.clone(),
            heads: ledger.heads.clone(),
            head_applied_at: ledger.head_applied_at.clone(),
            applied_count: ledger.applied_count,
            failed: ledger.failed.clone(),
            in_progress: ledger.in_progress.clone(),
            locked: ledger.locked,
            locked_since: ledger.locked_since.clone(),
            pending: None,
            not_in_folder: Vec::new(),
        }
    }
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
