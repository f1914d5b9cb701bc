//! Blame: which snapshot brought each part of the selected object.

use std::rc::Rc;

use yew::prelude::*;

use crate::model::lane::mark_words;
use crate::protocol::{BlameLine, Blamed, HistoryAnswer, HistoryAsk, LaneMark, Moment, Response};
use crate::state::SelectionAction;
use crate::view::store::{Store, use_answer};

/// The properties of [`BlamePane`].
#[derive(PartialEq, Properties)]
pub(super) struct BlameProps {
    /// State, worker and overview.
    pub store: Store,
    /// The snapshots in their order.
    pub moments: Rc<Vec<Moment>>,
}

/// The pane.
#[component]
pub(super) fn BlamePane(props: &BlameProps) -> Html {
    let store = &props.store;
    let ask = store.app.selection.object.clone().map(|id| HistoryAsk::Blame { id });
    let answer = use_answer(store, ask);
    let inside = match (&store.app.selection.object, answer.as_deref()) {
        (None, _) => html! {
            <p class="muted">{"Choose an object: a table shows which snapshot brought each of its columns, \
                constraints and other parts."}</p>
        },
        (Some(_), Some(Response::History(HistoryAnswer::Blame(Some(blamed))))) => {
            blame(store, &props.moments, blamed)
        }
        (Some(id), Some(_)) => html! {
            <p class="muted">{"No snapshot of the timeline holds "}<code>{ id.name() }</code>{"."}</p>
        },
        (Some(_), None) => Html::default(),
    };
    html! {
        <section class="blame" aria-labelledby="blame-title" data-testid="blame">
            <h2 id="blame-title" tabindex="-1">{"Who brought it"}</h2>
            { inside }
        </section>
    }
}

fn blame(store: &Store, moments: &[Moment], blamed: &Blamed) -> Html {
    let lines = blamed.lines.iter().map(|line| blame_line(store, moments, line));
    html! {
        <>
            <p><span class="kind">{ &blamed.kind }</span>{" "}<code data-testid="blame-of">{ &blamed.title }</code></p>
            <ul class="blame-parts">{ for lines }</ul>
            if !blamed.gaps.is_empty() {
                <h3>{"What is not known"}</h3>
                <ul>{ for blamed.gaps.iter().map(|gap| html! { <li data-testid="blame-gap">{ gap }</li> }) }</ul>
            }
        </>
    }
}

fn blame_line(store: &Store, moments: &[Moment], line: &BlameLine) -> Html {
    let chosen = store.app.selection.object.as_ref() == Some(&line.id);
    let id = line.id.clone();
    let point = |mark: &Option<LaneMark>| mark.as_ref().map(|mark| mark.point.to_string());
    let marks = [Some(&line.brought), line.changed.as_ref(), line.gone.as_ref()];
    html! {
        <li data-testid="blame-line" data-id={line.id.as_str().to_owned()}
            data-brought={line.brought.point.to_string()} data-before={(line.brought.deed == crate::protocol::Deed::Seen).to_string()}
            data-changed={point(&line.changed)} data-gone={point(&line.gone)}>
            <button class="link" aria-current={chosen.then_some("true")}
                onclick={store.on(move |_: MouseEvent| SelectionAction::Object(Some(id.clone())))}>{ &line.name }</button>
            {" "}<span class="kind">{ &line.kind }</span>
            <ul>{ for marks.into_iter().flatten().map(|mark| said(moments, mark)) }</ul>
        </li>
    }
}

/// A mark in words, and the snapshot that it names.
fn said(moments: &[Moment], mark: &LaneMark) -> Html {
    let status = mark.deed.status();
    let moment = mark.point.checked_sub(1).and_then(|at| moments.get(at));
    html! {
        <li>
            <span class={classes!("badge", status.word())}>
                <span class="sign" aria-hidden="true">{ status.sign() }</span>{ mark_words(mark) }
            </span>
            if let Some(moment) = moment {
                <span class="muted">{" "}{ &moment.label }{" · "}
                    <time datetime={moment.captured_at.clone()}>{ &moment.captured_at }</time></span>
            }
        </li>
    }
}
