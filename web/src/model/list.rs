//! The maths of long lists: which rows are drawn, and where they stand.

/// Up to so many rows all are drawn, so that the browser's own search finds them; a row has about
/// nine elements, and the page is to stay under 2,500.
pub(crate) const ALL: usize = 200;
/// Rows of a longer list that are drawn above those in sight, and below.
const AROUND: usize = 12;
/// A window moves when the rows in sight have moved that far in it.
const SLACK: usize = AROUND / 2;
/// So many rows are in sight where the height of the list is not known.
const SIGHT: usize = 40;
/// More are not drawn however high a list is.
const MOST_IN_SIGHT: usize = 150;

/// The rows that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// The number of the first one.
    pub start: usize,
    /// How many at most.
    pub len: usize,
}

impl Window {
    /// The window of a list whose length is not known, or that is short.
    pub(crate) const WHOLE: Window = Window { start: 0, len: ALL };

    /// The window around a row, with so many rows in sight from there on; 0 where that is not known.
    pub(crate) fn around(row: usize, sight: usize) -> Window {
        let sight = if sight == 0 { SIGHT } else { sight.min(MOST_IN_SIGHT) };
        Window { start: row.saturating_sub(AROUND), len: sight + 2 * AROUND }
    }

    /// The window after scrolling, if it has to be another one; `top` is the first row in sight.
    pub(crate) fn scrolled(self, top: usize, sight: usize) -> Option<Window> {
        let next = Window::around(top, sight);
        let moves = next.start.abs_diff(self.start) >= SLACK || next.len > self.len;
        moves.then_some(next)
    }
}

/// True when a list of that length is drawn by the window.
pub(crate) fn is_long(rows: usize) -> bool {
    rows > ALL
}

/// Where a row begins, in pixels.
#[expect(clippy::cast_precision_loss, reason = "a list has less than 2^52 rows")]
pub(crate) fn pixels(row: usize, height: f64) -> f64 {
    row as f64 * height
}

/// The row at a place in pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "scroll positions are small and not negative"
)]
pub(crate) fn row_at(pixels: f64, height: f64) -> usize {
    (pixels.max(0.0) / height) as usize
}

/// Where to scroll so that a row stands in the middle; `room` is the height of the list.
#[expect(clippy::cast_possible_truncation, reason = "scroll positions fit")]
pub(crate) fn centred(row: usize, height: f64, room: f64) -> i32 {
    (pixels(row, height) - room / 2.0).max(0.0) as i32
}

/// True when all of a row is in sight.
pub(crate) fn in_sight(row: usize, height: f64, top: f64, room: f64) -> bool {
    pixels(row, height) >= top && pixels(row + 1, height) <= top + room
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_moves_only_when_it_must() {
        let window = Window::around(100, 26);
        assert_eq!(window, Window { start: 88, len: 50 });
        assert_eq!(window.scrolled(105, 26), None);
        assert_eq!(window.scrolled(106, 26), Some(Window { start: 94, len: 50 }));
        assert_eq!(window.scrolled(100, 40).map(|higher| higher.len), Some(64));
        assert_eq!(Window::around(3, 0), Window { start: 0, len: SIGHT + 2 * AROUND });
        assert_eq!(Window::around(0, 5000).len, MOST_IN_SIGHT + 2 * AROUND);
    }

    #[test]
    fn what_is_in_sight_is_in_the_window() {
        for sight in [1, 26, 80] {
            for top in 0..500 {
                let mut window = Window::around(0, sight);
                for at in 0..=top {
                    window = window.scrolled(at, sight).unwrap_or(window);
                }
                assert!(window.start <= top && top + sight <= window.start + window.len, "{top}");
            }
        }
    }

    #[test]
    fn rows_and_pixels_agree() {
        for row in [0, 1, 57, 100_000] {
            assert_eq!(row_at(pixels(row, 28.0), 28.0), row);
        }
        assert_eq!(centred(0, 28.0, 600.0), 0);
        assert!(in_sight(2, 28.0, 56.0, 28.0) && !in_sight(3, 28.0, 56.0, 28.0));
    }
}
