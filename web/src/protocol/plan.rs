//! Questions about the plan.

use pgparity_core::action::Hazard;
use pgparity_core::diff::Note;
use pgparity_core::model::Id;
use pgparity_core::plan::{Check, Mode, Step};
use serde::{Deserialize, Serialize};

/// What can be asked about the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum PlanAsk {
    /// A window of the plan.
    Page {
        /// The first step of the window.
        start: usize,
        /// How many at most.
        len: usize,
    },
    /// The steps that serve one object.
    Serving {
        /// Which.
        id: Id,
    },
}

impl PlanAsk {
    /// The line that a question waits in.
    pub(super) fn line(&self) -> &'static str {
        match self {
            PlanAsk::Page { .. } => "plan page",
            PlanAsk::Serving { .. } => "plan serving",
        }
    }
}

/// The answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum PlanAnswer {
    /// To [`PlanAsk::Page`].
    Page(PlanPage),
    /// To [`PlanAsk::Serving`]: numbers and commands of the steps.
    Serving(Vec<(usize, String)>),
}

/// A window of the plan, with what stands above it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlanPage {
    /// How the plan was made.
    pub mode: Mode,
    /// The numbers of the verdict.
    pub tally: Tally,
    /// The plan in one sentence.
    pub verdict: String,
    /// Hazards that keep steps out of the script, and whether they are allowed.
    pub allowances: Vec<Allowance>,
    /// Queries to run before the plan.
    pub checks: Vec<Check>,
    /// What the plan cannot do, and other things to know.
    pub notes: Vec<Note>,
    /// The number of steps before the first one here.
    pub start: usize,
    /// The steps.
    pub steps: Vec<StepView>,
}

/// How many steps are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    /// All steps.
    pub steps: usize,
    /// In the script.
    pub included: usize,
    /// Turned off by hand.
    pub off: usize,
    /// Out until their hazard is allowed.
    pub withheld: usize,
    /// Out because they need a step that is out.
    pub blocked: usize,
    /// In the script and deleting data.
    pub destructive: usize,
    /// In the script and making writers wait.
    pub block_writes: usize,
    /// In the script and outside of any transaction.
    pub alone: usize,
    /// Transactions of the script.
    pub transactions: usize,
    /// Rename candidates without an answer.
    pub undecided: usize,
}

/// A hazard to allow by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Allowance {
    /// Which.
    pub hazard: Hazard,
    /// How many steps have it.
    pub steps: usize,
    /// It is allowed.
    pub allowed: bool,
}

/// One step, and what its switch does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StepView {
    /// The step.
    pub step: Step,
    /// How many steps are out of the script only because this one is; when it is in, how many
    /// would be.
    pub takes_along: usize,
    /// Keys of the steps to turn on so that this one can run, itself included.
    pub turn_on: Vec<String>,
}
