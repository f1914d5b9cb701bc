//! The bridge between page and worker: numbered messages there and back, files beside them.
//!
//! A worker that has failed, or whose work nobody wants any more, is ended and another one started:
//! the page keeps the files that were opened, so that they can be opened again.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Array, Function, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Event, MessageEvent, Worker};

use crate::protocol::{Ask, Request, Response, ShelfAnswer, ShelfAsk, Slot, SnapId, Stage};
use crate::state::{At, Stopped};

mod serve;
mod unpack;

pub(crate) use serve::serve;

/// What stands for the number where the worker says that it is ready.
const READY: &str = "ready";
/// What stands for the number where the worker says that it has failed.
const FAILED: &str = "failed";
/// What stands for the number where the worker says what it is doing.
const STAGE: &str = "stage";

/// What is done with an answer.
type Then = Box<dyn FnOnce(Response)>;

/// What the page hears of the worker, besides answers.
pub(crate) enum News {
    /// What it is doing; `None` when it has answered everything.
    Stage(Option<Stage>),
    /// It has stopped, and another one was started, which knows nothing yet.
    Stopped(Stopped),
    /// It does not start.
    Dead(String),
}

/// The page's end of the bridge. Clones are the same bridge.
#[derive(Clone)]
pub(crate) struct Engine(Rc<Inner>);

struct Inner {
    /// The worker and what listens to it.
    worker: RefCell<Option<(Worker, [EventListener; 2])>>,
    ready: Cell<bool>,
    /// Messages written before the worker listened.
    early: RefCell<Vec<JsValue>>,
    waiting: RefCell<BTreeMap<u32, Waiting>>,
    asked: Cell<u32>,
    /// The files of the snapshots that are open, or being opened.
    files: RefCell<BTreeMap<SnapId, Held>>,
    /// The number of the next snapshot.
    next: Cell<u32>,
    /// A stage was told, and not that it is over.
    staged: Cell<bool>,
    hear: Box<dyn Fn(News)>,
}

/// What a snapshot is opened from.
#[derive(Clone)]
pub(crate) struct Held {
    /// The file's name.
    pub name: String,
    /// Its content; a sample has none, the worker has it.
    pub file: Option<Blob>,
    /// It is the sample of this side.
    pub sample: Option<Slot>,
}

/// A question without an answer.
struct Waiting {
    opening: Option<SnapId>,
    then: Then,
}

impl PartialEq for Engine {
    fn eq(&self, other: &Engine) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Engine {
    /// Starts the worker. `hear` gets its news.
    pub(crate) fn start(hear: impl Fn(News) + 'static) -> Result<Engine, String> {
        let inner = Rc::new(Inner {
            worker: RefCell::default(),
            ready: Cell::new(false),
            early: RefCell::default(),
            waiting: RefCell::default(),
            asked: Cell::new(0),
            files: RefCell::default(),
            next: Cell::new(0),
            staged: Cell::new(false),
            hear: Box::new(hear),
        });
        inner.start()?;
        Ok(Engine(inner))
    }

    /// Asks, with files beside the question.
    pub(crate) fn ask(
        &self,
        request: &Request,
        files: &[Blob],
        then: impl FnOnce(Response) + 'static,
    ) {
        let number = self.0.asked.get() + 1;
        self.0.asked.set(number);
        let files = files.iter().collect::<Array>();
        let message = match to_js(request) {
            Ok(body) => envelope(&number.to_string(), &body, &files),
            Err(message) => return then(Response::Nothing(message)),
        };
        let opening = match &request.ask {
            Ask::Shelf(ShelfAsk::Open { id, .. }) => Some(*id),
            _ => None,
        };
        self.0.waiting.borrow_mut().insert(number, Waiting { opening, then: Box::new(then) });
        if self.0.ready.get() {
            self.0.post(&message);
        } else {
            self.0.early.borrow_mut().push(message);
        }
    }

    /// A number for a snapshot, which no other has or had.
    pub(crate) fn number(&self) -> SnapId {
        let id = SnapId(self.0.next.get());
        self.0.next.set(id.0 + 1);
        id
    }

    /// Keeps what a snapshot is opened from, for as long as the snapshot is open.
    pub(crate) fn hold(&self, id: SnapId, held: Held) {
        self.0.next.set(self.0.next.get().max(id.0 + 1));
        self.0.files.borrow_mut().insert(id, held);
    }

    /// What all snapshots were opened from, in the order of their numbers.
    pub(crate) fn held(&self) -> Vec<(SnapId, Held)> {
        self.0.files.borrow().iter().map(|(id, held)| (*id, held.clone())).collect()
    }

    /// Lets the files go of all snapshots but these, and those that are being opened.
    pub(crate) fn retain(&self, open: &BTreeSet<SnapId>) {
        let waiting = self.0.waiting.borrow();
        let opening = |id| waiting.values().any(|waiting| waiting.opening == Some(id));
        self.0.files.borrow_mut().retain(|id, _| open.contains(id) || opening(*id));
    }

    /// Ends what the worker is doing, whatever it is.
    pub(crate) fn cancel(&self) {
        self.0.stop(None);
    }
}

impl Inner {
    fn start(self: &Rc<Self>) -> Result<(), String> {
        let worker = start_worker().map_err(|error| describe(&error))?;
        let listen = |kind: &'static str, take: fn(&Rc<Inner>, &Event)| {
            let weak = Rc::downgrade(self);
            EventListener::new(&worker, kind, move |event| {
                if let Some(inner) = weak.upgrade() {
                    take(&inner, event);
                }
            })
        };
        let listeners = [
            listen("message", |inner, event| {
                if let Some(event) = event.dyn_ref::<MessageEvent>() {
                    inner.receive(&event.data());
                }
            }),
            listen("error", |inner, event| {
                let message = Reflect::get(event, &"message".into()).ok();
                let message = message.and_then(|message| message.as_string());
                inner.fail(message.unwrap_or_else(|| "The worker has stopped.".to_owned()));
            }),
        ];
        self.worker.replace(Some((worker, listeners)));
        Ok(())
    }

