//! What the worker is doing: in words, with figures, and with a way to end it.

use yew::prelude::*;

use super::store::Store;
use crate::state::JobsAction;

/// So many grey bars stand for what is not there yet.
const BARS: usize = 6;

/// The work, once it takes longer than an eye needs; nothing while the worker rests.
pub(super) fn work(store: &Store) -> Html {
    let app = &store.app;
    let Some(words) = app.jobs.now().or_else(|| app.shelf.busy.clone()) else {
        return Html::default();
    };
    let cancel = {
        let engine = store.engine.clone();
        move |_: MouseEvent| engine.cancel()
    };
    let waiting = app.shelf.sides.complete() && store.overview.is_none();
    html! {
        <>
            <div class="busy job" data-testid="busy">
                <span data-testid="busy-words">{ words }</span>
                if let Some(share) = app.jobs.share() {
                    <progress max="100" value={share.to_string()} aria-label="Done, in percent" />
                }
                <button onclick={cancel} data-testid="cancel">{"Cancel"}</button>
            </div>
            if waiting {
                <div class="skeleton" aria-hidden="true">{ for (0..BARS).map(|_| html! { <i></i> }) }</div>
            }
        </>
    }
}

/// Why nothing is asked any more, and the way to go on.
pub(super) fn halted(store: &Store) -> Html {
    let words = store.app.jobs.halted.clone();
    words.map_or_else(Html::default, |words| {
        html! {
            <p class="notice" data-testid="halted">
                { words }{" "}
                <button onclick={store.on(|_: MouseEvent| JobsAction::GoOn)} data-testid="go-on">{"Try again"}</button>
            </p>
        }
    })
}
