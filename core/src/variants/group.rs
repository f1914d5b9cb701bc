//! Equal snapshots are looked at once.

use std::collections::BTreeMap;

use crate::snapshot::{Snapshot, fingerprint};

/// Snapshots of servers of one major version that hold the same.
pub(super) struct Grouped {
    /// The places of the snapshots of each group, ascending.
    pub(super) groups: Vec<Vec<usize>>,
    /// The fingerprint of each group, computed.
    pub(super) fingerprints: Vec<String>,
    /// The group of each snapshot.
    pub(super) of: Vec<usize>,
}

/// What must be the same beside the fingerprint for two snapshots to be compared in the same words.
type Manner = (u32, bool);

/// What a snapshot says in which words.
pub(super) fn manner(snapshot: &Snapshot) -> Manner {
    (snapshot.source.server_version_num / 10_000, snapshot.source.roles)
}

/// Puts equal snapshots together. What a document states as its fingerprint says where to look first,
/// and nothing else: comparing is cheaper than computing.
pub(super) fn group(snapshots: &[&Snapshot]) -> Grouped {
    let mut found = Grouped { groups: Vec::new(), fingerprints: Vec::new(), of: Vec::new() };
    let mut stated: BTreeMap<(Manner, &str), usize> = BTreeMap::new();
    let mut computed: BTreeMap<(Manner, String), usize> = BTreeMap::new();
    for (at, snapshot) in snapshots.iter().enumerate() {
        let hint = stated.get(&(manner(snapshot), snapshot.fingerprint.as_str())).copied();
        let hint =
            hint.filter(|group| holds_the_same(snapshots[found.groups[*group][0]], snapshot));
        let group = hint.unwrap_or_else(|| {
            let fingerprint = fingerprint(snapshot);
            let new = found.groups.len();
            let group = *computed.entry((manner(snapshot), fingerprint.clone())).or_insert(new);
            if group == new {
                found.groups.push(Vec::new());
                found.fingerprints.push(fingerprint);
            }
            group
        });
        stated.entry((manner(snapshot), snapshot.fingerprint.as_str())).or_insert(group);
        found.groups[group].push(at);
        found.of.push(group);
    }
    found
}

fn holds_the_same(a: &Snapshot, b: &Snapshot) -> bool {
    a.objects == b.objects && a.unmodelled == b.unmodelled
}
