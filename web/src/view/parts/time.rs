//! When a snapshot was captured.

use js_sys::Date;
use yew::prelude::*;

use crate::model::time::ago;

/// How long ago a time was; `None` where it is none, or is yet to come.
pub(crate) fn since(time: &str) -> Option<String> {
    let seconds = (Date::now() - Date::parse(time)) / 1000.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "seconds that are no number or below zero are left out before"
    )]
    (seconds >= 0.0).then(|| ago(seconds as u64))
}

/// A time as the snapshot states it, and how long ago that was.
pub(crate) fn captured(time: &str) -> Html {
    html! {
        <>
            {"captured "}<time datetime={time.to_owned()}>{ time.to_owned() }</time>
            if let Some(since) = since(time) { {", "}{ since } }
        </>
    }
}
