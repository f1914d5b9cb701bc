//! How Environments is looked at.

use crate::protocol::{MatrixQuery, Slot, SnapId, Sort};

/// Rows above the objects: the heads, and the buttons for From and To.
pub(crate) const HEADS: usize = 3;

/// A place in the grid: rows and columns from 0, the heads among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
}

impl Default for Spot {
    /// The first object in the first snapshot.
    fn default() -> Spot {
        Spot { row: HEADS, column: 1 }
    }
}

/// Rows, order, the cell with the focus, and the two columns that are to be compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct EnvironmentsState {
    /// Which rows there are, in which order.
    pub query: MatrixQuery,
    /// Which of the windows of columns is shown, from 0.
    pub window: usize,
    /// The cell that has, or would get, the focus.
    pub spot: Spot,
    /// What was chosen as From.
    pub from: Option<SnapId>,
    /// What was chosen as To.
    pub to: Option<SnapId>,
}

/// What happens in Environments.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum EnvironmentsAction {
    /// Measure by this snapshot, or by what most have.
    Reference(Option<String>),
    /// Order the rows.
    Sort(Sort),
    /// Search.
    Text(String),
    /// Show another window of columns.
    Window(usize),
    /// Give a cell the focus.
    Go(Spot),
    /// Choose one of the two to compare, or no longer.
    Side(Slot, SnapId),
    /// Nothing is chosen any more.
    Compared,
}

impl EnvironmentsState {
    /// Environments after an action.
    pub(crate) fn after(&self, action: EnvironmentsAction) -> EnvironmentsState {
        let query = self.query.clone();
        match action {
            EnvironmentsAction::Reference(reference) => {
                self.with(MatrixQuery { reference, ..query })
            }
            EnvironmentsAction::Sort(sort) => self.with(MatrixQuery { sort, ..query }),
            EnvironmentsAction::Text(text) => self.with(MatrixQuery { text, ..query }),
            EnvironmentsAction::Window(window) => {
                let spot = Spot { column: 1, ..self.spot };
                EnvironmentsState { window, spot, ..self.clone() }
            }
            EnvironmentsAction::Go(spot) => EnvironmentsState { spot, ..self.clone() },
            EnvironmentsAction::Side(slot, id) => self.chosen(slot, id),
            EnvironmentsAction::Compared => {
                EnvironmentsState { from: None, to: None, ..self.clone() }
            }
        }
    }

    /// Environments with other rows: the focus goes to the first one.
    pub(crate) fn with(&self, query: MatrixQuery) -> EnvironmentsState {
        let spot = if query == self.query { self.spot } else { Spot { row: HEADS, ..self.spot } };
        EnvironmentsState { query, spot, ..self.clone() }
    }

    /// Who is chosen for a side.
    pub(crate) fn side(&self, slot: Slot) -> Option<SnapId> {
        match slot {
            Slot::From => self.from,
            Slot::To => self.to,
        }
    }

    /// A snapshot is on one side only, and choosing it again takes it away.
    fn chosen(&self, slot: Slot, id: SnapId) -> EnvironmentsState {
        let mut next = self.clone();
        let (side, other) = match slot {
            Slot::From => (&mut next.from, &mut next.to),
            Slot::To => (&mut next.to, &mut next.from),
        };
        *side = (*side != Some(id)).then_some(id);
        *other = other.filter(|other| *other != id);
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_is_chosen_for_one_side_and_let_go() {
        let (a, b) = (SnapId(1), SnapId(2));
        let from = EnvironmentsState::default().after(EnvironmentsAction::Side(Slot::From, a));
        assert_eq!((from.side(Slot::From), from.side(Slot::To)), (Some(a), None));
        let both = from.after(EnvironmentsAction::Side(Slot::To, b));
        assert_eq!((both.from, both.to), (Some(a), Some(b)));
        let moved = from.after(EnvironmentsAction::Side(Slot::To, a));
        assert_eq!((moved.from, moved.to), (None, Some(a)));
        assert_eq!(from.after(EnvironmentsAction::Side(Slot::From, a)).from, None);
    }

    #[test]
    fn other_rows_begin_at_the_first() {
        let state = EnvironmentsState::default()
            .after(EnvironmentsAction::Go(Spot { row: 9, column: 2 }))
            .after(EnvironmentsAction::Text("x".into()));
        assert_eq!(state.spot, Spot { row: HEADS, column: 2 });
    }
}
