//! Which steps stand together: those of one transaction, with the steps among them that are not in
//! the script.

use std::ops::Range;

use pgparity_core::plan::StepState;

use crate::protocol::StepView;

/// Steps under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StepGroup {
    /// The transaction they run in; `None` when they run outside of any, or not at all.
    pub transaction: Option<usize>,
    /// Their places.
    pub steps: Range<usize>,
}

/// Cuts the steps into groups. A step that is not in the script has no transaction of its own: it
/// stays with the steps before it, or with those behind where there are none.
pub(crate) fn step_groups(steps: &[StepView]) -> Vec<StepGroup> {
    let mut groups: Vec<StepGroup> = Vec::new();
    let mut nothing_runs = true;
    for (at, view) in steps.iter().enumerate() {
        let included = view.step.state == StepState::Included;
        let transaction = view.step.transaction;
        match groups.last_mut() {
            Some(last) if !included || last.transaction == transaction => {
                last.steps.end = at + 1;
            }
            Some(last) if nothing_runs => {
                *last = StepGroup { transaction, steps: last.steps.start..at + 1 };
            }
            _ => groups.push(StepGroup {
                transaction: transaction.filter(|_| included),
                steps: at..at + 1,
            }),
        }
        nothing_runs &= !included;
    }
    groups
}

#[cfg(test)]
mod tests {
    use pgparity_core::plan::{Reversible, Step, StepRisk};

    use super::*;

    /// A digit is a step of that transaction, `-` one outside of any, `x` one that is off.
    fn grouped(plan: &str) -> Vec<(Option<usize>, Range<usize>)> {
        let view = |c: char| StepView {
            step: Step {
                key: String::new(),
                number: 0,
                transaction: c.to_digit(10).map(|digit| digit as usize),
                verb: String::new(),
                object: "table:t".into(),
                sql: String::new(),
                hazards: Vec::new(),
                lock: None,
                rewrites: false,
                scans: false,
                reversible: Reversible::Yes,
                risk: StepRisk::default(),
                serves: Vec::new(),
                reasons: Vec::new(),
                needs: Vec::new(),
                group: None,
                statement: None,
                state: if c == 'x' { StepState::Off } else { StepState::Included },
            },
            idle: false,
            takes_along: 0,
            turn_on: Vec::new(),
            checks: Vec::new(),
            post_check: None,
        };
        let steps: Vec<StepView> = plan.chars().map(view).collect();
        step_groups(&steps).into_iter().map(|group| (group.transaction, group.steps)).collect()
    }

    #[test]
    fn a_step_that_is_off_does_not_part_a_transaction() {
        assert_eq!(grouped("11x1-2"), [(Some(1), 0..4), (None, 4..5), (Some(2), 5..6)]);
    }

    #[test]
    fn steps_that_are_off_at_the_start_go_with_those_behind() {
        assert_eq!(grouped("xx1"), [(Some(1), 0..3)]);
        assert_eq!(grouped("x-1"), [(None, 0..2), (Some(1), 2..3)]);
    }

    #[test]
    fn a_plan_with_nothing_to_run_is_one_group() {
        assert_eq!(grouped("xx"), [(None, 0..2)]);
        assert_eq!(grouped(""), []);
    }
}
