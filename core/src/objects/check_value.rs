//! The values that another type would refuse.
//!
//! PostgreSQL manual, "ALTER TABLE … SET DATA TYPE", "Data Types", and "Data Validity Checking
//! Functions" (`pg_input_is_valid()`, from 16 on). Before 16 only what a regular expression describes
//! can be told.

use super::check_domain::{domain_to, violates};
use super::check_rows::{Reach, about, rows, title_name, where_rows};
use super::type_change::{Family, TypeChange, family, parts};
use super::{Column, Enum, Situation, Table};
use crate::action::RowCheck;
use crate::model::Id;
use crate::sql::{quote_ident, quote_literal};

/// Which values a type refuses.
#[derive(Debug, PartialEq, Eq)]
enum Refused {
    /// Those for which this holds.
    When(String),
    /// None.
    Never,
    /// No query tells.
    Unknown,
}

use Refused::{Never, Unknown, When};

/// A literal of a number, with or without a fraction and an exponent.
const NUMBER: &str = r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?|nan|[-+]?inf(inity)?";

/// The check for a column that gets another type.
pub(super) fn of_column(
    table: &Table,
    (old, new): (&Column, &Column),
    change: TypeChange,
    situation: &Situation<'_>,
) -> Option<RowCheck> {
    let place = (table.schema.as_str(), table.name.as_str());
    let rows = rows(situation, place, Reach::All, None)?;
    let name = quote_ident(&new.name);
    let refused = refused(&name, (&old.data_type, &new.data_type), change, situation);
    let title = format!(
        "rows of {} with a value of {name} that {} refuses",
        title_name(place),
        new.data_type
    );
    let found = match refused {
        Never => return None,
        When(condition) => (title, Some(where_rows(&rows, &condition))),
        Unknown => (format!("{title} (cannot be told beforehand)"), None),
    };
    let tells = found.1.is_some();
    let mut check = about(place, std::slice::from_ref(&new.name), found);
    // A type that is told by its labels alone may come with the plan.
    if tells && enum_to(situation, element(&new.data_type)).is_none() {
        check.about.extend(new.depends_on.iter().cloned());
    }
    Some(check)
}

/// The type of an array's elements, or the type itself.
fn element(data_type: &str) -> &str {
    data_type.strip_suffix("[]").unwrap_or(data_type)
}

fn enum_to<'a>(situation: &Situation<'a>, name: &str) -> Option<&'a Enum> {
    situation.to.find(&Id::from_sql("enum", name))?.as_any().downcast_ref::<Enum>()
}

fn refused(
    value: &str,
    (from, to): (&str, &str),
    change: TypeChange,
    situation: &Situation<'_>,
) -> Refused {
    let ((a, _), (b, modifiers)) = (parts(from), parts(to));
    let text = format!("{value}::pg_catalog.text");
    if let (Some(_), Some(to), true) =
        (from.strip_suffix("[]"), to.strip_suffix("[]"), change.through_text)
        && enum_to(situation, to).is_some()
    {
        let of_element = input("e::pg_catalog.text", to, situation);
        return match of_element {
            When(condition) => When(format!(
                "EXISTS (SELECT FROM pg_catalog.unnest({value}) AS u(e) WHERE {condition})"
            )),
            other => other,
        };
    }
    // What a function does is not known.
    if change.by_cast && !change.through_text {
        return Unknown;
    }
    if change.through_text {
        return input(&text, to, situation);
    }
    match (family(&a), family(&b)) {
        (Family::Number(from), Family::Number(to)) => {
            number(value, (from, to), &modifiers, situation.server)
        }
        // The cast of an assignment refuses to cut off more than blanks.
        (_, Family::Text) if !change.using => match (b.as_str(), modifiers.first()) {
            ("character", None) => too_long(&text, 1),
            ("name", _) | (_, None) => Never,
            (_, Some(length)) => too_long(&text, *length),
        },
        (Family::Bits, Family::Bits) => {
            let length = modifiers.first().copied();
            match (b.as_str(), length) {
                ("bit", length) => {
                    When(format!("pg_catalog.length({value}) <> {}", length.unwrap_or(1)))
                }
                (_, Some(length)) => When(format!("pg_catalog.length({value}) > {length}")),
                (_, None) => Never,
            }
        }
        (Family::Text, _) => input(&text, to, situation),
        _ => Unknown,
    }
}

fn too_long(text: &str, length: i32) -> Refused {
    When(format!("pg_catalog.length(pg_catalog.rtrim({text}, ' ')) > {length}"))
}

/// The bounds of an integer type, by how much it holds.
fn bounds(holds: u8) -> Option<(i64, i64)> {
    match holds {
        1 => Some((i64::from(i16::MIN), i64::from(i16::MAX))),
        2 => Some((i64::from(i32::MIN), i64::from(i32::MAX))),
        3 => Some((i64::MIN, i64::MAX)),
        _ => None,
    }
}

/// Numbers are rounded, and refused when they are too large.
fn number(value: &str, (from, to): (u8, u8), modifiers: &[i32], server: u32) -> Refused {
    let number = format!("{value}::pg_catalog.numeric");
    if let Some((low, high)) = bounds(to) {
        return When(outside(&number, low, high));
    }
    match (to, modifiers) {
        (4, [_, ..]) => When(overflows(&number, modifiers)),
        (4, []) => Never,
        // Integers lose digits at most.
        _ if from <= 3 => Never,
        _ if server >= 160_000 => {
            let name = if to == 5 { "real" } else { "double precision" };
            When(format!("NOT pg_catalog.pg_input_is_valid({value}::pg_catalog.text, '{name}')"))
        }
        _ => Unknown,
    }
}

