//! The tree: rows by the window, one that has the focus, the keyboard.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use pgparity_core::model::Id;
use yew::prelude::*;

use super::nothing::Nothing;
use super::review::use_review;
use super::row::TreeRow;
use crate::browser::early;
use crate::model::list::Window;
use crate::protocol::{CompareAnswer, CompareAsk, Danger, Response, Row, Rows, Stop};
use crate::state::{
    Command, CompareAction, Move, PanesAction, SelectionAction, TypeAhead, tree_move,
};
use crate::view::dom::focus;
use crate::view::keyboard::use_commands;
use crate::view::parts::list::{
    use_focus_keeper, use_geometry, use_list, use_sight, use_window_size,
};
use crate::view::store::{Store, StoreProps, use_answer};

/// While somebody reads the detail or types, rows do not take the focus.
const ELSEWHERE: &str = "[data-pane=detail], [data-pane=around], input, textarea, select";
/// Rows stand still when they have not changed for so long, in milliseconds.
const STILL: u32 = 150;

/// The tree.
#[component]
pub(super) fn Tree(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let list = use_list();
    let wanted = use_state(|| None::<usize>);
    let pending = use_mut_ref(|| None::<Rc<Option<Rows>>>);
    let kept = use_state_eq(|| None::<Row>);
    let Window { start, len } = list.window();
    let answer = use_answer(
        &store,
        Some(CompareAsk::Rows {
            query: store
                .app
                .compare
                .tree_query(store.app.selection.cursor.clone(), &store.app.review.viewed),
            start,
            len,
        }),
    );
    let rows = use_memo(answer, |answer| match answer.as_deref() {
        Some(Response::Compare(CompareAnswer::Rows(rows))) => Some(rows.clone()),
        _ => None,
    });
    let loaded = rows.as_ref().as_ref();
    let dangers = use_dangers(&store, loaded);
    let extent = loaded.map(|rows| (rows.total, rows.start));
    let list = list.with_rows(extent);
    let virtual_list = list.is_long();
    use_geometry(&list, extent);
    // A search, a filter or a fold changes what is above the current row.
    let found = loaded.and_then(|rows| rows.found);
    use_sight(&list, found, loaded.map(|rows| (rows.total, rows.matching)));
    use_window_size(&list);
    let keep = use_focus_keeper(&list, rows.clone());
    {
        // A row that was out of the window is taken as soon as it is there.
        let (store, wanted, pending, kept) =
            (store.clone(), wanted.clone(), pending.clone(), kept.clone());
        let list = list.clone();
        let deps = (rows.clone(), store.app.selection.cursor.clone(), *wanted);
        use_effect_with(deps, move |(answer, cursor, place)| {
            let Some(rows) = answer.as_ref() else { return };
            if let Some(row) = place.and_then(|at| row_at(rows, at)) {
                wanted.set(None);
                store.act(SelectionAction::Cursor(row.key.clone(), row.id.clone()));
            }
            let current = rows.window.iter().find(|row| Some(&row.key) == cursor.as_ref());
            if let Some(current) = current {
                kept.set(Some(current.clone()));
                let asked = pending.borrow().clone();
                if let Some(before) = asked {
                    list.focus_unless(ELSEWHERE);
                    // Rows that are drawn anew may lose the focus: it is given back once more.
                    if !Rc::ptr_eq(&before, answer) {
                        pending.replace(None);
                    }
                }
            }
        });
    }
    let current = current_place(&store, &rows);
    // Where the next key moves from: two keys may come before anything is drawn anew.
    let place = use_mut_ref(|| current);
    place.replace((*wanted).unwrap_or(current));
    let go = {
        let (store, wanted, list) = (store.clone(), wanted.clone(), list.clone());
        let (rows, pending, place) = (rows.clone(), pending.clone(), place.clone());
        Callback::from(move |at: usize| {
            place.replace(at);
            pending.replace(Some(rows.clone()));
            if let Some(row) = rows.as_ref().as_ref().and_then(|rows| row_at(rows, at)) {
                store.act(SelectionAction::Cursor(row.key.clone(), row.id.clone()));
            } else {
                wanted.set(Some(at));
                list.go(at);
            }
        })
    };
    let visit = {
        let (store, list, rows, pending) =
            (store.clone(), list.clone(), rows.clone(), pending.clone());
        Callback::from(move |stop: Stop| {
            pending.replace(Some(rows.clone()));
            if rows.as_ref().as_ref().and_then(|rows| row_at(rows, stop.place)).is_none() {
                list.go(stop.place);
            }
            store.act(SelectionAction::Cursor(stop.key, Some(stop.id)));
        })
    };
    use_review(&store, &rows, visit);
    // Whoever goes into a detail that was shut gets there once it is drawn.
    let enters = use_mut_ref(|| false);
    {
        let enters = enters.clone();
        use_effect_with(store.app.panes.reading, move |_| {
            if enters.replace(false) {
                focus("#detail-title");
            }
        });
    }
    let ahead = {
        let (store, place, go) = (store.clone(), place.clone(), go.clone());
        let letters = use_mut_ref(TypeAhead::default);
        move |event: &KeyboardEvent| {
            let typed = letters.borrow().after(&event.key(), *place.borrow(), event.time_stamp());
            let Some(typed) = typed else { return };
            let (text, from) = (typed.text.clone(), typed.from);
            letters.replace(typed);
            let query = store.app.compare.tree_query(None, &store.app.review.viewed);
            let go = go.clone();
            let request = store.request(CompareAsk::Ahead { query, text, from });
            store.engine.ask(&request, &[], move |response| {
                if let Response::Compare(CompareAnswer::Ahead(Some(at))) = response {
                    go.emit(at);
                }
            });
        }
    };
    let press = {
        let (store, rows, go) = (store.clone(), rows.clone(), go.clone());
        Callback::from(move |key: String| -> () {
            let answer = rows.clone();
            let Some(rows) = rows.as_ref() else { return };
            let current = *place.borrow();
            match tree_move(&key, rows, current) {
                Some(Move::To(at)) => go.emit(at),
                Some(Move::Flip) => {
                    if let Some(row) = row_at(rows, current) {
                        pending.replace(Some(answer.clone()));
                        store.act(SelectionAction::Cursor(row.key.clone(), None));
                        store.act(CompareAction::Flip(row.key.clone()));
                    }
                }
                Some(Move::Open(keys)) => {
                    pending.replace(Some(answer.clone()));
                    for key in keys {
                        store.act(CompareAction::Flip(key));
                    }
                }
                Some(Move::Enter) => {
                    enters.replace(true);
                    store.act(PanesAction::Read(true));
                    focus("#detail-title");
                }
                None => {}
            }
        })
    };
    let everywhere = press.clone();
    use_commands(move |command| {
        match command {
            Command::NextRow => everywhere.emit("j".to_owned()),
            Command::PreviousRow => everywhere.emit("k".to_owned()),
            _ => return false,
        }
        true
    });
    use_effect_with(loaded.is_some(), |loaded| {
        if *loaded {
            early::keys();
        }
    });
    let letters = !store.app.panes.single_keys;
    let onkeydown = move |event: KeyboardEvent| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        let handled =
            ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "Enter", " ", "*"];
        if plain && handled.contains(&event.key().as_str()) {
            event.prevent_default();
            press.emit(event.key());
        } else if plain && letters {
            ahead(&event);
        }
    };
    let onscroll = {
        let list = list.clone();
        move |_: Event| list.scrolled()
    };
    // The same callbacks with every drawing: rows that have not changed are not drawn anew.
    let on_flip = use_callback(store.app.dispatcher(), |row: Row, app| {
        app.dispatch(CompareAction::Flip(row.key).into());
    });
    let on_pick = use_callback(store.app.dispatcher(), |row: Row, app| {
        let group = row.id.is_none();
        app.dispatch(SelectionAction::Cursor(row.key.clone(), row.id).into());
        app.dispatch(if group {
            CompareAction::Flip(row.key).into()
        } else {
            PanesAction::Read(true).into()
        });
    });
    let draw = |row: &Row, current: bool, kept: bool| {
        let selected = row.id.is_some() && row.id == store.app.selection.object;
        html! {
            <TreeRow key={row.key.clone()} row={row.clone()} danger={danger_of(dangers.as_deref(), row)} {selected} {current} {kept}
                on_pick={on_pick.clone()} on_flip={on_flip.clone()} />
        }
    };
    let Some(rows) = rows.as_ref() else {
        return html! { <div class="tree" aria-busy="true"></div> };
    };
    if let Some(problem) = &rows.problem {
        return html! {
            <p class="empty" role="alert" id="search-problem" data-testid="search-problem">
                {"The regular expression between the slashes cannot be used: "}{ problem }</p>
        };
    }
    if rows.total == 0 {
        return html! { <Nothing store={store.clone()} objects={rows.objects} /> };
    }
    let kept = kept.as_ref().filter(|row| {
        virtual_list && rows.found.is_some() && {
            Some(&row.key) == store.app.selection.cursor.as_ref()
                && !rows.window.iter().any(|r| r.key == row.key)
        }
    });
    let shown = rows.window.iter().take(list.drawn()).enumerate();
    let shown =
        shown.map(|(at, row)| draw(row, kept.is_none() && at + rows.start == current, false));
    let drawn: Vec<Html> = kept.iter().map(|row| draw(row, true, true)).chain(shown).collect();
    html! {
        <>
            if rows.loose {
                <p class="shown muted" data-testid="loose">{"No name contains that; these have its letters in their order."}</p>
            }
            <div class={classes!("tree", virtual_list.then_some("virtual"))} role="tree" aria-label="Objects"
                ref={list.node.clone()} {onkeydown} {onscroll} onfocusin={keep.0} onfocusout={keep.1} data-testid="tree" data-rows={rows.total.to_string()}>
                <div class="spacer" role="presentation">
                    <div class="window" role="presentation">
                        { for drawn }
                    </div>
                </div>
            </div>
            <p class="shown muted" role="status" data-testid="tree-shown">{ rows.matching }{" of "}{ rows.objects }{" objects shown"}</p>
        </>
    }
}

