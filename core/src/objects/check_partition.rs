//! The rows that do not fit a partition's bound, and those of a default partition that fit a new one.
//!
//! PostgreSQL manual, "CREATE TABLE … PARTITION OF" and "ALTER TABLE … ATTACH PARTITION".

use super::check_rows::{Reach, about, rows, speaks_of, title_name, where_rows};
use super::table::PartitionOf;
use super::{Object, Situation, Table};
use crate::action::{Action, Hazard, RowCheck};
use crate::model::{Id, Text};
use crate::sql::{key_element, list, quote_literal, split_name};

/// A partition key: `RANGE (created_at)`.
struct Key<'a> {
    strategy: &'a str,
    /// Columns and expressions, with their collations.
    values: Vec<&'a str>,
}

impl<'a> Key<'a> {
    fn of(table: &'a Table) -> Option<Key<'a>> {
        let (strategy, elements) = table.partition_by.as_deref()?.split_once(' ')?;
        let values = list(elements)?.0.into_iter().map(|element| key_element(element).0).collect();
        Some(Key { strategy, values })
    }

    /// The condition that a row of a partition with this bound fulfils; nothing for DEFAULT.
    fn holds(&self, bound: &str, parent: &Table, situation: &Situation<'_>) -> Option<String> {
        let bound = bound.strip_prefix("FOR VALUES ")?;
        match self.strategy {
            "LIST" => self.in_list(list(bound.strip_prefix("IN ")?)?.0),
            "RANGE" => {
                let (from, rest) = list(bound.strip_prefix("FROM ")?)?;
                let (to, _) = list(rest.trim_start().strip_prefix("TO ")?)?;
                self.in_range(&from, &to)
            }
            "HASH" => {
                let (numbers, _) = list(bound.strip_prefix("WITH ")?)?;
                self.hashed(&numbers, parent, situation)
            }
            _ => None,
        }
    }

    fn in_list(&self, mut constants: Vec<&str>) -> Option<String> {
        let [value] = self.values.as_slice() else { return None };
        let all = constants.len();
        constants.retain(|constant| *constant != "NULL");
        let mut ways = Vec::new();
        if !constants.is_empty() {
            ways.push(format!("{value} IN ({})", constants.join(", ")));
        }
        if constants.len() < all {
            ways.push(format!("pg_catalog.num_nulls({value}) = 1"));
        }
        Some(ways.join(" OR "))
    }

    /// Rows compare as PostgreSQL compares bounds: column by column. MINVALUE and MAXVALUE stand below
    /// and above all values of their column, and what follows them counts no more.
    fn in_range(&self, from: &[&str], to: &[&str]) -> Option<String> {
        let mut conditions = vec![format!("pg_catalog.num_nulls({}) = 0", self.values.join(", "))];
        for (bound, lower) in [(from, true), (to, false)] {
            let endless = |constant: &&str| matches!(*constant, "MINVALUE" | "MAXVALUE");
            let known = bound.iter().position(endless).unwrap_or(bound.len());
            // Rows that equal the constants before it lie above a MINVALUE and below a MAXVALUE;
            // without one, a lower bound belongs to the partition.
            let operator = match (lower, bound.get(known).copied()) {
                (true, None | Some("MINVALUE")) => ">=",
                (true, Some(_)) => ">",
                (false, Some("MAXVALUE")) => "<=",
                (false, _) => "<",
            };
            if known > 0 {
                let values = self.values.get(..known)?.join(", ");
                let constants = bound.get(..known)?.join(", ");
                conditions.push(format!("ROW({values}) {operator} ROW({constants})"));
            }
        }
        Some(conditions.join(" AND "))
    }

    /// The same as PostgreSQL has it in the partition's constraint, so that it takes a CHECK of it for a
    /// proof; nothing for what that says in another way: more than one column, hashes.
    fn proof(&self, bound: &str) -> Option<String> {
        let [value] = self.values.as_slice() else { return None };
        let bound = bound.strip_prefix("FOR VALUES ")?;
        if self.strategy == "LIST" {
            let (mut constants, _) = list(bound.strip_prefix("IN ")?)?;
            let all = constants.len();
            constants.retain(|constant| *constant != "NULL");
            let among = format!("{value} IN ({})", constants.join(", "));
            return Some(match (constants.len() < all, constants.is_empty()) {
                (true, true) => format!("{value} IS NULL"),
                (true, false) => format!("{value} IS NULL OR {among}"),
                (false, _) => format!("{value} IS NOT NULL AND {among}"),
            });
        }
        let (from, rest) = list(bound.strip_prefix("FROM ")?)?;
        let (to, _) = list(rest.trim_start().strip_prefix("TO ")?)?;
        let mut conditions = vec![format!("{value} IS NOT NULL")];
        for (constants, operator) in [(from, ">="), (to, "<")] {
            let known = constants.iter().filter(|c| !matches!(**c, "MINVALUE" | "MAXVALUE"));
            conditions.extend(known.map(|constant| format!("{value} {operator} {constant}")));
        }
        (self.strategy == "RANGE").then(|| conditions.join(" AND "))
    }

    /// Only the server computes a hash, by the table that is there.
    fn hashed(
        &self,
        numbers: &[&str],
        parent: &Table,
        situation: &Situation<'_>,
    ) -> Option<String> {
        let id = Object::id(parent);
        let before = situation.table_from(&parent.schema, &parent.name)?;
        if before.partition_by != parent.partition_by || situation.comes(&id) {
            return None;
        }
        let number = |word: &str| numbers.iter().find_map(|n| n.strip_prefix(word));
        Some(format!(
            "pg_catalog.satisfies_hash_partition({}::pg_catalog.regclass, {}, {}, {})",
            quote_literal(situation.earlier(&id).name()),
            number("modulus ")?,
            number("remainder ")?,
            self.values.join(", ")
        ))
    }
}

/// A table by its name in SQL.
fn table_to<'a>(situation: &Situation<'a>, name: &str) -> Option<&'a Table> {
    match split_name(name).as_slice() {
        [schema, table] => situation.to.find_table(schema, table),
        _ => None,
    }
}

