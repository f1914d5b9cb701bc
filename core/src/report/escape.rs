//! Making names and texts out of a database harmless where they are shown.
//!
//! Sources: Unicode Standard Annex 9 (bidirectional controls), ECMA-48 (terminal control), and
//! the `CommonMark` and GitHub Flavored Markdown specifications (entities, autolinks, tables).

use std::fmt::Write as _;

/// The text with everything that a reader would not see, or that would change how the rest is
/// seen, written as `\u{202E}`: control characters, line breaks, bidirectional and zero-width
/// characters.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push_visible(&mut out, c);
    }
    out
}

/// The same, line by line: line breaks stay.
pub(super) fn visible_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' { out.push(c) } else { push_visible(&mut out, c) }
    }
    out
}

fn push_visible(out: &mut String, c: char) {
    if is_hidden(c) {
        // Writing to a string cannot fail.
        let _ = write!(out, "\\u{{{:X}}}", u32::from(c));
    } else {
        out.push(c);
    }
}

/// True for what a reader would not see, or what would change how the rest is seen.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{115F}'..='\u{1160}'
                | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFB}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// A name or value in Markdown, as code. It holds in a paragraph, a list, a table's cell and an
/// HTML block alike, mentions nobody and links nowhere; only a mail address may become clickable.
pub(crate) fn code(text: &str) -> String {
    format!("<code>{}</code>", entities(text))
}

/// A sentence in Markdown that may hold names.
pub(crate) fn prose(text: &str) -> String {
    // Mentions and references are found in the text that entities decode to; they are left alone
    // only inside of code.
    let lower = text.to_ascii_lowercase();
    if text.contains(['@', '#']) || lower.contains("gh-") { code(text) } else { entities(text) }
}

/// A name or sentence between the tags of a page. Not for attributes.
pub(super) fn between_tags(text: &str) -> String {
    preformatted(text).replace('\t', "\\u{9}")
}

/// A line inside of `<pre>`, where only HTML has a meaning, and tabs make columns.
pub(super) fn preformatted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\t' => out.push('\t'),
            _ => push_visible(&mut out, c),
        }
    }
    out
}

/// All characters that Markdown or HTML could take for markup, as entities.
fn entities(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let harmless = match c {
            // Within a word it emphasises nothing.
            '_' => {
                before.is_ascii_alphanumeric()
                    && rest.peek().is_some_and(char::is_ascii_alphanumeric)
            }
            // `http://` and `mailto:` begin a link.
            ':' => before == ':' || rest.peek().is_none_or(|next| matches!(next, ' ' | ':')),
            // So does `www.`.
            '.' => !before.eq_ignore_ascii_case(&'w'),
            ' ' | ',' | ';' | '(' | ')' | '+' | '-' | '=' | '/' | '?' | '%' | '\'' => true,
            _ => c.is_ascii_alphanumeric() || !c.is_ascii(),
        };
        match c {
            _ if harmless => out.push(c),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hidden_characters_are_shown() {
        assert_eq!(
            visible("a\u{202E}b\n\u{1b}[31m\u{200B}"),
            "a\\u{202E}b\\u{A}\\u{1B}[31m\\u{200B}"
        );
        assert_eq!(visible("Größe 名前"), "Größe 名前");
    }

    #[test]
    fn names_stay_readable_and_harmless() {
        assert_eq!(code("date_of_birth"), "<code>date_of_birth</code>");
        assert_eq!(code("public.orders"), "<code>public.orders</code>");
        assert_eq!(code("_x_"), "<code>&#95;x&#95;</code>");
        assert_eq!(code("a|`b`*"), "<code>a&#124;&#96;b&#96;&#42;</code>");
        assert_eq!(code("<script>"), "<code>&lt;script&gt;</code>");
        assert_eq!(code("www.x.y"), "<code>www&#46;x.y</code>");
        assert_eq!(code("ftp://x"), "<code>ftp&#58;//x</code>");
        assert_eq!(code("'a'::text: b"), "<code>'a'::text: b</code>");
    }

    #[test]
    fn sentences_mention_nobody() {
        assert_eq!(prose("all is well"), "all is well");
        assert_eq!(prose("ask @team"), "<code>ask &#64;team</code>");
        assert_eq!(prose("see #12"), "<code>see &#35;12</code>");
    }

    #[test]
    fn preformatted_text_cannot_end_itself() {
        assert_eq!(preformatted("</pre>&\t\r"), "&lt;/pre&gt;&amp;\t\\u{D}");
    }

    proptest! {
        #[test]
        fn nothing_hidden_survives(text in any::<String>()) {
            for shown in [visible(&text), code(&text), prose(&text), between_tags(&text)] {
                prop_assert!(!shown.chars().any(is_hidden));
            }
        }

        #[test]
        fn no_markup_survives(text in any::<String>()) {
            let shown = code(&text);
            let inner = shown.strip_prefix("<code>").and_then(|s| s.strip_suffix("</code>"));
            let inner = inner.unwrap_or("<");
            prop_assert!(!inner.contains(['<', '>', '|', '`', '*', '[', ']', '@', '\\', '~', '$']));
            prop_assert!(!inner.contains("://") && !inner.contains("www."));
            prop_assert!(!preformatted(&text).contains(['<', '>']));
        }

        #[test]
        fn entities_decode_to_what_is_shown(text in any::<String>()) {
            let mut decoded = entities(&text);
            for c in ('!'..='~').filter(|c| *c != '&') {
                decoded = decoded.replace(&format!("&#{};", u32::from(c)), &c.to_string());
            }
            for (entity, c) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
                decoded = decoded.replace(entity, c);
            }
            prop_assert_eq!(decoded, visible(&text));
        }
    }
}
