//! How Plan is looked at.

use pgparity_core::action::Hazard;

use crate::protocol::{At, PlanFilter, PlanQuery, StepName, Way};

/// What of Plan is shown, and what is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PlanState {
    /// Which plan, and which of its steps.
    pub query: PlanQuery,
    /// Where in it.
    pub at: At,
    /// What is open at a step.
    pub open: Option<Opened>,
    /// A step that others need and that somebody wants to turn off.
    pub leaving: Option<StepName>,
}

/// What is open, at the step of this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    /// The step's number.
    pub step: usize,
    /// What.
    pub what: Topic,
}

/// What can be opened at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Its lock.
    Lock,
    /// A hazard.
    Hazard(Hazard),
    /// That it cannot be taken back.
    NoWayBack,
    /// Why it is where it is.
    Why,
    /// Its checks.
    Checks,
}

/// What happens in Plan.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PlanAction {
    /// The plan there or back.
    Way(Way),
    /// Which steps are shown.
    Filter(PlanFilter),
    /// Go to a window or a step.
    At(At),
    /// Open or close something at a step.
    Open(Opened),
    /// Ask before a step is turned off, or ask no more.
    Leaving(Option<StepName>),
    /// Leave: what is open first, then the step.
    Back,
}

impl PlanState {
    /// The step that somebody came to see.
    pub(crate) fn wanted(&self) -> Option<usize> {
        match self.at {
            At::Step(number) => Some(number),
            At::Window(_) => None,
        }
    }

    /// True when there is something to leave.
    pub(crate) fn can_go_back(&self) -> bool {
        self.open.is_some() || self.wanted().is_some()
    }

    /// Somebody comes to see a step of the plan: no filter hides it.
    pub(crate) fn coming_to(step: usize) -> PlanState {
        PlanState { at: At::Step(step), ..PlanState::default() }
    }

    /// Plan after an action.
    pub(crate) fn after(&self, action: PlanAction) -> PlanState {
        let mut next = self.clone();
        match action {
            PlanAction::Way(way) if way != self.query.way => {
                next = PlanState::default();
                next.query.way = way;
            }
            PlanAction::Way(_) => {}
            PlanAction::Filter(filter) => {
                next.query.filter = filter;
                next.at = At::default();
                next.open = None;
            }
            PlanAction::At(at) => next.at = at,
            PlanAction::Open(opened) => {
                next.open = (self.open != Some(opened)).then_some(opened);
            }
            PlanAction::Leaving(step) => next.leaving = step,
            PlanAction::Back if self.open.is_some() => next.open = None,
            PlanAction::Back => next.at = At::default(),
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_open_at_a_time() {
        let lock = Opened { step: 3, what: Topic::Lock };
        let why = Opened { step: 3, what: Topic::Why };
        let open = PlanState::default().after(PlanAction::Open(lock));
        assert_eq!(open.after(PlanAction::Open(why)).open, Some(why));
        assert_eq!(open.after(PlanAction::Open(lock)).open, None);
    }

    #[test]
    fn back_closes_before_it_leaves_the_step() {
        let open =
            PlanState::coming_to(7).after(PlanAction::Open(Opened { step: 7, what: Topic::Why }));
        let closed = open.after(PlanAction::Back);
        assert_eq!((closed.open, closed.wanted()), (None, Some(7)));
        assert!(!closed.after(PlanAction::Back).can_go_back());
    }

    #[test]
    fn another_way_begins_at_its_start() {
        let filter = PlanFilter { text: "x".to_owned(), ..PlanFilter::default() };
        let there = PlanState::coming_to(7).after(PlanAction::Filter(filter));
        assert_eq!(there.at, At::default());
        let back = there.after(PlanAction::Way(Way::Back));
        assert_eq!((back.query.way, back.query.filter), (Way::Back, PlanFilter::default()));
    }
}
