//! What lets a script run twice: for each transaction the condition under which it is still to be
//! run, asked of the catalog.
//!
//! A transaction runs as a whole or not at all, so it is enough to ask for what no later one changes
//! again. What it leaves unfinished, an object that is away until it is created again above all, is
//! asked for as it may be from then on: still away, or as it should become. A run that was broken
//! off goes on where it stopped for the same reason.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::Rerun;
use super::build::Planned;
use super::goal::{Goals, Wanted, gone, there};
use super::unmet::unmet;
use crate::action::{Aside, Verb};
use crate::catalog::session_sql;
use crate::model::{FastSet, Id};
use crate::objects::Kind;
use crate::sql::quote_literal;

/// What is committed together: the steps of a transaction, or a statement that none takes.
struct Unit<'a> {
    transaction: Option<usize>,
    steps: Vec<&'a Planned>,
}

/// What a unit leaves of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    Away,
    Brought,
    Altered,
}

/// The units of a script and what each does with every object.
struct Course<'a> {
    units: Vec<Unit<'a>>,
    touches: HashMap<&'a Id, Vec<(usize, Left)>>,
    /// What waits under another name for an object, by the object, with the unit from which on.
    asides: HashMap<&'a Id, (usize, &'a Id)>,
}

/// What can be asked about a transaction.
#[derive(Default)]
struct Asked {
    /// It holds as long as the transaction is still to be run, and only then.
    sure: Condition,
    /// It may also hold afterwards, because of what a later transaction does.
    vague: Condition,
}

/// Conditions that are alternatives: with one that holds, a transaction is to be run.
#[derive(Default)]
struct Condition {
    /// One of these is not as it is wanted.
    unmet: Wanted,
    /// Something of the first is not as it is wanted, and something of the second neither.
    both: BTreeMap<Id, (Wanted, Wanted)>,
}

/// What is asked before each transaction of `actions`, which are in their order; those outside of one
/// are not asked for.
pub(super) fn rerun(
    goals: &Goals<'_>,
    actions: &[&Planned],
    transactions: &[Option<usize>],
    server: u32,
) -> Rerun {
    let course = Course::new(actions, transactions);
    let mut conditions = BTreeMap::new();
    let mut kinds: BTreeMap<Kind, bool> = BTreeMap::new();
    for (at, unit) in course.units.iter().enumerate() {
        let Some(transaction) = unit.transaction else { continue };
        let condition = course.condition(at, goals);
        for (kind, list) in condition.wanted() {
            *kinds.entry(*kind).or_default() |= list.iter().any(asks_comment);
        }
        if let Some(sql) = condition.sql() {
            conditions.insert(transaction, sql);
        }
    }
    let functions = kinds.into_iter().map(|(kind, comments)| {
        format!(
            "CREATE OR REPLACE FUNCTION {}(jsonb) RETURNS SETOF text LANGUAGE sql STABLE\n{} AS \
             $pgparity$\n{}\n$pgparity$",
            function(kind),
            session_sql().join(" ").replace("SET LOCAL", "SET"),
            unmet(kind, server, "$1", comments)
        )
    });
    Rerun { functions: functions.collect(), conditions }
}

