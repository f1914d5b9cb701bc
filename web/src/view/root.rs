//! The whole page: state, worker, address, and the place that is shown.

use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::Window;
use yew::prelude::*;

use super::dom::{document, focus};
use super::help::Help;
use super::keyboard::use_keyboard;
use super::palette::Palette;
use super::places::place;
use super::privacy::Privacy;
use super::report::use_report;
use super::session::{first, use_recovery, use_session};
use super::shell::{Failure, Shell};
use super::store::{Store, use_answer};
use super::tour::{self, use_tour};
use crate::browser::{early, embedded};
use crate::protocol::{CompareAnswer, CompareAsk, Response};
use crate::state::{
    Action, AnnounceAction, App, Command, JobsAction, PanesAction, Place, Saved, from_fragment,
    to_fragment,
};
use crate::worker::{Engine, News};

/// The page.
#[component]
pub(crate) fn Root() -> Html {
    let first = use_memo((), |()| first(&fragment()));
    let (start, saved) = (first.clone(), first.1.clone());
    let app = use_reducer(move || start.0.clone());
    let dispatcher = app.dispatcher();
    let engine = use_memo((), move |()| {
        Engine::start(move |news| {
            dispatcher.dispatch(match news {
                News::Stage(stage) => JobsAction::Stage(stage).into(),
                News::Stopped(stopped) => JobsAction::Stopped(stopped).into(),
                News::Dead(message) => AnnounceAction::Fail(message).into(),
            });
        })
    });
    match &*engine {
        Ok(engine) => html! { <Places {app} engine={engine.clone()} {saved} /> },
        Err(message) => html! { <Failure message={message.clone()} /> },
    }
}

#[derive(PartialEq, Properties)]
struct PlacesProps {
    app: UseReducerHandle<App>,
    engine: Engine,
    /// The session of before a reload.
    saved: Option<Saved>,
}

#[component]
fn Places(props: &PlacesProps) -> Html {
    let app = props.app.clone();
    let mut store = Store { app: app.clone(), engine: props.engine.clone(), overview: None };
    let answer = use_answer(&store, app.shelf.sides.complete().then_some(CompareAsk::Overview));
    store.overview = answer.and_then(|answer| match &*answer {
        Response::Compare(CompareAnswer::Overview(overview)) => Some(overview.clone().into()),
        _ => None,
    });
    use_report(&store);
    let there = use_session(&store, props.saved.clone());
    use_recovery(&store);
    use_tour(&store);
    use_address(&app);
    // Whoever asked for the tour is in its card; everybody else begins at the heading.
    let asked = app.tour.asked && app.tour.at.is_some();
    use_place(app.shown_place(), if asked { "#tour-title" } else { "h1" });
    let on_command = store.clone();
    use_keyboard(app.panes.single_keys, app.panes.own_keys.clone(), move |command| {
        obey(&on_command, command)
    });
    // In Compare the tree does them, once it has rows.
    use_effect_with(there && app.shown_place() != Place::Compare, |ready| {
        if *ready {
            early::keys();
        }
    });
    if let Some(message) = &app.announce.failure {
        return html! { <Failure message={message.clone()} /> };
    }
    html! {
        <Shell store={store.clone()}>
            { place(store.clone()) }
            <Privacy store={store.clone()} />
            <Palette store={store.clone()} />
            <Help {store} />
        </Shell>
    }
}

/// Commands that mean the same everywhere.
fn obey(store: &Store, command: Command) -> bool {
    match command {
        Command::Help => store.act(PanesAction::Help(!store.app.panes.help)),
        Command::Palette => store.act(PanesAction::Palette(!store.app.panes.palette)),
        Command::Back if store.app.panes.palette => store.act(PanesAction::Palette(false)),
        Command::Back if store.app.panes.help => store.act(PanesAction::Help(false)),
        Command::Back if store.app.panes.privacy => store.act(PanesAction::Privacy(false)),
        Command::Back if store.app.tour.at.is_some() => tour::end(store),
        Command::To(place) => store.act(Action::Go(place)),
        Command::Undo => store.act(Action::Undo),
        Command::Theme => store.act(PanesAction::Theme(store.app.panes.theme.next())),
        _ => return false,
    }
    true
}

/// Keeps the address in step with the state, and follows it when it changes.
#[hook]
fn use_address(app: &UseReducerHandle<App>) {
    let route = app.route();
    use_effect_with((to_fragment(&route), route.place), |(wanted, place)| {
        let now = from_fragment(&fragment());
        let Some(window) = web_sys::window() else { return };
        if fragment() != *wanted && now != from_fragment(wanted) {
            set_address(&window, wanted, now.place != *place);
        }
    });
    let dispatcher = app.dispatcher();
    use_effect_with((), move |()| {
        let listener = web_sys::window().map(|window| {
            EventListener::new(&window, "popstate", move |_| {
                dispatcher.dispatch(Action::Follow(Box::new(from_fragment(&fragment()))));
            })
        });
        move || drop(listener)
    });
}

/// A new place is a step that "back" takes back; anything else changes the address in place.
fn set_address(window: &Window, fragment: &str, step: bool) {
    let Ok(history) = window.history() else { return };
    let changed = if step {
        history.push_state_with_url(&JsValue::NULL, "", Some(fragment))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(fragment))
    };
    // Without an address the page works all the same: a sandboxed frame has none to change.
    drop(changed);
}

fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Names the document after the place, and moves the focus to where one begins when it changes.
#[hook]
fn use_place(place: Place, beginning: &'static str) {
    let first = use_mut_ref(|| true);
    use_effect_with(place, move |place| {
        if let Some(document) = document() {
            document.set_title(&match place {
                Place::Start => "pgparity: compare two PostgreSQL databases".to_owned(),
                other => {
                    let of = embedded::title().unwrap_or_else(|| "pgparity".to_owned());
                    format!("{} · {of}", other.title())
                }
            });
        }
        if !first.replace(false) {
            focus(beginning);
        }
    });
}
