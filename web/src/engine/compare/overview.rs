//! The counts, and all that stands around the tree.

use std::collections::BTreeMap;

use pgparity_core::diff::RenameCandidate;
use pgparity_core::report::words;
use pgparity_core::snapshot::Snapshot;

use super::Compared;
use crate::engine::kind_word;
use crate::protocol::{Candidate, Counts, Facet, Overview, Unmodelled};

impl Compared {
    /// The counts and all that stands around the tree.
    pub(super) fn overview(&self) -> Overview {
        let migrations = self.drift.migrations.as_ref();
        let facet = |value: &str, counts: Counts| Facet { value: value.to_owned(), counts };
        Overview {
            counts: self.entries.counts(),
            schemas: self.entries.by_schema().map(|(name, n)| facet(name, n)).collect(),
            kinds: self.entries.by_kind().map(|(kind, n)| facet(kind.as_str(), n)).collect(),
            candidates: self.candidates(),
            rules: self.rules(),
            migrations: migrations.map(|told| told.statements.clone()).unwrap_or_default(),
            // Those about objects without a description are told by `unmodelled`, one by one.
            notes: self.drift.notes.iter().filter(|n| n.code != "unmodelled").cloned().collect(),
            unmodelled: unmodelled(&self.from, &self.to),
        }
    }

    /// The pairs that may be renames, with the answers given. A pair whose name another answer
    /// has taken is no question any more.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let answer = |pair: &RenameCandidate| {
            self.renames
                .iter()
                .find(|decision| decision.from == pair.from && decision.to == pair.to)
                .map(|decision| decision.answer)
        };
        let open = |pair: &RenameCandidate| {
            self.drift.rename_candidates.iter().any(|c| c.from == pair.from && c.to == pair.to)
        };
        self.offered
            .iter()
            .filter(|pair| answer(pair).is_some() || open(pair))
            .map(|pair| {
                let kind = kind_word(pair.kind);
                Candidate {
                    pair: pair.clone(),
                    answer: answer(pair),
                    rename: format!(
                        "One statement gives the {kind} its new name; what it holds is kept."
                    ),
                    separate: separate(pair, &kind),
                }
            })
            .collect()
    }
}

/// What answering "drop and create" leads to.
fn separate(pair: &RenameCandidate, kind: &str) -> String {
    let loses = match pair.kind.as_str() {
        "table" => "and its rows are deleted",
        "column" => "and its values are deleted",
        "materialized_view" | "index" => "and it is built anew",
        _ => "and grants and dependents go with it",
    };
    format!("The {kind} {} is dropped, {loses}; {} is created.", pair.from.name(), pair.to.name())
}

/// Objects of kinds that a snapshot does not describe, of both sides.
fn unmodelled(from: &Snapshot, to: &Snapshot) -> Vec<Unmodelled> {
    let mut found: BTreeMap<(&str, &str), (bool, bool)> = BTreeMap::new();
    for object in &from.unmodelled {
        found.entry((&object.kind, &object.name)).or_default().0 = true;
    }
    for object in &to.unmodelled {
        found.entry((&object.kind, &object.name)).or_default().1 = true;
    }
    found
        .into_iter()
        .map(|((kind, name), (in_from, in_to))| Unmodelled {
            kind: words::kind_word(kind),
            name: name.to_owned(),
            in_from,
            in_to,
        })
        .collect()
}
