//! The rows of the risk table, and the sums of the plan.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::model::{
    ChangeRisk, Closed, Concerned, Downtime, HeldLock, InScript, LevelCounts, PlanRisk, WayBack,
    Work,
};
use super::time::TimeRange;
use crate::action::{Hazard, RiskLevel};
use crate::model::Id;
use crate::plan::{Step, StepState};

/// The risks of a plan with rated steps.
pub(crate) fn risk(steps: &[Step]) -> PlanRisk {
    let mut places: BTreeMap<&Id, usize> = BTreeMap::new();
    let mut groups: Vec<(&Id, Vec<&Step>)> = Vec::new();
    for step in steps {
        let change = step.serves.first().unwrap_or(&step.object);
        let place = *places.entry(change).or_insert_with(|| {
            groups.push((change, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, group)) = groups.get_mut(place) {
            group.push(step);
        }
    }
    let mut changes: Vec<ChangeRisk> =
        groups.into_iter().map(|(change, steps)| row(change, &steps)).collect();
    // The order of the plan stays within a level.
    changes.sort_by_key(|change| Reverse(change.level));
    let included = steps.iter().filter(|step| step.state == StepState::Included);
    let level = included.map(|step| step.risk.level).max().unwrap_or_default();
    let (mut in_script, mut left_out) = (LevelCounts::default(), LevelCounts::default());
    for change in &changes {
        let counts = if change.in_script == InScript::No { &mut left_out } else { &mut in_script };
        *counts.of(change.level) += 1;
    }
    PlanRisk {
        level,
        in_script,
        left_out,
        changes,
        downtime: downtime(steps),
        summary: summary(level, in_script, left_out),
    }
}

fn is_included(step: &Step) -> bool {
    step.state == StepState::Included
}

/// The steps of a change as one row.
fn row(change: &Id, steps: &[&Step]) -> ChangeRisk {
    let included = steps.iter().filter(|step| is_included(step)).count();
    let mut hazards: Vec<Hazard> =
        steps.iter().flat_map(|step| &step.hazards).map(|note| note.hazard).collect();
    hazards.sort_by_key(|hazard| (Reverse(hazard.risk()), *hazard));
    hazards.dedup();
    let concerned: BTreeMap<&Id, &Concerned> = steps
        .iter()
        .flat_map(|step| &step.risk.concerned)
        .map(|concerned| (&concerned.relation, concerned))
        .collect();
    let sum = |of: fn(&Concerned) -> Option<u64>| {
        concerned
            .values()
            .try_fold(0_u64, |sum, concerned| Some(sum.saturating_add(of(concerned)?)))
    };
    ChangeRisk {
        object: change.clone(),
        steps: steps.iter().map(|step| step.number).collect(),
        in_script: match included {
            0 => InScript::No,
            all if all == steps.len() => InScript::Yes,
            _ => InScript::Partly,
        },
        level: steps.iter().map(|step| step.risk.level).max().unwrap_or_default(),
        hazards,
        lock: strongest(steps),
        work: steps.iter().map(|step| step.risk.work).max().unwrap_or_default(),
        takes: steps.iter().fold(TimeRange::NONE, |sum, step| sum.and(step.risk.takes)),
        way_back: steps.iter().map(|step| step.risk.way_back).max().unwrap_or(WayBack::Full),
        rows: sum(|concerned| concerned.rows),
        bytes: sum(|concerned| concerned.bytes),
    }
}

fn strongest(steps: &[&Step]) -> Option<HeldLock> {
    let locks = steps.iter().filter_map(|step| {
        let lock = step.lock.as_ref()?;
        Some(HeldLock { mode: lock.mode, on: lock.on.clone(), held: step.risk.held? })
    });
    // What nobody can tell counts as longest; of equals the first is taken.
    locks.reduce(|best, lock| {
        let weight = |lock: &HeldLock| (lock.mode, lock.held.at_most_ms.unwrap_or(u64::MAX));
        if weight(&lock) > weight(&best) { lock } else { best }
    })
}

/// How long readers and writers of one relation, or of any, wait.
#[derive(Clone, Copy, Default)]
struct Waits {
    readers: Option<TimeRange>,
    writers: Option<TimeRange>,
}

impl Waits {
    /// Within a transaction the first lock is the one that is held longest.
    fn within(&mut self, held: TimeRange, reads: bool) {
        let longest =
            |known: Option<TimeRange>| Some(known.map_or(held, |known| known.longest(held)));
        if reads {
            self.readers = longest(self.readers);
        }
        self.writers = longest(self.writers);
    }

    /// After another transaction.
    fn and(&mut self, then: Waits) {
        let sum = |one: Option<TimeRange>, other: Option<TimeRange>| match (one, other) {
            (Some(one), Some(other)) => Some(one.and(other)),
            (one, other) => one.or(other),
        };
        self.readers = sum(self.readers, then.readers);
        self.writers = sum(self.writers, then.writers);
    }
}

/// What the script closes, transaction by transaction.
fn downtime(steps: &[Step]) -> Downtime {
    let included: Vec<&Step> = steps.iter().filter(|step| is_included(step)).collect();
    let (mut all, mut each) = (Waits::default(), BTreeMap::<&Id, (Waits, &Concerned)>::new());
    let mut script = TimeRange::NONE;
    // What runs outside of a transaction is one by itself.
    let together = |a: &&Step, b: &&Step| a.transaction.is_some() && a.transaction == b.transaction;
    for transaction in included.chunk_by(together) {
        let (mut any, mut own) = (Waits::default(), BTreeMap::<&Id, (Waits, &Concerned)>::new());
        for step in transaction {
            script = script.and(step.risk.takes);
            let lock = step.lock.as_ref().filter(|lock| lock.mode.blocks_writes());
            let (Some(lock), Some(held)) = (lock, step.risk.held) else { continue };
            any.within(held, lock.mode.blocks_reads());
            for concerned in &step.risk.concerned {
                let (waits, _) =
                    own.entry(&concerned.relation).or_insert((Waits::default(), concerned));
                waits.within(held, lock.mode.blocks_reads());
            }
        }
        all.and(any);
        for (relation, (waits, concerned)) in own {
            each.entry(relation).or_insert((Waits::default(), concerned)).0.and(waits);
        }
    }
    let none = |time: Option<TimeRange>| time.unwrap_or(TimeRange::NONE);
    let mut relations: Vec<Closed> = each
        .into_iter()
        .map(|(relation, (waits, concerned))| Closed {
            relation: relation.clone(),
            readers: none(waits.readers),
            writers: none(waits.writers),
            rows: concerned.rows,
            bytes: concerned.bytes,
        })
        .collect();
    let weight = |time: TimeRange| Reverse(time.at_most_ms.unwrap_or(u64::MAX));
    relations.sort_by_key(|closed| (weight(closed.writers), weight(closed.readers)));
    let (readers, writers) = (none(all.readers), none(all.writers));
    Downtime {
        readers,
        writers,
        script,
        relations,
        unknown: unknown(&included),
        summary: told(readers, writers, script),
    }
}

/// Why nobody can tell how long some of the steps take.
fn unknown(included: &[&Step]) -> Vec<String> {
    let mut told = BTreeSet::new();
    let mut reasons = Vec::new();
    for step in included.iter().filter(|step| step.risk.takes.at_most_ms.is_none()) {
        if step.risk.work == Work::Query {
            reasons.push(format!(
                "step {} ({}) runs what no snapshot tells the time of",
                step.number, step.verb
            ));
        } else if let Some(concerned) = step.risk.concerned.first()
            && told.insert(&concerned.relation)
        {
            let name = concerned.relation.name();
            reasons.push(format!("the snapshot has no statistics of {name}"));
        }
    }
    reasons
}

impl LevelCounts {
    fn of(&mut self, level: RiskLevel) -> &mut usize {
        match level {
            RiskLevel::High => &mut self.high,
            RiskLevel::Medium => &mut self.medium,
            RiskLevel::Low => &mut self.low,
        }
    }

    /// `2 high, 7 low`; nothing when there are none.
    pub fn in_words(mut self) -> String {
        let words = RiskLevel::ALL.map(|level| (*self.of(level), level.word()));
        let some = words.iter().filter(|(count, _)| *count > 0);
        some.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
    }
}

fn summary(level: RiskLevel, in_script: LevelCounts, left_out: LevelCounts) -> String {
    let mut words = match in_script.in_words() {
        none if none.is_empty() => "none: the script changes nothing".to_owned(),
        some => format!("{}; changes by risk: {some}", level.word()),
    };
    let left_out = left_out.in_words();
    if !left_out.is_empty() {
        words.push_str(&format!("; not in the script: {left_out}"));
    }
    words
}

fn told(readers: TimeRange, writers: TimeRange, script: TimeRange) -> String {
    if script.is_none() {
        return "none: nothing runs".to_owned();
    }
    let closed = match (readers.is_none(), writers.is_none()) {
        (true, true) => "no table is closed to readers or writers".to_owned(),
        (true, false) => {
            format!("tables are closed to writers: {}; to readers: never", writers.in_words())
        }
        _ => format!(
            "tables are closed to writers: {}; to readers: {}",
            writers.in_words(),
            readers.in_words()
        ),
    };
    format!("{closed}; the script runs: {}; waiting for locks comes on top", script.in_words())
}
