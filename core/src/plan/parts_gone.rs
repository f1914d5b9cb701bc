//! A foreign key leans on every partition of the table that it leads to: a partition that goes had
//! better be gone before such a key comes, or it could not be dropped any more.
//!
//! PostgreSQL manual, "Table Partitioning" and "DROP TABLE".

use super::build::Planned;
use super::graph::Edge;
use crate::action::Verb;
use crate::model::{FastMap, Id};
use crate::objects::{Constraint, Objects, Table};

/// Pairs of actions: the first drops a partition of the table to which the foreign key that the second
/// brings leads.
pub(super) fn order(
    from: &Objects,
    to: &Objects,
    actions: &[Planned],
) -> Vec<(usize, usize, Edge)> {
    let mut drops: FastMap<Id, Vec<usize>> = FastMap::default();
    for (at, Planned { action, .. }) in actions.iter().enumerate() {
        let gone = action.destroys.iter().filter(|id| id.kind() == "table");
        for table in gone.filter_map(|id| from.find(id)?.as_any().downcast_ref::<Table>()) {
            for above in table.ancestors(from) {
                drops.entry(Id::from_sql("table", &above)).or_default().push(at);
            }
        }
    }
    let mut order = Vec::new();
    if drops.is_empty() {
        return order;
    }
    for (at, Planned { action, .. }) in actions.iter().enumerate() {
        let comes = Some(&action.object).filter(|_| action.verb == Verb::Create);
        let key = comes.and_then(|id| to.find(id)?.as_any().downcast_ref::<Constraint>());
        let target = key.and_then(|key| key.references.as_ref());
        let before = target.and_then(|table| drops.get(table)).into_iter().flatten();
        order.extend(before.filter(|drop| **drop != at).map(|drop| (*drop, at, Edge::Order)));
    }
    order
}
