//! The palette: a dialog that goes to any object or place, or does any command, by a piece of its name.

use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use super::dom::{document, reveal};
use super::parts::name::one_line;
use super::store::{StoreProps, use_answer};
use crate::protocol::{CompareAnswer, CompareAsk, Response};
use crate::state::{PanesAction, choices, moved};

/// So many objects are offered.
const OFFERED: usize = 20;

/// The dialog.
#[component]
pub(crate) fn Palette(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let (dialog, field) = (use_node_ref(), use_node_ref());
    let text = use_state(String::new);
    let at = use_state(|| 0_usize);
    let open = store.app.panes.palette;
    {
        let (dialog, field, text, at) = (dialog.clone(), field.clone(), text.clone(), at.clone());
        use_effect_with(open, move |open| {
            let Some(dialog) = dialog.cast::<HtmlDialogElement>() else { return };
            if *open && !dialog.open() {
                text.set(String::new());
                at.set(0);
                // It is in the document and closed: it can be shown.
                drop(dialog.show_modal());
                if let Some(field) = field.cast::<HtmlInputElement>() {
                    drop(field.focus());
                }
            } else if !open {
                dialog.close();
            }
        });
    }
    use_effect_with((open, *at), |(open, at)| {
        let chosen = || document()?.get_element_by_id(&format!("choice-{at}"));
        if let Some(chosen) = chosen().filter(|_| *open) {
            reveal(&chosen);
        }
    });
    let asked = open && store.app.shelf.sides.complete() && !text.trim().is_empty();
    let ask = asked.then(|| CompareAsk::Find { text: (*text).clone(), len: OFFERED });
    let answer = use_answer(&store, ask);
    let found = match answer.as_deref() {
        Some(Response::Compare(CompareAnswer::Found(found))) if asked => found.clone(),
        _ => crate::protocol::Found::default(),
    };
    let offered = if open { choices(&store.app, &text, &found.hits) } else { Vec::new() };
    let current = (*at).min(offered.len().saturating_sub(1));
    let choose = {
        let (store, dialog) = (store.clone(), dialog.clone());
        Callback::from(move |action: crate::state::Action| {
            // At once: what had the focus before gets it back now, and not after what was chosen took it.
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
            store.act(PanesAction::Palette(false));
            store.act(action);
        })
    };
    let onkeydown = {
        let (at, count, choose) = (at.clone(), offered.len(), choose.clone());
        let action = offered.get(current).map(|choice| choice.action.clone());
        move |event: KeyboardEvent| {
            if let Some(next) = moved(&event.key(), current, count) {
                event.prevent_default();
                at.set(next);
            } else if event.key() == "Enter" {
                event.prevent_default();
                if let Some(action) = action.clone() {
                    choose.emit(action);
                }
            }
        }
    };
    let oninput = {
        let (text, at) = (text.clone(), at.clone());
        move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            text.set(input.value());
            at.set(0);
        }
    };
    let rows = offered.iter().enumerate().map(|(number, choice)| {
        let (choose, action) = (choose.clone(), choice.action.clone());
        html! {
            <li role="option" id={format!("choice-{number}")} aria-selected={(number == current).to_string()}
                onclick={move |_: MouseEvent| choose.emit(action.clone())} data-testid="choice">
                { one_line(&choice.label) }<small>{ &choice.kind }</small>
            </li>
        }
    });
    html! {
        <dialog ref={dialog} class="palette" aria-label="Go to" data-testid="palette"
            onclose={store.on(|_: Event| PanesAction::Palette(false))}>
            <input ref={field} type="text" role="combobox" aria-label="Object, place or command" aria-expanded="true"
                aria-controls="choices" aria-activedescendant={format!("choice-{current}")} autocomplete="off"
                spellcheck="false" value={(*text).clone()} {oninput} {onkeydown} data-testid="palette-field" />
            <ul id="choices" role="listbox" aria-label="What it finds">{ for rows }</ul>
            if asked {
                <p class="muted" data-testid="palette-counts" data-named={found.named.to_string()}
                    data-in-definitions={found.in_definitions.to_string()}>
                    { found.named }{" by name, "}{ found.in_definitions }{" definitions contain it"}
                </p>
            }
        </dialog>
    }
}
