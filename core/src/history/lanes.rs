//! Follows every object from snapshot to snapshot.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Event, Lane, Step, What};
use crate::catalog::glob_matches;
use crate::diff::{ChangeKind, Drift, IgnoreRule, Originals};
use crate::model::Id;
use crate::objects::{Earlier, Kind};
use crate::snapshot::{ObjectInfo, Snapshot};

/// The lanes while the series is read.
pub(super) struct Lanes<'a> {
    ignore: &'a [IgnoreRule],
    all: Vec<Lane>,
    /// The lanes of the objects that are there, or that nobody looked at since, by identity.
    there: BTreeMap<Id, usize>,
    /// The lanes of the objects that are gone.
    gone: BTreeMap<Id, usize>,
}

impl<'a> Lanes<'a> {
    pub(super) fn new(ignore: &'a [IgnoreRule]) -> Self {
        Lanes { ignore, all: Vec::new(), there: BTreeMap::new(), gone: BTreeMap::new() }
    }

    /// The first snapshot.
    pub(super) fn first(&mut self, snapshot: &Snapshot) {
        let ignore = self.ignore;
        for info in snapshot.objects().filter(|info| !hides(ignore, info)) {
            self.open(info, Event { point: 0, what: What::Seen, order_unknown: false });
        }
    }

    /// One more snapshot; counts what happened.
    pub(super) fn step(&mut self, from: &Snapshot, to: &Snapshot, drift: &Drift, step: &mut Step) {
        let event = |what| Event { point: step.to, what, order_unknown: step.order_unknown };
        let renames = drift.renames();
        let originals = Originals::new(&renames);
        let decided: BTreeSet<&Id> = renames.iter().map(|rename| &rename.to).collect();
        let mut now: BTreeMap<Id, usize> = BTreeMap::new();
        let mut came: Vec<ObjectInfo> = Vec::new();
        for info in to.objects() {
            if hides(self.ignore, &info) {
                continue;
            }
            let before =
                if renames.is_empty() { info.id.clone() } else { originals.earlier(&info.id) };
            let Some(lane) = self.there.remove(&before) else {
                came.push(info);
                continue;
            };
            now.insert(info.id.clone(), lane);
            let lane = &mut self.all[lane];
            if before != info.id {
                step.renamed += usize::from(decided.contains(&info.id));
                lane.events.push(event(What::Renamed { from: before }));
                (lane.id, lane.name) = (info.id, info.name);
            }
            (lane.schema, lane.parent) = (info.schema, info.parent);
        }
        // What is left is gone, as far as anybody looked.
        for (id, lane) in std::mem::take(&mut self.there) {
            if looks_at(to, self.all[lane].kind, self.all[lane].schema.as_deref(), &id) {
                step.dropped += 1;
                self.all[lane].events.push(event(What::Dropped));
                self.gone.insert(id, lane);
            } else {
                now.entry(id).or_insert(lane);
            }
        }
        self.there = now;
        for change in &drift.changes {
            let altered = matches!(change.change, ChangeKind::Alter | ChangeKind::Rename);
            if let (true, false, Some(lane)) =
                (altered, change.attributes.is_empty(), self.there.get(&change.id))
            {
                // A rename counts as one, with whatever else was changed.
                step.changed += usize::from(change.change == ChangeKind::Alter);
                let attributes = change.attributes.clone();
                self.all[*lane].events.push(event(What::Changed { attributes }));
            }
        }
        for info in came {
            if let Some(lane) = self.gone.remove(&info.id) {
                step.added += 1;
                self.all[lane].events.push(event(What::Back));
                self.there.insert(info.id, lane);
            } else if looks_at(from, info.kind, info.schema.as_deref(), &info.id) {
                step.added += 1;
                self.open(info, event(What::Added));
            } else {
                self.open(info, event(What::Seen));
            }
        }
    }

    fn open(&mut self, info: ObjectInfo, event: Event) {
        self.there.insert(info.id.clone(), self.all.len());
        self.all.push(Lane {
            id: info.id,
            kind: info.kind,
            schema: info.schema,
            parent: info.parent,
            name: info.name,
            events: vec![event],
        });
    }

    /// The lanes by identity; of several of one identity, the one that began first comes first.
    pub(super) fn finish(mut self) -> Vec<Lane> {
        self.all.sort_by(|a, b| a.id.cmp(&b.id));
        self.all
    }
}

fn hides(rules: &[IgnoreRule], info: &ObjectInfo) -> bool {
    rules.iter().any(|rule| rule.hides(info.kind, &info.id))
}

/// True when a snapshot would show the object if it were there.
fn looks_at(snapshot: &Snapshot, kind: Kind, schema: Option<&str>, id: &Id) -> bool {
    let source = &snapshot.source;
    if kind.of_cluster() {
        return source.roles;
    }
    let name = match kind {
        Kind::Schema => id.split().0.into_iter().next(),
        _ => schema.map(str::to_owned),
    };
    let Some(name) = name else { return true };
    let any = |globs: &[String]| globs.iter().any(|glob| glob_matches(glob, &name));
    (source.schemas.is_empty() || any(&source.schemas)) && !any(&source.excluded_schemas)
}
