//! Sentences that a person should read before anything else.

use yew::prelude::*;

use super::jobs::{halted, work};
use super::link::complaint;
use super::report::banner;
use super::store::StoreProps;
use crate::state::Place;

/// Notices about the two sides, and what the worker is doing.
#[component]
pub(crate) fn Notices(props: &StoreProps) -> Html {
    let app = &props.store.app;
    let guessed = app.shelf.sides.guessed.then(|| {
        "The sides were guessed: the older snapshot is From, the newer one is To. Swap them if it is \
         the other way round."
            .to_owned()
    });
    // Where all snapshots are looked at, nothing is said of two of them.
    let pair = ![Place::Environments, Place::History].contains(&app.shown_place());
    let told = app.shelf.sides.notices.iter().cloned().chain(guessed).filter(|_| pair);
    html! {
        <>
            { banner() }
            { for told.map(|text| html! { <p class="notice" data-testid="notice">{ text }</p> }) }
            { complaint(&props.store) }
            { halted(&props.store) }
            { work(&props.store) }
        </>
    }
}
