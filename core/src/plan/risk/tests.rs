//! The rules of `docs/risk.md`, on steps by hand.

use super::model::{Concerned, InScript, StepRisk, WayBack, Work};
use super::time::TimeRange;
use super::{PlanRisk, rate, risk};
use crate::action::{Hazard, Lock, LockMode, RiskLevel};
use crate::plan::{HazardNote, Reversible, Step, StepState};

/// A step in a transaction, which takes from one to ten of these seconds.
fn step(number: usize, transaction: Option<usize>, seconds: u64) -> Step {
    let takes = TimeRange { at_least_ms: seconds * 1000, at_most_ms: Some(seconds * 10_000) };
    Step {
        number,
        key: format!("key {number}"),
        transaction,
        statement: None,
        verb: "ALTER TABLE".to_owned(),
        object: format!("table:public.t{number}").as_str().into(),
        sql: String::new(),
        hazards: Vec::new(),
        lock: None,
        rewrites: false,
        scans: false,
        reversible: Reversible::Yes,
        risk: StepRisk { takes, ..StepRisk::default() },
        serves: Vec::new(),
        reasons: Vec::new(),
        needs: Vec::new(),
        group: None,
        state: StepState::Included,
    }
}

fn locking(mut step: Step, mode: LockMode, on: &str) -> Step {
    let lock = Lock { mode, on: on.into(), rows: None, bytes: None, duration: String::new() };
    step.lock = Some(lock);
    step.risk.concerned.push(Concerned {
        relation: on.into(),
        rows: Some(12),
        bytes: Some(8192),
        index_bytes: Some(0),
    });
    step
}

fn with(mut step: Step, hazard: Hazard) -> Step {
    step.hazards.push(HazardNote { hazard, message: "it may".to_owned() });
    step
}

fn rated(mut steps: Vec<Step>) -> (Vec<Step>, PlanRisk) {
    rate(&mut steps);
    let risk = risk(&steps);
    (steps, risk)
}

fn seconds(least: u64, most: u64) -> TimeRange {
    TimeRange { at_least_ms: least * 1000, at_most_ms: Some(most * 1000) }
}

const A: &str = "table:public.a";
const B: &str = "table:public.b";

#[test]
fn times_are_said_in_the_unit_that_fits() {
    let range = |least, most| TimeRange { at_least_ms: least, at_most_ms: most };
    for (time, words) in [
        (TimeRange::NONE, "no time"),
        (range(0, Some(999)), "less than 1 s"),
        (range(999, Some(1_001)), "up to 2 s"),
        (range(3_000, Some(40_000)), "3 s to 40 s"),
        (range(3_000, Some(3_000)), "about 3 s"),
        (range(119_000, Some(120_001)), "119 s to 3 min"),
        (range(179_999, Some(7_199_000)), "2 min to 120 min"),
        (range(7_200_000, Some(86_400_000)), "2 h to 24 h"),
        (TimeRange::UNKNOWN, "unknown"),
        (range(3_600_000, None), "unknown, at least 60 min"),
    ] {
        assert_eq!(time.in_words(), words, "{time:?}");
    }
}

#[test]
fn a_time_without_an_end_stays_without_one() {
    let known = seconds(1, 2);
    assert_eq!(known.and(known), seconds(2, 4));
    let sum = known.and(TimeRange::UNKNOWN);
    assert_eq!((sum.at_least_ms, sum.at_most_ms), (1000, None));
    assert_eq!(TimeRange::UNKNOWN.longest(known).at_most_ms, None);
    let vast = TimeRange::of_bytes(u64::MAX, |speed| speed.scan);
    assert!(vast.at_most_ms.is_some_and(|most| most > vast.at_least_ms));
}

#[test]
fn a_lock_is_held_to_the_end_of_its_transaction() {
    let exclusive = |step, on| locking(step, LockMode::AccessExclusive, on);
    let mut off = step(3, None, 100);
    off.state = StepState::Off;
    let (steps, risk) = rated(vec![
        exclusive(step(1, Some(1), 0), A),
        exclusive(step(2, Some(1), 2), B),
        exclusive(off, A),
        step(4, Some(1), 3),
        exclusive(step(5, Some(2), 1), A),
    ]);
    let held: Vec<_> = steps.iter().map(|step| step.risk.held).collect();
    let expected = [
        Some(seconds(5, 50)),
        Some(seconds(5, 50)),
        Some(seconds(100, 1000)),
        None,
        Some(seconds(1, 10)),
    ];
    assert_eq!(held, expected);
    let downtime = &risk.downtime;
    assert_eq!((downtime.readers, downtime.script), (seconds(6, 60), seconds(6, 60)));
    let closed: Vec<_> = downtime
        .relations
        .iter()
        .map(|closed| (closed.relation.as_str(), closed.readers))
        .collect();
    assert_eq!(closed, [(A, seconds(6, 60)), (B, seconds(5, 50))]);
}

