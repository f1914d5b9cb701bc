//! The detail pane: one object in full.

use yew::prelude::*;

use super::definition::Definition;
use super::properties::Properties as PropertyTable;
use super::relations::{InPlan, relations};
use super::review::{note, tick};
use super::totals::Totals;
use crate::protocol::{Detail, DetailAnswer, DetailAsk, Response, Status};
use crate::state::{Action, PanesAction, Place};
use crate::view::parts::badge;
use crate::view::store::{Store, StoreProps, use_answer};

/// The pane.
#[component]
pub(super) fn DetailPane(props: &StoreProps) -> Html {
    let store = &props.store;
    let no_blanks = store.app.compare.no_blanks;
    let ask = store.app.selection.object.clone().map(|id| DetailAsk::Object { id, no_blanks });
    match use_answer(store, ask).as_deref() {
        Some(Response::Detail(DetailAnswer::Object(detail))) => shown(store, detail),
        Some(Response::Nothing(message)) => html! { <p class="empty">{ message.clone() }</p> },
        _ => html! { <Totals store={store.clone()} /> },
    }
}

fn shown(store: &Store, detail: &Detail) -> Html {
    let back = store.on(|_: MouseEvent| PanesAction::Read(false));
    let sentences = detail.summary.iter().map(|said| html! { <li>{ said }</li> });
    let warnings = detail.warnings.iter().map(|said| html! { <p class="notice">{ said }</p> });
    html! {
        <article class="detail" data-testid="detail" data-id={detail.id.as_str().to_owned()}
            data-change={detail.status.word()}>
            <button class="plain back" onclick={back}>{"← All objects"}</button>
            <header>
                { badge_of(detail) }<span class="kind">{ &detail.kind }</span>{ tick(store, detail) }
                <h2 id="detail-title" tabindex="-1">{ &detail.title }</h2>
                if let Some(former) = &detail.former {
                    <p class="former">{"was "}<code>{ former }</code></p>
                }
                if let Some(parent) = &detail.parent {
                    <p class="parent">{"of "}{ parent.kind.clone() }{" "}
                        <button class="link" onclick={select(store, parent.id.clone())}>{ &parent.name }</button></p>
                }
            </header>
            { for warnings }
            { note(store, detail) }
            <ul class="summary" data-testid="summary">{ for sentences }</ul>
            { parts(store, detail) }
            <InPlan store={store.clone()} id={detail.id.clone()} />
            <PropertyTable store={store.clone()} properties={detail.properties.clone()} status={detail.status}
                inside={!detail.parts.is_empty()} />
            <Definition store={store.clone()} diff={detail.definition.clone()}
                of={detail.definition_of.clone()} id={detail.id.clone()} />
            <p><a href={store.address(Place::Explore)} data-testid="explore-it">{"In the diagram, and what breaks when it is dropped"}</a></p>
            { relations(store, "Depends on", "depends-on", &detail.depends_on) }
            { relations(store, "Used by", "used-by", &detail.used_by) }
        </article>
    }
}

/// An object that is equal itself says so only when its parts are.
fn badge_of(detail: &Detail) -> Html {
    if detail.status == Status::Same && !detail.parts.is_empty() {
        html! { <span class="badge changed"><span class="sign" aria-hidden="true">{"·"}</span>{"parts differ"}</span> }
    } else {
        badge(detail.status)
    }
}

/// The parts that differ; those of an object on one side only go with it.
fn parts(store: &Store, detail: &Detail) -> Html {
    if detail.parts.is_empty() || matches!(detail.status, Status::Missing | Status::Extra) {
        return Html::default();
    }
    let items = detail.parts.iter().map(|part| html! {
        <li class={part.status.word()} data-testid="part" data-id={part.id.as_str().to_owned()}
            data-change={part.status.word()}>
            <span class="sign" aria-hidden="true">{ part.status.sign() }</span>
            <span class="kind">{ &part.kind }</span>
            <button class="link" onclick={select(store, part.id.clone())}>{ &part.name }</button>
            <small class="word">{ part.status.word() }</small>
        </li>
    });
    html! { <section class="parts"><h3>{"Parts that differ"}</h3><ul>{ for items }</ul></section> }
}

/// Selects another object.
pub(super) fn select(store: &Store, id: pgparity_core::model::Id) -> Callback<MouseEvent> {
    store.on(move |_| Action::Show(id.clone()))
}
