//! What a materialized view may read when it is filled: its query runs as whoever runs the plan, and
//! reads what views read as their owners do, so owners and grants of all of it had better be settled.
//!
//! PostgreSQL manual, "Rules and Privileges" and "CREATE MATERIALIZED VIEW".

use super::build::Planned;
use super::graph::Edge;
use crate::action::Verb;
use crate::model::{FastMap, FastSet, Id};
use crate::objects::Objects;
use crate::sql::split_name;

/// What decides who may read.
const PRIVILEGES: [&str; 3] = ["ALTER … OWNER TO", "GRANT", "REVOKE"];

/// Pairs of actions: the first settles who reads what the second, which fills a materialized view, reads.
pub(super) fn order(to: &Objects, actions: &[Planned]) -> Vec<(usize, usize, Edge)> {
    let fills = |planned: &&Planned| {
        planned.action.verb == Verb::Create && planned.action.object.kind() == "materialized_view"
    };
    let mut settles: FastMap<&Id, Vec<usize>> = FastMap::default();
    if actions.iter().any(|planned| fills(&planned)) {
        for (at, planned) in actions.iter().enumerate() {
            if PRIVILEGES.contains(&planned.action.command) {
                settles.entry(&planned.action.object).or_default().push(at);
            }
        }
    }
    let mut order = Vec::new();
    for (at, planned) in actions.iter().enumerate().filter(|(_, planned)| fills(planned)) {
        let filled = &planned.action.object;
        let mut seen: FastSet<Id> = FastSet::default();
        let mut next = vec![filled.clone()];
        while let Some(id) = next.pop() {
            if !seen.insert(id.clone()) {
                continue;
            }
            if id != *filled {
                let settled = settles.get(&id).into_iter().flatten();
                order.extend(settled.map(|before| (*before, at, Edge::Wish)));
            }
            if let Some(object) = to.find(&id) {
                next.extend(object.attached().depends_on.iter().cloned());
            }
            next.extend(of_column(&id));
        }
    }
    order
}

/// What a column may belong to.
fn of_column(id: &Id) -> Vec<Id> {
    let parts = if id.kind() == "column" { split_name(id.name()) } else { Vec::new() };
    let [schema, name, _] = parts.as_slice() else { return Vec::new() };
    ["table", "view", "materialized_view"].map(|kind| Id::new(kind, &[schema, name])).to_vec()
}
