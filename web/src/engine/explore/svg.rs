//! The diagram as a file that needs nothing else: no script, no font, no address. It has colours for
//! light and dark, and what they mean is said by signs and borders too.

use crate::figure::{Shape, card_class, card_shapes, wire_shapes};
use crate::protocol::{Area, Diagram};

/// The colours: for each status that of lines and text, and that of the ground; then those of the page.
const STYLE: &str = "\
svg{--bg:#fff;--fg:#1b1f24;background:var(--bg);font:13px ui-monospace,Menlo,Consolas,\
\"DejaVu Sans Mono\",monospace}\
.missing{--c:#0a5c2b;--g:#e3f6e8}.extra{--c:#9a1c1c;--g:#fdeaea}.changed{--c:#6b4a00;--g:#fff3d6}\
.renamed{--c:#4a2a9c;--g:#f0eafc}.same{--c:#6e7681;--g:#f6f8fa}\
@media(prefers-color-scheme:dark){svg{--bg:#12161b;--fg:#e6e9ed}\
.missing{--c:#7ee2a0;--g:#10331d}.extra{--c:#ff9d96;--g:#45181a}.changed{--c:#f2c14e;--g:#3a2c08}\
.renamed{--c:#c9b3ff;--g:#2b2050}.same{--c:#8b949e;--g:#191f26}}\
.ground{fill:var(--bg)}.box{fill:var(--g);stroke:var(--c)}.inner{fill:none;stroke:var(--c)}\
.differs .box{stroke-width:2}.extra .box,.extra .wire{stroke-dasharray:6 4}\
text{fill:var(--fg);white-space:pre}.name,.sign{font-weight:700}.under{font-size:11px}\
text:is(.sign,.missing,.extra,.changed,.renamed){fill:var(--c)}\
.wire{fill:none;stroke:var(--c);stroke-width:1.5}.wire.inherits{stroke-dasharray:2 3}\
.head,.pin{fill:var(--c)}";

/// The file.
pub(super) fn svg(diagram: &Diagram, title: &str) -> String {
    let Diagram { width, height, .. } = diagram;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <title>{}</title>\n<desc>{}</desc>\n<style>{STYLE}</style>\n\
         <rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n",
        escaped(title),
        escaped(&diagram.words.join(" ")),
    );
    for wire in &diagram.wires {
        out += &group(wire.status.word(), &wire.words, &wire_shapes(wire));
    }
    for card in &diagram.cards {
        out += &group(&card_class(card), &card.words, &card_shapes(card));
    }
    out + "</svg>\n"
}

fn group(class: &str, title: &str, shapes: &[Shape<'_>]) -> String {
    let shapes: String = shapes.iter().map(element).collect();
    format!("<g class=\"{class}\"><title>{}</title>{shapes}</g>\n", escaped(title))
}

fn element(shape: &Shape<'_>) -> String {
    match shape {
        Shape::Rect(class, Area { x, y, width, height }) => format!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"4\"/>"
        ),
        Shape::Text(class, (x, y), text, end) => {
            let end = if *end { " text-anchor=\"end\"" } else { "" };
            format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{end}>{}</text>", escaped(text))
        }
        Shape::Path(class, d) => format!("<path class=\"{class}\" d=\"{d}\"/>"),
    }
}

/// A text as XML has it. What XML cannot hold, nor people see, has become a code point already; the rest
/// of the controls go.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_means_is_escaped_and_what_it_cannot_hold_is_replaced() {
        let hostile = "</svg><script>\"'&\u{0}\u{ffff}\n";
        assert_eq!(escaped(hostile), "&lt;/svg&gt;&lt;script&gt;&quot;&#39;&amp;\u{fffd}\u{fffd} ");
    }
}