impl<'a> Course<'a> {
    fn new(actions: &[&'a Planned], transactions: &[Option<usize>]) -> Self {
        let mut units: Vec<Unit<'a>> = Vec::new();
        for (planned, transaction) in actions.iter().copied().zip(transactions.iter().copied()) {
            match units.last_mut() {
                Some(unit) if transaction.is_some() && unit.transaction == transaction => {
                    unit.steps.push(planned);
                }
                _ => units.push(Unit { transaction, steps: vec![planned] }),
            }
        }
        let mut touches: HashMap<&Id, Vec<(usize, Left)>> = HashMap::new();
        let mut asides = HashMap::new();
        for (at, unit) in units.iter().enumerate() {
            for Planned { action, leaves_late, .. } in unit.steps.iter().copied() {
                let mut touch = |id, left| touches.entry(id).or_default().push((at, left));
                if let Some(Aside::Moved(name) | Aside::Brought(name)) = &action.aside {
                    asides.insert(&action.object, (at, name));
                }
                if *leaves_late {
                    // What goes is the old form: the object is there by then.
                    touch(&action.object, Left::Altered);
                    continue;
                }
                match action.verb {
                    Verb::Alter if matches!(action.aside, Some(Aside::Moved(_))) => {
                        touch(&action.object, Left::Away);
                    }
                    Verb::Alter => touch(&action.object, Left::Altered),
                    Verb::Create | Verb::Drop => {}
                }
                action.destroys.iter().for_each(|id| touch(id, Left::Away));
                action.produces.iter().for_each(|id| touch(id, Left::Brought));
            }
        }
        Course { units, touches, asides }
    }

    fn touches(&self, id: &Id) -> &[(usize, Left)] {
        self.touches.get(id).map_or(&[], Vec::as_slice)
    }

    fn touched_before(&self, id: &Id, at: usize) -> bool {
        self.touches(id).iter().any(|(unit, _)| *unit < at)
    }

    fn touched_after(&self, id: &Id, at: usize) -> bool {
        self.touches(id).iter().any(|(unit, _)| *unit > at)
    }

    /// The unit that brings an object back that is away after `at`.
    fn comes_back(&self, id: &Id, at: usize) -> Option<usize> {
        let touches = self.touches(id);
        let left = touches.iter().rev().find(|(unit, _)| *unit <= at)?.1;
        let back = touches.iter().find(|(unit, left)| *unit > at && *left == Left::Brought)?.0;
        (left == Left::Away).then_some(back)
    }

    /// When a transaction is to be run: by what it finishes, and where it finishes nothing, by what
    /// it is there for.
    fn condition(&self, at: usize, goals: &Goals<'_>) -> Condition {
        let mut asked = Asked::default();
        for planned in &self.units[at].steps {
            self.ask(at, planned, goals, &mut asked);
        }
        if asked.sure.is_empty() { asked.vague } else { asked.sure }
    }

    fn ask(&self, at: usize, planned: &Planned, goals: &Goals<'_>, asked: &mut Asked) {
        let (action, id) = (&planned.action, &planned.action.object);
        if let Some(Aside::Removed(name)) = &action.aside {
            asked.sure.add(there(name).map(gone));
        }
        let own = goals.goal(id);
        let back = self.comes_back(id, at);
        let (before, mut after) = (self.touched_before(id, at), self.touched_after(id, at));
        // What goes here comes back with what it is attached to, and is validated with it.
        let above = goals.above(id).filter(|_| action.verb == Verb::Drop && back.is_none());
        after |= above.is_some_and(|above| self.touched_after(&above, at));
        let waits = self.asides.get(id).filter(|(unit, _)| *unit == at).and_then(|(_, n)| there(n));
        match own {
            Some(goal) if waits.is_some() => asked.sure.add_both(id, vec![goal], waits),
            Some((kind, mut goal)) if back.is_some() => {
                goal["or_away"] = Value::Bool(true);
                asked.sure.add(Some((kind, goal)));
            }
            Some(goal) if after => {
                // What is to be created is there from now on, whatever else is to come.
                let certain = goal.1.get("gone").is_none() && goal.1.get("now").is_none();
                let into = if certain { &mut asked.sure } else { &mut asked.vague };
                let not_null = (certain && before).then(|| goals.not_null(id)).flatten();
                into.add(Some(not_null.unwrap_or_else(|| Goals::begun(goal))));
            }
            Some(goal) if before => asked.sure.add(Some(goals.completed(id, goal))),
            Some(goal) => asked.sure.add(Some(goal)),
            None => self.ask_for_cause(at, planned, goals, asked),
        }
        // Its own goal may say nothing of what it does for the sake of another object.
        if *id != planned.serves && action.verb == Verb::Alter {
            asked.vague.add_all(self.cause(at, &planned.serves, goals));
        }
    }

    /// A step about an object that the drift leaves alone: it is replaced, or changed meanwhile, for
    /// the sake of another one.
    fn ask_for_cause(&self, at: usize, planned: &Planned, goals: &Goals<'_>, asked: &mut Asked) {
        let (id, cause) = (&planned.action.object, &planned.serves);
        let wanted = self.cause(at, cause, goals);
        if let Some(back) = self.comes_back(id, at) {
            // As long as the cause is not there yet, the object has to be away.
            let late = self.touched_after(cause, back);
            let into = if late { &mut asked.vague } else { &mut asked.sure };
            into.add_both(id, wanted, goals.away(id));
            return;
        }
        let begun = self.touched_before(id, at) || self.touched_before(cause, at);
        let brought = |(unit, left): &(usize, Left)| *left == Left::Brought && *unit <= at;
        if begun && !self.touched_after(id, at) {
            let replaced = self.touches(id).iter().any(|(_, left)| *left == Left::Brought);
            asked.sure.add(goals.as_before(id, replaced));
        } else if begun
            && planned.action.verb == Verb::Create
            && self.touches(id).iter().any(brought)
        {
            // What later steps do with it is no matter yet: it is there.
            asked.sure.add(goals.as_before(id, true).map(Goals::whatever_it_is));
        }
        asked.vague.add_all(wanted);
    }

    /// What is true once a change is done with everything that waits for it.
    fn cause(&self, at: usize, id: &Id, goals: &Goals<'_>) -> Vec<(Kind, Value)> {
        let waits = self.asides.get(id).filter(|(unit, _)| *unit < at);
        goals
            .goal(id)
            .into_iter()
            .chain(waits.and_then(|(_, name)| there(name).map(gone)))
            .collect()
    }
}

impl Condition {
    fn is_empty(&self) -> bool {
        self.unmet.is_empty() && self.both.is_empty()
    }

