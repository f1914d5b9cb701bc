//! What was compared, kind by kind: the proof that the counts add up.

use pgparity_core::report::words::kind_word;
use yew::prelude::*;

use crate::protocol::Status;
use crate::state::FilterAction;
use crate::view::store::StoreProps;

/// The table that stands where no object is selected.
#[component]
pub(super) fn Totals(props: &StoreProps) -> Html {
    let store = &props.store;
    let Some(overview) = &store.overview else { return Html::default() };
    let shown: Vec<Status> = Status::ALL
        .into_iter()
        .filter(|status| *status != Status::Hidden || overview.counts.hidden > 0)
        .collect();
    let row = |name: Html, counts: crate::protocol::Counts, class: Option<&'static str>| {
        let cells = shown.iter().map(|&status| {
            let number = counts.of(status);
            html! { <td class={(number > 0).then_some(status.word())}>{ number }</td> }
        });
        html! {
            <tr {class}><th scope="row">{ name }</th>{ for cells }<td>{ counts.total() }</td></tr>
        }
    };
    let rows = overview.kinds.iter().map(|facet| {
        let kind = facet.value.clone();
        let onclick = store.on(move |_: MouseEvent| FilterAction::Kind(kind.clone()));
        let name = html! { <button class="link" {onclick}>{ kind_word(&facet.value) }</button> };
        row(name, facet.counts, None)
    });
    html! {
        <section class="totals" aria-labelledby="totals-title">
            <h2 id="totals-title" tabindex="-1">{"What was compared"}</h2>
            <p class="muted">{"Missing: only in To. Extra: only in From. Choose an object to see what differs."}</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Counts by kind">
                <table data-testid="totals">
                    <thead><tr>
                        <th scope="col">{"Kind"}</th>
                        { for shown.iter().map(|status| html! { <th scope="col">{ status.word() }</th> }) }
                        <th scope="col">{"all"}</th>
                    </tr></thead>
                    <tbody>{ for rows }{ row(html! { {"all kinds"} }, overview.counts, Some("sum")) }</tbody>
                </table>
            </div>
        </section>
    }
}
