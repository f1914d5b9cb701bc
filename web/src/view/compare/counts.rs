//! The strip of counts: each is a filter, and together they are all objects.

use yew::prelude::*;

use super::exports::exports;
use super::review::Progress;
use crate::protocol::{Overview, Status};
use crate::state::{FilterAction, Place, hidden_words};
use crate::view::store::{Store, StoreProps};

/// The counts.
#[component]
pub(super) fn CountStrip(props: &StoreProps) -> Html {
    let store = &props.store;
    let Some(overview) = &store.overview else {
        return html! { <p class="busy">{"Comparing…"}</p> };
    };
    let filter = &store.app.compare.filter;
    let counted = Status::ALL.into_iter().filter(|status| *status != Status::Hidden);
    let buttons = counted.map(|status| {
        let number = overview.counts.of(status);
        let pressed = filter.status.contains(&status);
        let title = match status {
            Status::Missing => "only in To: From lacks them",
            Status::Extra => "only in From: To does not have them",
            Status::Changed => "on both sides, different",
            Status::Renamed => "renamed, as you decided",
            Status::Same => "equal on both sides; not shown unless you press this",
            Status::Hidden => "",
        };
        html! {
            <button class={classes!("count", status.word())} aria-pressed={pressed.to_string()} {title}
                onclick={store.on(move |_: MouseEvent| FilterAction::Status(status))}
                data-testid="count" data-status={status.word()} data-count={number.to_string()}>
                <span class="sign" aria-hidden="true">{ status.sign() }</span>
                <b>{ number }</b>{" "}{ status.word() }
            </button>
        }
    });
    let open = overview.candidates.iter().filter(|candidate| candidate.answer.is_none()).count();
    html! {
        <div class="counts" role="group" aria-label="Filter by status">
            { for buttons }
            <span class="total" data-testid="count-total" data-count={overview.counts.total().to_string()}>
                <b>{ overview.counts.total() }</b>{" objects compared"}
            </span>
            <Progress store={store.clone()} />
            { exports(store) }
            if open > 0 {
                <a class="button decide" href={store.address(Place::Plan)}>
                    <span aria-hidden="true">{"⇄ "}</span>{ open }{" maybe renamed: decide"}
                </a>
            }
            { hidden(store, overview) }
        </div>
    }
}

/// What rules hide, and the button that shows the objects they hide wholly.
fn hidden(store: &Store, overview: &Overview) -> Html {
    let Some(words) = hidden_words(&overview.rules) else { return Html::default() };
    let pressed = store.app.compare.filter.status.contains(&Status::Hidden);
    html! {
        <span class="hidden-by" data-testid="hidden-by">
            { words }
            if overview.counts.hidden > 0 {
                {" "}
                <button class="count hidden" aria-pressed={pressed.to_string()}
                    title="objects whose differences rules hide, all of them"
                    onclick={store.on(|_: MouseEvent| FilterAction::Status(Status::Hidden))}
                    data-testid="count" data-status="hidden" data-count={overview.counts.hidden.to_string()}>
                    <span class="sign" aria-hidden="true">{ Status::Hidden.sign() }</span>
                    <b>{ overview.counts.hidden }</b>{" hidden"}
                </button>
            }
        </span>
    }
}
