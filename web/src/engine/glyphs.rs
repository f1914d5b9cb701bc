//! Makes characters visible that nobody can see, or that turn the reading order: a name must not
//! look like another one.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with every invisible or bidirectional character shown as its code point.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_deceptive) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_deceptive(c) {
            // Writing to a String cannot fail.
            let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// What is odd about a name, in sentences.
pub(super) fn warnings(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    if name.chars().any(is_deceptive) {
        found.push(
            "The name holds characters that cannot be seen; they are shown as ⟨code points⟩."
                .to_owned(),
        );
    }
    let latin = name.chars().any(|c| c.is_ascii_alphabetic());
    let alike = name.chars().any(|c| matches!(c, '\u{0370}'..='\u{052f}'));
    if latin && alike {
        found.push(
            "The name mixes Latin letters with Greek or Cyrillic ones that may look the same."
                .to_owned(),
        );
    }
    let edges = name.split(['.', '"']).any(|part| part.starts_with(' ') || part.ends_with(' '));
    if edges {
        found.push("The name starts or ends with a space.".to_owned());
    }
    found
}

/// True for what takes no ink or changes the direction: controls, zero-width characters,
/// bidirectional marks, unusual spaces, tags, variation selectors.
pub(super) fn is_deceptive(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        _ => {
            c.is_control()
                || matches!(
                    c,
                    '\u{00a0}'
                        | '\u{00ad}'
                        | '\u{034f}'
                        | '\u{061c}'
                        | '\u{115f}'
                        | '\u{1160}'
                        | '\u{1680}'
                        | '\u{180b}'..='\u{180f}'
                        | '\u{2000}'..='\u{200f}'
                        | '\u{2028}'..='\u{202f}'
                        | '\u{205f}'..='\u{206f}'
                        | '\u{3000}'
                        | '\u{3164}'
                        | '\u{fe00}'..='\u{fe0f}'
                        | '\u{feff}'
                        | '\u{ffa0}'
                        | '\u{fff9}'..='\u{fffb}'
                        | '\u{e0000}'..='\u{e007f}'
                )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_name_stays_as_it_is() {
        assert!(matches!(visible("public.kunden_übersicht"), Cow::Borrowed(_)));
        assert!(warnings("public.kunden_übersicht").is_empty());
    }

    #[test]
    fn what_cannot_be_seen_is_shown() {
        assert_eq!(visible("a\u{202e}b\u{200b}"), "a⟨U+202E⟩b⟨U+200B⟩");
        assert_eq!(warnings("a\u{200b}").len(), 1);
    }

    #[test]
    fn letters_of_two_scripts_are_told() {
        assert_eq!(warnings("public.оrders").len(), 1);
    }

    #[test]
    fn a_space_at_the_edge_is_told() {
        assert_eq!(warnings("public.\"orders \"").len(), 1);
    }
}
