//! The risk of each object: that of the statements that serve it.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::action::Hazard;
use pgparity_core::model::Id;
use pgparity_core::plan::{Plan, Step};

use super::Compared;
use crate::protocol::{Danger, Risk, Settings};

/// The dangers in a plan by object; what has none is not in it.
pub(super) type Dangers = BTreeMap<Id, Danger>;

impl Compared {
    /// How many statements are dangerous for each of these objects or for parts of it.
    pub(super) fn dangers(&mut self, settings: &Settings, ids: &[Id]) -> Dangers {
        self.plan(settings);
        let all = self.dangers.get_or_init(|| self.all_dangers());
        ids.iter().filter_map(|id| Some((id.clone(), *all.get(id)?))).collect()
    }

    fn all_dangers(&self) -> Dangers {
        let mut found = Dangers::new();
        for step in self.planned().iter().flat_map(|plan| &plan.steps) {
            let risk = of_step(step);
            if risk == Risk::Safe {
                continue;
            }
            let served = step.serves.iter().chain([&step.object]);
            let concerned: BTreeSet<&Id> = served.flat_map(|id| self.entries.line(id)).collect();
            for id in concerned {
                let danger = found.entry(id.clone()).or_default();
                danger.destructive += usize::from(risk == Risk::Destructive);
                danger.caution += usize::from(risk == Risk::Caution);
            }
        }
        found
    }
}

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
