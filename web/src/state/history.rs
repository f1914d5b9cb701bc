//! How History is looked at.

use crate::protocol::LaneFilter;

/// The filter of the lanes. What is selected is the selection of all places.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct HistoryState {
    /// Which objects the lanes show.
    pub filter: LaneFilter,
}

/// What happens in History.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum HistoryAction {
    /// What names or kinds contain.
    Text(String),
    /// Only what happened at the snapshot of this number; the same number again takes it back.
    Point(usize),
    /// All that ever changed.
    Reset,
}

impl HistoryState {
    /// History after an action.
    pub(crate) fn after(&self, action: HistoryAction) -> HistoryState {
        let mut next = self.clone();
        match action {
            HistoryAction::Text(text) => next.filter.text = text,
            HistoryAction::Point(point) => {
                next.filter.point = Some(point).filter(|_| self.filter.point != Some(point));
            }
            HistoryAction::Reset => next.filter = LaneFilter::default(),
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_chosen_twice_is_none() {
        let once = HistoryState::default().after(HistoryAction::Point(3));
        assert_eq!(once.filter.point, Some(3));
        assert_eq!(once.after(HistoryAction::Point(4)).filter.point, Some(4));
        let text = once.after(HistoryAction::Text("a".into())).after(HistoryAction::Point(3));
        assert_eq!((text.filter.point, text.filter.text.as_str()), (None, "a"));
        assert_eq!(text.after(HistoryAction::Reset), HistoryState::default());
    }
}
