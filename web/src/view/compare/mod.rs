//! Compare: what differs.

mod counts;
mod definition;
mod detail;
mod exports;
mod filter_sets;
mod filters;
mod nothing;
mod properties;
pub(super) mod relations;
mod review;
mod row;
mod rules;
mod splitter;
mod totals;
mod tree;
mod unlooked;

use yew::prelude::*;

use super::dom::{focus, has_focus};
use super::keyboard::use_commands;
use super::store::StoreProps;
use super::tour::Tour;
use crate::state::{Action, Command, CompareAction, FilterAction, PanesAction, Place};
use counts::CountStrip;
use detail::DetailPane;
use filters::{Filters, views};
use splitter::Splitter;
use tree::Tree;
use unlooked::NotLookedAt;

/// Where the focus goes in the tree.
const CURRENT_ROW: &str = "[role=treeitem][tabindex='0']";
/// Where the focus goes in the detail.
const DETAIL: &str = "#detail-title, #totals-title";

/// The place.
#[component]
pub(crate) fn Compare(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let commands = store.clone();
    use_commands(move |command| {
        let app = &commands.app;
        match command {
            Command::Search => focus("#search"),
            Command::Back if app.panes.reading => {
                commands.act(PanesAction::Read(false));
                focus(CURRENT_ROW);
            }
            Command::Filters => {
                commands.act(CompareAction::ShowFilters(!app.compare.filters_shown));
            }
            Command::Blanks => commands.act(CompareAction::Blanks(!app.compare.no_blanks)),
            Command::Wrap => commands.act(CompareAction::Wrap(!app.compare.unwrapped)),
            Command::Layout => commands.act(CompareAction::Unified(!app.compare.unified)),
            Command::Renames => commands.act(Action::Go(Place::Plan)),
            Command::NextPane if has_focus("[data-pane=tree]") => focus(DETAIL),
            Command::Back | Command::NextPane => focus(CURRENT_ROW),
            _ => return false,
        }
        true
    });
    let searched = store.on(|event: InputEvent| {
        let input: web_sys::HtmlInputElement = event.target_unchecked_into();
        FilterAction::Text(input.value())
    });
    html! {
        <>
            <h1 class="vh" tabindex="-1">{"Compare"}</h1>
            <Tour store={store.clone()} />
            <CountStrip store={store.clone()} />
            <div class={classes!("panes", store.app.panes.reading.then_some("reading"))}>
                <section class="side-pane" id="tree-pane" data-pane="tree" aria-label="Objects">
                    <div class="search-line">
                        <input id="search" type="search" aria-label="Search objects"
                            placeholder="Search objects  /"
                            title="Words; &quot;exactly this&quot;; /regular expression/" value={store.app.compare.filter.text.clone()}
                            oninput={searched} autocomplete="off" spellcheck="false"
                            data-testid="search" />
                        { views(&store) }
                        <button aria-expanded={store.app.compare.filters_shown.to_string()} aria-controls="filters"
                            onclick={toggle_filters(&store)} data-testid="filters-toggle">{"Filters"}</button>
                    </div>
                    <Filters store={store.clone()} />
                    <Tree store={store.clone()} />
                </section>
                <Splitter store={store.clone()} />
                <section class="detail-pane" data-pane="detail" aria-label="Detail">
                    <DetailPane store={store.clone()} />
                    <NotLookedAt {store} />
                </section>
            </div>
        </>
    }
}

fn toggle_filters(store: &super::store::Store) -> Callback<MouseEvent> {
    let shown = store.app.compare.filters_shown;
    store.on(move |_| CompareAction::ShowFilters(!shown))
}
