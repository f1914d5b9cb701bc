//! The grid: objects by the window, one cell that has the focus, the keyboard.

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::heads::heads;
use super::rows::{object_row, spot_of};
use super::toolbar::{toolbar, windows};
use crate::model::grid::{Size, grid_move};
use crate::model::list::Window;
use crate::model::matrix::{differs, line, object_at, question, rows_shown};
use crate::protocol::{MatrixAnswer, MatrixAsk, MatrixPage, Response, ShelfAsk, Slot, SnapId};
use crate::state::{Action, Command, EnvironmentsAction, HEADS, Place, Spot};
use crate::view::keyboard::use_commands;
use crate::view::parts::list::{
    use_focus_keeper, use_geometry, use_list, use_sight, use_window_size,
};
use crate::view::store::{Store, use_answer};

/// So many rows further with Page Up and Page Down.
const PAGE: usize = 12;
/// While somebody types or chooses, cells do not take the focus.
const ELSEWHERE: &str = "input, select";

/// The properties of [`Grid`].
#[derive(PartialEq, Properties)]
pub(super) struct GridProps {
    /// State, worker and overview.
    pub store: Store,
    /// The search has another text.
    pub searched: Callback<InputEvent>,
}

/// The summary, the bar, the grid, and the line about the cell with the focus.
#[component]
pub(super) fn Grid(props: &GridProps) -> Html {
    let store = props.store.clone();
    let state = store.app.environments.clone();
    let list = use_list();
    let pending = use_mut_ref(|| false);
    let Window { start, len } = list.window();
    // Only a long list can lose the row with the focus.
    let keep = (len < Window::WHOLE.len).then(|| state.spot.row.saturating_sub(HEADS));
    let ask =
        MatrixAsk::Page { query: state.query.clone(), start, len, keep, window: state.window };
    let answer = use_answer(&store, Some(ask));
    let page = use_memo(answer, |answer| match answer.as_deref() {
        Some(Response::Matrix(MatrixAnswer::Page(page))) => Some(page.clone()),
        _ => None,
    });
    let loaded = page.as_ref().as_ref();
    let told = use_answer(&store, loaded.and_then(|page| question(page, state.spot)));
    let extent = loaded.map(|page| (page.total, page.start));
    let list = list.with_rows(extent);
    use_geometry(&list, extent);
    let in_sight = Some(state.spot.row.saturating_sub(HEADS));
    use_sight(&list, in_sight, (loaded.map(|page| page.total), state.query.clone()));
    use_window_size(&list);
    let keeper = use_focus_keeper(&list, page.clone());
    {
        // A cell that was out of the window takes the focus as soon as it is there.
        let (list, pending) = (list.clone(), pending.clone());
        use_effect_with((page.clone(), state.spot), move |(page, spot)| {
            let Some(page) = page.as_ref() else { return };
            let there = spot.row < HEADS || object_at(page, *spot).is_some();
            if there && pending.replace(false) {
                list.focus_unless(ELSEWHERE);
            }
        });
    }
    let size = loaded.map(|page| Size {
        rows: page.total + HEADS,
        columns: page.columns.len() + 1,
        page: PAGE,
    });
    let current = size.map_or(state.spot, |size| size.within(state.spot));
    let go = {
        let (store, list, page, pending) =
            (store.clone(), list.clone(), page.clone(), pending.clone());
        Callback::from(move |spot: Spot| {
            let Some(page) = page.as_ref() else { return };
            pending.replace(true);
            store.act(EnvironmentsAction::Go(spot));
            let in_window = page.rows.iter().any(|row| row.at + HEADS == spot.row);
            if spot.row >= HEADS && !in_window {
                list.go(spot.row - HEADS);
            }
        })
    };
    let everywhere = go.clone();
    use_commands(move |command| {
        let key = match command {
            Command::NextRow => "ArrowDown",
            Command::PreviousRow => "ArrowUp",
            _ => return false,
        };
        if let Some(spot) = size.and_then(|size| grid_move(key, false, current, size)) {
            everywhere.emit(spot);
        }
        true
    });
    let Some(page) = loaded else {
        return html! { <p class="busy" aria-busy="true">{"Comparing all snapshots…"}</p> };
    };
    let onkeydown = {
        let (store, page) = (store.clone(), page.clone());
        move |event: KeyboardEvent| {
            if event.meta_key() || event.alt_key() {
                return;
            }
            let moved =
                size.and_then(|size| grid_move(&event.key(), event.ctrl_key(), current, size));
            if let Some(spot) = moved {
                event.prevent_default();
                go.emit(spot);
            } else if event.key() == "Enter" && current.row >= HEADS {
                event.prevent_default();
                compare(&store, &page, current);
            }
        }
    };
    let onclick = {
        let (store, page) = (store.clone(), page.clone());
        move |event: MouseEvent| {
            if let Some(spot) = clicked(&event) {
                store.act(EnvironmentsAction::Go(spot));
                choose(&store, &page, spot);
            }
        }
    };
    let onscroll = {
        let list = list.clone();
        move |_: Event| list.scrolled()
    };
    let kept = page.kept.iter().filter(|row| row.at + HEADS == current.row);
    let rows = kept.map(|row| object_row(page, row, current, true)).chain(
        page.rows.iter().take(list.drawn()).map(|row| object_row(page, row, current, false)),
    );
    let rows: Vec<Html> = rows.collect();
    html! {
        <>
            <div class="matrix-summary" data-testid="matrix-summary">
                { for page.summary.iter().map(|sentence| html! { <p>{ sentence }</p> }) }
            </div>
            if page.differing > 0 {
                { toolbar(&store, page, props.searched.clone()) }
                { windows(&store, page) }
                <div class={classes!("matrix", list.is_long().then_some("virtual"))} role="grid"
                    aria-label="Objects and snapshots" aria-rowcount={(page.total + HEADS).to_string()}
                    aria-colcount={(page.columns.len() + 1).to_string()} ref={list.node.clone()}
                    {onkeydown} {onclick} {onscroll} onfocusin={keeper.0} onfocusout={keeper.1}
                    data-testid="matrix" data-rows={page.total.to_string()}>
                    { heads(&store, page, current) }
                    <div class="spacer" role="rowgroup">
                        <div class="window" role="presentation">{ for rows }</div>
                    </div>
                </div>
                <div class="matrix-foot">
                    <p aria-live="polite" data-testid="matrix-cell">
                        { line(page, current, attributes(told.as_deref(), page, current)) }
                    </p>
                    { compare_button(&store, page, current) }
                    <p class="muted" role="status" data-testid="matrix-shown">{ rows_shown(page) }
                        {"Arrow keys move, Enter compares."}</p>
                </div>
            }
        </>
    }
}