fn outside(number: &str, low: i64, high: i64) -> String {
    format!("pg_catalog.round({number}) NOT BETWEEN {low} AND {high}")
}

/// `numeric(precision, scale)`; NaN has no digits.
fn overflows(number: &str, modifiers: &[i32]) -> String {
    let precision = modifiers.first().copied().unwrap_or_default();
    let scale = modifiers.get(1).copied().unwrap_or_default();
    format!(
        "{number} <> 'NaN' AND pg_catalog.abs(pg_catalog.round({number}, {scale})) >= 1e{}",
        precision - scale
    )
}

/// The texts that a type's input function refuses.
fn input(text: &str, to: &str, situation: &Situation<'_>) -> Refused {
    if let Some(of_labels) = enum_to(situation, to) {
        let labels: Vec<String> = of_labels.values.iter().map(|v| quote_literal(v)).collect();
        return When(if labels.is_empty() {
            format!("{text} IS NOT NULL")
        } else {
            format!("{text} NOT IN ({})", labels.join(", "))
        });
    }
    if let Some(domain) = domain_to(situation, to) {
        return domain_input(text, domain, situation);
    }
    let (base, modifiers) = parts(to);
    if situation.server >= 160_000 {
        // A type that is built anew has another input function by then.
        let anew = ["composite", "range", "base_type"]
            .iter()
            .any(|kind| situation.to.find(&Id::from_sql(kind, element(to))).is_some());
        if anew
            || enum_to(situation, element(to)).is_some()
            || domain_to(situation, element(to)).is_some()
        {
            return Unknown;
        }
        // An explicit cast cuts bits to their length.
        let name = if family(&base) == Family::Bits { "bit varying" } else { to };
        return When(format!("NOT pg_catalog.pg_input_is_valid({text}, {})", quote_literal(name)));
    }
    let (pattern, further) = match family(&base) {
        Family::Number(holds @ 1..=3) => (
            "[-+]?[0-9]+",
            bounds(holds)
                .map(|(low, high)| outside(&format!("{text}::pg_catalog.numeric"), low, high)),
        ),
        Family::Number(4) => (
            NUMBER,
            (!modifiers.is_empty())
                .then(|| overflows(&format!("{text}::pg_catalog.numeric"), &modifiers)),
        ),
        _ => match base.as_str() {
            "boolean" => ("t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|1|0", None),
            "uuid" => (r"[0-9a-f]{4}(-?[0-9a-f]{4}){7}|\{[0-9a-f]{4}(-?[0-9a-f]{4}){7}\}", None),
            _ => return Unknown,
        },
    };
    // No blanks are allowed around a uuid.
    let blanks = if base == "uuid" { "" } else { r"[ \t\n\r\v\f]*" };
    let fits = format!("{text} ~* {}", quote_literal(&format!("^{blanks}({pattern}){blanks}$")));
    When(match further {
        Some(further) => format!("CASE WHEN {fits} THEN {further} ELSE {text} IS NOT NULL END"),
        None => format!("NOT ({fits})"),
    })
}

/// What the type under a domain refuses, and what its constraints do.
fn domain_input(text: &str, domain: &super::Domain, situation: &Situation<'_>) -> Refused {
    // Values of a user's type that is built anew cannot be written down before.
    if domain.base_type.contains('.') {
        return Unknown;
    }
    let value = format!("{text}::{}", domain.base_type);
    let mut demands: Vec<String> =
        domain.constraints.iter().filter_map(|c| violates(&value, &c.definition)).collect();
    if domain.not_null {
        demands.push(format!("{text} IS NULL"));
    }
    let demands = if demands.is_empty() { "false".to_owned() } else { demands.join(" OR ") };
    match input(text, &domain.base_type, situation) {
        When(condition) => When(format!("CASE WHEN {condition} THEN true ELSE {demands} END")),
        Never => When(demands),
        Unknown => Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::super::type_change::type_change;
    use super::*;
    use crate::objects::Objects;

    fn told(from: &str, to: &str, server: u32) -> Refused {
        let (nothing, sizes, kept) = (
            Objects::default(),
            std::collections::BTreeMap::new(),
            std::collections::BTreeSet::new(),
        );
        let situation = Situation {
            from: &nothing,
            to: &nothing,
            sizes: &sizes,
            server,
            mode: None,
            rerun: false,
            kept: &kept,
            again: None,
            named_not_null: false,
            earlier: None,
            created: None,
            known: None,
        };
        refused("v", (from, to), type_change(from, to), &situation)
    }

    #[test]
    fn what_no_query_can_tell_is_said() {
        assert_eq!(told("text", "date", 150_000), Unknown);
        assert!(matches!(told("text", "date", 160_000), When(_)));
        assert!(matches!(told("text", "uuid", 140_000), When(_)));
        assert_eq!(told("real", "numeric", 150_000), Never);
        assert_eq!(told("double precision", "real", 150_000), Unknown);
    }
}
