//! Decisions: what changes the drift or the plan.

use pgparity_core::action::Hazard;
use pgparity_core::diff::{IgnorePreset, RenameAnswer, RenameDecision};
use pgparity_core::model::Id;
use pgparity_core::plan::Mode;
use pgparity_core::report::words::counted;

use crate::protocol::{Settings, Way};

/// One decision, or one taken back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Decision {
    /// Whether two objects are one; `None` leaves it open.
    Rename {
        /// The identity in `from`.
        from: Id,
        /// The identity in `to`.
        to: Id,
        /// The answer.
        answer: Option<RenameAnswer>,
    },
    /// Whether steps with a hazard are in the script.
    Allow(Hazard, bool),
    /// Steps to turn on or off, by key.
    Steps(Vec<String>, bool),
    /// Steps of the way back to turn on or off, by key.
    StepsBack(Vec<String>, bool),
    /// Whether a sort of difference is left out.
    Ignore(IgnorePreset, bool),
    /// Nothing is left out.
    IgnoreNothing,
    /// The way of planning.
    Mode(Option<Mode>),
    /// Whether the script can run again.
    Idempotent(bool),
    /// How many milliseconds a step may wait for its lock.
    LockTimeout(Option<u32>),
    /// All toggles of steps taken back, of one plan.
    AllStepsOn(Way),
}

impl Decision {
    /// Steps of a plan to turn on or off, by key.
    pub(crate) fn steps(way: Way, keys: Vec<String>, on: bool) -> Decision {
        match way {
            Way::There => Decision::Steps(keys, on),
            Way::Back => Decision::StepsBack(keys, on),
        }
    }

    /// What it was, after "Undone: ".
    pub(crate) fn words(&self) -> String {
        match self {
            Decision::Rename { from, to, answer } => {
                let pair = format!("{} and {}", from.name(), to.name());
                match answer {
                    Some(RenameAnswer::Rename) => format!("{pair} are one object"),
                    Some(RenameAnswer::DropAndCreate) => format!("{pair} are two objects"),
                    None => format!("{pair} left open"),
                }
            }
            Decision::Allow(hazard, true) => format!("{} allowed", hazard.name()),
            Decision::Allow(hazard, false) => format!("{} not allowed", hazard.name()),
            Decision::Steps(keys, on) | Decision::StepsBack(keys, on) => {
                let state = if *on { "on" } else { "off" };
                format!("{} turned {state}", counted(keys.len(), "step"))
            }
            Decision::Ignore(preset, true) => format!("{} ignored", preset.words()),
            Decision::Ignore(preset, false) => format!("{} compared", preset.words()),
            Decision::IgnoreNothing => "all ignore rules off".to_owned(),
            Decision::Mode(_) => "the way of planning".to_owned(),
            Decision::Idempotent(true) => "the script can run again".to_owned(),
            Decision::Idempotent(false) => "the script runs once".to_owned(),
            Decision::LockTimeout(_) => "how long a step waits for its lock".to_owned(),
            Decision::AllStepsOn(_) => "all steps turned on".to_owned(),
        }
    }
}

impl Settings {
    /// How many decisions there are.
    pub(crate) fn count(&self) -> usize {
        self.renames.len()
            + self.ignore.len()
            + self.allow.len()
            + self.off.len()
            + self.back_off.len()
            + usize::from(self.idempotent)
            + usize::from(self.lock_timeout.is_some())
            + usize::from(self.mode.is_some())
    }

    /// The settings after a decision. An object has one partner at most: answering "rename" takes
    /// back other renames of either object.
    pub(crate) fn after(&self, decision: Decision) -> Settings {
        let mut next = self.clone();
        match decision {
            Decision::Rename { from, to, answer } => {
                next.renames.retain(|old| {
                    let same_pair = old.from == from && old.to == to;
                    let rival = answer == Some(RenameAnswer::Rename)
                        && old.answer == RenameAnswer::Rename
                        && (old.from == from || old.to == to);
                    !same_pair && !rival
                });
                next.renames.extend(answer.map(|answer| RenameDecision { from, to, answer }));
            }
            Decision::Allow(hazard, true) => {
                next.allow.insert(hazard);
            }
            Decision::Allow(hazard, false) => {
                next.allow.remove(&hazard);
            }
            Decision::Steps(keys, true) => next.off.retain(|key| !keys.contains(key)),
            Decision::Steps(keys, false) => next.off.extend(keys),
            Decision::Ignore(preset, true) => {
                next.ignore.insert(preset);
            }
            Decision::Ignore(preset, false) => {
                next.ignore.remove(&preset);
            }
            Decision::IgnoreNothing => next.ignore.clear(),
            Decision::Mode(mode) => next.mode = mode,
            Decision::StepsBack(keys, true) => next.back_off.retain(|key| !keys.contains(key)),
            Decision::StepsBack(keys, false) => next.back_off.extend(keys),
            Decision::Idempotent(again) => next.idempotent = again,
            Decision::LockTimeout(time) => next.lock_timeout = time,
            Decision::AllStepsOn(Way::There) => next.off.clear(),
            Decision::AllStepsOn(Way::Back) => next.back_off.clear(),
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rename(from: &str, to: &str, answer: Option<RenameAnswer>) -> Decision {
        Decision::Rename { from: from.into(), to: to.into(), answer }
    }

    #[test]
    fn an_answer_can_be_changed_and_taken_back() {
        let settings = Settings::default()
            .after(rename("table:a", "table:b", Some(RenameAnswer::Rename)))
            .after(rename("table:a", "table:b", Some(RenameAnswer::DropAndCreate)));
        assert_eq!(settings.renames.len(), 1);
        assert_eq!(settings.renames[0].answer, RenameAnswer::DropAndCreate);
        assert!(settings.after(rename("table:a", "table:b", None)).renames.is_empty());
    }

    #[test]
    fn an_object_is_renamed_once() {
        let settings = Settings::default()
            .after(rename("table:a", "table:b", Some(RenameAnswer::Rename)))
            .after(rename("table:a", "table:c", Some(RenameAnswer::Rename)));
        assert_eq!(settings.renames.len(), 1);
        assert_eq!(settings.renames[0].to.as_str(), "table:c");
    }

    #[test]
    fn toggles_come_back() {
        let keys = vec!["CREATE INDEX i".to_owned()];
        let settings = Settings::default()
            .after(Decision::Steps(keys.clone(), false))
            .after(Decision::steps(Way::Back, keys.clone(), false))
            .after(Decision::Idempotent(true))
            .after(Decision::Ignore(IgnorePreset::Owners, true))
            .after(Decision::Allow(Hazard::DataLoss, true));
        assert_eq!(settings.count(), 5);
        assert!(settings.ignore.contains(&IgnorePreset::Owners));
        assert!(settings.off.contains(&keys[0]) && settings.allow.contains(&Hazard::DataLoss));
        let settings = settings
            .after(Decision::Steps(keys, true))
            .after(Decision::AllStepsOn(Way::Back))
            .after(Decision::Idempotent(false))
            .after(Decision::Ignore(IgnorePreset::Owners, false))
            .after(Decision::Allow(Hazard::DataLoss, false));
        assert_eq!(settings, Settings::default());
    }
}
