//! The navigation: a rail on wide screens, a bar at the bottom on phones.

use yew::prelude::*;

use super::store::Store;
use crate::state::Place;

/// Links to the places that can be shown.
pub(super) fn rail(store: &Store) -> Html {
    let shown = store.app.shown_place();
    let links = Place::ALL
        .iter()
        .copied()
        .filter(|place| place.about().listed && store.app.can_show(*place));
    let links = links.map(|place| {
        let current = (place == shown).then_some("page");
        html! {
            <li><a class={place.name()} href={store.address(place)} aria-current={current}
                data-testid={format!("nav-{}", place.name())}>{ place.title() }</a></li>
        }
    });
    html! { <nav class="rail" aria-label="Places"><ul>{ for links }</ul></nav> }
}