/// The attributes of an answer, if it is about this cell.
fn attributes<'a>(
    told: Option<&'a Response>,
    page: &MatrixPage,
    spot: Spot,
) -> Option<&'a [String]> {
    let Some(Response::Matrix(MatrixAnswer::Difference { id, of, words })) = told else {
        return None;
    };
    match question(page, spot) {
        Some(MatrixAsk::Difference { id: asked, of: column, .. })
            if asked == *id && column == *of =>
        {
            Some(words)
        }
        _ => None,
    }
}

/// The cell that was clicked.
fn clicked(event: &MouseEvent) -> Option<Spot> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let cell = target.closest("[data-spot]").ok().flatten()?;
    spot_of(&cell.get_attribute("data-spot")?)
}

/// The twin of Enter.
fn compare_button(store: &Store, page: &MatrixPage, spot: Spot) -> Html {
    let Some((row, Some(column))) = object_at(page, spot) else { return Html::default() };
    if !differs(row, column) {
        return Html::default();
    }
    let name = page.columns.get(column).map_or("", |column| column.name.as_str());
    let words = format!("Compare {name} with {}", row.base_name);
    let (store, page) = (store.clone(), page.clone());
    let onclick = move |_: MouseEvent| compare(&store, &page, spot);
    html! { <button class="primary" {onclick} data-testid="matrix-compare">{ words }</button> }
}

/// Opens Compare: from the snapshot of a cell to the measure, with the cell's object.
fn compare(store: &Store, page: &MatrixPage, spot: Spot) {
    let Some((row, column)) = object_at(page, spot) else { return };
    let ids = column.and_then(|column| {
        let id = page.columns.get(column).map(|column| column.id)?;
        Some((id, row.base)).filter(|(from, to)| from != to)
    });
    match ids {
        Some((from, to)) => {
            pair(store, from, to);
            store.act(Action::Show(row.id.clone()));
        }
        None => {
            store
                .act(Action::say("Choose a snapshot other than the one that is the measure here."));
        }
    }
}

/// A click on From or To: the second of the two opens Compare.
fn choose(store: &Store, page: &MatrixPage, spot: Spot) {
    let slot = match spot.row {
        1 => Slot::From,
        2 => Slot::To,
        _ => return,
    };
    let Some(column) = spot.column.checked_sub(1).and_then(|at| page.columns.get(at)) else {
        return;
    };
    let action = EnvironmentsAction::Side(slot, column.id);
    let chosen = store.app.environments.after(action.clone());
    store.act(action);
    match (chosen.from, chosen.to) {
        (Some(from), Some(to)) => {
            pair(store, from, to);
            store.act(EnvironmentsAction::Compared);
            store.act(Action::Go(Place::Compare));
        }
        (Some(_), None) => {
            store.act(Action::say(format!("From is {}. Now choose To.", column.name)));
        }
        (None, Some(_)) => {
            store.act(Action::say(format!("To is {}. Now choose From.", column.name)));
        }
        (None, None) => store.act(Action::say("Nothing is chosen.")),
    }
}

fn pair(store: &Store, from: SnapId, to: SnapId) {
    store.command(ShelfAsk::Pair { from, to }, "Comparing the two…".to_owned());
}
