//! Small pieces that several views show.

pub(crate) mod dialog;
pub(crate) mod list;
pub(crate) mod name;
pub(crate) mod panes;
pub(crate) mod time;

use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use super::store::Store;
use crate::protocol::Status;
use crate::sql_lexer::tokens;
use crate::state::Action;

/// The properties of [`Sql`].
#[derive(PartialEq, Properties)]
pub(crate) struct SqlProps {
    /// The text.
    pub sql: AttrValue,
}

/// SQL in colours.
#[component]
pub(crate) fn Sql(props: &SqlProps) -> Html {
    let pieces = tokens(&props.sql).into_iter().map(|token| {
        let class = token.class.css();
        if class.is_empty() {
            html! { {token.text.to_owned()} }
        } else {
            html! { <span {class}>{token.text.to_owned()}</span> }
        }
    });
    html! { <pre class="sql" tabindex="0"><code>{ for pieces }</code></pre> }
}

/// A status as sign and word; the sign is for the eye only.
pub(crate) fn badge(status: Status) -> Html {
    html! {
        <span class={classes!("badge", status.word())}>
            <span class="sign" aria-hidden="true">{status.sign()}</span>{status.word()}
        </span>
    }
}

/// Copies a text and says so.
pub(crate) fn copy(store: &Store, text: String, what: &'static str) {
    copy_saying(store, text, format!("{what} is copied."), what);
}

/// Copies a text and says this of it.
pub(crate) fn copy_saying(store: &Store, text: String, said: String, what: &'static str) {
    let app = store.app.dispatcher();
    spawn_local(async move {
        let copied = match web_sys::window() {
            Some(window) => {
                JsFuture::from(window.navigator().clipboard().write_text(&text)).await.is_ok()
            }
            None => false,
        };
        app.dispatch(Action::say(if copied {
            said
        } else {
            format!("The browser did not allow copying {what}: select the text and copy it.")
        }));
    });
}
