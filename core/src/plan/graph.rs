//! The order of the actions: one graph, one stable topological order.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Planned;
use crate::action::Verb;
use crate::model::{FastMap, Id};
use crate::objects::{Kind, rank};

/// Why one action comes before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edge {
    /// Words say that it may be better so.
    Word,
    /// It is usually better so; the first to be dropped when it leads in a circle.
    Wish,
    /// It is better so; dropped when it still leads in a circle.
    Order,
    /// The later one cannot run without the earlier one.
    Need,
}

/// The actions' order and what they need.
pub(super) struct Graph {
    /// Places of the actions in the order in which they run.
    pub(super) order: Vec<usize>,
    /// For every action the places of those that it needs.
    pub(super) needs: Vec<Vec<usize>>,
    /// For every action the places of those that come before it though it could run without them.
    pub(super) softly: Vec<Vec<(usize, Edge)>>,
    /// Actions that need each other in a circle.
    pub(super) cycles: Vec<Vec<usize>>,
}

impl Graph {
    /// Orders the actions; of each pair of `better`, the first had better come first.
    pub(super) fn new(actions: &[Planned], better: &[(usize, usize, Edge)]) -> Graph {
        let mut before = edges(actions);
        for (u, v, edge) in better {
            before[*v].entry(*u).or_insert(*edge);
        }
        thin_out_words(&mut before);
        break_circles(&mut before, Edge::Wish);
        break_circles(&mut before, Edge::Order);
        let cycles = break_circles_of_needs(&mut before);
        let ranks: Vec<(u16, usize)> =
            actions.iter().enumerate().map(|(at, p)| (rank_of(p), at)).collect();
        let order = topological(&before, &ranks);
        let needs = before
            .iter()
            .map(|edges| edges.iter().filter(|(_, e)| **e == Edge::Need).map(|(u, _)| *u).collect())
            .collect();
        let soft = |edges: &BTreeMap<usize, Edge>| {
            edges.iter().filter(|(_, e)| **e != Edge::Need).map(|(u, e)| (*u, *e)).collect()
        };
        let softly = before.iter().map(soft).collect();
        Graph { order, needs, softly, cycles }
    }
}

/// What comes before each action.
type Before = Vec<BTreeMap<usize, Edge>>;

/// Where in the list of actions something happens.
#[derive(Default)]
struct Places<'a> {
    producers: FastMap<&'a Id, usize>,
    destroyers: FastMap<&'a Id, usize>,
    alters: FastMap<&'a Id, Vec<usize>>,
    frees: FastMap<&'a str, Vec<usize>>,
    /// Drops by what they let go of.
    leaving: FastMap<&'a Id, Vec<usize>>,
    /// Creates by what they need.
    coming: FastMap<&'a Id, Vec<usize>>,
    /// What is altered, by what it used before.
    moving: FastMap<&'a Id, Vec<usize>>,
    /// What is altered, by what it uses afterwards.
    arriving: FastMap<&'a Id, Vec<usize>>,
    /// Functions that go by their names: a call could mean one that is to come, and one of its name
    /// that is to go.
    namesakes: FastMap<&'a str, Vec<usize>>,
}