/// How dangerous the plan is for the rows of the window. It is asked once those have stood still for a
/// while: neither the first rows nor those that scroll past wait for the plan.
#[hook]
fn use_dangers(store: &Store, rows: Option<&Rows>) -> Option<Rc<Response>> {
    let ids = rows.map(|rows| rows.window.iter().filter_map(|row| row.id.clone()).collect());
    let still = use_state_eq(|| None::<Vec<Id>>);
    let setter = still.setter();
    use_effect_with(ids, move |ids: &Option<Vec<Id>>| {
        let ids = ids.clone();
        let timeout = Timeout::new(STILL, move || setter.set(ids));
        move || drop(timeout)
    });
    use_answer(store, (*still).clone().map(|ids| CompareAsk::Dangers { ids }))
}

fn danger_of(dangers: Option<&Response>, row: &Row) -> Danger {
    match (dangers, &row.id) {
        (Some(Response::Compare(CompareAnswer::Dangers(found))), Some(id)) => {
            found.get(id).copied().unwrap_or_default()
        }
        _ => Danger::default(),
    }
}

/// The number of the row that has, or would get, the focus.
fn current_place(store: &Store, rows: &Rc<Option<Rows>>) -> usize {
    let Some(rows) = rows.as_ref() else { return 0 };
    let loaded =
        rows.window.iter().position(|row| Some(&row.key) == store.app.selection.cursor.as_ref());
    loaded.map(|at| at + rows.start).or(rows.found).unwrap_or(rows.start)
}

fn row_at(rows: &Rows, at: usize) -> Option<&Row> {
    rows.window.get(at.checked_sub(rows.start)?)
}
