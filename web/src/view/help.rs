//! The map of the keyboard.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::parts::dialog::use_dialog;
use super::store::{Store, StoreProps};
use super::stored;
use super::tour::offer;
use crate::state::{OwnKeys, PanesAction, SINGLE, key_map};

/// The dialog that `?` shows.
#[component]
pub(crate) fn Help(props: &StoreProps) -> Html {
    let node = use_dialog(props.store.app.panes.help);
    let own = props.store.app.panes.own_keys.clone();
    let rows = key_map(&own).into_iter().map(|(keys, meaning)| {
        let keys = keys.split("  ").map(|key| html! { <><kbd>{ key.to_owned() }</kbd>{" "}</> });
        html! { <><dt>{ for keys }</dt><dd>{ meaning }</dd></> }
    });
    let single = props.store.app.panes.single_keys;
    use_effect_with(single, |single| stored::keep_single_keys(*single));
    let act = props.store.clone();
    use_effect_with((), move |()| act.act(PanesAction::OwnKeys(stored::own_keys())));
    // The first time the stored keys are not there yet.
    let first = use_mut_ref(|| true);
    use_effect_with(own.clone(), move |own| {
        if !first.replace(false) {
            stored::keep_own_keys(own);
        }
    });
    let toggled = props.store.on(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        PanesAction::SingleKeys(input.checked())
    });
    html! {
        <dialog ref={node} class="help" aria-labelledby="help-title" data-testid="help"
            onclose={props.store.on(|_: Event| PanesAction::Help(false))}>
            <h2 id="help-title">{"Keyboard"}</h2>
            { offer(&props.store) }
            <dl>{ for rows }</dl>
            <label class="single-keys"><input type="checkbox" checked={single} onchange={toggled}
                data-testid="single-keys" />{" Single keys are commands; they rest while you type"}</label>
            if single { { own_keys(&props.store, &own) } }
            <form method="dialog"><button class="primary">{"Close"}</button></form>
        </dialog>
    }
}

/// A field for each single key.
fn own_keys(store: &Store, own: &OwnKeys) -> Html {
    let fields = SINGLE.iter().map(|(_, of, words)| {
        let now = own.key(of).to_owned();
        let onchange = store.on(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let key = input.value();
            // What is refused does not stay in the field.
            input.set_value(&now);
            PanesAction::OwnKey((*of).to_owned(), key)
        });
        html! {
            <label><span>{ *words }</span><input type="text" maxlength="1" size="2" value={own.key(of).to_owned()}
                {onchange} autocomplete="off" spellcheck="false" data-testid="own-key" data-key={*of} /></label>
        }
    });
    let reset = store.on(|_: MouseEvent| PanesAction::OwnKeys(OwnKeys::default()));
    html! {
        <details class="own-keys" data-testid="own-keys"><summary>{"Choose other single keys"}</summary>
            <p class="muted">{"A key that another command has changes places with it."}</p>
            <div>{ for fields }</div>
            <button onclick={reset} data-testid="own-keys-reset">{"Back to the keys of the map"}</button>
        </details>
    }
}
