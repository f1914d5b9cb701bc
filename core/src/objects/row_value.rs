//! Values of composite types that get other attributes.
//!
//! The text of a row fits no type with more or fewer attributes (PostgreSQL manual, "Composite
//! Types", "Composite Type Input and Output Syntax"): the new row is put together from the old
//! one's parts.

use super::{Composite, Objects, Situation};
use crate::model::Id;
use crate::sql::quote_ident;

/// How the values of a column get from the old form of a type to the new one of its name.
pub(super) struct RowValue {
    /// The expression.
    pub(super) sql: String,
    /// Attributes whose values are not taken over.
    pub(super) lost: Vec<String>,
}

/// The way for a column of this type, as long as it needs another one than through text.
pub(super) fn row_value(
    column: &str,
    data_type: &str,
    situation: &Situation<'_>,
) -> Option<RowValue> {
    let mut value = RowValue { sql: String::new(), lost: Vec::new() };
    value.sql = value.row(&format!("({column})"), data_type, situation)?;
    Some(value)
}

impl RowValue {
    fn row(&mut self, source: &str, data_type: &str, situation: &Situation<'_>) -> Option<String> {
        let old = composite(situation.from, data_type)?;
        let new = composite(situation.to, data_type)?;
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
            let inside = before
                .filter(|before| before.data_type == *to)
                .and_then(|_| self.row(&part, to, situation));
            reshaped |= inside.is_some();
            values.push(match (inside, before) {
                (Some(row), _) => row,
                (None, Some(_)) => format!("{part}::pg_catalog.text::{to}"),
                (None, None) => "NULL".to_owned(),
            });
        }
        let row = format!("ROW({})::{data_type}", values.join(", "));
        // A row of nothing but NULL is not the same as NULL.
        reshaped.then(|| format!("CASE WHEN {source} IS DISTINCT FROM NULL THEN {row} END"))
    }
}

fn composite<'a>(objects: &'a Objects, data_type: &str) -> Option<&'a Composite> {
    let object = objects.find(&Id::from_sql("composite", data_type))?;
    object.as_any().downcast_ref::<Composite>()
}
