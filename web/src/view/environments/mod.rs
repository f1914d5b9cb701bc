//! Environments: all snapshots side by side.

mod grid;
mod heads;
mod rows;
mod toolbar;

use yew::prelude::*;

use super::dom::focus;
use super::keyboard::use_commands;
use super::store::StoreProps;
use crate::state::{Command, EnvironmentsAction};
use grid::Grid;

/// The place.
#[component]
pub(crate) fn Environments(props: &StoreProps) -> Html {
    let store = props.store.clone();
    use_commands(|command| match command {
        Command::Search => {
            focus("#find");
            true
        }
        Command::Back | Command::NextPane | Command::PreviousPane => {
            focus(".matrix [tabindex='0']");
            true
        }
        _ => false,
    });
    let searched = store.on(|event: InputEvent| {
        let input: web_sys::HtmlInputElement = event.target_unchecked_into();
        EnvironmentsAction::Text(input.value())
    });
    html! {
        <div class="environments-page">
            <h1 tabindex="-1">{"Environments"}</h1>
            <Grid {store} {searched} />
        </div>
    }
}
