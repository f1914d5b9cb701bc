//! Moving through the tree by keyboard, and what a row is called aloud.

use crate::protocol::{Danger, Row, Rows, Status};

/// What a key does to the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// Go to the row of that number.
    To(usize),
    /// Open or close the row.
    Flip,
    /// Open the rows of these keys.
    Open(Vec<String>),
    /// Go to the detail.
    Enter,
}

/// The move of a key, at the row of number `at`.
pub(crate) fn tree_move(key: &str, rows: &Rows, at: usize) -> Option<Move> {
    let row = at.checked_sub(rows.start).and_then(|at| rows.window.get(at));
    let last = rows.total.checked_sub(1)?;
    let open = row.and_then(|row| row.open);
    match key {
        "ArrowDown" | "j" => (at < last).then_some(Move::To(at + 1)),
        "ArrowUp" | "k" => at.checked_sub(1).map(Move::To),
        "Home" => Some(Move::To(0)),
        "End" => Some(Move::To(last)),
        "*" => Some(Move::Open(closed_beside(rows, at, row?.level)))
            .filter(|open| *open != Move::Open(Vec::new())),
        "Enter" | " " => Some(if row?.id.is_some() { Move::Enter } else { Move::Flip }),
        "ArrowRight" => match open {
            Some(false) => Some(Move::Flip),
            Some(true) => Some(Move::To(at + 1)),
            None => None,
        },
        "ArrowLeft" => match open {
            Some(true) => Some(Move::Flip),
            _ => parent(rows, at, row?.level).map(Move::To),
        },
        _ => None,
    }
}

/// The number of the row above `at` that it belongs to, as far as rows are loaded.
fn parent(rows: &Rows, at: usize, level: usize) -> Option<usize> {
    let above = rows.window.get(..at.checked_sub(rows.start)?)?;
    above.iter().rposition(|row| row.level < level).map(|place| place + rows.start)
}

/// The keys of the closed rows that stand beside the row at `at`, itself included, as far as rows are
/// loaded.
fn closed_beside(rows: &Rows, at: usize, level: usize) -> Vec<String> {
    let (above, below) = rows.window.split_at(at.saturating_sub(rows.start));
    let above = above.iter().rev().take_while(|row| row.level >= level);
    let below = below.iter().take_while(|row| row.level >= level);
    let beside = above.chain(below).filter(|row| row.level == level && row.open == Some(false));
    beside.map(|row| row.key.clone()).collect()
}

/// What is said of a row after its name: "table, changed, 3 parts differ, not viewed".
pub(crate) fn row_words(row: &Row, danger: Danger) -> String {
    let mut words = vec![row.kind.clone(), row.status.map_or("", Status::word).to_owned()];
    let what = if row.id.is_some() { "part" } else { "object" };
    words.push(match row.counts.differing() {
        0 => String::new(),
        1 => format!("1 {what} differs"),
        many => format!("{many} {what}s differ"),
    });
    words.push(danger_words(danger));
    words.push(match row.viewed {
        Some(true) => "viewed".to_owned(),
        Some(false) if row.id.is_some() => "not viewed".to_owned(),
        _ => String::new(),
    });
    words.retain(|word| !word.is_empty());
    words.join(", ")
}

/// How dangerous the plan is for an object: "1 destructive, 2 with caution"; empty without danger.
pub(crate) fn danger_words(danger: Danger) -> String {
    let counted = [(danger.destructive, "destructive"), (danger.caution, "with caution")];
    let words = counted.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}"));
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Counts, Piece};

    fn row(level: usize, open: Option<bool>) -> Row {
        Row {
            key: String::new(),
            level,
            position: 1,
            siblings: 1,
            open,
            label: vec![Piece { text: "orders".to_owned(), matched: false }],
            kind: "table".to_owned(),
            id: Some("table:public.orders".into()),
            status: Some(Status::Changed),
            counts: Counts { missing: 3, ..Counts::default() },
            viewed: Some(false),
        }
    }

    fn rows() -> Rows {
        let window = vec![row(1, Some(true)), row(2, Some(false)), row(2, None)];
        Rows { total: 3, window, ..Rows::default() }
    }

    #[test]
    fn arrows_walk_and_stop_at_the_ends() {
        assert_eq!(tree_move("ArrowDown", &rows(), 0), Some(Move::To(1)));
        assert_eq!(tree_move("j", &rows(), 2), None);
        assert_eq!(tree_move("ArrowUp", &rows(), 0), None);
        assert_eq!(tree_move("End", &rows(), 0), Some(Move::To(2)));
    }

    #[test]
    fn right_opens_and_left_goes_to_the_parent() {
        assert_eq!(tree_move("ArrowRight", &rows(), 1), Some(Move::Flip));
        assert_eq!(tree_move("ArrowRight", &rows(), 0), Some(Move::To(1)));
        assert_eq!(tree_move("ArrowLeft", &rows(), 2), Some(Move::To(0)));
        assert_eq!(tree_move("ArrowLeft", &rows(), 0), Some(Move::Flip));
    }

    #[test]
    fn a_star_opens_what_is_closed_beside_a_row_and_nothing_else() {
        let named = |key: &str, level, open| Row { key: key.to_owned(), ..row(level, open) };
        let window = vec![
            named("sales", 1, Some(true)),
            named("orders", 2, Some(false)),
            named("lines", 2, Some(true)),
            named("price", 3, Some(false)),
            named("returns", 2, Some(false)),
            named("stock", 1, Some(false)),
            named("bins", 2, Some(false)),
        ];
        let rows = Rows { total: window.len(), window, ..Rows::default() };
        let mut opened = match tree_move("*", &rows, 2) {
            Some(Move::Open(keys)) => keys,
            other => vec![format!("{other:?}")],
        };
        opened.sort();
        assert_eq!(opened, ["orders", "returns"]);
        assert_eq!(tree_move("*", &rows, 5), Some(Move::Open(vec!["stock".to_owned()])));
        assert_eq!(tree_move("*", &rows, 3), Some(Move::Open(vec!["price".to_owned()])));
        assert_eq!(tree_move("*", &rows, 40), None);
    }

    #[test]
    fn an_empty_tree_has_no_moves() {
        assert_eq!(tree_move("End", &Rows::default(), 0), None);
    }

    #[test]
    fn a_row_is_named_in_full() {
        let safe = row_words(&row(1, None), Danger::default());
        assert_eq!(safe, "table, changed, 3 parts differ, not viewed");
        let danger = row_words(&row(1, None), Danger { destructive: 1, caution: 0 });
        assert_eq!(danger, "table, changed, 3 parts differ, 1 destructive, not viewed");
        assert_eq!(
            danger_words(Danger { destructive: 1, caution: 2 }),
            "1 destructive, 2 with caution"
        );
    }
}
