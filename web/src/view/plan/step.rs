//! One step: its switch, SQL, lock, hazards and reasons.

use pgparity_core::plan::{Step, StepState};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::protocol::StepView;
use crate::state::{Action, Decision, lock_words, state_words};
use crate::view::parts::Sql;
use crate::view::store::Store;

/// The properties of [`StepItem`].
#[derive(PartialEq, Properties)]
pub(super) struct StepProps {
    /// State, worker and overview.
    pub store: Store,
    /// The step.
    pub view: StepView,
    /// Somebody came here to see it.
    pub wanted: bool,
}

/// The step.
#[component]
pub(super) fn StepItem(props: &StepProps) -> Html {
    let (view, step) = (&props.view, &props.view.step);
    let included = step.state == StepState::Included;
    let state = match step.state {
        StepState::Included => "included",
        StepState::Withheld { .. } => "withheld",
        StepState::Off => "off",
        StepState::Blocked { .. } => "blocked",
    };
    let toggled = {
        let (key, turn_on) = (step.key.clone(), view.turn_on.clone());
        props.store.decide(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if input.checked() {
                Decision::Steps(turn_on.clone(), true)
            } else {
                Decision::Steps(vec![key.clone()], false)
            }
        })
    };
    let fixed = matches!(step.state, StepState::Withheld { .. })
        || (matches!(step.state, StepState::Blocked { .. }) && view.turn_on.is_empty());
    let id = format!("step-{}", step.number);
    let select = {
        let object = step.serves.first().unwrap_or(&step.object).clone();
        props.store.on(move |_: MouseEvent| Action::Show(object.clone()))
    };
    html! {
        <li class={classes!("step", state, props.wanted.then_some("wanted"))} value={step.number.to_string()}
            data-testid="step" data-step={step.number.to_string()} data-key={step.key.clone()} data-state={state}>
            <div class="step-head">
                <label class="switch"><input type="checkbox" checked={included} disabled={fixed} onchange={toggled}
                    aria-describedby={id.clone()} data-testid="step-toggle" />
                    <span class="number">{ step.number }</span><span class="vh">{" in the script"}</span></label>
                <span class="verb">{ &step.verb }</span>
                <button class="link" onclick={select}>{ step.object.name().to_owned() }</button>
                { chips(step) }
            </div>
            <p id={id} class="state">{ state_words(view) }</p>
            <div data-testid="step-sql"><Sql sql={step.sql.clone()} /></div>
            { facts(step) }
        </li>
    }
}

/// Lock and hazards.
fn chips(step: &Step) -> Html {
    let lock = step.lock.as_ref().map(|lock| {
        let class = if lock.mode.blocks_reads() {
            "heavy"
        } else if lock.mode.blocks_writes() {
            "medium"
        } else {
            "light"
        };
        html! { <span class={classes!("chip", "lock", class)}>{ lock.mode.name() }</span> }
    });
    let hazards = step.hazards.iter().map(|note| {
        let class = if note.hazard.withholds() { "severe" } else { "hazard" };
        html! {
            <span class={classes!("chip", class)} title={note.hazard.means()} data-testid="hazard"
                data-hazard={note.hazard.name()}>{ note.hazard.name() }</span>
        }
    });
    html! { <span class="chips">{ for lock }{ for hazards }</span> }
}

/// What the chips mean for this step, and why it stands here.
fn facts(step: &Step) -> Html {
    let lock = step.lock.as_ref().map(lock_words);
    let hazards = step.hazards.iter().filter_map(|note| {
        let message = note.beside(step.lock.as_ref())?;
        Some((note.hazard.name().to_owned(), message.to_owned()))
    });
    let back = step.reversible.why_not(&step.hazards);
    let back = back.map(|why| ("No way back".to_owned(), why.to_owned()));
    let needs = (!step.needs.is_empty()).then(|| {
        let numbers: Vec<String> = step.needs.iter().map(ToString::to_string).collect();
        let noun = if numbers.len() == 1 { "step" } else { "steps" };
        ("Needs".to_owned(), format!("{noun} {} before it", numbers.join(", ")))
    });
    let reasons = step
        .reasons
        .iter()
        .enumerate()
        .map(|(at, reason)| (if at == 0 { "Why" } else { "" }.to_owned(), reason.clone()));
    let facts: Vec<(String, String)> = lock
        .map(|words| ("Lock".to_owned(), words))
        .into_iter()
        .chain(hazards)
        .chain(back)
        .chain(reasons)
        .chain(needs)
        .collect();
    if facts.is_empty() {
        return Html::default();
    }
    let rows = facts.into_iter().map(|(name, text)| {
        html! {
            <>if !name.is_empty() { <dt>{ name }</dt> }<dd>{ text }</dd></>
        }
    });
    html! { <dl class="facts">{ for rows }</dl> }
}
