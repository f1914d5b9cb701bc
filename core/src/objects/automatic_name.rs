//! The names that PostgreSQL gives to what has none.

use crate::model::Text;
use crate::sql::{LONGEST_NAME, clip, with_ending};

/// The name that PostgreSQL makes of a table's name, columns and a label, within 63 bytes
/// (`makeObjectName()`).
pub(super) fn object_name(table: &str, columns: &[Text], label: &str) -> String {
    let columns = columns.join("_");
    let signs = 1 + usize::from(!columns.is_empty());
    let room = LONGEST_NAME.saturating_sub(label.len() + signs);
    let shortened = table.len().min(room.saturating_sub(columns.len()).max(room - room / 2));
    let table = clip(table, if columns.is_empty() { table.len().min(room) } else { shortened });
    let columns = clip(&columns, room.saturating_sub(shortened));
    let middle = if columns.is_empty() { String::new() } else { format!("{columns}_") };
    format!("{table}_{middle}{label}")
}

/// The name of what belongs to a column, in SQL, by the same rule. `table` and `column` are names in
/// SQL, and are clipped in whole characters.
pub(super) fn of_column_sql(table: &str, column: &str, label: &str) -> String {
    let room = LONGEST_NAME - "__".len() - label.len();
    let clipped = |name: &str, other: &str, half: usize| {
        format!(
            "left({name}, (SELECT max(n) FROM generate_series(0, {LONGEST_NAME}) AS n WHERE \
             octet_length(left({name}, n)) <= greatest({half}, {room} - octet_length({other}))))"
        )
    };
    format!(
        "CASE WHEN octet_length({table} || {column}) <= {room} THEN {table} || '_' || {column} ELSE \
         {} || '_' || {} END || '_{label}'",
        clipped(table, column, room - room / 2),
        clipped(column, table, room / 2)
    )
}

/// The name of an index or of its constraint. A column that stands in it already gets a number
/// (`ChooseIndexColumnNames()`).
pub(super) fn index_name(table: &str, columns: &[Text], label: &str) -> String {
    let mut names: Vec<Text> = Vec::with_capacity(columns.len());
    for column in columns {
        let numbered = (1..).map(|number: usize| with_ending(column, &number.to_string()).into());
        let mut possible = std::iter::once(column.clone()).chain(numbered);
        names.extend(possible.find(|name| !names.contains(name)));
    }
    object_name(table, &names, label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<Text> {
        names.iter().map(|name| Text::from(*name)).collect()
    }

    #[test]
    fn names_are_made_as_postgresql_makes_them() {
        assert_eq!(object_name("t", &columns(&["a", "b"]), "idx"), "t_a_b_idx");
        assert_eq!(object_name("t", &[], "pkey"), "t_pkey");
        let long = "x".repeat(70);
        assert_eq!(object_name(&long, &[], "pkey"), format!("{}_pkey", "x".repeat(58)));
        assert_eq!(
            object_name(&long[..50], &columns(&[&long[..40]]), "idx"),
            format!("{}_{}_idx", "x".repeat(29), "x".repeat(29))
        );
        assert_eq!(
            object_name(&long[..51], &columns(&["ab"]), "excl"),
            format!("{}_ab_excl", "x".repeat(51))
        );
    }

    #[test]
    fn a_column_stands_in_a_name_once() {
        assert_eq!(index_name("t", &columns(&["a", "b"]), "key"), "t_a_b_key");
        assert_eq!(index_name("t", &columns(&["a", "a", "a1", "a"]), "idx"), "t_a_a1_a11_a2_idx");
    }
}