/// The condition for rows of a partition among those of its parent.
pub(super) fn fits(of: &PartitionOf, situation: &Situation<'_>) -> Option<String> {
    let parent = table_to(situation, &of.table)?;
    let key = Key::of(parent)?;
    if of.bound != "DEFAULT" {
        return key.holds(&of.bound, parent, situation);
    }
    let others: Option<Vec<String>> = siblings(&of.table, situation)
        .filter(|other| other.bound != "DEFAULT")
        .map(|other| key.holds(&other.bound, parent, situation))
        .collect();
    let others = others?;
    Some(if others.is_empty() {
        "true".to_owned()
    } else {
        format!("(({})) IS NOT TRUE", others.join(") OR ("))
    })
}

/// The condition for rows of a partition, of all partitioned tables above it too.
fn holds(of: &PartitionOf, situation: &Situation<'_>) -> Option<String> {
    let own = fits(of, situation)?;
    match &table_to(situation, &of.table)?.partition_of {
        Some(above) => Some(format!("({own}) AND ({})", holds(above, situation)?)),
        None => Some(own),
    }
}

/// A CHECK that proves to PostgreSQL that the rows of a table belong into a partition.
pub(super) fn proof(of: &PartitionOf, situation: &Situation<'_>) -> Option<String> {
    let parent = table_to(situation, &of.table)?;
    let own = Key::of(parent)?.proof(&of.bound)?;
    match &parent.partition_of {
        Some(above) => Some(format!("({own}) AND ({})", proof(above, situation)?)),
        None => Some(own),
    }
}

/// The partitions of a table as they should become.
pub(super) fn siblings<'a>(
    parent: &'a str,
    situation: &Situation<'a>,
) -> impl Iterator<Item = &'a PartitionOf> {
    let all = situation.to.table.iter().filter_map(|table| table.partition_of.as_ref());
    all.filter(move |of| of.table == parent)
}

/// The check for a table that is attached with its rows.
pub(super) fn of_attached(table: &Table, situation: &Situation<'_>) -> Option<RowCheck> {
    let of = table.partition_of.as_ref()?;
    let outside = format!("outside of its bound in {}", of.table);
    of_rows(table, &outside, holds(of, situation), situation)
}

