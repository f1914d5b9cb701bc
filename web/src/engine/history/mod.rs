//! The snapshots of the shelf as the history of one database: followed once for each shelf and each
//! set of decisions, asked many times.

mod blame;
mod lanes;
mod timeline;

use std::collections::BTreeSet;
use std::rc::Rc;

use pgparity_core::diff::{IgnorePreset, RenameDecision};
use pgparity_core::history::{History, HistoryOptions, history};
use pgparity_core::snapshot::Snapshot;

use super::shelf::Shelf;
use crate::protocol::{HistoryAnswer, HistoryAsk, LaneRow, Settings, SnapId, Timeline};

/// The history of a shelf.
pub(super) struct Followed {
    snaps: Vec<SnapId>,
    renames: Vec<RenameDecision>,
    ignore: BTreeSet<IgnorePreset>,
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
        let before = known.take().filter(|known| known.is_of(shelf, settings));
        known.insert(before.unwrap_or_else(|| Followed::new(snaps, &all, settings)))
    }

    /// Whether it is of this shelf, under these decisions.
    pub(super) fn is_of(&self, shelf: &Shelf, settings: &Settings) -> bool {
        self.renames == settings.renames
            && self.ignore == settings.ignore
            && self.snaps.iter().copied().eq(shelf.all().map(|(id, _)| id))
    }

    fn new(snaps: Vec<SnapId>, all: &[&Rc<Snapshot>], settings: &Settings) -> Followed {
        let all: Vec<&Snapshot> = all.iter().map(AsRef::as_ref).collect();
        let options = HistoryOptions {
            decisions: settings.renames.clone(),
            ignore: settings.ignore.iter().flat_map(|preset| preset.rules()).collect(),
            in_order: false,
        };
        let history = history(&all, &options);
        Followed {
            timeline: timeline::timeline(&history, &snaps, &all),
            rows: lanes::rows(&history),
            snaps,
            renames: settings.renames.clone(),
            ignore: settings.ignore.clone(),
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
