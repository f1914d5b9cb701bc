//! Which lines of a definition are shown, and which are folded away between changes.

use std::ops::Range;

use crate::protocol::{DiffRow, LineKind};

/// Equal lines that stay visible before and after a change.
const CONTEXT: usize = 3;
/// A fold hides at least that many lines: a shorter one would save nothing.
const LEAST: usize = 4;

/// So many lines come at once out of a fold that hides more.
const FOLD_STEP: usize = 40;
/// So many lines are drawn before somebody asks for more.
pub(crate) const DRAWN: usize = 2_000;

/// The lines of a fold that are shown after so many steps.
pub(crate) fn unfolded(range: &Range<usize>, steps: usize) -> Range<usize> {
    let shown = range.start.saturating_add(steps.saturating_mul(FOLD_STEP));
    // A rest that is no longer than the button that would show it comes along.
    let end = if shown.saturating_add(LEAST) > range.end { range.end } else { shown };
    range.start..if steps == 0 { range.start } else { end }
}

/// A run of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// They are shown.
    Shown(Range<usize>),
    /// They are equal and far from any change.
    Folded(Range<usize>),
}

/// Cuts the lines into runs. Where nothing differs, all of them are shown.
pub(crate) fn fold(rows: &[DiffRow]) -> Vec<Run> {
    let changed: Vec<usize> = (0..rows.len())
        .filter(|at| rows.get(*at).is_some_and(|r| r.kind != LineKind::Equal))
        .collect();
    if changed.is_empty() {
        return vec![Run::Shown(0..rows.len())];
    }
    let mut runs = Vec::new();
    let mut from = 0;
    for at in changed {
        let near = at.saturating_sub(CONTEXT);
        if near >= from + LEAST {
            push_shown(&mut runs, from..from);
            runs.push(Run::Folded(from..near));
            from = near;
        }
        let until = (at + CONTEXT + 1).min(rows.len());
        if until > from {
            push_shown(&mut runs, from..until);
            from = until;
        }
    }
    if rows.len() >= from + LEAST {
        runs.push(Run::Folded(from..rows.len()));
    } else {
        push_shown(&mut runs, from..rows.len());
    }
    runs
}

/// Lines of one kind in a row that differ, for the strip beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The first line.
    pub start: usize,
    /// How many.
    pub len: usize,
    /// How they differ.
    pub kind: LineKind,
}

/// Where the lines differ.
pub(crate) fn marks(rows: &[DiffRow]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.kind != LineKind::Equal) {
        match marks.last_mut() {
            Some(last) if last.kind == row.kind && last.start + last.len == at => last.len += 1,
            _ => marks.push(Mark { start: at, len: 1, kind: row.kind }),
        }
    }
    marks
}

/// Adds lines to the run that is shown last, or begins one.
fn push_shown(runs: &mut Vec<Run>, range: Range<usize>) {
    match runs.last_mut() {
        _ if range.is_empty() => {}
        Some(Run::Shown(last)) => last.end = range.end,
        _ => runs.push(Run::Shown(range)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `.` is an equal line, anything else a changed one.
    fn folded(lines: &str) -> Vec<Run> {
        let row = |c| DiffRow {
            kind: if c == '.' { LineKind::Equal } else { LineKind::Changed },
            left: None,
            right: None,
        };
        fold(&lines.chars().map(row).collect::<Vec<_>>())
    }

    #[test]
    fn a_fold_opens_step_by_step() {
        assert_eq!(unfolded(&(10..200), 0), 10..10);
        assert_eq!(unfolded(&(10..200), 1), 10..50);
        assert_eq!(unfolded(&(10..52), 1), 10..52);
        assert_eq!(unfolded(&(10..200), usize::MAX), 10..200);
    }

    #[test]
    fn the_strip_has_a_mark_for_each_run() {
        let row = |kind| DiffRow { kind, left: None, right: None };
        let kinds = [LineKind::Equal, LineKind::Extra, LineKind::Extra, LineKind::Missing];
        let found = marks(&kinds.map(row));
        let places: Vec<_> = found.iter().map(|mark| (mark.start, mark.len)).collect();
        assert_eq!(places, [(1, 2), (3, 1)]);
    }

    #[test]
    fn nothing_is_folded_where_nothing_differs() {
        assert_eq!(folded(".........."), [Run::Shown(0..10)]);
    }

    #[test]
    fn three_lines_stay_around_a_change() {
        assert_eq!(
            folded("........x........"),
            [Run::Folded(0..5), Run::Shown(5..12), Run::Folded(12..17)]
        );
    }

    #[test]
    fn short_gaps_are_not_folded() {
        assert_eq!(folded("...x.........x..."), [Run::Shown(0..17)]);
        assert_eq!(
            folded("x..........x"),
            [Run::Shown(0..4), Run::Folded(4..8), Run::Shown(8..12)]
        );
    }
}
