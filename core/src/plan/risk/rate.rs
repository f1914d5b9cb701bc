//! How long the locks of a plan are held, and how much each step can hurt.

use super::time::TimeRange;
use crate::action::RiskLevel;
use crate::plan::{Step, StepState};

/// The longest time that sessions wait at a low risk.
const LOW_MS: u64 = 1_000;
/// The longest time that they wait at a medium one.
const MEDIUM_MS: u64 = 10_000;

/// Fills in what depends on the company of a step. A lock is held to the end of the transaction
/// (PostgreSQL manual, "Explicit Locking"), so all that comes behind it counts.
pub(crate) fn rate(steps: &mut [Step]) {
    let mut open: Option<usize> = None;
    let mut rest = TimeRange::NONE;
    for step in steps.iter_mut().rev() {
        let held = match step.transaction {
            Some(transaction) if step.state == StepState::Included => {
                let behind = if open == Some(transaction) { rest } else { TimeRange::NONE };
                open = Some(transaction);
                rest = step.risk.takes.and(behind);
                rest
            }
            _ => step.risk.takes,
        };
        step.risk.held = step.lock.is_some().then_some(held);
        step.risk.level = level(step);
    }
}

/// The highest of what the hazards say and of how long sessions wait.
fn level(step: &Step) -> RiskLevel {
    let blocking = step.lock.as_ref().is_some_and(|lock| lock.mode.blocks_writes());
    let waiting = match step.risk.held.filter(|_| blocking).map(|held| held.at_most_ms) {
        None => RiskLevel::Low,
        Some(Some(time)) if time <= LOW_MS => RiskLevel::Low,
        Some(Some(time)) if time <= MEDIUM_MS => RiskLevel::Medium,
        Some(_) => RiskLevel::High,
    };
    let hazards = step.hazards.iter().map(|note| note.hazard.risk());
    hazards.fold(waiting, RiskLevel::max)
}
