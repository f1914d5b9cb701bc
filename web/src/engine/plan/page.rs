//! A window of the plan, with what stands above it.

use pgparity_core::plan::{Plan, PlanRisk};

use super::bonds::{Bonds, named};
use super::filter::{facets, shown, window_at, windows};
use super::tally::{allowances, tally, verdict};
use crate::protocol::{At, Loss, PlanFilter, PlanPage, RiskTable, Settings, Way};

/// So many queries, notes and losses stand above the steps; the documents have all.
const ABOVE: usize = 30;

/// The window at a place, and what stands above it.
pub(super) fn page(
    plan: &Plan,
    settings: &Settings,
    undecided: usize,
    filter: &PlanFilter,
    at: At,
) -> PlanPage {
    let tally = tally(plan, undecided);
    let bonds = Bonds::of(plan);
    let steps = shown(plan, filter);
    let windows = windows(&steps);
    let window = window_at(at, &steps, &windows);
    let range = windows.get(window).cloned().unwrap_or_default();
    let losses = losses(plan);
    PlanPage {
        way: Way::There,
        mode: plan.mode,
        tally,
        verdict: verdict(tally, plan.is_unanswered()),
        risk: risk(&plan.risk),
        allowances: allowances(plan, settings),
        checks: plan.pre_checks.iter().take(ABOVE).cloned().collect(),
        checks_all: plan.pre_checks.len(),
        post_checks: plan.post_checks.iter().map(|check| check.title.clone()).collect(),
        notes: plan.notes.iter().take(ABOVE).cloned().collect(),
        notes_all: plan.notes.len(),
        losses_all: losses.len(),
        losses: losses.into_iter().take(ABOVE).collect(),
        left_out: 0,
        facets: facets(plan),
        shown: steps.len(),
        window,
        windows: windows.len(),
        start: range.start,
        steps: steps.get(range).unwrap_or_default().iter().map(|step| bonds.view(step)).collect(),
    }
}

/// The worst of the risks.
fn risk(risk: &PlanRisk) -> RiskTable {
    let downtime = &risk.downtime;
    RiskTable {
        summary: risk.summary.clone(),
        downtime: downtime.summary.clone(),
        changes: risk.changes.iter().take(ABOVE).cloned().collect(),
        changes_all: risk.changes.len(),
        closed: downtime.relations.iter().take(ABOVE).cloned().collect(),
        closed_all: downtime.relations.len(),
        unknown: downtime.unknown.iter().take(ABOVE).cloned().collect(),
    }
}

/// What the script loses for good.
fn losses(plan: &Plan) -> Vec<Loss> {
    let included = plan.not_restored().filter(|loss| loss.included);
    let loss = |loss: pgparity_core::plan::Loss| {
        let step = plan.steps.iter().find(|step| step.number == loss.step)?;
        Some(Loss { step: named(step), why: loss.why })
    };
    included.filter_map(loss).collect()
}

#[cfg(test)]
mod tests {
    use pgparity_core::action::Hazard;
    use pgparity_core::plan::{Mode, PlanRisk, Reversible, Step, StepRisk, StepState};
    use pgparity_core::snapshot::Side;

    use super::*;

    fn step(number: usize, needs: &[usize], state: StepState) -> Step {
        Step {
            key: format!("key {number}"),
            number,
            transaction: Some(1),
            statement: None,
            verb: "ALTER TABLE".to_owned(),
            object: "table:public.t".into(),
            sql: String::new(),
            hazards: Vec::new(),
            lock: None,
            rewrites: false,
            scans: false,
            reversible: Reversible::Yes,
            risk: StepRisk::default(),
            serves: Vec::new(),
            reasons: Vec::new(),
            needs: needs.to_vec(),
            group: None,
            state,
        }
    }

    fn plan(steps: Vec<Step>) -> Plan {
        Plan {
            version: 1,
            from: Side::default(),
            to: Side::default(),
            mode: Mode::Simple,
            risk: PlanRisk::default(),
            steps,
            pre_checks: Vec::new(),
            post_checks: Vec::new(),
            rerun: None,
            notes: Vec::new(),
        }
    }

    fn all(plan: &Plan) -> PlanPage {
        page(plan, &Settings::default(), 0, &PlanFilter::default(), At::default())
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
        let keys: Vec<&str> = page.steps[2].turn_on.iter().map(|step| step.key.as_str()).collect();
        assert_eq!(keys, ["key 1", "key 2"]);
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
    fn steps_that_are_one_statement_count_once() {
        let mut steps: Vec<Step> = (1..=4).map(|n| step(n, &[], StepState::Included)).collect();
        for joined in &mut steps[1..3] {
            joined.statement = Some(2);
        }
        assert!(all(&plan(steps)).verdict.starts_with("3 statements in 1 transaction;"));
    }

    #[test]
    fn the_windows_of_a_long_plan_hold_every_step_once() {
        let steps: Vec<Step> = (1..=3700).map(|n| step(n, &[], StepState::Included)).collect();
        let plan = plan(steps);
        let at = |at| page(&plan, &Settings::default(), 0, &PlanFilter::default(), at);
        let first = at(At::default());
        assert_eq!((first.tally.steps, first.shown), (3700, 3700));
        let mut seen = Vec::new();
        for window in 0..first.windows {
            let page = at(At::Window(window));
            assert_eq!(page.start, seen.len());
            seen.extend(page.steps.iter().map(|view| view.step.number));
        }
        assert_eq!(seen, (1..=3700).collect::<Vec<usize>>());
        let far = at(At::Step(3000));
        assert!(far.steps.iter().any(|view| view.step.number == 3000));
        assert_eq!(at(At::Window(usize::MAX)).window, first.windows - 1);
    }

    #[test]
    fn a_filter_hides_and_changes_no_number() {
        let mut steps: Vec<Step> = (1..=5).map(|n| step(n, &[], StepState::Included)).collect();
        steps[2].sql = "ALTER TABLE Orders".to_owned();
        steps[3].verb = "DROP TABLE".to_owned();
        let plan = plan(steps);
        let with = |filter| page(&plan, &Settings::default(), 0, &filter, At::default());
        let text = with(PlanFilter { text: " orders ".to_owned(), ..PlanFilter::default() });
        assert_eq!((text.shown, text.steps[0].step.number, text.tally.steps), (1, 3, 5));
        let verb = Some("DROP TABLE".to_owned());
        let verb = with(PlanFilter { verb, ..PlanFilter::default() });
        assert_eq!((verb.shown, verb.steps[0].step.number), (1, 4));
        let hazard = Some(Hazard::DataLoss);
        let none = with(PlanFilter { hazard, ..PlanFilter::default() });
        assert_eq!((none.shown, none.windows, none.facets.verbs.len()), (0, 0, 2));
    }

    #[test]
    fn the_path_to_a_step_begins_with_what_is_nearest() {
        let plan = plan(vec![
            step(1, &[], StepState::Included),
            step(2, &[1], StepState::Included),
            step(3, &[2], StepState::Included),
        ]);
        let path = Bonds::of(&plan).why(3);
        let before: Vec<(usize, usize)> =
            path.before.iter().map(|(step, needed_by)| (step.number, *needed_by)).collect();
        assert_eq!((before, path.before_all, path.after_all), (vec![(2, 3), (1, 2)], 2, 0));
        assert_eq!(Bonds::of(&plan).why(1).after[0].number, 2);
    }
}
