//! A window of the plan, with the verdict and what every switch would do.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::action::Hazard;
use pgparity_core::plan::{Plan, Step, StepState};
use pgparity_core::report::words::counted;

use crate::protocol::{Allowance, PlanPage, Settings, StepView, Tally};

/// The steps from `start`, at most `len`, and what stands above them.
pub(super) fn page(
    plan: &Plan,
    settings: &Settings,
    undecided: usize,
    start: usize,
    len: usize,
) -> PlanPage {
    let tally = tally(plan, undecided);
    let bonds = Bonds::of(plan);
    PlanPage {
        mode: plan.mode,
        tally,
        verdict: verdict(tally),
        allowances: allowances(plan, settings),
        checks: plan.pre_checks.clone(),
        notes: plan.notes.clone(),
        start,
        steps: plan.steps.iter().skip(start).take(len).map(|step| bonds.view(step)).collect(),
    }
}

fn tally(plan: &Plan, undecided: usize) -> Tally {
    let mut tally = Tally { steps: plan.steps.len(), undecided, ..Tally::default() };
    let mut transactions = BTreeSet::new();
    for step in &plan.steps {
        match step.state {
            StepState::Off => tally.off += 1,
            StepState::Withheld { .. } => tally.withheld += 1,
            StepState::Blocked { .. } => tally.blocked += 1,
            StepState::Included => {
                tally.included += 1;
                tally.destructive += usize::from(step.has(Hazard::DataLoss));
                tally.block_writes += usize::from(step.blocks_writes());
                tally.alone += usize::from(step.transaction.is_none());
                transactions.extend(step.transaction);
            }
        }
    }
    tally.transactions = transactions.len();
    tally
}

/// The plan in one sentence.
fn verdict(tally: Tally) -> String {
    if tally.steps == 0 {
        return "Nothing to do: From is already what To asks for.".to_owned();
    }
    let mut said = format!(
        "{} in {}",
        counted(tally.included, "statement"),
        counted(tally.transactions, "transaction")
    );
    let dangers = [
        (tally.destructive, "delete data", "deletes data"),
        (tally.block_writes, "block writes", "blocks writes"),
        (tally.alone, "run outside of a transaction", "runs outside of a transaction"),
    ];
    let told: Vec<String> = dangers
        .iter()
        .filter(|danger| danger.0 > 0)
        .map(|(number, many, one)| format!("{number} {}", if *number == 1 { one } else { many }))
        .collect();
    if told.is_empty() {
        said.push_str("; none deletes data or blocks writes");
    } else {
        said.push_str("; ");
        said.push_str(&told.join(", "));
    }
    said.push('.');
    said
}

/// Every hazard that keeps steps out of the script until it is allowed.
fn allowances(plan: &Plan, settings: &Settings) -> Vec<Allowance> {
    Hazard::ALL
        .iter()
        .filter(|hazard| hazard.withholds())
        .map(|hazard| Allowance {
            hazard: *hazard,
            steps: plan.steps.iter().filter(|step| step.has(*hazard)).count(),
            allowed: settings.allow.contains(hazard),
        })
        .filter(|allowance| allowance.steps > 0 || allowance.allowed)
        .collect()
}

/// Which steps cannot run without which.
struct Bonds<'a> {
    steps: BTreeMap<usize, &'a Step>,
    /// To every step those that fall out of the script with it.
    dependents: BTreeMap<usize, BTreeSet<usize>>,
}

