//! How Compare is looked at.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::model::Id;

use super::{FilterAction, FilterSets};
use crate::protocol::{Filter, TreeQuery, View};

/// Filters, folds and layouts of Compare.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CompareState {
    /// What the tree shows.
    pub filter: Filter,
    /// How the tree is grouped.
    pub view: View,
    /// Rows opened or closed by hand.
    pub flipped: BTreeSet<String>,
    /// The filters are shown.
    pub filters_shown: bool,
    /// Somebody has said whether definitions stand in one column; else the width of the window does.
    pub unified: Option<bool>,
    /// Equal attributes are shown too.
    pub all_properties: bool,
    /// Definitions are compared without white space.
    pub no_blanks: bool,
    /// Long lines of definitions are not broken.
    pub unwrapped: bool,
    /// An export has only what is shown.
    pub export_shown: bool,
    /// Filters that are kept under a name.
    pub sets: FilterSets,
}

/// What happens in Compare.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CompareAction {
    /// A move at the filters.
    Filter(FilterAction),
    /// Group the tree in another way.
    View(View),
    /// Open or close a row.
    Flip(String),
    /// Show or hide the filters.
    ShowFilters(bool),
    /// One column or two.
    Unified(bool),
    /// All attributes, or only those that differ.
    AllProperties(bool),
    /// Compare definitions without white space, or with it.
    Blanks(bool),
    /// Leave long lines of definitions whole, or break them.
    Wrap(bool),
    /// Export only what is shown, or all.
    ExportShown(bool),
    /// The filters that were kept before.
    Sets(FilterSets),
    /// Keep the filters that are set under a name.
    SaveSet(String),
    /// Set the filters of a name.
    TakeSet(String),
    /// Keep them no longer.
    DropSet(String),
}

impl CompareState {
    /// Compare after an action.
    pub(crate) fn after(&self, action: CompareAction) -> CompareState {
        let mut next = self.clone();
        match action {
            CompareAction::Filter(action) => next.filter = next.filter.after(action),
            CompareAction::View(view) => next.view = view,
            CompareAction::Flip(key) => {
                if !next.flipped.remove(&key) {
                    next.flipped.insert(key);
                }
            }
            CompareAction::ShowFilters(shown) => next.filters_shown = shown,
            CompareAction::Unified(unified) => next.unified = Some(unified),
            CompareAction::AllProperties(all) => next.all_properties = all,
            CompareAction::Blanks(without) => next.no_blanks = without,
            CompareAction::Wrap(unwrapped) => next.unwrapped = unwrapped,
            CompareAction::ExportShown(only) => next.export_shown = only,
            CompareAction::Sets(sets) => next.sets = sets,
            CompareAction::SaveSet(name) => {
                next.sets = next.sets.with(&name, &next.filter, next.view);
            }
            CompareAction::TakeSet(name) => {
                if let Some((filter, view)) = self.sets.get(&name).cloned() {
                    (next.filter, next.view) = (filter, view);
                }
            }
            CompareAction::DropSet(name) => next.sets = next.sets.without(&name),
        }
        next
    }

    /// Which rows the tree has, given what was looked at; `find` is a row whose place is wanted.
    pub(crate) fn tree_query(
        &self,
        find: Option<String>,
        viewed: &BTreeMap<Id, String>,
    ) -> TreeQuery {
        TreeQuery {
            filter: self.filter.clone(),
            view: self.view,
            viewed: viewed.clone(),
            flipped: self.flipped.clone(),
            find,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_that_were_saved_come_back_exactly() {
        let text = CompareAction::Filter(FilterAction::Text("orders".into()));
        let saved = CompareState::default()
            .after(text)
            .after(CompareAction::View(View::Risk))
            .after(CompareAction::SaveSet("mine".into()));
        let other = saved
            .after(CompareAction::Filter(FilterAction::Reset))
            .after(CompareAction::View(View::Schema));
        let back = other.after(CompareAction::TakeSet("mine".into()));
        assert_eq!(back, saved);
        assert_eq!(back.after(CompareAction::TakeSet("nobody's".into())), back);
    }

    #[test]
    fn a_row_flipped_twice_is_as_it_was() {
        let before = CompareState::default();
        let once = before.after(CompareAction::Flip("a".into()));
        assert_ne!(once, before);
        assert_eq!(once.after(CompareAction::Flip("a".into())), before);
    }
}
