//! Rename candidates: a person decides, with the evidence before them.

use pgparity_core::diff::RenameAnswer;
use pgparity_core::report::words;
use yew::prelude::*;

use crate::protocol::{Candidate, Format};
use crate::state::{Decision, Place};
use crate::view::exports::downloads;
use crate::view::store::{Store, StoreProps};

/// The cards, those without an answer first.
#[component]
pub(super) fn Renames(props: &StoreProps) -> Html {
    let Some(overview) = &props.store.overview else { return Html::default() };
    if overview.candidates.is_empty() {
        return Html::default();
    }
    let open = overview.candidates.iter().filter(|candidate| candidate.answer.is_none()).count();
    let title = match open {
        0 => "Rename decisions".to_owned(),
        1 => "One rename to decide first".to_owned(),
        many => format!("{many} renames to decide first"),
    };
    html! {
        <section class="renames" aria-labelledby="renames-title">
            <h2 id="renames-title">{ title }</h2>
            <p class="muted">{"Nothing is a rename until you say so. Without an answer they are two objects, \
                and what deletes data is withheld."}</p>
            <div class="cards">
                { for overview.candidates.iter().enumerate().map(|(at, candidate)| card(&props.store, at, candidate)) }
            </div>
            if open < overview.candidates.len() {
                <div class="title-line">
                    <span class="muted">{"For "}<code>{"pgparity plan --decisions FILE"}</code>{", in CI for example:"}</span>
                    <button onclick={downloads(&props.store, Format::Decisions, Place::Plan)} data-testid="download-decisions">
                        {"Download decisions"}</button>
                </div>
            }
        </section>
    }
}

fn card(store: &Store, at: usize, candidate: &Candidate) -> Html {
    let pair = &candidate.pair;
    let state = match candidate.answer {
        None => "open",
        Some(RenameAnswer::Rename) => "rename",
        Some(RenameAnswer::DropAndCreate) => "separate",
    };
    let choice = |answer: Option<RenameAnswer>,
                  label: &'static str,
                  consequence: &str,
                  id: &'static str| {
        let (from, to) = (pair.from.clone(), pair.to.clone());
        let onchange = store.decide(move |_: Event| Decision::Rename {
            from: from.clone(),
            to: to.clone(),
            answer,
        });
        html! {
            <label class="answer">
                <input type="radio" name={format!("rename-{at}")} checked={candidate.answer == answer}
                    {onchange} data-testid={id} />
                <span><b>{ label }</b><br />{ consequence.to_owned() }</span>
            </label>
        }
    };
    let kind = words::kind_word(pair.kind.as_str());
    let evidence = pair.evidence.iter().map(|said| html! { <li>{ said }</li> });
    html! {
        <fieldset class={classes!("rename-card", state)} data-testid="rename-card"
            data-from={pair.from.as_str().to_owned()} data-to={pair.to.as_str().to_owned()} data-answer={state}>
            <legend><span class="kind">{ kind }</span>{" "}<code>{ pair.from.name().to_owned() }</code>
                {" → "}<code>{ pair.to.name().to_owned() }</code></legend>
            <p class="score">{"Evidence, "}{ pair.score }{" of 100:"}</p>
            <ul class="evidence">{ for evidence }</ul>
            { choice(Some(RenameAnswer::Rename), "Rename", &candidate.rename, "answer-rename") }
            { choice(Some(RenameAnswer::DropAndCreate), "Drop and create", &candidate.separate, "answer-separate") }
            { choice(None, "Decide later", "The plan stays incomplete.", "answer-later") }
        </fieldset>
    }
}
