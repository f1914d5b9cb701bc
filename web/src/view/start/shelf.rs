//! What lies on the shelf, when that is more than the two sides.

use yew::prelude::*;

use crate::protocol::ShelfAsk;
use crate::state::{Action, Place};
use crate::view::parts::time::captured;
use crate::view::store::Store;

/// Every snapshot, with a button to remove it, and the way to Environments.
pub(super) fn shelf(store: &Store) -> Html {
    let sides = &store.app.shelf.sides;
    let shown = usize::from(sides.from.is_some()) + usize::from(sides.to.is_some());
    if sides.shelf.len() <= shown {
        return Html::default();
    }
    let items = sides.shelf.iter().zip(sides.names()).map(|(shelved, name)| {
        let (store, id) = (store.clone(), shelved.id);
        let remove = move |_: MouseEvent| {
            store.command(ShelfAsk::Remove { id }, "Removing…".to_owned());
        };
        html! {
            <li key={id.0} data-testid="shelved">
                <b>{ &name }</b>{" · PostgreSQL "}{ &shelved.side.server_version }{" · "}
                { captured(&shelved.side.captured_at) }
                {" "}
                <button onclick={remove} aria-label={format!("Remove {name}")}>{"Remove"}</button>
            </li>
        }
    });
    html! {
        <section class="shelf" aria-labelledby="shelf-title" data-testid="shelf">
            <h2 id="shelf-title">{ sides.shelf.len() }{" snapshots are open"}</h2>
            <ul>{ for items }</ul>
            if store.app.can_show(Place::Environments) {
                <button class="primary" onclick={store.on(|_: MouseEvent| Action::Go(Place::Environments))}>
                    {"See them side by side"}
                </button>
            }
        </section>
    }
}
