//! One object: its definition, what breaks when it is dropped, what it depends on, what uses it.

use std::rc::Rc;

use yew::prelude::*;

use super::listing::Rows;
use crate::protocol::{ExploreAnswer, Listing, Portrait, Response};
use crate::state::{ExploreAction, Place};
use crate::view::compare::relations::relations;
use crate::view::parts::Sql;
use crate::view::store::Store;

/// The properties of [`PortraitPane`].
#[derive(PartialEq, Properties)]
pub(super) struct PortraitProps {
    /// State, worker and overview.
    pub store: Store,
    /// What is known of the chosen object.
    pub answer: Option<Rc<Response>>,
    /// Its table is in the diagram.
    pub drawn: bool,
}

/// The pane.
#[component]
pub(super) fn PortraitPane(props: &PortraitProps) -> Html {
    let store = &props.store;
    let inside = match (&store.app.selection.object, props.answer.as_deref()) {
        (None, _) => html! {
            <p class="muted">{"Choose a table in the diagram or an object in the list: here are its definition, \
                what it depends on, what uses it, and what breaks when it is dropped."}</p>
        },
        (_, Some(Response::Explore(ExploreAnswer::Object(portrait)))) => {
            shown(store, portrait, props.drawn)
        }
        (_, Some(Response::Nothing(message))) => html! { <p class="muted">{ message }</p> },
        _ => Html::default(),
    };
    html! {
        <section class="portrait detail" aria-labelledby="explore-title" data-testid="portrait"
            data-id={store.app.selection.object.as_ref().map(|id| id.as_str().to_owned())}>
            <h2 id="explore-title" tabindex="-1">{"The object"}</h2>
            { inside }
        </section>
    }
}

fn shown(store: &Store, portrait: &Portrait, drawn: bool) -> Html {
    let warnings = portrait.warnings.iter().map(|said| html! { <p class="notice">{ said }</p> });
    let id = portrait.id.clone();
    let around = store.on(move |_: MouseEvent| ExploreAction::Around(Some(id.clone())));
    let in_middle = store.app.explore.query.around.as_ref() == Some(&portrait.id);
    html! {
        <>
            <p class="portrait-name"><span class="kind">{ &portrait.kind }</span>{" "}<code>{ &portrait.title }</code></p>
            <p class="muted">{"As it is in "}{ &portrait.snapshot }{"."}</p>
            { for warnings }
            if portrait.table.is_some() && !in_middle {
                if !drawn { <p class="muted">{"It is not in the diagram."}</p> }
                <button onclick={around} data-testid="draw-around">{"Draw what is around it"}</button>
            }
            if store.app.can_show(Place::Compare) {
                <p><a href={store.address(Place::Compare)} data-testid="explore-compare">{"What differs in it"}</a></p>
            }
            <section class="falls">
                <h3>{"What breaks when it is dropped"}</h3>
                <p data-testid="fall" data-falls={portrait.falls.to_string()}>{ &portrait.fall }</p>
                if portrait.falls > 0 {
                    <Rows store={store.clone()} list={Listing::Falls { id: portrait.id.clone() }}
                        label="What breaks when it is dropped" follow=false testid="fall-rows" />
                }
                <p class="muted">{"The catalog does not know what bodies of functions name, nor what programs do."}</p>
            </section>
            if !portrait.definition.is_empty() {
                <section><h3>{"Definition"}</h3><Sql sql={portrait.definition.clone()} /></section>
            }
            { relations(store, "Depends on", "depends-on", &portrait.depends_on) }
            { relations(store, "Used by", "used-by", &portrait.used_by) }
        </>
    }
}
