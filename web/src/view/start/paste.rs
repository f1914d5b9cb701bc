//! Pasting a snapshot.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlTextAreaElement};
use yew::prelude::*;

use crate::protocol::{Lay, Refusal};
use crate::view::dom::blob;
use crate::view::opening::Opening;
use crate::view::store::{Store, StoreProps};

/// What messages call the text.
const NAME: &str = "The pasted text";
/// Typing rests that long before the text is read.
const REST: u32 = 250;
/// A longer text is read without going through the field, which would take seconds to lay it out.
const LONG: usize = 20_000;

/// A field that reads as one pastes.
#[component]
pub(super) fn Paste(props: &StoreProps) -> Html {
    let problem = use_state(|| None::<Refusal>);
    let field = use_node_ref();
    let waiting = use_mut_ref(|| None::<Timeout>);
    let open = {
        let (store, problem) = (props.store.clone(), problem.clone());
        Callback::from(move |(text, field): (String, NodeRef)| {
            read(&store, &problem, &text, &field);
        })
    };
    let oninput = {
        let (open, field) = (open.clone(), field.clone());
        move |_: InputEvent| {
            let (open, field) = (open.clone(), field.clone());
            waiting.replace(Some(Timeout::new(REST, move || {
                let text = field.cast::<HtmlTextAreaElement>().map(|area| area.value());
                open.emit((text.unwrap_or_default(), field));
            })));
        }
    };
    let onpaste = {
        let field = field.clone();
        move |event: Event| {
            let pasted = event
                .dyn_ref::<ClipboardEvent>()
                .and_then(ClipboardEvent::clipboard_data)
                .and_then(|data| data.get_data("text/plain").ok());
            if let Some(text) = pasted.filter(|text| text.len() > LONG) {
                event.prevent_default();
                open.emit((text, field.clone()));
            }
        }
    };
    let described = problem.as_ref().map(|_| "paste-problem");
    html! {
        <section class="way" aria-labelledby="way-paste">
            <h2 id="way-paste"><label for="paste">{"Paste JSON"}</label></h2>
            <textarea id="paste" ref={field} rows="5" spellcheck="false" autocomplete="off"
                placeholder={"{ \"format\": \"pgparity-snapshot\", …"} {oninput} {onpaste}
                aria-invalid={problem.is_some().to_string()} aria-describedby={described}
                data-testid="paste" />
            if let Some(refusal) = &*problem {
                <p id="paste-problem" class="problem" role="alert" data-testid="error"
                    data-file="paste">{ &refusal.problem }<br />{ &refusal.fix }</p>
            } else {
                <p class="muted">{"It is read as you paste."}</p>
            }
        </section>
    }
}

fn read(store: &Store, problem: &UseStateHandle<Option<Refusal>>, text: &str, field: &NodeRef) {
    let file = if text.trim().is_empty() { None } else { blob(text, "application/json") };
    let Some(file) = file else { return problem.set(None) };
    let (problem, field) = (problem.clone(), field.clone());
    let refused = {
        let problem = problem.clone();
        move |refusal| problem.set(Some(refusal))
    };
    let opening = Opening::file(NAME.to_owned(), file, Lay::Free);
    store.open_one(opening, refused, move |read| {
        if let Some(area) = field.cast::<HtmlTextAreaElement>().filter(|_| read) {
            area.set_value("");
            problem.set(None);
        }
    });
}
