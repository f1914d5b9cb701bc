//! The keyboard: one listener of the window, which turns each stroke into a command once and offers
//! it to whoever is there.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::browser::early;
use crate::state::{Command, OwnKeys, Stroke, command};

/// Takes a command, or leaves it to others.
type Taker = Rc<dyn Fn(Command) -> bool>;

thread_local! {
    /// Who takes commands, by number; the latest to come stands last and is asked first.
    static TAKERS: RefCell<Vec<(u32, Taker)>> = const { RefCell::new(Vec::new()) };
    static NUMBERS: Cell<u32> = const { Cell::new(0) };
}

/// Takes commands of the keyboard while the component is there, wherever the focus is. What it
/// answers `false` to goes on to the others.
#[hook]
pub(crate) fn use_commands(take: impl Fn(Command) -> bool + 'static) {
    let number = *use_memo((), |()| NUMBERS.replace(NUMBERS.get() + 1));
    use_effect(move || {
        let take: Taker = Rc::new(take);
        TAKERS.with_borrow_mut(|takers| {
            match takers.iter_mut().find(|(other, _)| *other == number) {
                Some(taker) => taker.1 = take,
                None => takers.push((number, take)),
            }
        });
    });
    use_effect_with((), move |()| {
        move || TAKERS.with_borrow_mut(|takers| takers.retain(|(other, _)| *other != number))
    });
}

/// Listens, once for the whole page. `first` is asked before all others; `single` tells whether
/// single keys are commands, `own` which were chosen.
#[hook]
pub(super) fn use_keyboard(single: bool, own: OwnKeys, first: impl Fn(Command) -> bool + 'static) {
    let latest = use_mut_ref(|| None::<(bool, OwnKeys, Taker)>);
    latest.replace(Some((single, own, Rc::new(first))));
    use_effect_with((), move |()| {
        let after_g = Cell::new(false);
        let listener = web_sys::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                let Some((single, own, first)) = latest.borrow().clone() else { return };
                let asked = command(&stroke(event, after_g.get()), single, &own);
                after_g.set(asked == Some(Command::Go));
                if asked.is_some_and(|asked| first(asked) || offer(asked)) {
                    event.prevent_default();
                }
            })
        });
        early::listens();
        move || drop(listener)
    });
}

/// Offers a command, the latest taker first.
fn offer(command: Command) -> bool {
    // A taker may draw anew at once, which changes the list.
    let takers: Vec<Taker> =
        TAKERS.with_borrow(|takers| takers.iter().rev().map(|(_, take)| take.clone()).collect());
    takers.iter().any(|take| take(command))
}

fn stroke(event: &KeyboardEvent, after_g: bool) -> Stroke {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let typing = target.is_some_and(|element| {
        let text = "input:not([type=checkbox]):not([type=radio]), textarea, select";
        element.matches(text).unwrap_or(false)
    });
    Stroke {
        key: event.key(),
        control: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
        typing,
        after_g,
    }
}
