//! The timeline: snapshots in their order, and what happened in between, in numbers and sentences.

use pgparity_core::history::{History, Step};
use pgparity_core::snapshot::{Side, Snapshot};

use crate::engine::glyphs::visible;
use crate::protocol::{Moment, Since, SnapId, Timeline};

/// The timeline of a history; `snaps` and `all` are the snapshots as they were given.
pub(super) fn timeline(history: &History, snaps: &[SnapId], all: &[&Snapshot]) -> Timeline {
    let points = history.points.iter().enumerate().filter_map(|(at, point)| {
        let step = at.checked_sub(1).and_then(|before| history.steps.get(before));
        moment(*snaps.get(point.snapshot)?, &point.side, step.map(since)).into()
    });
    let unplaced = history
        .unplaced
        .iter()
        .filter_map(|at| Some(moment(*snaps.get(*at)?, &all.get(*at)?.side(), None)));
    Timeline { points: points.collect(), unplaced: unplaced.collect() }
}

fn moment(snap: SnapId, side: &Side, since: Option<Since>) -> Moment {
    Moment {
        snap,
        label: visible(&side.label).into_owned(),
        captured_at: visible(&side.captured_at).into_owned(),
        version: visible(&side.server_version).into_owned(),
        objects: side.objects,
        since,
    }
}

fn since(step: &Step) -> Since {
    Since { tally: [step.added, step.dropped, step.changed, step.renamed], gaps: step.remarks() }
}
