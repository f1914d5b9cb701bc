//! What is open at a step: a chip's meaning, the way to it, its checks.

use yew::prelude::*;

use super::checks::query;
use crate::model::chips::{pieces, told};
use crate::protocol::{At, Path, PlanAnswer, PlanAsk, Response, StepName, StepView};
use crate::state::{PlanAction, Topic};
use crate::view::store::{Store, use_answer};

/// What is open.
pub(super) fn opened(store: &Store, view: &StepView, topic: Topic, id: String) -> Html {
    let content = match topic {
        Topic::Why => html! { <Why store={store.clone()} number={view.step.number} /> },
        Topic::Checks => checks(store, view),
        _ => {
            let rows = told(&view.step, topic).into_iter().map(|(name, said)| {
                html! { <><dt>{ name }</dt><dd>{ sentence(&said) }</dd></> }
            });
            html! { <dl class="facts">{ for rows }</dl> }
        }
    };
    html! { <div {id} class="opened" role="region" aria-label="About this step" data-testid="opened">{ content }</div> }
}

/// A sentence with SQL in it.
fn sentence(text: &str) -> Html {
    let pieces = pieces(text).into_iter().map(|(sql, piece)| {
        let piece = piece.to_owned();
        if sql {
            html! { <code>{ piece }</code> }
        } else {
            html! { { piece } }
        }
    });
    html! { <>{ for pieces }</> }
}

/// The queries before it, and the one afterwards that finds what it should have done.
fn checks(store: &Store, view: &StepView) -> Html {
    let before = view.checks.iter().map(|check| {
        html! { <><p>{"Before: "}{ &check.title }</p>{ for check.sql.iter().map(|sql| query(store, sql)) }</> }
    });
    html! {
        <>
            { for before }
            if let Some(title) = &view.post_check {
                <p>{"Afterwards: the query “"}{ title }{"”, among those to run afterwards."}</p>
            }
        </>
    }
}

/// The properties of [`Why`].
#[derive(PartialEq, Properties)]
struct WhyProps {
    store: Store,
    number: usize,
}

/// Why a step stands where it does, step by step.
#[component]
fn Why(props: &WhyProps) -> Html {
    let (store, number) = (&props.store, props.number);
    let way = store.app.plan.query.way;
    let answer = use_answer(store, Some(PlanAsk::Why { way, number }));
    let Some(Response::Plan(PlanAnswer::Why(path))) = answer.as_deref() else {
        return Html::default();
    };
    let Path { reasons, before, before_all, after, after_all } = path;
    let reasons = reasons.iter().map(|reason| html! { <li>{ reason }</li> });
    let before = before.iter().map(|(step, needed_by)| {
        let needs = if *needed_by == number { "this step needs it".to_owned() } else { format!("step {needed_by} needs it") };
        html! { <li data-testid="why-before">{ link(store, step) }{" runs before: "}{ needs }{"."}</li> }
    });
    let after = after.iter().map(|step| {
        html! { <li data-testid="why-after">{ link(store, step) }{" waits for it."}</li> }
    });
    let more = |listed: usize, all: usize| {
        (all > listed).then(|| html! { <li>{ format!("and {} more", all - listed) }</li> })
    };
    let alone = *before_all == 0 && *after_all == 0;
    html! {
        <ul class="why" data-testid="why">
            { for reasons }
            { for before }
            { for more(path.before.len(), *before_all) }
            { for after }
            { for more(path.after.len(), *after_all) }
            if alone { <li>{"It needs no other step, and none needs it."}</li> }
        </ul>
    }
}

/// A step by number and name, as a way to it.
fn link(store: &Store, step: &StepName) -> Html {
    let number = step.number;
    let onclick = store.on(move |_: MouseEvent| PlanAction::At(At::Step(number)));
    html! { <button class="link" {onclick}>{ format!("Step {number}, {}", step.title) }</button> }
}