    fn add(&mut self, goal: Option<(Kind, Value)>) {
        add(&mut self.unmet, goal);
    }

    fn add_all(&mut self, goals: Vec<(Kind, Value)>) {
        for goal in goals {
            self.add(Some(goal));
        }
    }

    fn add_both(&mut self, id: &Id, first: Vec<(Kind, Value)>, second: Option<(Kind, Value)>) {
        if first.is_empty() || second.is_none() {
            return;
        }
        let both = self.both.entry(id.clone()).or_default();
        for goal in first {
            add(&mut both.0, Some(goal));
        }
        add(&mut both.1, second);
    }

    fn wanted(&self) -> impl Iterator<Item = (&Kind, &Vec<Value>)> {
        let both = self.both.values().flat_map(|(first, second)| first.iter().chain(second));
        self.unmet.iter().chain(both)
    }

    /// As SQL; `None` when nothing can be asked.
    fn sql(&self) -> Option<String> {
        let mut alternatives = exist(&self.unmet);
        // What is away for the same reason is asked for together.
        let mut reasons: BTreeMap<String, Wanted> = BTreeMap::new();
        for (first, second) in self.both.values() {
            let away = reasons.entry(exist(first).join(" OR ")).or_default();
            for (kind, list) in second {
                away.entry(*kind).or_default().extend(list.iter().cloned());
            }
        }
        alternatives.extend(
            reasons.iter().map(|(why, away)| format!("({why}) AND ({})", exist(away).join(" OR "))),
        );
        (!alternatives.is_empty()).then(|| alternatives.join("\n    OR "))
    }
}

fn add(wanted: &mut Wanted, goal: Option<(Kind, Value)>) {
    let Some((kind, goal)) = goal else { return };
    wanted.entry(kind).or_default().push(goal);
}

/// True for a goal that says what the comment is to be.
pub(super) fn asks_comment(goal: &Value) -> bool {
    goal.get("now").is_some_and(|now| now.get("comment").is_some())
}

/// An expression for each kind that is true when something is not as it is wanted.
fn exist(wanted: &Wanted) -> Vec<String> {
    let one = |(kind, list): (&Kind, &Vec<Value>)| {
        // Steps of one object want the same, and there may be thousands.
        let mut seen: FastSet<&Value> = FastSet::default();
        let each: Vec<Value> = list.iter().filter(|goal| seen.insert(goal)).cloned().collect();
        format!("EXISTS (SELECT FROM {}({}))", function(*kind), literal(&each))
    };
    wanted.iter().map(one).collect()
}

/// A JSON array as an SQL literal.
pub(super) fn literal(list: &[Value]) -> String {
    quote_literal(&Value::Array(list.to_vec()).to_string())
}

/// The name of the function that holds the query of a kind in a script that can run twice.
fn function(kind: Kind) -> String {
    format!("pg_temp.pgparity_unmet_{}", kind.as_str())
}
