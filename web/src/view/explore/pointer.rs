//! What the pointer does on the diagram: it drags the ground or a table, and a click chooses.

use std::rc::Rc;

use gloo_events::EventListener;
use pgparity_core::model::Id;
use web_sys::Element;
use yew::prelude::*;

use super::canvas::pan_by;
use crate::model::explore::moved_to;
use crate::protocol::Diagram;
use crate::state::{ExploreAction, SelectionAction};
use crate::view::store::Store;

/// A pointer that moves less than that does not drag.
const STILL: i32 = 4;

/// A table and how far it was dragged.
type Moving = Option<(Id, (i32, i32))>;

/// What the diagram listens with, and the table that is being dragged.
pub(super) struct Pointer {
    pub onmousedown: Callback<MouseEvent>,
    pub onmousemove: Callback<MouseEvent>,
    pub onclick: Callback<MouseEvent>,
    pub moving: Moving,
}

/// A button that is held down.
#[derive(Clone)]
struct Held {
    /// Where the pointer was when it began, or when the ground was moved last.
    at: (i32, i32),
    /// It moves.
    dragging: bool,
    /// The table under it.
    table: Option<Id>,
}

/// What the pointer does.
#[hook]
pub(super) fn use_pointer(
    store: &Store,
    ground: &NodeRef,
    diagram: &Rc<Diagram>,
    zoom: i32,
) -> Pointer {
    let held = use_mut_ref(|| None::<Held>);
    let moving = use_state(|| None as Moving);
    let onmousedown = {
        let held = held.clone();
        Callback::from(move |event: MouseEvent| {
            let at = (event.client_x(), event.client_y());
            let table = under(&event, "[data-testid=card]");
            held.replace((event.button() == 0).then_some(Held { at, dragging: false, table }));
        })
    };
    {
        // It may be let go outside of the diagram too.
        let (store, moving) = (store.clone(), moving.clone());
        use_effect_with((diagram.clone(), (*moving).clone()), move |(diagram, dragged)| {
            let (diagram, dragged) = (diagram.clone(), dragged.clone());
            let listener = dragged.zip(web_sys::window()).map(|((id, by), window)| {
                EventListener::once(&window, "mouseup", move |_| {
                    if let Some(card) = diagram.cards.iter().find(|card| card.id == id) {
                        store.act(ExploreAction::Pin(id, moved_to(card.area, by)));
                    }
                    moving.set(None);
                })
            });
            move || drop(listener)
        });
    }
    let onmousemove = {
        let (held, ground, moving) = (held.clone(), ground.clone(), moving.clone());
        Callback::from(move |event: MouseEvent| {
            if event.buttons() & 1 == 0 {
                return;
            }
            let mut held = held.borrow_mut();
            let Some(held) = held.as_mut() else { return };
            let (dx, dy) = (event.client_x() - held.at.0, event.client_y() - held.at.1);
            if !held.dragging && dx.abs().max(dy.abs()) <= STILL {
                return;
            }
            held.dragging = true;
            if let Some(table) = &held.table {
                let unit = |length: i32| length * 100 / zoom.max(1);
                moving.set(Some((table.clone(), (unit(dx), unit(dy)))));
            } else {
                pan_by(&ground, -dx, -dy);
                held.at = (event.client_x(), event.client_y());
            }
        })
    };
    let store = store.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        let dragged = held.take().is_some_and(|held| held.dragging);
        if let Some(id) = under(&event, "[data-id]").filter(|_| !dragged) {
            store.act(SelectionAction::Object(Some(id)));
        }
    });
    Pointer { onmousedown, onmousemove, onclick, moving: (*moving).clone() }
}

/// The object of what is under the pointer.
fn under(event: &MouseEvent, selector: &str) -> Option<Id> {
    let target = event.target_dyn_into::<Element>()?;
    let found = target.closest(selector).ok().flatten()?;
    found.get_attribute("data-id").map(|id| Id::from(id.as_str()))
}
