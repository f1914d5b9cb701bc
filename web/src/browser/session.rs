//! What the browser holds of a session: `web/session.js` does it, this calls it.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::protocol::SnapId;
use crate::worker::describe;

/// The state that was saved last; `None` without one, or without storage.
pub(crate) fn state() -> Option<String> {
    call("state", &[]).ok()?.as_string()
}

/// Whether the session outlives the tab.
pub(crate) async fn kept() -> bool {
    wait("kept", &[]).await.is_ok_and(|kept| kept.is_truthy())
}

/// Saves the state; `None` when there is nothing to save.
pub(crate) async fn save(state: Option<String>) -> Result<(), String> {
    wait("save", &[text(state)]).await.map(drop)
}

/// Stores the file of a snapshot.
pub(crate) async fn put(id: SnapId, file: Blob) -> Result<(), String> {
    wait("put", &[id.0.into(), file.into()]).await.map(drop)
}

/// The file of a snapshot; `None` when it is not there.
pub(crate) async fn get(id: SnapId) -> Result<Option<Blob>, String> {
    Ok(wait("get", &[id.0.into()]).await?.dyn_into().ok())
}

/// Removes the file of a snapshot.
pub(crate) async fn remove(id: SnapId) -> Result<(), String> {
    wait("drop", &[id.0.into()]).await.map(drop)
}

/// Lets the session outlive the tab.
pub(crate) async fn keep(state: Option<String>, ids: &[SnapId]) -> Result<(), String> {
    let ids: Array = ids.iter().map(|id| JsValue::from(id.0)).collect();
    wait("keep", &[text(state), ids.into()]).await.map(drop)
}

/// Removes all that is stored.
pub(crate) async fn forget() -> Result<(), String> {
    wait("forget", &[]).await.map(drop)
}

/// Whether a session can outlive its tab here. From a disk all pages share one storage, so that
/// another page would find what was kept.
pub(crate) fn can_keep() -> bool {
    let protocol = web_sys::window().and_then(|window| window.location().protocol().ok());
    protocol.is_some_and(|protocol| protocol != "file:")
}

fn text(state: Option<String>) -> JsValue {
    state.map_or(JsValue::NULL, JsValue::from)
}

async fn wait(name: &str, arguments: &[JsValue]) -> Result<JsValue, String> {
    let promise: Promise = call(name, arguments)?.unchecked_into();
    JsFuture::from(promise).await.map_err(|error| describe(&error))
}

fn call(name: &str, arguments: &[JsValue]) -> Result<JsValue, String> {
    let called = || {
        let session = Reflect::get(&js_sys::global(), &"pgparitySession".into())?;
        let function: Function = Reflect::get(&session, &name.into())?.dyn_into()?;
        function.apply(&session, &arguments.iter().collect::<Array>())
    };
    called().map_err(|error| describe(&error))
}
