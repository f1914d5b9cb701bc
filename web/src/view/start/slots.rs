//! What is on each side so far.

use pgparity_core::snapshot::Side;
use yew::prelude::*;

use crate::protocol::{ShelfAsk, Slot};
use crate::state::{Action, Place};
use crate::view::parts::time::captured;
use crate::view::store::{Store, StoreProps};

/// The two sides, filled or waiting.
#[component]
pub(super) fn Slots(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let sides = &store.app.shelf.sides;
    let swap = {
        let store = store.clone();
        move |_| store.command(ShelfAsk::Swap, "Exchanging the sides…".to_owned())
    };
    html! {
        <section class="slots" aria-label="What is compared">
            { slot(&store, Slot::From, sides.from.as_ref()) }
            <button class="plain swap" onclick={swap} aria-label="Swap From and To" title="Swap From and To"
                data-testid="swap">{"⇄"}</button>
            { slot(&store, Slot::To, sides.to.as_ref()) }
            if sides.complete() {
                <button class="primary" onclick={store.on(|_: MouseEvent| Action::Go(Place::Compare))}>
                    {"Compare"}
                </button>
            }
        </section>
    }
}

fn slot(store: &Store, slot: Slot, side: Option<&Side>) -> Html {
    let (title, id) = match slot {
        Slot::From => ("From (is now)", "slot-from"),
        Slot::To => ("To (should become)", "slot-to"),
    };
    let close = {
        let store = store.clone();
        move |_| store.command(ShelfAsk::Close { slot }, "Closing…".to_owned())
    };
    let filled = side.is_some();
    html! {
        <div class={classes!("slot", filled.then_some("filled"))} data-testid={id}
            data-filled={filled.to_string()}>
            <h2>{ title }</h2>
            if let Some(side) = side {
                <p><b>{ &side.label }</b>{" · PostgreSQL "}{ &side.server_version }</p>
                <p class="muted">{ side.objects }{" objects · "}{ captured(&side.captured_at) }</p>
                <button onclick={close} aria-label={format!("Remove {}", side.label)}>{"Remove"}</button>
            } else {
                <p class="muted">{"Now this side: open, drop or paste its snapshot."}</p>
            }
        </div>
    }
}
