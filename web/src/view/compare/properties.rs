//! The table of attributes.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::protocol::{Property, Status};
use crate::state::CompareAction;
use crate::view::store::Store;

/// What [`struct@Properties`] needs.
#[derive(PartialEq, yew::Properties)]
pub(super) struct PropertiesProps {
    /// State, worker and overview.
    pub store: Store,
    /// The attributes, those that differ first.
    pub properties: Vec<Property>,
    /// The object's status.
    pub status: Status,
    /// Parts of the object differ.
    pub inside: bool,
}

/// Attribute by attribute: from, to.
#[component]
pub(super) fn Properties(props: &PropertiesProps) -> Html {
    let one_sided = matches!(props.status, Status::Missing | Status::Extra);
    let equal = props.properties.iter().filter(|property| !property.changed).count();
    let equal_whole = props.status == Status::Same && !props.inside;
    let all = props.store.app.compare.all_properties || equal_whole;
    let shown: Vec<&Property> =
        props.properties.iter().filter(|property| all || property.changed).collect();
    let toggled = props.store.on(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        CompareAction::AllProperties(input.checked())
    });
    let rows = shown.iter().map(|property| {
        let marked = property.changed && !one_sided;
        html! {
            <tr class={marked.then_some("changed")} data-testid="property"
                data-name={property.name.clone()} data-changed={property.changed.to_string()}>
                <th scope="row">{ &property.name }</th>
                if props.status != Status::Missing { <td>{ value(property.from.as_deref(), marked, false) }</td> }
                if props.status != Status::Extra { <td>{ value(property.to.as_deref(), marked, true) }</td> }
            </tr>
        }
    });
    html! {
        <section class="properties">
            <div class="title-line">
                <h3>{"Properties"}</h3>
                if equal > 0 && !equal_whole {
                    <label><input type="checkbox" checked={all} onchange={toggled} data-testid="properties-all" />
                        {" equal ones too ("}{ equal }{")"}</label>
                }
            </div>
            if shown.is_empty() {
                <p class="muted">{"No attribute of its own differs."}</p>
            } else {
                <div class="scroll" tabindex="0" role="region" aria-label="Properties">
                    <table data-testid="properties">
                        <thead><tr>
                            <th scope="col">{"Property"}</th>
                            if props.status != Status::Missing { <th scope="col">{"From (is now)"}</th> }
                            if props.status != Status::Extra { <th scope="col">{"To (should become)"}</th> }
                        </tr></thead>
                        <tbody>{ for rows }</tbody>
                    </table>
                </div>
            }
        </section>
    }
}

/// A value; what differs is marked by more than colour.
fn value(text: Option<&str>, marked: bool, to: bool) -> Html {
    let Some(text) = text else { return html! { <span class="muted">{"none"}</span> } };
    let text = text.to_owned();
    match (marked, to) {
        (false, _) => html! { <span class="value">{ text }</span> },
        (true, false) => html! { <del class="value">{ text }</del> },
        (true, true) => html! { <ins class="value">{ text }</ins> },
    }
}
