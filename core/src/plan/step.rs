//! What a plan is made of. Plain data: interface, command line and reports show the same value.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::risk::{PlanRisk, StepRisk};
use crate::action::{Hazard, Lock};
use crate::diff::Note;
use crate::model::Id;
use crate::objects::Mode;
use crate::snapshot::Side;

/// Ordered SQL that brings `from` to the state of `to`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Plan {
    /// The version of this form.
    pub version: u32,
    /// The database it changes; the plan is valid for this fingerprint only.
    pub from: Side,
    /// The state it leads to.
    pub to: Side,
    /// How it was made.
    pub mode: Mode,
    /// The steps in the order in which they run; those that do not run are in it too, marked.
    pub steps: Vec<Step>,
    /// How much it can hurt: change by change, and in all.
    #[serde(default)]
    pub risk: PlanRisk,
    /// Queries that show, before the plan runs, why a step would fail.
    pub pre_checks: Vec<Check>,
    /// Queries that show, after the plan has run, what is not as it should be.
    pub post_checks: Vec<PostCheck>,
    /// What lets the script run twice; absent when that was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rerun: Option<Rerun>,
    /// What the plan cannot do, and other things to know.
    pub notes: Vec<Note>,
}

/// The code of the note that tells differences which no statement removes.
pub(super) const NO_STATEMENT: &str = "no_statement";

impl Plan {
    /// True for a plan without a step though something differs.
    pub fn is_unanswered(&self) -> bool {
        self.steps.is_empty() && self.notes.iter().any(|note| note.code == NO_STATEMENT)
    }
}

/// What makes a script leave out what was run before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Rerun {
    /// Statements to run first: functions that live as long as the session.
    pub functions: Vec<String>,
    /// For each transaction the SQL condition under which it is still to be run; one that is not
    /// here changes nothing when it runs again.
    pub conditions: BTreeMap<usize, String>,
}

/// One SQL statement, or a few that are one unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Step {
    /// Its number in the plan, from 1; stable for the same two snapshots, options and decisions.
    pub number: usize,
    /// Names it in a set of steps that somebody turned off; the same whatever is on or off.
    pub key: String,
    /// Which transaction it runs in, from 1; `None` when it must run outside of one.
    pub transaction: Option<usize>,
    /// The number of the first of those steps that the script runs as one statement, so that their table
    /// is written anew once. Absent where a step is a statement of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<usize>,
    /// The words of the command: `CREATE TABLE`, `ALTER TABLE … ADD COLUMN`.
    pub verb: String,
    /// The object it is about.
    pub object: Id,
    /// The statement, without the closing semicolon.
    pub sql: String,
    /// Dangers.
    pub hazards: Vec<HazardNote>,
    /// The strongest lock it takes on an existing relation.
    pub lock: Option<Lock>,
    /// It writes the whole table anew.
    pub rewrites: bool,
    /// It reads the whole table.
    pub scans: bool,
    /// What undoes it, or why nothing does.
    pub reversible: Reversible,
    /// How much it can hurt, and for how long.
    #[serde(default)]
    pub risk: StepRisk,
    /// The changes it serves.
    pub serves: Vec<Id>,
    /// Why it stands here, a sentence each.
    pub reasons: Vec<String>,
    /// Numbers of the steps that must run before it: without them it cannot run.
    pub needs: Vec<usize>,
    /// Steps with the same number here are only right together (the halves of a replacement); it is that
    /// of the first of them. Absent where a step is right alone.
    pub group: Option<usize>,
    /// Whether it is in the script.
    pub state: StepState,
}

impl Step {
    /// True when it has this hazard.
    pub fn has(&self, hazard: Hazard) -> bool {
        self.hazards.iter().any(|note| note.hazard == hazard)
    }

    /// Writers wait for longer than a moment.
    pub fn blocks_writes(&self) -> bool {
        self.has(Hazard::BlocksReads) || self.has(Hazard::BlocksWrites)
    }
}

/// Whether a step is in the script, and why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum StepState {
    /// It is in the script.
    Included,
    /// Its own hazard was not allowed.
    Withheld {
        /// The hazard to allow by name.
        hazard: Hazard,
    },
    /// Somebody turned it off.
    Off,
    /// It needs, or is only right together with, a step that is not in the script.
    Blocked {
        /// That step's number.
        by: usize,
    },
}

/// A hazard of one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HazardNote {
    /// Which.
    pub hazard: Hazard,
    /// What it means for this step.
    pub message: String,
}

impl HazardNote {
    /// What it means for this step, unless the step's lock says just that.
    pub fn beside(&self, lock: Option<&Lock>) -> Option<&str> {
        let told = lock.is_some_and(|lock| lock.effect() == self.message);
        (!told).then_some(self.message.as_str())
    }
}

/// Whether a step can be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "reversible")]
pub enum Reversible {
    /// The reverse plan restores the state in full.
    Yes,
    /// It does not.
    No {
        /// What cannot come back.
        why: String,
    },
}

/// What a step of a plan loses for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// The step's number.
    pub step: usize,
    /// The words of its command.
    pub verb: String,
    /// The object it is about.
    pub object: Id,
    /// What cannot come back.
    pub why: String,
    /// The step is in the script; one that is not loses nothing yet.
    pub included: bool,
}

impl Reversible {
    /// Why there is no way back, as far as the step's hazards do not say it already. They often
    /// do, in the same words.
    pub fn why_not<'a>(&'a self, hazards: &[HazardNote]) -> Option<&'a str> {
        let Reversible::No { why } = self else { return None };
        let rest = hazards.iter().find_map(|note| why.strip_prefix(note.message.as_str()));
        let rest = rest.map_or(why.as_str(), |rest| rest.trim_start_matches("; "));
        (!rest.is_empty()).then_some(rest)
    }
}

/// A query about the rows, to run before the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Check {
    /// The step it protects.
    pub step: usize,
    /// What it looks for: "rows of public.orders without `customer_id`".
    pub title: String,
    /// A SELECT that returns no row when all is well; absent where no query can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sql: Option<String>,
}

/// A query about the catalog, to run after the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PostCheck {
    /// What it looks for: "views that are not as the plan leaves them".
    pub title: String,
    /// A transaction with one SELECT that returns no row when all is well, else the identities that
    /// are not.
    pub sql: String,
}
