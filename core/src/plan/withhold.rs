//! What stays out of the script: steps whose hazard nobody allowed, steps that somebody turned
//! off, and what cannot run, or is not right, without them.

use std::collections::BTreeMap;

use super::PlanOptions;
use super::build::Planned;
use super::graph::Graph;
use crate::action::Hazard;
use crate::model::Id;

/// Whether an action is in the script; numbers are places in the list of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It is.
    Included,
    /// Its hazard was not allowed.
    Withheld(Hazard),
    /// It was turned off.
    Off,
    /// Another one, which it needs or belongs to, is not.
    Blocked(usize),
}

/// A key for every action that stays the same whatever is on or off.
pub(super) fn keys(actions: &[Planned]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    actions
        .iter()
        .map(|planned| {
            let key = format!("{} {}", planned.action.command, planned.action.object);
            let count = seen.entry(key.clone()).or_default();
            *count += 1;
            if *count == 1 { key } else { format!("{key} #{count}") }
        })
        .collect()
}

/// The state of every action.
pub(super) fn states(actions: &[Planned], graph: &Graph, options: &PlanOptions) -> Vec<State> {
    let keys = keys(actions);
    let mut states: Vec<State> = actions
        .iter()
        .zip(&keys)
        .map(|(planned, key)| {
            let refused = planned
                .action
                .hazards
                .iter()
                .map(|(hazard, _)| *hazard)
                .find(|hazard| hazard.withholds() && !options.allow.contains(hazard));
            match refused {
                _ if options.off.contains(key) => State::Off,
                Some(hazard) => State::Withheld(hazard),
                None => State::Included,
            }
        })
        .collect();
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); actions.len()];
    for (v, needs) in graph.needs.iter().enumerate() {
        for u in needs {
            followers[*u].push(v);
        }
    }
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    // A script that can run again asks whether an object is as it should be: all of its steps, or
    // none.
    let mut objects: BTreeMap<&Id, Vec<usize>> = BTreeMap::new();
    for (at, planned) in actions.iter().enumerate() {
        if let Some(group) = &planned.group {
            groups.entry(group).or_default().push(at);
        }
        if options.idempotent {
            objects.entry(&planned.action.object).or_default().push(at);
        }
    }
    let mut queue: Vec<usize> =
        (0..actions.len()).filter(|at| states[*at] != State::Included).collect();
    while let Some(at) = queue.pop() {
        let company = actions[at].group.as_deref().and_then(|group| groups.get(group));
        let same = objects.get(&actions[at].action.object);
        let coupled = company.into_iter().chain(same).flatten();
        for other in followers[at].iter().chain(coupled).copied() {
            if states[other] == State::Included {
                states[other] = State::Blocked(at);
                queue.push(other);
            }
        }
    }
    states
}
