//! Filters by kind and schema.

use pgparity_core::report::words::kind_word;
use yew::prelude::*;

use super::rules::rules;
use crate::protocol::Facet;
use crate::state::FilterAction;
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
    html! {
        <div id="filters" class="filters">
            if store.app.compare.filters_shown {
                <fieldset><legend>{"Kind"}</legend>{ for kinds }</fieldset>
                <fieldset><legend>{"Schema"}</legend>{ for schemas }</fieldset>
                { rules(store, &overview.rules) }
            }
            if !filter.is_default() {
                <button class="plain reset" data-testid="filter-reset"
                    onclick={store.on(|_: MouseEvent| FilterAction::Reset)}>
                    {"Reset all filters"}
                </button>
            }
        </div>
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
