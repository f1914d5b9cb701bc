//! The snapshots of the shelf as the history of one database: followed once for each shelf and each
//! set of rename decisions, asked many times.

mod blame;
mod lanes;
mod timeline;

use std::rc::Rc;

use pgparity_core::diff::RenameDecision;
use pgparity_core::history::{History, HistoryOptions, history};
use pgparity_core::snapshot::Snapshot;

use super::shelf::Shelf;
use crate::protocol::{HistoryAnswer, HistoryAsk, LaneRow, Settings, SnapId, Timeline};

/// The history of a shelf.
pub(super) struct Followed {
    snaps: Vec<SnapId>,
    renames: Vec<RenameDecision>,
    history: History,
    timeline: Timeline,
    rows: Vec<LaneRow>,
}

impl Followed {
    /// The history of this shelf under these decisions: the one that is there, or a new one.
    pub(super) fn of<'a>(
        known: &'a mut Option<Followed>,
        shelf: &Shelf,
        settings: &Settings,
    ) -> &'a Followed {
        let (snaps, all): (Vec<SnapId>, Vec<&Rc<Snapshot>>) = shelf.all().unzip();
        let before =
            known.take().filter(|known| known.snaps == snaps && known.renames == settings.renames);
        known.insert(before.unwrap_or_else(|| Followed::new(snaps, &all, &settings.renames)))
    }

    fn new(snaps: Vec<SnapId>, all: &[&Rc<Snapshot>], renames: &[RenameDecision]) -> Followed {
        let all: Vec<&Snapshot> = all.iter().map(AsRef::as_ref).collect();
        let options = HistoryOptions { decisions: renames.to_vec(), ..HistoryOptions::default() };
        let history = history(&all, &options);
        Followed {
            timeline: timeline::timeline(&history, &snaps, &all),
            rows: lanes::rows(&history),
            snaps,
            renames: renames.to_vec(),
            history,
        }
    }

    /// Answers a question about the history.
    pub(super) fn answer(&self, ask: &HistoryAsk) -> HistoryAnswer {
        match ask {
            HistoryAsk::Timeline => HistoryAnswer::Timeline(self.timeline.clone()),
            HistoryAsk::Lanes { filter, find, start, len } => HistoryAnswer::Lanes(lanes::window(
                &self.rows,
                self.history.points.len(),
                filter,
                find.as_ref(),
                (*start, *len),
            )),
            HistoryAsk::Blame { id } => HistoryAnswer::Blame(blame::blame(&self.history, id)),
        }
    }
}

#[cfg(test)]
mod tests;
