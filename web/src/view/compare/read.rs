//! What is read: one object in full, and around it what the plan does about it, what it depends on and what
//! uses it. Each has a pane where there is room for three; else one stands below the other.

use pgparity_core::model::Id;
use yew::prelude::*;

use super::CURRENT_ROW;
use super::detail::shown;
use super::migrations::Migrations;
use super::relations::{InPlan, relations};
use super::review::note;
use super::totals::Totals;
use super::unlooked::NotLookedAt;
use crate::protocol::{Detail, DetailAnswer, DetailAsk, Response};
use crate::state::{Place, Reading};
use crate::view::dom::{focus, has_focus};
use crate::view::parts::panes::is_drawn;
use crate::view::store::{Store, StoreProps, use_answer};

/// The tree, and what is read.
const TREE: &str = "[data-pane=tree]";
const READ: &str = ".read";

/// The panes of what is read.
#[component]
pub(super) fn Read(props: &StoreProps) -> Html {
    let store = &props.store;
    let no_blanks = store.app.compare.no_blanks;
    let ask = store.app.selection.object.clone().map(|id| DetailAsk::Object { id, no_blanks });
    let answer = use_answer(store, ask);
    let detail = match answer.as_deref() {
        Some(Response::Detail(DetailAnswer::Object(detail))) => Some(detail),
        _ => None,
    };
    let problem = match answer.as_deref() {
        Some(Response::Nothing(message)) => Some(message.clone()),
        _ => None,
    };
    use_focus(store.app.panes.reading, detail.map(|detail| detail.id.clone()));
    let overview = answer.is_none() || store.app.panes.reading == Reading::Shut;
    html! {
        <div class={classes!("read", detail.is_some().then_some("chosen"))}>
            <section class="detail-pane" data-pane="detail" aria-label="Detail">
                { for detail.map(|detail| shown(store, detail)) }
                if let Some(problem) = problem { <p class="empty">{ problem }</p> }
                if overview {
                    <Migrations store={store.clone()} />
                    <Totals store={store.clone()} />
                }
            </section>
            <section class="around-pane" data-pane="around" aria-label="Around it" tabindex="0">
                { for detail.map(|detail| around(store, detail)) }
                <NotLookedAt store={store.clone()} />
            </section>
        </div>
    }
}

/// Where there is room for one pane, the focus goes with what is shown: to the detail, and back to the row
/// that one came from. That can only be once it is drawn.
#[hook]
fn use_focus(reading: Reading, object: Option<Id>) {
    use_effect_with((reading, object), |(reading, _)| {
        if *reading == Reading::Wanted && !is_drawn(TREE) && !has_focus(READ) {
            focus("#detail-title");
        }
    });
    let first = use_mut_ref(|| true);
    use_effect_with(reading, move |reading| {
        let came = first.replace(false);
        if *reading == Reading::Shut && !came && !has_focus(TREE) {
            focus(CURRENT_ROW);
        }
    });
}

/// What is around an object.
fn around(store: &Store, detail: &Detail) -> Html {
    html! {
        <div class="around" data-testid="around">
            <h2 id="around-title" tabindex="-1">{"Plan and relations"}</h2>
            <InPlan store={store.clone()} id={detail.id.clone()} />
            { note(store, detail) }
            { relations(store, "Depends on", "depends-on", &detail.depends_on) }
            { relations(store, "Used by", "used-by", &detail.used_by) }
            <p><a href={store.address(Place::Explore)} data-testid="explore-it">{"In the diagram, and what breaks when it is dropped"}</a></p>
        </div>
    }
}
