//! What stands around every place: the bar above, the promises below, messages, recovery.

use gloo_storage::{LocalStorage, Storage};
use gloo_timers::callback::Timeout;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::dom::document;
use super::notices::Notices;
use super::store::{Store, StoreProps};
use crate::protocol::Ask;
use crate::state::{Action, Place, Theme};

/// Where the chosen colours are kept; the script that runs before the first paint reads it too.
const THEME: &str = "pgparity.theme";

/// Milliseconds for which a message stays.
const SAID_FOR: u32 = 6000;

/// The properties of [`Shell`].
#[derive(PartialEq, Properties)]
pub(crate) struct ShellProps {
    /// State, worker and overview.
    pub store: Store,
    /// The place.
    pub children: Html,
}

/// The frame.
#[component]
pub(crate) fn Shell(props: &ShellProps) -> Html {
    let store = &props.store;
    let app = &store.app;
    let dispatcher = app.dispatcher();
    use_effect_with(app.said.clone(), move |said| {
        // What was said goes away by itself: it is there to be heard, and to be read once.
        let timeout = (!said.is_empty()).then(|| {
            Timeout::new(SAID_FOR, move || dispatcher.dispatch(Action::Say(String::new())))
        });
        move || drop(timeout)
    });
    html! {
        <>
            <a class="skip" href="#main">{"Skip to the content"}</a>
            <Bar store={store.clone()} />
            <main id="main" tabindex="-1" class={app.shown_place().name()}>
                <Notices store={store.clone()} />
                { props.children.clone() }
            </main>
            <footer>
                <span class="local">{"Local only"}</span>
                {" Files stay in this tab. Nothing is sent or stored: turn the network off and go on. \
                   The page's policy lets it talk to nobody but the server it came from."}
            </footer>
            <div class="status" role="status" aria-live="polite" data-testid="status">
                { app.said.clone() }
            </div>
        </>
    }
}

/// The bar: the product, who is compared, the places, help and colours.
#[component]
fn Bar(props: &StoreProps) -> Html {
    let store = &props.store;
    let app = &store.app;
    let place = app.shown_place();
    let link = |to: Place, id: &'static str| {
        let current = (place == to).then_some("page");
        html! {
            <a href={store.address(to)} aria-current={current} data-testid={id}>{ to.title() }</a>
        }
    };
    html! {
        <header class="bar">
            <a class="brand" href={store.address(Place::Start)}>{"pgparity"}</a>
            <nav aria-label="Places">
                { link(Place::Start, "nav-start") }
                if app.sides.complete() {
                    { link(Place::Compare, "nav-compare") }
                    { link(Place::Plan, "nav-plan") }
                }
            </nav>
            if app.sides.complete() && place != Place::Start {
                <SidesPill store={store.clone()} />
            }
            <span class="space"></span>
            <ThemeChoice store={store.clone()} />
            <button class="plain" onclick={store.on(|_: MouseEvent| Action::Help(true))}
                aria-label="Keyboard map" title="Keyboard map (?)" data-testid="help-open">{"?"}</button>
        </header>
    }
}

/// From and To in words, and the button that exchanges them.
#[component]
fn SidesPill(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let sides = &store.app.sides;
    let name = |side: &Option<pgparity_core::snapshot::Side>| {
        side.as_ref().map_or_else(String::new, |side| side.label.clone())
    };
    let title = |side: &Option<pgparity_core::snapshot::Side>| {
        side.as_ref().map(|side| {
            format!(
                "{} · PostgreSQL {} · captured {} · {} objects · {}",
                side.database,
                side.server_version,
                side.captured_at,
                side.objects,
                side.fingerprint
            )
        })
    };
    let swap = {
        let store = store.clone();
        move |_| store.command(Ask::Swap, &[], "Exchanging the sides…".to_owned())
    };
    html! {
        <div class="pill" role="group" aria-label="What is compared">
            <span class="side" data-testid="side-from" title={title(&sides.from)}>
                <small>{"From (is now)"}</small><b>{ name(&sides.from) }</b>
            </span>
            <button class="plain" onclick={swap} data-testid="swap" aria-label="Swap From and To"
                title="Swap From and To">{"⇄"}</button>
            <span class="side" data-testid="side-to" title={title(&sides.to)}>
                <small>{"To (should become)"}</small><b>{ name(&sides.to) }</b>
            </span>
        </div>
    }
}

/// The colours that were chosen before.
pub(crate) fn stored_theme() -> Theme {
    LocalStorage::get::<String>(THEME).map_or(Theme::System, |name| Theme::from_name(&name))
}

/// The choice of colours.
#[component]
fn ThemeChoice(props: &StoreProps) -> Html {
    let theme = props.store.app.theme;
    use_effect_with(theme, |theme| apply(*theme));
    let onchange = props.store.on(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Action::Theme(Theme::from_name(&select.value()))
    });
    let options = Theme::ALL.into_iter().map(|choice| {
        html! { <option value={choice.name()} selected={choice == theme}>{ choice.label() }</option> }
    });
    html! {
        <select id="theme" aria-label="Colours" {onchange} data-testid="theme">
            { for options }
        </select>
    }
}

fn apply(theme: Theme) {
    // Without storage the choice holds until the page is left.
    drop(LocalStorage::set(THEME, theme.name()));
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root {
        // A fixed, valid attribute name cannot be refused.
        drop(root.set_attribute("data-theme", theme.name()));
    }
}

/// The properties of [`Failure`].
#[derive(PartialEq, Properties)]
pub(crate) struct FailureProps {
    /// What failed.
    pub message: AttrValue,
}

/// What is shown when the worker or the page has failed.
#[component]
pub(crate) fn Failure(props: &FailureProps) -> Html {
    let reload = |_: MouseEvent| {
        if let Some(window) = web_sys::window() {
            // A reload that the browser refuses leaves the message on the screen.
            drop(window.location().reload());
        }
    };
    html! {
        <main class="recovery" role="alert" data-testid="recovery">
            <h1>{"This should not have happened"}</h1>
            <p>{"A part of the page has stopped. Your files are untouched, and your decisions are in \
                 the address: reload, open the same snapshots, and go on."}</p>
            <pre tabindex="0">{ &props.message }</pre>
            <button class="primary" onclick={reload}>{"Reload"}</button>
        </main>
    }
}
