//! The risks of the plan: how long tables are closed, and a row for each change.

use pgparity_core::report::words::counted;
use yew::prelude::*;

use super::sections::more;
use crate::model::risk::{RiskRow, risk_row};
use crate::protocol::{At, PlanPage, RiskTable};
use crate::state::PlanAction;
use crate::view::parts::name::in_text;
use crate::view::store::Store;

/// What a release manager asks for.
pub(super) fn risk(store: &Store, page: &PlanPage) -> Html {
    let risk = &page.risk;
    if risk.changes_all == 0 {
        return Html::default();
    }
    let rows = risk.changes.iter().map(|change| row(store, &risk_row(change)));
    html! {
        <section class="risk" data-testid="risk" aria-labelledby="risk-title">
            <h2 id="risk-title">{"Risk"}</h2>
            <p data-testid="risk-summary"><b>{"Risk: "}</b>{ &risk.summary }</p>
            <p data-testid="downtime"><b>{"Downtime: "}</b>{ &risk.downtime }</p>
            <details>
                <summary>{"Risk of "}{ counted(risk.changes_all, "change") }{", the riskiest first"}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label="Risk of each change">
                    <table role="table">
                        <thead role="rowgroup"><tr role="row">
                            <th role="columnheader" scope="col">{"Risk"}</th>
                            <th role="columnheader" scope="col">{"Change"}</th>
                            <th role="columnheader" scope="col">{"Hazards"}</th>
                            <th role="columnheader" scope="col" class="wide">{"Lock, and for how long"}</th>
                            <th role="columnheader" scope="col">{"Work"}</th>
                            <th role="columnheader" scope="col" class="figure">{"Rows"}</th>
                            <th role="columnheader" scope="col" class="figure">{"Size"}</th>
                            <th role="columnheader" scope="col">{"Way back"}</th>
                        </tr></thead>
                        <tbody role="rowgroup">{ for rows }</tbody>
                    </table>
                </div>
                { more(risk.changes.len(), risk.changes_all) }
            </details>
            { closed(risk) }
        </section>
    }
}

fn row(store: &Store, row: &RiskRow) -> Html {
    let steps = row.steps.iter().map(|number| {
        let number = *number;
        let onclick = store.on(move |_: MouseEvent| PlanAction::At(At::Step(number)));
        html! { <>{" "}<button class="link" {onclick} data-testid="risk-step">{ format!("step {number}") }</button></> }
    });
    html! {
        <tr role="row" data-testid="risk-row" data-id={row.id.clone()} data-level={row.level} data-in-script={row.in_script}>
            <td role="cell" class={classes!("level", row.level)}>{ &row.level_words }</td>
            <th scope="row" role="rowheader">{ in_text(&row.title) }{ for steps }
                if row.more_steps > 0 { { format!(" and {} more", row.more_steps) } }
            </th>
            <td role="cell" data-of="Hazards">{ &row.hazards }</td>
            <td role="cell" data-of="Lock" class="wide">{ &row.lock }</td>
            <td role="cell" data-of="Work">{ &row.work }</td>
            <td role="cell" data-of="Rows" class="figure">{ &row.rows }</td>
            <td role="cell" data-of="Size" class="figure">{ &row.size }</td>
            <td role="cell" data-of="Way back">{ row.way_back }</td>
        </tr>
    }
}

/// The tables that are closed, and why nobody can tell for how long.
fn closed(risk: &RiskTable) -> Html {
    if risk.closed_all == 0 && risk.unknown.is_empty() {
        return Html::default();
    }
    let tables = risk.closed.iter().map(|closed| {
        let id = closed.relation.as_str().to_owned();
        html! { <li data-testid="closed" data-id={id}>{ closed.in_words() }</li> }
    });
    let unknown = risk.unknown.iter().map(|reason| {
        html! { <li>{ format!("unknown, because {reason}") }</li> }
    });
    html! {
        <details>
            <summary>{ counted(risk.closed_all, "table") }{" closed meanwhile, the longest first"}</summary>
            <ul>{ for tables }{ for unknown }</ul>
            { more(risk.closed.len(), risk.closed_all) }
        </details>
    }
}