#[test]
fn writers_wait_for_weaker_locks_and_nobody_for_the_weakest() {
    let (steps, risk) = rated(vec![
        locking(step(1, Some(1), 1), LockMode::Share, A),
        locking(step(2, None, 60), LockMode::ShareUpdateExclusive, B),
    ]);
    let downtime = risk.downtime;
    assert_eq!((downtime.readers, downtime.writers), (TimeRange::NONE, seconds(1, 10)));
    assert_eq!(downtime.script, seconds(61, 610));
    assert_eq!(downtime.relations.len(), 1);
    let levels: Vec<_> = steps.iter().map(|step| step.risk.level).collect();
    assert_eq!(levels, [RiskLevel::Medium, RiskLevel::Low]);
    assert_eq!(
        downtime.summary,
        "tables are closed to writers: 1 s to 10 s; to readers: never; the script runs: 61 s to 11 \
         min; waiting for locks comes on top"
    );
}

#[test]
fn levels_come_from_hazards_and_from_waiting() {
    let mut vast = locking(step(4, Some(4), 0), LockMode::Share, A);
    vast.risk.takes = TimeRange::UNKNOWN;
    let (steps, risk) = rated(vec![
        step(1, Some(1), 100),
        with(step(2, Some(2), 0), Hazard::MayFail),
        with(step(3, Some(3), 0), Hazard::DataLoss),
        vast,
        locking(step(5, Some(5), 2), LockMode::AccessExclusive, A),
    ]);
    let levels: Vec<_> = steps.iter().map(|step| step.risk.level).collect();
    let (low, medium, high) = (RiskLevel::Low, RiskLevel::Medium, RiskLevel::High);
    assert_eq!(levels, [low, medium, high, high, high]);
    let order: Vec<_> = risk.changes.iter().map(|change| change.steps[0]).collect();
    assert_eq!(order, [3, 4, 5, 2, 1], "the riskiest first, then in the order of the plan");
    assert_eq!(risk.summary, "high; changes by risk: 3 high, 1 medium, 1 low");
    assert_eq!(risk.downtime.unknown, ["the snapshot has no statistics of public.a"]);
}

#[test]
fn the_steps_of_a_change_are_one_row() {
    let change = || vec!["column:public.a.x".into()];
    let mut first = with(locking(step(1, Some(1), 1), LockMode::Share, A), Hazard::IndexBuild);
    first.risk.work = Work::IndexBuild;
    first.serves = change();
    let mut second =
        with(locking(step(2, Some(1), 0), LockMode::AccessExclusive, A), Hazard::DataLoss);
    second.serves = change();
    second.state = StepState::Withheld { hazard: Hazard::DataLoss };
    second.risk.way_back = WayBack::Lossy;
    second.risk.concerned.push(Concerned {
        relation: B.into(),
        rows: None,
        bytes: Some(1000),
        index_bytes: None,
    });
    let (_, risk) = rated(vec![first, second]);
    let [row] = &risk.changes[..] else { unreachable!("{risk:?}") };
    assert_eq!((&row.steps[..], row.in_script), (&[1, 2][..], InScript::Partly));
    assert_eq!((row.level, row.way_back), (RiskLevel::High, WayBack::Lossy));
    assert_eq!(row.hazards, [Hazard::DataLoss, Hazard::IndexBuild]);
    assert_eq!((row.rows, row.bytes), (None, Some(9192)), "a table counts once");
    let lock = row.lock.as_ref().map(|lock| (lock.mode, lock.held));
    assert_eq!(lock, Some((LockMode::AccessExclusive, seconds(0, 0))));
    assert_eq!(risk.level, RiskLevel::Medium, "what is not in the script does not count");
}

#[test]
fn what_is_left_out_is_counted_apart() {
    let mut out = with(step(1, None, 0), Hazard::DataLoss);
    out.state = StepState::Withheld { hazard: Hazard::DataLoss };
    let (_, risk) = rated(vec![out]);
    assert_eq!((risk.left_out.high, risk.in_script.high), (1, 0));
    assert_eq!(risk.summary, "none: the script changes nothing; not in the script: 1 high");
    assert_eq!(risk.downtime.summary, "none: nothing runs");
}
