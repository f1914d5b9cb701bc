//! The session: it comes back after a reload, and is saved with every change.

use std::collections::BTreeSet;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::opening::Opening;
use super::store::Store;
use super::stored;
use crate::browser::{embedded, session};
use crate::protocol::{Lay, Refusal, ShelfAsk, SnapId};
use crate::state::{App, Saved, SessionAction, ShelfAction, Tour, from_fragment, to_fragment};
use crate::worker::Held;

/// The session that was saved, and the state to begin with: what the address says goes before.
pub(super) fn first(address: &str) -> (App, Option<Saved>) {
    let saved = session::state().and_then(|text| Saved::read(&text));
    let fragment = match &saved {
        Some(saved) if address.trim_start_matches(['#', '/']).is_empty() => &saved.fragment,
        _ => address,
    };
    let mut app = App::at(from_fragment(fragment), stored::theme(), stored::single_keys());
    app.tour.put(Tour::known(stored::tour()));
    if let Some(saved) = &saved {
        saved.restore(&mut app);
    }
    (app, saved)
}

/// Opens the snapshots of the session that was saved, and saves it from then on. Returns whether all of
/// it is there.
#[hook]
pub(super) fn use_session(store: &Store, saved: Option<Saved>) -> bool {
    let report = embedded::title().is_some();
    let there = use_state(|| false);
    {
        let (store, there) = (store.clone(), there.setter());
        use_effect_with((), move |()| {
            spawn_local(async move {
                if session::kept().await {
                    store.act(SessionAction::Kept);
                }
                match saved {
                    Some(saved) if !report && !saved.snapshots.is_empty() => {
                        reopen(&store, &saved, move || there.set(true)).await;
                    }
                    _ => there.set(true),
                }
            });
        });
    }
    let ids: BTreeSet<SnapId> = store.app.shelf.sides.shelf.iter().map(|one| one.id).collect();
    let fragment = to_fragment(&store.app.route());
    let looked = (store.app.review.clone(), store.app.explore.clone());
    let parts = (*there, fragment, looked, store.app.shelf.clone());
    let (app, stored) = (store.app.clone(), use_mut_ref(BTreeSet::new));
    use_effect_with(parts, move |(there, fragment, _, _)| {
        if *there {
            let gone: Vec<SnapId> = stored.replace(ids.clone()).difference(&ids).copied().collect();
            let saved = Saved::of(&app, fragment, report).and_then(Saved::write);
            let app = app.dispatcher();
            spawn_local(async move {
                let mut done = session::save(saved).await;
                for id in gone {
                    done = done.and(session::remove(id).await);
                }
                if let Err(why) = done {
                    app.dispatch(SessionAction::Refused(why).into());
                }
            });
        }
    });
    *there
}

async fn reopen(store: &Store, saved: &Saved, done: impl FnOnce() + 'static) {
    store.act(ShelfAction::Busy("Opening the session again…".to_owned()));
    let mut all = Vec::new();
    for snapshot in &saved.snapshots {
        let file = match snapshot.sample {
            Some(_) => Ok(None),
            None => session::get(snapshot.id).await.and_then(|file| {
                file.map(Some).ok_or_else(|| "It is not held in this browser any more.".to_owned())
            }),
        };
        match file {
            Ok(file) => all.push(Opening {
                id: Some(snapshot.id),
                lay: Lay::Nowhere,
                held: Held { name: snapshot.name.clone(), file, sample: snapshot.sample },
            }),
            Err(problem) => store.act(ShelfAction::Refused(Refusal {
                file: snapshot.name.clone(),
                problem,
                fix: "Open the same file again to go on.".to_owned(),
            })),
        }
    }
    store.open_again(all, saved.arrange(), done);
}

/// Opens everything again when the worker was started anew.
#[hook]
pub(super) fn use_recovery(store: &Store) {
    let store = store.clone();
    use_effect_with(store.app.jobs.starts, move |starts| {
        if *starts == 0 {
            return;
        }
        let held = store.engine.held();
        let sides = &store.app.shelf.sides;
        // Files that were never laid anywhere find their sides as they would have.
        let free = sides.from_id.or(sides.to_id).is_none();
        let lay = if free { Lay::Free } else { Lay::Nowhere };
        let all = held.into_iter().map(|(id, held)| Opening { id: Some(id), lay, held }).collect();
        let then = if free {
            ShelfAsk::Who
        } else {
            ShelfAsk::Arrange { from: sides.from_id, to: sides.to_id, guessed: sides.guessed }
        };
        store.open_again(all, then, || {});
    });
}

/// Lets the session outlive the tab.
pub(super) fn keep(store: &Store) {
    let app = &store.app;
    let ids: Vec<SnapId> = app.shelf.sides.shelf.iter().map(|one| one.id).collect();
    let report = embedded::title().is_some();
    let saved = Saved::of(app, &to_fragment(&app.route()), report).and_then(Saved::write);
    let app = app.dispatcher();
    spawn_local(async move {
        let kept = session::keep(saved, &ids).await;
        app.dispatch(match kept {
            Ok(()) => SessionAction::Kept.into(),
            Err(why) => SessionAction::Refused(why).into(),
        });
    });
}
