//! How far each snapshot is off, and which objects are the cause.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Cell, Variants};
use crate::model::Id;
use crate::objects::Kind;

/// Fills in the scores of the snapshots, and which of them are off in each row.
pub(super) fn score(found: &mut Variants) {
    let mut scores = vec![0_usize; found.groups.len()];
    let tables: BTreeMap<Id, (Cell, Vec<Cell>)> = found
        .rows
        .iter()
        .filter(|row| row.kind == Kind::Table)
        .map(|row| (row.id.clone(), (row.baseline, row.cells.clone())))
        .collect();
    let total = found.snapshots.len();
    for row in &mut found.rows {
        let table = row.parent.as_ref().filter(|_| row.kind == Kind::Column);
        let table = table.and_then(|id| tables.get(id));
        let with_table = |group: usize| {
            table.is_some_and(|(baseline, cells)| {
                *baseline == Cell::Absent || cells[group] == Cell::Absent
            })
        };
        let differs = |cell: &Cell| {
            *cell != row.baseline && *cell != Cell::Unread && row.baseline != Cell::Unread
        };
        let mut others: BTreeSet<Cell> = BTreeSet::new();
        let mut odd = None;
        for (group, cell) in row.cells.iter().enumerate() {
            let snapshots = &found.groups[group].snapshots;
            if differs(cell) {
                row.off += snapshots.len();
                scores[group] += usize::from(!with_table(group));
            }
            others.insert(*cell);
        }
        if others.len() == 2 && total > 2 {
            let alone = |cell: &Cell| {
                let mut groups = row.cells.iter().zip(&found.groups).filter(|(c, _)| *c == cell);
                match (groups.next(), groups.next()) {
                    (Some((_, group)), None) if group.snapshots.len() == 1 => {
                        group.snapshots.first().copied()
                    }
                    _ => None,
                }
            };
            odd = others.iter().find_map(alone);
        }
        row.odd = odd.filter(|_| !others.contains(&Cell::Unread));
    }
    for member in &mut found.snapshots {
        member.score = scores[member.group];
    }
}
