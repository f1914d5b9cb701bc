//! The worker's end of the bridge.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use super::unpack::{inflated, read};
use super::{FAILED, READY, STAGE, envelope, from_js, to_js};
use crate::engine::{Session, unwoven};
use crate::protocol::{Ask, Refusal, Request, Response, ShelfAnswer, ShelfAsk, Slot, Stage};

/// The sample snapshots in one.
const SAMPLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/samples.gz"));

/// Nobody asks for anything once nobody has for so long, in milliseconds.
const REST: u32 = 150;

/// Progress is told again after so long, in milliseconds.
const EYE: f64 = 80.0;

/// Answers the page's questions, one after the other, for as long as the worker lives.
pub(crate) fn serve(scope: &DedicatedWorkerGlobalScope) {
    let page = scope.clone();
    std::panic::set_hook(Box::new(move |panic| post(&page, FAILED, &panic.to_string().into())));
    let worker = Rc::new(Server {
        scope: scope.clone(),
        session: RefCell::default(),
        queue: RefCell::default(),
        busy: Cell::new(false),
    });
    let listener = EventListener::new(scope, "message", move |event| {
        if let Some(event) = event.dyn_ref::<MessageEvent>() {
            worker.clone().receive(&event.data());
        }
    });
    // The worker listens until the page ends it.
    listener.forget();
    post(scope, READY, &JsValue::NULL);
}

struct Server {
    scope: DedicatedWorkerGlobalScope,
    session: RefCell<Session>,
    queue: RefCell<Queue>,
    busy: Cell<bool>,
}

impl Server {
    fn receive(self: Rc<Self>, data: &JsValue) {
        let parts: &Array = data.unchecked_ref();
        let number = parts.get(0).as_string().unwrap_or_default();
        match from_js::<Request>(parts.get(1)) {
            Ok(request) => {
                let files = parts.get(2).unchecked_into();
                self.queue.borrow_mut().0.push_back((number, request, files));
            }
            Err(message) => return self.answer(&number, &Response::Nothing(message)),
        }
        if !self.busy.replace(true) {
            spawn_local(async move { self.work().await });
        }
    }

    async fn work(&self) {
        loop {
            // Lets the messages in that are already on their way: one of them may make the
            // question superfluous.
            TimeoutFuture::new(0).await;
            let Some((number, request, files, superseded)) = self.queue.borrow_mut().take() else {
                break;
            };
            let response = if superseded {
                Response::Superseded
            } else {
                match content(&self.scope, &request, &files).await {
                    Ok(file) => {
                        let told = &mut teller(&self.scope);
                        self.session.borrow_mut().answer(&request, file, told)
                    }
                    Err(refusal) => ShelfAnswer::Refused(refusal).into(),
                }
            };
            self.answer(&number, &response);
        }
        self.busy.set(false);
        self.prepare().await;
    }

    /// Makes what will be asked for, until somebody asks.
    async fn prepare(&self) {
        loop {
            TimeoutFuture::new(REST).await;
            if self.busy.get() || !self.session.borrow().prepare() {
                break;
            }
        }
    }

    fn answer(&self, number: &str, response: &Response) {
        match to_js(response) {
            Ok(body) => post(&self.scope, number, &body),
            Err(message) => post(&self.scope, FAILED, &message.into()),
        }
    }
}

/// The content of the file that goes with a question.
async fn content(
    scope: &DedicatedWorkerGlobalScope,
    request: &Request,
    files: &Array,
) -> Result<Option<Vec<u8>>, Refusal> {
    let Ask::Shelf(ShelfAsk::Open { name, sample, .. }) = &request.ask else {
        return Ok(None);
    };
    let content = if let Some(side) = sample {
        let sign = if *side == Slot::From { b'-' } else { b'+' };
        inflated(SAMPLES).await.map(|woven| unwoven(&woven, sign))
    } else {
        let blob: Blob = files.get(0).unchecked_into();
        let told = |done, total| {
            tell(scope, &Stage::Reading { name: name.clone(), done, total });
        };
        read(&blob, told).await
    };
    match content {
        Ok(content) => Ok(Some(content)),
        Err(problem) => Err(Refusal {
            file: name.clone(),
            problem,
            fix: "Check the file, or export the snapshot again.".to_owned(),
        }),
    }
}

/// Tells the stages of one question: the first at once, later ones not more often than an eye follows.
fn teller(scope: &DedicatedWorkerGlobalScope) -> impl FnMut(Stage) {
    let mut next = f64::NEG_INFINITY;
    move |stage| {
        let now = js_sys::Date::now();
        if now >= next {
            next = now + EYE;
            tell(scope, &stage);
        }
    }
}

/// Tells what is being done. The page hears of it while the work goes on.
fn tell(scope: &DedicatedWorkerGlobalScope, stage: &Stage) {
    if let Ok(stage) = to_js(stage) {
        post(scope, STAGE, &stage);
    }
}

fn post(scope: &DedicatedWorkerGlobalScope, number: &str, body: &JsValue) {
    // Plain data can always be cloned.
    let _ = scope.post_message(&envelope(number, body, &Array::new()));
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
