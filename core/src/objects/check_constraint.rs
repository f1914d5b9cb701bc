//! The rows that a constraint or a unique index would refuse.
//!
//! PostgreSQL manual, "Constraints", "CREATE TABLE" (MATCH, PERIOD, WITHOUT OVERLAPS, EXCLUDE) and
//! "CREATE INDEX" (UNIQUE, NULLS NOT DISTINCT).

use super::check_rows::{
    LIMIT, Reach, about, duplicates, pairs, rows, speaks_of, title_name, where_rows,
};
use super::{Constraint, ConstraintType, Index, Situation};
use crate::action::RowCheck;
use crate::model::{Id, Text};
use crate::sql::{key_element, list, quote_ident, split_name};

/// The checks for a constraint that is about to be enforced.
pub(super) fn of_constraint(key: &Constraint, situation: &Situation<'_>) -> Vec<RowCheck> {
    let place = (key.schema.as_str(), key.table.as_str());
    if situation.table_from(place.0, place.1).is_none()
        || !speaks_of(situation, place, &key.columns)
    {
        return Vec::new();
    }
    let found = match key.kind_of() {
        ConstraintType::Check => checked(key, situation).into_iter().collect(),
        ConstraintType::PrimaryKey | ConstraintType::Unique => unique(key, situation),
        ConstraintType::Exclude => excluded(key, situation).into_iter().collect(),
        ConstraintType::ForeignKey => orphans(key, situation).into_iter().collect(),
    };
    found
        .into_iter()
        .map(|found| {
            let mut check = about(place, &key.columns, found);
            // What a foreign key leans on may come with the plan: `target_rows` looks at that. A
            // key that others lean on is no part of the query either.
            if key.references.is_none() {
                let needs = key.depends_on.iter();
                check.about.extend(
                    needs.filter(|id| !matches!(id.kind(), "constraint" | "index")).cloned(),
                );
            }
            check
        })
        .collect()
}

type Found = (String, Option<String>);

fn checked(key: &Constraint, situation: &Situation<'_>) -> Option<Found> {
    let place = (key.schema.as_str(), key.table.as_str());
    let expression = key.definition.strip_prefix("CHECK ")?;
    let (expression, reach) = match expression.strip_suffix(" NO INHERIT") {
        Some(expression) => (expression, Reach::Own),
        None => (expression, Reach::All),
    };
    let rows = rows(situation, place, reach, None)?;
    Some((
        format!("rows of {} that violate {}", title_name(place), quote_ident(&key.name)),
        Some(where_rows(&rows, &format!("NOT {expression}"))),
    ))
}

fn unique(key: &Constraint, situation: &Situation<'_>) -> Vec<Found> {
    let place = (key.schema.as_str(), key.table.as_str());
    let Some(rows_of) = rows(situation, place, Reach::Own, None) else { return Vec::new() };
    let values: Vec<String> = key.columns.iter().map(|c| quote_ident(c).into_owned()).collect();
    let table = title_name(place);
    let Some(during) = values.last().filter(|_| key.definition.contains(" WITHOUT OVERLAPS"))
    else {
        let distinct = !key.definition.contains("NULLS NOT DISTINCT");
        return vec![(
            format!("values of {} that {table} holds more than once", values.join(", ")),
            Some(duplicates(&rows_of, &values, distinct, None)),
        )];
    };
    let empty = format!("pg_catalog.isempty({during})");
    let Some(twice) = rows(situation, place, Reach::Own, Some("t")) else { return Vec::new() };
    let operator = |at: usize| if at + 1 == values.len() { "OPERATOR(pg_catalog.&&)" } else { "=" };
    let equal: Vec<(String, String)> =
        values.iter().enumerate().map(|(at, v)| (v.clone(), operator(at).to_owned())).collect();
    vec![
        (
            format!(
                "rows of {table} with equal values of {} that overlap in {during}",
                values[..values.len() - 1].join(", ")
            ),
            Some(pairs(&twice, &equal, None)),
        ),
        (
            format!("rows of {table} with an empty range in {during}"),
            Some(where_rows(&rows_of, &empty)),
        ),
    ]
}

/// `EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (…)`.
fn excluded(key: &Constraint, situation: &Situation<'_>) -> Option<Found> {
    let place = (key.schema.as_str(), key.table.as_str());
    let rows = rows(situation, place, Reach::Own, Some("t"))?;
    let open = key.definition.find('(')?;
    let (elements, rest) = list(&key.definition[open..])?;
    let values: Option<Vec<(String, String)>> = elements
        .into_iter()
        .map(|element| {
            let (value, rest) = key_element(element);
            Some((value.to_owned(), rest[rest.rfind("WITH ")? + 5..].to_owned()))
        })
        .collect();
    let filter = filter(rest);
    Some((
        format!(
            "rows of {} that exclude each other by {}",
            title_name(place),
            quote_ident(&key.name)
        ),
        Some(pairs(&rows, &values?, filter)),
    ))
}

/// The condition behind WHERE.
fn filter(rest: &str) -> Option<&str> {
    rest.find(" WHERE ").map(|at| &rest[at + 7..])
}

