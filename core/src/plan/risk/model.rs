//! The risks of a plan as data.

use serde::{Deserialize, Serialize};

use super::time::TimeRange;
use crate::action::{Hazard, LockMode, RiskLevel};
use crate::model::Id;

/// What one step can do to those who use the database meanwhile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepRisk {
    /// How much it can hurt.
    pub level: RiskLevel,
    /// What it does with rows.
    pub work: Work,
    /// How long the statement takes, without waiting for its lock.
    pub takes: TimeRange,
    /// How long its lock is held: to the end of its transaction. Absent without a lock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<TimeRange>,
    /// Whether what it does can be taken back.
    pub way_back: WayBack,
    /// The relations that exist before the plan and that it locks, reads or writes; first the one of the
    /// step's lock.
    pub concerned: Vec<Concerned>,
}

/// A relation that a step is about, by the statistics of *from*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Concerned {
    /// Which.
    pub relation: Id,
    /// Its rows, with those of its partitions, as the last ANALYZE estimated; `None`: unknown.
    pub rows: Option<u64>,
    /// Its bytes, with those of its partitions, without indexes; `None`: unknown.
    pub bytes: Option<u64>,
    /// The bytes of its indexes; `None`: unknown.
    pub index_bytes: Option<u64>,
}

/// What a statement does with rows, least first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Nothing: it changes the catalog only.
    #[default]
    Catalog,
    /// It reads all of them.
    Scan,
    /// It reads all of them and builds an index.
    IndexBuild,
    /// It writes all of them, and the indexes, anew.
    Rewrite,
    /// It runs a query, or an extension's script, that no snapshot tells the time of.
    Query,
}

impl Work {
    /// The words for it, behind "work:".
    pub fn words(self) -> &'static str {
        match self {
            Work::Catalog => "catalog only",
            Work::Scan => "reads all rows",
            Work::IndexBuild => "builds an index",
            Work::Rewrite => "rewrites all rows",
            Work::Query => "runs a query",
        }
    }
}

/// Whether what a step does can be taken back, best first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WayBack {
    /// The reverse plan restores all of it.
    #[default]
    Full,
    /// The reverse plan restores the definition, and not the rows or values.
    Lossy,
    /// No statement takes it back.
    Never,
}

impl WayBack {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            WayBack::Full => "yes",
            WayBack::Lossy => "without the data",
            WayBack::Never => "no",
        }
    }
}

/// The risks of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlanRisk {
    /// The highest of what is in the script.
    pub level: RiskLevel,
    /// How many changes with steps in the script there are of each level.
    pub in_script: LevelCounts,
    /// How many changes there are of each level of which no step is in the script.
    pub left_out: LevelCounts,
    /// A row for each change, the riskiest first.
    pub changes: Vec<ChangeRisk>,
    /// How long relations are closed.
    pub downtime: Downtime,
    /// The level and the counts as a sentence.
    pub summary: String,
}

/// How many there are of each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelCounts {
    /// Of high risk.
    pub high: usize,
    /// Of medium risk.
    pub medium: usize,
    /// Of low risk.
    pub low: usize,
}

/// The row of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangeRisk {
    /// The object that differs.
    pub object: Id,
    /// The numbers of the steps that serve it.
    pub steps: Vec<usize>,
    /// Whether they are in the script.
    pub in_script: InScript,
    /// The highest risk of its steps.
    pub level: RiskLevel,
    /// Their hazards, without repetition, the worst first.
    pub hazards: Vec<Hazard>,
    /// The strongest lock on a relation that exists before the plan; the one that is held longest among
    /// equals.
    pub lock: Option<HeldLock>,
    /// The hardest work.
    pub work: Work,
    /// How long its statements take together.
    pub takes: TimeRange,
    /// Whether it can be taken back.
    pub way_back: WayBack,
    /// Rows in the relations that it locks, reads or writes; `None`: unknown.
    pub rows: Option<u64>,
    /// Bytes in those relations, without indexes; `None`: unknown.
    pub bytes: Option<u64>,
}

/// Whether the steps of a change are in the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum InScript {
    /// All of them.
    Yes,
    /// Some of them.
    Partly,
    /// None of them.
    No,
}

/// A lock, and for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HeldLock {
    /// Its mode.
    pub mode: LockMode,
    /// On what.
    pub on: Id,
    /// How long, to the end of its transaction. Of a step that is not in the script: as long as the
    /// statement takes.
    pub held: TimeRange,
}

impl HeldLock {
    /// Who waits meanwhile.
    pub fn waiting(&self) -> &'static str {
        if self.mode.blocks_reads() {
            "readers and writers wait"
        } else if self.mode.blocks_writes() {
            "writers wait"
        } else {
            "nobody waits"
        }
    }
}

/// How long the script keeps relations closed that exist before it, without the time it waits for locks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Downtime {
    /// How long at least one relation is closed to readers, in all.
    pub readers: TimeRange,
    /// How long at least one relation is closed to writers, in all.
    pub writers: TimeRange,
    /// How long the script runs.
    pub script: TimeRange,
    /// Each relation that is closed, the one that is closed longest first.
    pub relations: Vec<Closed>,
    /// Why the times have no upper end, where they have none.
    pub unknown: Vec<String>,
    /// The same as a sentence.
    pub summary: String,
}

/// A relation that is closed for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Closed {
    /// Which.
    pub relation: Id,
    /// How long readers wait in all.
    pub readers: TimeRange,
    /// How long writers wait in all.
    pub writers: TimeRange,
    /// Its rows; `None`: unknown.
    pub rows: Option<u64>,
    /// Its bytes, without indexes; `None`: unknown.
    pub bytes: Option<u64>,
}
