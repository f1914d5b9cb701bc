//! Dropping or choosing files.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::files::{open_files, open_folder};
use crate::view::store::StoreProps;

/// The zone and its button twin.
#[component]
pub(super) fn DropZone(props: &StoreProps) -> Html {
    let over = use_state(|| false);
    let chosen = {
        let store = props.store.clone();
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            open_files(&store, input.files(), None);
            // The same file can be chosen again, after it was written anew.
            input.set_value("");
        }
    };
    let folder = {
        let store = props.store.clone();
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            open_folder(&store, input.files());
            input.set_value("");
        }
    };
    let dropped = {
        let (store, over) = (props.store.clone(), over.clone());
        move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            open_files(&store, event.data_transfer().and_then(|data| data.files()), None);
        }
    };
    let hovering = {
        let over = over.clone();
        move |event: DragEvent| {
            event.prevent_default();
            over.set(true);
        }
    };
    let left = {
        let over = over.clone();
        move |_: DragEvent| over.set(false)
    };
    html! {
        <section class={classes!("way", "drop", over.then_some("over"))} aria-labelledby="way-drop"
            ondrop={dropped} ondragover={hovering} ondragleave={left} data-testid="drop-zone">
            <h2 id="way-drop">{"Drop or choose files"}</h2>
            <p>{"One snapshot or more, "}<code>{".json"}</code>{" or "}<code>{".json.gz"}</code>
                {". Two are compared at once; one waits for the other side; three or more stand \
                  side by side in Environments."}</p>
            <label class="button primary" for="files">{"Choose files"}</label>
            <input id="files" class="vh" type="file" multiple=true
                accept=".json,.jsonl,.gz,application/json,application/gzip" onchange={chosen}
                data-testid="file-input" />
            <label class="button" for="folder">{"Choose a folder"}</label>
            <input id="folder" class="vh" type="file" webkitdirectory=true multiple=true onchange={folder}
                data-testid="folder-input" />
        </section>
    }
}
