//! Values of composite types that get other attributes.
//!
//! The text of a row fits no type with more or fewer attributes, and says nothing of their names
//! (PostgreSQL manual, "Composite Types", "Composite Type Input and Output Syntax"): the new row is
//! put together from the old one's parts. No expression without a subquery goes through the elements
//! of an array, but JSON does: it knows the attributes by name at any depth.

use super::rebuilt_loss::{base_of, composite, domain};
use super::type_change::converted;
use super::{Composite, Objects, Situation};
use crate::sql::quote_ident;

/// How the values of a column get from the old form of a type to the new one of its name.
pub(super) struct RowValue {
    /// The expression.
    pub(super) sql: String,
    /// Attributes whose values are not taken over.
    pub(super) lost: Vec<String>,
    /// There are such rows in arrays: the expression needs the type of [`RowValue::carrier`].
    pub(super) in_array: bool,
}

/// A type of this session that has the column's new type in it.
const CARRIER: &str = "pg_temp.pgparity_carrier";

/// The way for a column of this type, as long as it needs another one than through text.
pub(super) fn row_value(
    column: &str,
    data_type: &str,
    situation: &Situation<'_>,
) -> Option<RowValue> {
    let mut value = RowValue { sql: String::new(), lost: Vec::new(), in_array: false };
    let element = element(data_type, situation);
    value.in_array = element.is_some();
    value.sql = value.row(&format!("({column})"), element.unwrap_or(data_type), situation)?;
    if value.in_array {
        value.sql = RowValue::of_json(&format!("pg_catalog.to_json({column})"));
    }
    Some(value)
}

impl RowValue {
    /// The value of the new type that JSON tells.
    pub(super) fn of_json(json: &str) -> String {
        format!(
            "(pg_catalog.json_populate_record(NULL::{CARRIER}, \
             pg_catalog.json_build_object('value', {json}))).value"
        )
    }

    /// The statements that bring and remove what the expression needs.
    pub(super) fn carrier(data_type: &str) -> [String; 2] {
        [format!("CREATE TYPE {CARRIER} AS (value {data_type})"), format!("DROP TYPE {CARRIER}")]
    }

    fn row(&mut self, source: &str, data_type: &str, situation: &Situation<'_>) -> Option<String> {
        let old = row_under(situation.from, data_type)?;
        let new = row_under(situation.to, data_type)?;
        let names = |t: &Composite| t.attributes.iter().map(|a| a.name.clone()).collect::<Vec<_>>();
        let mut reshaped = names(old) != names(new);
        let lost =
            old.attributes.iter().filter(|a| new.attributes.iter().all(|b| b.name != a.name));
        self.lost.extend(lost.map(|a| format!("{data_type}.{}", quote_ident(&a.name))));
        let mut values = Vec::new();
        for attribute in &new.attributes {
            let part = format!("({source}.{})", quote_ident(&attribute.name));
            let to = &attribute.data_type;
            let before = old.attributes.iter().find(|a| a.name == attribute.name);
            let same = before.filter(|before| before.data_type == *to);
            let inside = same.and_then(|_| self.row(&part, to, situation));
            let element = same.and_then(|_| element(to, situation));
            let in_array =
                element.is_some_and(|element| self.row(&part, element, situation).is_some());
            self.in_array |= in_array;
            reshaped |= inside.is_some() || in_array;
            values.push(match (inside, before) {
                (Some(row), _) => row,
                (None, Some(before)) if before.data_type != *to => {
                    converted(&part, &before.data_type, to)
                }
                (None, Some(_)) => format!("{part}::pg_catalog.text::{to}"),
                (None, None) => "NULL".to_owned(),
            });
        }
        let row = format!("ROW({})::{data_type}", values.join(", "));
        // A row of nothing but NULL is not the same as NULL.
        reshaped.then(|| format!("CASE WHEN {source} IS DISTINCT FROM NULL THEN {row} END"))
    }
}

/// The type of the rows that a value of this type is, under domains as well.
fn row_under<'a>(objects: &'a Objects, data_type: &'a str) -> Option<&'a Composite> {
    composite(objects, base_of(data_type, |name| domain(objects, name)))
}

/// The type of what is in the arrays that a value of this type is, under domains as well.
fn element<'a>(data_type: &'a str, situation: &Situation<'a>) -> Option<&'a str> {
    base_of(data_type, |name| domain(situation.to, name)).strip_suffix("[]")
}
