//! A list of Explore: what is drawn, all objects, what falls with one. The list keeps the focus; arrow keys
//! go through its rows and along relations.

use yew::prelude::*;

use crate::model::explore::{list_move, list_words};
use crate::model::list::Window;
use crate::protocol::{ExploreAnswer, ExploreAsk, ListRow, Listed, Listing, Response, Status};
use crate::state::{Action, ExploreAction, SelectionAction};
use crate::view::dom::focus;
use crate::view::parts::list::{use_geometry, use_list, use_sight, use_window_size};
use crate::view::parts::name::one_line;
use crate::view::store::{Store, use_answer};

/// The properties of [`Rows`].
#[derive(PartialEq, Properties)]
pub(super) struct RowsProps {
    /// State, worker and overview.
    pub store: Store,
    /// Which list.
    pub list: Listing,
    /// What it is called.
    pub label: AttrValue,
    /// Going to a row selects its object; else Enter does.
    pub follow: bool,
    /// The handle for tests.
    pub testid: &'static str,
}

/// The list.
#[component]
pub(super) fn Rows(props: &RowsProps) -> Html {
    let store = props.store.clone();
    let list = use_list();
    // The row that keys were at, and what was selected then: another selection leads elsewhere.
    let cursor = use_state(|| None::<(usize, Option<pgparity_core::model::Id>)>);
    let wanted = use_state(|| None::<usize>);
    let selected = store.app.selection.object.clone();
    let Window { start, len } = list.window();
    let query = store.app.explore.query.clone();
    let ask =
        ExploreAsk::Rows { query, list: props.list.clone(), find: selected.clone(), start, len };
    let answer = use_answer(&store, Some(ask));
    let listed = match answer.as_deref() {
        Some(Response::Explore(ExploreAnswer::Rows(listed))) => listed.clone(),
        _ => Listed::default(),
    };
    let extent = answer.as_ref().map(|_| (listed.total, listed.start));
    let list = list.with_rows(extent);
    use_geometry(&list, extent);
    use_window_size(&list);
    {
        let cursor = cursor.setter();
        let about = (props.list.clone(), store.app.explore.query.clone());
        use_effect_with(about, move |_| cursor.set(None));
    }
    let at = match &*cursor {
        Some((at, then)) if *then == selected && *at < listed.total => *at,
        _ => listed.found.unwrap_or(0),
    };
    use_sight(&list, Some(at), (at, extent.map(|(total, _)| total)));
    let arrive = {
        let (store, cursor, selected, follow) =
            (store.clone(), cursor.setter(), selected.clone(), props.follow);
        Callback::from(move |(at, row): (usize, ListRow)| {
            let chosen = row.id.filter(|_| follow).or_else(|| selected.clone());
            cursor.set(Some((at, chosen.clone())));
            if chosen != selected {
                store.act(SelectionAction::Object(chosen));
            }
        })
    };
    {
        // A row that was out of the window is taken as soon as it is there.
        let (arrive, wanted) = (arrive.clone(), wanted.clone());
        use_effect_with((answer.clone(), *wanted), move |(answer, place)| {
            let Some(Response::Explore(ExploreAnswer::Rows(listed))) = answer.as_deref() else {
                return;
            };
            if let Some((at, row)) = place.and_then(|at| Some((at, row_at(listed, at)?.clone()))) {
                wanted.set(None);
                arrive.emit((at, row));
            }
        });
    }
    let onkeydown = {
        let (store, listed, list, arrive) =
            (store.clone(), listed.clone(), list.clone(), arrive.clone());
        let follow = props.follow;
        move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            if event.key() == "Enter" {
                event.prevent_default();
                if let Some(id) =
                    row_at(&listed, at).and_then(|row| row.id.clone()).filter(|_| !follow)
                {
                    store.act(Action::Show(id));
                }
                focus("#explore-title");
            } else if let Some(to) = list_move(&event.key(), &listed, at) {
                event.prevent_default();
                if let Some(row) = row_at(&listed, to) {
                    arrive.emit((to, row.clone()));
                } else {
                    wanted.set(Some(to));
                    list.go(to);
                }
            }
        }
    };
    let pick = {
        let (store, arrive, follow) = (store.clone(), arrive.clone(), props.follow);
        let objects = matches!(props.list, Listing::Objects { .. });
        Callback::from(move |(at, row): (usize, ListRow)| {
            if let Some(id) = row.id.clone().filter(|_| !follow) {
                store.act(Action::Show(id));
            } else {
                // With one snapshot alone, what is chosen stands in the middle.
                let middle = row.id.clone().filter(|_| objects && super::alone(&store));
                arrive.emit((at, row));
                if middle.is_some() {
                    store.act(ExploreAction::Around(middle));
                }
            }
        })
    };
    let scrolled = list.clone();
    let onscroll = move |_: Event| scrolled.scrolled();
    let rows = (listed.start..).zip(&listed.window).map(|(number, row)| {
        let (pick, picked) = (pick.clone(), row.clone());
        let onclick = Callback::from(move |_: MouseEvent| pick.emit((number, picked.clone())));
        html_row(row, number, &listed, number == at, props.testid, onclick)
    });
    let active = row_at(&listed, at).map(|_| name(props.testid, at));
    html! {
        <>
            <div class={classes!("tree", "explore-rows", list.is_long().then_some("virtual"))} role={if listed.total > 0 { "tree" } else { "group" }} tabindex="0"
                aria-label={props.label.clone()} aria-activedescendant={active} ref={list.node.clone()} {onkeydown} {onscroll}
                data-testid={props.testid} data-rows={listed.total.to_string()}>
                <div class="spacer" role="presentation"><div class="window" role="presentation">{ for rows }</div></div>
            </div>
            if !props.follow {
                // A heading says all of itself where it stands.
                <p class="row-words muted" data-testid="row-words">
                    { for row_at(&listed, at).filter(|row| row.id.is_some()).map(row_words) }</p>
            }
            if answer.is_some() && listed.total == 0 { <p class="shown muted">{"Nothing."}</p> }
        </>
    }
}

/// All of a row, which may be cut short where it stands.
fn row_words(row: &ListRow) -> Html {
    html! { <>{ &row.label }{" "}{ list_words(row) }</> }
}

fn html_row(
    row: &ListRow,
    at: usize,
    listed: &Listed,
    selected: bool,
    list: &'static str,
    onclick: Callback<MouseEvent>,
) -> Html {
    let words = list_words(row);
    let marked = row.status.filter(|status| status.differs());
    html! {
        <div key={at} class={classes!("row", row.id.is_none().then_some("group"), marked.map(Status::word))}
            role="treeitem" id={name(list, at)} aria-level={row.level.to_string()} aria-selected={selected.to_string()}
            aria-posinset={(at + 1).to_string()} aria-setsize={listed.total.to_string()} title={format!("{}, {words}", row.label)}
            {onclick} data-testid="explore-row" data-id={row.id.as_ref().map(|id| id.as_str().to_owned())}
            data-change={row.status.map(Status::word)}>
            if let Some(status) = marked { <span class="sign" aria-hidden="true">{ status.sign() }</span> }
            // A heading is no name.
            if row.id.is_some() { { one_line(&row.label) } } else { <span class="name">{ &row.label }</span> }
            <small class="kind note">{ words }</small>
        </div>
    }
}

fn name(list: &str, at: usize) -> String {
    format!("{list}-{at}")
}

fn row_at(listed: &Listed, at: usize) -> Option<&ListRow> {
    listed.window.get(at.checked_sub(listed.start)?)
}
