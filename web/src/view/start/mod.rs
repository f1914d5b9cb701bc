//! Start: three equal ways to something to compare.

mod command;
mod drop_zone;
mod files;
mod paste;
mod refusals;
mod shelf;
mod slots;

use yew::prelude::*;

use super::store::StoreProps;
use command::ExportCommand;
use drop_zone::DropZone;
use paste::Paste;
use refusals::Refusals;
use shelf::shelf;
use slots::Slots;

/// The place.
#[component]
pub(crate) fn Start(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let sides = &store.app.shelf.sides;
    let waits = !store.app.route().settings.eq(&crate::protocol::Settings::default())
        || store.app.selection.object.is_some()
        || store.app.expected.is_some();
    let sample = {
        let store = store.clone();
        move |_| store.open_sample()
    };
    html! {
        <div class="start-page">
            <h1 tabindex="-1">{"Compare two PostgreSQL databases"}</h1>
            <p class="lead">{"Two snapshots in, every difference and a reviewed SQL plan out. \
                It all happens in this tab: no file leaves your machine."}</p>
            if waits && !sides.complete() {
                <p class="notice">{"The address holds a selection or decisions. Open the same two \
                    snapshots to go on where it was made."}</p>
            }
            if sides.from.is_some() || sides.to.is_some() {
                <Slots store={store.clone()} />
            }
            { shelf(&store) }
            <Refusals store={store.clone()} />
            <div class="ways">
                <section class="way" aria-labelledby="way-sample">
                    <h2 id="way-sample">{"Try the sample"}</h2>
                    <p>{"A web shop, one release behind: production against development, with a \
                        renamed table, columns that hold data, a lost index and a lost grant."}</p>
                    <button class="primary" onclick={sample} data-testid="start-sample">
                        {"Open the sample"}
                    </button>
                </section>
                <DropZone store={store.clone()} />
                <Paste store={store.clone()} />
            </div>
            <ExportCommand {store} />
        </div>
    }
}
