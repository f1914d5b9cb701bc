//! The keys of a grid: which cell is next.

use crate::state::Spot;

/// How large a grid is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    /// Its rows, heads included.
    pub rows: usize,
    /// Its columns, heads included.
    pub columns: usize,
    /// How many rows a screen has.
    pub page: usize,
}

impl Size {
    /// The nearest cell of the grid.
    pub(crate) fn within(self, spot: Spot) -> Spot {
        Spot {
            row: spot.row.min(self.rows.saturating_sub(1)),
            column: spot.column.min(self.columns.saturating_sub(1)),
        }
    }
}

/// Where a key leads; `None` for keys that do not move. With Control, Home and End lead to the first
/// and the last cell of all.
pub(crate) fn grid_move(key: &str, control: bool, at: Spot, size: Size) -> Option<Spot> {
    let Spot { row, column } = at;
    let last = usize::MAX;
    let spot = match (key, control) {
        ("ArrowUp", false) => Spot { row: row.saturating_sub(1), column },
        ("ArrowDown", false) => Spot { row: row + 1, column },
        ("ArrowLeft", false) => Spot { row, column: column.saturating_sub(1) },
        ("ArrowRight", false) => Spot { row, column: column + 1 },
        ("Home", false) => Spot { row, column: 0 },
        ("End", false) => Spot { row, column: last },
        ("Home", true) => Spot { row: 0, column: 0 },
        ("End", true) => Spot { row: last, column: last },
        ("PageUp", false) => Spot { row: row.saturating_sub(size.page), column },
        ("PageDown", false) => Spot { row: row + size.page, column },
        _ => return None,
    };
    Some(size.within(spot))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { rows: 30, columns: 4, page: 10 };

    fn go(key: &str, control: bool, row: usize, column: usize) -> Option<(usize, usize)> {
        let spot = grid_move(key, control, Spot { row, column }, SIZE)?;
        Some((spot.row, spot.column))
    }

    #[test]
    fn arrows_stop_at_the_edges() {
        assert_eq!(go("ArrowUp", false, 0, 1), Some((0, 1)));
        assert_eq!(go("ArrowDown", false, 29, 1), Some((29, 1)));
        assert_eq!(go("ArrowLeft", false, 3, 0), Some((3, 0)));
        assert_eq!(go("ArrowRight", false, 3, 3), Some((3, 3)));
        assert_eq!(go("ArrowDown", false, 3, 2), Some((4, 2)));
    }

    #[test]
    fn ends_and_pages() {
        assert_eq!(go("Home", false, 5, 2), Some((5, 0)));
        assert_eq!(go("End", false, 5, 2), Some((5, 3)));
        assert_eq!(go("Home", true, 5, 2), Some((0, 0)));
        assert_eq!(go("End", true, 5, 2), Some((29, 3)));
        assert_eq!(go("PageDown", false, 5, 2), Some((15, 2)));
        assert_eq!(go("PageUp", false, 5, 2), Some((0, 2)));
        assert_eq!(go("x", false, 5, 2), None);
        assert_eq!(go("ArrowUp", true, 5, 2), None);
    }

    #[test]
    fn an_empty_grid_has_one_place() {
        let size = Size { rows: 0, columns: 0, page: 1 };
        let spot = Spot { row: 4, column: 4 };
        assert_eq!(grid_move("ArrowDown", false, spot, size), Some(Spot { row: 0, column: 0 }));
    }
}
