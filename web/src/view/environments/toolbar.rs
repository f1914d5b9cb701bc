//! Search, reference and order.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::protocol::{MatrixPage, Sort};
use crate::state::EnvironmentsAction;
use crate::view::store::Store;

/// The value of the choice that no snapshot is the reference.
const MOST: &str = "";
/// What stands before the name of a snapshot in a value: a name may be empty.
const NAMED: &str = "=";

/// The bar over the grid.
pub(super) fn toolbar(store: &Store, page: &MatrixPage, searched: Callback<InputEvent>) -> Html {
    let query = &store.app.environments.query;
    let referred = store.on(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        let name = select.value().strip_prefix(NAMED).map(str::to_owned);
        EnvironmentsAction::Reference(name)
    });
    let sorted = store.on(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        let by_name = select.value() == "name";
        EnvironmentsAction::Sort(if by_name { Sort::Name } else { Sort::Divergent })
    });
    let references = page.references.iter().map(|name| {
        let selected = query.reference.as_ref() == Some(name);
        html! { <option value={format!("{NAMED}{name}")} {selected}>{ name }</option> }
    });
    let chosen = |name: &String| query.reference.as_ref() == Some(name);
    let no_reference = !page.references.iter().any(chosen);
    html! {
        <div class="matrix-tools">
            <input id="find" type="search" aria-label="Search objects" placeholder="Search objects  /"
                value={query.text.clone()} oninput={searched} autocomplete="off" spellcheck="false"
                data-testid="matrix-search" />
            <label>{"Measured by "}
                <select onchange={referred} data-testid="matrix-reference">
                    <option value={MOST} selected={no_reference}>{"what most have"}</option>
                    { for references }
                </select>
            </label>
            <label>{"Order "}
                <select onchange={sorted} data-testid="matrix-sort">
                    <option value="divergent" selected={query.sort == Sort::Divergent}>
                        {"most divergent first"}
                    </option>
                    <option value="name" selected={query.sort == Sort::Name}>{"by name"}</option>
                </select>
            </label>
        </div>
    }
}

/// The way through more columns than are drawn at once.
pub(super) fn windows(store: &Store, page: &MatrixPage) -> Html {
    if page.windows < 2 {
        return Html::default();
    }
    let go = |window: usize| store.on(move |_: MouseEvent| EnvironmentsAction::Window(window));
    let (now, last) = (page.window, page.windows - 1);
    html! {
        <div class="matrix-tools" role="group" aria-label="Columns" data-testid="matrix-windows"
            data-window={now.to_string()} data-windows={page.windows.to_string()}>
            <button onclick={go(now.saturating_sub(1))} disabled={now == 0} data-testid="matrix-window-before">
                {"Columns before"}</button>
            <span>{ format!("Part {} of {}; {} columns in all", now + 1, page.windows, page.all_columns) }</span>
            <button onclick={go((now + 1).min(last))} disabled={now == last} data-testid="matrix-window-next">
                {"Next columns"}</button>
        </div>
    }
}
