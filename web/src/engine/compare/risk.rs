//! The risk of each object: that of the statements that serve it.

use std::collections::BTreeMap;

use pgparity_core::action::Hazard;
use pgparity_core::model::Id;
use pgparity_core::plan::{Plan, Step};

use crate::protocol::Risk;

/// The greatest risk among the statements of each object; an object without any is not in it.
pub(super) fn risks(plan: &Plan) -> BTreeMap<Id, Risk> {
    let mut found: BTreeMap<Id, Risk> = BTreeMap::new();
    for step in &plan.steps {
        let risk = of_step(step);
        for id in step.serves.iter().chain([&step.object]) {
            let known = found.entry(id.clone()).or_insert(risk);
            *known = (*known).max(risk);
        }
    }
    found
}

fn of_step(step: &Step) -> Risk {
    if step.has(Hazard::DataLoss) {
        Risk::Destructive
    } else if step.hazards.is_empty() {
        Risk::Safe
    } else {
        Risk::Caution
    }
}
