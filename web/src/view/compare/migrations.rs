//! What the histories of migrations of both sides tell, beside the drift.

use yew::prelude::*;

use crate::view::store::StoreProps;

/// Sentences that ask for something to be done.
const WEIGHTY: &[&str] = &[
    "behind",
    "failed",
    "heads_differ",
    "in_progress",
    "only_from",
    "several_heads",
    "unexplained",
];

/// The sentences, where a side has a history.
#[component]
pub(super) fn Migrations(props: &StoreProps) -> Html {
    let Some(overview) = &props.store.overview else { return Html::default() };
    if overview.migrations.is_empty() {
        return Html::default();
    }
    let told = overview.migrations.iter().map(|note| {
        let weighty = WEIGHTY.contains(&note.code.as_str());
        html! {
            <li data-code={note.code.clone()}>
                if weighty { <b>{ &note.message }</b> } else { { &note.message } }
            </li>
        }
    });
    html! {
        <section class="migrations" data-testid="migrations" aria-labelledby="migrations-title">
            <h2 id="migrations-title" tabindex="-1">{"Migrations"}</h2>
            <ul>{ for told }</ul>
        </section>
    }
}
