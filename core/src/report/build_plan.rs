//! The part of a report that is about the plan.

use super::model::{PlanReport, PlanVerdict, StepReport};
use super::words::{counted, number};
use crate::action::{Hazard, Lock};
use crate::plan::{Plan, Step, StepState};

/// The report about a plan.
pub(super) fn plan_report(plan: &Plan) -> PlanReport {
    PlanReport {
        mode: plan.mode,
        verdict: verdict(plan),
        risk: plan.risk.clone(),
        steps: plan.steps.iter().map(step_report).collect(),
        pre_checks: plan.pre_checks.clone(),
        notes: plan.notes.clone(),
    }
}

fn step_report(step: &Step) -> StepReport {
    StepReport {
        number: step.number,
        verb: step.verb.clone(),
        object: step.object.clone(),
        sql: step.sql.clone(),
        transaction: step.transaction,
        lock_in_words: step.lock.as_ref().map(Lock::in_words),
        lock: step.lock.clone(),
        hazards: step.hazards.clone(),
        reversible: step.reversible.clone(),
        risk: step.risk.clone(),
        withheld_because: withheld_because(step),
        state: step.state.clone(),
    }
}

fn withheld_because(step: &Step) -> Option<String> {
    match &step.state {
        StepState::Included => None,
        StepState::Withheld { hazard } => {
            let note = step.hazards.iter().find(|note| note.hazard == *hazard);
            let message = note.map_or(hazard.means(), |note| note.message.as_str());
            Some(format!("{hazard} is not allowed: {message}"))
        }
        StepState::Off => Some("turned off".to_owned()),
        StepState::Blocked { by } => Some(format!("goes only with step {by}, which is left out")),
    }
}

fn verdict(plan: &Plan) -> PlanVerdict {
    let destructive = |step: &&Step| step.has(Hazard::DataLoss);
    let mut verdict = PlanVerdict {
        statements: plan.steps.len(),
        included: plan.included().count(),
        withheld: plan.withheld().count(),
        destructive: plan.steps.iter().filter(destructive).count(),
        destructive_withheld: plan.withheld().filter(destructive).count(),
        block_writes: plan.included().filter(|step| step.blocks_writes()).count(),
        outside_transaction: plan.included().filter(|step| step.transaction.is_none()).count(),
        summary: String::new(),
    };
    verdict.summary = summary(&verdict);
    verdict
}

fn summary(verdict: &PlanVerdict) -> String {
    if verdict.statements == 0 {
        return "nothing to do: 0 statements".to_owned();
    }
    let (lost, kept_out) = (verdict.destructive, verdict.destructive_withheld);
    let mut words = vec![counted(verdict.statements, "statement")];
    if kept_out > 0 {
        words.push(format!("{} destructive and withheld", number(kept_out)));
    }
    if lost > kept_out {
        words.push(format!("{} destructive and allowed", number(lost - kept_out)));
    }
    if verdict.withheld > kept_out {
        let more = if kept_out > 0 { " more" } else { "" };
        words.push(format!("{}{more} withheld", number(verdict.withheld - kept_out)));
    }
    let verb = if verdict.block_writes == 1 { "blocks" } else { "block" };
    for (n, what) in [
        (verdict.block_writes, format!("{verb} writes")),
        (verdict.outside_transaction, "outside a transaction".to_owned()),
    ] {
        if n > 0 {
            words.push(format!("{} {what}", number(n)));
        }
    }
    words.join(", ")
}
