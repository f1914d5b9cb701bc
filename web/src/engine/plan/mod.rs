//! The plan: its pages, the way back, and the steps that serve an object.

mod back;
mod bonds;
mod filter;
mod page;
mod tally;

use std::collections::BTreeSet;

use pgparity_core::model::Id;
use pgparity_core::plan::Plan;

use super::compare::Compared;
use crate::protocol::{PlanAnswer, PlanAsk, Settings, Way};
pub(super) use back::Back;
use bonds::Bonds;
pub(super) use filter::shown;

/// Answers a question about the plan.
pub(super) fn answer(compared: &mut Compared, settings: &Settings, ask: &PlanAsk) -> PlanAnswer {
    match ask {
        PlanAsk::Page { query, at } => {
            let undecided = compared.undecided();
            let plan = of_way(compared, settings, query.way);
            let mut page = page::page(plan, settings, undecided, &query.filter, *at);
            if query.way == Way::Back {
                let back = way_back(compared, settings);
                page.way = query.way;
                page.left_out = back.left_out;
                for view in &mut page.steps {
                    view.idle = back.idle.contains(&view.step.key);
                    view.turn_on.retain(|step| !back.idle.contains(&step.key));
                }
            }
            PlanAnswer::Page(page)
        }
        PlanAsk::Leaving { way, number } => {
            let plan = of_way(compared, settings, *way);
            PlanAnswer::Leaving(Bonds::of(plan).leaving_with(*number))
        }
        PlanAsk::Why { way, number } => {
            let plan = of_way(compared, settings, *way);
            PlanAnswer::Why(Bonds::of(plan).why(*number))
        }
        PlanAsk::Serving { id } => PlanAnswer::Serving(serving(compared, settings, id)),
    }
}

/// The plan there or back.
pub(super) fn of_way<'a>(compared: &'a mut Compared, settings: &Settings, way: Way) -> &'a Plan {
    match way {
        Way::There => compared.plan(settings),
        Way::Back => &way_back(compared, settings).plan,
    }
}

/// The way back, made anew only when decisions have changed.
fn way_back<'a>(compared: &'a mut Compared, settings: &Settings) -> &'a Back {
    let made = compared.back.take().filter(|(made_for, _)| made_for == settings);
    let made = made.unwrap_or_else(|| (settings.clone(), back::back(compared, settings)));
    &compared.back.insert(made).1
}

/// The steps that serve an object or a part of it: their numbers and commands.
fn serving(compared: &mut Compared, settings: &Settings, id: &Id) -> Vec<(usize, String)> {
    let parts = compared.entries().parts(id);
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
