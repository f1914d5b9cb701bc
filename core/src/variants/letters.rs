//! The same variant on servers of several major versions, and the letters.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::altered;
use super::classes::Found;
use super::group::{Grouped, manner};
use super::model::{Cell, Row};
use crate::diff::Drift;
use crate::model::Id;
use crate::objects::Kind;
use crate::snapshot::Snapshot;

/// The rows, and how many objects need none.
pub(super) struct Lettered {
    pub(super) rows: Vec<Row>,
    pub(super) same: usize,
}

/// Groups that have the same variant of an object.
struct Letter {
    /// The first of them.
    head: usize,
    groups: Vec<usize>,
    /// How many snapshots that is.
    count: usize,
}

/// Gives every variant its letter.
pub(super) fn letters(
    objects: &BTreeMap<Id, Found>,
    heads: &[&Snapshot],
    grouped: &Grouped,
    reference: Option<usize>,
    compare: &dyn Fn(&Snapshot, &Snapshot) -> Drift,
) -> Lettered {
    let mut differ = Differ { heads, compare, known: BTreeMap::new() };
    let mut lettered = Lettered { rows: Vec::new(), same: 0 };
    for (id, found) in objects {
        let classes = joined(id, found, grouped, &mut differ);
        match row(found, classes, heads, grouped, reference) {
            Some(row) => lettered.rows.push(row),
            None => lettered.same += 1,
        }
    }
    lettered.rows.sort_by(|a, b| order(a).cmp(&order(b)));
    lettered
}

/// By schema, then by the object that it belongs to, then kind and name; as in a drift.
fn order(row: &Row) -> (&str, &str, bool, Kind, &str) {
    let schema = match row.kind {
        Kind::Schema => &row.name,
        _ => row.schema.as_deref().unwrap_or_default(),
    };
    let whole = row.parent.as_ref().unwrap_or(&row.id);
    (schema, whole.name(), row.parent.is_some(), row.kind, &row.name)
}

/// The comparisons of snapshots of different major versions, each made once.
struct Differ<'a> {
    heads: &'a [&'a Snapshot],
    compare: &'a dyn Fn(&Snapshot, &Snapshot) -> Drift,
    known: BTreeMap<(usize, usize), BTreeSet<Id>>,
}

impl Differ<'_> {
    fn same(&mut self, from: usize, to: usize, id: &Id) -> bool {
        let changed = self.known.entry((from, to)).or_insert_with(|| {
            altered((self.compare)(self.heads[from], self.heads[to])).map(|(id, _)| id).collect()
        });
        !changed.contains(id)
    }
}

/// The variants of an object. Those of different major versions are one when a comparison of the first of
/// each finds nothing; of one major version a letter has one variant.
fn joined(id: &Id, found: &Found, grouped: &Grouped, differ: &mut Differ<'_>) -> Vec<Letter> {
    let mut classes: BTreeMap<usize, Letter> = BTreeMap::new();
    for (group, class) in found.classes.iter().enumerate() {
        if let Some(class) = class {
            let new = || Letter { head: *class, groups: Vec::new(), count: 0 };
            let letter = classes.entry(*class).or_insert_with(new);
            letter.groups.push(group);
            letter.count += grouped.groups[group].len();
        }
    }
    let mut classes: Vec<Letter> = classes.into_values().collect();
    classes.sort_by_key(|letter| (Reverse(letter.count), letter.head));
    let mut letters: Vec<Letter> = Vec::new();
    for class in classes {
        let major = |group: &usize| manner(differ.heads[*group]).0;
        let own = major(&class.head);
        let open: Vec<usize> = (0..letters.len())
            .filter(|at| letters[*at].groups.iter().all(|group| major(group) != own))
            .collect();
        let same = open.into_iter().find(|at| differ.same(class.head, letters[*at].head, id));
        match same {
            Some(at) => {
                letters[at].groups.extend(class.groups);
                letters[at].count += class.count;
            }
            None => letters.push(class),
        }
    }
    letters
}

fn row(
    found: &Found,
    mut letters: Vec<Letter>,
    heads: &[&Snapshot],
    grouped: &Grouped,
    reference: Option<usize>,
) -> Option<Row> {
    let info = &found.info;
    let reference = reference.map(|at| grouped.of[at]);
    letters.sort_by_key(|letter| {
        let first = reference.is_some_and(|group| letter.groups.contains(&group));
        (Reverse(first), Reverse(letter.count), letter.head)
    });
    let nothing = |head: &&Snapshot| {
        let unread = info.kind.of_cluster() && !head.source.roles;
        if unread { Cell::Unread } else { Cell::Absent }
    };
    let mut cells: Vec<Cell> = heads.iter().map(nothing).collect();
    for (number, letter) in letters.iter().enumerate() {
        for group in &letter.groups {
            cells[*group] = Cell::Variant(number);
        }
    }
    if letters.len() <= 1 && !cells.contains(&Cell::Absent) {
        return None;
    }
    let of = |cell: Cell| {
        let groups = cells.iter().zip(&grouped.groups).filter(move |(have, _)| **have == cell);
        groups.map(|(_, group)| group.len()).sum::<usize>()
    };
    let absent = of(Cell::Absent);
    let first = |letter: &Letter| grouped.groups[letter.head].first().copied().unwrap_or(0);
    Some(Row {
        id: info.id.clone(),
        kind: info.kind,
        schema: info.schema.clone(),
        parent: info.parent.clone(),
        name: info.name.clone(),
        variants: letters.iter().map(|letter| (first(letter), letter.count)).collect(),
        absent,
        baseline: match reference {
            Some(group) => cells[group],
            None if letters.first().is_none_or(|most| most.count < absent) => Cell::Absent,
            None => Cell::Variant(0),
        },
        cells,
        off: 0,
        odd: None,
    })
}
