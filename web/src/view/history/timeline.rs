//! The timeline: a snapshot after the other, and the step between.

use yew::prelude::*;

use crate::model::lane::bar;
use crate::protocol::{Moment, ShelfAsk, Since, Slot, Status, Timeline};
use crate::state::{Action, HistoryAction, Place};
use crate::view::store::Store;

/// What the four numbers of a step count: the status whose sign and colour they have, and a word.
const DEEDS: [(Status, &str); 4] = [
    (Status::Missing, "came"),
    (Status::Extra, "went"),
    (Status::Changed, "changed"),
    (Status::Renamed, "renamed"),
];

/// The timeline.
pub(super) fn timeline(store: &Store, timeline: &Timeline) -> Html {
    let steps = timeline.points.iter().filter_map(|moment| moment.since.as_ref());
    let largest = steps.map(|since| since.tally.iter().sum()).max().unwrap_or(0);
    let points = timeline.points.iter().enumerate().map(|(at, moment)| {
        html! {
            <li data-testid="moment" data-point={(at + 1).to_string()}>
                if let Some(since) = &moment.since {
                    { step(store, at + 1, since, largest) }
                }
                { point(store, Some(at + 1), moment) }
            </li>
        }
    });
    let unplaced = timeline.unplaced.iter().map(|moment| {
        html! { <li data-testid="unplaced">{ point(store, None, moment) }</li> }
    });
    html! {
        <section class="timeline" aria-labelledby="timeline-title">
            <h2 id="timeline-title">{"Timeline"}</h2>
            <p class="muted">{"Snapshots by the time they state, the oldest first. Numbers count objects, \
                columns included."}</p>
            if store.app.shelf.sides.complete() {
                <button class="primary" onclick={store.on(|_: MouseEvent| Action::Go(Place::Compare))}
                    data-testid="compare-chosen">{"Compare From and To"}</button>
            }
            <ol class="moments">{ for points }</ol>
            if !timeline.unplaced.is_empty() {
                <h3>{"No time, no place"}</h3>
                <p class="muted">{"These do not state when they were taken. They are in no step and no lane."}</p>
                <ul class="moments">{ for unplaced }</ul>
            }
        </section>
    }
}

fn point(store: &Store, number: Option<usize>, moment: &Moment) -> Html {
    let sides = &store.app.shelf.sides;
    let name = number.map_or_else(String::new, |number| format!("{number}, "));
    let side = |slot: Slot, word: &'static str, on: bool| {
        let (store, id) = (store.clone(), moment.snap);
        let onclick = move |_: MouseEvent| {
            store.command(ShelfAsk::Lay { slot, id }, "Comparing…".to_owned());
        };
        html! {
            <button class="chip" aria-pressed={on.to_string()} {onclick} data-testid={format!("lay-{}", word.to_lowercase())}
                aria-label={format!("{word}: {name}{} of {}", moment.label, moment.captured_at)}>{ word }</button>
        }
    };
    html! {
        <div class="moment">
            if let Some(number) = number {
                <b class="number">{ number }</b>
            }
            <span class="about">
                <b>{ &moment.label }</b>
                <time datetime={moment.captured_at.clone()}>{ &moment.captured_at }</time>
                <span class="muted">{ moment.objects }{" objects · PostgreSQL "}{ &moment.version }</span>
            </span>
            <span class="sides">
                { side(Slot::From, "From", sides.from_id == Some(moment.snap)) }
                { side(Slot::To, "To", sides.to_id == Some(moment.snap)) }
            </span>
        </div>
    }
}

fn step(store: &Store, number: usize, since: &Since, largest: usize) -> Html {
    let counts = DEEDS.iter().zip(since.tally).filter(|(_, count)| *count > 0);
    let counts = counts.map(|((status, word), count)| {
        html! {
            <span class={classes!("deed", status.word())}>
                <span class="sign" aria-hidden="true">{ status.sign() }</span>{ count }{" "}{ *word }
            </span>
        }
    });
    let quiet = since.tally.iter().all(|count| *count == 0);
    let parts = DEEDS.iter().zip(bar(since.tally, largest)).map(|((status, _), (from, long))| {
        html! { <rect class={status.word()} x={from.to_string()} width={long.to_string()} height="6" /> }
    });
    let chosen = store.app.history.filter.point == Some(number);
    html! {
        <div class="since" data-testid="step" data-tally={since.tally.map(|count| count.to_string()).join(" ")}>
            if quiet {
                <span class="muted">{"Nothing changed."}</span>
            } else {
                <span class="deeds">{ for counts }</span>
                <svg class="amount" viewBox="0 0 104 6" preserveAspectRatio="none" aria-hidden="true">{ for parts }</svg>
                <button class="chip" aria-pressed={chosen.to_string()} data-testid="step-only"
                    onclick={store.on(move |_: MouseEvent| HistoryAction::Point(number))}
                    aria-label={format!("Show only what happened at {number}")}>{"Show"}</button>
            }
            { for since.gaps.iter().map(|gap| html! { <p class="gap" data-testid="gap">{ gap }</p> }) }
        </div>
    }
}
