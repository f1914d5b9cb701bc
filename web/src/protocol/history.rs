//! Questions about the snapshots of the shelf in their order.

use pgparity_core::model::Id;
use serde::{Deserialize, Serialize};

use super::{SnapId, Status};

/// What can be asked about the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum HistoryAsk {
    /// The snapshots and what happened between them.
    Timeline,
    /// Objects that ever changed: those of a window.
    Lanes {
        /// Which.
        filter: LaneFilter,
        /// An object whose place is wanted.
        find: Option<Id>,
        /// The first row.
        start: usize,
        /// How many.
        len: usize,
    },
    /// Which snapshot brought an object and each of its parts.
    Blame {
        /// The object, or a part of it.
        id: Id,
    },
}

impl HistoryAsk {
    /// The line that a question waits in.
    pub(super) fn line(&self) -> &'static str {
        match self {
            HistoryAsk::Timeline => "history timeline",
            HistoryAsk::Lanes { .. } => "history lanes",
            HistoryAsk::Blame { .. } => "history blame",
        }
    }
}

/// The answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum HistoryAnswer {
    /// To [`HistoryAsk::Timeline`].
    Timeline(Timeline),
    /// To [`HistoryAsk::Lanes`].
    Lanes(Lanes),
    /// To [`HistoryAsk::Blame`]; `None` for what no snapshot holds.
    Blame(Option<Blamed>),
}

/// Which objects the lanes show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LaneFilter {
    /// What the name or the kind contains.
    pub text: String,
    /// The number of a snapshot: only what happened there.
    pub point: Option<usize>,
}

/// The snapshots in their order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Timeline {
    /// Those that have a place, the oldest first.
    pub points: Vec<Moment>,
    /// Those that do not tell when they were taken.
    pub unplaced: Vec<Moment>,
}

/// A snapshot in the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Moment {
    /// Its number on the shelf.
    pub snap: SnapId,
    /// What the person called it.
    pub label: String,
    /// When it was taken, as it says.
    pub captured_at: String,
    /// The server's version.
    pub version: String,
    /// How many objects it holds.
    pub objects: usize,
    /// What happened since the one before; the first has none.
    pub since: Option<Since>,
}

/// What happened from a snapshot to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Since {
    /// Objects that came, went, were changed, were renamed.
    pub tally: [usize; 4],
    /// What was not seen, and what is not known, in sentences.
    pub gaps: Vec<String>,
}

/// Rows of the lanes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Lanes {
    /// How many pass the filter.
    pub total: usize,
    /// How many objects ever changed.
    pub objects: usize,
    /// How many snapshots a lane goes through.
    pub points: usize,
    /// The number of the first row of the window.
    pub start: usize,
    /// The rows of the window.
    pub window: Vec<LaneRow>,
    /// The place of the object that was asked for.
    pub found: Option<usize>,
}

/// One object through all snapshots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct LaneRow {
    /// Which.
    pub id: Id,
    /// Its qualified name.
    pub name: String,
    /// What it is, in words.
    pub kind: String,
    /// What happened, in its order.
    pub marks: Vec<LaneMark>,
}

/// Something that happened to an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LaneMark {
    /// The number of the first snapshot that shows it, from 1.
    pub point: usize,
    /// What happened.
    pub deed: Deed,
    /// Which attributes, or which name before.
    pub what: String,
    /// The snapshot before may be the later one.
    pub order_unknown: bool,
}

/// What can happen to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Deed {
    /// It was there when somebody first looked.
    Seen,
    /// It came.
    Came,
    /// It came back.
    Back,
    /// It was changed.
    Changed,
    /// It got another name.
    Renamed,
    /// It went.
    Went,
}

impl Deed {
    /// The word for people.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Deed::Seen => "there before",
            Deed::Came => "came",
            Deed::Back => "came back",
            Deed::Changed => "changed",
            Deed::Renamed => "renamed",
            Deed::Went => "went",
        }
    }

    /// The status whose sign and colour it has.
    pub(crate) fn status(self) -> Status {
        match self {
            Deed::Seen => Status::Same,
            Deed::Came | Deed::Back => Status::Missing,
            Deed::Changed => Status::Changed,
            Deed::Renamed => Status::Renamed,
            Deed::Went => Status::Extra,
        }
    }
}

/// Who brought an object and its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Blamed {
    /// The object that the parts belong to.
    pub id: Id,
    /// Its qualified name.
    pub title: String,
    /// What it is, in words.
    pub kind: String,
    /// The object, then its parts.
    pub lines: Vec<BlameLine>,
    /// The times of which no snapshot tells, in sentences.
    pub gaps: Vec<String>,
}

/// Who brought one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BlameLine {
    /// Which.
    pub id: Id,
    /// Its own name.
    pub name: String,
    /// What it is, in words.
    pub kind: String,
    /// Who brought it.
    pub brought: LaneMark,
    /// Who last changed it, and in which attributes.
    pub changed: Option<LaneMark>,
    /// Since when it is gone.
    pub gone: Option<LaneMark>,
}
