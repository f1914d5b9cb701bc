//! Foreign keys whose columns get other types at both ends.
//!
//! PostgreSQL builds a foreign key anew with every new type of one of its columns, and looks for an
//! operator between both ends (`ATAddForeignKeyConstraint()`). Between the two statements the types
//! are mixed, and where nothing compares them the first one fails.

use super::foreign_key::has_period;
use super::partition::Part as _;
use super::type_change::{Family, family, parts};
use super::{AnyObject, Column, Constraint, Objects};
use crate::model::Id;
use crate::sql::{list, split_name};

/// True for a foreign key that must be away while its columns get other types. `rebuilt` tells of
/// columns that are moved to a new type of the same name.
pub(crate) fn parts_meanwhile(
    object: &dyn AnyObject,
    from: &Objects,
    to: &Objects,
    rebuilt: &dyn Fn(&Id) -> bool,
) -> bool {
    let key = object.as_any().downcast_ref::<Constraint>();
    key.and_then(|key| parts_in(key, from, to, rebuilt)).unwrap_or(false)
}

fn parts_in(
    key: &Constraint,
    from: &Objects,
    to: &Objects,
    rebuilt: &dyn Fn(&Id) -> bool,
) -> Option<bool> {
    let target = split_name(key.references.as_ref()?.name());
    let [schema, table] = target.as_slice() else { return None };
    let (own, rest) = list(key.definition.strip_prefix("FOREIGN KEY ")?)?;
    let (others, _) = list(&rest[rest.find('(')?..])?;
    let end = |place: (&str, &str), spelled: &str| End::of(place, spelled, from, to, rebuilt);
    // The index under a period has no operator between types, for any of its columns.
    let period = has_period(key);
    let mut pairs = own.into_iter().zip(others);
    Some(pairs.any(|(own, other)| {
        let ends = end(key.place(), own).zip(end((schema, table), other));
        ends.is_some_and(|(own, other)| own.parts_from(&other, period))
    }))
}

/// A column at one end of a foreign key.
struct End<'a> {
    before: &'a Column,
    after: &'a Column,
    rebuilt: bool,
}

impl<'a> End<'a> {
    fn of(
        (schema, table): (&str, &str),
        spelled: &str,
        from: &'a Objects,
        to: &'a Objects,
        rebuilt: &dyn Fn(&Id) -> bool,
    ) -> Option<End<'a>> {
        let name = split_name(spelled.trim_start_matches("PERIOD ")).pop()?;
        let column = |objects: &'a Objects| {
            objects.find_table(schema, table)?.columns.iter().find(|column| column.name == name)
        };
        let before = column(from)?;
        let rebuilt = rebuilt(&before.id(schema, table));
        Some(End { before, after: column(to)?, rebuilt })
    }

    fn changes(&self) -> bool {
        self.rebuilt
            || self.before.data_type != self.after.data_type
            || self.before.collation != self.after.collation
    }

    fn parts_from(&self, other: &End<'_>, period: bool) -> bool {
        let mixed = [(self.before, other.after), (self.after, other.before)];
        self.changes()
            && other.changes()
            && (self.rebuilt
                || other.rebuilt
                || mixed.iter().any(|(a, b)| {
                    a.collation != b.collation || !compare(&a.data_type, &b.data_type, period)
                }))
    }
}

/// True for types between which a btree operator family has an operator of its own, or which are
/// stored alike. A period is compared by `gist`, which has none between types.
fn compare(a: &str, b: &str, period: bool) -> bool {
    let ((a, _), (b, _)) = (parts(a), parts(b));
    let whole = |number: u8| number <= 3;
    a == b
        || !period
            && match (family(&a), family(&b)) {
                (Family::Number(a), Family::Number(b)) => {
                    whole(a) == whole(b) && a.min(b) != 4 && a.max(b) != 4
                }
                (Family::Text, Family::Text) => a != "character" && b != "character",
                (Family::Time, Family::Time) | (Family::Network, Family::Network) => true,
                _ => false,
            }
}

#[cfg(test)]
mod tests {
    use super::compare;

    /// As `ATAddForeignKeyConstraint()` finds an operator or not, in both directions.
    #[test]
    fn types_compare_where_an_operator_family_has_both() {
        for (a, b) in [
            ("integer", "bigint"),
            ("real", "double precision"),
            ("character varying(10)", "text"),
            ("numeric(5,2)", "numeric"),
            ("date", "timestamp(3) without time zone"),
            ("inet", "cidr"),
        ] {
            assert!(compare(a, b, false) && compare(b, a, false), "{a} {b}");
            assert_eq!(compare(a, b, true), a.starts_with("numeric"), "{a} {b}");
        }
        for (a, b) in [
            ("uuid", "text"),
            ("integer", "numeric"),
            ("integer", "real"),
            ("character(3)", "text"),
            ("integer[]", "bigint[]"),
            ("integer", "text"),
        ] {
            assert!(!compare(a, b, false) && !compare(b, a, false), "{a} {b}");
        }
    }
}
