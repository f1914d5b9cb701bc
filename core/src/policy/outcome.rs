//! What a check found: an outcome for each rule, as data.

use serde::Serialize;
use serde_json::Value;

use super::{Date, Place, Severity};
use crate::diff::Note;
use crate::objects::Kind;
use crate::snapshot::Side;

/// What `format` says.
pub const CHECK_FORMAT: &str = "pgparity-check";
/// The version of the form that this release writes.
pub const CHECK_VERSION: u32 = 1;

/// A snapshot held against a policy.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckReport {
    /// [`CHECK_FORMAT`].
    pub format: String,
    /// [`CHECK_VERSION`].
    pub version: u32,
    /// The release that wrote it.
    pub written_by: String,
    /// The policy's file, as it was named.
    pub policy: String,
    /// The environment whose rules were added, where one was named.
    pub environment: Option<String>,
    /// The day by which waivers were judged.
    pub date: Date,
    /// What was checked.
    pub snapshot: Side,
    /// What it was compared with, where it was.
    pub against: Option<Side>,
    /// The result in short.
    pub verdict: CheckVerdict,
    /// Every rule with its outcome, in the order of the policy.
    pub rules: Vec<RuleOutcome>,
    /// What a reader must know besides.
    pub notes: Vec<Note>,
}

impl CheckReport {
    /// Puts lines of the policy's file to the rules; the core does not know the file.
    pub fn locate(&mut self, line: impl Fn(&Place) -> Option<usize>) {
        for rule in &mut self.rules {
            rule.line = line(&rule.place);
        }
    }

    /// Every violation with its rule.
    pub(super) fn violations(&self) -> impl Iterator<Item = (&RuleOutcome, &Violation)> {
        self.rules.iter().flat_map(|rule| rule.violations.iter().map(move |found| (rule, found)))
    }
}

/// The result in short.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckVerdict {
    /// True when there is no error.
    pub passed: bool,
    /// Violations that make the check fail.
    pub errors: usize,
    /// Violations that do not.
    pub warnings: usize,
    /// Violations that a waiver covers.
    pub waived: usize,
    /// Differences that ignore rules left out.
    pub ignored: usize,
    /// How many rules there are of each status.
    pub rules: Counts,
    /// The same as a sentence.
    pub summary: String,
}

/// How many rules there are of each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Counts {
    /// Nothing is wrong.
    pub passed: usize,
    /// At least one error.
    pub failed: usize,
    /// Warnings only.
    pub warning: usize,
    /// What is wrong is waived.
    pub waived: usize,
    /// What is wrong was waived until a day that has passed.
    pub waiver_expired: usize,
    /// An ignore rule or waiver without anything to ignore or waive.
    pub matched_nothing: usize,
}

/// A rule and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuleOutcome {
    /// What the rule is about.
    pub section: Section,
    /// Where it stands in the policy: `require[2]`.
    #[cfg_attr(test, schemars(with = "String"))]
    pub place: Place,
    /// Its line in the policy's file.
    pub line: Option<usize>,
    /// The kind of its objects, where it names one.
    pub kind: Option<Kind>,
    /// The migration tool whose history it is about, where it is about one.
    pub tool: Option<String>,
    /// The names of its objects, as the rule spells them.
    pub identity: String,
    /// The rule in words.
    pub title: String,
    /// Why it is there, where the policy says so.
    pub reason: Option<String>,
    /// What came of it.
    pub status: Status,
    /// How many objects, differences or violations it matched.
    pub matched: usize,
    /// What is wrong.
    pub violations: Vec<Violation>,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// It must be there.
    Required,
    /// It may be there.
    Optional,
    /// It must not be there.
    Forbidden,
    /// It must not differ.
    Drift,
    /// What a history of migrations says.
    Migrations,
    /// It may differ.
    Ignored,
    /// Somebody answers for it.
    Waiver,
}

