//! The order of snapshots: by the time they state, or as given.

use super::model::Point;
use super::time::instant;
use crate::snapshot::Snapshot;

/// The snapshots in their order.
pub(super) struct Ordered {
    pub(super) points: Vec<Point>,
    /// Places of those that have no time.
    pub(super) unplaced: Vec<usize>,
    /// The seconds from each point to the next.
    pub(super) seconds: Vec<Option<i64>>,
}

/// Orders the snapshots. Of one time they stay as they were given, and are marked.
pub(super) fn order(snapshots: &[&Snapshot], in_order: bool) -> Ordered {
    let times: Vec<Option<(i64, u32)>> =
        snapshots.iter().map(|snapshot| instant(&snapshot.source.captured_at)).collect();
    let all = 0..snapshots.len();
    let (mut placed, unplaced): (Vec<usize>, Vec<usize>) =
        all.partition(|at| in_order || times[*at].is_some());
    if !in_order {
        placed.sort_by_key(|at| times[*at]);
    }
    let mut points: Vec<Point> = Vec::new();
    let mut seconds = Vec::new();
    for (number, at) in placed.iter().enumerate() {
        let before = number.checked_sub(1).and_then(|number| placed.get(number));
        let before = before.map(|before| times[*before]);
        if let Some(before) = before {
            let between = |(a, _): (i64, u32)| times[*at].map(|(b, _)| b - a);
            seconds.push(before.filter(|_| !in_order).and_then(between));
        }
        points.push(Point {
            snapshot: *at,
            side: snapshots[*at].side(),
            same_time: !in_order && before.is_some_and(|before| before == times[*at]),
        });
    }
    Ordered { points, unplaced, seconds }
}
