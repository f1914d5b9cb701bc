//! The alignment of two sequences of lines or words: the shortest way from one to the other.
//!
//! Eugene W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), in linear space. The
//! pieces are numbered first, so that one instance serves all callers.

use std::ops::Range;

use crate::model::FastMap;

/// How many steps of work go into the shortest way, a fraction of a second. Then the rest is taken
/// as it is. A number rather than a time, so that the same texts have the same alignment everywhere.
const PATIENCE: usize = 20_000_000;

/// A part of both sequences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Both sides have the same pieces. Otherwise those of `old` give way to those of `new`; one
    /// of the two may be empty.
    pub same: bool,
    /// The places in the old sequence.
    pub old: Range<usize>,
    /// The places in the new sequence.
    pub new: Range<usize>,
}

/// The way from one sequence to the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// Its parts, which cover both sequences in their order.
    pub steps: Vec<Step>,
    /// It is not the shortest way: that would have taken too long to find.
    pub coarse: bool,
}

/// Aligns two sequences.
pub fn align(old: &[&str], new: &[&str]) -> Alignment {
    patiently(old, new, PATIENCE)
}

fn patiently<'a>(old: &[&'a str], new: &[&'a str], patience: usize) -> Alignment {
    let mut numbers = FastMap::default();
    let (a, b) = (numbered(&mut numbers, old), numbered(&mut numbers, new));
    let size = 2 * (a.len() + b.len()).div_ceil(2) + 4;
    let mut search = Search {
        old: &a,
        new: &b,
        forward: vec![None; size],
        backward: vec![None; size],
        patience,
        found: Alignment::default(),
    };
    search.align(0..a.len(), 0..b.len());
    search.found
}

/// Equal pieces have equal numbers. Nothing comes of their order.
fn numbered<'a>(numbers: &mut FastMap<&'a str, usize>, pieces: &[&'a str]) -> Vec<usize> {
    let mut all = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let next = numbers.len();
        all.push(*numbers.entry(*piece).or_insert(next));
    }
    all
}

/// True when two sequences have more than half of their pieces in common.
pub fn alike(old: &[&str], new: &[&str]) -> bool {
    let steps = align(old, new).steps;
    let common: usize = steps.iter().filter(|step| step.same).map(|step| step.old.len()).sum();
    4 * common > old.len() + new.len()
}

struct Search<'a> {
    old: &'a [usize],
    new: &'a [usize],
    /// How far each diagonal reaches, from the front and from the end.
    forward: Vec<Reach>,
    backward: Vec<Reach>,
    patience: usize,
    found: Alignment,
}

impl Search<'_> {
    fn align(&mut self, old: Range<usize>, new: Range<usize>) {
        let (a, b) = (&self.old[old.clone()], &self.new[new.clone()]);
        let front = a.iter().zip(b).take_while(|(a, b)| a == b).count();
        let (a, b) = (&a[front..], &b[front..]);
        let back = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
        let (rest_a, rest_b) = (a.len() - back, b.len() - back);
        let (old_at, new_at) = (old.start + front, new.start + front);
        let (old_end, new_end) = (old_at + rest_a, new_at + rest_b);
        self.push(true, old.start..old_at, new.start..new_at);
        match self.middle(old_at..old_end, new_at..new_end) {
            Some((old_middle, new_middle)) => {
                self.align(old_at..old_middle, new_at..new_middle);
                self.align(old_middle..old_end, new_middle..new_end);
            }
            None => self.push(false, old_at..old_end, new_at..new_end),
        }
        self.push(true, old_end..old.end, new_end..new.end);
    }

    fn push(&mut self, same: bool, old: Range<usize>, new: Range<usize>) {
        if old.is_empty() && new.is_empty() {
            return;
        }
        match self.found.steps.last_mut() {
            Some(last) if last.same == same => {
                last.old.end = old.end;
                last.new.end = new.end;
            }
            _ => self.found.steps.push(Step { same, old, new }),
        }
    }

    /// A point in the middle of a shortest way between two sequences that differ at their first and
    /// at their last piece. `None` where one is empty, or where it would take too long.
    fn middle(&mut self, old: Range<usize>, new: Range<usize>) -> Option<(usize, usize)> {
        let (a, b) = (&self.old[old.clone()], &self.new[new.clone()]);
        let (n, m) = (a.len(), b.len());
        if n == 0 || m == 0 {
            return None;
        }
        let most = (n + m).div_ceil(2);
        // The place of diagonal k, of those from -most to most; one more on each side is read.
        let place = |k: isize| (k + most.cast_signed() + 1).cast_unsigned();
        let delta = n.cast_signed() - m.cast_signed();
        for d in 0..=most.cast_signed() {
            for k in (-d..=d).step_by(2) {
                let from = start(&self.forward, d, k, place, (n, m));
                let reached = from.map(|(x, y)| {
                    x + a[x..].iter().zip(&b[y..]).take_while(|(a, b)| a == b).count()
                });
                self.forward[place(k)] = reached;
                let other = delta - k;
                if let Some((x, y)) = from
                    && delta % 2 != 0
                    && other.abs() < d
                    && meets(reached, self.backward[place(other)], n)
                {
                    return Some((old.start + x, new.start + y));
                }
                self.patience = self.patience.saturating_sub(1);
            }
            for k in (-d..=d).step_by(2) {
                let from = start(&self.backward, d, k, place, (n, m));
                let reached = from.map(|(x, y)| {
                    let back = a[..n - x].iter().rev().zip(b[..m - y].iter().rev());
                    x + back.take_while(|(a, b)| a == b).count()
                });
                self.backward[place(k)] = reached;
                let other = delta - k;
                if let Some(x) = reached
                    && delta % 2 == 0
                    && other.abs() <= d
                    && meets(reached, self.forward[place(other)], n)
                {
                    return Some((old.end - x, new.end.checked_add_signed(k)? - x));
                }
                self.patience = self.patience.saturating_sub(1);
            }
            if self.patience == 0 {
                self.found.coarse = true;
                return None;
            }
        }
        None
    }
}

