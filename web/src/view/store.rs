//! What every component gets: the state, the worker, and the answer that all of them share.

use std::cell::Cell;
use std::rc::Rc;

use yew::prelude::*;

use crate::protocol::{Ask, Overview, Request, Response, ShelfAsk};
use crate::state::{Action, App, Decision, Place, ShelfAction};
use crate::worker::Engine;

/// State, worker and overview.
#[derive(Clone, PartialEq)]
pub(crate) struct Store {
    /// The state of the page.
    pub app: UseReducerHandle<App>,
    /// The worker.
    pub engine: Engine,
    /// What stands around the tree; `None` until it is there.
    pub overview: Option<Rc<Overview>>,
}

/// The properties of a component that needs nothing else.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct StoreProps {
    /// State, worker and overview.
    pub store: Store,
}

impl Store {
    /// Changes the state.
    pub(crate) fn act(&self, action: impl Into<Action>) {
        self.app.dispatch(action.into());
    }

    /// A callback that changes the state.
    pub(crate) fn on<E: 'static, A: Into<Action>>(
        &self,
        action: impl Fn(E) -> A + 'static,
    ) -> Callback<E> {
        let app = self.app.dispatcher();
        Callback::from(move |event| app.dispatch(action(event).into()))
    }

    /// A callback that makes a decision.
    pub(crate) fn decide<E: 'static>(
        &self,
        decision: impl Fn(E) -> Decision + 'static,
    ) -> Callback<E> {
        self.on(decision)
    }

    /// The address of a place, with filters, selection and decisions.
    pub(crate) fn address(&self, place: Place) -> String {
        let mut route = self.app.route();
        route.place = place;
        crate::state::to_fragment(&route)
    }

    /// Asks the worker for another state of the sides.
    pub(crate) fn command(&self, ask: ShelfAsk, busy: String) {
        self.act(ShelfAction::Busy(busy));
        self.open(Vec::new(), ask);
    }

    /// A question under today's decisions.
    pub(crate) fn request(&self, ask: impl Into<Ask>) -> Request {
        Request { settings: (*self.app.settings).clone(), ask: ask.into() }
    }
}

/// The worker's answer to a question, asked again whenever the question, the decisions or the
/// sides change. Until the new answer is there, the old one stays, and so it does while the worker is
/// halted.
#[hook]
pub(crate) fn use_answer(store: &Store, ask: Option<impl Into<Ask>>) -> Option<Rc<Response>> {
    let answer = use_state(|| None);
    let request = ask.map(|ask| store.request(ask));
    let (engine, setter) = (store.engine.clone(), answer.setter());
    let halted = store.app.jobs.halted.is_some();
    use_effect_with((request, store.app.shelf.revision, halted), move |(request, _, halted)| {
        let wanted = Rc::new(Cell::new(true));
        match request {
            // What stopped the worker, or took too long, is not asked again by itself.
            _ if *halted => {}
            None => setter.set(None),
            Some(request) => {
                let wanted = wanted.clone();
                engine.ask(request, &[], move |response| {
                    if wanted.get() && response != Response::Superseded {
                        setter.set(Some(Rc::new(response)));
                    }
                });
            }
        }
        move || wanted.set(false)
    });
    (*answer).clone()
}
