//! Which columns of the matrix are drawn, and which rows only follow others.

use std::collections::BTreeMap;

use pgparity_core::model::Id;
use pgparity_core::objects::Kind;
use pgparity_core::variants::{Cell, Row, Variants};

/// So many groups are drawn at once.
const COLUMNS: usize = 24;

/// How many windows of columns there are, 1 at least.
pub(super) fn windows(found: &Variants) -> usize {
    found.groups.len().div_ceil(COLUMNS).max(1)
}

/// The groups in a window, those of most snapshots first. The reference is in each of them: without it
/// the others say nothing.
pub(super) fn shown(found: &Variants, window: usize) -> Vec<usize> {
    let start = window.saturating_mul(COLUMNS).min(found.groups.len());
    let end = (start + COLUMNS).min(found.groups.len());
    let reference = found.reference.and_then(|at| found.snapshots.get(at));
    let pinned = reference.map(|member| member.group).filter(|at| !(start..end).contains(at));
    pinned.into_iter().chain(start..end).collect()
}

/// How many rows are columns that differ only because their table is not everywhere: they count with it.
pub(super) fn along(found: &Variants) -> usize {
    let tables: BTreeMap<&Id, &Row> =
        found.rows.iter().filter(|row| row.kind == Kind::Table).map(|row| (&row.id, row)).collect();
    let follows = |row: &&Row| {
        let table = row.parent.as_ref().and_then(|id| tables.get(id));
        row.kind == Kind::Column
            && table.is_some_and(|table| {
                row.cells.iter().zip(&table.cells).all(|(cell, with)| {
                    let gone = |cell: &Cell| *cell == Cell::Absent;
                    *cell == row.baseline || gone(with) != gone(&table.baseline)
                })
            })
    };
    found.rows.iter().filter(follows).count()
}
