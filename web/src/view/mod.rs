//! The components. They draw the state and report what a person does; they decide nothing.

mod compare;
mod dom;
mod environments;
mod explore;
mod exports;
mod help;
mod history;
mod jobs;
mod keyboard;
mod link;
mod notices;
mod opening;
mod palette;
mod parts;
mod places;
mod plan;
mod privacy;
mod rail;
mod report;
mod root;
mod session;
mod shell;
mod start;
mod store;
mod stored;
mod tour;

use crate::browser::failure::failed;
use dom::document;

/// Puts the page into its place, where the static shell stood until now.
pub(crate) fn mount() {
    std::panic::set_hook(Box::new(|panic| failed(&panic.to_string())));
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root {
        // A fixed, valid attribute name cannot be refused.
        drop(root.set_attribute("data-version", env!("CARGO_PKG_VERSION")));
    }
    let place = document().and_then(|document| document.get_element_by_id("app"));
    if let Some(place) = place {
        yew::Renderer::<root::Root>::with_root(place).render();
    }
}
