//! From ordered actions to numbered steps in transactions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::build::{Built, Planned};
use super::checks::pre_checks;
use super::event_triggers;
use super::goal::{self, Goals};
use super::graph::{Edge, Graph};
use super::joined;
use super::rerun::rerun;
use super::risk::{Relations, bytes_in_words, rate, risk};
use super::step::NO_STATEMENT;
use super::withhold::{State, keys};
use super::{HazardNote, Mode, PLAN_VERSION, Plan, PlanOptions, Reversible, Step, StepState};
use crate::action::{Effect, Hazard, Lock, Timing, Verb};
use crate::diff::{Change, ChangeKind, Drift, Note};
use crate::model::Id;
use crate::objects::{Kind, Situation, Size};

/// Makes the plan.
pub(super) fn assemble(
    situation: &Situation<'_>,
    drift: &Drift,
    options: &PlanOptions,
    built: Built,
    graph: &Graph,
    states: &[State],
) -> Plan {
    let Built { actions, mut notes, .. } = built;
    let keys = keys(&actions);
    let mut number = vec![0; actions.len()];
    graph.order.iter().enumerate().for_each(|(place, at)| number[*at] = place + 1);
    let transactions = transactions(&actions, &graph.order, states);
    let existing: BTreeSet<Id> = relations(situation, &actions);
    let groups = groups(&actions, &number);
    let statements = joined::statements(&actions, graph, states, &transactions);
    let sizes = Relations::new(situation);
    let mut steps = Vec::with_capacity(actions.len());
    for at in graph.order.iter().copied() {
        let Some(planned) = actions.get(at) else { continue };
        let action = &planned.action;
        let lock = lock(planned, situation.sizes, &existing);
        let mut needs: Vec<usize> = graph.needs[at].iter().map(|u| number[*u]).collect();
        needs.sort_unstable();
        steps.push(Step {
            number: number[at],
            key: keys[at].clone(),
            transaction: transactions[at],
            statement: statements[at].map(|first| number[first]),
            verb: action.command.to_owned(),
            object: action.object.clone(),
            sql: action.sql.clone(),
            hazards: hazards(planned, lock.as_ref()),
            rewrites: action.effect == Effect::Rewrite,
            scans: action.effect == Effect::Scan,
            lock,
            reversible: action
                .irreversible
                .clone()
                .map_or(Reversible::Yes, |why| Reversible::No { why }),
            risk: sizes.facts(action, statements[at].is_none_or(|first| first == at)),
            serves: vec![planned.serves.clone()],
            reasons: reasons(at, &actions, graph, &number),
            needs,
            group: planned.group.as_deref().and_then(|group| groups.get(group)).copied(),
            state: state(states[at], &number),
        });
    }
    rate(&mut steps);
    for cycle in &graph.cycles {
        let names: Vec<&str> = cycle.iter().map(|at| actions[*at].action.object.name()).collect();
        notes.push(Note {
            code: "circle".to_owned(),
            message: format!(
                "these need each other in a circle, so that their order may be wrong: {}",
                names.join(", ")
            ),
        });
    }
    notes.extend(unanswered(drift, &actions));
    for ignored in drift.ignored.iter().filter(|ignored| ignored.count > 0) {
        notes.push(Note {
            code: "ignored".to_owned(),
            message: format!(
                "left as they are, because a rule ignores {}: {} difference{}",
                ignored.rule,
                ignored.count,
                if ignored.count == 1 { "" } else { "s" }
            ),
        });
    }
    let online =
        actions.iter().any(|p| matches!(p.action.timing, Timing::Alone | Timing::OwnTransaction));
    let included = graph.order.iter().filter(|at| states[**at] == State::Included);
    let run: Vec<&Planned> = included.map(|at| &actions[*at]).collect();
    notes.extend(event_triggers::notes(situation, &run));
    let goals = Goals::new(drift, &actions, states, (situation.from, situation.to));
    let rerun = options.idempotent.then(|| {
        let included = graph.order.iter().filter(|at| states[**at] == State::Included);
        let (actions, transactions): (Vec<&Planned>, Vec<Option<usize>>) =
            included.map(|at| (&actions[*at], transactions[*at])).unzip();
        rerun(&goals, &actions, &transactions, situation.server)
    });
    Plan {
        version: PLAN_VERSION,
        from: drift.from.clone(),
        to: drift.to.clone(),
        mode: options.mode.unwrap_or(if online { Mode::Online } else { Mode::Simple }),
        risk: risk(&steps),
        steps,
        pre_checks: pre_checks(situation, &actions, (&graph.order, &number), states),
        post_checks: goal::post_checks(&goals, situation.server),
        rerun,
        notes,
    }
}

