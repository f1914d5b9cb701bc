//! Steps that write the same table anew, as one statement.
//!
//! PostgreSQL manual, "ALTER TABLE", notes: all that one ALTER TABLE does with the rows is done in one pass over
//! them. The steps stay what they are, with names, hazards and states of their own; those of them that are in
//! the script and stand next to each other there are the actions of one statement.

use super::build::Planned;
use super::graph::Graph;
use super::withhold::State;
use crate::action::{Effect, Timing};
use crate::model::{FastMap, Id};

/// How many steps looking for what stands between may take in all, about.
const MOST_WORK: usize = 4_000_000;

/// The table that an action writes anew, where others may do so in the same statement.
fn rewritten(planned: &Planned) -> Option<&Id> {
    let action = &planned.action;
    let (_, table) = action.lock.as_ref()?;
    let may = action.effect == Effect::Rewrite
        && !action.sql.contains(";\n")
        // What a type of the session helps with has that to itself.
        && !action.sql.contains("pg_temp.")
        && action.timing == Timing::Transaction
        && clause(&action.sql, table).is_some();
    may.then_some(table)
}

/// What stands behind `ALTER TABLE` and the name of the table.
fn clause<'s>(sql: &'s str, table: &Id) -> Option<&'s str> {
    sql.strip_prefix("ALTER TABLE ")?.strip_prefix(table.name())?.strip_prefix(' ')
}

/// Changes the order so that such actions stand together, where nothing else comes in between.
pub(super) fn bring_together(actions: &[Planned], graph: &mut Graph) {
    let mut place: Vec<usize> = vec![0; actions.len()];
    graph.order.iter().enumerate().for_each(|(at, action)| place[*action] = at);
    let mut tables: FastMap<&Id, Vec<usize>> = FastMap::default();
    for at in graph.order.iter().copied() {
        if let Some(table) = rewritten(&actions[at]) {
            tables.entry(table).or_default().push(at);
        }
    }
    let mut several: Vec<Vec<usize>> = tables.into_values().filter(|all| all.len() > 1).collect();
    several.sort_unstable();
    let mut work = 0;
    for all in several {
        // The last one of those that stand together.
        let mut last = all[0];
        for next in all.into_iter().skip(1) {
            work += place[next].saturating_sub(place[last]);
            if work > MOST_WORK {
                return;
            }
            move_up(actions, graph, &mut place, last, next);
            last = next;
        }
    }
}

/// Puts an action right behind another one, and what it needs before that, where it can.
fn move_up(actions: &[Planned], graph: &mut Graph, place: &mut [usize], last: usize, next: usize) {
    // Those that stand together with the one before, the first of them first.
    let table = rewritten(&actions[next]);
    let (mut first, end) = (place[last], place[next]);
    while first > 0 && rewritten(&actions[graph.order[first - 1]]) == table {
        first -= 1;
    }
    let mut needed = vec![false; end - first];
    let mut open = vec![next];
    while let Some(at) = open.pop() {
        for before in graph.before(at) {
            let Some(offset) = place[before].checked_sub(first) else { continue };
            if offset + first <= place[last] {
                // It comes behind one of them for good.
                return;
            }
            if !needed[offset] {
                needed[offset] = true;
                open.push(before);
            }
        }
    }
    let between = graph.order[first..end].to_vec();
    let moved: Vec<usize> =
        between.iter().zip(&needed).filter(|(_, needed)| **needed).map(|(at, _)| *at).collect();
    if moved.iter().any(|at| actions[*at].action.timing != Timing::Transaction) {
        return;
    }
    let together = place[last] + 1 - first;
    let rest = between.iter().zip(&needed).skip(together).filter(|(_, needed)| !**needed);
    let mut order = moved;
    order.extend(&between[..together]);
    order.push(next);
    order.extend(rest.map(|(at, _)| *at));
    for (offset, at) in order.into_iter().enumerate() {
        graph.order[first + offset] = at;
        place[at] = first + offset;
    }
}

/// For each action that is run together with others the first of them.
pub(super) fn statements(
    actions: &[Planned],
    graph: &Graph,
    states: &[State],
    transactions: &[Option<usize>],
) -> Vec<Option<usize>> {
    let mut first_of = vec![None; actions.len()];
    let mut run: Vec<usize> = Vec::new();
    let included = graph.order.iter().copied().filter(|at| states[*at] == State::Included);
    for at in included {
        let fits = run.first().is_some_and(|first| {
            let table = rewritten(&actions[at]);
            table.is_some()
                && table == rewritten(&actions[*first])
                && transactions[*first] == transactions[at]
                && !graph.before(at).any(|before| run.contains(&before))
        });
        if !fits {
            run.clear();
        }
        run.push(at);
        if let [first, _, ..] = run.as_slice() {
            first_of[*first] = Some(*first);
            first_of[at] = Some(*first);
        }
    }
    first_of
}

impl Graph {
    /// What comes before an action.
    fn before(&self, at: usize) -> impl Iterator<Item = usize> {
        self.needs[at].iter().chain(self.softly[at].iter().map(|(before, _)| before)).copied()
    }
}
