//! The timeline: snapshots in their order, and what happened in between, in numbers and sentences.

use pgparity_core::history::{Gap, History, Step};
use pgparity_core::report::words::counted;
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
    Since { tally: [step.added, step.dropped, step.changed, step.renamed], gaps: gaps(step) }
}

/// What is not known of a step, a sentence each.
pub(super) fn gaps(step: &Step) -> Vec<String> {
    let order = step
        .order_unknown
        .then(|| "Both were taken at the same time: which was first is not known.".to_owned());
    order.into_iter().chain(step.gaps.iter().map(gap)).collect()
}

fn gap(gap: &Gap) -> String {
    match gap {
        Gap::Long { seconds } => {
            format!("A gap: no snapshot for {}, much longer than usual.", duration(*seconds))
        }
        Gap::OtherLimits => {
            "Only one of the two was asked for some schemas or roles: what happened \
             there is not known."
                .to_owned()
        }
        Gap::NotRead => "One of the two could not read everything.".to_owned(),
        Gap::OtherDatabase => "They are of databases with different names.".to_owned(),
    }
}

/// A time in its largest unit.
fn duration(seconds: i64) -> String {
    let units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
    let unit = units.iter().find(|(unit, _)| seconds >= *unit).unwrap_or(&(1, "second"));
    counted(usize::try_from(seconds / unit.0).unwrap_or_default(), unit.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_their_largest_unit() {
        let told: Vec<String> = [0, 1, 150, 7_200, 86_400 * 3].map(duration).to_vec();
        assert_eq!(told, ["0 seconds", "1 second", "2 minutes", "2 hours", "3 days"]);
    }

    #[test]
    fn what_is_not_known_is_said() {
        let step = Step {
            order_unknown: true,
            gaps: vec![Gap::Long { seconds: 172_800 }, Gap::OtherLimits],
            ..Step::default()
        };
        let told = gaps(&step);
        assert_eq!(told.len(), 3);
        assert!(told[0].contains("not known") && told[1].contains("2 days"), "{told:?}");
    }
}
