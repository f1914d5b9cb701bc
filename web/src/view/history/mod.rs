//! History: the snapshots of the shelf in their order, and what happened from each to the next.

mod blame;
mod lanes;
mod timeline;

use std::rc::Rc;

use yew::prelude::*;

use super::dom::focus;
use super::keyboard::use_commands;
use super::parts::panes::{Pane, go_pane};
use super::store::{StoreProps, use_answer};
use crate::protocol::{HistoryAnswer, HistoryAsk, Response};
use crate::state::Command;
use blame::BlamePane;
use lanes::LanesPane;
use timeline::timeline;

/// The panes, in the order in which F6 goes through them.
const PANES: [Pane; 3] =
    [(".timeline", ".timeline button"), (".lanes", "[role=listbox]"), (".blame", "#blame-title")];

/// The place.
#[component]
pub(crate) fn History(props: &StoreProps) -> Html {
    let store = props.store.clone();
    use_commands(|command| {
        match command {
            Command::Search => focus("#lane-filter"),
            Command::Back => focus("[role=listbox]"),
            command => return go_pane(command, &PANES),
        }
        true
    });
    let answer = use_answer(&store, Some(HistoryAsk::Timeline));
    let found = match answer.as_deref() {
        Some(Response::History(HistoryAnswer::Timeline(timeline))) => Some(timeline.clone()),
        _ => None,
    };
    // The heading stays while the answer is awaited: the focus is on it.
    let panes = found.map(|found| {
        let moments = Rc::new(found.points.clone());
        html! {
            <div class="history-panes">
                { timeline(&store, &found) }
                <LanesPane store={store.clone()} />
                <BlamePane store={store.clone()} {moments} />
            </div>
        }
    });
    html! {
        <>
            <h1 class="history-title" tabindex="-1">{"History"}</h1>
            { panes.unwrap_or_default() }
        </>
    }
}
