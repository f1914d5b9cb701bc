//! A window of the matrix.

use pgparity_core::variants::{Cell, Row, Variants};

use super::{Made, Matrix, columns, summary};
use crate::engine::glyphs::visible;
use crate::engine::kind_word;
use crate::protocol::{MatrixColumn, MatrixPage, MatrixQuery, MatrixRow, Sort};

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
        window: usize,
    ) -> Option<MatrixPage> {
        let made = self.made.as_ref()?;
        if self.order.as_ref().is_some_and(|(asked, _)| asked != query) {
            self.order = None;
        }
        let make = || (query.clone(), order(&made.found, query));
        let (_, order) = self.order.get_or_insert_with(make);
        let windows = columns::windows(&made.found);
        let window = window.min(windows - 1);
        let shown = columns::shown(&made.found, window);
        let row = |at: usize| order.get(at).map(|row| view(made, &shown, at, *row));
        let start = start.min(order.len());
        let end = start.saturating_add(len).min(order.len());
        Some(MatrixPage {
            columns: shown.iter().map(|group| column(made, *group)).collect(),
            references: made.names.clone(),
            all_columns: made.found.groups.len(),
            window,
            windows,
            summary: summary::sentences(&made.found, &made.names),
            snapshots: made.names.len(),
            same: made.found.same,
            differing: made.found.rows.len(),
            along: columns::along(&made.found),
            total: order.len(),
            start,
            rows: (start..end).filter_map(row).collect(),
            kept: keep.filter(|at| *at < start || *at >= end).and_then(row),
        })
    }
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

/// The snapshot that stands for a group. The reference gives its column its name: it is what was chosen.
fn head(made: &Made, group: usize) -> usize {
    let snapshots = &made.found.groups[group].snapshots;
    let reference = made.found.reference.filter(|at| snapshots.contains(at));
    reference.or_else(|| snapshots.first().copied()).unwrap_or_default()
}

fn column(made: &Made, group: usize) -> MatrixColumn {
    let snapshots = &made.found.groups[group].snapshots;
    let reference = made.found.reference.filter(|at| snapshots.contains(at));
    let head = head(made, group);
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
    // One that is drawn is easier to find.
    let base = reference
        .or_else(|| shown.iter().copied().find(is_base))
        .or_else(|| (0..made.found.groups.len()).find(is_base));
    let base = head(made, base.unwrap_or_default());
    MatrixRow {
        at,
        id: row.id.clone(),
        name: visible(row.id.name()).into_owned(),
        kind: kind_word(row.kind),
        cells: shown
            .iter()
            .map(|group| row.cells.get(*group).copied().unwrap_or(Cell::Absent))
            .collect(),
        baseline: row.baseline,
        base: made.ids[base],
        base_name: made.names[base].clone(),
    }
}
