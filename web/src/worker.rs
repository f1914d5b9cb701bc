//! The bridge between page and worker: numbered messages there and back, files beside them.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Array, Function, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, MessageEvent, Worker};

use crate::protocol::{Request, Response};

mod serve;
mod unpack;

pub(crate) use serve::serve;

/// What stands for the number where the worker says that it is ready.
const READY: &str = "ready";
/// What stands for the number where the worker says that it has failed.
const FAILED: &str = "failed";

/// What is done with an answer.
type Then = Box<dyn FnOnce(Response)>;

/// The page's end of the bridge. Clones are the same bridge.
#[derive(Clone)]
pub(crate) struct Engine(Rc<Inner>);

struct Inner {
    worker: Worker,
    ready: Cell<bool>,
    /// Messages written before the worker listened.
    early: RefCell<Vec<JsValue>>,
    waiting: RefCell<BTreeMap<String, Then>>,
    asked: Cell<u32>,
    listener: RefCell<Option<EventListener>>,
}

impl PartialEq for Engine {
    fn eq(&self, other: &Engine) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Engine {
    /// Starts the worker. `fail` hears of its failure, at the start or later.
    pub(crate) fn start(fail: impl Fn(String) + 'static) -> Result<Engine, String> {
        let inner = Rc::new(Inner {
            worker: start_worker().map_err(|error| describe(&error))?,
            ready: Cell::new(false),
            early: RefCell::default(),
            waiting: RefCell::default(),
            asked: Cell::new(0),
            listener: RefCell::default(),
        });
        let weak = Rc::downgrade(&inner);
        let listener = EventListener::new(&inner.worker, "message", move |event| {
            let (Some(inner), Some(event)) = (weak.upgrade(), event.dyn_ref::<MessageEvent>())
            else {
                return;
            };
            if let Err(message) = inner.receive(&event.data()) {
                fail(message);
            }
        });
        inner.listener.replace(Some(listener));
        Ok(Engine(inner))
    }

    /// Asks, with files beside the question.
    pub(crate) fn ask(
        &self,
        request: &Request,
        files: &[Blob],
        then: impl FnOnce(Response) + 'static,
    ) {
        self.0.asked.set(self.0.asked.get() + 1);
        let number = self.0.asked.get().to_string();
        let message = match to_js(request) {
            Ok(body) => envelope(&number, &body, &files.iter().collect::<Array>()),
            Err(message) => return then(Response::Nothing(message)),
        };
        self.0.waiting.borrow_mut().insert(number, Box::new(then));
        if self.0.ready.get() {
            self.0.post(&message);
        } else {
            self.0.early.borrow_mut().push(message);
        }
    }
}

impl Inner {
    /// Takes a message of the worker; an error is its failure.
    fn receive(&self, data: &JsValue) -> Result<(), String> {
        let parts: &Array = data.unchecked_ref();
        let number = parts.get(0).as_string().unwrap_or_default();
        if number == READY {
            self.ready.set(true);
            for message in self.early.take() {
                self.post(&message);
            }
            return Ok(());
        }
        if number == FAILED {
            return Err(parts.get(1).as_string().unwrap_or_default());
        }
        let then = self.waiting.borrow_mut().remove(&number);
        let response = from_js(parts.get(1))?;
        if let Some(then) = then {
            then(response);
        }
        Ok(())
    }

    fn post(&self, message: &JsValue) {
        // A message of plain data and blobs can always be cloned.
        let _ = self.worker.post_message(message);
    }
}

/// Calls the page's own script, which alone may name the worker's address.
fn start_worker() -> Result<Worker, JsValue> {
    let start: Function =
        Reflect::get(&js_sys::global(), &"pgparityStartWorker".into())?.dyn_into()?;
    start.call1(&JsValue::NULL, &wasm_bindgen::module())?.dyn_into()
}

/// A message: number, body, files.
fn envelope(number: &str, body: &JsValue, files: &Array) -> JsValue {
    Array::of3(&number.into(), body, files).into()
}

fn to_js(value: &impl Serialize) -> Result<JsValue, String> {
    serde_wasm_bindgen::to_value(value).map_err(|error| error.to_string())
}

fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, String> {
    serde_wasm_bindgen::from_value(value).map_err(|error| error.to_string())
}

/// An error of JavaScript as text.
pub(crate) fn describe(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.as_string())
        .unwrap_or_else(|| "an unknown error of the browser".to_owned())
}

/// The questions that have arrived and are not yet answered.
#[derive(Default)]
struct Queue(VecDeque<(String, Request, Array)>);

impl Queue {
    /// Takes the oldest question, and tells whether a newer one has made it superfluous.
    fn take(&mut self) -> Option<(String, Request, Array, bool)> {
        let (number, request, files) = self.0.pop_front()?;
        let line = request.ask.line();
        let superseded =
            line.is_some() && self.0.iter().any(|(_, newer, _)| newer.ask.line() == line);
        Some((number, request, files, superseded))
    }
}
