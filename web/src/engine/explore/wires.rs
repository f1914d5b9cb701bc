//! The lines of the diagram: from what refers to what it refers to, with an arrow at the end.

use crate::figure::HEAD;
use crate::protocol::Area;

/// Half the height of a table's head: that is where lines begin and end.
const PORT: i32 = HEAD / 2;
/// Lines between the same two tables are so far apart.
const STEP: i32 = 7;

/// A line between two tables.
pub(super) struct Line {
    /// The line.
    pub path: String,
    /// The arrow.
    pub head: String,
    /// A place on it, for its sign.
    pub middle: (i32, i32),
}

/// The line from one table to another; `nth` of those between the two.
pub(super) fn line(from: Area, to: Area, nth: usize) -> Line {
    let shift = STEP * i32::try_from(nth % 5).unwrap_or(0);
    let (sy, mut ey) = (from.y + PORT + shift, to.y + PORT + shift);
    let beside = |left: Area, right: Area| left.x + left.width <= right.x;
    // Outward from either end, the line is level: the arrow is, too.
    let (sx, ex, out, back) = if beside(to, from) {
        let (sx, ex) = (from.x, to.x + to.width);
        let bend = ((sx - ex) / 2).max(24);
        (sx, ex, sx - bend, ex + bend)
    } else if beside(from, to) {
        let (sx, ex) = (from.x + from.width, to.x);
        let bend = ((ex - sx) / 2).max(24);
        (sx, ex, sx + bend, ex - bend)
    } else {
        let (sx, ex) = (from.x + from.width, to.x + to.width);
        let out = sx.max(ex) + 30 + shift;
        if from == to {
            ey = from.y + PORT / 2 + shift;
        }
        (sx, ex, out, out)
    };
    let base = if back > ex { 8 } else { -8 };
    Line {
        path: format!("M{sx} {sy}C{out} {sy} {back} {ey} {ex} {ey}"),
        head: format!("M{ex} {ey}l{base} -4v8z"),
        // The middle of the curve.
        middle: ((sx + 3 * out + 3 * back + ex) / 8, i32::midpoint(sy, ey)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_points_at_the_side_it_ends_at() {
        let area = |x, y| Area { x, y, width: 100, height: 40 };
        let left = line(area(200, 0), area(0, 0), 0);
        assert_eq!(left.path, "M200 20C150 20 150 20 100 20");
        assert_eq!(left.head, "M100 20l8 -4v8z");
        assert_eq!(left.middle, (150, 20));
        assert_eq!(line(area(0, 0), area(200, 0), 1).head, "M200 27l-8 -4v8z");
        assert_eq!(line(area(0, 0), area(0, 100), 0).head, "M100 120l8 -4v8z");
        assert_ne!(line(area(0, 0), area(0, 0), 0).path, "");
    }
}