    /// Takes a message of the worker.
    fn receive(self: &Rc<Self>, data: &JsValue) {
        // What is no list is of the script that starts the worker.
        let Some(parts) = data.dyn_ref::<Array>() else { return };
        let number = parts.get(0).as_string().unwrap_or_default();
        match number.as_str() {
            READY => {
                self.ready.set(true);
                for message in self.early.take() {
                    self.post(&message);
                }
            }
            FAILED => self.fail(parts.get(1).as_string().unwrap_or_default()),
            STAGE => {
                if let Ok(stage) = from_js(parts.get(1)) {
                    self.staged.set(true);
                    (self.hear)(News::Stage(Some(stage)));
                }
            }
            number => match from_js(parts.get(1)) {
                Ok(response) => self.answer(number, response),
                Err(message) => self.fail(message),
            },
        }
    }

    fn answer(&self, number: &str, response: Response) {
        let found = number.parse().ok();
        let found = found.and_then(|number: u32| self.waiting.borrow_mut().remove(&number));
        let Some(Waiting { opening, then }) = found else { return };
        let opened = matches!(response, Response::Shelf(ShelfAnswer::Opened(_)));
        if let Some(id) = opening.filter(|_| !opened) {
            self.files.borrow_mut().remove(&id);
        }
        then(response);
        if self.waiting.borrow().is_empty() && self.staged.replace(false) {
            (self.hear)(News::Stage(None));
        }
    }

    /// The worker has failed. One that never listened would fail again.
    fn fail(self: &Rc<Self>, message: String) {
        if self.ready.get() {
            self.stop(Some(message));
        } else {
            self.worker.take();
            (self.hear)(News::Dead(message));
        }
    }

    /// Ends the worker and starts another one. Nobody gets an answer any more: what is on the screen
    /// stays there. The first question was the one that was worked on.
    fn stop(self: &Rc<Self>, failure: Option<String>) {
        if let Some((worker, listeners)) = self.worker.take() {
            worker.terminate();
            drop(listeners);
        }
        self.ready.set(false);
        self.staged.set(false);
        self.early.take();
        let waiting = self.waiting.take();
        let first = waiting.values().next();
        let at = match first.map(|first| first.opening) {
            None => At::Rest,
            Some(None) => At::Question,
            Some(Some(id)) => {
                let name = self.files.borrow_mut().remove(&id).map(|held| held.name);
                At::Opening(name.unwrap_or_default())
            }
        };
        if failure.is_none() {
            // What waits to be opened is not wanted any more either.
            let mut files = self.files.borrow_mut();
            for id in waiting.values().filter_map(|waiting| waiting.opening) {
                files.remove(&id);
            }
        }
        let started = self.start();
        for Waiting { then, .. } in waiting.into_values() {
            then(Response::Superseded);
        }
        (self.hear)(match started {
            Ok(()) => News::Stopped(Stopped { failure, at }),
            Err(message) => News::Dead(message),
        });
    }

    fn post(&self, message: &JsValue) {
        if let Some((worker, _)) = &*self.worker.borrow() {
            // A message of plain data and blobs can always be cloned.
            let _ = worker.post_message(message);
        }
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
