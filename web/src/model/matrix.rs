//! What the matrix says: names of columns, words for cells.

use pgparity_core::report::words::{counted, number};
use pgparity_core::variants::Cell;

use crate::protocol::{MatrixAsk, MatrixColumn, MatrixPage, MatrixRow};
use crate::state::{HEADS, Spot};

/// How many snapshots a column has, with their names, where it has more than one.
pub(crate) fn equal(column: &MatrixColumn) -> Option<String> {
    let others = column.count.checked_sub(1).filter(|others| *others > 0)?;
    let mut names = vec![column.name.as_str()];
    names.extend(column.equal.iter().map(String::as_str));
    let more = others.saturating_sub(column.equal.len());
    let more = if more > 0 { format!(" and {} more", number(more)) } else { String::new() };
    Some(format!("{} equal: {}{more}", number(column.count), names.join(", ")))
}

/// How far a column is off, in words.
pub(crate) fn score(column: &MatrixColumn) -> String {
    match column.score {
        _ if column.reference => "the reference".to_owned(),
        0 => "as most have it".to_owned(),
        score => format!("{} off", counted(score, "object")),
    }
}

/// The version of a server, without what its makers add.
pub(crate) fn version(column: &MatrixColumn) -> &str {
    column.server_version.split(' ').next().unwrap_or_default()
}

/// The time of a snapshot, to the minute, where it is written as expected.
pub(crate) fn captured(column: &MatrixColumn) -> String {
    let time = column.captured_at.as_str();
    match (time.get(..10), time.get(10..11), time.get(11..16)) {
        (Some(day), Some("T"), Some(minute)) if time.ends_with('Z') => {
            format!("{day} {minute} UTC")
        }
        _ => time.to_owned(),
    }
}

/// The class of a cell: its pattern and its tint.
pub(crate) fn class(cell: Cell) -> &'static str {
    const VARIANTS: [&str; 5] = ["v0", "v1", "v2", "v3", "v4"];
    match cell {
        Cell::Absent => "absent",
        Cell::Unread => "unread",
        Cell::Variant(variant) => VARIANTS.get(variant).copied().unwrap_or("v4"),
    }
}

/// True where a column has something else than the measure of the row.
pub(crate) fn differs(row: &MatrixRow, column: usize) -> bool {
    let Some(cell) = row.cells.get(column) else { return false };
    *cell != row.baseline && *cell != Cell::Unread && row.baseline != Cell::Unread
}

/// A cell in words: whose it is, what it has, and whether that is what the measure has.
pub(crate) fn words(page: &MatrixPage, row: &MatrixRow, column: usize) -> String {
    let name = |at: usize| page.columns.get(at).map_or("", |column| column.name.as_str());
    let has = match row.cells.get(column).copied().unwrap_or(Cell::Absent) {
        Cell::Unread => return format!("{}: not read", name(column)),
        Cell::Absent => "missing".to_owned(),
        variant @ Cell::Variant(_) => format!("variant {}", variant.text()),
    };
    let is_base = page.columns.get(column).is_some_and(|column| column.id == row.base);
    let relation = match is_base {
        true => ", what the others are measured by".to_owned(),
        false if differs(row, column) => format!(", differs from {}", row.base_name),
        false => format!(", as in {}", row.base_name),
    };
    format!("{}: {has}{relation}", name(column))
}

/// A cell of an object: its row, and its column among the snapshots.
pub(crate) fn object_at(page: &MatrixPage, spot: Spot) -> Option<(&MatrixRow, Option<usize>)> {
    let at = spot.row.checked_sub(HEADS)?;
    let row = page.rows.iter().chain(&page.kept).find(|row| row.at == at)?;
    Some((row, spot.column.checked_sub(1).filter(|column| *column < page.columns.len())))
}

/// What to ask about a cell: the attributes in which two variants differ.
pub(crate) fn question(page: &MatrixPage, spot: Spot) -> Option<MatrixAsk> {
    let (row, column) = object_at(page, spot)?;
    let column = column?;
    let here = |cell: Option<&Cell>| matches!(cell, Some(Cell::Variant(_)));
    let both = here(row.cells.get(column)) && here(Some(&row.baseline));
    (differs(row, column) && both).then_some(())?;
    Some(MatrixAsk::Difference {
        id: row.id.clone(),
        base: row.base,
        of: page.columns.get(column)?.id,
    })
}

/// How many rows are shown, and what they are: objects and parts are counted as the scores count them.
pub(crate) fn rows_shown(page: &MatrixPage) -> String {
    let rows = format!("{} of {} rows are shown: ", number(page.total), number(page.differing));
    let own = counted(page.differing - page.along.min(page.differing), "object");
    match page.along {
        0 => format!("{rows}{own} that differ, parts counted. "),
        1 => format!(
            "{rows}{own} that differ, parts counted, and 1 column that comes or goes with its table. "
        ),
        many => format!(
            "{rows}{own} that differ, parts counted, and {} columns that come or go with their tables. ",
            number(many)
        ),
    }
}