/// The check for a partition of which the rows outside of its bound go where they belong.
pub(super) fn of_moved(table: &Table, situation: &Situation<'_>) -> Option<RowCheck> {
    let of = table.partition_of.as_ref()?;
    if siblings(&of.table, situation).any(|other| other.bound == "DEFAULT") {
        return None;
    }
    let all: Option<Vec<String>> =
        siblings(&of.table, situation).map(|other| fits(other, situation)).collect();
    let all = all.map(|all| format!("({})", all.join(") OR (")));
    of_rows(table, &format!("that no partition of {} takes", of.table), all, situation)
}

/// The check for rows of a partition for which a condition does not hold.
fn of_rows(
    table: &Table,
    which: &str,
    condition: Option<String>,
    situation: &Situation<'_>,
) -> Option<RowCheck> {
    let of = table.partition_of.as_ref()?;
    let place = (table.schema.as_str(), table.name.as_str());
    let before = situation.table_from(place.0, place.1)?;
    let columns = key_columns(before, of, situation);
    if !speaks_of(situation, place, &columns) {
        return None;
    }
    let rows = rows(situation, place, Reach::All, None)?;
    let title = format!("rows of {} {which}", title_name(place));
    let found = match condition {
        Some(condition) => (title, Some(where_rows(&rows, &format!("({condition}) IS NOT TRUE")))),
        None => (format!("{title} (cannot be told beforehand)"), None),
    };
    Some(about(place, &columns, found))
}

/// The columns that the partition keys above a table mention.
fn key_columns(table: &Table, of: &PartitionOf, situation: &Situation<'_>) -> Vec<Text> {
    let mut columns = Vec::new();
    let mut above = Some(of);
    while let Some(parent) = above.and_then(|of| table_to(situation, &of.table)) {
        let key = parent.partition_by.as_deref().unwrap_or_default();
        let all = table.columns.iter().map(|column| &column.name);
        columns.extend(all.filter(|name| crate::sql::mentions(key, name)).cloned());
        above = parent.partition_of.as_ref();
    }
    columns
}

/// The default partition that stays beside another one, and may have rows for it.
pub(super) fn default_beside<'a>(table: &Table, situation: &Situation<'a>) -> Option<&'a Table> {
    let of = table.partition_of.as_ref().filter(|of| of.bound != "DEFAULT")?;
    let is_default = |other: &&Table| {
        let place = |table: &Table| {
            table.partition_of.as_ref().is_some_and(|o| o.table == of.table && o.bound == "DEFAULT")
        };
        place(other)
            && situation.table_from(&other.schema, &other.name).is_some_and(place)
            && !situation.comes(&Object::id(*other))
            && other.foreign.is_none()
    };
    situation.to.table.iter().find(is_default)
}

/// Adds what the rows of the default partition mean for an action that brings another one, where they do
/// not make room.
pub(super) fn beside_default(
    action: Action,
    table: &Table,
    makes_room: bool,
    situation: &Situation<'_>,
) -> Action {
    let (Some(of), Some(default)) = (&table.partition_of, default_beside(table, situation)) else {
        return action;
    };
    let mut action = action;
    action.locks_too = Some(Object::id(default));
    if makes_room {
        return action;
    }
    let place = (default.schema.as_str(), default.name.as_str());
    let name = title_name(place);
    let message = format!("fails when the default partition {name} has rows for it");
    let action = action.hazard(Hazard::MayFail, message);
    let (Some(parent), Some(rows)) =
        (table_to(situation, &of.table), rows(situation, place, Reach::All, None))
    else {
        return action;
    };
    let columns = key_columns(default, of, situation);
    let condition = Key::of(parent).and_then(|key| key.holds(&of.bound, parent, situation));
    let Some(condition) = condition.filter(|_| speaks_of(situation, place, &columns)) else {
        return action;
    };
    let title =
        format!("rows of the default partition {name} that belong into {}", table.sql_name());
    let mut check = about(place, &columns, (title, Some(where_rows(&rows, &condition))));
    check.about.push(Id::from_sql("table", &of.table));
    action.checks([check])
}