/// That something differs and nothing is done about it: a plan without a step must not look as if all
/// were equal. No statement says of a column that comes from a parent table that it is the table's own too.
fn unanswered(drift: &Drift, actions: &[Planned]) -> Option<Note> {
    const NAMED: usize = 10;
    let only_told = |change: &Change| {
        let mut attributes = change.attributes.iter();
        change.change == ChangeKind::Alter
            && change.kind == Kind::Column
            && attributes.all(|attribute| attribute.name == "inherited")
    };
    let open = drift.changes.iter().filter(|change| actions.is_empty() || only_told(change));
    let mut named: Vec<String> = open.map(|change| change.id.to_string()).collect();
    let more = named.len().saturating_sub(NAMED);
    named.truncate(NAMED);
    named.extend((more > 0).then(|| format!("and {more} more")));
    (!named.is_empty()).then(|| Note {
        code: NO_STATEMENT.to_owned(),
        message: format!("no statement is known for what differs: {}", named.join(", ")),
    })
}

/// The number of the first step of each group of more than one.
fn groups<'p>(actions: &'p [Planned], number: &[usize]) -> HashMap<&'p str, usize> {
    let mut groups: HashMap<&str, (usize, usize)> = HashMap::new();
    for (at, planned) in actions.iter().enumerate() {
        let Some(group) = &planned.group else { continue };
        let (first, count) = groups.entry(group).or_insert((number[at], 0));
        *first = number[at].min(*first);
        *count += 1;
    }
    let several = groups.into_iter().filter(|(_, (_, count))| *count > 1);
    several.map(|(group, (first, _))| (group, first)).collect()
}

/// The state of a step, with the number of the one that blocks it.
fn state(state: State, number: &[usize]) -> StepState {
    match state {
        State::Included => StepState::Included,
        State::Withheld(hazard) => StepState::Withheld { hazard },
        State::Off => StepState::Off,
        State::Blocked(by) => StepState::Blocked { by: number[by] },
    }
}

/// Relations that are there before the plan and that it does not bring.
fn relations(situation: &Situation<'_>, actions: &[Planned]) -> BTreeSet<Id> {
    let locked = actions.iter().filter_map(|p| p.action.lock.as_ref().map(|(_, on)| on));
    locked.filter(|id| situation.from.find(id).is_some()).cloned().collect()
}

/// The number of the transaction of every action that is in the script.
fn transactions(actions: &[Planned], order: &[usize], states: &[State]) -> Vec<Option<usize>> {
    let mut numbers = vec![None; actions.len()];
    let (mut count, mut open, mut committing) = (0, None, false);
    for at in order.iter().copied().filter(|at| states[*at] == State::Included) {
        let timing = actions[at].action.timing;
        if committing && timing != Timing::CommitAfter {
            open = None;
        }
        committing = timing == Timing::CommitAfter;
        match timing {
            Timing::Alone => open = None,
            Timing::OwnTransaction => {
                count += 1;
                numbers[at] = Some(count);
                open = None;
            }
            Timing::Transaction | Timing::CommitAfter => {
                if open.is_none() {
                    count += 1;
                    open = Some(count);
                }
                numbers[at] = open;
            }
        }
    }
    numbers
}

