//! The list of steps, by transaction.

use pgparity_core::plan::StepState;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::export::copies_transaction;
use super::pager::pager;
use super::step::StepItem;
use crate::protocol::PlanPage;
use crate::state::{StepGroup, step_groups};
use crate::view::dom::{document, focus_in_place, reveal};
use crate::view::store::Store;

/// The properties of [`Steps`].
#[derive(PartialEq, Properties)]
pub(super) struct StepsProps {
    /// State, worker and overview.
    pub store: Store,
    /// The window.
    pub page: PlanPage,
}

/// The steps in their order.
#[component]
pub(super) fn Steps(props: &StepsProps) -> Html {
    let (store, page) = (&props.store, &props.page);
    let wanted = store.app.plan.wanted();
    use_effect_with((wanted, page.window), |(wanted, _)| {
        let found = wanted.and_then(|number| {
            document()?.query_selector(&format!("[data-step='{number}'].step")).ok().flatten()
        });
        if let Some(step) = found {
            focus_in_place(&step);
            reveal(&step);
        }
    });
    let opened = store.app.plan.open;
    let groups = step_groups(&page.steps).into_iter().map(|StepGroup { transaction, steps }| {
        let group = page.steps.get(steps).unwrap_or_default();
        let title = match transaction {
            Some(number) => format!("Transaction {number}"),
            None if group.iter().any(|view| view.step.state == StepState::Included) => {
                "Outside of a transaction".to_owned()
            }
            None => "Not in the script".to_owned(),
        };
        let start = group.first().map(|view| view.step.number.to_string());
        let name = transaction.map_or_else(|| "none".to_owned(), |number| number.to_string());
        let copy = transaction.map(|number| {
            html! {
                <button onclick={copies_transaction(store, number)} data-testid="copy-transaction">
                    {"Copy"}<span class="vh">{ format!(" transaction {number}") }</span></button>
            }
        });
        html! {
            <section class="transaction" data-testid="transaction" data-transaction={name}>
                <div class="transaction-head"><h2>{ title }</h2>{ for copy }</div>
                <ol {start}>
                    { for group.iter().map(|view| html! {
                        <StepItem key={view.step.number} store={store.clone()} view={view.clone()}
                            wanted={wanted == Some(view.step.number)}
                            open={opened.filter(|open| open.step == view.step.number).map(|open| open.what)} />
                    }) }
                </ol>
            </section>
        }
    });
    html! {
        <div class="steps">
            { pager(store, page, "Parts of the plan") }
            { for groups }
            { pager(store, page, "Parts of the plan, below") }
            if page.steps.is_empty() && page.tally.steps > 0 {
                <p class="empty" data-testid="no-step-matches">{"No step matches. All of them stay in the script."}</p>
            }
        </div>
    }
}

/// The step that has the focus.
fn focused() -> Option<Element> {
    document()?.active_element()?.closest(".step").ok().flatten()
}

/// Gives the focus to the next step, or to the one before.
pub(super) fn focus_step(forward: bool) {
    let found = document().and_then(|document| document.query_selector_all(".step").ok());
    let Some(steps) = found else { return };
    let all = || (0..steps.length()).filter_map(|at| steps.get(at)?.dyn_into::<Element>().ok());
    let place = focused().and_then(|step| all().position(|other| other == step));
    let wanted = match (place, forward) {
        (None, _) => Some(0),
        (Some(place), true) => Some(place + 1),
        (Some(place), false) => place.checked_sub(1),
    };
    if let Some(step) = wanted.and_then(|place| all().nth(place)) {
        focus_in_place(&step);
        reveal(&step);
    }
}

/// Uses the switch of the step that has the focus; false when none has it.
pub(super) fn toggle_step() -> bool {
    let Some(step) = focused() else { return false };
    let switch = step.query_selector(".switch input").ok().flatten();
    if let Some(switch) = switch.and_then(|switch| switch.dyn_into::<HtmlElement>().ok()) {
        switch.click();
    }
    true
}
