//! What the promise "local only" rests on, how to check it, and how to forget everything.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use super::dom::document;
use super::parts::dialog::use_dialog;
use super::session::keep;
use super::store::{Store, StoreProps};
use crate::browser::embedded;
use crate::browser::session::{self, can_keep};
use crate::state::{PanesAction, SessionState};

/// The dialog behind "Local only".
#[component]
pub(crate) fn Privacy(props: &StoreProps) -> Html {
    let open = props.store.app.panes.privacy;
    let node = use_dialog(open);
    let close = props.store.on(|_: Event| PanesAction::Privacy(false));
    html! {
        <dialog ref={node} class="help" aria-labelledby="privacy-title" data-testid="privacy" onclose={close}>
            if open { { content(&props.store) } }
            <form method="dialog"><button class="primary">{"Close"}</button></form>
        </dialog>
    }
}

/// How long files stay, in one sentence.
pub(super) fn promise(session: &SessionState) -> &'static str {
    if session.kept {
        "Files stay in this browser, until you choose Forget everything."
    } else if session.refused.is_some() {
        "Files stay in this tab, until it is closed or reloaded."
    } else {
        "Files stay in this tab, until it is closed."
    }
}

/// Where snapshots and decisions are, and until when.
fn held(store: &Store) -> Html {
    let session = &store.app.session;
    let report = embedded::title().is_some();
    let on_keep = {
        let store = store.clone();
        move |_: MouseEvent| keep(&store)
    };
    html! {
        <>
            <ul>
                <li>{"While you work, snapshots are in the memory of this tab."}</li>
                if report {
                    <li>{"The two snapshots of this report stand in its file."}</li>
                }
                if session.kept {
                    <li>{"Kept: this browser stores the snapshots with your decisions, ticks and notes, as they \
                          are, until you choose Forget everything. The next tab begins with them."}</li>
                } else {
                    <li>{"For a reload, this browser holds the snapshots with your decisions, ticks and notes, \
                          for this tab only. The snapshots are encrypted, and the key belongs to the tab: once it \
                          is closed for good, nobody can read them. What is left of them is removed by the next \
                          visit."}</li>
                }
                if let Some(why) = &session.refused {
                    <li data-testid="not-held">{"This browser does not hold the snapshots: after a reload they have to be \
                          opened again. "}{ why }</li>
                }
                <li>{"Decisions and filters are in the address too, with the names of the objects that they \
                      are about, and nothing else of a snapshot: whoever gets a link gets these."}</li>
                <li>{"The choices of colours and keys, and that the tour was seen, are in the browser's storage, and so are filters that you \
                      save, with the names in them, and the page's own files where it can be used without a \
                      network."}</li>
            </ul>
            if !can_keep() {
                <p>{"All pages that are opened from a disk share one storage, so nothing can be kept here \
                     beyond this tab. Another page from the disk, opened in this same tab, could read what is held \
                     for a reload."}</p>
            } else if !session.kept {
                <p><button onclick={on_keep} data-testid="keep">{"Keep"}</button>
                    {" stores snapshots, decisions, ticks and notes in this browser, also for after it was closed, \
                      until you choose Forget everything."}</p>
            }
            <p><button onclick={|_: MouseEvent| forget()} data-testid="forget">{"Forget everything"}</button>
                {" closes the snapshots, drops all decisions, ticks and notes, and empties that storage. Other \
                  open tabs of this page go on with what is in their memory."}</p>
        </>
    }
}

fn content(store: &Store) -> Html {
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
            { held(store) }
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
    spawn_local(async {
        // Where there is no storage, there is nothing to empty.
        drop(session::forget().await);
        let kept = Reflect::get(&js_sys::global(), &"pgparityForget".into());
        let function = kept.ok().and_then(|kept| kept.dyn_into::<Function>().ok());
        if let Some(function) = function
            && function.call0(&JsValue::NULL).is_ok()
        {
            return;
        }
        let Some(location) = web_sys::window().map(|window| window.location()) else { return };
        // A browser that refuses to leave keeps the page, whose storage is empty all the same.
        if let Ok(path) = location.pathname() {
            drop(location.replace(&path));
        }
    });
}
