//! The messages between the page and the worker.
//!
//! The page holds view state and decisions and sends both with every question; the worker holds
//! the snapshots and answers with the rows that are shown. No snapshot ever crosses the border
//! back.

mod compare;
mod detail;
mod plan;

use std::collections::BTreeSet;

use pgparity_core::action::Hazard;
use pgparity_core::diff::RenameDecision;
use pgparity_core::model::Id;
use pgparity_core::plan::Mode;
use pgparity_core::snapshot::Side;
use serde::{Deserialize, Serialize};

pub(crate) use compare::{
    Candidate, Counts, Facet, Filter, Overview, Piece, Row, Rows, Status, TreeQuery, Unmodelled,
};
pub(crate) use detail::{
    Detail, DiffLine, DiffRow, DiffSpan, LineKind, Link, Part, Property, TextDiff,
};
pub(crate) use plan::{Allowance, Format, PlanPage, StepView, Tally};

/// One message to the worker; a file's bytes travel beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Request {
    /// The decisions that hold for the answer.
    pub settings: Settings,
    /// What is asked.
    pub ask: Ask,
}

/// What a person decided: it changes the drift or the plan, not the view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// Answers to rename candidates.
    pub renames: Vec<RenameDecision>,
    /// Hazards that are allowed by name.
    pub allow: BTreeSet<Hazard>,
    /// Keys of the steps that are turned off.
    pub off: BTreeSet<String>,
    /// The way of planning; `None` leaves it to the statistics.
    pub mode: Option<Mode>,
}

/// What the page can ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Ask {
    /// Read a snapshot and put it on a side, or on the side that is free.
    Open {
        /// The side, when the person named one.
        slot: Option<Slot>,
        /// The file's name, for messages.
        name: String,
    },
    /// Put the two sample snapshots on both sides.
    Sample,
    /// Exchange the sides.
    Swap,
    /// Forget the snapshot of one side.
    Close {
        /// Which.
        slot: Slot,
    },
    /// The counts and all that stands around the tree.
    Overview,
    /// A window of the tree.
    Rows {
        /// Which rows there are.
        query: TreeQuery,
        /// The first row of the window.
        start: usize,
        /// How many at most.
        len: usize,
    },
    /// One object in full.
    Detail {
        /// Which.
        id: Id,
    },
    /// The steps that serve one object.
    Serving {
        /// Which.
        id: Id,
    },
    /// A window of the plan.
    Plan {
        /// The first step of the window.
        start: usize,
        /// How many at most.
        len: usize,
    },
    /// A whole document to copy or to download.
    Export {
        /// Which.
        format: Format,
    },
}

impl Ask {
    /// The line that a question waits in: a newer one of the same line makes it superfluous.
    /// `None` for what must never be dropped.
    pub(crate) fn line(&self) -> Option<u8> {
        match self {
            Ask::Open { .. } | Ask::Sample | Ask::Swap | Ask::Close { .. } | Ask::Export { .. } => {
                None
            }
            Ask::Overview => Some(0),
            Ask::Rows { .. } => Some(1),
            Ask::Detail { .. } => Some(2),
            Ask::Serving { .. } => Some(3),
            Ask::Plan { .. } => Some(4),
        }
    }
}

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Slot {
    /// The database as it is.
    From,
    /// The desired state.
    To,
}

/// An answer of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Response {
    /// Who is on which side now.
    Sides(Sides),
    /// A file that could not be read; the sides are as they were.
    Refused(Refusal),
    /// To [`Ask::Overview`].
    Overview(Overview),
    /// To [`Ask::Rows`].
    Rows(Rows),
    /// To [`Ask::Detail`].
    Detail(Box<Detail>),
    /// To [`Ask::Serving`]: numbers and commands of the steps.
    Serving(Vec<(usize, String)>),
    /// To [`Ask::Plan`].
    Plan(PlanPage),
    /// To [`Ask::Export`].
    Text(String),
    /// A newer question made this one superfluous.
    Superseded,
    /// There is no answer, and this is why.
    Nothing(String),
}

/// Who is on which side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sides {
    /// The database as it is.
    pub from: Option<Side>,
    /// The desired state.
    pub to: Option<Side>,
    /// The sides were guessed by capture time, and nobody has swapped or named them since.
    pub guessed: bool,
    /// What a person should know before reading on: the order in time, the versions.
    pub notices: Vec<String>,
}

impl Sides {
    /// True when there is something to compare.
    pub(crate) fn complete(&self) -> bool {
        self.from.is_some() && self.to.is_some()
    }
}

/// A file that is no snapshot we can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refusal {
    /// The file's name.
    pub file: String,
    /// What is wrong and where.
    pub problem: String,
    /// What to do.
    pub fix: String,
}
