//! Which component shows which place: a line for each.

use yew::prelude::*;

use super::compare::Compare;
use super::environments::Environments;
use super::explore::Explore;
use super::history::History;
use super::plan::Plan;
use super::start::Start;
use super::store::Store;
use crate::state::Place;

/// The place that is shown.
pub(super) fn place(store: Store) -> Html {
    match store.app.shown_place() {
        Place::Start => html! { <Start {store} /> },
        Place::Compare => html! { <Compare {store} /> },
        Place::Plan => html! { <Plan {store} /> },
        Place::Environments => html! { <Environments {store} /> },
        Place::History => html! { <History {store} /> },
        Place::Explore => html! { <Explore {store} /> },
    }
}
