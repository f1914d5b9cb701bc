//! The panel for a page that has stopped: `web/failure.js` shows it, this calls it.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Shows what failed, with a report to take along.
pub(crate) fn failed(message: &str) {
    let function = Reflect::get(&js_sys::global(), &"pgparityFailed".into());
    if let Ok(function) = function.and_then(JsCast::dyn_into::<Function>) {
        // Where even the panel fails, the browser's console has the message.
        drop(function.call1(&JsValue::NULL, &message.into()));
    }
}
