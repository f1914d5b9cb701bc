//! Sentences about a plan and its steps.

use pgparity_core::action::Lock;
use pgparity_core::plan::StepState;

use crate::protocol::{StepView, Tally};

/// How much of a plan is in its script: "18 of 20 statements (2 turned off)".
pub(crate) fn script_size(tally: Tally) -> String {
    if tally.included == tally.steps {
        return match tally.steps {
            1 => "1 statement".to_owned(),
            many => format!("{many} statements"),
        };
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
    format!("{} of {} statements ({})", tally.included, tally.steps, out.join(", "))
}

/// A lock, as people speak of it.
pub(crate) fn lock_words(lock: &Lock) -> String {
    let mut said = format!(
        "{} on {}: {}, {}",
        lock.mode.name(),
        lock.on.name(),
        lock.mode.effect(),
        lock.duration
    );
    if let Some(rows) = lock.rows {
        said.push_str(&format!(" (about {} rows)", grouped(rows)));
    }
    said
}

/// Whether a step is in the script, and what its switch would do.
pub(crate) fn state_words(view: &StepView) -> String {
    let along = view.takes_along;
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
            format!("Out because it needs step {by}, which is withheld.")
        }
        StepState::Blocked { by } => {
            format!(
                "Out because it needs step {by}; turning it on turns on {} too.",
                view.turn_on.len()
            )
        }
    }
}

/// A number with its digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut said = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_says_what_it_leaves_out() {
        let whole = Tally { steps: 20, included: 20, ..Tally::default() };
        assert_eq!(script_size(whole), "20 statements");
        let partly = Tally { steps: 20, included: 18, off: 2, ..Tally::default() };
        assert_eq!(script_size(partly), "18 of 20 statements (2 turned off)");
        let withheld = Tally { steps: 9, included: 4, withheld: 3, blocked: 2, ..Tally::default() };
        assert_eq!(script_size(withheld), "4 of 9 statements (3 withheld, 2 waiting for these)");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([grouped(7), grouped(1234), grouped(1_234_567)], ["7", "1,234", "1,234,567"]);
    }
}
