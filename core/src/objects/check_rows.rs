//! What pre-checks have in common: the rows of a table as they are before the plan, in the words of
//! the state after it.
//!
//! Definitions of that state name columns as they are called then. A table whose name, columns or
//! types differ before stands as a subquery that gives them those names and types.

use super::type_change::{converted, type_change};
use super::{Column, Situation, Table};
use crate::action::RowCheck;
use crate::model::{Id, Text};
use crate::sql::{qualified, quote_ident, split_name};

/// A query shows no more rows than that: they are for people.
pub(super) const LIMIT: &str = "LIMIT 100";

/// Which rows of a table a statement looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Those of the tables below too.
    All,
    /// Its own. Those of a partitioned table are in its partitions.
    Own,
}

/// The rows of a table or materialized view as an item behind FROM, under an alias: the table's own
/// name, or another one. `None` where it is not there before, or its rows are elsewhere.
pub(super) fn rows(
    situation: &Situation<'_>,
    (schema, name): (&str, &str),
    reach: Reach,
    alias: Option<&str>,
) -> Option<String> {
    let Some(table) = situation.table_from(schema, name) else {
        let view = Id::new("materialized_view", &[schema, name]);
        situation.from.find(&view)?;
        return Some(aliased(situation.earlier(&view).name(), name, alias));
    };
    if table.foreign.is_some() {
        return None;
    }
    let id = Id::new("table", &[schema, name]);
    let earlier = situation.earlier(&id);
    let own = reach == Reach::Own && table.partition_by.is_none();
    let item = format!("{}{}", if own { "ONLY " } else { "" }, earlier.name());
    let values: Vec<(String, bool)> =
        table.columns.iter().map(|column| value(situation, table, column)).collect();
    if values.iter().all(|(_, same)| *same) {
        return Some(aliased(&item, name, alias));
    }
    let values: Vec<String> = values.into_iter().map(|(value, _)| value).collect();
    let alias = alias.map_or_else(|| quote_ident(name), Into::into);
    Some(format!("(SELECT {} FROM {item}) AS {alias}", values.join(", ")))
}

/// An item behind FROM; an alias where it is not called so anyway.
fn aliased(item: &str, name: &str, alias: Option<&str>) -> String {
    let wanted = alias.map_or_else(|| quote_ident(name), Into::into);
    let called = split_name(item.trim_start_matches("ONLY ")).pop();
    if alias.is_none() && called.as_deref() == Some(name) {
        item.to_owned()
    } else {
        format!("{item} AS {wanted}")
    }
}

/// The name that a column of `from` has before the plan.
fn earlier_name(situation: &Situation<'_>, table: &Table, column: &Column) -> String {
    let id = situation.earlier(&column.id(&table.schema, &table.name));
    split_name(id.name()).pop().unwrap_or_else(|| column.name.to_string())
}

/// A column's value as the plan leaves it, and whether it is that already. A type that may refuse
/// the value, or is the user's own, is left for checks of its own.
fn value(situation: &Situation<'_>, table: &Table, column: &Column) -> (String, bool) {
    let name = quote_ident(&column.name);
    let earlier = earlier_name(situation, table, column);
    let earlier = quote_ident(&earlier);
    let (value, same) = match new_type(situation, table, column) {
        Some(to) if converts(&column.data_type, to) => {
            (converted(&earlier, &column.data_type, to), false)
        }
        _ => (earlier.clone().into_owned(), earlier == name),
    };
    (if same { value } else { format!("{value} AS {name}") }, same)
}

/// The type that a column gets, where it gets another one.
fn new_type<'a>(situation: &Situation<'a>, table: &Table, column: &Column) -> Option<&'a Text> {
    let to = situation.to.find_table(&table.schema, &table.name)?;
    let new = to.columns.iter().find(|new| new.name == column.name)?;
    (new.data_type != column.data_type).then_some(&new.data_type)
}

/// True for a change of type that no value refuses.
fn converts(from: &str, to: &str) -> bool {
    !type_change(from, to).may_fail && !to.contains('.')
}

/// True when the columns are there before the plan, with the types that the plan gives them or such
/// as lead to those without fail.
pub(super) fn speaks_of(
    situation: &Situation<'_>,
    (schema, name): (&str, &str),
    columns: &[Text],
) -> bool {
    let Some(table) = situation.table_from(schema, name) else { return columns.is_empty() };
    columns.iter().all(|wanted| {
        table.columns.iter().find(|column| column.name == *wanted).is_some_and(|column| {
            new_type(situation, table, column).is_none_or(|to| converts(&column.data_type, to))
        })
    })
}

/// A check about a table and some of its columns.
pub(super) fn about(
    (schema, table): (&str, &str),
    columns: &[Text],
    (title, sql): (String, Option<String>),
) -> RowCheck {
    let mut about = vec![Id::new("table", &[schema, table])];
    about.extend(columns.iter().map(|column| Id::new("column", &[schema, table, column])));
    RowCheck { title, sql, about }
}

/// Values that stand more than once. `values` are SQL expressions; with `distinct` NULLs differ.
pub(super) fn duplicates(
    rows: &str,
    values: &[String],
    distinct: bool,
    filter: Option<&str>,
) -> String {
    let list = values.join(", ");
    let mut conditions: Vec<String> = filter.map(str::to_owned).into_iter().collect();
    if distinct {
        // Other than IS NOT NULL, it does not look into composite values.
        conditions.push(format!("pg_catalog.num_nulls({list}) = 0"));
    }
    let conditions = if conditions.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", conditions.join(" AND "))
    };
    let places: Vec<String> = (1..=values.len()).map(|place| place.to_string()).collect();
    format!(
        "SELECT {list}, pg_catalog.count(*) AS rows FROM {rows}{conditions} GROUP BY {} HAVING \
         pg_catalog.count(*) > 1 {LIMIT}",
        places.join(", ")
    )
}

/// Pairs of rows in which each value stands to that of the other row as its operator says.
/// `rows` has the alias `t`.
pub(super) fn pairs(rows: &str, values: &[(String, String)], filter: Option<&str>) -> String {
    let filter = filter.map(|filter| format!(" WHERE {filter}")).unwrap_or_default();
    let own: Vec<String> =
        values.iter().zip(1..).map(|((value, _), n)| format!("{value} AS value_{n}")).collect();
    let same: Vec<String> = values
        .iter()
        .zip(1..)
        .map(|((_, operator), n)| format!("a.value_{n} {operator} b.value_{n}"))
        .collect();
    format!(
        "WITH numbered AS (SELECT pg_catalog.row_number() OVER () AS number, (t.*)::pg_catalog.text \
         AS whole, {} FROM {rows}{filter})\nSELECT a.whole AS one_row, b.whole AS other_row FROM \
         numbered AS a JOIN numbered AS b ON a.number < b.number AND {} {LIMIT}",
        own.join(", "),
        same.join(" AND ")
    )
}

/// The rows for which a condition holds.
pub(super) fn where_rows(rows: &str, condition: &str) -> String {
    format!("SELECT * FROM {rows} WHERE {condition} {LIMIT}")
}

/// A table's name behind `public.`, as titles say it.
pub(super) fn title_name((schema, table): (&str, &str)) -> String {
    qualified(schema, table)
}