impl Section {
    /// Every section.
    pub const ALL: [Section; 7] = [
        Section::Required,
        Section::Optional,
        Section::Forbidden,
        Section::Drift,
        Section::Migrations,
        Section::Ignored,
        Section::Waiver,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Section::Required => "required",
            Section::Optional => "optional",
            Section::Forbidden => "forbidden",
            Section::Drift => "drift",
            Section::Migrations => "migrations",
            Section::Ignored => "ignored",
            Section::Waiver => "waiver",
        }
    }
}

/// What came of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing is wrong.
    Passed,
    /// At least one error.
    Failed,
    /// Warnings only.
    Warning,
    /// What is wrong is waived.
    Waived,
    /// What is wrong was waived until a day that has passed.
    WaiverExpired,
    /// An ignore rule or waiver without anything to ignore or waive.
    MatchedNothing,
}

impl Status {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Status::Passed => "passed",
            Status::Failed => "failed",
            Status::Warning => "warning",
            Status::Waived => "waived",
            Status::WaiverExpired => "waiver expired",
            Status::MatchedNothing => "matched nothing",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Violation {
    /// What is wrong.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// Whether it counts.
    pub state: State,
    /// The kind of the object.
    pub kind: Option<Kind>,
    /// The qualified name of the object as SQL spells it, or the glob that nothing matched.
    pub name: String,
    /// The attribute, as the snapshot names it.
    pub attribute: Option<String>,
    /// The value that is expected; of drift, that of the other snapshot.
    pub expected: Option<Value>,
    /// The value that was found.
    pub found: Option<Value>,
    /// The sentence for people.
    pub message: String,
    /// The waiver that covers it, or did until its day had passed.
    pub waiver: Option<WaivedBy>,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// It is not there.
    Missing,
    /// It is there and not as expected.
    Mismatch,
    /// It is there and must not be.
    Forbidden,
    /// It differs from the other snapshot.
    Drift,
    /// Migrations of the folder, or of the other snapshot, are not applied.
    PendingMigrations,
    /// The history of migrations ends at several places.
    SeveralHeads,
    /// A migration failed.
    FailedMigration,
    /// A migration began and did not end, or the tool's lock is held.
    UnfinishedMigration,
    /// The day of a waiver has passed.
    ExpiredWaiver,
}

impl Code {
    /// Every code.
    pub const ALL: [Code; 9] = [
        Code::Missing,
        Code::Mismatch,
        Code::Forbidden,
        Code::Drift,
        Code::PendingMigrations,
        Code::SeveralHeads,
        Code::FailedMigration,
        Code::UnfinishedMigration,
        Code::ExpiredWaiver,
    ];

    /// The name, as it stands in reports for machines.
    pub fn name(self) -> &'static str {
        match self {
            Code::Missing => "missing",
            Code::Mismatch => "mismatch",
            Code::Forbidden => "forbidden",
            Code::Drift => "drift",
            Code::PendingMigrations => "pending-migrations",
            Code::SeveralHeads => "several-heads",
            Code::FailedMigration => "failed-migration",
            Code::UnfinishedMigration => "unfinished-migration",
            Code::ExpiredWaiver => "expired-waiver",
        }
    }

    /// What it means, as a sentence.
    pub fn means(self) -> &'static str {
        match self {
            Code::Missing => "The policy asks for an object that the database lacks.",
            Code::Mismatch => "An object is not as the policy expects it.",
            Code::Forbidden => "The database has an object that the policy forbids.",
            Code::Drift => "The database differs from the snapshot that it should equal.",
            Code::PendingMigrations => "Migrations that should be applied are not.",
            Code::SeveralHeads => "The history of migrations ends at several heads.",
            Code::FailedMigration => "A migration failed.",
            Code::UnfinishedMigration => "A migration began and did not end.",
            Code::ExpiredWaiver => "The last day of a waiver has passed.",
        }
    }
}

/// Whether a violation counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It counts.
    Open,
    /// It does not: somebody answers for it.
    Waived,
    /// It does again.
    WaiverExpired,
}

/// Who answers for a violation, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WaivedBy {
    /// Who.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// The last day.
    pub expires: Date,
    /// Where the waiver stands in the policy.
    #[cfg_attr(test, schemars(with = "String"))]
    pub place: Place,
}
