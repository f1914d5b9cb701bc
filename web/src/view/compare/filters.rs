//! Filters, the view, and what is set.

use pgparity_core::report::words::kind_word;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::filter_sets::FilterSets;
use super::rules::rules;
use crate::protocol::{Alone, Facet, Risk, Rule, View};
use crate::state::{CompareAction, FilterAction};
use crate::view::store::{Store, StoreProps};

/// The filters, folded away until asked for; those that are set stay visible.
#[component]
pub(super) fn Filters(props: &StoreProps) -> Html {
    let store = &props.store;
    let Some(overview) = &store.overview else { return Html::default() };
    let filter = &store.app.compare.filter;
    let kinds = facets(store, &overview.kinds, "filter-kind", |value| {
        (filter.kinds.contains(value), kind_word(value), FilterAction::Kind(value.to_owned()))
    });
    let schemas = facets(store, &overview.schemas, "filter-schema", |value| {
        (filter.schemas.contains(value), value.to_owned(), FilterAction::Schema(value.to_owned()))
    });
    let risks = Risk::ALL.into_iter().map(|risk| {
        let pressed = filter.risks.contains(&risk).to_string();
        html! {
            <button class="chip" aria-pressed={pressed} data-testid="filter-risk" data-value={risk.word()}
                onclick={store.on(move |_: MouseEvent| FilterAction::Risk(risk))}>{ risk.word() }</button>
        }
    });
    let globbed = store.on(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        FilterAction::Glob(input.value())
    });
    let only = store.on(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        FilterAction::Unviewed(input.checked())
    });
    html! {
        <div id="filters" class="filters">
            { chips(store) }
            if store.app.compare.filters_shown {
                <fieldset><legend>{"Kind"}</legend>{ for kinds }</fieldset>
                <fieldset><legend>{"Schema"}</legend>{ for schemas }</fieldset>
                <fieldset><legend>{"Risk of the statements in the plan"}</legend>{ for risks }</fieldset>
                { alone(store, &overview.rules, Alone::Hidden, "Hide what differs in nothing but") }
                { alone(store, &overview.rules, Alone::Shown, "Show only what differs in nothing but") }
                <label class="line"><span>{"Names"}</span>
                    <input type="text" value={filter.glob.clone()} onchange={globbed} spellcheck="false"
                        autocomplete="off" placeholder="sales.*  !*_p20*" data-testid="filter-glob" /></label>
                <label class="line"><input type="checkbox" checked={filter.unviewed} onchange={only}
                    data-testid="filter-unviewed" /><span>{"only unviewed"}</span></label>
                <FilterSets store={store.clone()} />
                { rules(store, &overview.rules) }
            }
        </div>
    }
}

/// A button for each sort of difference that is all that differs somewhere.
fn alone(store: &Store, rules: &[Rule], alone: Alone, legend: &'static str) -> Html {
    let set = &store.app.compare.filter.alone;
    let offered = rules.iter().filter(|rule| rule.alone > 0 || set.contains_key(&rule.preset));
    let buttons: Vec<Html> = offered
        .map(|rule| {
            let (preset, pressed) = (rule.preset, set.get(&rule.preset) == Some(&alone));
            let id = if alone == Alone::Hidden { "filter-without" } else { "filter-alone" };
            html! {
                <button class="chip" aria-pressed={pressed.to_string()} data-testid={id} data-value={preset.name()}
                    onclick={store.on(move |_: MouseEvent| FilterAction::Alone(preset, alone))}>
                    { preset.words() }{" "}<small>{ rule.alone }</small>
                </button>
            }
        })
        .collect();
    html! {
        if !buttons.is_empty() {
            <fieldset><legend>{ legend }</legend>{ for buttons }</fieldset>
        }
    }
}

/// What is set: each chip takes its filter away.
fn chips(store: &Store) -> Html {
    let chips = store.app.compare.filter.chips();
    if chips.is_empty() {
        return Html::default();
    }
    let buttons = chips.into_iter().map(|chip| {
        let label = format!("Remove the filter {}", chip.label);
        html! {
            <button class="chip set" aria-label={label} data-testid="filter-chip" data-value={chip.label.clone()}
                onclick={store.on(move |_: MouseEvent| chip.away.clone())}>
                { chip.label.clone() }<span aria-hidden="true">{" ×"}</span>
            </button>
        }
    });
    html! {
        <div class="set-filters" role="group" aria-label="Filters that are set">
            { for buttons }
            <button class="plain reset" data-testid="filter-reset"
                onclick={store.on(|_: MouseEvent| FilterAction::Reset)}>{"Reset all filters"}</button>
        </div>
    }
}

/// The choice of a view.
pub(super) fn views(store: &Store) -> Html {
    let now = store.app.compare.view;
    let onchange = store.on(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        CompareAction::View(View::from_name(&select.value()))
    });
    let options = View::ALL.into_iter().map(|view| {
        html! { <option value={view.name()} selected={view == now}>{ view.title() }</option> }
    });
    html! {
        <select class="view" aria-label="Group the objects" {onchange} data-testid="view">{ for options }</select>
    }
}

/// A button for every value: whether it is pressed, what it is called, what it does.
fn facets(
    store: &Store,
    facets: &[Facet],
    id: &'static str,
    meaning: impl Fn(&str) -> (bool, String, FilterAction),
) -> Vec<Html> {
    facets
        .iter()
        .map(|facet| {
            let (pressed, label, action) = meaning(&facet.value);
            let onclick = store.on(move |_: MouseEvent| action.clone());
            html! {
                <button class="chip" aria-pressed={pressed.to_string()} {onclick} data-testid={id}
                    data-value={facet.value.clone()}>
                    { label }{" "}<small>{ facet.counts.differing() }</small>
                </button>
            }
        })
        .collect()
}
