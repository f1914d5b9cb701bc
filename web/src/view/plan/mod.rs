//! Plan: the SQL that leads from one side to the other, and the way back.

mod allowances;
mod checks;
mod export;
mod filters;
mod leaving;
mod opened;
mod pager;
mod renames;
mod risk;
mod sections;
mod step;
mod steps;
mod way;

use pgparity_core::snapshot::Side;
use yew::prelude::*;

use super::dom::focus;
use super::keyboard::use_commands;
use super::store::{Store, StoreProps, use_answer};
use crate::protocol::{PlanAnswer, PlanAsk, PlanPage, Response, Way};
use crate::state::{Action, Command, PlanAction};
use allowances::Allowances;
use checks::checks;
use export::Export;
use filters::filters;
use leaving::Leaving;
use renames::Renames;
use risk::risk;
use sections::{losses, notes};
use steps::{Steps, focus_step, toggle_step};
use way::ways;

/// The place.
#[component]
pub(crate) fn Plan(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let shown = store.app.plan.clone();
    let answer =
        use_answer(&store, Some(PlanAsk::Page { query: shown.query.clone(), at: shown.at }));
    let commands = store.clone();
    use_commands(move |command| {
        let plan = &commands.app.plan;
        match command {
            Command::Back if plan.leaving.is_some() => commands.act(PlanAction::Leaving(None)),
            _ if plan.leaving.is_some() => return false,
            Command::Renames => focus(".rename-card input"),
            Command::Search => focus("#plan-search"),
            Command::NextRow => focus_step(true),
            Command::PreviousRow => focus_step(false),
            Command::Toggle if !toggle_step() => {
                commands.act(Action::say("No step has the focus: j goes to the next one."));
            }
            Command::Toggle => {}
            Command::Back if plan.can_go_back() => commands.act(PlanAction::Back),
            _ => return false,
        }
        true
    });
    let content = match answer.as_deref() {
        Some(Response::Plan(PlanAnswer::Page(page))) if page.way == shown.query.way => {
            content(&store, page)
        }
        _ => html! { <p class="busy">{"Planning…"}</p> },
    };
    // The heading stays one element, so that it keeps the focus while the plan is made.
    html! {
        <div class="plan-page" data-testid="plan">
            <h1 tabindex="-1">{"Plan"}</h1>
            { ways(&store) }
            { content }
            <Leaving store={store.clone()} />
        </div>
    }
}

fn content(store: &Store, page: &PlanPage) -> Html {
    let way = store.app.plan.query.way;
    html! {
        <>
            <header class="plan-head">
                <p class="verdict" data-testid="verdict">{ &page.verdict }</p>
                { sides(store, page) }
                <Export store={store.clone()} tally={page.tally} mode={page.mode} />
            </header>
            if way == Way::There {
                <Renames store={store.clone()} />
            }
            <Allowances store={store.clone()} allowances={page.allowances.clone()} tally={page.tally} />
            { risk(store, page) }
            { losses(store, page) }
            { notes(page) }
            { checks(store, page) }
            { filters(store, page) }
            <Steps store={store.clone()} page={page.clone()} />
        </>
    }
}

/// What the plan is between.
fn sides(store: &Store, page: &PlanPage) -> Html {
    let name = |side: &Option<Side>| side.clone().unwrap_or_default();
    let (from, to) = (name(&store.app.shelf.sides.from), name(&store.app.shelf.sides.to));
    let valid = |first: &Side, second: &Side| {
        html! { <>{" It is valid for "}{ fingerprint(first) }{" → "}{ fingerprint(second) }{"."}</> }
    };
    match store.app.plan.query.way {
        Way::There => html! {
            <p class="muted made">
                {"It changes "}<b>{ &from.label }</b>{" (From, is now) into "}<b>{ &to.label }</b>
                {" (To, should become)."}{ valid(&from, &to) }
            </p>
        },
        Way::Back => html! {
            <p class="muted made" data-testid="way-back-of" data-left-out={page.left_out.to_string()}>
                {"It leads back from "}<b>{ &to.label }</b>{" to "}<b>{ &from.label }</b>
                {", once the plan's script has run."}
                if page.left_out > 0 {
                    { format!(" What that script does not do is left alone here: {} of the differences.", page.left_out) }
                } else {
                    { valid(&to, &from) }
                }
            </p>
        },
    }
}

/// The first digits of a fingerprint; all of them on demand.
fn fingerprint(side: &Side) -> Html {
    let digits: String = side.fingerprint.chars().take(19).collect();
    html! { <code title={side.fingerprint.clone()}>{ digits }</code> }
}
