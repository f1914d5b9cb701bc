//! One row of the tree.

use yew::prelude::*;

use crate::protocol::{Counts, Danger, Row, Status};
use crate::state::{danger_words, row_words};
use crate::view::parts::name::{marked, one_line_marked};

/// The properties of [`TreeRow`].
#[derive(PartialEq, Properties)]
pub(super) struct RowProps {
    /// The row.
    pub row: Row,
    /// How dangerous the plan is for it, as far as that is known.
    pub danger: Danger,
    /// Its object is the selected one.
    pub selected: bool,
    /// It takes the focus when the tree gets it.
    pub current: bool,
    /// It is rendered only to keep the focus.
    pub kept: bool,
    /// It was clicked.
    pub on_pick: Callback<Row>,
    /// Its arrow was clicked.
    pub on_flip: Callback<Row>,
}

/// The row.
#[component]
pub(super) fn TreeRow(props: &RowProps) -> Html {
    let row = &props.row;
    let pick = {
        let (on_pick, row) = (props.on_pick.clone(), row.clone());
        move |_: MouseEvent| on_pick.emit(row.clone())
    };
    let flip = {
        let (on_flip, row) = (props.on_flip.clone(), row.clone());
        move |event: MouseEvent| {
            event.stop_propagation();
            on_flip.emit(row.clone());
        }
    };
    // A heading is no name.
    let label = if row.id.is_some() {
        one_line_marked(&row.label)
    } else {
        html! { <span class="name">{ marked(&row.label) }</span> }
    };
    let arrow = match row.open {
        Some(true) => "▾",
        Some(false) => "▸",
        None => "",
    };
    let inside = row.status == Some(Status::Same) && row.counts.differing() > 0;
    let status = row.status.map(Status::word);
    html! {
        <div class={classes!("row", status, inside.then_some("inside"), row.id.is_none().then_some("group"),
                props.kept.then_some("kept"))}
            role="treeitem" aria-level={row.level.to_string()} aria-posinset={row.position.to_string()}
            aria-setsize={row.siblings.to_string()} aria-expanded={row.open.map(|open| open.to_string())}
            aria-selected={props.selected.to_string()}
            tabindex={if props.current { "0" } else { "-1" }} onclick={pick}
            data-testid="row" data-key={row.key.clone()} data-change={status}
            data-id={row.id.as_ref().map(|id| id.as_str().to_owned())}>
            <span class="arrow" aria-hidden="true" onclick={flip}>{ arrow }</span>
            if let Some(status) = row.status {
                <span class={classes!("sign", status.word())} aria-hidden="true">
                    { if inside { "·" } else { status.sign() } }
                </span>
            }
            <span class="title">
                { label }
                <span class="vh">{", "}{ row_words(row, props.danger) }</span>
                if row.level > 3 { <small class="kind" aria-hidden="true">{ &row.kind }</small> }
            </span>
            <span class="tail" aria-hidden="true">
                { danger_mark(props.danger) }
                if row.viewed == Some(true) { <span class="seen" data-testid="seen">{"✓"}</span> }
                if row.counts.differing() > 0 { { tally(row.counts) } }
                if let Some(word) = status.filter(|_| !inside) { <small class="word">{ word }</small> }
            </span>
        </div>
    }
}

/// A mark of its own form for each danger; the words come with the pointer or the focus.
fn danger_mark(danger: Danger) -> Html {
    let words = danger_words(danger);
    if words.is_empty() {
        return Html::default();
    }
    let (class, mark) =
        if danger.destructive > 0 { ("destructive", "◆") } else { ("caution", "▲") };
    html! {
        <span class={classes!("danger", class)} title={words.clone()} data-testid="danger" data-risk={class}>
            <small class="danger-words">{ words }</small>{ mark }
        </span>
    }
}

/// What differs below a row, sign by sign.
fn tally(counts: Counts) -> Html {
    let parts = Status::ALL.into_iter().filter(|status| status.differs()).filter_map(|status| {
        let number = counts.of(status);
        (number > 0).then(|| html! { <i class={status.word()}>{ status.sign() }{ number }</i> })
    });
    html! { <span class="tally">{ for parts }</span> }
}
