//! The alignment of two sequences of words or lines.
//!
//! The pieces are numbered first, so that one small instance of the algorithm serves all callers.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;

use similar::DiffOp;
use similar::algorithms::{Capture, Replace, myers};

/// After that the alignment is finished without looking for the best one.
const PATIENCE: Duration = Duration::from_millis(250);

/// The steps that lead from the old pieces to the new ones.
pub(super) fn align(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut numbers = BTreeMap::new();
    let mut number = |piece| {
        let next = numbers.len();
        *numbers.entry(piece).or_insert(next)
    };
    let old: Vec<usize> = old.iter().map(|piece| number(*piece)).collect();
    let new: Vec<usize> = new.iter().map(|piece| number(*piece)).collect();
    let deadline = similar::Instant::now() + PATIENCE;
    let mut steps = Replace::new(Capture::new());
    let done: Result<(), Infallible> = myers::diff_deadline(
        &mut steps,
        old.as_slice(),
        0..old.len(),
        new.as_slice(),
        0..new.len(),
        Some(deadline),
    );
    match done {
        Ok(()) => steps.into_inner().into_ops(),
    }
}

/// True when two sequences have more than half of their pieces in common.
pub(super) fn alike(old: &[&str], new: &[&str]) -> bool {
    let common: usize = align(old, new)
        .iter()
        .filter(|op| matches!(op, DiffOp::Equal { .. }))
        .map(|op| op.old_range().len())
        .sum();
    4 * common > old.len() + new.len()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn more_than_half_in_common_is_alike() {
        assert!(alike(&["a", "b", "c"], &["a", "x", "c"]));
        assert!(!alike(&["a", "b"], &["a", "x"]));
    }

    proptest! {
        #[test]
        fn the_steps_cover_both_sides(old in vec("[ab]", 0..8), new in vec("[ab]", 0..8)) {
            let old: Vec<&str> = old.iter().map(String::as_str).collect();
            let new: Vec<&str> = new.iter().map(String::as_str).collect();
            let (mut left, mut right) = (0, 0);
            for op in align(&old, &new) {
                prop_assert_eq!((op.old_range().start, op.new_range().start), (left, right));
                if matches!(op, DiffOp::Equal { .. }) {
                    prop_assert_eq!(&old[op.old_range()], &new[op.new_range()]);
                }
                (left, right) = (op.old_range().end, op.new_range().end);
            }
            prop_assert_eq!((left, right), (old.len(), new.len()));
        }
    }
}
