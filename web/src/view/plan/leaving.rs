//! The question before a step is turned off that others need.

use yew::prelude::*;

use crate::protocol::{PlanAnswer, PlanAsk, Response, StepName};
use crate::state::{Action, Decision, PlanAction, toggled_words};
use crate::view::parts::dialog::use_dialog;
use crate::view::store::{Store, StoreProps, use_answer};

/// So many steps are named.
const NAMED: usize = 50;

/// The dialog.
#[component]
pub(super) fn Leaving(props: &StoreProps) -> Html {
    let store = &props.store;
    let plan = &store.app.plan;
    let way = plan.query.way;
    let number = plan.leaving.as_ref().map(|step| step.number);
    let node = use_dialog(number.is_some());
    let answer = use_answer(store, number.map(|number| PlanAsk::Leaving { way, number }));
    let steps = match answer.as_deref() {
        Some(Response::Plan(PlanAnswer::Leaving(steps))) => steps.as_slice(),
        _ => &[],
    };
    html! {
        <dialog ref={node} class="help leaving" aria-labelledby="leaving-title" data-testid="leaving"
            onclose={store.on(|_: Event| PlanAction::Leaving(None))}>
            if let Some(step) = &plan.leaving { { question(store, step, steps) } }
        </dialog>
    }
}

fn question(store: &Store, step: &StepName, steps: &[StepName]) -> Html {
    let way = store.app.plan.query.way;
    let off = {
        let (store, step, steps) = (store.clone(), step.clone(), steps.to_vec());
        move |_: MouseEvent| {
            store.act(Decision::steps(way, vec![step.key.clone()], false));
            store.act(Action::say(toggled_words(step.number, &steps, false)));
            store.act(PlanAction::Leaving(None));
        }
    };
    let items = steps.iter().take(NAMED).map(|step| {
        html! { <li value={step.number.to_string()} data-testid="leaving-step">{ &step.title }</li> }
    });
    let left = steps.len().saturating_sub(NAMED);
    html! {
        <>
            <h2 id="leaving-title">{ format!("Turn off step {}?", step.number) }</h2>
            <p><code>{ &step.title }</code></p>
            <p>{ if steps.len() == 1 { "Another step needs it and goes with it:" } else { "Other steps need it and go with it:" } }</p>
            <ol tabindex="0" aria-label="Steps that go with it">{ for items }</ol>
            if left > 0 { <p class="muted">{ format!("and {left} more") }</p> }
            <div class="buttons">
                <button onclick={store.on(|_: MouseEvent| PlanAction::Leaving(None))} data-testid="leaving-keep">{"Keep"}</button>
                <button class="primary" onclick={off} data-testid="leaving-off">{ format!("Also off ({})", steps.len()) }</button>
            </div>
        </>
    }
}
