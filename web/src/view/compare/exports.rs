//! The reports of the comparison.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::state::{CompareAction, Place};
use crate::view::exports::reports;
use crate::view::store::Store;

/// The exports, folded away until asked for.
pub(super) fn exports(store: &Store) -> Html {
    let only = store.on(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        CompareAction::ExportShown(input.checked())
    });
    html! {
        <details class="exports" data-testid="exports">
            <summary>{"Export"}</summary>
            <div class="export-line">
                { reports(store, Place::Compare) }
                <label class="mode"><input type="checkbox" checked={store.app.compare.export_shown} onchange={only}
                    data-testid="export-shown" />{"Only what is shown"}</label>
                <p class="muted">{"Without that, a report has every difference, whatever filters hide, and says what \
                    they hid. It holds names and definitions of both databases, what was viewed, and your notes."}</p>
            </div>
        </details>
    }
}
