//! The script and the reports of the plan, and the way of planning.

use pgparity_core::plan::Mode;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::protocol::{ExportAsk, Format, Tally};
use crate::state::{Decision, Place, script_size};
use crate::view::exports::{copies, downloads, reports};
use crate::view::store::Store;

/// The properties of [`Export`].
#[derive(PartialEq, Properties)]
pub(super) struct ExportProps {
    /// State, worker and overview.
    pub store: Store,
    /// The numbers of the plan.
    pub tally: Tally,
    /// How the plan was made.
    pub mode: Mode,
}

/// The buttons.
#[component]
pub(super) fn Export(props: &ExportProps) -> Html {
    let store = &props.store;
    let size = script_size(props.tally);
    let copy_script = copies(store, store.app.document(Format::Script, Place::Plan), "The script");
    let script = downloads(store, Format::Script, Place::Plan);
    let nothing = props.tally.steps == 0;
    let way = store.app.plan.query.way;
    let again = store.decide(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Decision::Idempotent(input.checked())
    });
    html! {
        <div class="export-line">
            if !nothing {
                <button class="primary" onclick={script} data-testid="download-script">
                    { format!("Download script: {size}") }</button>
                <button onclick={copy_script} data-testid="copy-script">{"Copy script"}</button>
            }
            { reports(store, Place::Plan) }
            <ModeChoice store={store.clone()} mode={props.mode} />
            { lock_wait(store) }
            <label class="mode" title="pgparity plan --idempotent">
                <input type="checkbox" checked={store.app.settings.idempotent} onchange={again} data-testid="idempotent" />
                {"The script can run again: it leaves out what has been run"}</label>
            if props.tally.off > 0 {
                <button onclick={store.decide(move |_: MouseEvent| Decision::AllStepsOn(way))} data-testid="all-steps-on">
                    {"Turn all steps on"}</button>
            }
            <p class="muted">{"There is no Run button: this page cannot reach a database. Review the script, \
                then run it with "}<code>{"psql -X -v ON_ERROR_STOP=1 -f FILE"}</code>{"."}</p>
        </div>
    }
}

/// The properties of [`ModeChoice`].
#[derive(PartialEq, Properties)]
struct ModeProps {
    store: Store,
    mode: Mode,
}

/// How long a step may wait, as people say it.
const WAITS: [(&str, &str); 6] = [
    ("", "as the plan says"),
    ("1000", "1 second"),
    ("5000", "5 seconds"),
    ("10000", "10 seconds"),
    ("60000", "1 minute"),
    ("0", "for ever"),
];

/// The choice of how long a step of the script waits for its lock.
fn lock_wait(store: &Store) -> Html {
    let chosen = store.app.settings.lock_timeout.map_or_else(String::new, |time| time.to_string());
    let onchange = store.decide(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Decision::LockTimeout(select.value().parse().ok())
    });
    let known = WAITS.iter().any(|(value, _)| *value == chosen);
    let options = WAITS.iter().map(|(value, words)| {
        html! { <option value={*value} selected={*value == chosen}>{ *words }</option> }
    });
    html! {
        <label class="mode" title="pgparity plan --step-lock-timeout">{"A step waits for its lock "}
            <select {onchange} data-testid="lock-timeout">
                { for options }
                if !known { <option value={chosen.clone()} selected=true>{ format!("{chosen} ms") }</option> }
            </select>
        </label>
    }
}

#[component]
fn ModeChoice(props: &ModeProps) -> Html {
    let chosen = props.store.app.settings.mode;
    let onchange = props.store.decide(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Decision::Mode(match select.value().as_str() {
            "online" => Some(Mode::Online),
            "simple" => Some(Mode::Simple),
            _ => None,
        })
    });
    let auto = match props.mode {
        Mode::Online if chosen.is_none() => "By table sizes: short locks",
        Mode::Simple if chosen.is_none() => "By table sizes: one transaction",
        _ => "By table sizes",
    };
    html! {
        <label class="mode">{"Mode "}
            <select {onchange} data-testid="mode">
                <option value="auto" selected={chosen.is_none()}>{ auto }</option>
                <option value="online" selected={chosen == Some(Mode::Online)}>{"Short locks (online)"}</option>
                <option value="simple" selected={chosen == Some(Mode::Simple)}>{"Few statements (simple)"}</option>
            </select>
        </label>
    }
}

/// What a button that copies a transaction does.
pub(super) fn copies_transaction(store: &Store, number: usize) -> Callback<MouseEvent> {
    let way = store.app.plan.query.way;
    copies(store, ExportAsk::Transaction { way, number }, "The transaction")
}

/// What a button that copies a query to run after the plan does.
pub(super) fn copies_post_check(store: &Store, at: usize) -> Callback<MouseEvent> {
    let way = store.app.plan.query.way;
    copies(store, ExportAsk::PostCheck { way, at }, "The query")
}
