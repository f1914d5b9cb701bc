//! The plan: its pages, and the steps that serve an object.

mod page;

use std::collections::BTreeSet;

use pgparity_core::model::Id;

use super::compare::Compared;
use crate::protocol::{PlanAnswer, PlanAsk, Settings};

/// Answers a question about the plan.
pub(super) fn answer(compared: &mut Compared, settings: &Settings, ask: &PlanAsk) -> PlanAnswer {
    match ask {
        PlanAsk::Page { start, len } => {
            let undecided = compared.undecided();
            PlanAnswer::Page(page::page(compared.plan(settings), settings, undecided, *start, *len))
        }
        PlanAsk::Serving { id } => PlanAnswer::Serving(serving(compared, settings, id)),
    }
}

/// The steps that serve an object or a part of it: their numbers and commands.
fn serving(compared: &mut Compared, settings: &Settings, id: &Id) -> Vec<(usize, String)> {
    let parts = compared.index().parts(id);
    let served: BTreeSet<Id> = parts.iter().cloned().chain([id.clone()]).collect();
    compared
        .plan(settings)
        .steps
        .iter()
        .filter(|step| {
            served.contains(&step.object) || step.serves.iter().any(|id| served.contains(id))
        })
        .map(|step| (step.number, step.verb.clone()))
        .collect()
}
