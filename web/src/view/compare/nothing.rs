//! What stands instead of rows, and why there are none.

use yew::prelude::*;

use crate::protocol::Filter;
use crate::state::{FilterAction, proof};
use crate::view::store::Store;

/// The properties of [`Nothing`].
#[derive(PartialEq, Properties)]
pub(super) struct NothingProps {
    /// State, worker and overview.
    pub store: Store,
    /// How many objects there are.
    pub objects: usize,
}

/// What stands instead of rows.
#[component]
pub(super) fn Nothing(props: &NothingProps) -> Html {
    let store = &props.store;
    let equal = store.overview.as_ref().filter(|overview| overview.counts.differing() == 0);
    if let Some(overview) = equal.filter(|_| store.app.compare.filter.is_default()) {
        return html! {
            <div class="empty" data-testid="no-differences">
                <p><b>{"No differences."}</b></p>
                <p>{ proof(props.objects, &overview.rules) }</p>
            </div>
        };
    }
    html! {
        <div class="empty" role="status" data-testid="no-match">
            <p>{"None of the "}{ props.objects }{" objects passes "}{ hiding(&store.app.compare.filter) }{"."}</p>
            <button onclick={store.on(|_: MouseEvent| FilterAction::Reset)}>
                {"Reset all filters"}
            </button>
        </div>
    }
}

/// What hides the objects, by name.
fn hiding(filter: &Filter) -> String {
    match filter.chips().as_slice() {
        [] => "the status filter: all are equal or hidden by rules".to_owned(),
        [one] => format!("the filter {}", one.label),
        many => {
            let labels: Vec<&str> = many.iter().map(|chip| chip.label.as_str()).collect();
            format!("all of the filters {}", labels.join(", "))
        }
    }
}
