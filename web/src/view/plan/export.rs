//! Copying and downloading, and the way of planning.

use pgparity_core::plan::Mode;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::protocol::{ExportAnswer, ExportAsk, Format, Response, Tally};
use crate::state::{Action, Decision, script_size};
use crate::view::dom::{download, stamp};
use crate::view::parts::copy;
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
    let copy_script = {
        let store = store.clone();
        move |_: MouseEvent| {
            let then = store.clone();
            fetch(&store, Format::Script, move |text| copy(&then, text, "The script"));
        }
    };
    let button = |format: Format, label: String, id: &'static str, class: Option<&'static str>| {
        let onclick = downloads(store, format);
        html! { <button {class} {onclick} data-testid={id}>{ label }</button> }
    };
    let nothing = props.tally.steps == 0;
    html! {
        <div class="export-line">
            if !nothing {
                { button(Format::Script, format!("Download script: {size}"), "download-script", Some("primary")) }
                <button onclick={copy_script} data-testid="copy-script">{"Copy script"}</button>
            }
            { button(Format::Markdown, "Report (Markdown)".to_owned(), "download-markdown", None) }
            { button(Format::Json, "JSON".to_owned(), "download-json", None) }
            <ModeChoice store={store.clone()} mode={props.mode} />
            if props.tally.off > 0 {
                <button onclick={store.decide(|_: MouseEvent| Decision::AllStepsOn)} data-testid="all-steps-on">
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

/// What a button that downloads a document does.
pub(super) fn downloads(store: &Store, format: Format) -> Callback<MouseEvent> {
    let store = store.clone();
    Callback::from(move |_| {
        let then = store.clone();
        fetch(&store, format, move |text| save(&then, format, &text));
    })
}

fn fetch(store: &Store, format: Format, then: impl FnOnce(String) + 'static) {
    let app = store.app.dispatcher();
    store.engine.ask(&store.request(ExportAsk::Document { format }), &[], move |response| {
        match response {
            Response::Export(ExportAnswer::Text(text)) => then(text),
            Response::Nothing(message) => app.dispatch(Action::say(message)),
            _ => {}
        }
    });
}

fn save(store: &Store, format: Format, text: &str) {
    let name = store.app.file_name(format, &stamp());
    let saved = download(&name, text, format.media_type());
    store.act(Action::say(if saved {
        format!("{name} is downloaded.")
    } else {
        "The browser refused the download.".to_owned()
    }));
}