/// One side of a foreign key: its columns, and whether the last one is a period.
fn columns(list_of: &[&str]) -> (Vec<Text>, bool) {
    let period = list_of.last().is_some_and(|last| last.starts_with("PERIOD "));
    (list_of.iter().map(|c| c.trim_start_matches("PERIOD ").into()).collect(), period)
}

/// Rows that point to nothing.
fn orphans(key: &Constraint, situation: &Situation<'_>) -> Option<Found> {
    let place = (key.schema.as_str(), key.table.as_str());
    let (own, rest) = list(key.definition.strip_prefix("FOREIGN KEY ")?)?;
    let target = key.references.as_ref()?;
    let name = split_name(target.name());
    let [schema, table] = name.as_slice() else { return None };
    let (others, rest) =
        list(rest.trim_start_matches(" REFERENCES ").strip_prefix(target.name())?)?;
    let ((own, period), (others, _)) = (columns(&own), columns(&others));
    let own: Vec<String> = own.iter().map(|column| format!("f.{column}")).collect();
    let (list_of, count) = (own.join(", "), own.len());
    let there = target_rows(situation, (schema, table), &others)?;
    let points = if let Target::Rows(there) = there {
        let last = own.len() - 1;
        let equal: Vec<String> = own
            .iter()
            .zip(&others)
            .enumerate()
            .map(|(at, (own, other))| {
                let operator = if period && at == last { "OPERATOR(pg_catalog.&&)" } else { "=" };
                format!("p.{other} {operator} {own}")
            })
            .collect();
        // As the trigger asks it: the period must be covered by those of all rows pointed to.
        let covered = if period {
            format!(
                " HAVING {} OPERATOR(pg_catalog.<@) pg_catalog.range_agg(p.{})",
                own[last], others[last]
            )
        } else {
            String::new()
        };
        format!(" AND NOT EXISTS (SELECT FROM {there} WHERE {}{covered})", equal.join(" AND "))
    } else {
        String::new()
    };
    let rows = rows(situation, place, Reach::Own, Some("f"))?;
    let nulls = format!("pg_catalog.num_nulls({list_of})");
    let mut condition = format!("{nulls} = 0{points}");
    let mut title =
        format!("rows of {} that point to no row of {}", title_name(place), target.name());
    if rest.contains(" MATCH FULL") && count > 1 {
        title += ", or only in part";
        condition = format!("({condition}) OR {nulls} NOT IN (0, {count})");
    }
    Some((title, Some(format!("SELECT f.* FROM {rows} WHERE {condition} {LIMIT}"))))
}

/// What a foreign key points to.
enum Target {
    /// The rows of a table, as an item behind FROM with the alias `p`.
    Rows(String),
    /// No row: the table comes with the plan.
    Empty,
}

/// The rows that a foreign key can point to; `None` where they cannot be asked for before the plan.
fn target_rows(
    situation: &Situation<'_>,
    (schema, table): (&str, &str),
    columns: &[Text],
) -> Option<Target> {
    if situation.table_from(schema, table).is_none() {
        let comes = situation.table_to(schema, table)?;
        // Existing tables may become partitions of a new one.
        return comes.partition_by.is_none().then_some(Target::Empty);
    }
    let columns = columns.iter().flat_map(|column| split_name(column));
    let columns: Vec<Text> = columns.map(Text::from).collect();
    if situation.comes(&Id::new("table", &[schema, table]))
        || !speaks_of(situation, (schema, table), &columns)
    {
        return None;
    }
    Some(Target::Rows(rows(situation, (schema, table), Reach::Own, Some("p"))?))
}

/// The checks for a unique index.
pub(super) fn of_index(index: &Index, situation: &Situation<'_>) -> Vec<RowCheck> {
    let place = (index.schema.as_str(), index.table.as_str());
    let columns: Vec<Text> = index.columns.iter().filter(|c| !c.is_empty()).cloned().collect();
    let named = index.depends_on.iter().filter(|id| id.kind() == "column");
    let mut all: Vec<Text> =
        named.filter_map(|id| split_name(id.name()).pop()).map(Text::from).collect();
    all.extend(columns.iter().cloned());
    if !index.on_materialized_view && !speaks_of(situation, place, &all) {
        return Vec::new();
    }
    let found = || {
        let rows = rows(situation, place, Reach::Own, None)?;
        let open = index.definition.find('(')?;
        let (elements, rest) = list(&index.definition[open..])?;
        let values: Vec<String> =
            elements.into_iter().map(|element| key_element(element).0.to_owned()).collect();
        let condition = filter(rest);
        let distinct =
            !rest[..rest.find(" WHERE ").unwrap_or(rest.len())].contains("NULLS NOT DISTINCT");
        Some((
            format!(
                "values of {} that {} holds more than once",
                values.join(", "),
                title_name(place)
            ),
            Some(duplicates(&rows, &values, distinct, condition)),
        ))
    };
    let Some(found) = found() else { return Vec::new() };
    let mut check = if index.on_materialized_view {
        let view = Id::new("materialized_view", &[&index.schema, &index.table]);
        RowCheck { title: found.0, sql: found.1, about: vec![view] }
    } else {
        about(place, &columns, found)
    };
    check.about.extend(index.depends_on.iter().filter(|id| id.kind() != "column").cloned());
    vec![check]
}
