//! The plan: ordered SQL that brings one database to the state of another.
//!
//! The way through this module: `build` turns changes into actions, replacing what must be
//! replaced; `bodies` reads what no catalog knows; `graph` orders them by facts; `joined` makes
//! one statement of what rewrites one table; `withhold` decides what stays out; `assemble` makes
//! numbered steps in transactions; `risk` tells how much they can hurt; `script` writes SQL.

mod assemble;
mod bodies;
mod build;
mod check_script;
mod checks;
mod closure;
mod column_work;
mod copy;
mod event_triggers;
mod filling;
mod goal;
mod graph;
mod index;
mod joined;
mod parts;
mod parts_gone;
mod renames;
mod rerun;
mod risk;
mod rows_elsewhere;
mod script;
mod step;
mod unmet;
mod withhold;

use std::collections::{BTreeMap, BTreeSet};

pub use check_script::{post_check_script, pre_check_script};
pub(crate) use risk::bytes_in_words;
pub use risk::{
    ChangeRisk, Closed, Concerned, Downtime, FASTEST, HeldLock, InScript, LevelCounts, PlanRisk,
    SLOWEST, STATEMENT_MS, Speed, StepRisk, TimeRange, WayBack, Work,
};
#[cfg(test)]
pub(crate) use risk::{rate, risk as risks};
pub use script::{ScriptOptions, script, script_with};
pub use step::{Check, HazardNote, Loss, Plan, PostCheck, Rerun, Reversible, Step, StepState};

pub use crate::objects::Mode;

use crate::action::{Hazard, Verb};
use crate::diff::{
    ChangeKind, DiffOptions, Drift, Note, Originals, RenameDecision, diff, harmonized,
};
use crate::model::Id;
use crate::objects::attached_again::Told;
use crate::objects::{Earlier, Kind, Known, Situation, attached_again, not_null_names};
use crate::snapshot::Snapshot;

/// The version of the plan's form.
pub const PLAN_VERSION: u32 = 1;

/// How to plan.
#[derive(Clone, Debug, Default)]
pub struct PlanOptions {
    /// The way of planning; `None`: online for relations that statistics call large.
    pub mode: Option<Mode>,
    /// Hazards that somebody allowed by name.
    pub allow: BTreeSet<Hazard>,
    /// Keys of steps that somebody turned off.
    pub off: BTreeSet<String>,
    /// The script must be able to run twice.
    pub idempotent: bool,
}

/// The plan for a drift between two snapshots.
pub fn plan(from: &Snapshot, to: &Snapshot, drift: &Drift, options: &PlanOptions) -> Plan {
    let (renames, wanted) = (drift.renames(), to);
    let renamed = crate::diff::after_renames(from, &renames);
    let (left, right) = harmonized(&renamed, to);
    // From 18 on a NOT NULL is a constraint with a name.
    let named = (from.source.server_version_num >= 180_000)
        .then(|| not_null_names::with_names_spelled_out(&left.objects, &right.objects))
        .flatten();
    let to = named.as_ref().unwrap_or(&right.objects);
    let named_not_null =
        [from, wanted].iter().all(|snapshot| snapshot.source.server_version_num >= 180_000);
    let again = attached_again::attached_again(&left.objects, to, &told(drift, named_not_null));
    let (no_sizes, nothing_kept) = (BTreeMap::new(), BTreeSet::new());
    let created: BTreeSet<Id> = drift.of_kind(ChangeKind::Create).cloned().collect();
    let earlier = (!renames.is_empty()).then(|| Originals::new(&renames));
    let sizes = if left.statistics.is_empty() { &no_sizes } else { &left.statistics };
    let known = Known::default();
    let situation = Situation {
        from: &left.objects,
        to,
        sizes,
        server: from.source.server_version_num,
        rerun: options.idempotent,
        mode: options.mode,
        kept: &nothing_kept,
        again: Some(&again),
        named_not_null,
        earlier: earlier.as_ref().map(|names| names as &dyn Earlier),
        created: Some(&created),
        known: Some(&known),
    };
    let (built, mut graph) = without_circles(&situation, drift, &renames);
    joined::bring_together(&built.actions, &mut graph);
    let states = withhold::states(&built.actions, &graph, options);
    assemble::assemble(&situation, drift, options, built, &graph, &states)
}

