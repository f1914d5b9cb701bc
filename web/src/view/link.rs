//! A link to what is on the screen, and what it is worth elsewhere.

use pgparity_core::report::words::counted;
use yew::prelude::*;

use super::parts::copy_saying;
use super::store::Store;
use crate::state::{Action, to_fragment};

/// What is in a link, and what is not.
const CONTENT: &str = "this view, your decisions, and the names of the objects that they are about. \
                       Nothing else of the schema is in it: whoever opens it needs the same two snapshots";

/// The button.
pub(super) fn copy_link(store: &Store) -> Html {
    let copy = {
        let store = store.clone();
        move |_: MouseEvent| {
            let decisions = store.app.settings.count();
            let said =
                format!("The link is copied, with {}: {CONTENT}.", counted(decisions, "decision"));
            let address = web_sys::window().and_then(|window| window.location().href().ok());
            let address = address.unwrap_or_default();
            let start = address.split('#').next().unwrap_or_default();
            let link = format!("{start}{}", to_fragment(&store.app.link()));
            copy_saying(&store, link, said, "the link");
        }
    };
    html! {
        <button class="plain" onclick={copy} title={format!("Copy a link: {CONTENT}.")} data-testid="copy-link">
            {"Copy link"}
        </button>
    }
}

/// That a link was made of other snapshots than these.
pub(super) fn complaint(store: &Store) -> Html {
    let app = &store.app;
    let complaint = app.expected.as_ref().and_then(|pair| pair.complaint(&app.shelf.sides));
    complaint.map_or_else(Html::default, |text| {
        html! {
            <p class="notice" data-testid="other-snapshots">
                { text }{" "}
                <button onclick={store.on(|_: MouseEvent| Action::ExpectNothing)}>{"Go on with these"}</button>
            </p>
        }
    })
}
