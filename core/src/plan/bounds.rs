//! Partitions that go make room for those that come: PostgreSQL refuses bounds that overlap, and which do no
//! text tells.

use super::build::Planned;
use super::graph::Edge;
use crate::action::Verb;
use crate::model::{FastMap, Id};
use crate::objects::{Objects, Table};

/// More pairs than that are left to the order that there is.
const MOST_PAIRS: usize = 100_000;

/// Pairs of actions: the first drops a partition, the second attaches or brings one of the same table.
pub(super) fn order(
    from: &Objects,
    to: &Objects,
    actions: &[Planned],
) -> Vec<(usize, usize, Edge)> {
    let mut leaving: FastMap<&str, Vec<usize>> = FastMap::default();
    for (at, Planned { action, .. }) in actions.iter().enumerate() {
        if action.verb == Verb::Drop
            && let Some(parent) = parent(from, &action.object)
        {
            leaving.entry(parent).or_default().push(at);
        }
    }
    let mut pairs = Vec::new();
    if leaving.is_empty() {
        return pairs;
    }
    for (at, Planned { action, .. }) in actions.iter().enumerate() {
        let arrives = action.command == "ALTER TABLE … ATTACH PARTITION"
            || action.verb == Verb::Create && action.produces.contains(&action.object);
        let parent = parent(to, &action.object).filter(|_| arrives);
        let before = parent.and_then(|parent| leaving.get(parent)).into_iter().flatten();
        let others = before.filter(|drop| actions[**drop].action.object != action.object);
        pairs.extend(others.map(|drop| (*drop, at, Edge::Order)));
        if pairs.len() > MOST_PAIRS {
            return Vec::new();
        }
    }
    pairs
}

/// The table that a table is a partition of.
fn parent<'a>(objects: &'a Objects, table: &Id) -> Option<&'a str> {
    if table.kind() != "table" {
        return None;
    }
    let table = objects.find(table)?.as_any().downcast_ref::<Table>()?;
    Some(table.partition_of.as_ref()?.table.as_str())
}
