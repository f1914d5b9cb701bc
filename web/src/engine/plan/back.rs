//! The way back of the script: what it does is undone, and what it leaves out is left alone.

use std::collections::BTreeSet;

use pgparity_core::diff::{Change, ChangeKind, Note, diff};
use pgparity_core::model::Id;
use pgparity_core::plan::{Plan, PlanOptions, Step, StepState, plan};

use crate::engine::compare::Compared;
use crate::protocol::Settings;

/// The way back.
pub(in crate::engine) struct Back {
    /// From To to From.
    pub plan: Plan,
    /// How many changes it leaves alone, since the script does not make them.
    pub left_out: usize,
    /// Keys of steps that stay out, since there is nothing for them to undo.
    pub idle: BTreeSet<String>,
}

/// The way back of the plan under the given decisions. When all steps are in the script it is the
/// one of `pgparity plan --reverse`.
pub(super) fn back(compared: &mut Compared, settings: &Settings) -> Back {
    let forward = compared.plan(settings);
    let done = Done::by(forward);
    let lost: Vec<Note> = forward
        .not_restored()
        .filter(|loss| loss.included)
        .map(|loss| Note {
            code: "not_restored".to_owned(),
            message: format!("{} {}: {}", loss.verb, loss.object.name(), loss.why),
        })
        .collect();
    let not_done: Vec<Change> =
        compared.drift().changes.iter().filter(|change| !done.made(change)).cloned().collect();
    let undone: BTreeSet<&Id> = not_done
        .iter()
        .flat_map(|change| [&change.id].into_iter().chain(&change.from_id))
        .collect();
    let (from, to) = compared.sides();
    let mut drift = diff(to, from, &compared.comparing().reversed());
    // A rename stays in the comparison, for the names of what hangs on it, and so does a column, which
    // comes with its table: their steps are turned off.
    drift.changes.retain(|change| {
        let stays = change.change == ChangeKind::Rename || change.id.kind() == "column";
        stays || !undone.contains(&change.id)
    });
    let mut options = PlanOptions {
        mode: settings.mode,
        allow: settings.allow.clone(),
        off: settings.back_off.clone(),
        idempotent: settings.idempotent,
    };
    let mut reverse = plan(to, from, &drift, &options);
    let is_idle = |step: &&Step| {
        undone.contains(&step.object) || step.serves.iter().all(|id| undone.contains(id))
    };
    let idle: BTreeSet<String> = if undone.is_empty() {
        BTreeSet::new()
    } else {
        reverse.steps.iter().filter(is_idle).map(|step| step.key.clone()).collect()
    };
    if !idle.is_empty() {
        options.off.extend(idle.iter().cloned());
        reverse = plan(to, from, &drift, &options);
    }
    for change in compared.drift().changes.iter().filter(|change| done.partly(change)) {
        reverse.notes.push(Note {
            code: "partly_done".to_owned(),
            message: format!(
                "{}: the script makes this change in part only; look whether the way back fits",
                change.id.name()
            ),
        });
    }
    reverse.notes.extend(lost);
    Back { plan: reverse, left_out: not_done.len(), idle }
}

/// What the steps of a script serve, and what those that are not in it.
struct Done {
    made: BTreeSet<Id>,
    open: BTreeSet<Id>,
    /// The same for the objects that steps are about: what is built anew goes and comes by steps that
    /// serve another change.
    objects_made: BTreeSet<Id>,
    objects_open: BTreeSet<Id>,
}

impl Done {
    fn by(plan: &Plan) -> Done {
        let set = |included: bool, ids: fn(&Step) -> &[Id]| -> BTreeSet<Id> {
            let steps = plan.steps.iter();
            let steps = steps.filter(|step| (step.state == StepState::Included) == included);
            steps.flat_map(|step| ids(step).iter().cloned()).collect()
        };
        Done {
            made: set(true, |step| &step.serves),
            open: set(false, |step| &step.serves),
            objects_made: set(true, |step| std::slice::from_ref(&step.object)),
            objects_open: set(false, |step| std::slice::from_ref(&step.object)),
        }
    }

    /// True unless all steps for it stay out. What has no step of its own goes with its parent.
    fn made(&self, change: &Change) -> bool {
        let of = |id: &Id| {
            let served = self.made.contains(id).then_some(true);
            let served = served.or_else(|| self.open.contains(id).then_some(false));
            let about = served.or_else(|| self.objects_made.contains(id).then_some(true));
            about.or_else(|| self.objects_open.contains(id).then_some(false))
        };
        of(&change.id).or_else(|| of(change.parent.as_ref()?)).unwrap_or(true)
    }

    fn partly(&self, change: &Change) -> bool {
        self.made.contains(&change.id) && self.open.contains(&change.id)
    }
}
