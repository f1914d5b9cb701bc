//! Many snapshots at once: which of them are equal, and which variant of each object each of them has.
//!
//! The way through this module: `group` puts equal snapshots together, so that the rest looks at one of
//! each group; `classes` tells the variants of each object apart on servers of one major version;
//! `letters` finds the same variant on servers of another one; `score` counts; `report` adds how groups differ,
//! and `write` writes that.

mod classes;
mod group;
mod letters;
mod model;
mod report;
mod score;
#[cfg(test)]
mod tests;
mod write;

use std::collections::{BTreeMap, BTreeSet};

pub use model::{Cell, Group, Member, Row, VariantOptions, Variants, letter};
pub use report::{GroupDifference, GroupReport, Named};

use crate::diff::{Change, ChangeKind, DiffOptions, Drift, diff};
use crate::model::Id;
use crate::objects::Kind;
use crate::snapshot::Snapshot;
use group::Grouped;
use letters::Lettered;

/// The variants of everything in these snapshots.
///
/// A letter says: a comparison with the first snapshot of that letter finds no difference in this object.
/// Where servers of several major versions are among them, that is not always so for every two of a
/// letter: what only newer ones know is compared between newer ones alone.
pub fn variants(snapshots: &[&Snapshot], options: &VariantOptions) -> Variants {
    let grouped = group::group(snapshots);
    let heads: Vec<&Snapshot> = grouped.groups.iter().map(|group| snapshots[group[0]]).collect();
    let options_of_diff = DiffOptions { ignore: options.ignore.clone(), ..DiffOptions::default() };
    let compare = |from: &Snapshot, to: &Snapshot| diff(from, to, &options_of_diff);
    let objects = classes::classes(&heads, &options.ignore, &compare);
    let reference = options.reference.filter(|at| *at < snapshots.len());
    let lettered = letters::letters(&objects, &heads, &grouped, reference, &compare);
    assemble(snapshots, &grouped, lettered, reference)
}

fn assemble(
    snapshots: &[&Snapshot],
    grouped: &Grouped,
    lettered: Lettered,
    reference: Option<usize>,
) -> Variants {
    let (groups, of_group) = merged(grouped, &lettered.rows);
    let mut rows = lettered.rows;
    for row in &mut rows {
        let cells =
            of_group.iter().map(|head| row.cells.get(*head).copied().unwrap_or(Cell::Absent));
        row.cells = cells.collect();
    }
    let mut members: Vec<Member> = snapshots
        .iter()
        .enumerate()
        .map(|(at, snapshot)| {
            let fingerprint = grouped.fingerprints[grouped.of[at]].clone();
            Member {
                side: snapshot.side(),
                as_stated: fingerprint == snapshot.fingerprint,
                fingerprint,
                group: 0,
                score: 0,
            }
        })
        .collect();
    for (number, group) in groups.iter().enumerate() {
        for at in &group.snapshots {
            members[*at].group = number;
        }
    }
    let mut found = Variants { snapshots: members, groups, reference, rows, same: lettered.same };
    score::score(&mut found);
    found
}

/// The groups whose letters are the same everywhere are one, the largest first; and for each of them one
/// of the groups that it was made of.
fn merged(grouped: &Grouped, rows: &[Row]) -> (Vec<Group>, Vec<usize>) {
    let mut same: BTreeMap<Vec<Cell>, Vec<usize>> = BTreeMap::new();
    for at in 0..grouped.groups.len() {
        same.entry(rows.iter().map(|row| row.cells[at]).collect()).or_default().push(at);
    }
    let mut all: Vec<(Group, usize)> = same
        .into_values()
        .map(|parts| {
            let mut snapshots: Vec<usize> =
                parts.iter().flat_map(|part| grouped.groups[*part].iter().copied()).collect();
            snapshots.sort_unstable();
            (Group { snapshots }, parts[0])
        })
        .collect();
    all.sort_by_key(|(group, _)| {
        (std::cmp::Reverse(group.snapshots.len()), group.snapshots.first().copied())
    });
    all.into_iter().unzip()
}

/// What differs in one object between two snapshots, as their comparison says it; `None` when nothing does.
pub fn difference(
    from: &Snapshot,
    to: &Snapshot,
    id: &Id,
    options: &DiffOptions,
) -> Option<Change> {
    let ids = BTreeSet::from([whole_of(id)]);
    let drift = diff(&only(from, &ids), &only(to, &ids), options);
    drift.changes.into_iter().find(|change| change.id == *id)
}

/// The object that an object is compared with: a column's table.
fn whole_of(id: &Id) -> Id {
    let parts = crate::sql::split_name(id.name());
    match (id.kind(), parts.as_slice()) {
        ("column", [schema, table, _]) => Id::new("table", &[schema, table]),
        _ => id.clone(),
    }
}

/// A snapshot with these objects alone; extensions stay, because their versions decide how their members
/// are compared.
fn only(snapshot: &Snapshot, ids: &BTreeSet<Id>) -> Snapshot {
    let mut objects = snapshot.objects.clone();
    objects.retain(|object| object.kind() == Kind::Extension || ids.contains(&object.id()));
    Snapshot { source: snapshot.source.clone(), objects, ..Snapshot::default() }
}

/// The objects that a drift changes, each with its attributes as `from` has them.
fn altered(drift: Drift) -> impl Iterator<Item = (Id, Vec<(String, serde_json::Value)>)> {
    drift.changes.into_iter().filter(|change| change.change == ChangeKind::Alter).map(|change| {
        let attributes = change.attributes.into_iter().map(|a| (a.name, a.from)).collect();
        (change.id, attributes)
    })
}
