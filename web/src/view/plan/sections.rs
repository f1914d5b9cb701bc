//! What stands above the steps: what is lost for good, and notes.

use yew::prelude::*;

use crate::protocol::{At, PlanPage};
use crate::state::PlanAction;
use crate::view::store::Store;

/// What the script loses for good, with the steps that lose it.
pub(super) fn losses(store: &Store, page: &PlanPage) -> Html {
    if page.losses_all == 0 {
        return Html::default();
    }
    let items = page.losses.iter().map(|loss| {
        let number = loss.step.number;
        let onclick = store.on(move |_: MouseEvent| PlanAction::At(At::Step(number)));
        html! {
            <li data-testid="loss" data-step={number.to_string()}>
                <button class="link" {onclick}>{ format!("Step {number}: {}", loss.step.title) }</button>
                <div>{ &loss.why }</div>
            </li>
        }
    });
    let title = match page.losses_all {
        1 => "One step cannot be taken back in full".to_owned(),
        many => format!("{many} steps cannot be taken back in full"),
    };
    html! {
        <section class="losses" data-testid="losses" aria-labelledby="losses-title">
            <h2 id="losses-title">{ title }</h2>
            <ul>{ for items }</ul>
            { more(page.losses.len(), page.losses_all) }
        </section>
    }
}

/// What the plan cannot do, and other things to know.
pub(super) fn notes(page: &PlanPage) -> Html {
    if page.notes.is_empty() {
        return Html::default();
    }
    let (lost, other): (Vec<_>, Vec<_>) =
        page.notes.iter().partition(|note| note.code == "not_restored");
    let list = |notes: Vec<&pgparity_core::diff::Note>| {
        let items = notes.into_iter().map(|note| {
            html! { <li data-testid="note" data-code={note.code.clone()}>{ &note.message }</li> }
        });
        html! { <ul>{ for items }</ul> }
    };
    html! {
        <section class="notes">
            if !other.is_empty() {
                <h2>{"To know"}</h2>
                { list(other) }
            }
            if !lost.is_empty() {
                <h2>{"What does not come back"}</h2>
                { list(lost) }
            }
            { more(page.notes.len(), page.notes_all) }
        </section>
    }
}

/// How many are not listed.
pub(super) fn more(listed: usize, all: usize) -> Html {
    if listed >= all {
        return Html::default();
    }
    html! { <p class="muted">{ format!("and {} more: the downloads have all of them.", all - listed) }</p> }
}
