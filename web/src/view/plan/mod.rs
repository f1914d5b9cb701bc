//! Plan: the SQL that leads from one side to the other.

mod allowances;
mod checks;
mod export;
mod renames;
mod step;
mod steps;

use pgparity_core::snapshot::Side;
use yew::prelude::*;

use super::dom::focus;
use super::keyboard::use_commands;
use super::store::{Store, StoreProps, use_answer};
use crate::protocol::{PlanAnswer, PlanAsk, PlanPage, Response};
use crate::state::{Command, SelectionAction};
use allowances::Allowances;
use checks::checks;
use export::Export;
use renames::Renames;
use steps::Steps;

/// So many steps are shown at first, and so many more each time.
const PAGE: usize = 200;

/// The place.
#[component]
pub(crate) fn Plan(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let pages = use_state(|| 1_usize);
    let len =
        (*pages * PAGE).max(store.app.selection.step.map_or(0, |step| step.div_ceil(PAGE) * PAGE));
    let answer = use_answer(&store, Some(PlanAsk::Page { start: 0, len }));
    let commands = store.clone();
    use_commands(move |command| {
        match command {
            Command::Renames => focus(".rename-card input"),
            Command::Back if commands.app.selection.step.is_some() => {
                commands.act(SelectionAction::Step(None));
            }
            _ => return false,
        }
        true
    });
    let more = {
        let pages = pages.clone();
        Callback::from(move |()| pages.set(*pages + 1))
    };
    let content = match answer.as_deref() {
        Some(Response::Plan(PlanAnswer::Page(page))) => content(&store, page, more),
        _ => html! { <p class="busy">{"Planning…"}</p> },
    };
    // The heading stays one element, so that it keeps the focus while the plan is made.
    html! { <div class="plan-page"><h1 tabindex="-1">{"Plan"}</h1>{ content }</div> }
}

fn content(store: &Store, page: &PlanPage, on_more: Callback<()>) -> Html {
    let name = |side: &Option<Side>| side.clone().unwrap_or_default();
    let (from, to) = (name(&store.app.shelf.sides.from), name(&store.app.shelf.sides.to));
    let notes = page.notes.iter().map(|note| {
        html! { <li data-testid="note" data-code={note.code.clone()}>{ &note.message }</li> }
    });
    let store = store.clone();
    html! {
        <>
            <header class="plan-head">
                <p class="verdict" data-testid="verdict">{ &page.verdict }</p>
                <p class="muted made">
                    {"It changes "}<b>{ &from.label }</b>{" (From, is now) into "}<b>{ &to.label }</b>
                    {" (To, should become). It is valid for "}{ fingerprint(&from) }{" → "}{ fingerprint(&to) }{"."}
                </p>
                <Export store={store.clone()} tally={page.tally} mode={page.mode} />
            </header>
            <Renames store={store.clone()} />
            <Allowances store={store.clone()} allowances={page.allowances.clone()} tally={page.tally} />
            if !page.notes.is_empty() {
                <section class="notes"><h2>{"To know"}</h2><ul>{ for notes }</ul></section>
            }
            { checks(&page.checks) }
            <Steps {store} steps={page.steps.clone()} total={page.tally.steps} {on_more} />
        </>
    }
}

/// The first digits of a fingerprint; all of them on demand.
fn fingerprint(side: &Side) -> Html {
    let digits: String = side.fingerprint.chars().take(19).collect();
    html! { <code title={side.fingerprint.clone()}>{ digits }</code> }
}
