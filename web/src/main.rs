//! The web app: Start, Compare, Plan and History, with the core in a worker.
//!
//! One module serves both: in a window it draws the page, in a worker it answers the page's
//! questions. [`engine`], [`state`] and [`model`] are plain Rust and know no browser; [`view`] draws;
//! [`browser`] is what only a browser has; [`worker`] is the bridge; [`protocol`] is what crosses it.

mod browser;
mod engine;
mod figure;
mod model;
mod protocol;
mod sql_lexer;
mod state;
mod view;
mod worker;

use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

fn main() {
    match js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        Ok(scope) => worker::serve(&scope),
        Err(_) => view::mount(),
    }
}
