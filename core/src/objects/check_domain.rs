//! The values that a domain would refuse, in all columns of it.
//!
//! PostgreSQL manual, "ALTER DOMAIN": a constraint is checked against the columns of the domain, and
//! of domains over it.

use super::check_rows::{Reach, about, rows, title_name, where_rows};
use super::{Domain, Object, Situation};
use crate::action::RowCheck;
use crate::model::{Id, Text};
use crate::sql::quote_ident;

/// What a domain is about to demand.
#[derive(Clone, Copy)]
pub(super) enum Demand<'a> {
    /// `NOT NULL`
    NotNull,
    /// A CHECK by this definition.
    Check(&'a str),
}

/// The condition under which a value violates a CHECK of a domain: there, it is called VALUE.
pub(super) fn violates(value: &str, definition: &str) -> Option<String> {
    let expression = definition.strip_prefix("CHECK ")?;
    let expression = expression.strip_suffix(" NOT VALID").unwrap_or(expression);
    Some(format!("EXISTS (SELECT FROM (SELECT {value} AS value) AS v WHERE NOT {expression})"))
}

/// The checks for all columns of a domain.
pub(super) fn of_domain(
    domain: &Domain,
    demand: Demand<'_>,
    situation: &Situation<'_>,
) -> Vec<RowCheck> {
    let types = with_domains_over(domain, situation);
    let mut checks = Vec::new();
    // Rows of the tables below are among those of the table above.
    let all = situation.columns_of_types(&types).into_iter();
    for (table, column) in all.filter(|(of, column)| of.foreign.is_none() && !column.inherited) {
        let place = (table.schema.as_str(), table.name.as_str());
        let name = quote_ident(&column.name);
        let value = format!("{name}::{}", domain.base_type);
        let condition = match demand {
            Demand::NotNull => Some(format!("pg_catalog.num_nulls({name}) = 1")),
            Demand::Check(definition) => violates(&value, definition),
        };
        let (Some(rows), Some(condition)) = (rows(situation, place, Reach::All, None), condition)
        else {
            continue;
        };
        let title = format!(
            "rows of {} with a value of {name} that the domain {} refuses",
            title_name(place),
            domain.sql_name()
        );
        let found = (title, Some(where_rows(&rows, &condition)));
        let mut check = about(place, std::slice::from_ref(&column.name), found);
        check.about.extend(domain.depends_on.iter().cloned());
        checks.push(check);
    }
    checks
}

/// The names of the domain and of those over it.
fn with_domains_over(domain: &Domain, situation: &Situation<'_>) -> Vec<Text> {
    let mut names = vec![Text::from(domain.sql_name())];
    loop {
        let over = situation.from.domain.iter();
        let more: Vec<Text> = over
            .filter(|other| names.contains(&other.base_type))
            .map(|other| Text::from(other.sql_name()))
            .filter(|name| !names.contains(name))
            .collect();
        if more.is_empty() {
            return names;
        }
        names.extend(more);
    }
}

/// The domain of a name as a column's type spells it, as it should become.
pub(super) fn domain_to<'a>(situation: &Situation<'a>, name: &str) -> Option<&'a Domain> {
    let found = situation.to.find(&Id::from_sql("domain", name))?;
    found.as_any().downcast_ref::<Domain>()
}
