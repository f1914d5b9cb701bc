//! The map of the keyboard.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::parts::dialog::use_dialog;
use super::store::StoreProps;
use super::stored;
use crate::state::{PanesAction, key_map};

/// The dialog that `?` shows.
#[component]
pub(crate) fn Help(props: &StoreProps) -> Html {
    let node = use_dialog(props.store.app.panes.help);
    let rows = key_map().into_iter().map(|(keys, meaning)| {
        let keys = keys.split("  ").map(|key| html! { <><kbd>{ key.to_owned() }</kbd>{" "}</> });
        html! { <><dt>{ for keys }</dt><dd>{ meaning }</dd></> }
    });
    let single = props.store.app.panes.single_keys;
    use_effect_with(single, |single| stored::keep_single_keys(*single));
    let toggled = props.store.on(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        PanesAction::SingleKeys(input.checked())
    });
    html! {
        <dialog ref={node} class="help" aria-labelledby="help-title" data-testid="help"
            onclose={props.store.on(|_: Event| PanesAction::Help(false))}>
            <h2 id="help-title">{"Keyboard"}</h2>
            <dl>{ for rows }</dl>
            <label class="single-keys"><input type="checkbox" checked={single} onchange={toggled}
                data-testid="single-keys" />{" Single keys are commands; they rest while you type"}</label>
            <form method="dialog"><button class="primary">{"Close"}</button></form>
        </dialog>
    }
}
