//! The choice between the plan and its way back.

use yew::prelude::*;

use crate::protocol::Way;
use crate::state::PlanAction;
use crate::view::store::Store;

/// Two buttons, one of them pressed.
pub(super) fn ways(store: &Store) -> Html {
    let chosen = store.app.plan.query.way;
    let button = |way: Way, label: &'static str, id: &'static str| {
        let onclick = store.on(move |_: MouseEvent| PlanAction::Way(way));
        html! { <button aria-pressed={(way == chosen).to_string()} {onclick} data-testid={id}>{ label }</button> }
    };
    html! {
        <div class="plan-ways" role="group" aria-label="Which plan">
            { button(Way::There, "Plan", "way-there") }
            { button(Way::Back, "Way back", "way-back") }
        </div>
    }
}
