//! Filters of the tree.

use std::collections::BTreeSet;

use crate::protocol::{Filter, Status};

/// One move at the filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FilterAction {
    /// Show or hide a status.
    Status(Status),
    /// Show or hide a kind.
    Kind(String),
    /// Show or hide a schema.
    Schema(String),
    /// Look for words.
    Text(String),
    /// Show what is shown without any filter.
    Reset,
}

impl Filter {
    /// The filter after a move.
    pub(crate) fn after(&self, action: FilterAction) -> Filter {
        let mut next = self.clone();
        match action {
            FilterAction::Status(status) => toggle(&mut next.status, status),
            FilterAction::Kind(kind) => toggle(&mut next.kinds, kind),
            FilterAction::Schema(schema) => toggle(&mut next.schemas, schema),
            FilterAction::Text(text) => next.text = text,
            FilterAction::Reset => next = Filter::default(),
        }
        next
    }

    /// True when nothing is filtered by hand.
    pub(crate) fn is_default(&self) -> bool {
        *self == Filter::default()
    }
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_move_twice_changes_nothing() {
        let filter = Filter::default().after(FilterAction::Text("orders".to_owned()));
        for action in [
            FilterAction::Status(Status::Missing),
            FilterAction::Kind("table".to_owned()),
            FilterAction::Schema("public".to_owned()),
        ] {
            let once = filter.after(action.clone());
            assert_ne!(once, filter);
            assert_eq!(once.after(action), filter);
        }
        assert!(filter.after(FilterAction::Reset).is_default());
    }
}
