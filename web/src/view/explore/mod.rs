//! Explore: tables and foreign keys as a diagram, all objects, one of them with what hangs on it.

mod canvas;
mod listing;
mod minimap;
mod pins;
mod pointer;
mod portrait;
mod save;
mod toolbar;

use std::rc::Rc;

use yew::prelude::*;

use super::dom::focus;
use super::keyboard::use_commands;
use super::parts::panes::{Pane, go_pane};
use super::store::{Store, StoreProps, use_answer};
use crate::protocol::{ExploreAnswer, ExploreAsk, Response};
use crate::state::{Command, ExploreAction};
use canvas::Canvas;
use listing::Rows;
use portrait::PortraitPane;
use toolbar::toolbar;

/// The panes, in the order in which F6 goes through them.
const PANES: [Pane; 3] = [
    (".explore-list", ".explore-list [role=tree]"),
    (".drawing", ".canvas"),
    (".portrait", "#explore-title"),
];

/// The place.
#[component]
pub(crate) fn Explore(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let commands = store.clone();
    use_commands(move |command| {
        match command {
            Command::Search => {
                commands.act(ExploreAction::Objects(true));
                focus("#explore-search");
            }
            Command::Back => focus(PANES[0].1),
            command => return go_pane(command, &PANES),
        }
        true
    });
    {
        // With one snapshot alone, what was chosen elsewhere is what one wants to see.
        let store = store.clone();
        use_effect_with((), move |()| {
            let chosen = store.app.selection.object.clone();
            if alone(&store) && store.app.explore.query.around.is_none() && chosen.is_some() {
                store.act(ExploreAction::Around(chosen));
            }
        });
    }
    let query = store.app.explore.query.clone();
    let answer = use_answer(&store, Some(ExploreAsk::Diagram { query: query.clone() }));
    let diagram = match answer.as_deref() {
        Some(Response::Explore(ExploreAnswer::Diagram(diagram))) => Some(Rc::new(diagram.clone())),
        _ => None,
    };
    let problem = match answer.as_deref() {
        Some(Response::Nothing(message)) => Some(message.clone()),
        _ => None,
    };
    let chosen = store.app.selection.object.clone();
    let of = query.of;
    let object = use_answer(&store, chosen.map(|id| ExploreAsk::Object { of, id }));
    let table = match object.as_deref() {
        Some(Response::Explore(ExploreAnswer::Object(portrait))) => portrait.table.clone(),
        _ => None,
    };
    let drawn = diagram.as_ref().zip(table.as_ref());
    let drawn = drawn.is_some_and(|(all, id)| all.cards.iter().any(|card| card.id == *id));
    html! {
        <>
            <h1 class="explore-title" tabindex="-1">{"Explore"}</h1>
            { toolbar(&store) }
            <div class="explore-panes">
                { list(&store) }
                <section class="drawing" aria-labelledby="drawing-title">
                    <h2 id="drawing-title">{"Tables and foreign keys"}</h2>
                    if let Some(problem) = problem { <p class="problem" role="alert">{ problem }</p> }
                    if let Some(diagram) = diagram {
                        <Canvas store={store.clone()} {diagram} {table} />
                    }
                </section>
                <PortraitPane store={store.clone()} answer={object} {drawn} />
            </div>
        </>
    }
}

/// The list beside the diagram: what it shows, or all objects.
fn list(store: &Store) -> Html {
    let explore = &store.app.explore;
    let choice = |objects: bool, words: &'static str, id: &'static str| {
        html! {
            <button class="chip" aria-pressed={(explore.objects == objects).to_string()} data-testid={id}
                onclick={store.on(move |_: MouseEvent| ExploreAction::Objects(objects))}>{ words }</button>
        }
    };
    let searched = store.on(|event: InputEvent| {
        let input: web_sys::HtmlInputElement = event.target_unchecked_into();
        ExploreAction::Text(input.value())
    });
    let label = if explore.objects { "All objects" } else { "What is drawn" };
    html! {
        <section class="explore-list" aria-labelledby="explore-list-title">
            <h2 id="explore-list-title" class="vh">{ label }</h2>
            <div class="search-line">
                <input id="explore-search" type="search" aria-label="Search all objects" placeholder="Search all objects  /"
                    value={explore.text.clone()} oninput={searched} autocomplete="off" spellcheck="false"
                    data-testid="explore-search" />
                { choice(false, "Drawn", "list-drawn") }
                { choice(true, "All objects", "list-objects") }
            </div>
            <Rows store={store.clone()} list={explore.listing()} {label} follow=true testid="explore-rows" />
            if explore.objects && explore.text.is_empty() {
                <p class="shown muted">{"Columns, constraints and other parts are found by the search."}</p>
            }
        </section>
    }
}

/// True where no two snapshots are looked at together.
fn alone(store: &Store) -> bool {
    !store.app.shelf.sides.complete() || store.app.explore.query.of.is_some()
}
