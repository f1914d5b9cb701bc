//! A report opens what it carries, and says what it is.

use yew::prelude::*;

use super::opening::Opening;
use super::store::Store;
use crate::browser::embedded::{Embedded, first_decisions, title};
use crate::protocol::{Lay, ShelfAsk, Slot};
use crate::state::{Decision, ShelfAction};

/// Opens the snapshots that the page carries, once, with its decisions.
#[hook]
pub(crate) fn use_report(store: &Store) {
    let store = store.clone();
    use_effect_with((), move |()| {
        let Some(Embedded { snapshots: [from, to], renames }) = Embedded::found() else { return };
        for decision in first_decisions(&store.app.settings, renames) {
            store.act(Decision::Rename {
                from: decision.from,
                to: decision.to,
                answer: Some(decision.answer),
            });
        }
        store.act(ShelfAction::Busy("Reading the report…".to_owned()));
        let all = [(Slot::From, "From", from), (Slot::To, "To", to)].map(|(slot, name, file)| {
            Opening::file(format!("{name} of this report"), file, Lay::On(slot))
        });
        store.open(all.into(), ShelfAsk::Who);
    });
}

/// The title of a report above every place; nothing when the page is no report.
pub(crate) fn banner() -> Html {
    title().map_or_else(Html::default, |title| {
        html! { <p class="report" data-testid="report-title">{ title }</p> }
    })
}
