//! Sequences. PostgreSQL manual, "CREATE SEQUENCE". Those of identity columns are part of the column.

use super::attached::{in_schema, object};
use super::query::{USER_SCHEMA, grants, not_extension_member, owner};
use super::sequence_options::{OPTIONS_JSON, Options, make_room};
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::{Action, Hazard, LockMode};
use crate::model::{Id, Text};
use crate::sql::split_name;

object! {
    /// A sequence.
    pub struct Sequence {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The data type: `bigint`, `integer`, `smallint`.
        pub data_type: Text,
        /// The first value.
        pub start: i64,
        /// The step.
        pub increment: i64,
        /// The smallest value, where it is not the type's.
        pub min_value: Option<i64>,
        /// The largest value, where it is not the type's.
        pub max_value: Option<i64>,
        /// How many values a session takes at once, where more than one.
        pub cache: Option<i64>,
        /// It starts again at its end.
        pub cycle: bool,
        /// It is not written to the write-ahead log.
        pub unlogged: bool,
        /// The column it goes with: dropped together with it.
        pub owned_by: Option<Id>,
    }
}

impl Object for Sequence {
    const KIND: Kind = Kind::Sequence;
    const CATALOG: &'static str = "pg_class";

    fn query(_server: u32) -> String {
        format!(
            "SELECT c.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             c.relname, 'data_type', pg_catalog.format_type(s.seqtypid, NULL), {OPTIONS_JSON}, \
             'unlogged', c.relpersistence = 'u', 'owned_by', (SELECT 'column:' || \
             pg_catalog.quote_ident(tn.nspname) || '.' || pg_catalog.quote_ident(t.relname) || '.' \
             || pg_catalog.quote_ident(a.attname) FROM pg_catalog.pg_depend d JOIN \
             pg_catalog.pg_class t ON t.oid = d.refobjid JOIN pg_catalog.pg_namespace tn ON tn.oid = \
             t.relnamespace JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = \
             d.refobjsubid WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid \
             = c.oid AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype = \
             'a'), {owner}, {grants}))::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_sequence \
             s ON s.seqrelid = c.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE \
             c.relkind = 'S' AND c.relpersistence <> 't' AND {USER_SCHEMA} AND {member} AND NOT \
             EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = \
             'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'i')",
            owner = owner("c.relowner"),
            grants = grants("c.relacl", 's', "c.relowner"),
            member = not_extension_member("pg_class", "c.oid"),
        )
    }

    in_schema!("sequence");

    fn keyword(&self) -> &'static str {
        "SEQUENCE"
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("SEQUENCE")
    }

    fn names(&self) -> Vec<String> {
        vec![format!("relation:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let sql = format!(
            "CREATE {}SEQUENCE {} AS {} {}",
            if self.unlogged { "UNLOGGED " } else { "" },
            self.sql_name(),
            self.data_type,
            self.options().sql()
        );
        vec![Action::create(Object::id(self), "CREATE SEQUENCE", sql)]
    }

    fn remove(&self, situation: &Situation<'_>) -> Vec<Action> {
        if self.goes_with_its_column(situation) {
            return Vec::new();
        }
        let id = Object::id(self);
        vec![
            drop_action(id.clone(), "DROP SEQUENCE", "SEQUENCE", &self.sql_name())
                .lock(LockMode::AccessExclusive, id)
                .irreversible("the sequence's position is not kept")
                .hazard(
                    Hazard::UntrackedDependencies,
                    "programs and texts that call nextval() by its name fail",
                ),
        ]
    }

    fn alter(&self, to: &Sequence, changed: &Changed, _: &Situation<'_>) -> Alteration {
        let (id, name) = (Object::id(to), to.sql_name());
        let mut actions = Vec::new();
        let parts = ["data_type", "start", "increment", "min_value", "max_value", "cache", "cycle"];
        if changed.any(&parts) {
            let alter = |options: &Options<'_>| {
                let mut sql = format!("ALTER SEQUENCE {name}");
                if options.data_type != self.data_type {
                    sql += &format!(" AS {}", options.data_type);
                }
                sql += &format!(" {}", options.sql());
                Action::alter(id.clone(), "ALTER SEQUENCE", sql)
                    .lock(LockMode::ShareRowExclusive, id.clone())
            };
            let (old, new) = (self.options(), to.options());
            actions.extend(make_room(&id, &name, (&old, &new), alter));
            actions.push(alter(&new));
        }
        if changed.has("unlogged") {
            let what = if to.unlogged { "UNLOGGED" } else { "LOGGED" };
            let sql = format!("ALTER SEQUENCE {name} SET {what}");
            actions.push(
                Action::alter(id.clone(), "ALTER SEQUENCE … SET LOGGED", sql)
                    .lock(LockMode::AccessExclusive, id.clone()),
            );
        }
        if changed.has("owned_by") {
            if self.owned_by.is_some() {
                // Let go first: the column may be about to be dropped.
                actions.push(
                    Action::alter(
                        id.clone(),
                        "ALTER SEQUENCE … OWNED BY",
                        format!("ALTER SEQUENCE {name} OWNED BY NONE"),
                    )
                    .releases(self.owned_by.clone())
                    .lock(LockMode::ShareRowExclusive, id.clone()),
                );
            }
            actions.extend(to.owned_by_action());
        }
        Alteration::InPlace(actions)
    }

    fn finish(&self, _: &Situation<'_>) -> Vec<Action> {
        self.owned_by_action().into_iter().collect()
    }
}

impl Sequence {
    pub(super) fn options(&self) -> Options<'_> {
        Options {
            data_type: &self.data_type,
            start: self.start,
            increment: self.increment,
            min_value: self.min_value,
            max_value: self.max_value,
            cache: self.cache,
            cycle: self.cycle,
        }
    }

    fn owned_by_action(&self) -> Option<Action> {
        let column = self.owned_by.as_ref()?;
        let sql = format!("ALTER SEQUENCE {} OWNED BY {}", self.sql_name(), column.name());
        Some(
            Action::alter(Object::id(self), "ALTER SEQUENCE … OWNED BY", sql)
                .requires([column.clone()])
                .requires(owning_table(column))
                .lock(LockMode::ShareRowExclusive, Object::id(self))
                .takes(format!(
                    "owner:{}",
                    owning_table(column).map_or_else(String::new, |t| t.to_string())
                )),
        )
    }

    /// True when the column that owns it is dropped, with its table perhaps, and so takes it along.
    fn goes_with_its_column(&self, situation: &Situation<'_>) -> bool {
        let Some(column) = &self.owned_by else { return false };
        let built_anew = owning_table(column).is_some_and(|table| situation.comes(&table));
        built_anew || !situation.has_column_to(column)
    }
}

/// The table of a column's identity: sequence and table must have one owner.
fn owning_table(column: &Id) -> Option<Id> {
    match split_name(column.name()).as_slice() {
        [schema, table, _] => Some(Id::new("table", &[schema, table])),
        _ => None,
    }
}