impl<'a> Bonds<'a> {
    fn of(plan: &'a Plan) -> Bonds<'a> {
        let mut dependents: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for step in &plan.steps {
            for other in step.needs.iter().chain(&step.together) {
                dependents.entry(*other).or_default().insert(step.number);
            }
        }
        Bonds { steps: plan.steps.iter().map(|step| (step.number, step)).collect(), dependents }
    }

    fn view(&self, step: &Step) -> StepView {
        let falls = |number: &usize| {
            let state = self.steps.get(number).map(|other| &other.state);
            match step.state {
                StepState::Included => state == Some(&StepState::Included),
                _ => matches!(state, Some(StepState::Blocked { .. })),
            }
        };
        let takes_along = self
            .reach(step.number, |number| {
                self.dependents.get(&number).into_iter().flatten().copied().collect()
            })
            .iter()
            .filter(|number| falls(number))
            .count();
        StepView { step: step.clone(), takes_along, turn_on: self.turn_on(step) }
    }

    /// Keys of the steps that are off and without which this one cannot run.
    fn turn_on(&self, step: &Step) -> Vec<String> {
        let needs = |number: usize| {
            let step = self.steps.get(&number);
            step.map_or_else(Vec::new, |step| {
                step.needs.iter().chain(&step.together).copied().collect()
            })
        };
        let mut wanted = self.reach(step.number, needs);
        wanted.insert(step.number);
        wanted
            .iter()
            .filter_map(|number| self.steps.get(number))
            .filter(|step| step.state == StepState::Off)
            .map(|step| step.key.clone())
            .collect()
    }

    /// All that is reached from a step, the step itself left out.
    fn reach(&self, from: usize, onward: impl Fn(usize) -> Vec<usize>) -> BTreeSet<usize> {
        let mut seen = BTreeSet::from([from]);
        let mut waiting = vec![from];
        while let Some(number) = waiting.pop() {
            for next in onward(number) {
                if self.steps.contains_key(&next) && seen.insert(next) {
                    waiting.push(next);
                }
            }
        }
        seen.remove(&from);
        seen
    }
}

#[cfg(test)]
mod tests {
    use pgparity_core::plan::{Mode, Reversible};
    use pgparity_core::snapshot::Side;

    use super::*;

    fn step(number: usize, needs: &[usize], state: StepState) -> Step {
        Step {
            key: format!("key {number}"),
            number,
            transaction: Some(1),
            verb: "ALTER TABLE".to_owned(),
            object: "table:public.t".into(),
            sql: String::new(),
            hazards: Vec::new(),
            lock: None,
            rewrites: false,
            scans: false,
            reversible: Reversible::Yes,
            serves: Vec::new(),
            reasons: Vec::new(),
            needs: needs.to_vec(),
            together: Vec::new(),
            state,
        }
    }

    fn plan(steps: Vec<Step>) -> Plan {
        Plan {
            version: 1,
            from: Side::default(),
            to: Side::default(),
            mode: Mode::Simple,
            steps,
            pre_checks: Vec::new(),
            post_checks: Vec::new(),
            rerun: None,
            notes: Vec::new(),
        }
    }

    fn all(plan: &Plan) -> PlanPage {
        page(plan, &Settings::default(), 0, 0, usize::MAX)
    }

    #[test]
    fn a_step_tells_what_would_go_with_it() {
        let plan = plan(vec![
            step(1, &[], StepState::Included),
            step(2, &[1], StepState::Included),
            step(3, &[2], StepState::Included),
        ]);
        let along: Vec<usize> = all(&plan).steps.iter().map(|view| view.takes_along).collect();
        assert_eq!(along, [2, 1, 0]);
    }

    #[test]
    fn turning_on_pulls_in_what_is_needed() {
        let plan = plan(vec![
            step(1, &[], StepState::Off),
            step(2, &[1], StepState::Off),
            step(3, &[2], StepState::Blocked { by: 2 }),
        ]);
        let page = all(&plan);
        assert_eq!(page.steps[2].turn_on, ["key 1", "key 2"]);
        assert_eq!(page.steps[0].takes_along, 1);
        assert_eq!((page.tally.off, page.tally.blocked, page.tally.included), (2, 1, 0));
    }

    #[test]
    fn the_verdict_counts_only_what_runs() {
        let mut alone = step(2, &[], StepState::Included);
        alone.transaction = None;
        let plan = plan(vec![
            step(1, &[], StepState::Included),
            alone,
            step(3, &[], StepState::Withheld { hazard: Hazard::DataLoss }),
        ]);
        assert_eq!(
            all(&plan).verdict,
            "2 statements in 1 transaction; 1 runs outside of a transaction."
        );
    }

    #[test]
    fn a_window_keeps_the_numbers_of_the_whole() {
        let steps = (1..=5).map(|n| step(n, &[], StepState::Included)).collect();
        let page = page(&plan(steps), &Settings::default(), 0, 3, 10);
        assert_eq!((page.steps.len(), page.tally.steps, page.start), (2, 5, 3));
    }
}
