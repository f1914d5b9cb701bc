//! Reviewing: ticks by key, the tick and the note of an object, how much was looked at.

use std::rc::Rc;

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::protocol::{Around, CompareAnswer, CompareAsk, Detail, Response, Rows, Stop};
use crate::state::{Command, ReviewAction};
use crate::view::keyboard::use_commands;
use crate::view::store::{Store, StoreProps, use_answer};

/// Obeys the keys of reviewing. A key that comes before the rows around the current one are there
/// waits for them.
#[hook]
pub(super) fn use_review(store: &Store, rows: &Rc<Option<Rows>>, visit: Callback<Stop>) {
    let waiting = use_mut_ref(Vec::<Command>::new);
    let around = rows
        .as_ref()
        .as_ref()
        .map(|rows| &rows.around)
        .filter(|around| around.of == store.app.selection.cursor)
        .cloned();
    {
        let (waiting, store, visit) = (waiting.clone(), store.clone(), visit.clone());
        use_effect_with(around.clone(), move |around| {
            let Some(around) = around else { return };
            let first = (!waiting.borrow().is_empty()).then(|| waiting.borrow_mut().remove(0));
            if first.is_some_and(|command| !obey(&store, around, &visit, command)) {
                waiting.borrow_mut().clear();
            }
        });
    }
    let store = store.clone();
    use_commands(move |command| {
        if !matches!(command, Command::Viewed | Command::NextUnviewed | Command::PreviousUnviewed) {
            return false;
        }
        match &around {
            Some(around) => {
                obey(&store, around, &visit, command);
            }
            None => waiting.borrow_mut().push(command),
        }
        true
    });
}

/// Ticks and goes on, or only goes; false when it stays where it is.
fn obey(store: &Store, around: &Around, visit: &Callback<Stop>, command: Command) -> bool {
    let ticked = around.here.as_ref().filter(|_| command == Command::Viewed);
    let tick = ticked.and_then(|stop| store.app.review.tick(stop));
    // A tick that is taken back leaves one where it was.
    let stays = matches!(tick, Some(ReviewAction::Viewed(_, None)));
    if let Some(tick) = tick {
        store.act(tick);
    }
    let target = match command {
        Command::PreviousUnviewed => &around.previous,
        _ => &around.next,
    };
    match target {
        Some(target) if !stays => visit.emit(target.clone()),
        _ => return false,
    }
    true
}

/// How much was looked at.
#[component]
pub(super) fn Progress(props: &StoreProps) -> Html {
    let store = &props.store;
    let ask = CompareAsk::Progress { viewed: store.app.review.viewed.clone() };
    match use_answer(store, Some(ask)).as_deref() {
        Some(Response::Compare(CompareAnswer::Progress(seen))) if seen.total > 0 => html! {
            <span class="total" data-testid="viewed" data-viewed={seen.viewed.to_string()}
                data-total={seen.total.to_string()} title="v ticks the object and goes on; ] goes to the next one">
                <b>{ seen.viewed }{"/"}{ seen.total }</b>{" viewed"}
            </span>
        },
        _ => Html::default(),
    }
}

/// The tick of an object.
pub(super) fn tick(store: &Store, detail: &Detail) -> Html {
    let Some((id, hash)) = detail.review.first().cloned() else { return Html::default() };
    let own = store.app.review.viewed.get(&id) == Some(&hash);
    let seen = store.app.review.has_seen(&detail.review);
    let onclick = store
        .on(move |_: MouseEvent| ReviewAction::Viewed(id.clone(), (!own).then(|| hash.clone())));
    html! {
        <button class="tick" aria-pressed={seen.to_string()} disabled={seen && !own} {onclick}
            title={if seen && !own { "viewed with the object it belongs to" } else { "v" }} data-testid="tick">
            <span aria-hidden="true">{ if seen { "✓ " } else { "○ " } }</span>{"Viewed"}
        </button>
    }
}

/// The note on an object.
pub(super) fn note(store: &Store, detail: &Detail) -> Html {
    let id = detail.id.clone();
    let text = store.app.review.notes.get(&id).cloned().unwrap_or_default();
    let onchange = store.on(move |event: Event| {
        let area: HtmlTextAreaElement = event.target_unchecked_into();
        ReviewAction::Note(id.clone(), area.value())
    });
    html! {
        <details class="note" key={detail.id.as_str().to_owned()} open={!text.is_empty()}>
            <summary>{"Note"}</summary>
            <textarea aria-label="Note on this object" rows="2" value={text} {onchange} data-testid="note" />
        </details>
    }
}
