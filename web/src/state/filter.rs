//! Filters of the tree.

use std::collections::BTreeSet;

use pgparity_core::diff::IgnorePreset;
use pgparity_core::report::words::kind_word;

use crate::protocol::{Alone, Filter, Risk, Status};

/// One move at the filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FilterAction {
    /// Show or hide a status.
    Status(Status),
    /// Show or hide a kind.
    Kind(String),
    /// Show or hide a schema.
    Schema(String),
    /// Show or hide a risk.
    Risk(Risk),
    /// Hide what differs in nothing but this, or show nothing else; twice, and it is as it was.
    Alone(IgnorePreset, Alone),
    /// Look for words.
    Text(String),
    /// Look for patterns of names.
    Glob(String),
    /// Show only what nobody has looked at, or all.
    Unviewed(bool),
    /// Show what is shown without any filter.
    Reset,
}

/// A filter that is set, and the move that takes it away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chip {
    /// What it lets through.
    pub label: String,
    /// Takes it away.
    pub away: FilterAction,
}

impl Filter {
    /// The filter after a move.
    pub(crate) fn after(&self, action: FilterAction) -> Filter {
        let mut next = self.clone();
        match action {
            FilterAction::Status(status) => toggle(&mut next.status, status),
            FilterAction::Kind(kind) => toggle(&mut next.kinds, kind),
            FilterAction::Schema(schema) => toggle(&mut next.schemas, schema),
            FilterAction::Risk(risk) => toggle(&mut next.risks, risk),
            FilterAction::Alone(preset, alone) => {
                if next.alone.insert(preset, alone) == Some(alone) {
                    next.alone.remove(&preset);
                }
            }
            FilterAction::Text(text) => next.text = text,
            FilterAction::Glob(glob) => next.glob = glob,
            FilterAction::Unviewed(only) => next.unviewed = only,
            FilterAction::Reset => next = Filter::default(),
        }
        next
    }

    /// True when nothing is filtered by hand.
    pub(crate) fn is_default(&self) -> bool {
        *self == Filter::default()
    }

    /// What is set, one by one: all that keeps objects out of the tree.
    pub(crate) fn chips(&self) -> Vec<Chip> {
        let mut chips = Vec::new();
        let mut put = |label: String, away| chips.push(Chip { label, away });
        for status in &self.status {
            put(status.word().to_owned(), FilterAction::Status(*status));
        }
        for kind in &self.kinds {
            put(kind_word(kind), FilterAction::Kind(kind.clone()));
        }
        for schema in &self.schemas {
            put(format!("schema {schema}"), FilterAction::Schema(schema.clone()));
        }
        for risk in &self.risks {
            put(format!("risk {}", risk.word()), FilterAction::Risk(*risk));
        }
        for (preset, alone) in &self.alone {
            let sign = if *alone == Alone::Hidden { "hidden: " } else { "" };
            let label = format!("{sign}nothing but {}", preset.words());
            put(label, FilterAction::Alone(*preset, *alone));
        }
        if !self.text.trim().is_empty() {
            put(format!("search {}", self.text.trim()), FilterAction::Text(String::new()));
        }
        if !self.glob.trim().is_empty() {
            put(format!("names {}", self.glob.trim()), FilterAction::Glob(String::new()));
        }
        if self.unviewed {
            put("only unviewed".to_owned(), FilterAction::Unviewed(false));
        }
        chips
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
            FilterAction::Risk(Risk::Caution),
            FilterAction::Alone(IgnorePreset::Owners, Alone::Shown),
        ] {
            let once = filter.after(action.clone());
            assert_ne!(once, filter);
            assert_eq!(once.after(action), filter);
        }
        assert!(filter.after(FilterAction::Reset).is_default());
    }

    #[test]
    fn what_is_hidden_is_not_shown_alone_as_well() {
        let set = |alone| FilterAction::Alone(IgnorePreset::Owners, alone);
        let shown = Filter::default().after(set(Alone::Shown));
        let hidden = shown.after(set(Alone::Hidden));
        assert_eq!(hidden.alone, [(IgnorePreset::Owners, Alone::Hidden)].into());
    }

    #[test]
    fn all_that_is_set_has_a_chip_that_takes_it_away() {
        let set = [
            FilterAction::Status(Status::Missing),
            FilterAction::Kind("table".to_owned()),
            FilterAction::Schema("public".to_owned()),
            FilterAction::Risk(Risk::Caution),
            FilterAction::Alone(IgnorePreset::Comments, Alone::Hidden),
            FilterAction::Alone(IgnorePreset::Owners, Alone::Shown),
            FilterAction::Text("orders".to_owned()),
            FilterAction::Glob("sales.*".to_owned()),
            FilterAction::Unviewed(true),
        ];
        let count = set.len();
        let filter = set.into_iter().fold(Filter::default(), |filter, set| filter.after(set));
        let chips = filter.chips();
        assert_eq!(chips.len(), count);
        assert_eq!(chips[2].label, "schema public");
        assert_eq!(chips[4].label, "hidden: nothing but comments");
        assert_eq!(chips[5].label, "nothing but owners");
        let bare = chips.into_iter().fold(filter, |filter, chip| filter.after(chip.away));
        assert!(bare.is_default());
    }
}
