//! The strip of counts: each is a filter, and together they are all objects.

use yew::prelude::*;

use crate::protocol::Status;
use crate::state::{FilterAction, Place};
use crate::view::store::StoreProps;

/// The counts.
#[component]
pub(super) fn CountStrip(props: &StoreProps) -> Html {
    let store = &props.store;
    let Some(overview) = &store.overview else {
        return html! { <p class="busy">{"Comparing…"}</p> };
    };
    let filter = &store.app.compare.filter;
    let buttons = Status::ALL.into_iter().map(|status| {
        let number = overview.counts.of(status);
        let pressed = filter.status.contains(&status);
        let title = match status {
            Status::Missing => "only in To: From lacks them",
            Status::Extra => "only in From: To does not have them",
            Status::Changed => "on both sides, different",
            Status::Renamed => "renamed, as you decided",
            Status::Same => "equal on both sides; hidden unless you press this",
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
    let hidden: usize = overview.ignored.iter().map(|rule| rule.count).sum();
    html! {
        <div class="counts" role="group" aria-label="Filter by status">
            { for buttons }
            <span class="total" data-testid="count-total" data-count={overview.counts.total().to_string()}>
                <b>{ overview.counts.total() }</b>{" objects compared"}
            </span>
            if open > 0 {
                <a class="button decide" href={store.address(Place::Plan)}>
                    <span aria-hidden="true">{"⇄ "}</span>{ open }{" maybe renamed: decide"}
                </a>
            }
            if hidden > 0 {
                <span class="muted">{ hidden }{" differences hidden by "}{ overview.ignored.len() }{" rules"}</span>
            }
        </div>
    }
}
