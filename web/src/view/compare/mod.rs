//! Compare: what differs.

mod counts;
mod definition;
mod detail;
mod exports;
mod filter_sets;
mod filters;
mod migrations;
mod nothing;
mod properties;
mod read;
pub(super) mod relations;
mod review;
mod row;
mod rules;
mod splitter;
mod totals;
mod tree;
mod unlooked;

use yew::prelude::*;

use super::dom::focus;
use super::keyboard::use_commands;
use super::parts::panes::{Pane, go_pane};
use super::store::{Store, StoreProps};
use super::tour::Tour;
use crate::state::{Action, Command, CompareAction, FilterAction, PanesAction, Place, Reading};
use counts::CountStrip;
use filters::{Filters, views};
use read::Read;
use splitter::Splitter;
use tree::Tree;

/// Where the focus goes in the tree.
pub(super) const CURRENT_ROW: &str = "[role=treeitem][tabindex='0']";
/// The panes, in the order in which F6 goes through them.
const PANES: [Pane; 3] = [
    ("[data-pane=tree]", CURRENT_ROW),
    ("[data-pane=detail]", "#detail-title, #totals-title"),
    ("[data-pane=around]", "#around-title, #unlooked-title"),
];

/// The place.
#[component]
pub(crate) fn Compare(props: &StoreProps) -> Html {
    let store = props.store.clone();
    let commands = store.clone();
    use_commands(move |command| {
        let app = &commands.app;
        match command {
            Command::Search => focus("#search"),
            Command::Back if app.selection.object.is_some() => leave(&commands),
            Command::Filters => {
                commands.act(CompareAction::ShowFilters(!app.compare.filters_shown));
            }
            Command::Blanks => commands.act(CompareAction::Blanks(!app.compare.no_blanks)),
            Command::Wrap => commands.act(CompareAction::Wrap(!app.compare.unwrapped)),
            Command::Renames => commands.act(Action::Go(Place::Plan)),
            Command::Back => focus(CURRENT_ROW),
            command => return go_pane(command, &PANES),
        }
        true
    });
    let searched = store.on(|event: InputEvent| {
        let input: web_sys::HtmlInputElement = event.target_unchecked_into();
        FilterAction::Text(input.value())
    });
    let reading = match store.app.panes.reading {
        Reading::Open => None,
        Reading::Wanted => Some("reading"),
        Reading::Shut => Some("shut"),
    };
    html! {
        <>
            <h1 class="vh" tabindex="-1">{"Compare"}</h1>
            <Tour store={store.clone()} />
            <CountStrip store={store.clone()} />
            <div class={classes!("panes", reading)}>
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
                <Read {store} />
            </div>
        </>
    }
}

/// Goes from the detail back to the tree.
pub(super) fn leave(store: &Store) {
    store.act(PanesAction::Read(false));
    focus(CURRENT_ROW);
}

fn toggle_filters(store: &Store) -> Callback<MouseEvent> {
    let shown = store.app.compare.filters_shown;
    store.on(move |_| CompareAction::ShowFilters(!shown))
}