impl<'a> Places<'a> {
    fn of(actions: &'a [Planned]) -> Places<'a> {
        let mut places = Places::default();
        for (at, planned) in actions.iter().enumerate() {
            let action = &planned.action;
            places.producers.extend(action.produces.iter().map(|id| (id, at)));
            places.destroyers.extend(action.destroys.iter().map(|id| (id, at)));
            for name in &action.frees {
                places.frees.entry(name).or_default().push(at);
            }
            let (list, ids) = match action.verb {
                Verb::Alter => {
                    places.alters.entry(&action.object).or_default().push(at);
                    for id in &action.requires {
                        places.arriving.entry(id).or_default().push(at);
                    }
                    (&mut places.moving, &action.releases)
                }
                Verb::Drop => (&mut places.leaving, &action.releases),
                Verb::Create => (&mut places.coming, &action.requires),
            };
            for id in ids {
                list.entry(id).or_default().push(at);
            }
            for id in action.destroys.iter().filter(|id| id.kind() == "function") {
                places.namesakes.entry(without_arguments(id)).or_default().push(at);
            }
        }
        places
    }
}

fn edges(actions: &[Planned]) -> Before {
    let mut before: Before = vec![BTreeMap::new(); actions.len()];
    let mut add = |u: usize, v: usize, edge: Edge| {
        if u != v {
            let slot = before[v].entry(u).or_insert(edge);
            *slot = (*slot).max(edge);
        }
    };
    let places = Places::of(actions);
    let Places { producers, destroyers, alters, frees, leaving, coming, .. } = &places;
    let Places { moving, arriving, namesakes, .. } = &places;
    for (v, planned) in actions.iter().enumerate() {
        let action = &planned.action;
        for id in &action.requires {
            if let Some(u) = producers.get(id) {
                add(*u, v, Edge::Need);
            }
            if *id != action.object {
                // In its final state, where the plan changes it.
                alters.get(id).into_iter().flatten().for_each(|u| add(*u, v, Edge::Wish));
            }
            if id.kind() == "function" {
                // An expression that depends on it may be spelled as the cast that it is for.
                let uses = coming.get(id).into_iter().flatten();
                let casts = uses.filter(|u| actions[**u].action.object.kind() == "cast");
                casts.for_each(|u| add(*u, v, Edge::Order));
                let old = namesakes.get(without_arguments(id)).into_iter().flatten();
                old.for_each(|u| add(*u, v, Edge::Order));
            }
        }
        for id in &action.releases {
            // A statement that names a renamed object by its new name comes after the rename.
            if let Some(u) = producers.get(id).filter(|u| actions[**u].action.verb == Verb::Alter) {
                add(*u, v, Edge::Need);
            }
            if let Some(d) = destroyers.get(id) {
                add(v, *d, Edge::Need);
            }
        }
        for id in &action.disturbs {
            let of_others = |u: &&usize| actions[**u].action.object != *id;
            leaving
                .get(id)
                .into_iter()
                .flatten()
                .filter(of_others)
                .for_each(|u| add(*u, v, Edge::Need));
            coming
                .get(id)
                .into_iter()
                .flatten()
                .filter(of_others)
                .for_each(|u| add(v, *u, Edge::Need));
            // What moves away from it in place is away before.
            let moves = moving.get(id).into_iter().flatten();
            let moves = moves.filter(|u| !actions[**u].action.requires.contains(id));
            moves.filter(of_others).for_each(|u| add(*u, v, Edge::Order));
            // What begins to use it in place waits.
            let arrives = arriving.get(id).into_iter().flatten();
            let arrives = arrives.filter(|u| !actions[**u].action.releases.contains(id));
            arrives.filter(of_others).for_each(|u| add(v, *u, Edge::Order));
        }
        for name in &action.takes {
            frees.get(name.as_str()).into_iter().flatten().for_each(|u| add(*u, v, Edge::Need));
        }
        for id in &action.destroys {
            match producers.get(id) {
                Some(p) if actions[*p].action.is_rename() => {
                    // It goes by the name that a rename gives it, unless that waits for the name.
                    let waits = actions[*p].action.takes.iter().any(|n| action.frees.contains(n));
                    if !waits {
                        add(*p, v, Edge::Need);
                    }
                }
                Some(p) if !planned.leaves_late => add(v, *p, Edge::Need),
                _ => {}
            }
            // What still uses it, or changes it, comes first.
            alters.get(id).into_iter().flatten().for_each(|u| {
                if !actions[*u].action.produces.contains(id) && !producers.contains_key(id) {
                    add(*u, v, Edge::Order);
                }
            });
        }
        if let Some(next) = actions.get(v + 1).filter(|next| next.list == planned.list) {
            let together = planned.group.is_some() && planned.group == next.group;
            add(v, v + 1, if together { Edge::Need } else { Edge::Order });
        }
    }
    // What depends on a column or object goes before the object changes, and comes after.
    let alters_what_is_there =
        |p: &Planned| p.action.verb == Verb::Alter && !p.action.produces.contains(&p.action.object);
    for (v, planned) in actions.iter().enumerate().filter(|(_, p)| alters_what_is_there(p)) {
        let drops = leaving.get(&planned.action.object).into_iter().flatten();
        drops.for_each(|u| add(*u, v, Edge::Wish));
    }
    before
}

/// The name of a function, for those that differ in their arguments.
fn without_arguments(function: &Id) -> &str {
    let name = function.as_str();
    name.split_once('(').map_or(name, |(name, _)| name)
}

/// Strongly connected components with more than one member (Tarjan's algorithm, without recursion).
fn circles(before: &Before, keep: impl Fn(Edge) -> bool) -> Vec<Vec<usize>> {
    let n = before.len();
    let (mut index, mut low, mut on) = (vec![usize::MAX; n], vec![0; n], vec![false; n]);
    let (mut stack, mut found, mut next) = (Vec::new(), Vec::new(), 0);
    for root in 0..n {
        if index[root] != usize::MAX {
            continue;
        }
        let mut work: Vec<(usize, Vec<usize>, usize)> = Vec::new();
        let preds = |v: usize| -> Vec<usize> {
            before[v].iter().filter(|(_, e)| keep(**e)).map(|(u, _)| *u).collect()
        };
        work.push((root, preds(root), 0));
        while let Some((v, list, at)) = work.last_mut() {
            let v = *v;
            if *at == 0 && index[v] == usize::MAX {
                index[v] = next;
                low[v] = next;
                next += 1;
                stack.push(v);
                on[v] = true;
            }
            if let Some(u) = list.get(*at).copied() {
                *at += 1;
                if index[u] == usize::MAX {
                    work.push((u, preds(u), 0));
                } else if on[u] {
                    low[v] = low[v].min(index[u]);
                }
                continue;
            }
            work.pop();
            if let Some((parent, _, _)) = work.last() {
                low[*parent] = low[*parent].min(low[v]);
            }
            if low[v] == index[v] {
                let mut component = Vec::new();
                while let Some(u) = stack.pop() {
                    on[u] = false;
                    component.push(u);
                    if u == v {
                        break;
                    }
                }
                if component.len() > 1 {
                    component.sort_unstable();
                    found.push(component);
                }
            }
        }
    }
    found
}

/// Leaves of the edges that are mere words, in a circle, those that close none: one after the other
/// is put back where nothing leads from its end to its start.
fn thin_out_words(before: &mut Before) {
    for component in circles(before, |_| true) {
        let members: BTreeSet<usize> = component.iter().copied().collect();
        let mut words: Vec<(usize, usize)> = Vec::new();
        for v in component {
            let said = |u: &usize, edge: &Edge| *edge == Edge::Word && members.contains(u);
            words.extend(before[v].iter().filter(|(u, e)| said(u, e)).map(|(u, _)| (*u, v)));
            before[v].retain(|u, edge| !said(u, edge));
        }
        // Each costs a walk through the circle; a huge one is left without.
        if words.len().saturating_mul(members.len()) > MOST_WORK {
            continue;
        }
        for (u, v) in words {
            if !leads_to(before, &members, v, u) {
                before[v].insert(u, Edge::Word);
            }
        }
    }
}

/// How many steps putting back words may take, about.
const MOST_WORK: usize = 4_000_000;

/// True when `start` comes before `end`, by way of members of a circle.
fn leads_to(before: &Before, members: &BTreeSet<usize>, start: usize, end: usize) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![end]);
    while let Some(at) = next.pop() {
        if at == start {
            return true;
        }
        if seen.insert(at) {
            next.extend(before[at].keys().filter(|u| members.contains(u)));
        }
    }
    false
}

