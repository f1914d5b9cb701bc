//! The detail: one object in full.

use yew::prelude::*;

use super::definition::Definition;
use super::leave;
use super::properties::Properties as PropertyTable;
use super::review::tick;
use crate::protocol::{Detail, Status};
use crate::state::Action;
use crate::view::parts::badge;
use crate::view::store::Store;

/// An object in full.
pub(super) fn shown(store: &Store, detail: &Detail) -> Html {
    let back = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| leave(&store))
    };
    let sentences = detail.summary.iter().map(|said| html! { <li>{ said }</li> });
    let warnings = detail.warnings.iter().map(|said| html! { <p class="notice">{ said }</p> });
    html! {
        <article class="detail" data-testid="detail" data-id={detail.id.as_str().to_owned()}
            data-change={detail.status.word()}>
            <button class="plain back" onclick={back.clone()}>{"← All objects"}</button>
            <button class="plain shut-detail" onclick={back} title="Close the detail (Esc)" data-testid="detail-close">{"✕ Close"}</button>
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
            <ul class="summary" data-testid="summary">{ for sentences }</ul>
            { parts(store, detail) }
            <PropertyTable store={store.clone()} properties={detail.properties.clone()} status={detail.status}
                inside={!detail.parts.is_empty()} />
            <Definition store={store.clone()} diff={detail.definition.clone()}
                of={detail.definition_of.clone()} id={detail.id.clone()} />
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
