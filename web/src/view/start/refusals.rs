//! Files that could not be read.

use yew::prelude::*;

use crate::state::ShelfAction;
use crate::view::store::StoreProps;

/// One message per file: what, where, what to do.
#[component]
pub(super) fn Refusals(props: &StoreProps) -> Html {
    let refusals = &props.store.app.shelf.refusals;
    let items = refusals.iter().map(|refusal| {
        html! {
            <li data-testid="error" data-file={refusal.file.clone()}>
                <b>{ &refusal.file }</b>
                <p class="where">{ &refusal.problem }</p>
                <p>{ &refusal.fix }</p>
            </li>
        }
    });
    html! {
        <div role="alert" class="refusals" data-testid="error-list">
            if !refusals.is_empty() {
                <h2>{ if refusals.len() == 1 { "This file was not opened" } else { "These files were not opened" } }</h2>
                <ul>{ for items }</ul>
                <button onclick={props.store.on(|_: MouseEvent| ShelfAction::ForgetRefusals)}>
                    {"Dismiss"}
                </button>
            }
        </div>
    }
}