/// The columns of which a drift tells something that partitions may have to be detached for.
fn told(drift: &Drift, named_not_null: bool) -> Vec<Told<'_>> {
    let columns = drift.changes.iter().filter(|change| change.kind == Kind::Column);
    let told = columns.filter_map(|change| {
        let has = |names: &[&str]| change.attributes.iter().any(|a| names.contains(&&*a.name));
        Some(Told {
            table: change.parent.as_ref()?,
            name: &change.name,
            id: &change.id,
            not_null: named_not_null && has(&not_null_names::ATTRIBUTES),
            generated: has(&["generated"]),
            retyped: named_not_null && has(&["type", "collation"]),
        })
    });
    told.collect()
}

/// Actions and their order. Where changes in place need each other in a circle, such as that of a view
/// that a new partition is to be in and the old one to be out of, what holds no rows of its own is
/// dropped first and created last instead.
fn without_circles(
    situation: &Situation<'_>,
    drift: &Drift,
    renames: &[RenameDecision],
) -> (build::Built, graph::Graph) {
    let mut anew = BTreeSet::new();
    loop {
        let built = build::build(situation, drift, renames, &anew);
        let graph = graph::Graph::new(&built.actions, &built.better);
        let places = graph.cycles.iter().flatten();
        let altered = places
            .map(|at| &built.actions[*at].action)
            .filter(|action| action.verb == Verb::Alter && holds_nothing(&action.object))
            .map(|action| action.object.clone())
            .filter(|id| situation.from.find(id).is_some());
        let known = anew.len();
        anew.extend(altered);
        if anew.len() == known {
            return (built, graph);
        }
    }
}

/// An object that is nothing but its definition, quick to make anew.
fn holds_nothing(id: &Id) -> bool {
    const KINDS: [&str; 7] =
        ["view", "function", "procedure", "aggregate", "trigger", "rule", "policy"];
    KINDS.contains(&id.kind())
}

/// The way back: the plan from `to` to `from`, with a note for everything that does not come back.
/// `comparing` is what the way forward was compared with: its decisions, and its rules.
pub fn reverse(
    from: &Snapshot,
    to: &Snapshot,
    comparing: &DiffOptions,
    options: &PlanOptions,
) -> Plan {
    // What is turned off is named by the keys of the way back.
    let forward_options = PlanOptions { off: BTreeSet::new(), ..options.clone() };
    let forward = plan(from, to, &diff(from, to, comparing), &forward_options);
    let drift = diff(to, from, &comparing.reversed());
    let mut reverse = plan(to, from, &drift, options);
    reverse.notes.extend(forward.not_restored().map(|loss| Note {
        code: "not_restored".to_owned(),
        message: format!("{} {}: {}", loss.verb, loss.object.name(), loss.why),
    }));
    reverse
}

impl Plan {
    /// The steps that are not in the script.
    pub fn withheld(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.state != StepState::Included)
    }

    /// The steps that are in the script.
    pub fn included(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.state == StepState::Included)
    }

    /// What its steps lose for good: no reverse plan brings it back.
    pub fn not_restored(&self) -> impl Iterator<Item = Loss> {
        self.steps.iter().filter_map(|step| match &step.reversible {
            Reversible::Yes => None,
            Reversible::No { why } => Some(Loss {
                step: step.number,
                verb: step.verb.clone(),
                object: step.object.clone(),
                why: why.clone(),
                included: step.state == StepState::Included,
            }),
        })
    }

    /// True when every step is in the script.
    pub fn is_complete(&self) -> bool {
        self.withheld().next().is_none()
    }
}
