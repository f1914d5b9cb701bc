//! The tour: a card beside a control and a ring around it. It is no dialog: everything can be used while
//! it is there.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use super::dom::{document, focus, has_focus, reveal, set_pixels};
use super::store::{Store, StoreProps};
use super::stored;
use crate::model::tour::{SIGHTS, card_at, in_sight};
use crate::protocol::Area;
use crate::state::{Offer, STOPS, TourAction};

/// Where the focus is while somebody is in the card.
const CARD: &str = ".tour";

/// Keeps it that the tour was seen.
#[hook]
pub(super) fn use_tour(store: &Store) {
    use_effect_with(store.app.tour.seen, |seen| stored::keep_tour(*seen));
}

/// Ends the tour. Whoever was in its card is at the heading of the place then.
pub(super) fn end(store: &Store) {
    let inside = has_focus(CARD);
    store.act(TourAction::End);
    if inside {
        focus("h1");
    }
}

/// The button that begins the tour, in the help.
pub(super) fn offer(store: &Store) -> Html {
    let offer = store.app.tour_offer();
    let onclick = {
        let store = store.clone();
        move |event: MouseEvent| {
            // At once: what had the focus before gets it back now, and not after the tour has begun.
            let inside = event.target_dyn_into::<Element>();
            let dialog = inside.and_then(|inside| inside.closest("dialog").ok().flatten());
            if let Some(dialog) =
                dialog.and_then(|found| found.dyn_into::<HtmlDialogElement>().ok())
            {
                dialog.close();
            }
            store.act(TourAction::Start);
            if offer == Offer::WithSample {
                store.open_sample();
            }
        }
    };
    let words = match offer {
        Offer::Now => "Four controls of Compare, one after the other.",
        Offer::WithSample => "Four controls of Compare, one after the other, on the sample.",
        Offer::NotYet => "It is there once two snapshots are open.",
    };
    html! {
        <p class="tour-offer"><button {onclick} disabled={offer == Offer::NotYet} data-testid="tour-start">{"Take the tour"}</button>
            {" "}<span class="muted">{ words }</span></p>
    }
}

/// The tour, while there is one.
#[component]
pub(super) fn Tour(props: &StoreProps) -> Html {
    let store = &props.store;
    match store.app.tour.at {
        Some(at) if at < STOPS => html! { <Card store={store.clone()} {at} /> },
        _ => Html::default(),
    }
}

#[derive(PartialEq, Properties)]
struct CardProps {
    store: Store,
    at: usize,
}

#[component]
fn Card(props: &CardProps) -> Html {
    let CardProps { store, at } = props;
    let sight = &SIGHTS[*at];
    let (card, ring) = (use_node_ref(), use_node_ref());
    {
        let shown = sight.target;
        use_effect_with(*at, move |_| {
            if let Some(target) =
                find(shown).filter(|target| !in_sight(area(target), window_size()))
            {
                reveal(&target);
            }
        });
    }
    // Whatever changes may have moved the control.
    {
        let (card, ring, at) = (card.clone(), ring.clone(), *at);
        use_effect(move || put(&card, &ring, at));
    }
    {
        let (card, ring) = (card.clone(), ring.clone());
        use_effect_with(*at, move |at| {
            let at = *at;
            let listeners = web_sys::window().map(|window| {
                ["resize", "scroll"].map(|event| {
                    let (card, ring) = (card.clone(), ring.clone());
                    // Scrolling does not come up to the window by itself.
                    let options = EventListenerOptions::run_in_capture_phase();
                    EventListener::new_with_options(&window, event, options, move |_| {
                        put(&card, &ring, at);
                    })
                })
            });
            move || drop(listeners)
        });
    }
    {
        let asked = store.app.tour.asked;
        use_effect_with((), move |()| {
            // Behind what the place does with the focus when it opens.
            let later = asked.then(|| Timeout::new(0, || focus("#tour-title")));
            move || drop(later)
        });
    }
    let go = |action: TourAction| store.on(move |_: MouseEvent| action);
    let ended = {
        let store = store.clone();
        move |_: MouseEvent| end(&store)
    };
    let last = at + 1 == STOPS;
    let next = if last { Callback::from(ended.clone()) } else { go(TourAction::Next) };
    html! {
        <>
            <section class="tour" ref={card} aria-labelledby="tour-title" data-testid="tour" data-stop={(at + 1).to_string()}>
                <div aria-live="polite">
                    <p class="muted">{"Tour, "}{ at + 1 }{" of "}{ STOPS }</p>
                    <h2 id="tour-title" tabindex="-1">{ sight.title }</h2>
                    <p>{ sight.words }</p>
                </div>
                <div class="tour-ways">
                    <button class="primary" onclick={next} data-testid="tour-next">{ if last { "Done" } else { "Next" } }</button>
                    if *at > 0 {
                        <button onclick={go(TourAction::Back)} data-testid="tour-back">{"Back"}</button>
                    }
                    if !last {
                        <button class="plain" onclick={ended} data-testid="tour-end">{"End the tour"}</button>
                    }
                </div>
            </section>
            <div class="tour-ring" ref={ring} aria-hidden="true" data-testid="tour-ring"></div>
        </>
    }
}

fn find(target: &str) -> Option<Element> {
    document()?.query_selector(target).ok().flatten()
}

/// Puts the ring around the control, and the card beside it.
fn put(card: &NodeRef, ring: &NodeRef, at: usize) {
    let (Some(card), Some(ring)) = (card.cast::<HtmlElement>(), ring.cast::<HtmlElement>()) else {
        return;
    };
    let sight = &SIGHTS[at];
    let target = find(sight.target).map(|target| area(&target)).unwrap_or_default();
    let size = (card.offset_width(), card.offset_height());
    let spot = card_at(target, size, window_size(), sight.beside);
    // A fixed, valid attribute name cannot be refused.
    drop(card.set_attribute("data-docked", if spot.is_none() { "true" } else { "false" }));
    let (x, y) = spot.unwrap_or_default();
    set_pixels(&card, &[("--x", x), ("--y", y)]);
    let Area { x, y, width, height } = target;
    set_pixels(&ring, &[("--x", x), ("--y", y), ("--w", width), ("--h", height)]);
}

/// The width and height of the window, without its scroll bars.
fn window_size() -> (i32, i32) {
    let root = document().and_then(|document| document.document_element());
    root.map_or((0, 0), |root| (root.client_width(), root.client_height()))
}

/// Where an element is in the window.
fn area(element: &Element) -> Area {
    let rect = element.get_bounding_client_rect();
    #[allow(clippy::cast_possible_truncation, reason = "a place on a screen fits")]
    let whole = |length: f64| length.round() as i32;
    Area {
        x: whole(rect.left()),
        y: whole(rect.top()),
        width: whole(rect.width()),
        height: whole(rect.height()),
    }
}
