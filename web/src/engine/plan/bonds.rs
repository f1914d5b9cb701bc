//! Which steps of a plan cannot run without which, and why a step stands where it does.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use pgparity_core::plan::{Check, Plan, Step, StepState};

use crate::protocol::{Path, StepName, StepView};

/// So many steps are named on a path.
const NAMED: usize = 12;

/// The groups whose steps have been met on the way: each is walked through once.
type Groups = BTreeSet<usize>;

/// Which steps cannot run without which.
pub(super) struct Bonds<'a> {
    steps: BTreeMap<usize, &'a Step>,
    /// To every step those that need it.
    dependents: BTreeMap<usize, BTreeSet<usize>>,
    /// The steps that are only right together, by the number of the first.
    groups: BTreeMap<usize, Vec<usize>>,
    checks: BTreeMap<usize, Vec<&'a Check>>,
    /// Titles of the checks afterwards, by the word of the kind that they begin with.
    post_checks: BTreeMap<&'a str, &'a str>,
}

/// A step by name.
pub(super) fn named(step: &Step) -> StepName {
    StepName {
        number: step.number,
        key: step.key.clone(),
        title: format!("{} {}", step.verb, step.object.name()),
    }
}

impl<'a> Bonds<'a> {
    /// The bonds of a plan.
    pub(super) fn of(plan: &'a Plan) -> Bonds<'a> {
        let mut dependents: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for step in &plan.steps {
            for other in &step.needs {
                dependents.entry(*other).or_default().insert(step.number);
            }
            if let Some(group) = step.group {
                groups.entry(group).or_default().push(step.number);
            }
        }
        let mut checks: BTreeMap<usize, Vec<&Check>> = BTreeMap::new();
        for check in &plan.pre_checks {
            checks.entry(check.step).or_default().push(check);
        }
        let title = |check: &'a pgparity_core::plan::PostCheck| {
            Some((check.title.split_once(':')?.0, check.title.as_str()))
        };
        Bonds {
            steps: plan.steps.iter().map(|step| (step.number, step)).collect(),
            dependents,
            groups,
            checks,
            post_checks: plan.post_checks.iter().filter_map(title).collect(),
        }
    }

    /// A step with what its switch does.
    pub(super) fn view(&self, step: &Step) -> StepView {
        let kind = step.object.kind().replace('_', " ");
        let checks = self.checks.get(&step.number).into_iter().flatten();
        let post_check = self.post_checks.get(kind.as_str());
        let runs = step.state == StepState::Included;
        StepView {
            step: step.clone(),
            idle: false,
            takes_along: self.leaving(step).count(),
            turn_on: self.turn_on(step),
            checks: checks.map(|check| (*check).clone()).collect(),
            post_check: post_check.filter(|_| runs).map(|title| (*title).to_owned()),
        }
    }

    /// The steps that are out of the script only because this one is; when it is in, those that
    /// would be.
    fn leaving(&self, step: &Step) -> impl Iterator<Item = &'a Step> {
        let included = step.state == StepState::Included;
        self.reach(step.number, |number, met| self.dependents(number, met))
            .into_iter()
            .filter_map(|number| self.steps.get(&number).copied())
            .filter(move |other| match other.state {
                StepState::Included => included,
                StepState::Blocked { .. } => !included,
                _ => false,
            })
    }

    /// The same, by number and name.
    pub(super) fn leaving_with(&self, number: usize) -> Vec<StepName> {
        let step = self.steps.get(&number);
        step.map_or_else(Vec::new, |step| self.leaving(step).map(named).collect())
    }

    /// The steps that are off and without which this one cannot run.
    fn turn_on(&self, step: &Step) -> Vec<StepName> {
        let mut wanted = self.reach(step.number, |number, met| self.needs(number, met));
        wanted.insert(step.number);
        wanted
            .iter()
            .filter_map(|number| self.steps.get(number))
            .filter(|step| step.state == StepState::Off)
            .map(|step| named(step))
            .collect()
    }

    /// Why a step stands where it does.
    pub(super) fn why(&self, number: usize) -> Path {
        let Some(step) = self.steps.get(&number) else { return Path::default() };
        // What it comes right after is told by the steps themselves.
        let told = |reason: &&String| !reason.starts_with("after step") || reason.contains(": ");
        let mut path = Path {
            reasons: step.reasons.iter().filter(told).cloned().collect(),
            ..Path::default()
        };
        let mut seen = BTreeSet::from([number]);
        let mut met = Groups::new();
        let mut waiting = VecDeque::from([number]);
        while let Some(at) = waiting.pop_front() {
            for next in self.needs(at, &mut met).into_iter().rev() {
                let Some(other) = self.steps.get(&next).filter(|_| seen.insert(next)) else {
                    continue;
                };
                path.before_all += 1;
                if path.before.len() < NAMED {
                    path.before.push((named(other), at));
                }
                waiting.push_back(next);
            }
        }
        let mut after: BTreeSet<usize> =
            self.dependents(number, &mut Groups::new()).into_iter().collect();
        after.remove(&number);
        path.after_all = after.len();
        let after = after.iter().filter_map(|number| self.steps.get(number));
        path.after = after.take(NAMED).map(|step| named(step)).collect();
        path
    }

    /// What a step needs, and the steps of its group unless that has been met.
    fn needs(&self, number: usize, met: &mut Groups) -> Vec<usize> {
        let needs = self.steps.get(&number).map(|step| &step.needs);
        needs.into_iter().flatten().chain(self.company(number, met)).copied().collect()
    }

    /// What needs a step, and the steps of its group unless that has been met.
    fn dependents(&self, number: usize, met: &mut Groups) -> Vec<usize> {
        let dependents = self.dependents.get(&number).into_iter().flatten();
        dependents.chain(self.company(number, met)).copied().collect()
    }

    fn company(&self, number: usize, met: &mut Groups) -> &[usize] {
        let group = self.steps.get(&number).and_then(|step| step.group);
        let new = group.filter(|group| met.insert(*group));
        new.and_then(|group| self.groups.get(&group)).map_or(&[], Vec::as_slice)
    }

    /// All that is reached from a step, the step itself left out.
    fn reach(
        &self,
        from: usize,
        onward: impl Fn(usize, &mut Groups) -> Vec<usize>,
    ) -> BTreeSet<usize> {
        let mut seen = BTreeSet::from([from]);
        let mut met = Groups::new();
        let mut waiting = vec![from];
        while let Some(number) = waiting.pop() {
            for next in onward(number, &mut met) {
                if self.steps.contains_key(&next) && seen.insert(next) {
                    waiting.push(next);
                }
            }
        }
        seen.remove(&from);
        seen
    }
}
