//! What is looked at, how far from the middle, and what stands in a table.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::model::explore::looks;
use crate::protocol::{Columns, MOST_HOPS};
use crate::state::ExploreAction;
use crate::view::store::Store;

/// The bar over the panes.
pub(super) fn toolbar(store: &Store) -> Html {
    let query = &store.app.explore.query;
    let sides = &store.app.shelf.sides;
    let looks = looks(sides);
    let meant = looks.clone();
    let looked = changed(store, move |value| {
        let look = meant.iter().find(|(other, ..)| *other == value);
        ExploreAction::Of(look.and_then(|(_, of, _)| of.clone()))
    });
    let only = looks.len() == 1;
    let options = looks.into_iter().map(|(value, of, words)| {
        html! { <option {value} selected={only || of == query.of}>{ words }</option> }
    });
    let stepped = changed(store, |value| ExploreAction::Hops(value.parse().unwrap_or(1)));
    let steps = (1..=MOST_HOPS).map(|hops| {
        let selected = hops == query.hops;
        html! { <option value={hops.to_string()} {selected}>{ hops }</option> }
    });
    let shown = changed(store, |value| {
        ExploreAction::Columns(Columns::from_name(&value).unwrap_or_default())
    });
    let columns = Columns::ALL.into_iter().map(|(columns, name, words)| {
        html! { <option value={name} selected={columns == query.columns}>{ words }</option> }
    });
    html! {
        <div class="explore-tools">
            <label>{"Look at "}
                <select onchange={looked} data-testid="explore-of">{ for options }</select></label>
            <label>{"Steps from there "}
                <select onchange={stepped} data-testid="explore-hops">{ for steps }</select></label>
            <label>{"Show "}
                <select onchange={shown} data-testid="explore-columns">{ for columns }</select></label>
            if query.around.is_some() {
                <button onclick={store.on(|_: MouseEvent| ExploreAction::Around(None))} data-testid="explore-changed">
                    { if super::alone(store) { "Begin anew" } else { "Draw what differs" } }</button>
            }
        </div>
    }
}

/// What a choice does.
fn changed(store: &Store, action: impl Fn(String) -> ExploreAction + 'static) -> Callback<Event> {
    store.on(move |event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        action(select.value())
    })
}
