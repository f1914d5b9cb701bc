//! Queries to run before and after the plan.

use yew::prelude::*;

use super::export::copies_post_check;
use super::sections::more;
use crate::protocol::{Format, PlanPage};
use crate::state::Place;
use crate::view::exports::downloads;
use crate::view::parts::{Sql, copy};
use crate::view::store::Store;

/// The checks, folded: each is a query that returns nothing when all is well.
pub(super) fn checks(store: &Store, page: &PlanPage) -> Html {
    let before = page.checks.iter().map(|check| {
        html! {
            <li data-testid="check" data-step={check.step.to_string()}>
                <p>{ &check.title }{" "}<small class="muted">{"before step "}{ check.step }</small></p>
                { for check.sql.iter().map(|sql| query(store, sql)) }
            </li>
        }
    });
    let after = page.post_checks.iter().enumerate().map(|(at, title)| {
        html! {
            <li data-testid="post-check">
                <p>{ title }</p>
                <button onclick={copies_post_check(store, at)} data-testid="copy-check">{"Copy query"}</button>
            </li>
        }
    });
    let count = |number: usize| {
        if number == 1 { "1 query".to_owned() } else { format!("{number} queries") }
    };
    html! {
        <>
            if page.checks_all > 0 {
                <details class="checks">
                    <summary>{"Run first: "}{ count(page.checks_all) }{" that show rows on which a step would fail"}</summary>
                    <button onclick={downloads(store, Format::PreChecks, Place::Plan)} data-testid="download-pre-checks">
                        {"Download them for psql"}</button>
                    <ul>{ for before }</ul>
                    { more(page.checks.len(), page.checks_all) }
                </details>
            }
            if !page.post_checks.is_empty() {
                <details class="checks" data-testid="post-checks">
                    <summary>{"Run afterwards: "}{ count(page.post_checks.len()) }
                        {" that show what is not as the plan leaves it"}</summary>
                    <button onclick={downloads(store, Format::PostChecks, Place::Plan)} data-testid="download-post-checks">
                        {"Download them for psql"}</button>
                    <ul>{ for after }</ul>
                </details>
            }
        </>
    }
}

/// A query with a button that copies it.
pub(super) fn query(store: &Store, sql: &str) -> Html {
    html! {
        <div class="query">
            <Sql sql={sql.to_owned()} />
            <button onclick={copies(store, sql, "The query")} data-testid="copy-check">{"Copy query"}</button>
        </div>
    }
}

/// What a button that copies a text does.
pub(super) fn copies(store: &Store, text: &str, what: &'static str) -> Callback<MouseEvent> {
    let (store, text) = (store.clone(), text.to_owned());
    Callback::from(move |_| copy(&store, text.clone(), what))
}
