//! The maths of long lists: which rows are drawn, and where they stand.

/// Up to so many rows all are drawn, so that the browser's own search finds them; a row has about
/// nine elements, and the page is to stay under 2,500.
pub(crate) const ALL: usize = 200;
/// How many rows are drawn of a longer list.
const WINDOW: usize = 80;
/// Rows drawn above those in sight.
const ABOVE: usize = 20;
/// A window moves when the rows in sight have moved that far in it.
const SLACK: usize = ABOVE / 2;

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

    /// The window around a row.
    pub(crate) fn around(row: usize) -> Window {
        Window { start: row.saturating_sub(ABOVE), len: WINDOW }
    }

    /// The window after scrolling, if it has to be another one; `top` is the first row in sight.
    pub(crate) fn scrolled(self, top: usize) -> Option<Window> {
        let next = Window::around(top);
        (next.start.abs_diff(self.start) >= SLACK).then_some(next)
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
        let window = Window::around(100);
        assert_eq!(window, Window { start: 80, len: WINDOW });
        assert_eq!(window.scrolled(105), None);
        assert_eq!(window.scrolled(110), Some(Window { start: 90, len: WINDOW }));
        assert_eq!(Window::around(3).start, 0);
    }

    #[test]
    fn what_is_in_sight_is_in_the_window() {
        for top in 0..1000 {
            let mut window = Window::around(0);
            for at in 0..=top {
                window = window.scrolled(at).unwrap_or(window);
            }
            // 40 rows are more than a screen of 1,000 pixels holds.
            assert!(window.start <= top && top + 40 <= window.start + window.len, "{top}");
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
