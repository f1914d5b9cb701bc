//! The checks before a plan: which of those that its steps bring can be run on the database as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use super::build::{Planned, table_of};
use super::withhold::State;
use crate::action::RowCheck;
use crate::model::Id;
use crate::objects::{Situation, Table};
use crate::sql::split_name;

/// The checks of the steps in the script, in their order. `order` and `number` say which action is
/// which step.
pub(super) fn pre_checks(
    situation: &Situation<'_>,
    actions: &[Planned],
    (order, number): (&[usize], &[usize]),
    states: &[State],
) -> Vec<Check> {
    let included = |at: &usize| states.get(*at) == Some(&State::Included);
    let comes: BTreeSet<&Id> = actions
        .iter()
        .filter(|planned| !planned.action.is_rename())
        .flat_map(|planned| &planned.action.produces)
        .collect();
    let mut goes: BTreeMap<&Id, usize> = BTreeMap::new();
    for at in order.iter().copied().filter(included) {
        for id in &actions[at].action.destroys {
            goes.entry(id).or_insert(number[at]);
        }
    }
    let mut checks: Vec<Check> = Vec::new();
    let mut known: BTreeSet<&RowCheck> = BTreeSet::new();
    for at in order.iter().copied().filter(included) {
        for check in &actions[at].action.checks {
            let ready = check.about.iter().all(|id| {
                let gone = goes.get(id).is_some_and(|step| *step < number[at]);
                !comes.contains(id) && !gone && is_there(situation, id)
            });
            if ready && known.insert(check) {
                let RowCheck { title, sql, .. } = check.clone();
                checks.push(Check { step: number[at], title, sql });
            }
        }
    }
    checks
}

/// True for what is there before the plan under a name that a check can know: rows are asked for under
/// the names before; definitions name other things as they are called afterwards.
fn is_there(situation: &Situation<'_>, id: &Id) -> bool {
    match id.kind() {
        "column" => {
            let table = situation.from.find(&table_of(id));
            let table = table.and_then(|object| object.as_any().downcast_ref::<Table>());
            let name = split_name(id.name()).pop();
            table
                .is_some_and(|t| t.columns.iter().any(|c| Some(c.name.as_str()) == name.as_deref()))
        }
        "table" | "materialized_view" => situation.from.find(id).is_some(),
        // What no snapshot holds is no plan's to rename.
        _ => situation.earlier(id) == *id,
    }
}
