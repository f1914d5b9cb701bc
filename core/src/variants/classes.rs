//! The variants of each object, on servers of one major version.
//!
//! Each object is compared with that of the first snapshot that has it. What differs from that one in the
//! same attributes, with the same values, is the same variant.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::group::manner;
use super::{altered, only, whole_of};
use crate::diff::{Drift, IgnoreRule};
use crate::model::Id;
use crate::snapshot::{ObjectInfo, Snapshot};

/// One object in all groups.
pub(super) struct Found {
    /// The object.
    pub(super) info: ObjectInfo,
    /// For each group the first group of the same major version that has the same variant; `None` where the
    /// object is not there.
    pub(super) classes: Vec<Option<usize>>,
}

/// The attributes in which an object differs from that of the first group, with its own values.
type Difference = Vec<(String, Value)>;

/// Every object of the snapshots, each of which stands for a group.
pub(super) fn classes(
    heads: &[&Snapshot],
    ignore: &[IgnoreRule],
    compare: &dyn Fn(&Snapshot, &Snapshot) -> Drift,
) -> BTreeMap<Id, Found> {
    let mut objects: BTreeMap<Id, Found> = BTreeMap::new();
    let mut majors: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (group, head) in heads.iter().enumerate() {
        majors.entry(manner(head).0).or_default().push(group);
        for info in head.objects() {
            let hidden = ignore.iter().any(|rule| rule.hides(info.kind, &info.id));
            if !hidden {
                let new = || Found { info: info.clone(), classes: vec![None; heads.len()] };
                objects.entry(info.id.clone()).or_insert_with(new).classes[group] = Some(group);
            }
        }
    }
    for groups in majors.values() {
        of_major(heads, groups, &mut objects, compare);
    }
    objects
}

/// Tells the variants of one major version apart.
fn of_major(
    heads: &[&Snapshot],
    groups: &[usize],
    objects: &mut BTreeMap<Id, Found>,
    compare: &dyn Fn(&Snapshot, &Snapshot) -> Drift,
) {
    // The objects by the first group that has them.
    let mut pivots: BTreeMap<usize, BTreeSet<Id>> = BTreeMap::new();
    for (id, found) in &*objects {
        if let Some(pivot) = groups.iter().find(|group| found.classes[**group].is_some()) {
            pivots.entry(*pivot).or_default().insert(id.clone());
        }
    }
    for (pivot, ids) in &pivots {
        let wholes: BTreeSet<Id> = ids.iter().map(whole_of).collect();
        let all = groups.first() == Some(pivot);
        let part = (!all).then(|| only(heads[*pivot], &wholes));
        let to = part.as_ref().unwrap_or(heads[*pivot]);
        let mut known: BTreeMap<Id, Vec<(Difference, usize)>> = BTreeMap::new();
        for group in groups.iter().filter(|group| *group > pivot) {
            let shared: Vec<&Id> =
                ids.iter().filter(|id| objects[*id].classes[*group].is_some()).collect();
            if shared.is_empty() {
                continue;
            }
            let part = (!all).then(|| only(heads[*group], &wholes));
            let drift = compare(part.as_ref().unwrap_or(heads[*group]), to);
            let mut changed: BTreeMap<Id, Difference> = altered(drift).collect();
            for id in shared {
                let class = match changed.remove(id) {
                    None => *pivot,
                    Some(attributes) => {
                        let known = known.entry(id.clone()).or_default();
                        let same = known.iter().find(|(other, _)| *other == attributes);
                        let class = same.map_or(*group, |(_, class)| *class);
                        if class == *group {
                            known.push((attributes, class));
                        }
                        class
                    }
                };
                if let Some(found) = objects.get_mut(id) {
                    found.classes[*group] = Some(class);
                }
            }
        }
    }
}
