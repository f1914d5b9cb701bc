//! A dialog over the page.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// The node of a `<dialog>` that is shown, as a modal one, while `open` is true.
#[hook]
pub(crate) fn use_dialog(open: bool) -> NodeRef {
    let node = use_node_ref();
    let dialog = node.clone();
    use_effect_with(open, move |open| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            if *open && !dialog.open() {
                // It is in the document and closed: it can be shown.
                drop(dialog.show_modal());
            } else if !open {
                dialog.close();
            }
        }
    });
    node
}
