//! The lanes: objects that ever changed. The list keeps the focus; its selected row is the selection
//! of all places.

use yew::prelude::*;

use crate::model::lane::{lane_move, lane_words, scale, track};
use crate::model::list::Window;
use crate::protocol::{HistoryAnswer, HistoryAsk, LaneFilter, LaneRow, Lanes, Response};
use crate::state::{Command, HistoryAction, SelectionAction};
use crate::view::keyboard::use_commands;
use crate::view::parts::list::{use_geometry, use_list, use_sight, use_window_size};
use crate::view::parts::name::one_line;
use crate::view::store::{Store, StoreProps, use_answer};

/// The pane.
#[component]
pub(super) fn LanesPane(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let list = use_list();
    let wanted = use_state(|| None::<usize>);
    let Window { start, len } = list.window();
    let (filter, find) = (store.app.history.filter.clone(), store.app.selection.object.clone());
    let answer = use_answer(&store, Some(HistoryAsk::Lanes { filter, find, start, len }));
    let lanes = match answer.as_deref() {
        Some(Response::History(HistoryAnswer::Lanes(lanes))) => Some(lanes.clone()),
        _ => None,
    };
    let extent = lanes.as_ref().map(|lanes| (lanes.total, lanes.start));
    let list = list.with_rows(extent);
    use_geometry(&list, extent);
    use_window_size(&list);
    let found = lanes.as_ref().and_then(|lanes| lanes.found);
    use_sight(&list, found, (found, extent.map(|(total, _)| total)));
    {
        // A row that was out of the window is taken as soon as it is there.
        let (store, wanted) = (store.clone(), wanted.clone());
        use_effect_with((answer.clone(), *wanted), move |(answer, place)| {
            let Some(Response::History(HistoryAnswer::Lanes(lanes))) = answer.as_deref() else {
                return;
            };
            if let Some(row) = place.and_then(|at| row_at(lanes, at)) {
                wanted.set(None);
                store.act(SelectionAction::Object(Some(row.id.clone())));
            }
        });
    }
    let press = {
        let (store, lanes, list) = (store.clone(), lanes.clone(), list.clone());
        Callback::from(move |key: String| {
            let Some(lanes) = &lanes else { return };
            let Some(at) = lane_move(&key, lanes) else { return };
            if let Some(row) = row_at(lanes, at) {
                store.act(SelectionAction::Object(Some(row.id.clone())));
            } else {
                wanted.set(Some(at));
                list.go(at);
            }
        })
    };
    let everywhere = press.clone();
    use_commands(move |command| {
        match command {
            Command::NextRow => everywhere.emit("ArrowDown".to_owned()),
            Command::PreviousRow => everywhere.emit("ArrowUp".to_owned()),
            _ => return false,
        }
        true
    });
    let onkeydown = move |event: KeyboardEvent| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if plain && ["ArrowDown", "ArrowUp", "Home", "End"].contains(&event.key().as_str()) {
            event.prevent_default();
            press.emit(event.key());
        }
    };
    let scrolled = list.clone();
    let onscroll = move |_: Event| scrolled.scrolled();
    let searched = store.on(|event: InputEvent| {
        let input: web_sys::HtmlInputElement = event.target_unchecked_into();
        HistoryAction::Text(input.value())
    });
    let filter = &store.app.history.filter;
    let (total, objects, points) =
        lanes.as_ref().map_or((0, 0, 0), |lanes| (lanes.total, lanes.objects, lanes.points));
    html! {
        <section class="lanes" aria-labelledby="lanes-title">
            <h2 id="lanes-title">{"What changed"}</h2>
            <div class="search-line">
                <input id="lane-filter" type="search" aria-label="Search what changed" placeholder="Name or kind  /"
                    value={filter.text.clone()} oninput={searched} autocomplete="off" spellcheck="false"
                    data-testid="lane-filter" />
                if *filter != LaneFilter::default() {
                    <button onclick={store.on(|_: MouseEvent| HistoryAction::Reset)} data-testid="lane-reset">
                        {"Show all"}
                    </button>
                }
            </div>
            if let Some(point) = filter.point {
                <p class="muted">{"Only what happened at "}{ point }{"."}</p>
            }
            <p class="scale" aria-hidden="true">{ scale(points) }</p>
            <div class={classes!("tree", "lane-list", list.is_long().then_some("virtual"))} role="listbox" tabindex="0"
                aria-label="Objects that changed" aria-activedescendant={active(lanes.as_ref())}
                ref={list.node.clone()} {onkeydown} {onscroll} data-testid="lanes" data-rows={total.to_string()}>
                <div class="spacer" role="presentation">
                    <div class="window" role="presentation">
                        { for lanes.iter().flat_map(|lanes| rows(&store, lanes)) }
                    </div>
                </div>
            </div>
            <p class="shown muted" role="status" data-testid="lanes-shown">
                if objects == 0 && lanes.is_some() {
                    {"No object changed from one snapshot to the next."}
                } else {
                    { total }{" of "}{ objects }{" objects that ever changed"}
                }
            </p>
        </section>
    }
}

fn rows(store: &Store, lanes: &Lanes) -> Vec<Html> {
    let shown = lanes.window.iter().enumerate();
    shown.map(|(at, lane)| row(store, lanes, lane, at + lanes.start)).collect()
}

fn row(store: &Store, lanes: &Lanes, lane: &LaneRow, at: usize) -> Html {
    let words = lane_words(&lane.marks);
    let pieces = track(&lane.marks, lanes.points).into_iter().map(|piece| match piece.deed {
        Some(deed) => html! { <b class={deed.status().word()}>{ piece.text }</b> },
        None => html! { { piece.text } },
    });
    let id = lane.id.clone();
    html! {
        <div key={lane.id.as_str()} class="row" role="option" id={element(at)} title={words.clone()}
            aria-selected={(lanes.found == Some(at)).to_string()}
            aria-posinset={(at + 1).to_string()} aria-setsize={lanes.total.to_string()}
            onclick={store.on(move |_: MouseEvent| SelectionAction::Object(Some(id.clone())))}
            data-testid="lane" data-id={lane.id.as_str().to_owned()}>
            <span class="track" aria-hidden="true">{ for pieces }</span>
            { one_line(&lane.name) }
            <span class="kind">{ &lane.kind }</span>
            <span class="words muted">{ words }</span>
        </div>
    }
}

/// The row that the focus is on, if it is drawn.
fn active(lanes: Option<&Lanes>) -> Option<String> {
    let lanes = lanes?;
    lanes.found.filter(|at| row_at(lanes, *at).is_some()).map(element)
}

fn element(at: usize) -> String {
    format!("lane-{at}")
}

fn row_at(lanes: &Lanes, at: usize) -> Option<&LaneRow> {
    lanes.window.get(at.checked_sub(lanes.start)?)
}
