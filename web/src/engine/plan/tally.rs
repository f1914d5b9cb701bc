//! The numbers of a plan, and the plan in one sentence.

use std::collections::BTreeSet;

use pgparity_core::action::Hazard;
use pgparity_core::plan::{Plan, StepState};
use pgparity_core::report::words::counted;

use crate::protocol::{Allowance, Settings, Tally};

/// How many steps are what.
pub(super) fn tally(plan: &Plan, undecided: usize) -> Tally {
    let mut tally = Tally { steps: plan.steps.len(), undecided, ..Tally::default() };
    let mut transactions = BTreeSet::new();
    for step in &plan.steps {
        match step.state {
            StepState::Off => tally.off += 1,
            StepState::Withheld { .. } => tally.withheld += 1,
            StepState::Blocked { .. } => tally.blocked += 1,
            StepState::Included => {
                tally.included += 1;
                let first = step.statement.is_none_or(|first| first == step.number);
                tally.statements += usize::from(first);
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

/// The plan in one sentence. `unanswered`: it is empty, and yet something differs.
pub(super) fn verdict(tally: Tally, unanswered: bool) -> String {
    if tally.steps == 0 {
        return if unanswered {
            "No statement is known for what differs."
        } else {
            "Nothing to do: From is already what To asks for."
        }
        .to_owned();
    }
    let mut said = format!(
        "{} in {}",
        counted(tally.statements, "statement"),
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
pub(super) fn allowances(plan: &Plan, settings: &Settings) -> Vec<Allowance> {
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
