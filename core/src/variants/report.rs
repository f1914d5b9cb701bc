//! A comparison of many snapshots, arranged for reading.

use serde::Serialize;

use super::model::{Row, VariantOptions, Variants, letter};
use super::variants;
use crate::diff::{DiffOptions, diff};
use crate::report::{Report, Verdict, build};
use crate::snapshot::Snapshot;

/// Snapshots in groups of equal ones, and how each group differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupReport {
    /// The sentence for a person.
    pub summary: String,
    /// True when all are equal.
    pub equal: bool,
    /// The snapshots, as they were given.
    pub snapshots: Vec<Named>,
    /// The groups, the largest first.
    pub groups: Vec<GroupDifference>,
    /// The number of the group that the others are compared with: the reference's, or the largest.
    pub baseline: usize,
    /// The snapshot that alone differs, while all others are equal.
    pub odd_one_out: Option<usize>,
    /// How many objects are the same in all of them.
    pub same: usize,
    /// The objects that are not, those first that most snapshots have otherwise.
    pub objects: Vec<Row>,
}

/// A snapshot and what the caller calls it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The database's name.
    pub database: String,
    /// The server's version, as `15.18`.
    pub server_version: String,
    /// When it was taken, RFC 3339 in UTC.
    pub captured_at: String,
    /// Its fingerprint, computed from what it holds.
    pub fingerprint: String,
    /// The number of its group.
    pub group: usize,
    /// How many objects differ from the reference, or from what most snapshots have.
    pub score: usize,
}

/// A group and how it differs from the baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupDifference {
    /// Its letter, `A` for the largest.
    pub letter: String,
    /// The places of its snapshots.
    pub snapshots: Vec<usize>,
    /// The difference in short, from the group to the baseline; `None` for the baseline itself.
    pub verdict: Option<Verdict>,
    /// All that differs; of the group's first snapshot and the baseline's.
    pub differences: Option<Report>,
}

impl GroupReport {
    /// Compares the snapshots; `names` has one for each.
    pub fn new(snapshots: &[&Snapshot], names: &[String], options: &VariantOptions) -> GroupReport {
        let found = variants(snapshots, options);
        let baseline = found.reference.and_then(|at| found.snapshots.get(at));
        let baseline = baseline.map_or(0, |member| member.group);
        let head = |group: usize| {
            let of_group = found.groups.get(group)?;
            let reference = found.reference.filter(|at| of_group.snapshots.contains(at));
            let at = reference.or_else(|| of_group.snapshots.first().copied())?;
            snapshots.get(at).copied()
        };
        let with = DiffOptions { ignore: options.ignore.clone(), ..DiffOptions::default() };
        let difference = |group: usize| {
            let (from, to) = head(group).zip(head(baseline)).filter(|_| group != baseline)?;
            Some(build(&diff(from, to, &with), None))
        };
        let groups: Vec<GroupDifference> = (0..found.groups.len())
            .map(|group| {
                let differences = difference(group);
                GroupDifference {
                    letter: letter(group),
                    snapshots: found.groups[group].snapshots.clone(),
                    verdict: differences.as_ref().map(|report| report.verdict.clone()),
                    differences,
                }
            })
            .collect();
        let named = |(member, name): (&super::Member, &String)| Named {
            name: name.clone(),
            database: member.side.database.clone(),
            server_version: member.side.server_version.clone(),
            captured_at: member.side.captured_at.clone(),
            fingerprint: member.fingerprint.clone(),
            group: member.group,
            score: member.score,
        };
        let named = found.snapshots.iter().zip(names).map(named).collect();
        let objects: Vec<Row> = found.most_divergent().into_iter().cloned().collect();
        GroupReport {
            summary: summary(&found, names),
            equal: found.groups.len() < 2,
            snapshots: named,
            groups,
            baseline,
            odd_one_out: found.odd_one_out(),
            same: found.same,
            objects,
        }
    }

    /// The names of a group's snapshots.
    pub(super) fn names(&self, group: &GroupDifference) -> Vec<&str> {
        let names = group.snapshots.iter().filter_map(|at| self.snapshots.get(*at));
        names.map(|named| named.name.as_str()).collect()
    }

    /// The letter of the baseline.
    pub(super) fn baseline_letter(&self) -> &str {
        self.groups.get(self.baseline).map_or("", |group| group.letter.as_str())
    }
}

fn summary(found: &Variants, names: &[String]) -> String {
    use crate::report::words::counted;

    let all = counted(found.snapshots.len(), "snapshot");
    if found.groups.len() < 2 {
        return format!("{all}, all equal");
    }
    let groups = counted(found.groups.len(), "group");
    let differ = counted(found.rows.len(), "object");
    let odd = found.odd_one_out().and_then(|at| names.get(at));
    let odd = odd.map(|name| format!("; only {name} differs")).unwrap_or_default();
    let verb = if found.rows.len() == 1 { "is" } else { "are" };
    format!("{all} in {groups}: {differ} {verb} not the same everywhere{odd}")
}
