//! The messages between the page and the worker, a file for each family of questions.
//!
//! The page holds view state and decisions and sends both with every question; the worker holds
//! the snapshots and answers with the rows that are shown. No snapshot ever crosses the border
//! back.

mod compare;
mod detail;
mod explore;
mod export;
mod history;
mod matrix;
mod plan;
mod shelf;
mod stage;
mod status;
mod tree;

use std::collections::BTreeSet;

use pgparity_core::action::Hazard;
use pgparity_core::diff::{IgnorePreset, RenameDecision};
use pgparity_core::plan::Mode;
use serde::{Deserialize, Serialize};

pub(crate) use compare::{
    Candidate, CompareAnswer, CompareAsk, Facet, Found, Hit, Overview, Progress, Rule, Unmodelled,
};
pub(crate) use detail::{
    Detail, DetailAnswer, DetailAsk, DiffLine, DiffRow, DiffSpan, LineKind, Link, Part, Property,
    TextDiff,
};
pub(crate) use explore::{
    Area, Card, CardLine, Columns, Diagram, ExploreAnswer, ExploreAsk, ExploreQuery, ListRow,
    Listed, Listing, MOST_HOPS, Pins, Portrait, Wire,
};
pub(crate) use export::{ExportAnswer, ExportAsk, Format, Subject, Taken};
pub(crate) use history::{
    BlameLine, Blamed, Deed, HistoryAnswer, HistoryAsk, LaneFilter, LaneMark, LaneRow, Lanes,
    Moment, Since, Timeline,
};
pub(crate) use matrix::{
    MatrixAnswer, MatrixAsk, MatrixColumn, MatrixPage, MatrixQuery, MatrixRow, Sort,
};
pub(crate) use plan::{
    Allowance, At, Loss, Path, PlanAnswer, PlanAsk, PlanFacets, PlanFilter, PlanPage, PlanQuery,
    RiskTable, StepName, StepView, Tally, Way,
};
pub(crate) use shelf::{
    Lay, Refusal, ShelfAnswer, ShelfAsk, Shelved, Sides, Slot, SnapId, unique_names,
};
pub(crate) use stage::Stage;
pub(crate) use status::{Counts, Status};
pub(crate) use tree::{
    Alone, Around, Danger, Filter, Piece, Risk, Row, Rows, Stop, TreeQuery, View,
};

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
    /// Sorts of differences that are left out of the comparison and of the plan.
    pub ignore: BTreeSet<IgnorePreset>,
    /// Hazards that are allowed by name.
    pub allow: BTreeSet<Hazard>,
    /// Keys of the steps that are turned off.
    pub off: BTreeSet<String>,
    /// Keys of the steps of the way back that are turned off.
    pub back_off: BTreeSet<String>,
    /// The script must be able to run again.
    pub idempotent: bool,
    /// How many milliseconds a step may wait for its lock, 0 for ever; `None` leaves it to the plan.
    pub lock_timeout: Option<u32>,
    /// The way of planning; `None` leaves it to the statistics.
    pub mode: Option<Mode>,
}

/// What the page can ask, by family.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Ask {
    /// The snapshots and their sides.
    Shelf(ShelfAsk),
    /// The comparison.
    Compare(CompareAsk),
    /// One object.
    Detail(DetailAsk),
    /// The plan.
    Plan(PlanAsk),
    /// The snapshots in their order.
    History(HistoryAsk),
    /// Documents.
    Export(ExportAsk),
    /// All snapshots at once.
    Matrix(MatrixAsk),
    /// How objects hang together.
    Explore(ExploreAsk),
}

impl Ask {
    /// The line that a question waits in: a newer one of the same line makes it superfluous.
    /// `None` for what must never be dropped.
    pub(crate) fn line(&self) -> Option<&'static str> {
        match self {
            Ask::Shelf(_) | Ask::Export(_) => None,
            Ask::Compare(ask) => Some(ask.line()),
            Ask::Detail(ask) => Some(ask.line()),
            Ask::Plan(ask) => Some(ask.line()),
            Ask::Matrix(ask) => Some(ask.line()),
            Ask::History(ask) => Some(ask.line()),
            Ask::Explore(ask) => ask.line(),
        }
    }
}

/// An answer of the worker, by family.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Response {
    /// To [`Ask::Shelf`].
    Shelf(ShelfAnswer),
    /// To [`Ask::Compare`].
    Compare(CompareAnswer),
    /// To [`Ask::Detail`].
    Detail(DetailAnswer),
    /// To [`Ask::Plan`].
    Plan(PlanAnswer),
    /// To [`Ask::History`].
    History(HistoryAnswer),
    /// To [`Ask::Export`].
    Export(ExportAnswer),
    /// To [`Ask::Matrix`].
    Matrix(MatrixAnswer),
    /// To [`Ask::Explore`].
    Explore(ExploreAnswer),
    /// A newer question made this one superfluous.
    Superseded,
    /// There is no answer, and this is why.
    Nothing(String),
}

macro_rules! families {
    ($($family:ident: $ask:ident, $answer:ident;)+) => {
        $(
            impl From<$ask> for Ask {
                fn from(ask: $ask) -> Ask {
                    Ask::$family(ask)
                }
            }

            impl From<$answer> for Response {
                fn from(answer: $answer) -> Response {
                    Response::$family(answer)
                }
            }
        )+
    };
}

families! {
    Shelf: ShelfAsk, ShelfAnswer;
    Compare: CompareAsk, CompareAnswer;
    Detail: DetailAsk, DetailAnswer;
    Plan: PlanAsk, PlanAnswer;
    History: HistoryAsk, HistoryAnswer;
    Export: ExportAsk, ExportAnswer;
    Matrix: MatrixAsk, MatrixAnswer;
    Explore: ExploreAsk, ExploreAnswer;
}
