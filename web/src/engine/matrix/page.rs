//! A window of the matrix.

use pgparity_core::variants::{Cell, Row, Variants};

use super::{Made, Matrix, summary};
use crate::engine::glyphs::visible;
use crate::engine::kind_word;
use crate::protocol::{MatrixColumn, MatrixPage, MatrixQuery, MatrixRow, Sort};

/// More columns than that are not drawn.
const COLUMNS: usize = 24;
/// So many names of equal snapshots are told.
const NAMES: usize = 4;

impl Matrix {
    /// A window of rows, with all that stands around them.
    pub(super) fn page(
        &mut self,
        query: &MatrixQuery,
        start: usize,
        len: usize,
        keep: Option<usize>,
    ) -> Option<MatrixPage> {
        let made = self.made.as_ref()?;
        if self.order.as_ref().is_some_and(|(asked, _)| asked != query) {
            self.order = None;
        }
        let make = || (query.clone(), order(&made.found, query));
        let (_, order) = self.order.get_or_insert_with(make);
        let shown = shown(made);
        let row = |at: usize| order.get(at).map(|row| view(made, &shown, at, *row));
        let start = start.min(order.len());
        let end = start.saturating_add(len).min(order.len());
        Some(MatrixPage {
            columns: shown.iter().map(|group| column(made, *group)).collect(),
            references: made.names.clone(),
            more_columns: made.found.groups.len() - shown.len(),
            summary: summary::sentences(&made.found, &made.names),
            snapshots: made.names.len(),
            same: made.found.same,
            differing: made.found.rows.len(),
            total: order.len(),
            start,
            rows: (start..end).filter_map(row).collect(),
            kept: keep.filter(|at| *at < start || *at >= end).and_then(row),
        })
    }
}

/// The groups that are drawn: those of most snapshots, and that of the reference.
fn shown(made: &Made) -> Vec<usize> {
    let found = &made.found;
    let mut shown: Vec<usize> = (0..found.groups.len().min(COLUMNS)).collect();
    let reference = found.reference.and_then(|at| found.snapshots.get(at));
    if let (Some(member), Some(last)) = (reference, shown.last_mut()) {
        *last = member.group.max(*last);
    }
    shown
}

/// The numbers of the rows that a query lets through, in its order.
fn order(found: &Variants, query: &MatrixQuery) -> Vec<usize> {
    let text = query.text.trim().to_lowercase();
    let wanted = |row: &Row| {
        text.is_empty()
            || row.id.name().to_lowercase().contains(&text)
            || kind_word(row.kind).contains(&text)
    };
    let mut rows: Vec<usize> =
        (0..found.rows.len()).filter(|at| wanted(&found.rows[*at])).collect();
    if query.sort == Sort::Divergent {
        let weight = |at: &usize| (found.rows[*at].off, found.rows[*at].variants.len());
        rows.sort_by_key(|at| std::cmp::Reverse(weight(at)));
    }
    rows
}

fn column(made: &Made, group: usize) -> MatrixColumn {
    let snapshots = &made.found.groups[group].snapshots;
    let reference = made.found.reference.filter(|at| snapshots.contains(at));
    // The reference gives its column its name: it is what was chosen.
    let head = reference.or_else(|| snapshots.first().copied()).unwrap_or_default();
    let name = |at: &usize| made.names[*at].clone();
    let member = &made.found.snapshots[head];
    MatrixColumn {
        id: made.ids[head],
        name: made.names[head].clone(),
        equal: snapshots.iter().filter(|at| **at != head).take(NAMES).map(name).collect(),
        count: snapshots.len(),
        server_version: member.side.server_version.clone(),
        captured_at: member.side.captured_at.clone(),
        score: member.score,
        reference: reference.is_some(),
        forged: snapshots.iter().any(|at| !made.found.snapshots[*at].as_stated),
    }
}

fn view(made: &Made, shown: &[usize], at: usize, row: usize) -> MatrixRow {
    let row = &made.found.rows[row];
    let is_base = |group: &usize| row.cells.get(*group) == Some(&row.baseline);
    let reference = made.found.reference.map(|at| made.found.snapshots[at].group);
    let base = shown
        .iter()
        .position(|group| Some(*group) == reference)
        .or_else(|| shown.iter().position(is_base));
    MatrixRow {
        at,
        id: row.id.clone(),
        name: visible(row.id.name()).into_owned(),
        kind: kind_word(row.kind),
        cells: shown
            .iter()
            .map(|group| row.cells.get(*group).copied().unwrap_or(Cell::Absent))
            .collect(),
        base: base.unwrap_or_default(),
    }
}
