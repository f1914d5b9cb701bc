//! Which steps are shown. A filter hides and takes nothing out of the script.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::protocol::{PlanFilter, PlanPage};
use crate::state::{PlanAction, lock_of};
use crate::view::store::Store;

/// What a select offers: the value, and how many steps have it.
type Offer = (String, usize);

/// The filters of a plan that has more than a few steps.
pub(super) fn filters(store: &Store, page: &PlanPage) -> Html {
    let filter = &store.app.plan.query.filter;
    let set = *filter != PlanFilter::default();
    if page.tally.steps < 2 && !set {
        return Html::default();
    }
    let typed = change(store, |filter, value| filter.text = value);
    let oninput = Callback::from(move |event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        typed.emit(input.value());
    });
    let facets = &page.facets;
    let verbs = facets.verbs.iter().map(|(verb, steps)| (verb.clone(), *steps)).collect();
    let hazards = facets.hazards.iter().map(|(hazard, n)| (hazard.name().to_owned(), *n)).collect();
    let locks = facets.locks.iter().map(|(mode, n)| (mode.name().to_owned(), *n)).collect();
    let hidden = page.tally.steps - page.shown;
    html! {
        <div class="plan-filters" role="search" aria-label="Steps that are shown">
            <input id="plan-search" type="search" placeholder="Object, command or SQL" aria-label="Search the steps"
                value={filter.text.clone()} {oninput} data-testid="plan-search" autocomplete="off" spellcheck="false" />
            { select("Command", "filter-verb", filter.verb.as_deref(), verbs, change(store, |filter, value| {
                filter.verb = some(value);
            })) }
            { select("Hazard", "filter-hazard", filter.hazard.map(pgparity_core::action::Hazard::name), hazards, change(store, |filter, value| {
                filter.hazard = value.parse().ok();
            })) }
            { select("Lock", "filter-lock", filter.lock.map(pgparity_core::action::LockMode::name), locks, change(store, |filter, value| {
                filter.lock = lock_of(&value);
            })) }
            <p class="muted" role="status" data-testid="plan-shown" data-shown={page.shown.to_string()}>
                { format!("{} of {} steps shown.", page.shown, page.tally.steps) }
                if hidden > 0 { {" Those that are hidden stay in the script."} }
            </p>
            if set {
                <button class="plain" onclick={store.on(|_: MouseEvent| PlanAction::Filter(PlanFilter::default()))}
                    data-testid="plan-filter-reset">{"Show all steps"}</button>
            }
        </div>
    }
}

fn some(value: String) -> Option<String> {
    (!value.is_empty()).then_some(value)
}

/// A callback that changes the filter by a value.
fn change(store: &Store, set: impl Fn(&mut PlanFilter, String) + 'static) -> Callback<String> {
    let before = store.app.plan.query.filter.clone();
    store.on(move |value: String| {
        let mut filter = before.clone();
        set(&mut filter, value);
        PlanAction::Filter(filter)
    })
}

fn select(
    label: &'static str,
    id: &'static str,
    chosen: Option<&str>,
    offers: Vec<Offer>,
    choose: Callback<String>,
) -> Html {
    if offers.is_empty() && chosen.is_none() {
        return Html::default();
    }
    let onchange = Callback::from(move |event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        choose.emit(select.value());
    });
    let options = offers.into_iter().map(|(value, steps)| {
        let selected = chosen == Some(value.as_str());
        html! { <option value={value.clone()} {selected}>{ format!("{value} ({steps})") }</option> }
    });
    html! {
        <label class="mode">{ label }
            <select {onchange} data-testid={id}>
                <option value="" selected={chosen.is_none()}>{"any"}</option>
                { for options }
            </select>
        </label>
    }
}
