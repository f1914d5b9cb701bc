//! Ignore rules: what can be left out, and how much that would be.

use pgparity_core::report::words::counted;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::protocol::Rule;
use crate::state::Decision;
use crate::view::store::Store;

/// The rules, each with its switch.
pub(super) fn rules(store: &Store, rules: &[Rule]) -> Html {
    let any = rules.iter().any(|rule| rule.on);
    html! {
        <fieldset class="rules" data-testid="rules">
            <legend>{"Ignore: not compared, and left as it is by the plan"}</legend>
            { for rules.iter().map(|rule| switch(store, *rule)) }
            if any {
                <button class="plain reset" data-testid="rules-off"
                    onclick={store.on(|_: MouseEvent| Decision::IgnoreNothing)}>{"Ignore nothing"}</button>
            }
        </fieldset>
    }
}

fn switch(store: &Store, rule: Rule) -> Html {
    let onchange = store.decide(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Decision::Ignore(rule.preset, input.checked())
    });
    html! {
        <label data-testid="rule" data-rule={rule.preset.name()} data-count={rule.count.to_string()}>
            <input type="checkbox" checked={rule.on} {onchange} />
            <span>{ rule.preset.words() }</span>
            <small>{ counted(rule.count, "difference") }{ if rule.on { " hidden" } else { "" } }</small>
        </label>
    }
}
