//! Pinning: the twins of dragging a table.

use yew::prelude::*;

use crate::model::explore::moved_to;
use crate::protocol::{Area, Card};
use crate::state::ExploreAction;
use crate::view::store::Store;

/// How far a button moves a table.
const STEP: i32 = 20;

/// The ways: the key, the sign, the words, the direction.
const WAYS: [(&str, &str, &str, (i32, i32)); 4] = [
    ("ArrowLeft", "←", "Move the table left", (-1, 0)),
    ("ArrowRight", "→", "Move the table right", (1, 0)),
    ("ArrowUp", "↑", "Move the table up", (0, -1)),
    ("ArrowDown", "↓", "Move the table down", (0, 1)),
];

/// The way of a key.
pub(super) fn way_of(key: &str) -> Option<(i32, i32)> {
    WAYS.iter().find(|(other, ..)| *other == key).map(|(.., way)| *way)
}

/// Moves a table a step, which pins it.
pub(super) fn move_by(store: &Store, card: &Card, (x, y): (i32, i32)) {
    let place = moved_to(card.area, (x * STEP, y * STEP));
    store.act(ExploreAction::Pin(card.id.clone(), place));
}

/// The buttons for the table that is chosen, if one is.
pub(super) fn pins(store: &Store, table: Option<&Card>) -> Html {
    let pinned = table.is_some_and(|card| card.pinned);
    let none = table.is_none();
    let toggle = {
        let (store, card) = (store.clone(), table.cloned());
        move |_: MouseEvent| {
            if let Some(card) = &card {
                let (id, Area { x, y, .. }) = (card.id.clone(), card.area);
                store.act(if card.pinned {
                    ExploreAction::Unpin(Some(id))
                } else {
                    ExploreAction::Pin(id, (x, y))
                });
            }
        }
    };
    let ways = WAYS.iter().map(|(_, sign, words, way)| {
        let (store, card) = (store.clone(), table.cloned());
        let onclick = move |_: MouseEvent| {
            if let Some(card) = &card {
                move_by(&store, card, *way);
            }
        };
        html! {
            <button {onclick} disabled={none} aria-label={*words} title={*words} data-testid="pin-move" data-way={*sign}>
                { *sign }</button>
        }
    });
    let all = store.app.explore.query.pins.len();
    html! {
        <div class="canvas-tools" role="group" aria-label="The chosen table">
            <button aria-pressed={pinned.to_string()} disabled={none} onclick={toggle} data-testid="pin"
                title="A pinned table keeps its place and stays in the diagram">
                <span aria-hidden="true">{"◤"}</span>{"Pin"}</button>
            { for ways }
            if all > 0 {
                <button onclick={store.on(|_: MouseEvent| ExploreAction::Unpin(None))} data-testid="unpin-all">
                    { format!("Unpin all ({all})") }</button>
            }
            <span class="muted">{ match table {
                Some(card) => format!("moves {}", card.name),
                None => "Choose a table to pin or move it, or drag it".to_owned(),
            } }</span>
        </div>
    }
}
