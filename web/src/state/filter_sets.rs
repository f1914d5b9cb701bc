//! Filters that are kept under a name.

use std::collections::BTreeMap;

use super::Place;
use super::route::{Route, from_fragment, to_fragment};
use crate::protocol::{Filter, View};

/// So many signs of a name are kept.
const LONGEST: usize = 60;

/// Filters with their view, by the name that somebody gave them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FilterSets(BTreeMap<String, (Filter, View)>);

impl FilterSets {
    /// The sets as they were stored: each as an address has it. What is none is left out.
    pub(crate) fn stored(pairs: impl IntoIterator<Item = (String, String)>) -> FilterSets {
        let read = |(name, text): (String, String)| {
            let route = from_fragment(&text);
            let of_compare = route.place == Place::Compare && !route.filter.is_default();
            of_compare.then_some((name, (route.filter, route.view)))
        };
        FilterSets(pairs.into_iter().filter_map(read).collect())
    }

    /// The sets as they are stored.
    pub(crate) fn pairs(&self) -> BTreeMap<&str, String> {
        let text = |(filter, view): &(Filter, View)| {
            let (filter, view) = (filter.clone(), *view);
            to_fragment(&Route { place: Place::Compare, filter, view, ..Route::default() })
        };
        self.0.iter().map(|(name, set)| (name.as_str(), text(set))).collect()
    }

    /// The names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// A set.
    pub(crate) fn get(&self, name: &str) -> Option<&(Filter, View)> {
        self.0.get(name)
    }

    /// With one more; one of the same name gives way. Without a name, or without a filter, nothing is kept.
    pub(crate) fn with(&self, name: &str, filter: &Filter, view: View) -> FilterSets {
        let mut next = self.clone();
        let name: String = name.trim().chars().take(LONGEST).collect();
        if !name.is_empty() && !filter.is_default() {
            next.0.insert(name, (filter.clone(), view));
        }
        next
    }

    /// With one less.
    pub(crate) fn without(&self, name: &str) -> FilterSets {
        let mut next = self.clone();
        next.0.remove(name);
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::FilterAction;

    fn filter() -> Filter {
        let set =
            [FilterAction::Glob("sales.* !x".into()), FilterAction::Text("\"a&b\" =1".into())];
        set.into_iter().fold(Filter::default(), |filter, set| filter.after(set))
    }

    #[test]
    fn what_is_stored_comes_back() {
        let sets = FilterSets::default().with(" mine ", &filter(), View::Risk);
        assert_eq!(sets.names().collect::<Vec<_>>(), ["mine"]);
        let pairs = sets.pairs().into_iter().map(|(name, text)| (name.to_owned(), text));
        let read = FilterSets::stored(pairs.chain([("bad".to_owned(), "%%".to_owned())]));
        assert_eq!(read, sets);
        assert_eq!(read.get("mine"), Some(&(filter(), View::Risk)));
        assert_eq!(sets.without("mine"), FilterSets::default());
    }

    #[test]
    fn without_a_name_or_a_filter_nothing_is_kept() {
        let none = FilterSets::default();
        assert_eq!(none.with("  ", &filter(), View::Risk), none);
        assert_eq!(none.with("all", &Filter::default(), View::Risk), none);
    }
}