/// The line about a cell.
pub(crate) fn line(page: &MatrixPage, spot: Spot, attributes: Option<&[String]>) -> String {
    let Some((row, column)) = object_at(page, spot) else { return String::new() };
    let object = format!("{} {}", row.kind, row.name);
    let Some(column) = column else { return object };
    let in_what = match attributes {
        Some([]) | None => String::new(),
        Some(attributes) => format!(" in {}", attributes.join("; ")),
    };
    format!("{object} in {}{in_what}.", words(page, row, column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::SnapId;

    fn page(cells: &[Cell]) -> MatrixPage {
        let column = |at: usize| MatrixColumn {
            id: SnapId(u32::try_from(at).unwrap_or(0)),
            name: ["prod", "staging", "test"][at].to_owned(),
            count: 1,
            score: at,
            ..MatrixColumn::default()
        };
        let row = MatrixRow {
            at: 0,
            id: "table:public.a".into(),
            name: "public.a".to_owned(),
            kind: "table".to_owned(),
            cells: cells.to_vec(),
            baseline: cells[0],
            base: SnapId(0),
            base_name: "prod".to_owned(),
        };
        let columns = (0..cells.len()).map(column).collect();
        MatrixPage { columns, rows: vec![row], total: 1, ..MatrixPage::default() }
    }

    #[test]
    fn cells_read_well() {
        let page = page(&[Cell::Variant(0), Cell::Variant(1), Cell::Absent]);
        let read = |column| words(&page, &page.rows[0], column);
        assert_eq!(read(0), "prod: variant A, what the others are measured by");
        assert_eq!(read(1), "staging: variant B, differs from prod");
        assert_eq!(read(2), "test: missing, differs from prod");
        assert_eq!([0, 1, 2].map(|at| class(page.rows[0].cells[at])), ["v0", "v1", "absent"]);
    }

    #[test]
    fn what_was_not_read_does_not_differ() {
        let page = page(&[Cell::Variant(0), Cell::Unread]);
        assert!(!differs(&page.rows[0], 1));
        assert_eq!(words(&page, &page.rows[0], 1), "staging: not read");
        assert_eq!(question(&page, Spot { row: HEADS, column: 2 }), None);
    }

    #[test]
    fn equal_snapshots_are_counted_and_named() {
        let mut column = page(&[Cell::Absent]).columns.remove(0);
        assert_eq!((equal(&column), score(&column)), (None, "as most have it".to_owned()));
        (column.count, column.equal) = (250, vec!["b".to_owned(), "c".to_owned()]);
        assert_eq!(equal(&column).as_deref(), Some("250 equal: prod, b, c and 247 more"));
        column.score = 17;
        assert_eq!(score(&column), "17 objects off");
    }

    #[test]
    fn rows_and_objects_are_told_apart() {
        let page = MatrixPage { total: 5, differing: 81, along: 20, ..MatrixPage::default() };
        let said = rows_shown(&page);
        assert!(said.starts_with("5 of 81 rows are shown: 61 objects that differ"), "{said}");
        assert!(said.contains("20 columns"), "{said}");
        let none = MatrixPage { along: 0, ..page };
        assert!(!rows_shown(&none).contains("column"));
    }

    #[test]
    fn heads_are_short() {
        let column = MatrixColumn {
            server_version: "15.18 (Debian 15.18-0+deb12u1)".to_owned(),
            captured_at: "2026-11-21T11:27:03Z".to_owned(),
            ..MatrixColumn::default()
        };
        assert_eq!(
            (version(&column), captured(&column).as_str()),
            ("15.18", "2026-11-21 11:27 UTC")
        );
        let odd = MatrixColumn { captured_at: "yesterdäy evening".to_owned(), ..column };
        assert_eq!(captured(&odd), "yesterdäy evening");
    }

    #[test]
    fn only_two_variants_are_asked_about() {
        let page = page(&[Cell::Variant(0), Cell::Variant(1), Cell::Absent]);
        let asks = |row, column| question(&page, Spot { row, column }).is_some();
        assert!(asks(HEADS, 2));
        assert!(!asks(HEADS, 1) && !asks(HEADS, 3) && !asks(HEADS, 0) && !asks(0, 2));
        let told = ["type a → b".to_owned(), "owner".to_owned()];
        assert_eq!(
            line(&page, Spot { row: HEADS, column: 2 }, Some(&told)),
            "table public.a in staging: variant B, differs from prod in type a → b; owner."
        );
        assert_eq!(line(&page, Spot { row: HEADS, column: 0 }, None), "table public.a");
    }
}
