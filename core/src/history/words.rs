//! Sentences about what a series of snapshots does not show.

use super::model::{Gap, Step};
use crate::report::words::counted;

impl Step {
    /// What is not known of the step, a sentence each.
    pub fn remarks(&self) -> Vec<String> {
        let order = self
            .order_unknown
            .then(|| "Both were taken at the same time: which was first is not known.".to_owned());
        order.into_iter().chain(self.gaps.iter().map(Gap::sentence)).collect()
    }
}

impl Gap {
    /// The sentence for a person.
    pub fn sentence(&self) -> String {
        match self {
            Gap::Long { seconds } => {
                format!("A gap: no snapshot for {}, much longer than usual.", duration(*seconds))
            }
            Gap::OtherLimits => {
                "Only one of the two was asked for some schemas or roles: what happened \
                 there is not known."
                    .to_owned()
            }
            Gap::NotRead => "One of the two could not read everything.".to_owned(),
            Gap::OtherDatabase => "They are of databases with different names.".to_owned(),
        }
    }
}

/// A time in its largest unit.
fn duration(seconds: i64) -> String {
    let units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
    let unit = units.iter().find(|(unit, _)| seconds >= *unit).unwrap_or(&(1, "second"));
    counted(usize::try_from(seconds / unit.0).unwrap_or_default(), unit.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_their_largest_unit() {
        let told: Vec<String> = [0, 1, 150, 7_200, 86_400 * 3].map(duration).to_vec();
        assert_eq!(told, ["0 seconds", "1 second", "2 minutes", "2 hours", "3 days"]);
    }

    #[test]
    fn what_is_not_known_is_said() {
        let step = Step {
            order_unknown: true,
            gaps: vec![Gap::Long { seconds: 172_800 }, Gap::OtherLimits],
            ..Step::default()
        };
        let told = step.remarks();
        assert_eq!(told.len(), 3);
        assert!(told[0].contains("not known") && told[1].contains("2 days"), "{told:?}");
    }
}
