//! Documents to copy and to download: Compare and Plan have the same.

use yew::prelude::*;

use super::dom::{download, stamp};
use super::parts::copy;
use super::store::Store;
use crate::protocol::{ExportAnswer, ExportAsk, Format, Response};
use crate::state::{Action, Place};

/// The reports that there are, as they are called.
const REPORTS: [(Format, &str, &str); 4] = [
    (Format::Html, "Report (HTML)", "download-html"),
    (Format::Markdown, "Markdown", "download-markdown"),
    (Format::Csv, "CSV", "download-csv"),
    (Format::Json, "JSON", "download-json"),
];

/// A button for each report of a place, and one that copies the Markdown.
pub(super) fn reports(store: &Store, place: Place) -> Html {
    let buttons = REPORTS.into_iter().map(|(format, label, id)| {
        let onclick = downloads(store, format, place);
        html! { <button {onclick} data-testid={id}>{ label }</button> }
    });
    let markdown = store.app.document(Format::Markdown, place);
    html! {
        <>
            { for buttons }
            <button onclick={copies(store, markdown, "The report")} data-testid="copy-markdown">{"Copy Markdown"}</button>
        </>
    }
}

/// What a button that downloads a document does.
pub(super) fn downloads(store: &Store, format: Format, place: Place) -> Callback<MouseEvent> {
    let store = store.clone();
    Callback::from(move |_| {
        let then = store.clone();
        let ask = store.app.document(format, place);
        fetch(&store, ask, move |text| {
            let name = then.app.file_name(format, place, &stamp());
            let saved = download(&name, &text, format.media_type());
            then.act(Action::say(if saved {
                then.app.taken_words(&name, place)
            } else {
                "The browser refused the download.".to_owned()
            }));
        });
    })
}

/// What a button that copies a document does.
pub(super) fn copies(store: &Store, ask: ExportAsk, what: &'static str) -> Callback<MouseEvent> {
    let store = store.clone();
    Callback::from(move |_| {
        let then = store.clone();
        fetch(&store, ask.clone(), move |text| copy(&then, text, what));
    })
}

fn fetch(store: &Store, ask: ExportAsk, then: impl FnOnce(String) + 'static) {
    let app = store.app.dispatcher();
    store.engine.ask(&store.request(ask), &[], move |response| match response {
        Response::Export(ExportAnswer::Text(text)) => then(text),
        Response::Nothing(message) => app.dispatch(Action::say(message)),
        _ => {}
    });
}
