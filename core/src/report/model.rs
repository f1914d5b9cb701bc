//! The report as data: what the text, the Markdown and the JSON report all show.

use serde::{Deserialize, Serialize};

use crate::action::Lock;
use crate::diff::{AttributeChange, ChangeKind, Ignored, Note, RenameCandidate};
use crate::migrations::Migrations;
use crate::model::Id;
use crate::objects::{Kind, Mode};
use crate::plan::{Check, HazardNote, PlanRisk, Reversible, StepRisk, StepState};
use crate::snapshot::Side;

use super::review::{Excerpt, Review};

/// What stands in [`Report::format`].
pub const FORMAT: &str = "pgparity-report";

/// The version of this form.
pub const VERSION: u32 = 1;

/// A drift, and the plan that ends it, arranged for reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// Always [`FORMAT`].
    pub format: String,
    /// The version of this form, see [`VERSION`].
    pub version: u32,
    /// The program that wrote it, with its version.
    #[serde(default)]
    pub written_by: String,
    /// The database as it is now.
    pub from: Side,
    /// What it should become.
    pub to: Side,
    /// The result in short.
    pub verdict: Verdict,
    /// One row per kind that occurs on either side.
    pub totals: Vec<KindTotal>,
    /// What differs, schema by schema; first what belongs to no schema.
    pub schemas: Vec<SchemaReport>,
    /// Pairs that may be renames; nothing is one until somebody decides.
    pub rename_candidates: Vec<RenameCandidate>,
    /// How many differences each ignore rule hid.
    pub ignored: Vec<Ignored>,
    /// What the comparison did not look at, and other things to know.
    pub notes: Vec<Note>,
    /// What the histories of migrations tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub migrations: Option<Migrations>,
    /// The plan, where one was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanReport>,
    /// The filters that were in force where it was made, if there were any to set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Excerpt>,
    /// What reviewers left, if it comes from a review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
}

impl Report {
    /// What the histories of migrations tell, in sentences.
    pub(super) fn migration_notes(&self) -> &[Note] {
        self.migrations.as_ref().map_or(&[], |migrations| &migrations.statements)
    }
}

/// The result of a comparison in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Verdict {
    /// True when something differs.
    pub drift: bool,
    /// How many objects exist only in `to`.
    pub missing: usize,
    /// How many exist only in `from`.
    pub extra: usize,
    /// How many exist on both sides and differ.
    pub changed: usize,
    /// How many renames were confirmed.
    pub renamed: usize,
    /// How many differences the ignore rules hid.
    pub ignored: usize,
    /// The sentence for a person.
    pub summary: String,
}

/// What was compared of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KindTotal {
    /// The kind.
    pub kind: Kind,
    /// How many `from` has.
    pub from: usize,
    /// How many `to` has.
    pub to: usize,
    /// Equal on both sides.
    pub same: usize,
    /// Only in `to`.
    pub missing: usize,
    /// Only in `from`.
    pub extra: usize,
    /// On both sides, different.
    pub changed: usize,
    /// Confirmed renames.
    pub renamed: usize,
}

impl KindTotal {
    /// The figures in the order of the tables: from, to, same, missing, extra, changed, renamed.
    pub(super) fn figures(&self) -> [usize; 7] {
        [self.from, self.to, self.same, self.missing, self.extra, self.changed, self.renamed]
    }
}

/// What a reader finds about an object, seen from the database as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// It exists only in `to`.
    Missing,
    /// It exists only in `from`.
    Extra,
    /// It exists on both sides and differs.
    Changed,
    /// Somebody confirmed that it has another name in `to`.
    Renamed,
}

impl From<ChangeKind> for Finding {
    fn from(change: ChangeKind) -> Finding {
        match change {
            ChangeKind::Create => Finding::Missing,
            ChangeKind::Drop => Finding::Extra,
            ChangeKind::Alter => Finding::Changed,
            ChangeKind::Rename => Finding::Renamed,
        }
    }
}

/// What differs in one schema.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SchemaReport {
    /// The schema; `None` for what belongs to none: extensions and the like.
    pub schema: Option<String>,
    /// The objects with differences, of their own or of their parts, ordered by kind and name.
    pub objects: Vec<ObjectReport>,
}

/// One object with everything that differs in it and in what belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ObjectReport {
    /// The object.
    pub id: Id,
    /// The name of its kind.
    pub kind: String,
    /// Its qualified name, quoted as SQL spells it.
    pub name: String,
    /// The difference of the object itself; `None` when only its parts differ.
    pub own: Option<Entry>,
    /// Its columns, constraints, indexes, triggers and policies, by finding and kind.
    pub parts: Vec<PartsReport>,
}

/// Parts of one kind with the same finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PartsReport {
    /// What was found.
    pub finding: Finding,
    /// The kind of the parts.
    pub kind: Kind,
    /// Every one of them.
    pub entries: Vec<Entry>,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Entry {
    /// What was found.
    pub finding: Finding,
    /// The object: its identity in `to`, or in `from` when it is extra.
    pub id: Id,
    /// Its own name, without schema and quotes.
    pub name: String,
    /// Its identity in `from` where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_id: Option<Id>,
    /// Attribute by attribute what differs, with both values in full.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeChange>,
}

/// The plan, arranged for reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlanReport {
    /// How it was made.
    pub mode: Mode,
    /// The plan in short.
    pub verdict: PlanVerdict,
    /// How much it can hurt: change by change, and in all.
    #[serde(default)]
    pub risk: PlanRisk,
    /// The steps in their order; those that are not in the script are marked.
    pub steps: Vec<StepReport>,
    /// Queries to run before the plan.
    pub pre_checks: Vec<Check>,
    /// What the plan cannot do, and other things to know.
    pub notes: Vec<Note>,
}

/// A plan in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlanVerdict {
    /// All statements.
    pub statements: usize,
    /// Those in the script.
    pub included: usize,
    /// Those that are not.
    pub withheld: usize,
    /// Those that lose data, in the script or not.
    pub destructive: usize,
    /// Those that lose data and are not in the script.
    pub destructive_withheld: usize,
    /// Those in the script that make writers wait for long.
    pub block_writes: usize,
    /// Those in the script that run outside of a transaction.
    pub outside_transaction: usize,
    /// The sentence for a person.
    pub summary: String,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepReport {
    /// Its number in the plan.
    pub number: usize,
    /// The words of the command.
    pub verb: String,
    /// The object it is about.
    pub object: Id,
    /// The statement, without the closing semicolon.
    pub sql: String,
    /// Which transaction it runs in; `None` outside of one.
    pub transaction: Option<usize>,
    /// The strongest lock it takes on an existing relation.
    pub lock: Option<Lock>,
    /// The lock in words: whom it makes wait, where and how long.
    pub lock_in_words: Option<String>,
    /// Dangers.
    pub hazards: Vec<HazardNote>,
    /// What undoes it, or why nothing does.
    pub reversible: Reversible,
    /// How much it can hurt, and for how long.
    #[serde(default)]
    pub risk: StepRisk,
    /// Whether it is in the script.
    pub state: StepState,
    /// Why it is not in the script; `None` when it is.
    pub withheld_because: Option<String>,
}
