//! The one list of many rows: a scroller, a spacer of the full height, a window at its place in it.
//! Rows carry `tabindex="0"` where the focus goes; the style sheet knows `--rows` and `--first`.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::model::list::{Window, centred, in_sight, is_long, row_at};
use crate::view::dom::{focus_in_place, has_focus, reveal};

/// The height of a row, as the style sheet has it.
const ROW: f64 = 28.0;
/// The row that takes the focus when the list gets it.
const CURRENT: &str = "[tabindex='0']";

/// How many rows there are, and which are drawn first; `None` until that is known.
pub(crate) type Extent = Option<(usize, usize)>;

/// A list: where it is, and which rows it wants.
#[derive(Clone, PartialEq)]
pub(crate) struct List {
    /// The scroller.
    pub node: NodeRef,
    window: UseStateHandle<Window>,
    long: bool,
}

/// A list and its window. `extent` may be of the answer before.
#[hook]
pub(crate) fn use_list() -> List {
    List { node: use_node_ref(), window: use_state(|| Window::WHOLE), long: false }
}

impl List {
    /// The rows that are wanted.
    pub(crate) fn window(&self) -> Window {
        *self.window
    }

    /// The list of that length.
    pub(crate) fn with_rows(mut self, extent: Extent) -> List {
        self.long = extent.is_some_and(|(rows, _)| is_long(rows));
        self
    }

    /// True when only a window is drawn.
    pub(crate) fn is_long(&self) -> bool {
        self.long
    }

    /// Goes to a row that is not drawn.
    pub(crate) fn go(&self, row: usize) {
        self.window.set(Window::around(row, self.sight()));
        self.scroll_to(row);
    }

    /// Moves the window after scrolling.
    pub(crate) fn scrolled(&self) {
        let Some(element) = self.element().filter(|_| self.long) else { return };
        let top = row_at(f64::from(element.scroll_top()), ROW);
        if let Some(next) = self.window.scrolled(top, self.sight()) {
            self.window.set(next);
        }
    }

    /// Gives the focus to the current row, unless it is inside of what a selector finds.
    pub(crate) fn focus_unless(&self, elsewhere: &str) {
        if has_focus(elsewhere) {
            return;
        }
        if let Some(row) = self.current() {
            reveal(&row);
            focus_in_place(&row);
        }
    }

    /// How many of the rows that came are drawn. Before the length is known as many come as a short list
    /// has.
    pub(crate) fn drawn(&self) -> usize {
        let all = *self.window == Window::WHOLE;
        if self.long && all { Window::around(0, 0).len } else { usize::MAX }
    }

    /// How many rows are in sight; 0 where that is not known.
    fn sight(&self) -> usize {
        let height = self.element().map_or(0, |element| element.client_height());
        row_at(f64::from(height) + ROW - 1.0, ROW) + usize::from(height > 0)
    }

    fn element(&self) -> Option<Element> {
        self.node.cast()
    }

    fn current(&self) -> Option<Element> {
        self.element()?.query_selector(CURRENT).ok().flatten()
    }

    fn scroll_to(&self, row: usize) {
        if let Some(element) = self.element() {
            element.set_scroll_top(centred(row, ROW, f64::from(element.client_height())));
        }
    }
}

/// Draws all rows of a short list, and a window of a long one.
#[hook]
pub(crate) fn use_window_size(list: &List) {
    let list = list.clone();
    use_effect_with(list.long, move |long| {
        let around = || Window::around(0, list.sight());
        list.window.set(if *long { around() } else { Window::WHOLE });
    });
}

/// Gives the list its full height, and puts the window at its place in it.
#[hook]
pub(crate) fn use_geometry(list: &List, extent: Extent) {
    let list = list.clone();
    use_effect_with(extent, move |extent| {
        let (Some((rows, first)), Some(element)) = (*extent, list.element()) else { return };
        let set = |selector: &str, property: &str, value: usize| {
            let found = element.query_selector(selector).ok().flatten();
            if let Some(element) =
                found.and_then(|e| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(e).ok())
            {
                // A number is a valid value for either property.
                drop(element.style().set_property(property, &value.to_string()));
            }
        };
        set(".spacer", "--rows", rows);
        set(".window", "--first", first);
    });
}

/// Keeps a row in sight when something changes what stands above it.
#[hook]
pub(crate) fn use_sight<T: PartialEq + 'static>(list: &List, row: Option<usize>, changes: T) {
    let list = list.clone();
    use_effect_with(changes, move |_| {
        let (Some(at), Some(element)) = (row, list.element()) else { return };
        let top = f64::from(element.scroll_top());
        if !in_sight(at, ROW, top, f64::from(element.client_height())) {
            list.scroll_to(at);
        }
    });
}

/// Gives the focus back to the current row when drawing took it: a row that leaves the window is
/// drawn anew. The callbacks tell when the list gets and loses the focus.
#[hook]
pub(crate) fn use_focus_keeper<T: PartialEq + 'static>(
    list: &List,
    drawn: T,
) -> (Callback<FocusEvent>, Callback<FocusEvent>) {
    let had = use_mut_ref(|| false);
    let (list, before) = (list.clone(), had.clone());
    use_effect_with(drawn, move |_| {
        let inside = list.element().is_some_and(|list| {
            let focused = crate::view::document().and_then(|document| document.active_element());
            list.contains(focused.as_deref())
        });
        if let Some(row) = list.current().filter(|_| *before.borrow() && !inside) {
            focus_in_place(&row);
        }
    });
    let (got, lost) = (had.clone(), had);
    (
        Callback::from(move |_| {
            got.replace(true);
        }),
        // Without a next element the focus was not moved: the row that had it is gone.
        Callback::from(move |event: FocusEvent| {
            if event.related_target().is_some() {
                lost.replace(false);
            }
        }),
    )
}
