//! Queries to run before the plan.

use pgparity_core::plan::Check;
use yew::prelude::*;

use crate::view::parts::Sql;

/// The pre-checks, folded: each is a query that returns nothing when all is well.
pub(super) fn checks(checks: &[Check]) -> Html {
    if checks.is_empty() {
        return Html::default();
    }
    let items = checks.iter().map(|check| {
        html! {
            <li data-testid="check" data-step={check.step.to_string()}>
                <p>{ &check.title }{" "}<small class="muted">{"before step "}{ check.step }</small></p>
                { for check.sql.iter().map(|sql| html! { <Sql sql={sql.clone()} /> }) }
            </li>
        }
    });
    html! {
        <details class="checks">
            <summary>{"Run first: "}{ checks.len() }{ if checks.len() == 1 { " query" } else { " queries" } }
                {" that show rows on which a step would fail"}</summary>
            <ul>{ for items }</ul>
        </details>
    }
}
