//! Questions about the plan.

use std::collections::BTreeMap;

use pgparity_core::action::{Hazard, LockMode};
use pgparity_core::diff::Note;
use pgparity_core::model::Id;
use pgparity_core::plan::{ChangeRisk, Check, Closed, Mode, Step};
use serde::{Deserialize, Serialize};

/// What can be asked about the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum PlanAsk {
    /// A window of the plan.
    Page {
        /// Which plan, and what of it.
        query: PlanQuery,
        /// Where.
        at: At,
    },
    /// The steps that fall out of the script with one.
    Leaving {
        /// Which plan.
        way: Way,
        /// The step's number.
        number: usize,
    },
    /// Why a step stands where it does.
    Why {
        /// Which plan.
        way: Way,
        /// The step's number.
        number: usize,
    },
    /// The steps that serve one object.
    Serving {
        /// Which.
        id: Id,
    },
}

/// From one side to the other, or back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Way {
    /// From the state that is to the state that should be.
    #[default]
    There,
    /// What takes the script back.
    Back,
}

/// Which plan, and which of its steps are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PlanQuery {
    /// Which plan.
    pub way: Way,
    /// Which steps.
    pub filter: PlanFilter,
}

/// Which steps are shown. It hides and never takes out of the script.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PlanFilter {
    /// A part of the object's name, the command or the SQL, in any case.
    pub text: String,
    /// The words of the command.
    pub verb: Option<String>,
    /// A hazard.
    pub hazard: Option<Hazard>,
    /// A lock.
    pub lock: Option<LockMode>,
}

/// A place in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum At {
    /// A window, counted from 0.
    Window(usize),
    /// The window in which a step is.
    Step(usize),
}

impl Default for At {
    fn default() -> At {
        At::Window(0)
    }
}

impl PlanAsk {
    /// The line that a question waits in.
    pub(super) fn line(&self) -> &'static str {
        match self {
            PlanAsk::Page { .. } => "plan page",
            PlanAsk::Leaving { .. } => "plan leaving",
            PlanAsk::Why { .. } => "plan why",
            PlanAsk::Serving { .. } => "plan serving",
        }
    }
}

/// The answers.
#[allow(clippy::large_enum_variant, reason = "there are few at a time, and none lies in a list")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum PlanAnswer {
    /// To [`PlanAsk::Page`].
    Page(PlanPage),
    /// To [`PlanAsk::Leaving`]: the steps in their order.
    Leaving(Vec<StepName>),
    /// To [`PlanAsk::Why`].
    Why(Path),
    /// To [`PlanAsk::Serving`]: numbers and commands of the steps.
    Serving(Vec<(usize, String)>),
}

/// A step by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StepName {
    /// Its number.
    pub number: usize,
    /// Its key.
    pub key: String,
    /// Its command and object.
    pub title: String,
}

/// Why a step stands where it does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Path {
    /// What it is for, and what it comes after, a sentence each.
    pub reasons: Vec<String>,
    /// The steps that have to run before it, the nearest first, each with the number of the step
    /// that needs it.
    pub before: Vec<(StepName, usize)>,
    /// How many of those there are.
    pub before_all: usize,
    /// Steps that need it.
    pub after: Vec<StepName>,
    /// How many of those there are.
    pub after_all: usize,
}

/// A window of the plan, with what stands above it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlanPage {
    /// Which plan it is of.
    pub way: Way,
    /// How the plan was made.
    pub mode: Mode,
    /// The numbers of the verdict.
    pub tally: Tally,
    /// The plan in one sentence.
    pub verdict: String,
    /// How much it can hurt.
    pub risk: RiskTable,
    /// Hazards that keep steps out of the script, and whether they are allowed.
    pub allowances: Vec<Allowance>,
    /// Queries to run before the plan, the first of them.
    pub checks: Vec<Check>,
    /// How many there are.
    pub checks_all: usize,
    /// Queries to run after the plan: what each looks for. The queries themselves can be long.
    pub post_checks: Vec<String>,
    /// What the plan cannot do, and other things to know, the first of it.
    pub notes: Vec<Note>,
    /// How many there are.
    pub notes_all: usize,
    /// What the script loses for good, the first of it.
    pub losses: Vec<Loss>,
    /// How many there are.
    pub losses_all: usize,
    /// Changes that a script has not made, and that its way back therefore leaves alone.
    pub left_out: usize,
    /// What can be filtered by.
    pub facets: PlanFacets,
    /// How many steps the filter leaves.
    pub shown: usize,
    /// Which window this is, from 0.
    pub window: usize,
    /// How many windows there are.
    pub windows: usize,
    /// The place of the first step here among those that are shown, from 0.
    pub start: usize,
    /// The steps.
    pub steps: Vec<StepView>,
}

/// The risks of a plan, the worst of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RiskTable {
    /// The levels as a sentence.
    pub summary: String,
    /// How long tables are closed, as a sentence.
    pub downtime: String,
    /// The riskiest changes.
    pub changes: Vec<ChangeRisk>,
    /// How many there are.
    pub changes_all: usize,
    /// The tables that are closed longest.
    pub closed: Vec<Closed>,
    /// How many there are.
    pub closed_all: usize,
    /// Why nobody can tell some of the times.
    pub unknown: Vec<String>,
}

/// What no way back restores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Loss {
    /// The step that loses it.
    pub step: StepName,
    /// What cannot come back.
    pub why: String,
}

/// What occurs in a plan, and how often.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PlanFacets {
    /// Commands.
    pub verbs: BTreeMap<String, usize>,
    /// Hazards.
    pub hazards: Vec<(Hazard, usize)>,
    /// Locks.
    pub locks: Vec<(LockMode, usize)>,
}

/// How many steps are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    /// All steps.
    pub steps: usize,
    /// In the script.
    pub included: usize,
    /// Statements of the script: some are several steps in one.
    #[serde(default)]
    pub statements: usize,
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
    /// It stays out, since there is nothing for it to undo.
    pub idle: bool,
    /// How many steps are out of the script only because this one is; when it is in, how many
    /// would be.
    pub takes_along: usize,
    /// The steps to turn on so that this one can run, itself included.
    pub turn_on: Vec<StepName>,
    /// Queries to run before it.
    pub checks: Vec<Check>,
    /// The query to run after the plan that finds what it should have done: the title.
    pub post_check: Option<String>,
}
