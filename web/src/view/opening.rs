//! Opening snapshots: one after the other, and then who is on which side.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use super::store::Store;
use crate::browser::{embedded, session};
use crate::protocol::{Lay, Refusal, Response, ShelfAnswer, ShelfAsk, Sides, Slot, SnapId};
use crate::state::{JobsAction, SessionAction, ShelfAction};
use crate::worker::Held;

/// The names of the two samples.
const SAMPLES: [(Slot, &str); 2] =
    [(Slot::From, "production.json"), (Slot::To, "development.json")];

/// What is to be opened.
pub(crate) struct Opening {
    /// Its number, where it has one already.
    pub id: Option<SnapId>,
    /// Where it goes.
    pub lay: Lay,
    /// What it is opened from.
    pub held: Held,
}

impl Opening {
    /// A file.
    pub(crate) fn file(name: String, file: Blob, lay: Lay) -> Opening {
        Opening { id: None, lay, held: Held { name, file: Some(file), sample: None } }
    }
}

/// What is done with a file that was refused.
type Refused = Rc<dyn Fn(Refusal)>;

impl Store {
    /// Opens snapshots, and then asks who is on which side.
    pub(crate) fn open(&self, all: Vec<Opening>, then: ShelfAsk) {
        self.open_and(all, then, ShelfAction::Sides, &self.told(), |_| {});
    }

    /// Opens snapshots that were open before, and puts them back as they were.
    pub(crate) fn open_again(
        &self,
        all: Vec<Opening>,
        then: ShelfAsk,
        done: impl FnOnce() + 'static,
    ) {
        self.open_and(all, then, ShelfAction::Restored, &self.told(), |_| done());
    }

    /// Opens one snapshot; `done` hears whether it was read.
    pub(crate) fn open_one(
        &self,
        opening: Opening,
        refused: impl Fn(Refusal) + 'static,
        done: impl FnOnce(bool) + 'static,
    ) {
        let refused: Refused = Rc::new(refused);
        self.open_and(vec![opening], ShelfAsk::Who, ShelfAction::Sides, &refused, done);
    }

    /// The list of files that could not be read.
    fn told(&self) -> Refused {
        let app = self.app.dispatcher();
        Rc::new(move |refusal| app.dispatch(ShelfAction::Refused(refusal).into()))
    }

    fn open_and(
        &self,
        all: Vec<Opening>,
        then: ShelfAsk,
        action: fn(Sides) -> ShelfAction,
        refused: &Refused,
        done: impl FnOnce(bool) + 'static,
    ) {
        let count = all.len();
        let read = Rc::new(Cell::new(0));
        let opened = Rc::new(Cell::new(0));
        for Opening { id, lay, held } in all {
            let known = id.is_some();
            let id = id.unwrap_or_else(|| self.engine.number());
            let (name, sample) = (held.name.clone(), held.sample);
            let files: Vec<Blob> = held.file.iter().cloned().collect();
            let new = held.file.clone().filter(|_| !known);
            self.engine.hold(id, held);
            let (app, refused) = (self.app.dispatcher(), refused.clone());
            let (read, opened) = (read.clone(), opened.clone());
            let ask = ShelfAsk::Open { id, lay, name: name.clone(), sample };
            self.engine.ask(&self.request(ask), &files, move |response| {
                let before = read.replace(read.get() + 1);
                // A hundred steps are enough for the eye.
                if read.get() * 100 / count != before * 100 / count {
                    app.dispatch(JobsAction::Batch(read.get(), count).into());
                }
                match response {
                    Response::Shelf(ShelfAnswer::Opened(_)) => {
                        opened.set(opened.get() + 1);
                        if let Some(file) = new {
                            store_file(id, file, move |why| {
                                app.dispatch(SessionAction::Refused(why).into());
                            });
                        }
                    }
                    Response::Shelf(ShelfAnswer::Refused(refusal)) => refused(refusal),
                    Response::Nothing(problem) => {
                        let fix = "Open it again.".to_owned();
                        refused(Refusal { file: name, problem, fix });
                    }
                    _ => {}
                }
            });
        }
        let (app, engine) = (self.app.dispatcher(), self.engine.clone());
        self.engine.ask(&self.request(then), &[], move |response| {
            let changed = count == 0 || opened.get() > 0;
            done(changed);
            match response {
                Response::Shelf(ShelfAnswer::Sides(sides)) if changed => {
                    engine.retain(&sides.shelf.iter().map(|shelved| shelved.id).collect());
                    app.dispatch(action(sides).into());
                }
                _ => app.dispatch(ShelfAction::Rest.into()),
            }
        });
    }

    /// Puts the two samples in the place of everything else.
    pub(crate) fn open_sample(&self) {
        self.command(ShelfAsk::Clear, "Opening the sample…".to_owned());
        let all = SAMPLES.map(|(slot, name)| Opening {
            id: None,
            lay: Lay::On(slot),
            held: Held { name: name.to_owned(), file: None, sample: Some(slot) },
        });
        self.open(all.into(), ShelfAsk::Who);
    }
}

/// Stores a file for a reload; a report has its own in itself.
fn store_file(id: SnapId, file: Blob, refused: impl FnOnce(String) + 'static) {
    if embedded::title().is_some() {
        return;
    }
    spawn_local(async move {
        if let Err(why) = session::put(id, file).await {
            refused(why);
        }
    });
}
