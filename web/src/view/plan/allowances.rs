//! Hazards that keep steps out of the script until they are allowed by name.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::protocol::{Allowance, Tally};
use crate::state::Decision;
use crate::view::store::Store;

/// The properties of [`Allowances`].
#[derive(PartialEq, Properties)]
pub(super) struct AllowancesProps {
    /// State, worker and overview.
    pub store: Store,
    /// The hazards.
    pub allowances: Vec<Allowance>,
    /// The numbers of the plan.
    pub tally: Tally,
}

/// A checkbox for every hazard.
#[component]
pub(super) fn Allowances(props: &AllowancesProps) -> Html {
    if props.allowances.is_empty() {
        return Html::default();
    }
    let boxes = props.allowances.iter().map(|allowance| {
        let hazard = allowance.hazard;
        let onchange = props.store.decide(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            Decision::Allow(hazard, input.checked())
        });
        let steps = if allowance.steps == 1 { "1 step" } else { "steps" };
        let steps = if allowance.steps == 1 { steps.to_owned() } else { format!("{} {steps}", allowance.steps) };
        html! {
            <label class="allow">
                <input type="checkbox" checked={allowance.allowed} {onchange} data-testid="allow"
                    data-hazard={hazard.name()} />
                <span>{"Allow "}<code class="hazard-name">{ hazard.name() }</code>{", "}{ steps }{": "}{ hazard.means() }</span>
            </label>
        }
    });
    let out = props.tally.withheld + props.tally.blocked;
    html! {
        <section class={classes!("allowances", (props.tally.withheld > 0).then_some("open"))}
            aria-labelledby="allow-title">
            <h2 id="allow-title">
                { if props.tally.withheld > 0 { format!("{} withheld", props.tally.withheld) } else { "Allowed".to_owned() } }
            </h2>
            if props.tally.withheld > 0 {
                <p class="muted">{ format!("{out} of {} steps stay out of the script until you allow \
                    their hazard; they are listed at its end as comments.", props.tally.steps) }</p>
            }
            { for boxes }
        </section>
    }
}
