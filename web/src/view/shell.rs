//! What stands around every place: the bar above, the promises below, messages, recovery.

use gloo_timers::callback::Timeout;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::compare::CURRENT_ROW;
use super::dom::{document, focus};
use super::link::copy_link;
use super::notices::Notices;
use super::parts::time::since;
use super::privacy::promise;
use super::rail::rail;
use super::store::{Store, StoreProps};
use super::stored;
use crate::browser::failure::failed;
use crate::protocol::ShelfAsk;
use crate::state::{Action, PanesAction, Place, Theme};

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
    use_effect_with(app.announce.said.clone(), move |said| {
        // What was said goes away by itself: it is there to be heard, and to be read once.
        let timeout = (!said.is_empty()).then(|| {
            Timeout::new(SAID_FOR, move || dispatcher.dispatch(Action::say(String::new())))
        });
        move || drop(timeout)
    });
    html! {
        <>
            { skip("#main", "Skip to the content") }
            if app.shown_place() == Place::Compare {
                { skip(CURRENT_ROW, "Skip to the tree") }
                { skip("#detail-title, #totals-title", "Skip to the detail") }
            }
            <Bar store={store.clone()} />
            <div class="frame">
                { rail(store) }
                <main id="main" tabindex="-1" class={app.shown_place().name()}>
                    <Notices store={store.clone()} />
                    { props.children.clone() }
                </main>
            </div>
            <footer>
                <button class="plain local" data-testid="privacy-open"
                    onclick={store.on(|_: MouseEvent| PanesAction::Privacy(true))}>{"Local only: verify"}</button>
                {" "}{ promise(&app.session) }{" Nothing of them is sent: turn the network off and go on."}
            </footer>
            <div class="status" role="status" aria-live="polite" data-testid="status">
                { app.announce.said.clone() }
            </div>
        </>
    }
}

/// A link that is seen while it has the focus, and goes to the first element that the selector finds. The
/// address is the page's view: it stays as it is.
fn skip(to: &'static str, words: &'static str) -> Html {
    let onclick = move |event: MouseEvent| {
        event.prevent_default();
        focus(to);
    };
    html! { <a class="skip" href="#main" {onclick} data-testid="skip">{ words }</a> }
}

/// The bar: the product, who is compared, the places, help and colours.
#[component]
fn Bar(props: &StoreProps) -> Html {
    let store = &props.store;
    let app = &store.app;
    let place = app.shown_place();
    html! {
        <header class="bar">
            <a class="brand" href={store.address(Place::Start)}>{"pgparity"}</a>
            if app.shelf.sides.complete() && place != Place::Start {
                <SidesPill store={store.clone()} />
                { copy_link(store) }
            }
            <span class="space"></span>
            <button class="plain" onclick={store.on(|_: MouseEvent| PanesAction::Palette(true))}
                aria-keyshortcuts="Control+K Meta+K" title="Go to (Ctrl K)" data-testid="palette-open">
                <span aria-hidden="true">{"⌕"}<span class="roomy">{" Go to "}<kbd>{"Ctrl K"}</kbd></span></span>
                <span class="vh">{"Go to an object, place or command"}</span>
            </button>
            <ThemeChoice store={store.clone()} />
            <button class="plain" onclick={store.on(|_: MouseEvent| PanesAction::Help(true))}
                aria-label="Keyboard map" title="Keyboard map (?)" data-testid="help-open">{"?"}</button>
        </header>
    }
}

/// From and To in words, and the button that exchanges them.
#[component]
fn SidesPill(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let sides = &store.app.shelf.sides;
    let name = |side: &Option<pgparity_core::snapshot::Side>| {
        side.as_ref().map_or_else(String::new, |side| side.label.clone())
    };
    let title = |side: &Option<pgparity_core::snapshot::Side>| {
        side.as_ref().map(|side| {
            format!(
                "{} · PostgreSQL {} · captured {}{} · {} objects · {}",
                side.database,
                side.server_version,
                side.captured_at,
                since(&side.captured_at).map(|ago| format!(", {ago}")).unwrap_or_default(),
                side.objects,
                side.fingerprint
            )
        })
    };
    let swap = {
        let store = store.clone();
        move |_| store.command(ShelfAsk::Swap, "Exchanging the sides…".to_owned())
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

/// The choice of colours.
#[component]
fn ThemeChoice(props: &StoreProps) -> Html {
    let theme = props.store.app.panes.theme;
    use_effect_with(theme, |theme| apply(*theme));
    let onchange = props.store.on(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        PanesAction::Theme(Theme::from_name(&select.value()))
    });
    let options = Theme::ALL.into_iter().map(|choice| {
        html! { <option value={choice.name()} selected={choice == theme}>{ choice.label() }</option> }
    });
    html! {
        <select id="theme" aria-label="Colours" title="Colours" {onchange} data-testid="theme">
            { for options }
        </select>
    }
}

fn apply(theme: Theme) {
    stored::keep_theme(theme);
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root {
        let (brightness, palette) = theme.parts();
        // A fixed, valid attribute name cannot be refused.
        drop(root.set_attribute("data-theme", brightness));
        drop(root.set_attribute("data-palette", palette));
    }
}

/// The properties of [`Failure`].
#[derive(PartialEq, Properties)]
pub(crate) struct FailureProps {
    /// What failed.
    pub message: AttrValue,
}

/// What stands in place of the page when the worker or the page has failed: the panel below tells why.
#[component]
pub(crate) fn Failure(props: &FailureProps) -> Html {
    use_effect_with(props.message.clone(), |message| failed(message));
    html! { <main class="failure"><h1>{"This should not have happened"}</h1></main> }
}
