//! The heads of the columns: who it is, how far off, and the buttons for From and To.

use yew::prelude::*;

use super::rows::{spot_attribute, tab};
use crate::model::matrix::{captured, equal, score, version};
use crate::protocol::{MatrixColumn, MatrixPage, Slot};
use crate::state::Spot;
use crate::view::parts::name::in_column;
use crate::view::store::Store;

/// The three rows above the objects.
pub(super) fn heads(store: &Store, page: &MatrixPage, current: Spot) -> Html {
    let cell = |row, column| {
        let spot = Spot { row, column };
        (spot_attribute(spot), tab(spot == current))
    };
    let (spot, tabindex) = cell(0, 0);
    let names = page.columns.iter().enumerate().map(|(at, column)| {
        let (spot, tabindex) = cell(0, at + 1);
        head(column, at, spot, tabindex)
    });
    html! {
        <div class="matrix-head" role="rowgroup">
            <div class="matrix-row names" role="row" aria-rowindex="1">
                <div class="matrix-name" role="columnheader" aria-colindex="1" {tabindex} data-spot={spot}>
                    {"Object"}
                </div>
                { for names }
            </div>
            { sides(store, page, Slot::From, 1, cell) }
            { sides(store, page, Slot::To, 2, cell) }
        </div>
    }
}

fn head(column: &MatrixColumn, at: usize, spot: String, tabindex: &'static str) -> Html {
    html! {
        <div class={classes!("matrix-cell", "head", column.reference.then_some("reference"))}
            role="columnheader" aria-colindex={(at + 2).to_string()} {tabindex} data-spot={spot}
            data-testid="matrix-column" data-name={column.name.clone()} data-score={column.score.to_string()}
            data-count={column.count.to_string()}>
            { in_column(&equal(column).unwrap_or_else(|| column.name.clone())) }
            <span>{"PostgreSQL "}{ version(column) }</span>
            <time datetime={column.captured_at.clone()}>{ captured(column) }</time>
            <span class="score">{ score(column) }</span>
            if column.forged {
                <span class="forged">{"not the fingerprint that the file states"}</span>
            }
        </div>
    }
}

/// A row of buttons: what is compared from, or to.
fn sides(
    store: &Store,
    page: &MatrixPage,
    slot: Slot,
    row: usize,
    cell: impl Fn(usize, usize) -> (String, &'static str),
) -> Html {
    let word = match slot {
        Slot::From => "From",
        Slot::To => "To",
    };
    let (spot, tabindex) = cell(row, 0);
    let chosen = store.app.environments.side(slot);
    let buttons = page.columns.iter().enumerate().map(|(at, column)| {
        let (spot, tabindex) = cell(row, at + 1);
        html! {
            <div class="matrix-cell side-choice" role="gridcell" aria-colindex={(at + 2).to_string()}>
                <button {tabindex} data-spot={spot} aria-pressed={(chosen == Some(column.id)).to_string()}
                    aria-label={format!("{word} {}", column.name)} data-testid={format!("matrix-{}", word.to_lowercase())}
                    data-name={column.name.clone()}>{ word }</button>
            </div>
        }
    });
    html! {
        <div class="matrix-row" role="row" aria-rowindex={(row + 1).to_string()}>
            <div class="matrix-name" role="rowheader" aria-colindex="1" {tabindex} data-spot={spot}>
                { format!("Compare {}", word.to_lowercase()) }
            </div>
            { for buttons }
        </div>
    }
}
