//! A comparison under decisions: the drift with its tree, and the plan, each made only once.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use pgparity_core::diff::{Decisions, DiffOptions, Drift, RenameCandidate, RenameDecision, diff};
use pgparity_core::model::Id;
use pgparity_core::plan::{Plan, PlanOptions, plan, script};
use pgparity_core::report::{self, words};
use pgparity_core::snapshot::Snapshot;

use super::detail::{Subject, detail};
use super::tree::{Entry, Tree, build, entries, schema_name};
use super::{flatten, kind_word, plan_page};
use crate::protocol::{
    Candidate, Counts, Detail, Facet, Format, Overview, PlanPage, Rows, Settings, Status,
    TreeQuery, Unmodelled,
};

/// Two snapshots compared.
pub(super) struct Compared {
    from: Rc<Snapshot>,
    to: Rc<Snapshot>,
    renames: Vec<RenameDecision>,
    drift: Drift,
    entries: BTreeMap<Id, Entry>,
    tree: Tree,
    /// Every pair that was ever offered, so that an answer can be taken back.
    offered: Vec<RenameCandidate>,
    plan: Option<(Settings, Plan)>,
}

impl Compared {
    /// Compares two snapshots.
    pub(super) fn new(
        from: Rc<Snapshot>,
        to: Rc<Snapshot>,
        renames: &[RenameDecision],
    ) -> Compared {
        let offered = diff(&from, &to, &DiffOptions::default()).rename_candidates;
        let mut compared = Compared {
            drift: diff(&from, &to, &options(renames)),
            from,
            to,
            renames: renames.to_vec(),
            entries: BTreeMap::new(),
            tree: Tree::default(),
            offered,
            plan: None,
        };
        compared.arrange();
        compared
    }

    /// Compares again where the answers are others than before.
    pub(super) fn decide(&mut self, renames: &[RenameDecision]) {
        if self.renames == renames {
            return;
        }
        self.renames = renames.to_vec();
        self.drift = diff(&self.from, &self.to, &options(renames));
        self.plan = None;
        self.arrange();
    }

    fn arrange(&mut self) {
        for pair in &self.drift.rename_candidates {
            let known = self.offered.iter().any(|old| old.from == pair.from && old.to == pair.to);
            if !known {
                self.offered.push(pair.clone());
            }
        }
        self.entries = entries(&self.from, &self.to, &self.drift);
        self.tree = build(&self.entries);
    }

    /// The counts and all that stands around the tree.
    pub(super) fn overview(&self) -> Overview {
        let mut schemas: BTreeMap<&str, Counts> = BTreeMap::new();
        let mut kinds: BTreeMap<_, Counts> = BTreeMap::new();
        for entry in self.entries.values() {
            schemas.entry(schema_name(entry)).or_default().add(entry.status);
            kinds.entry(entry.kind).or_default().add(entry.status);
        }
        let facet = |value: &str, counts: Counts| Facet { value: value.to_owned(), counts };
        Overview {
            counts: self.tree.counts,
            schemas: schemas.into_iter().map(|(name, n)| facet(name, n)).collect(),
            kinds: kinds.into_iter().map(|(kind, n)| facet(kind.as_str(), n)).collect(),
            candidates: self.candidates(),
            ignored: self.drift.ignored.clone(),
            // Those about objects without a description are told by `unmodelled`, one by one.
            notes: self.drift.notes.iter().filter(|n| n.code != "unmodelled").cloned().collect(),
            unmodelled: unmodelled(&self.from, &self.to),
        }
    }

    /// The pairs that may be renames, with the answers given. A pair whose name another answer
    /// has taken is no question any more.
    fn candidates(&self) -> Vec<Candidate> {
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

    /// The rows of the tree.
    pub(super) fn rows(&self, query: &TreeQuery, start: usize, len: usize) -> Rows {
        flatten::rows(&self.tree, query, start, len)
    }

    /// One object in full.
    pub(super) fn detail(&self, id: &Id) -> Option<Detail> {
        let entry = self.entries.get(id)?;
        let parts: Vec<&Entry> = self.parts(id).filter(|p| p.status != Status::Same).collect();
        Some(detail(&Subject {
            from: &self.from,
            to: &self.to,
            entries: &self.entries,
            entry,
            change: self.drift.changes.iter().find(|change| change.id == *id),
            parts,
        }))
    }

    fn parts(&self, id: &Id) -> impl Iterator<Item = &Entry> {
        self.entries.values().filter(move |part| part.parent.as_ref() == Some(id))
    }

    /// The steps that serve an object or a part of it: their numbers and commands.
    pub(super) fn serving(&mut self, settings: &Settings, id: &Id) -> Vec<(usize, String)> {
        let served: BTreeSet<Id> =
            self.parts(id).map(|part| part.id.clone()).chain([id.clone()]).collect();
        self.plan(settings)
            .steps
            .iter()
            .filter(|step| {
                served.contains(&step.object) || step.serves.iter().any(|id| served.contains(id))
            })
            .map(|step| (step.number, step.verb.clone()))
            .collect()
    }

    /// A window of the plan.
    pub(super) fn plan_page(&mut self, settings: &Settings, start: usize, len: usize) -> PlanPage {
        let undecided = self.candidates().iter().filter(|c| c.answer.is_none()).count();
        plan_page::page(self.plan(settings), settings, undecided, start, len)
    }

    /// A whole document.
    pub(super) fn export(&mut self, settings: &Settings, format: Format) -> String {
        let plan = self.plan(settings).clone();
        match format {
            Format::Script => script(&plan),
            Format::Markdown => report::markdown(&report::build(&self.drift, Some(&plan))),
            Format::Json => report::json(&report::build(&self.drift, Some(&plan))),
            Format::Decisions => Decisions::between(&self.from, &self.to, &self.renames).write(),
        }
    }

    fn plan(&mut self, settings: &Settings) -> &Plan {
        if self.plan.as_ref().is_some_and(|(made_for, _)| made_for != settings) {
            self.plan = None;
        }
        let make = || {
            let options = PlanOptions {
                mode: settings.mode,
                allow: settings.allow.clone(),
                off: settings.off.clone(),
            };
            (settings.clone(), plan(&self.from, &self.to, &self.drift, &options))
        };
        &self.plan.get_or_insert_with(make).1
    }
}

fn options(renames: &[RenameDecision]) -> DiffOptions {
    DiffOptions { decisions: renames.to_vec(), ..DiffOptions::default() }
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
