//! The list of steps, by transaction.

use pgparity_core::plan::StepState;
use yew::prelude::*;

use super::step::StepItem;
use crate::protocol::StepView;
use crate::state::{StepGroup, step_groups};
use crate::view::dom::{document, reveal};
use crate::view::store::Store;

/// The properties of [`Steps`].
#[derive(PartialEq, Properties)]
pub(super) struct StepsProps {
    /// State, worker and overview.
    pub store: Store,
    /// The steps that are shown.
    pub steps: Vec<StepView>,
    /// How many there are.
    pub total: usize,
    /// More are wanted.
    pub on_more: Callback<()>,
}

/// The steps in their order.
#[component]
pub(super) fn Steps(props: &StepsProps) -> Html {
    let wanted = props.store.app.selection.step;
    use_effect_with((wanted, props.steps.len()), |(wanted, _)| {
        let found = wanted.and_then(|number| {
            document()?.query_selector(&format!("[data-step='{number}'].step")).ok().flatten()
        });
        if let Some(step) = found {
            reveal(&step);
        }
    });
    let groups = step_groups(&props.steps).into_iter().map(|StepGroup { transaction, steps }| {
        let group = props.steps.get(steps).unwrap_or_default();
        let title = match transaction {
            Some(number) => format!("Transaction {number}"),
            None if group.iter().any(|view| view.step.state == StepState::Included) => {
                "Outside of a transaction".to_owned()
            }
            None => "Not in the script".to_owned(),
        };
        let start = group.first().map(|view| view.step.number.to_string());
        let name = transaction.map_or_else(|| "none".to_owned(), |number| number.to_string());
        html! {
            <section class="transaction" data-testid="transaction" data-transaction={name}>
                <h2>{ title }</h2>
                <ol {start}>
                    { for group.iter().map(|view| html! {
                        <StepItem key={view.step.number} store={props.store.clone()} view={view.clone()}
                            wanted={wanted == Some(view.step.number)} />
                    }) }
                </ol>
            </section>
        }
    });
    let more = props.on_more.clone();
    let left = props.total.saturating_sub(props.steps.len());
    html! {
        <div class="steps">
            { for groups }
            if left > 0 {
                <button onclick={move |_: MouseEvent| more.emit(())} data-testid="more-steps">
                    {"Show more steps ("}{ left }{" left)"}
                </button>
            }
        </div>
    }
}
