//! What was not looked at: an honest comparison names it.

use yew::prelude::*;

use crate::view::store::StoreProps;

/// Notes, and objects of kinds that a snapshot does not describe.
#[component]
pub(super) fn NotLookedAt(props: &StoreProps) -> Html {
    let Some(overview) = &props.store.overview else { return Html::default() };
    let notes = overview.notes.iter().map(|note| {
        html! { <li data-testid="note" data-code={note.code.clone()}>{ &note.message }</li> }
    });
    let unmodelled = overview.unmodelled.iter().map(|object| {
        let side = match (object.in_from, object.in_to) {
            (true, false) => "only in From",
            (false, true) => "only in To",
            _ => "on both sides",
        };
        html! {
            <li data-testid="unmodelled" data-kind={object.kind.clone()}>
                <span class="kind">{ &object.kind }</span>{" "}<code>{ &object.name }</code>{" "}
                <small class="muted">{ side }</small>
            </li>
        }
    });
    let on: Vec<_> = overview.rules.iter().filter(|rule| rule.on).collect();
    let ignored = on.iter().map(|rule| {
        html! { <li>{ rule.count }{" differences hidden by the rule "}<code>{ rule.preset.words() }</code></li> }
    });
    let nothing = overview.notes.is_empty() && overview.unmodelled.is_empty() && on.is_empty();
    html! {
        <section class="unlooked" data-testid="not-looked-at" aria-labelledby="unlooked-title">
            <h2 id="unlooked-title" tabindex="-1">{"What was not looked at"}</h2>
            if nothing {
                <p class="muted">{"Every object of both databases took part. Rows were not read; nothing is ignored by rule."}</p>
            } else {
                <ul>{ for notes }{ for ignored }</ul>
                if !overview.unmodelled.is_empty() {
                    <p>{"These objects exist and are not compared:"}</p>
                    <ul>{ for unmodelled }</ul>
                }
            }
        </section>
    }
}
