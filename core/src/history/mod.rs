//! A series of snapshots of one database: what happened from each to the next, and to each object.
//!
//! The way through this module: `time` reads when snapshots were taken, `order` puts them in their order,
//! `lanes` follows each object through the comparisons of neighbours; `log`, `blame` and `overview` tell it to
//! people and programs, `find` knows objects by the names that people give.

mod blame;
mod find;
mod lanes;
mod log;
mod model;
mod order;
mod overview;
#[cfg(test)]
mod tests;
mod time;
mod words;

pub use blame::{BlameLine, BlameReport, Place, Told};
pub use find::{FindError, find};
pub use log::{Log, LogEvent, LogPoint, LogStep, Sighted};
pub use model::{Blame, Event, Gap, History, HistoryOptions, Lane, Mark, Point, Step, What};
pub use overview::{Overview, OverviewRow};
pub use time::instant;

use crate::diff::{DiffOptions, Drift, Note, diff};
use crate::snapshot::Snapshot;
use lanes::Lanes;

/// The history that these snapshots show. Nothing is guessed: what does not tell its time has no place,
/// and of two of one time it is said that their order is not known.
pub fn history(snapshots: &[&Snapshot], options: &HistoryOptions) -> History {
    let order = order::order(snapshots, options.in_order);
    let mut lanes = Lanes::new(&options.ignore);
    if let Some(first) = order.points.first() {
        lanes.first(snapshots[first.snapshot]);
    }
    let with = DiffOptions {
        decisions: options.decisions.clone(),
        ignore: options.ignore.clone(),
        migrations: None,
    };
    let mut steps = Vec::new();
    for (at, pair) in order.points.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let (from, to) = (snapshots[before.snapshot], snapshots[after.snapshot]);
        let drift = diff(from, to, &with);
        let mut step = Step {
            to: at + 1,
            seconds: order.seconds.get(at).copied().flatten(),
            order_unknown: after.same_time,
            gaps: gaps(from, to, &drift),
            ..Step::default()
        };
        lanes.step(from, to, &drift, &mut step);
        step.notes = drift.notes;
        steps.push(step);
    }
    long_gaps(&mut steps);
    History { points: order.points, unplaced: order.unplaced, steps, lanes: lanes.finish() }
}

fn gaps(from: &Snapshot, to: &Snapshot, drift: &Drift) -> Vec<Gap> {
    let says = |code: &str| drift.notes.iter().any(|note: &Note| note.code == code);
    let found = [
        (says("limits_differ"), Gap::OtherLimits),
        (says("not_read"), Gap::NotRead),
        (from.source.database != to.source.database, Gap::OtherDatabase),
    ];
    found.into_iter().filter(|(there, _)| *there).map(|(_, gap)| gap).collect()
}

/// How many times longer than usual a time must be to be named.
const LONG: i64 = 4;

/// Names the times without a snapshot that are much longer than usual: than half of them.
fn long_gaps(steps: &mut [Step]) {
    let mut all: Vec<i64> = steps.iter().filter_map(|step| step.seconds).collect();
    all.sort_unstable();
    let usual = all.get(all.len().saturating_sub(1) / 2).copied();
    let Some(usual) = usual.filter(|usual| all.len() > 2 && *usual > 0) else { return };
    for step in steps {
        if let Some(seconds) = step.seconds.filter(|seconds| *seconds > usual.saturating_mul(LONG))
        {
            step.gaps.insert(0, Gap::Long { seconds });
        }
    }
}
