//! Ignore rules: the drift under them, what they hide wholly, and what each would hide.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::diff::{
    self, Change, ChangeKind, DiffOptions, Drift, IgnorePreset, IgnoreRule, Ignored, RenameDecision,
};
use pgparity_core::snapshot::Snapshot;

use super::Compared;
use crate::protocol::Rule;

/// Answers and rules as the core takes them.
pub(super) fn options(renames: &[RenameDecision], presets: &BTreeSet<IgnorePreset>) -> DiffOptions {
    let ignore = presets.iter().flat_map(|preset| preset.rules()).collect();
    DiffOptions { decisions: renames.to_vec(), ignore, ..DiffOptions::default() }
}

/// The drift under rules; what each hid is told by its own words.
pub(super) fn diff(
    from: &Snapshot,
    to: &Snapshot,
    renames: &[RenameDecision],
    presets: &BTreeSet<IgnorePreset>,
) -> Drift {
    let rules: Vec<(IgnorePreset, IgnoreRule)> = presets
        .iter()
        .flat_map(|preset| preset.rules().into_iter().map(|rule| (*preset, rule)))
        .collect();
    let mut drift = diff::diff(from, to, &options(renames, presets));
    let mut counts: BTreeMap<IgnorePreset, usize> = BTreeMap::new();
    for ((preset, _), ignored) in rules.iter().zip(&drift.ignored) {
        *counts.entry(*preset).or_default() += ignored.count;
    }
    let told =
        |(preset, count): (IgnorePreset, usize)| Ignored { rule: preset.words().to_owned(), count };
    drift.ignored = counts.into_iter().map(told).collect();
    drift
}

impl Compared {
    /// Every rule, with the differences it hides, or would hide besides those that are on. What two
    /// rules cover, as the comment of a statistics object, the first of them hides.
    pub(super) fn rules(&self) -> Vec<Rule> {
        let mut counts: BTreeMap<IgnorePreset, usize> = BTreeMap::new();
        for difference in self.unruled().changes.iter().flat_map(one_by_one) {
            let covers = |preset: &IgnorePreset| preset.covers(&difference) > 0;
            let hiding: Vec<IgnorePreset> = match self.ignore.iter().find(|on| covers(on)) {
                Some(first) => vec![*first],
                None => IgnorePreset::ALL.into_iter().filter(|preset| covers(preset)).collect(),
            };
            for preset in hiding {
                *counts.entry(preset).or_default() += 1;
            }
        }
        let alone = |preset: IgnorePreset| {
            let nothing_but = diff::nothing_but([preset]);
            self.drift.changes.iter().filter(|change| nothing_but(change)).count()
        };
        let rule = |preset: IgnorePreset| Rule {
            preset,
            count: counts.get(&preset).copied().unwrap_or_default(),
            on: self.ignore.contains(&preset),
            alone: alone(preset),
        };
        IgnorePreset::ALL.into_iter().map(rule).collect()
    }
}

/// A change for each difference in it; only those that a rule covers matter.
fn one_by_one(change: &Change) -> Vec<Change> {
    let bare = Change { attributes: Vec::new(), ..change.clone() };
    if matches!(change.change, ChangeKind::Create | ChangeKind::Drop) {
        return vec![bare];
    }
    let attributes = change.attributes.iter().cloned();
    attributes.map(|attribute| Change { attributes: vec![attribute], ..bare.clone() }).collect()
}