/// Drops the edges of one strength inside of circles.
fn break_circles(before: &mut Before, strength: Edge) {
    for component in circles(before, |_| true) {
        let members: BTreeSet<usize> = component.iter().copied().collect();
        for v in component {
            before[v].retain(|u, edge| *edge > strength || !members.contains(u));
        }
    }
}

/// Needs that lead in a circle cannot all be met; the first edge of the circle goes, and the plan
/// says so.
fn break_circles_of_needs(before: &mut Before) -> Vec<Vec<usize>> {
    let mut all = Vec::new();
    loop {
        let found = circles(before, |_| true);
        if found.is_empty() {
            return all;
        }
        for component in found {
            let members: BTreeSet<usize> = component.iter().copied().collect();
            if let Some(v) = component.first().copied() {
                before[v].retain(|u, _| !members.contains(u));
            }
            all.push(component);
        }
    }
}

/// Visits in the order of rank, what comes before first: so a drop stands right before what it
/// makes room for.
fn topological(before: &Before, ranks: &[(u16, usize)]) -> Vec<usize> {
    let mut by_rank: Vec<usize> = (0..before.len()).collect();
    by_rank.sort_by(|a, b| ranks[*a].cmp(&ranks[*b]));
    let sorted = |v: usize| -> Vec<usize> {
        let mut list: Vec<usize> = before[v].keys().copied().collect();
        list.sort_by(|a, b| ranks[*b].cmp(&ranks[*a]));
        list
    };
    let mut done = vec![false; before.len()];
    let mut order = Vec::with_capacity(before.len());
    for root in by_rank {
        let mut work = vec![(root, sorted(root))];
        while let Some((v, list)) = work.last_mut() {
            if done[*v] {
                work.pop();
            } else if let Some(u) = list.pop() {
                if !done[u] {
                    work.push((u, sorted(u)));
                }
            } else {
                done[*v] = true;
                order.push(*v);
                work.pop();
            }
        }
    }
    order
}

/// Where an action stands when nothing else decides: what is added in the order of the kinds, then
/// what is dropped, the other way round, at the end.
fn rank_of(planned: &Planned) -> u16 {
    let action = &planned.action;
    if action.timing == crate::action::Timing::CommitAfter {
        return 0;
    }
    if action.rank > 0 {
        return action.rank;
    }
    let kind = Kind::ALL.iter().copied().find(|kind| kind.as_str() == action.object.kind());
    let kind = kind.unwrap_or(Kind::Schema);
    match action.verb {
        Verb::Drop => rank::goes(kind),
        _ if kind == Kind::EventTrigger => rank::AFTER_DROPS,
        _ => rank::comes(kind),
    }
}
