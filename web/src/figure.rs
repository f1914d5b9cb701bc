//! The shapes of a diagram: the page draws them, and the file has them.

use std::borrow::Cow;

use crate::protocol::{Area, Card, Status, Wire};

/// The height of a table's head.
pub(crate) const HEAD: i32 = 40;
/// The height of a line of it.
pub(crate) const LINE: i32 = 18;
/// Room left of texts.
const LEFT: i32 = 12;

/// A shape. What it looks like is said by its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape<'a> {
    /// A box.
    Rect(&'static str, Area),
    /// A text, which ends at its place if the last is true.
    Text(String, (i32, i32), &'a str, bool),
    /// A line.
    Path(String, Cow<'a, str>),
}

/// The class of the group that a table's shapes stand in.
pub(crate) fn card_class(card: &Card) -> String {
    let differs = if card.status.differs() { " differs" } else { "" };
    format!("card {}{differs}", card.status.word())
}

/// The shapes of a table. One that is missing has a double border, one that is extra a dashed one, one that
/// is pinned a corner folded down.
pub(crate) fn card_shapes(card: &Card) -> Vec<Shape<'_>> {
    let Area { x, y, width, height } = card.area;
    let mut shapes = vec![Shape::Rect("box", card.area)];
    if card.status == Status::Missing {
        let inner = Area { x: x + 4, y: y + 4, width: width - 8, height: height - 8 };
        shapes.push(Shape::Rect("inner", inner));
    }
    if card.pinned {
        shapes.push(Shape::Path("pin".to_owned(), Cow::Owned(format!("M{x} {y}h16l-16 16z"))));
    }
    let text = |class: &str, x, y, text| Shape::Text(class.to_owned(), (x, y), text, false);
    shapes.push(text("name", x + LEFT, y + 18, &card.name));
    shapes.push(text("under", x + LEFT, y + 32, &card.under));
    if !card.badge.is_empty() {
        let place = (x + width - 10, y + 18);
        shapes.push(Shape::Text("sign".to_owned(), place, &card.badge, true));
    }
    for (at, line) in (0..).zip(&card.lines) {
        let class = if line.status.differs() { line.status.word() } else { "column" };
        shapes.push(text(class, x + LEFT, y + HEAD + 13 + at * LINE, &line.text));
    }
    shapes
}

/// The shapes of a line between tables.
pub(crate) fn wire_shapes(wire: &Wire) -> Vec<Shape<'_>> {
    let inherits = if wire.inherits { " inherits" } else { "" };
    let mut shapes = vec![
        Shape::Path(format!("wire{inherits}"), Cow::Borrowed(&wire.path)),
        Shape::Path("head".to_owned(), Cow::Borrowed(&wire.head)),
    ];
    if let Some((x, y)) = wire.sign {
        shapes.push(Shape::Text("sign".to_owned(), (x, y - 4), wire.status.sign(), false));
    }
    shapes
}
