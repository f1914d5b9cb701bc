//! The options of a sequence, and what becomes of its position when the bounds change.
//!
//! PostgreSQL manual, "ALTER SEQUENCE": bounds that do not hold the position are refused.

use crate::action::{Action, Hazard};
use crate::model::Id;
use crate::sql::quote_literal;

/// The options of a sequence as JSON members, for sequences and for identity columns. `s` is the
/// row of `pg_sequence`.
pub(super) const OPTIONS_JSON: &str = "'start', s.seqstart, 'increment', s.seqincrement, \
    'min_value', nullif(s.seqmin, CASE WHEN s.seqincrement > 0 THEN 1 ELSE CASE s.seqtypid \
    WHEN 21 THEN -32768 WHEN 23 THEN -2147483648 ELSE -9223372036854775808 END END), \
    'max_value', nullif(s.seqmax, CASE WHEN s.seqincrement < 0 THEN -1 ELSE CASE s.seqtypid \
    WHEN 21 THEN 32767 WHEN 23 THEN 2147483647 ELSE 9223372036854775807 END END), \
    'cache', nullif(s.seqcache, 1), 'cycle', s.seqcycle";

/// The options of a sequence, of its own or of an identity column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options<'a> {
    pub(super) data_type: &'a str,
    pub(super) start: i64,
    pub(super) increment: i64,
    pub(super) min_value: Option<i64>,
    pub(super) max_value: Option<i64>,
    pub(super) cache: Option<i64>,
    pub(super) cycle: bool,
}

impl Options<'_> {
    /// `INCREMENT BY … START WITH …` in full, so that nothing is left to defaults or to an old value.
    pub(super) fn sql(&self) -> String {
        let bound = |word: &str, value: Option<i64>| {
            value.map_or(format!("NO {word}"), |value| format!("{word} {value}"))
        };
        format!(
            "INCREMENT BY {} {} {} START WITH {} CACHE {} {}",
            self.increment,
            bound("MINVALUE", self.min_value),
            bound("MAXVALUE", self.max_value),
            self.start,
            self.cache.unwrap_or(1),
            if self.cycle { "CYCLE" } else { "NO CYCLE" }
        )
    }

    /// The size of its type.
    fn bytes(&self) -> u32 {
        match self.data_type {
            "smallint" => 2,
            "integer" => 4,
            _ => 8,
        }
    }

    /// The smallest and the largest value.
    pub(super) fn bounds(&self) -> (i64, i64) {
        let unused = 64 - 8 * self.bytes();
        let (least, most) = (i64::MIN >> unused, i64::MAX >> unused);
        let (least, most) = if self.increment > 0 { (1, most) } else { (least, -1) };
        (self.min_value.unwrap_or(least), self.max_value.unwrap_or(most))
    }
}

/// What to do before a sequence gets new bounds that may not hold its position: it starts again
/// then. `alter` writes the statement that gives it bounds that hold the old ones and the new ones.
pub(super) fn make_room(
    id: &Id,
    sequence: &str,
    (old, new): (&Options<'_>, &Options<'_>),
    alter: impl FnOnce(&Options<'_>) -> Action,
) -> Vec<Action> {
    let ((old_min, old_max), (min, max)) = (old.bounds(), new.bounds());
    if min <= old_min && max >= old_max {
        return Vec::new();
    }
    let mut actions = Vec::new();
    if !(old_min..=old_max).contains(&new.start) {
        let wide = Options {
            data_type: if new.bytes() > old.bytes() { new.data_type } else { old.data_type },
            min_value: Some(old_min.min(min)),
            max_value: Some(old_max.max(max)),
            ..*new
        };
        actions.push(alter(&wide));
    }
    let sql = format!(
        "SELECT pg_catalog.setval({}, {}, false) FROM {sequence} WHERE last_value NOT BETWEEN {min} \
         AND {max}",
        quote_literal(sequence),
        new.start
    );
    actions.push(Action::alter(id.clone(), "SELECT setval", sql).hazard(
        Hazard::MayFail,
        format!(
            "{sequence} starts again at {} if its position is outside the new bounds",
            new.start
        ),
    ));
    actions
}
