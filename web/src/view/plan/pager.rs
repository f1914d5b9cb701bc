//! The windows of a long plan.

use yew::prelude::*;

use crate::protocol::{At, PlanPage};
use crate::state::PlanAction;
use crate::view::store::Store;

/// Where the window is, and the way to others.
pub(super) fn pager(store: &Store, page: &PlanPage, label: &'static str) -> Html {
    if page.windows < 2 {
        return Html::default();
    }
    let last = page.windows - 1;
    let button = |words: &'static str, window: usize, id: &'static str| {
        let disabled = window == page.window;
        let onclick = store.on(move |_: MouseEvent| PlanAction::At(At::Window(window)));
        html! { <button {disabled} {onclick} data-testid={id}>{ words }</button> }
    };
    let first = page.start + 1;
    html! {
        <nav class="pager" aria-label={label} data-testid="pager" data-window={page.window.to_string()} data-windows={page.windows.to_string()}>
            { button("First", 0, "pager-first") }
            { button("Previous", page.window.saturating_sub(1), "pager-previous") }
            <span>{ format!("{first} to {} of {}", page.start + page.steps.len(), page.shown) }</span>
            { button("Next", (page.window + 1).min(last), "pager-next") }
            { button("Last", last, "pager-last") }
        </nav>
    }
}
