//! The worker's end of the bridge.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use super::unpack::{inflated, read};
use super::{FAILED, Queue, READY, envelope, from_js, to_js};
use crate::engine::{Session, unwoven};
use crate::protocol::{Ask, Refusal, Request, Response, ShelfAnswer, ShelfAsk};

/// The sample snapshots in one.
const SAMPLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/samples.gz"));

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
                match contents(&request, &files).await {
                    Ok(files) => self.session.borrow_mut().handle(&request, &files),
                    Err(refusal) => ShelfAnswer::Refused(refusal).into(),
                }
            };
            self.answer(&number, &response);
        }
        self.busy.set(false);
    }

    fn answer(&self, number: &str, response: &Response) {
        match to_js(response) {
            Ok(body) => post(&self.scope, number, &body),
            Err(message) => post(&self.scope, FAILED, &message.into()),
        }
    }
}

/// The contents of the files that go with a question.
async fn contents(request: &Request, files: &Array) -> Result<Vec<Vec<u8>>, Refusal> {
    let mut read_files = Vec::new();
    let refused = |file: &str, problem: String| Refusal {
        file: file.to_owned(),
        problem,
        fix: "Check the file, or export the snapshot again.".to_owned(),
    };
    match &request.ask {
        Ask::Shelf(ShelfAsk::Open { name, .. }) => {
            for file in files.iter() {
                let blob: Blob = file.unchecked_into();
                read_files.push(read(&blob).await.map_err(|problem| refused(name, problem))?);
            }
        }
        Ask::Shelf(ShelfAsk::Sample) => {
            let woven = inflated(SAMPLES).await.map_err(|problem| refused("sample", problem))?;
            read_files = unwoven(&woven);
        }
        _ => {}
    }
    Ok(read_files)
}

fn post(scope: &DedicatedWorkerGlobalScope, number: &str, body: &JsValue) {
    // Plain data can always be cloned.
    let _ = scope.post_message(&envelope(number, body, &Array::new()));
}
