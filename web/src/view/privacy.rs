//! What the promise "local only" rests on, how to check it, and how to forget everything.

use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::dom::document;
use super::parts::dialog::use_dialog;
use super::store::StoreProps;
use super::stored;
use crate::state::PanesAction;

/// The dialog behind "Local only".
#[component]
pub(crate) fn Privacy(props: &StoreProps) -> Html {
    let open = props.store.app.panes.privacy;
    let node = use_dialog(open);
    let close = props.store.on(|_: Event| PanesAction::Privacy(false));
    html! {
        <dialog ref={node} class="help" aria-labelledby="privacy-title" data-testid="privacy" onclose={close}>
            if open { { content() } }
            <form method="dialog"><button class="primary">{"Close"}</button></form>
        </dialog>
    }
}

fn content() -> Html {
    html! {
        <>
            <h2 id="privacy-title">{"Local only, and how to verify it"}</h2>
            <h3>{"What the browser holds this page to"}</h3>
            <p>{"This is the page's content security policy, read from the page as it is now. \
                 connect-src says whom it may talk to: 'self' is the place that the page came from, \
                 'none' is nobody."}</p>
            <pre tabindex="0" data-testid="policy">{ policy() }</pre>
            <h3>{"Check it yourself"}</h3>
            <ul>
                <li>{"Turn the network off and go on: everything works."}</li>
                <li>{"Open the browser's developer tools at Network and work: no request appears."}</li>
            </ul>
            <h3>{"Where data lives"}</h3>
            <ul>
                <li>{"Snapshots are in the memory of this tab. They are gone when it is closed or reloaded."}</li>
                <li>{"Decisions and filters are in the address, with the names of the objects that they \
                      are about, and nothing else of a snapshot: whoever gets a link gets these."}</li>
                <li>{"The choices of colours and keys are in the browser's storage, and so are filters that you \
                      save, with the names in them, and the page's own files where it can be used without a network."}</li>
            </ul>
            <p><button onclick={|_: MouseEvent| forget()} data-testid="forget">{"Forget everything"}</button>
                {" closes the snapshots, drops all decisions, and empties that storage."}</p>
            <h3>{"What this is"}</h3>
            <p>{ concat!("pgparity ", env!("CARGO_PKG_VERSION"), ", MIT or Apache-2.0.") }</p>
            if let Some(digest) = digest() {
                <p>{"Digest of the engine, which the browser checks before it runs: "}
                    <code class="digest">{ digest }</code></p>
            }
        </>
    }
}

/// The policy in the document itself.
fn policy() -> String {
    attribute("meta[http-equiv='Content-Security-Policy']", "content").unwrap_or_default()
}

/// The digest of the module of the hosted page; the edition in one file has it inside.
fn digest() -> Option<String> {
    attribute("link[rel=preload][as=fetch]", "integrity")
}

fn attribute(selector: &str, name: &str) -> Option<String> {
    let found: Element = document()?.query_selector(selector).ok().flatten()?;
    found.get_attribute(name)
}

/// Empties what is stored, and loads the page anew, without an address. What the hosted page keeps for
/// use without a network is known to the script that keeps it.
fn forget() {
    stored::forget();
    let kept = Reflect::get(&js_sys::global(), &"pgparityForget".into());
    let function = kept.ok().and_then(|kept| kept.dyn_into::<Function>().ok());
    if let Some(function) = function
        && function.call0(&wasm_bindgen::JsValue::NULL).is_ok()
    {
        return;
    }
    let Some(location) = web_sys::window().map(|window| window.location()) else { return };
    // A browser that refuses to leave keeps the page, whose storage is empty all the same.
    if let Ok(path) = location.pathname() {
        drop(location.replace(&path));
    }
}
