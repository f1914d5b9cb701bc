//! Names where room is short.

use yew::prelude::*;

use crate::model::name::{breakable, last_part, parted};
use crate::protocol::Piece;

/// A qualified name in one line: where it does not fit, what it begins with is cut short first.
pub(crate) fn one_line(name: &str) -> Html {
    let (path, last) = name.split_at(last_part(name));
    line(html! { { path.to_owned() } }, html! { { last.to_owned() } }, path.is_empty())
}

/// The same with marks of a search.
pub(crate) fn one_line_marked(label: &[Piece]) -> Html {
    let (path, last) = parted(label);
    line(marked(&path), marked(&last), path.is_empty())
}

/// A name whose letters a search has marked.
pub(crate) fn marked(label: &[Piece]) -> Html {
    label
        .iter()
        .map(|piece| {
            if piece.matched {
                html! { <mark>{ &piece.text }</mark> }
            } else {
                html! { { &piece.text } }
            }
        })
        .collect()
}

/// A name within a text: it breaks between its parts and words.
pub(crate) fn in_text(name: &str) -> Html {
    breakable(name).map(|piece| html! { <>{ piece.to_owned() }<wbr /></> }).collect()
}

/// A name, or a few of them, in a narrow column: it breaks between its parts and words, and a word that is still too long is
/// cut short. What is read aloud, and shown to the pointer, is whole.
pub(crate) fn in_column(name: &str) -> Html {
    let piece = |piece: &str| html! { <span>{ piece.to_owned() }</span> };
    let words = name.split(' ').map(|word| html! { <>{ for breakable(word).map(piece) }{" "}</> });
    html! {
        <>
            <span class="vh">{ name.to_owned() }</span>
            <b class="words" aria-hidden="true" title={name.to_owned()}>{ for words }</b>
        </>
    }
}

fn line(path: Html, last: Html, whole: bool) -> Html {
    if whole {
        html! { <span class="name">{ last }</span> }
    } else {
        html! { <span class="name parted"><span>{ path }</span><span>{ last }</span></span> }
    }
}
