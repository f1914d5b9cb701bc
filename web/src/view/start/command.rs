//! How to make a snapshot.

use yew::prelude::*;

use crate::view::parts::copy;
use crate::view::store::{Store, StoreProps};

const COMMAND: &str = "pgparity export --url postgres://user@host/database -o snapshot.json";

/// The way with psql alone.
const WITH_PSQL: &str =
    "pgparity export --print-sql -o rows.sql\npsql -X -d database -f rows.sql > rows.jsonl";

/// The exporter's command, and what it reads.
#[component]
pub(super) fn ExportCommand(props: &StoreProps) -> Html {
    html! {
        <section class="export" aria-labelledby="export-title">
            <h2 id="export-title">{"No snapshot yet?"}</h2>
            { command(&props.store, COMMAND, "export-command", "copy-command") }
            <p class="muted">{"It reads the catalog in one read-only transaction: definitions, owners, \
                grants, comments, and the planner's size estimates. It reads no rows, no passwords and \
                no connection strings. Run it once per database."}</p>
            <details>
                <summary>{"Where no program may be installed"}</summary>
                { command(&props.store, WITH_PSQL, "psql-command", "copy-psql") }
                <p class="muted">{"The first line writes the same queries as a script, on any machine and \
                    without a database. The second runs it with psql alone; its output opens here like a \
                    snapshot."}</p>
            </details>
        </section>
    }
}

/// A command to copy.
fn command(store: &Store, text: &'static str, id: &'static str, copies: &'static str) -> Html {
    let store = store.clone();
    let onclick = move |_: MouseEvent| copy(&store, text.to_owned(), "The command");
    html! {
        <div class="command">
            <pre tabindex="0" data-testid={id}>{ text }</pre>
            <button {onclick} data-testid={copies}>{"Copy"}</button>
        </div>
    }
}
