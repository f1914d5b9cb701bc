//! What stands between the tree and the detail: it can be moved by pointer and by keyboard.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::state::{PanesAction, TREE_WIDTHS, usual_width, width_after};
use crate::view::dom::{set_pixels, use_width};
use crate::view::store::StoreProps;

/// The separator.
#[component]
pub(super) fn Splitter(props: &StoreProps) -> Html {
    let store = &props.store;
    let node = use_node_ref();
    let usual = *use_width(usual_width);
    let width = store.app.panes.tree_width.unwrap_or(usual);
    {
        let node = node.clone();
        use_effect_with(width, move |width| {
            let panes = node.cast::<Element>().and_then(|node| node.parent_element());
            let panes =
                panes.and_then(|panes| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(panes).ok());
            if let Some(panes) = panes {
                set_pixels(&panes, &[("--tree", *width)]);
            }
        });
    }
    let onkeydown = {
        let store = store.clone();
        move |event: KeyboardEvent| {
            if let Some(width) = width_after(&event.key(), width, usual) {
                event.prevent_default();
                store.act(PanesAction::TreeWidth(width));
            }
        }
    };
    let onpointerdown = {
        let node = node.clone();
        move |event: PointerEvent| {
            if let Some(node) = node.cast::<Element>() {
                // A pointer that is gone already cannot be captured, and nothing is to be moved.
                drop(node.set_pointer_capture(event.pointer_id()));
            }
        }
    };
    let onpointermove = {
        let (store, node) = (store.clone(), node.clone());
        move |event: PointerEvent| {
            let Some(node) = node.cast::<Element>() else { return };
            if !node.has_pointer_capture(event.pointer_id()) {
                return;
            }
            let panes = node.parent_element();
            let left = panes.map_or(0.0, |panes| panes.get_bounding_client_rect().left());
            let width = f64::from(event.client_x()) - left;
            #[allow(clippy::cast_possible_truncation, reason = "a width on a screen fits")]
            let width = width as i32;
            store.act(PanesAction::TreeWidth(width));
        }
    };
    let (least, most) = TREE_WIDTHS;
    html! {
        <div ref={node} class="splitter" role="separator" tabindex="0" aria-orientation="vertical"
            aria-label="Width of the list of objects" aria-controls="tree-pane" aria-valuemin={least.to_string()}
            aria-valuemax={most.to_string()} aria-valuenow={width.to_string()}
            title="Drag, or use the arrow keys" {onkeydown} {onpointerdown} {onpointermove} data-testid="splitter" />
    }
}
