//! Sentences about a plan and its steps.

use pgparity_core::action::Lock;
use pgparity_core::plan::StepState;
use pgparity_core::report::words::{counted, number};

use crate::protocol::{Rule, StepName, StepView, Tally};

/// How much of a plan is in its script: "18 of 20 steps (2 turned off)".
pub(crate) fn script_size(tally: Tally) -> String {
    if tally.included == tally.steps {
        return counted(tally.steps, "step");
    }
    let out: Vec<String> = [
        (tally.off, "turned off"),
        (tally.withheld, "withheld"),
        (tally.blocked, "waiting for these"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, word)| format!("{number} {word}"))
    .collect();
    format!("{} of {} steps ({})", tally.included, tally.steps, out.join(", "))
}

/// What ignore rules hide: "4 differences hidden by 2 rules"; nothing while none is on.
pub(crate) fn hidden_words(rules: &[Rule]) -> Option<String> {
    let on: Vec<&Rule> = rules.iter().filter(|rule| rule.on).collect();
    let hidden = on.iter().map(|rule| rule.count).sum();
    (!on.is_empty()).then(|| {
        format!("{} hidden by {}", counted(hidden, "difference"), counted(on.len(), "rule"))
    })
}

/// Why there are no differences: what was compared, and what rules leave out.
pub(crate) fn proof(objects: usize, rules: &[Rule]) -> String {
    let compared = format!("{} were compared, attribute by attribute", counted(objects, "object"));
    match hidden_words(rules) {
        Some(hidden) => format!("{compared}; {hidden}, and all else is equal."),
        None => format!("{compared}, and are equal. No rule hides anything."),
    }
}

/// A lock, as people speak of it.
pub(crate) fn lock_words(lock: &Lock) -> String {
    let rows = lock.rows.map(|rows| format!("; about {} rows", number(rows)));
    lock.in_words() + &rows.unwrap_or_default()
}

/// How the script writes a step that it joins with others; `None` for one that is a statement of its own.
/// `first` is the first step of the statement.
pub(crate) fn statement_words(number: usize, first: Option<usize>) -> Option<String> {
    let first = first?;
    Some(if first == number {
        "one with the next steps of its table, which is written anew once".to_owned()
    } else {
        format!("one with step {first}")
    })
}

/// Whether a step is in the script, and what its switch would do.
pub(crate) fn state_words(view: &StepView) -> String {
    let along = view.takes_along;
    if view.idle {
        return "Left alone: the plan's script does not do what this would undo.".to_owned();
    }
    match &view.step.state {
        StepState::Included if along == 0 => String::new(),
        StepState::Included => format!("Turning it off also turns off {along}."),
        StepState::Off if along == 0 => "Turned off.".to_owned(),
        StepState::Off => format!("Turned off; also off: {along}."),
        StepState::Withheld { hazard } if along == 0 => {
            format!("Withheld until {hazard} is allowed.")
        }
        StepState::Withheld { hazard } => {
            format!("Withheld until {hazard} is allowed; also out: {along}.")
        }
        StepState::Blocked { by } if view.turn_on.is_empty() => {
            format!("Out because it goes only with step {by}, which is not in the script.")
        }
        StepState::Blocked { by } => {
            format!(
                "Out because it needs step {by}; turning it on turns on {} too.",
                view.turn_on.len()
            )
        }
    }
}

/// What is said when a step was turned on or off, and with it those that are named.
pub(crate) fn toggled_words(number: usize, others: &[StepName], on: bool) -> String {
    let others: Vec<&StepName> = others.iter().filter(|other| other.number != number).collect();
    let state = if on { "on" } else { "off" };
    if others.is_empty() {
        return format!("Step {number} is {state}.");
    }
    let named: Vec<String> =
        others.iter().take(3).map(|other| format!("{} {}", other.number, other.title)).collect();
    let more = others.len() - named.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let why = if on { "which it needs" } else { "which need it" };
    format!("Step {number} is {state}; also {state}, {why}: {}{more}.", named.join("; "))
}

#[cfg(test)]
mod tests {
    use pgparity_core::diff::IgnorePreset;

    use super::*;

    #[test]
    fn the_script_says_what_it_leaves_out() {
        let whole = Tally { steps: 20, included: 20, ..Tally::default() };
        assert_eq!(script_size(whole), "20 steps");
        let partly = Tally { steps: 20, included: 18, off: 2, ..Tally::default() };
        assert_eq!(script_size(partly), "18 of 20 steps (2 turned off)");
        let withheld = Tally { steps: 9, included: 4, withheld: 3, blocked: 2, ..Tally::default() };
        assert_eq!(script_size(withheld), "4 of 9 steps (3 withheld, 2 waiting for these)");
    }

    #[test]
    fn steps_that_are_one_statement_say_so() {
        assert_eq!(statement_words(4, None), None);
        assert_eq!(statement_words(5, Some(4)).as_deref(), Some("one with step 4"));
        let first = statement_words(4, Some(4));
        assert!(first.is_some_and(|words| words.starts_with("one with the next steps")));
    }

    #[test]
    fn a_toggle_names_what_goes_with_it() {
        let step = |number: usize| StepName {
            number,
            key: String::new(),
            title: format!("DROP TABLE t{number}"),
        };
        assert_eq!(toggled_words(4, &[step(4)], true), "Step 4 is on.");
        let two = [step(2), step(4)];
        assert_eq!(
            toggled_words(4, &two, true),
            "Step 4 is on; also on, which it needs: 2 DROP TABLE t2."
        );
        let many: Vec<StepName> = (5..10).map(step).collect();
        let said = toggled_words(4, &many, false);
        assert!(said.ends_with("7 DROP TABLE t7 and 2 more."), "{said}");
    }

    #[test]
    fn what_rules_hide_is_said_while_one_is_on() {
        let rule = |on| Rule { preset: IgnorePreset::Comments, count: 4, on, alone: 0 };
        assert_eq!(hidden_words(&[rule(false)]), None);
        let equal = "918 objects were compared, attribute by attribute, and are equal. No rule hides anything.";
        assert_eq!(proof(918, &[rule(false)]), equal);
        assert!(proof(918, &[rule(true)]).contains("hidden by 1 rule, and all else is equal"));
        let said = hidden_words(&[rule(true), rule(false)]);
        assert_eq!(said.as_deref(), Some("4 differences hidden by 1 rule"));
    }
}
