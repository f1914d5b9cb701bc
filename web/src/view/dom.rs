//! Small helpers around the browser's interfaces.

use gloo_events::EventListener;
use js_sys::{Array, Date};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, FocusOptions, HtmlAnchorElement, HtmlElement,
    ScrollIntoViewOptions, ScrollLogicalPosition, Url,
};
use yew::prelude::*;

/// The document.
pub(crate) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Puts the focus on the first element that a selector finds.
pub(crate) fn focus(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Puts the focus on an element without scrolling to it.
pub(crate) fn focus_in_place(element: &Element) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus_with_options(&options);
    }
}

/// True when the focus is inside an element that a selector finds.
pub(crate) fn has_focus(selector: &str) -> bool {
    let focused = document().and_then(|document| document.active_element());
    focused.is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Scrolls as little as needed to show an element.
pub(crate) fn reveal(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Gives an element lengths in pixels, by the names of their properties.
pub(crate) fn set_pixels(element: &HtmlElement, lengths: &[(&str, i32)]) {
    for (name, length) in lengths {
        // A length in pixels is a value that cannot be refused.
        drop(element.style().set_property(name, &format!("{length}px")));
    }
}

/// A text as a file.
pub(crate) fn blob(text: &str, media_type: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(text));
    Blob::new_with_str_sequence_and_options(&parts, &options).ok()
}

/// Gives a text to the person as a download; false when the browser refuses.
pub(crate) fn download(name: &str, text: &str, media_type: &str) -> bool {
    blob(text, media_type).is_some_and(|blob| download_file(name, &blob))
}

/// Gives a file to the person as a download; false when the browser refuses.
pub(crate) fn download_file(name: &str, file: &Blob) -> bool {
    let started = || {
        let url = Url::create_object_url_with_blob(file).ok()?;
        let link: HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
        link.set_href(&url);
        link.set_download(name);
        link.click();
        Url::revoke_object_url(&url).ok()
    };
    started().is_some()
}

/// The time as it stands in file names: `20260211T093012Z`.
pub(crate) fn stamp() -> String {
    let now = String::from(Date::new_0().to_iso_string());
    let seconds = now.split('.').next().unwrap_or_default();
    format!("{}Z", seconds.replace(['-', ':'], ""))
}

/// What something says of the width of the window, in pixels; it is asked again when that changes.
#[hook]
pub(crate) fn use_width<T: PartialEq + 'static>(say: fn(i32) -> T) -> UseStateHandle<T> {
    let width = || {
        let width = web_sys::window().and_then(|window| window.inner_width().ok());
        #[allow(clippy::cast_possible_truncation, reason = "a width on a screen fits")]
        width.and_then(|width| width.as_f64()).map_or(0, |width| width as i32)
    };
    let said = use_state_eq(move || say(width()));
    let setter = said.setter();
    use_effect_with((), move |()| {
        let listener = web_sys::window()
            .map(|window| EventListener::new(&window, "resize", move |_| setter.set(say(width()))));
        move || drop(listener)
    });
    said
}