fn lock(planned: &Planned, sizes: &BTreeMap<Id, Size>, existing: &BTreeSet<Id>) -> Option<Lock> {
    let action = &planned.action;
    let (mode, on) = action.lock.as_ref()?;
    if !existing.contains(on) {
        return None;
    }
    let size = sizes.get(on);
    let amount = size.map(|size| bytes_in_words(size.bytes));
    let duration = match (action.effect, amount) {
        (Effect::Catalog, _) => "a moment, and until the transaction ends".to_owned(),
        (Effect::Scan, Some(amount)) => format!("while {amount} are read"),
        (Effect::Scan, None) => "while all rows are read".to_owned(),
        (Effect::Rewrite, Some(amount)) => {
            format!("while {amount} and the indexes are written anew")
        }
        (Effect::Rewrite, None) => "while all rows and indexes are written anew".to_owned(),
    };
    Some(Lock {
        mode: *mode,
        on: on.clone(),
        rows: size.and_then(|size| size.rows),
        bytes: size.map(|size| size.bytes),
        duration,
    })
}

/// The action's own hazards, each once with all that is said of it, and those that follow from what it
/// locks for long.
fn hazards(planned: &Planned, lock: Option<&Lock>) -> Vec<HazardNote> {
    let action = &planned.action;
    let mut notes: Vec<HazardNote> = Vec::new();
    // A relation that comes with the plan has no rows to read yet.
    let of_rows = |hazard| matches!(hazard, Hazard::IndexBuild | Hazard::TableScan);
    let without_rows = |hazard: Hazard| of_rows(hazard) && action.lock.is_some() && lock.is_none();
    for (hazard, message) in &action.hazards {
        if without_rows(*hazard) {
            continue;
        }
        match notes.iter_mut().find(|note| note.hazard == *hazard) {
            // What is in it already is said once.
            Some(note) if note.message.split("; ").any(|told| told == message) => {}
            Some(note) => note.message += &format!("; {message}"),
            None => notes.push(HazardNote { hazard: *hazard, message: message.clone() }),
        }
    }
    if let Some(lock) = lock.filter(|_| action.effect != Effect::Catalog) {
        let hazard = match lock.mode {
            mode if mode.blocks_reads() => Some(Hazard::BlocksReads),
            mode if mode.blocks_writes() => Some(Hazard::BlocksWrites),
            _ => None,
        };
        if let Some(hazard) = hazard {
            notes.push(HazardNote { hazard, message: lock.effect() });
        }
    }
    if action.irreversible.is_some() && !notes.iter().any(|n| n.hazard == Hazard::DataLoss) {
        let message = action.irreversible.clone().unwrap_or_default();
        notes.push(HazardNote { hazard: Hazard::Irreversible, message });
    }
    notes
}

/// Why an action is there, and why it stands where it does.
fn reasons(at: usize, actions: &[Planned], graph: &Graph, number: &[usize]) -> Vec<String> {
    let planned = &actions[at];
    let mut reasons: Vec<String> = planned.action.reason.iter().cloned().collect();
    if planned.serves != planned.action.object {
        reasons.push(format!("it serves the change of {}", planned.serves.name()));
    }
    let after = |u: usize| {
        let other = &actions[u].action;
        let what = match other.verb {
            Verb::Create => "brings",
            Verb::Alter => "changes",
            Verb::Drop => "removes",
        };
        format!("after step {}, which {what} {}", number[u], other.object.name())
    };
    let mut earlier: Vec<usize> = graph.needs[at].clone();
    earlier.sort_by_key(|u| number[*u]);
    reasons.extend(earlier.iter().rev().take(4).map(|u| after(*u)));
    let mut better = graph.softly[at].clone();
    better.sort_by_key(|(u, _)| number[*u]);
    reasons.extend(better.iter().rev().take(2).map(|(u, edge)| match edge {
        Edge::Word => format!("{}: its body seems to name that", after(*u)),
        _ => format!("{}: it could run before, but is better so", after(*u)),
    }));
    reasons
}
