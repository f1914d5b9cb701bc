//! Keys that were pressed before the page was there: `web/keys.js` holds them, this calls it.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The page listens itself from now on.
pub(crate) fn listens() {
    call("pgparityListens");
}

/// What was pressed before is done: what it acts on is there. Nothing waits after that.
pub(crate) fn keys() {
    call("pgparityKeys");
}

fn call(name: &str) {
    let function = Reflect::get(&js_sys::global(), &name.into());
    if let Ok(function) = function.and_then(JsCast::dyn_into::<Function>) {
        // A key that could not be held is one that was not pressed.
        drop(function.call0(&JsValue::NULL));
    }
}
