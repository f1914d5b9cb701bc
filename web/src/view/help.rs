//! The map of the keyboard.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::store::StoreProps;
use crate::state::{Action, key_map};

/// The dialog that `?` shows.
#[component]
pub(crate) fn Help(props: &StoreProps) -> Html {
    let node = use_node_ref();
    let open = props.store.app.help;
    let dialog = node.clone();
    use_effect_with(open, move |open| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            if *open && !dialog.open() {
                // It is in the document and closed: it can be shown.
                drop(dialog.show_modal());
            } else if !open {
                dialog.close();
            }
        }
    });
    let rows = key_map().iter().map(|(keys, meaning)| {
        let keys = keys.split("  ").map(|key| html! { <><kbd>{ key }</kbd>{" "}</> });
        html! { <><dt>{ for keys }</dt><dd>{ *meaning }</dd></> }
    });
    html! {
        <dialog ref={node} class="help" aria-labelledby="help-title" data-testid="help"
            onclose={props.store.on(|_: Event| Action::Help(false))}>
            <h2 id="help-title">{"Keyboard"}</h2>
            <dl>{ for rows }</dl>
            <p class="muted">{"Single keys rest while you type."}</p>
            <form method="dialog"><button class="primary">{"Close"}</button></form>
        </dialog>
    }
}
