//! How to make a snapshot.

use yew::prelude::*;

use crate::view::parts::copy;
use crate::view::store::StoreProps;

const COMMAND: &str = "pgparity export --url postgres://user@host/database -o snapshot.json";

/// The exporter's command, and what it reads.
#[component]
pub(super) fn ExportCommand(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let onclick = move |_: MouseEvent| copy(&store, COMMAND.to_owned(), "The command");
    html! {
        <section class="export" aria-labelledby="export-title">
            <h2 id="export-title">{"No snapshot yet?"}</h2>
            <div class="command">
                <pre tabindex="0" data-testid="export-command">{ COMMAND }</pre>
                <button {onclick} data-testid="copy-command">{"Copy"}</button>
            </div>
            <p class="muted">{"It reads the catalog in one read-only transaction: definitions, owners, \
                grants, comments, and the planner's size estimates. It reads no rows, no passwords and \
                no connection strings. Run it once per database."}</p>
        </section>
    }
}
