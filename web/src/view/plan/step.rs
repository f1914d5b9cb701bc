//! One step: its switch, SQL, lock, hazards and reasons.

use pgparity_core::plan::{Step, StepState};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::checks::copies;
use super::opened::opened;
use crate::model::chips::chips;
use crate::protocol::{StepName, StepView};
use crate::state::{
    Action, Decision, Opened, PlanAction, Topic, lock_words, state_words, statement_words,
    toggled_words,
};
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
    /// What is open at it.
    pub open: Option<Topic>,
}

/// The step.
#[component]
pub(super) fn StepItem(props: &StepProps) -> Html {
    let (store, view, step) = (&props.store, &props.view, &props.view.step);
    let included = step.state == StepState::Included;
    let state = match step.state {
        StepState::Included => "included",
        StepState::Withheld { .. } => "withheld",
        StepState::Off => "off",
        StepState::Blocked { .. } => "blocked",
    };
    let fixed = view.idle
        || matches!(step.state, StepState::Withheld { .. })
        || (matches!(step.state, StepState::Blocked { .. }) && view.turn_on.is_empty());
    let id = format!("step-{}", step.number);
    let panel = format!("opened-{}", step.number);
    let select = {
        let object = step.serves.first().unwrap_or(&step.object).clone();
        store.on(move |_: MouseEvent| Action::Show(object.clone()))
    };
    let button = |topic: Topic, label: &str, class: Classes, name: &'static str| {
        let what = Opened { step: step.number, what: topic };
        let hazard = match topic {
            Topic::Hazard(hazard) => Some(hazard.name()),
            _ => None,
        };
        html! {
            <button {class} aria-expanded={(props.open == Some(topic)).to_string()} aria-controls={panel.clone()}
                onclick={store.on(move |_: MouseEvent| PlanAction::Open(what))} data-testid={name}
                data-hazard={hazard}>{ label.to_owned() }</button>
        }
    };
    let chips = chips(step).into_iter().map(|chip| {
        let name = if matches!(chip.topic, Topic::Hazard(_)) { "hazard" } else { "chip" };
        button(chip.topic, chip.label, classes!("chip", chip.class), name)
    });
    html! {
        <li class={classes!("step", state, props.wanted.then_some("wanted"))} value={step.number.to_string()} tabindex="-1"
            data-testid="step" data-step={step.number.to_string()} data-key={step.key.clone()} data-state={state}>
            <div class="step-head">
                <label class="switch"><input type="checkbox" checked={included} disabled={fixed} onchange={toggled(store, view)}
                    aria-describedby={id.clone()} data-testid="step-toggle" />
                    <span class="number">{ step.number }</span><span class="vh">{" in the script"}</span></label>
                <span class="verb">{ &step.verb }</span>
                <button class="link" onclick={select}>{ step.object.name().to_owned() }</button>
                <span class="chips">{ for chips }</span>
            </div>
            <p {id} class="state">{ state_words(view) }</p>
            <div data-testid="step-sql"><Sql sql={step.sql.clone()} /></div>
            { facts(step) }
            <div class="step-foot">
                { button(Topic::Why, "Why is this here?", classes!("plain"), "step-why") }
                if !view.checks.is_empty() || view.post_check.is_some() {
                    { button(Topic::Checks, "Checks", classes!("plain"), "step-checks") }
                }
                <button class="plain" onclick={copies(store, &format!("{};\n", step.sql), "The statement")}
                    data-testid="copy-step">{"Copy"}<span class="vh">{ format!(" step {}", step.number) }</span></button>
            </div>
            if let Some(topic) = props.open { { opened(store, view, topic, panel.clone()) } }
        </li>
    }
}

/// What the switch does: it asks first where others go with the step, and says what it did.
fn toggled(store: &Store, view: &StepView) -> Callback<Event> {
    let (store, view) = (store.clone(), view.clone());
    Callback::from(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let (step, way) = (&view.step, store.app.plan.query.way);
        if input.checked() {
            let keys = view.turn_on.iter().map(|step| step.key.clone()).collect();
            store.act(Decision::steps(way, keys, true));
            store.act(Action::say(toggled_words(step.number, &view.turn_on, true)));
        } else if view.takes_along == 0 {
            store.act(Decision::steps(way, vec![step.key.clone()], false));
            store.act(Action::say(toggled_words(step.number, &[], false)));
        } else {
            // It stays on until somebody has answered.
            input.set_checked(true);
            let title = format!("{} {}", step.verb, step.object.name());
            let name = StepName { number: step.number, key: step.key.clone(), title };
            store.act(PlanAction::Leaving(Some(name)));
        }
    })
}

/// What lock and hazards mean for this step, and which others are one statement with it.
fn facts(step: &Step) -> Html {
    let lock = step.lock.as_ref().map(|lock| ("Lock", lock_words(lock)));
    let hazards = step.hazards.iter().filter_map(|note| {
        let message = note.beside(step.lock.as_ref())?;
        Some((note.hazard.name(), message.to_owned()))
    });
    let back = step.reversible.why_not(&step.hazards).map(|why| ("No way back", why.to_owned()));
    let joined = statement_words(step.number, step.statement).map(|words| ("Statement", words));
    let facts: Vec<(&str, String)> =
        lock.into_iter().chain(joined).chain(hazards).chain(back).collect();
    if facts.is_empty() {
        return Html::default();
    }
    let rows = facts.into_iter().map(|(name, text)| {
        html! { <><dt>{ name.to_owned() }</dt><dd>{ text }</dd></> }
    });
    html! { <dl class="facts">{ for rows }</dl> }
}
