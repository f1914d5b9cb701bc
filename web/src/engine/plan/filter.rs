//! Which steps are shown, and in which windows.

use std::collections::BTreeMap;
use std::ops::Range;

use pgparity_core::action::{Hazard, LockMode};
use pgparity_core::plan::{Plan, Step};

use crate::protocol::{At, PlanFacets, PlanFilter};

/// A window holds about so many elements of the page, which is to stay under 2,500.
const ROOM: usize = 1500;
/// An empty step has about so many.
const STEP: usize = 22;

/// True for a step that the filter shows.
fn shows(filter: &PlanFilter, text: &str, step: &Step) -> bool {
    let has = |place: &str| place.to_lowercase().contains(text);
    filter.verb.as_ref().is_none_or(|verb| *verb == step.verb)
        && filter.hazard.is_none_or(|hazard| step.has(hazard))
        && filter.lock.is_none_or(|mode| step.lock.as_ref().is_some_and(|lock| lock.mode == mode))
        && (text.is_empty() || has(step.object.name()) || has(&step.verb) || has(&step.sql))
}

/// The steps that a filter shows.
pub(in crate::engine) fn shown<'a>(plan: &'a Plan, filter: &PlanFilter) -> Vec<&'a Step> {
    let text = filter.text.trim().to_lowercase();
    plan.steps.iter().filter(|step| shows(filter, &text, step)).collect()
}

/// The steps in windows: as many in each as the page can hold.
pub(super) fn windows(steps: &[&Step]) -> Vec<Range<usize>> {
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut room = 0;
    for (at, step) in steps.iter().enumerate() {
        let weight = STEP + 3 * step.hazards.len() + step.sql.split_whitespace().count().min(ROOM);
        match windows.last_mut() {
            Some(window) if weight <= room => {
                window.end = at + 1;
                room -= weight;
            }
            _ => {
                windows.push(at..at + 1);
                room = ROOM.saturating_sub(weight);
            }
        }
    }
    windows
}

/// The number of the window that is meant.
pub(super) fn window_at(at: At, steps: &[&Step], windows: &[Range<usize>]) -> usize {
    match at {
        At::Window(window) => window.min(windows.len().saturating_sub(1)),
        At::Step(number) => {
            let place = steps.iter().position(|step| step.number == number);
            let found =
                windows.iter().position(|window| place.is_some_and(|p| window.contains(&p)));
            found.unwrap_or(0)
        }
    }
}

/// What can be filtered by.
pub(super) fn facets(plan: &Plan) -> PlanFacets {
    let mut facets = PlanFacets::default();
    let mut locks: BTreeMap<LockMode, usize> = BTreeMap::new();
    for step in &plan.steps {
        *facets.verbs.entry(step.verb.clone()).or_default() += 1;
        if let Some(lock) = &step.lock {
            *locks.entry(lock.mode).or_default() += 1;
        }
    }
    facets.locks = locks.into_iter().rev().collect();
    let counted = |hazard: &Hazard| {
        let steps = plan.steps.iter().filter(|step| step.has(*hazard)).count();
        (steps > 0).then_some((*hazard, steps))
    };
    facets.hazards = Hazard::ALL.iter().filter_map(counted).collect();
    facets
}
