//! The tree: rows by the window, one that has the focus, the keyboard.

use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::row::TreeRow;
use crate::protocol::{Ask, Response, Row, Rows};
use crate::state::{Action, Command, FilterAction, Move, tree_move};
use crate::view::dom::{focus, focus_in_place, has_focus, reveal, use_commands};
use crate::view::store::{Store, StoreProps, use_answer};

/// The height of a row, as the style sheet has it.
const ROW: f64 = 28.0;
/// Up to so many rows all are rendered, so that the browser's own search finds them.
const ALL: usize = 2000;
/// How many rows a window has beyond that.
const WINDOW: usize = 80;
/// The row that takes the focus when the tree gets it.
const CURRENT: &str = "[tabindex='0']";
/// Rows of the window above the visible part.
const ABOVE: usize = 20;

/// The tree.
#[component]
pub(super) fn Tree(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let node = use_node_ref();
    let window = use_state(|| (0_usize, ALL));
    let wanted = use_state(|| None::<usize>);
    let pending = use_mut_ref(|| None::<Rc<Option<Rows>>>);
    let kept = use_state(|| None::<Row>);
    let (start, len) = *window;
    let answer = use_answer(&store, Some(Ask::Rows { query: store.app.tree_query(), start, len }));
    let rows = use_memo(answer, |answer| match answer.as_deref() {
        Some(Response::Rows(rows)) => Some(rows.clone()),
        _ => None,
    });
    let virtual_list = rows.as_ref().as_ref().is_some_and(|rows| rows.total > ALL);
    use_geometry(&node, rows.clone());
    use_sight(&node, &rows);
    use_window_size(&window, virtual_list);
    let keep = use_focus_keeper(&node, rows.clone());
    {
        // A row that was out of the window is taken as soon as it is there.
        let (store, wanted, pending, kept) =
            (store.clone(), wanted.clone(), pending.clone(), kept.clone());
        let node = node.clone();
        let deps = (rows.clone(), store.app.cursor.clone(), *wanted);
        use_effect_with(deps, move |(answer, cursor, place)| {
            let Some(rows) = answer.as_ref() else { return };
            if let Some(row) = place.and_then(|at| row_at(rows, at)) {
                wanted.set(None);
                store.act(Action::Cursor(row.key.clone(), row.id.clone()));
            }
            let current = rows.window.iter().find(|row| Some(&row.key) == cursor.as_ref());
            if let Some(current) = current {
                kept.set(Some(current.clone()));
                let asked = pending.borrow().clone();
                if let Some(before) = asked {
                    focus_current(&node);
                    // Rows that are drawn anew may lose the focus: it is given back once more.
                    if !Rc::ptr_eq(&before, answer) {
                        pending.replace(None);
                    }
                }
            }
        });
    }
    let go = {
        let (store, window, wanted, node) =
            (store.clone(), window.clone(), wanted.clone(), node.clone());
        let (rows, pending) = (rows.clone(), pending.clone());
        Callback::from(move |at: usize| {
            pending.replace(Some(rows.clone()));
            if let Some(row) = rows.as_ref().as_ref().and_then(|rows| row_at(rows, at)) {
                store.act(Action::Cursor(row.key.clone(), row.id.clone()));
            } else {
                wanted.set(Some(at));
                window.set((at.saturating_sub(ABOVE), WINDOW));
                scroll_to(&node, at);
            }
        })
    };
    let current = current_place(&store, &rows);
    let press = {
        let (store, rows, go) = (store.clone(), rows.clone(), go.clone());
        Callback::from(move |key: String| -> () {
            let answer = rows.clone();
            let Some(rows) = rows.as_ref() else { return };
            match tree_move(&key, rows, current) {
                Some(Move::To(at)) => go.emit(at),
                Some(Move::Flip) => {
                    if let Some(row) = row_at(rows, current) {
                        pending.replace(Some(answer.clone()));
                        store.act(Action::Cursor(row.key.clone(), None));
                        store.act(Action::Flip(row.key.clone()));
                    }
                }
                Some(Move::Enter) => {
                    store.act(Action::Read(true));
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
    let onkeydown = move |event: KeyboardEvent| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        let handled =
            ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "Enter", " "];
        if plain && handled.contains(&event.key().as_str()) {
            event.prevent_default();
            press.emit(event.key());
        }
    };
    let onscroll = {
        let (node, window) = (node.clone(), window.clone());
        move |_: Event| {
            let Some(element) = node.cast::<Element>() else { return };
            let first = row_number(f64::from(element.scroll_top()));
            let start = first.saturating_sub(ABOVE);
            if virtual_list && start.abs_diff(window.0) >= ABOVE / 2 {
                window.set((start, WINDOW));
            }
        }
    };
    let on_flip = store.on(|row: Row| Action::Flip(row.key));
    let on_pick = {
        let store = store.clone();
        Callback::from(move |row: Row| {
            let group = row.id.is_none();
            store.act(Action::Cursor(row.key.clone(), row.id));
            store.act(if group { Action::Flip(row.key) } else { Action::Read(true) });
        })
    };
    let draw = |row: &Row, current: bool, kept: bool| {
        let selected = row.id.is_some() && row.id == store.app.selected;
        html! {
            <TreeRow key={row.key.clone()} row={row.clone()} {selected} {current} {kept}
                on_pick={on_pick.clone()} on_flip={on_flip.clone()} />
        }
    };
    let Some(rows) = rows.as_ref() else {
        return html! { <div class="tree" aria-busy="true"></div> };
    };
    if rows.total == 0 {
        return html! { <Nothing store={store.clone()} objects={rows.objects} /> };
    }
    let kept = kept.as_ref().filter(|row| {
        virtual_list && rows.found.is_some() && {
            Some(&row.key) == store.app.cursor.as_ref()
                && !rows.window.iter().any(|r| r.key == row.key)
        }
    });
    let shown = rows.window.iter().enumerate();
    let shown =
        shown.map(|(at, row)| draw(row, kept.is_none() && at + rows.start == current, false));
    let drawn: Vec<Html> = kept.iter().map(|row| draw(row, true, true)).chain(shown).collect();
    html! {
        <>
            <div class={classes!("tree", virtual_list.then_some("virtual"))} role="tree" aria-label="Objects"
                ref={node} {onkeydown} {onscroll} onfocusin={keep.0} onfocusout={keep.1} data-testid="tree" data-rows={rows.total.to_string()}>
                <div class="spacer" role="presentation">
                    <div class="window" role="presentation">
                        { for drawn }
                    </div>
                </div>
            </div>
            <p class="shown muted">{ rows.matching }{" of "}{ rows.objects }{" objects shown"}</p>
        </>
    }
}

/// Renders all rows of a short list, and a window of a long one.
#[hook]
fn use_window_size(window: &UseStateHandle<(usize, usize)>, virtual_list: bool) {
    let setter = window.setter();
    use_effect_with(virtual_list, move |virtual_list| {
        setter.set((0, if *virtual_list { WINDOW } else { ALL }));
    });
}

/// Gives the focus back to the current row when drawing took it: a row that leaves the window is
/// drawn anew. The callbacks tell when the tree gets and loses the focus.
#[hook]
fn use_focus_keeper(
    node: &NodeRef,
    rows: Rc<Option<Rows>>,
) -> (Callback<FocusEvent>, Callback<FocusEvent>) {
    let had = use_mut_ref(|| false);
    let (node, before) = (node.clone(), had.clone());
    use_effect_with(rows, move |_| {
        let row =
            node.cast::<Element>().and_then(|tree| tree.query_selector(CURRENT).ok().flatten());
        if let Some(row) = row.filter(|_| *before.borrow() && !has_focus("[role=tree]")) {
            focus_in_place(&row);
        }
    });
    let (got, lost) = (had.clone(), had);
    (
        Callback::from(move |_| {
            got.replace(true);
        }),
        // Without a next element the focus was not moved: the row that had it is gone.
        Callback::from(move |event: FocusEvent| {
            if event.related_target().is_some() {
                lost.replace(false);
            }
        }),
    )
}

/// The number of the row that has, or would get, the focus.
fn current_place(store: &Store, rows: &Rc<Option<Rows>>) -> usize {
    let Some(rows) = rows.as_ref() else { return 0 };
    let loaded = rows.window.iter().position(|row| Some(&row.key) == store.app.cursor.as_ref());
    loaded.map(|at| at + rows.start).or(rows.found).unwrap_or(rows.start)
}

fn row_at(rows: &Rows, at: usize) -> Option<&Row> {
    rows.window.get(at.checked_sub(rows.start)?)
}

/// Gives the focus to the current row, unless somebody reads the detail or types.
fn focus_current(node: &NodeRef) {
    if has_focus("[data-pane=detail], input, textarea, select") {
        return;
    }
    let current =
        node.cast::<Element>().and_then(|tree| tree.query_selector(CURRENT).ok().flatten());
    if let Some(row) = current {
        reveal(&row);
        focus("[role=tree] [tabindex='0']");
    }
}

fn scroll_to(node: &NodeRef, at: usize) {
    if let Some(element) = node.cast::<Element>() {
        let top = pixels(at) - f64::from(element.client_height()) / 2.0;
        element.set_scroll_top(whole(top.max(0.0)));
    }
}

/// Keeps the current row in sight when a search, a filter or a fold changes what is above it.
#[hook]
fn use_sight(node: &NodeRef, rows: &Rc<Option<Rows>>) {
    let (node, rows) = (node.clone(), rows.clone());
    let size = rows.as_ref().as_ref().map(|rows| (rows.total, rows.matching));
    use_effect_with(size, move |_| {
        let found = rows.as_ref().as_ref().and_then(|rows| rows.found);
        let (Some(at), Some(tree)) = (found, node.cast::<Element>()) else { return };
        let (top, height) = (f64::from(tree.scroll_top()), f64::from(tree.client_height()));
        if pixels(at) < top || pixels(at + 1) > top + height {
            scroll_to(&node, at);
        }
    });
}

/// Gives the list its full height, and puts the window at its place in it.
#[hook]
fn use_geometry(node: &NodeRef, rows: Rc<Option<Rows>>) {
    let node = node.clone();
    use_effect_with(rows, move |rows| {
        let (Some(rows), Some(tree)) = (rows.as_ref(), node.cast::<Element>()) else { return };
        let set = |selector: &str, property: &str, value: String| {
            let found = tree.query_selector(selector).ok().flatten();
            if let Some(element) =
                found.and_then(|e| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(e).ok())
            {
                // A length is a valid value for either property.
                drop(element.style().set_property(property, &value));
            }
        };
        set(".spacer", "--rows", rows.total.to_string());
        set(".window", "--first", rows.start.to_string());
    });
}

#[expect(clippy::cast_precision_loss, reason = "a list has less than 2^52 rows")]
fn pixels(rows: usize) -> f64 {
    rows as f64 * ROW
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "scroll positions are small and not negative"
)]
fn row_number(pixels: f64) -> usize {
    (pixels.max(0.0) / ROW) as usize
}

#[expect(clippy::cast_possible_truncation, reason = "scroll positions fit")]
fn whole(pixels: f64) -> i32 {
    pixels as i32
}

/// The properties of [`Nothing`].
#[derive(PartialEq, Properties)]
struct NothingProps {
    store: Store,
    objects: usize,
}

/// What stands instead of rows.
#[component]
fn Nothing(props: &NothingProps) -> Html {
    let store = &props.store;
    let equal = store.overview.as_ref().is_some_and(|overview| overview.counts.differing() == 0);
    if equal && store.app.filter.is_default() {
        return html! {
            <div class="empty" data-testid="no-differences">
                <p><b>{"No differences."}</b></p>
                <p>{ props.objects }{" objects were compared, attribute by attribute, and are equal."}</p>
            </div>
        };
    }
    html! {
        <div class="empty" data-testid="no-match">
            <p>{"None of the "}{ props.objects }{" objects passes the filters."}</p>
            <button onclick={store.on(|_: MouseEvent| Action::Filter(FilterAction::Reset))}>
                {"Reset all filters"}
            </button>
        </div>
    }
}
