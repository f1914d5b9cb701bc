//! Filters that are kept under a name.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::state::CompareAction;
use crate::view::store::{Store, StoreProps};
use crate::view::stored;

/// The sets: each can be taken and removed, and what is set now can be kept.
#[component]
pub(super) fn FilterSets(props: &StoreProps) -> Html {
    let store = &props.store;
    let (field, sets) = (use_node_ref(), store.app.compare.sets.clone());
    let act = store.clone();
    use_effect_with((), move |()| act.act(CompareAction::Sets(stored::filter_sets())));
    // The first time the stored sets are not there yet.
    let first = use_mut_ref(|| true);
    use_effect_with(sets.clone(), move |sets| {
        if !first.replace(false) {
            stored::keep_filter_sets(sets);
        }
    });
    let save = {
        let (store, field) = (store.clone(), field.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = field.cast::<HtmlInputElement>() else { return };
            store.act(CompareAction::SaveSet(field.value()));
            field.set_value("");
        }
    };
    let shown = sets.names().map(|name| one(store, name));
    html! {
        <fieldset><legend>{"Saved filters"}</legend>
            { for shown }
            if store.app.compare.filter.is_default() {
                <small class="muted">{"Set a filter to save it under a name."}</small>
            } else {
                <form class="line" onsubmit={save}>
                    <input ref={field} type="text" maxlength="60" required=true aria-label="Name for the filters that are set"
                        placeholder="Name" autocomplete="off" data-testid="filter-set-name" />
                    <button data-testid="filter-set-save">{"Save filters"}</button>
                </form>
            }
        </fieldset>
    }
}

fn one(store: &Store, name: &str) -> Html {
    let (taken, gone) = (name.to_owned(), name.to_owned());
    html! {
        <span class="filter-set" key={name.to_owned()}>
            <button class="chip" data-testid="filter-set" data-name={name.to_owned()}
                onclick={store.on(move |_: MouseEvent| CompareAction::TakeSet(taken.clone()))}>{ name.to_owned() }</button>
            <button class="chip" aria-label={format!("Remove the saved filters {name}")} data-testid="filter-set-remove"
                onclick={store.on(move |_: MouseEvent| CompareAction::DropSet(gone.clone()))}>{"×"}</button>
        </span>
    }
}
