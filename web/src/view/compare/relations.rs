//! What an object needs, what needs it, and the steps of the plan that serve it.

use pgparity_core::model::Id;
use yew::prelude::*;

use super::detail::select;
use crate::protocol::{Link, PlanAnswer, PlanAsk, Response, Status};
use crate::state::{Action, Place, SelectionAction};
use crate::view::parts::name::in_text;
use crate::view::store::{Store, use_answer};

/// So many steps of an object stand in sight.
const FEW_STEPS: usize = 6;

/// A list of relations; nothing where there are none.
pub(in crate::view) fn relations(
    store: &Store,
    title: &str,
    id: &'static str,
    links: &[Link],
) -> Html {
    if links.is_empty() {
        return Html::default();
    }
    let items = links.iter().map(|link| {
        let only = match link.side {
            Status::Missing => Some("only in To"),
            Status::Extra => Some("only in From"),
            _ => None,
        };
        html! {
            <li data-testid="relation" data-id={link.id.as_str().to_owned()}>
                <span class="kind">{ &link.kind }</span>{" "}
                if link.known {
                    <button class="link" onclick={select(store, link.id.clone())}>{ in_text(&link.name) }</button>
                } else {
                    <span>{ in_text(&link.name) }</span>
                }
                if let Some(only) = only { <small class={classes!("only", link.side.word())}>{ only }</small> }
            </li>
        }
    });
    html! {
        <section class="relations" data-testid={id}>
            <h3>{ title.to_owned() }{" "}<small class="muted">{ links.len() }</small></h3>
            <ul>{ for items }</ul>
        </section>
    }
}

/// The properties of [`InPlan`].
#[derive(PartialEq, Properties)]
pub(super) struct InPlanProps {
    /// State, worker and overview.
    pub store: Store,
    /// The object.
    pub id: Id,
}

/// Links to the steps that serve an object.
#[component]
pub(super) fn InPlan(props: &InPlanProps) -> Html {
    let answer = use_answer(&props.store, Some(PlanAsk::Serving { id: props.id.clone() }));
    let Some(Response::Plan(PlanAnswer::Serving(steps))) = answer.as_deref() else {
        return Html::default();
    };
    if steps.is_empty() {
        return html! { <p class="muted">{"No step of the plan is for it alone."}</p> };
    }
    let link = |(number, verb): &(usize, String)| {
        let (app, wanted) = (props.store.app.dispatcher(), *number);
        let onclick = Callback::from(move |_: MouseEvent| {
            app.dispatch(SelectionAction::Step(Some(wanted)).into());
            app.dispatch(Action::Go(Place::Plan));
        });
        html! {
            <li><button class="link" {onclick} data-testid="in-plan" data-step={number.to_string()}>
                {"step "}{ *number }</button>{" "}{ verb }</li>
        }
    };
    let (first, rest) = steps.split_at(steps.len().min(FEW_STEPS));
    html! {
        <section class="in-plan"><h3>{"In the plan"}</h3>
            <ul>{ for first.iter().map(link) }</ul>
            if !rest.is_empty() {
                <details><summary>{ format!("and {} more", rest.len()) }</summary>
                    <ul>{ for rest.iter().map(link) }</ul></details>
            }
        </section>
    }
}
