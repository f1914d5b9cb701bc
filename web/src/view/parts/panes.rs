//! Going from pane to pane by F6 and Shift F6.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::state::{Command, pane_after};
use crate::view::dom::{document, has_focus};

/// A pane: what it is found by, and what in it takes the focus.
pub(crate) type Pane = (&'static str, &'static str);

/// Obeys the commands that go to another pane, and leaves all others; panes are in their order.
pub(crate) fn go_pane(command: Command, panes: &[Pane]) -> bool {
    let back = match command {
        Command::NextPane => false,
        Command::PreviousPane => true,
        _ => return false,
    };
    let here = panes.iter().position(|(pane, _)| has_focus(pane));
    let targets: Vec<Option<HtmlElement>> = panes.iter().map(|(_, target)| drawn(target)).collect();
    let in_sight: Vec<bool> = targets.iter().map(Option::is_some).collect();
    let next = pane_after(here, &in_sight, back).and_then(|next| targets[next].as_ref());
    if let Some(next) = next {
        // What cannot take the focus leaves it where it is.
        let _ = next.focus();
    }
    true
}

/// Whether something that a selector finds is drawn.
pub(crate) fn is_drawn(selector: &str) -> bool {
    drawn(selector).is_some()
}

/// The first element that a selector finds and that is drawn.
fn drawn(selector: &str) -> Option<HtmlElement> {
    let found = document()?.query_selector_all(selector).ok()?;
    let elements =
        (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<HtmlElement>().ok());
    let mut shown = elements.filter(|element| element.offset_parent().is_some());
    shown.next()
}
