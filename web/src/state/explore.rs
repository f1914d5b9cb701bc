//! How Explore is looked at.

use pgparity_core::model::Id;

use crate::protocol::{Columns, ExploreQuery, Listing, MOST_HOPS};

/// The diagram and the list beside it. What is selected is the selection of all places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ExploreState {
    /// What the diagram shows.
    pub query: ExploreQuery,
    /// The list has all objects, rather than what is drawn.
    pub objects: bool,
    /// What is sought among all objects.
    pub text: String,
}

/// What happens in Explore.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExploreAction {
    /// Look at a snapshot, by its name on the shelf, or at From and To together.
    Of(Option<String>),
    /// Draw what is around an object, or what differs.
    Around(Option<Id>),
    /// Draw so many steps.
    Hops(usize),
    /// Show these columns.
    Columns(Columns),
    /// List all objects, or what is drawn.
    Objects(bool),
    /// Search among all objects.
    Text(String),
    /// Put a table in a place, where it stays.
    Pin(Id, (i32, i32)),
    /// Let a table go back to its place, or with none of them all.
    Unpin(Option<Id>),
}

impl ExploreState {
    /// Explore after an action.
    pub(crate) fn after(&self, action: ExploreAction) -> ExploreState {
        let mut next = self.clone();
        match action {
            ExploreAction::Of(of) => next.query.of = of,
            ExploreAction::Around(id) => next.query.around = id,
            ExploreAction::Hops(hops) => next.query.hops = hops.clamp(1, MOST_HOPS),
            ExploreAction::Columns(columns) => next.query.columns = columns,
            ExploreAction::Objects(objects) => next.objects = objects,
            ExploreAction::Text(text) => (next.text, next.objects) = (text, true),
            ExploreAction::Pin(id, place) => {
                next.query.pins.insert(id, place);
            }
            ExploreAction::Unpin(Some(id)) => {
                next.query.pins.remove(&id);
            }
            ExploreAction::Unpin(None) => next.query.pins.clear(),
        }
        next
    }

    /// Explore as an address has it, which knows nothing of what is pinned.
    pub(crate) fn following(&self, mut address: ExploreState) -> ExploreState {
        address.query.pins.clone_from(&self.query.pins);
        address
    }

    /// The list that is shown.
    pub(crate) fn listing(&self) -> Listing {
        if self.objects { Listing::Objects { text: self.text.clone() } } else { Listing::Drawn }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_within_their_bounds() {
        let hops = |hops| ExploreState::default().after(ExploreAction::Hops(hops)).query.hops;
        assert_eq!((hops(0), hops(2), hops(9)), (1, 2, MOST_HOPS));
    }

    #[test]
    fn a_search_is_among_all_objects() {
        let state = ExploreState::default();
        assert_eq!(state.listing(), Listing::Drawn);
        let sought = state.after(ExploreAction::Text("ord".into()));
        assert_eq!(sought.listing(), Listing::Objects { text: "ord".into() });
        assert_eq!(sought.after(ExploreAction::Objects(false)).listing(), Listing::Drawn);
    }

    #[test]
    fn what_is_pinned_stays_until_it_is_let_go_whatever_the_address_says() {
        let pin = |name: &str, x| ExploreAction::Pin(name.into(), (x, 0));
        let pinned =
            ExploreState::default().after(pin("a", 1)).after(pin("b", 2)).after(pin("a", 3));
        let places =
            |state: &ExploreState| state.query.pins.values().map(|at| at.0).collect::<Vec<_>>();
        assert_eq!(places(&pinned), [3, 2]);
        assert_eq!(places(&pinned.following(ExploreState::default())), [3, 2]);
        assert_eq!(places(&pinned.after(ExploreAction::Unpin(Some("a".into())))), [2]);
        assert!(places(&pinned.after(ExploreAction::Unpin(None))).is_empty());
    }

    #[test]
    fn another_snapshot_keeps_what_is_in_the_middle() {
        let state = ExploreState::default()
            .after(ExploreAction::Around(Some("table:public.a".into())))
            .after(ExploreAction::Of(Some("prod".into())));
        assert!(state.query.around.is_some() && state.query.of.is_some());
    }
}
