//! The rows of the grid: an object, and what each column has of it.

use yew::prelude::*;

use crate::model::matrix::{class, differs, words};
use crate::protocol::{MatrixPage, MatrixRow};
use crate::state::{HEADS, Spot};
use crate::view::parts::name::one_line;

/// A place in the grid as an attribute has it.
pub(super) fn spot_attribute(spot: Spot) -> String {
    format!("{}:{}", spot.row, spot.column)
}

/// The place that an attribute says.
pub(super) fn spot_of(attribute: &str) -> Option<Spot> {
    let (row, column) = attribute.split_once(':')?;
    Some(Spot { row: row.parse().ok()?, column: column.parse().ok()? })
}

/// One cell of the grid has the way in.
pub(super) fn tab(current: bool) -> &'static str {
    if current { "0" } else { "-1" }
}

/// A row; `kept` tells that it has the focus and is out of sight.
pub(super) fn object_row(page: &MatrixPage, row: &MatrixRow, current: Spot, kept: bool) -> Html {
    let at = row.at + HEADS;
    let spot = |column| Spot { row: at, column };
    let cells = row.cells.iter().enumerate().map(|(column, cell)| {
        let spot = spot(column + 1);
        let off = differs(row, column);
        html! {
            <div class={classes!("matrix-cell", class(*cell), off.then_some("off"))} role="gridcell"
                aria-colindex={(column + 2).to_string()} aria-label={words(page, row, column)}
                tabindex={tab(spot == current)} data-spot={spot_attribute(spot)}
                data-off={off.to_string()}>{ cell.text() }</div>
        }
    });
    let name = spot(0);
    html! {
        <div key={row.id.as_str().to_owned()} class={classes!("matrix-row", kept.then_some("kept"))} role="row"
            aria-rowindex={(at + 1).to_string()} data-testid="matrix-row" data-id={row.id.as_str().to_owned()}>
            <div class="matrix-name" role="rowheader" aria-colindex="1" tabindex={tab(name == current)}
                data-spot={spot_attribute(name)} title={row.name.clone()}>
                { one_line(&row.name) }{" "}<small class="kind">{ &row.kind }</small>
            </div>
            { for cells }
        </div>
    }
}