/// How far a way has come on a diagonal: the pieces of the old sequence behind it. `None`: no way of
/// that length gets there.
type Reach = Option<usize>;

/// Where a way of so many steps begins on a diagonal: beside the one of its neighbours that reaches
/// farther, as long as it is within sequences of these lengths.
fn start(
    reach: &[Reach],
    steps: isize,
    diagonal: isize,
    place: impl Fn(isize) -> usize,
    (old, new): (usize, usize),
) -> Option<(usize, usize)> {
    if steps == 0 {
        return Some((0, 0));
    }
    let below = reach[place(diagonal - 1)].filter(|x| diagonal > -steps && *x < old).map(|x| x + 1);
    let above = reach[place(diagonal + 1)].filter(|_| diagonal < steps);
    let within = |x: &usize| x.checked_add_signed(-diagonal).is_some_and(|y| y <= new);
    let x = below.filter(within).max(above.filter(within))?;
    Some((x, x.checked_add_signed(-diagonal)?))
}

/// True when two ways on one diagonal, from both ends of `n` pieces, meet.
fn meets(one: Reach, other: Reach, n: usize) -> bool {
    one.zip(other).is_some_and(|(one, other)| one + other >= n)
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

    #[test]
    fn without_patience_it_is_coarse_and_whole() {
        let (old, new): (Vec<&str>, Vec<&str>) = (vec!["a", "b", "c", "d"], vec!["c", "d", "a"]);
        let found = patiently(&old, &new, 0);
        assert_eq!(found.steps, [Step { same: false, old: 0..4, new: 0..3 }]);
        assert!(found.coarse && !align(&old, &new).coarse);
    }

    /// The length of the longest common subsequence.
    fn most_in_common(old: &[&str], new: &[&str]) -> usize {
        let mut row = vec![0; new.len() + 1];
        for a in old {
            let mut corner = 0;
            for (at, b) in new.iter().enumerate() {
                let here = if a == b { corner + 1 } else { row[at].max(row[at + 1]) };
                corner = std::mem::replace(&mut row[at + 1], here);
            }
        }
        row[new.len()]
    }

    proptest! {
        #[test]
        fn the_steps_are_the_shortest_way(old in vec("[abc]", 0..12), new in vec("[abc]", 0..12)) {
            let old: Vec<&str> = old.iter().map(String::as_str).collect();
            let new: Vec<&str> = new.iter().map(String::as_str).collect();
            let (mut left, mut right, mut common) = (0, 0, 0);
            let found = align(&old, &new);
            prop_assert!(found.steps.windows(2).all(|pair| pair[0].same != pair[1].same));
            for step in found.steps {
                prop_assert_eq!((step.old.start, step.new.start), (left, right));
                if step.same {
                    prop_assert_eq!(&old[step.old.clone()], &new[step.new.clone()]);
                    common += step.old.len();
                }
                (left, right) = (step.old.end, step.new.end);
            }
            prop_assert_eq!((left, right), (old.len(), new.len()));
            prop_assert_eq!(common, most_in_common(&old, &new));
        }
    }
}
