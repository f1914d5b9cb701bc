//! Indexes that stand for themselves; those of constraints belong to them.
//!
//! PostgreSQL manual, "CREATE INDEX" and "Building Indexes Concurrently".

use super::attached::{key_on_table, object};
use super::automatic_name;
use super::check_constraint;
use super::key_index;
use super::partition::{self, Part, on_table};
use super::query::{USER_SCHEMA, flag, json_text, not_extension_member, value};
use super::replica_identity;
use super::twin;
use super::{Alteration, Changed, Key, Kind, List, Object, Situation};
use crate::action::{Action, Effect, Hazard, LockMode, Timing};
use crate::model::{Id, Text};
use crate::sql::{qualified, quote_ident, quote_literal};

object! {
    /// An index.
    pub struct Index {
        /// The schema.
        pub schema: Text,
        /// The table or materialized view.
        pub table: Text,
        /// The name.
        pub name: Text,
        /// It belongs to a materialized view.
        pub on_materialized_view: bool,
        /// No value may occur twice.
        pub unique: bool,
        /// What follows `ON table`: `USING btree (lower(email)) WHERE …`.
        pub definition: Text,
        /// The names of its key columns; an empty name stands for an expression.
        pub columns: Vec<Text>,
        /// The statistics targets of expressions, as column number and target.
        pub statistics: Vec<(i32, i32)>,
        /// The tablespace, where it is not the database's.
        pub tablespace: Option<Text>,
        /// The table is clustered on it.
        pub clustered: bool,
        /// A build failed: queries do not use it.
        pub invalid: bool,
        /// The index of the partitioned table that it is a part of.
        pub attached_to: Option<Id>,
    }
}

/// The columns of each index: their names, and `list` as `pg_get_indexdef()` spells it; NULL where
/// one is not as plain as that. The operator classes for which a type's own class is certain are
/// those of the type itself, and that of text for `character varying` (`GetDefaultOpClass()`).
const PARTS: &str = "SELECT x.indexrelid AS oid, json_agg(coalesce(a.attname, '') ORDER BY u.place) \
     FILTER (WHERE u.place <= x.indnkeyatts) AS columns, CASE WHEN bool_and(coalesce(u.num > 0 AND \
     a.attcollation = u.coll AND o.opcdefault AND o.oid < 16384 AND (o.opcintype = a.atttypid \
     OR a.atttypid = 1043 AND o.opcintype = 25), false)) THEN \
     string_agg(pg_catalog.quote_ident(a.attname) || CASE WHEN u.flags & 3 = 3 THEN ' DESC' WHEN \
     u.flags & 1 = 1 THEN ' DESC NULLS LAST' WHEN u.flags & 2 = 2 THEN ' NULLS FIRST' ELSE '' END, \
     ', ' ORDER BY u.place) END AS list FROM pg_catalog.pg_index x CROSS JOIN LATERAL \
     unnest(x.indkey::int2[], x.indclass::oid[], x.indcollation::oid[], x.indoption::int2[]) WITH \
     ORDINALITY u(num, class, coll, flags, place) LEFT JOIN pg_catalog.pg_attribute a ON \
     a.attrelid = x.indrelid AND a.attnum = u.num AND u.num <> 0 LEFT JOIN pg_catalog.pg_opclass o ON \
     o.oid = u.class WHERE x.indexrelid >= 16384 GROUP BY x.indexrelid";

/// True for an index that consists of nothing but its columns, so that its definition need not be
/// asked for one by one: `pg_get_indexdef()` fills the session's caches for every index, which takes
/// longer than everything else.
fn is_plain(server: u32) -> String {
    let distinct = if server >= 150_000 { "NOT i.indnullsnotdistinct AND " } else { "" };
    // What has options is written with its operator class; a class for types of many kinds may be
    // the default of a type that has one by its name.
    format!(
        "p.list IS NOT NULL AND i.indnatts = i.indnkeyatts AND {distinct}i.indexprs IS NULL AND \
         i.indpred IS NULL AND c.reloptions IS NULL AND am.oid < 16384 AND c.oid <> ALL (ARRAY(SELECT \
         oa.attrelid FROM pg_catalog.pg_attribute oa JOIN pg_catalog.pg_class oc ON oc.oid = \
         oa.attrelid WHERE oa.attoptions IS NOT NULL AND oc.relkind IN ('i', 'I'))) AND NOT EXISTS \
         (SELECT 1 FROM pg_catalog.pg_opclass uo JOIN pg_catalog.pg_type ut ON ut.oid = uo.opcintype \
         WHERE uo.oid >= 16384 AND uo.opcdefault AND (ut.typtype = 'p' OR ut.typispreferred))"
    )
}

/// The identity of the index that the index of a row of `pg_class` is attached to, in SQL.
pub(super) fn attached_to(class: &str) -> String {
    format!(
        "CASE WHEN {class}.relispartition THEN (SELECT 'index:' || pg_catalog.quote_ident(pn.nspname) \
         || '.' || pg_catalog.quote_ident(pt.relname) || '.' || pg_catalog.quote_ident(pc.relname) FROM \
         pg_catalog.pg_inherits h JOIN pg_catalog.pg_index pi ON pi.indexrelid = h.inhparent \
         JOIN pg_catalog.pg_class pc ON pc.oid = h.inhparent JOIN pg_catalog.pg_class pt ON \
         pt.oid = pi.indrelid JOIN pg_catalog.pg_namespace pn ON pn.oid = pc.relnamespace \
         WHERE h.inhrelid = {class}.oid) END"
    )
}

const SET_STATISTICS: &str = "ALTER INDEX … SET STATISTICS";

impl Object for Index {
    const KIND: Kind = Kind::Index;
    const CATALOG: &'static str = "pg_class";

    fn query(server: u32) -> String {
        let target =
            if server >= 170_000 { "a.attstattarget" } else { "nullif(a.attstattarget, -1)" };
        let definition = format!(
            "CASE WHEN {plain} THEN 'USING ' || pg_catalog.quote_ident(am.amname) || ' (' || p.list || ')' \
             ELSE substr(pg_catalog.pg_get_indexdef(c.oid), length('CREATE ' || CASE WHEN i.indisunique \
             THEN 'UNIQUE ' ELSE '' END || 'INDEX ' || pg_catalog.quote_ident(c.relname) || ' ON ' || \
             CASE WHEN c.relkind = 'I' THEN 'ONLY ' ELSE '' END || pg_catalog.quote_ident(n.nspname) || \
             '.' || pg_catalog.quote_ident(t.relname) || ' ') + 1) END",
            plain = is_plain(server)
        );
        let members = [
            value("table", "t.relname"),
            value("name", "c.relname"),
            flag("on_materialized_view", "t.relkind = 'm'"),
            flag("unique", "i.indisunique"),
            value("definition", definition),
            value("columns", "p.columns"),
            value(
                "statistics",
                format!(
                    "CASE WHEN i.indexprs IS NOT NULL THEN (SELECT json_agg(json_build_array(a.attnum, \
                     a.attstattarget) ORDER BY a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid \
                     = c.oid AND {target} >= 0) END"
                ),
            ),
            value(
                "tablespace",
                "CASE WHEN c.reltablespace <> 0 THEN (SELECT s.spcname FROM pg_catalog.pg_tablespace s \
                 WHERE s.oid = c.reltablespace) END",
            ),
            flag("clustered", "i.indisclustered"),
            flag("invalid", "NOT i.indisvalid AND c.relkind = 'i'"),
            value("attached_to", attached_to("c")),
        ];
        // `conindid` has no index: NOT EXISTS may go through all constraints for each index.
        format!(
            "SELECT c.oid::text, {object} FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = \
             i.indexrelid JOIN pg_catalog.pg_class t ON t.oid = i.indrelid JOIN \
             pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_am am ON am.oid = \
             c.relam JOIN ({PARTS}) p ON p.oid = i.indexrelid WHERE t.relkind IN ('r', 'p', 'm') \
             AND t.relpersistence <> 't' AND {USER_SCHEMA} AND c.oid NOT IN \
             (SELECT k.conindid FROM pg_catalog.pg_constraint k WHERE k.contype IN ('p', 'u', 'x')) \
             AND {member}",
            object = json_text(("schema", "n.nspname"), &members),
            member = not_extension_member("pg_class", "t.oid"),
        )
    }

    const ON_RELATION: bool = true;

    fn key(&self) -> Key<'_> {
        Key(&self.schema, &self.table, &self.name)
    }

    fn key_of(parts: &[String]) -> Option<Key<'_>> {
        key_on_table(parts)
    }

    fn id(&self) -> Id {
        Id::new("index", &[&self.schema, &self.table, &self.name])
    }

    fn schema(&self) -> Option<&str> {
        Some(&self.schema)
    }

    fn name(&self) -> String {
        self.name.to_string()
    }

    fn parent(&self) -> Option<Id> {
        Some(self.relation_id())
    }

    fn keyword(&self) -> &'static str {
        "INDEX"
    }

    fn sql_name(&self) -> String {
        qualified(&self.schema, &self.name)
    }

    fn names(&self) -> Vec<String> {
        vec![format!("relation:{}", self.sql_name())]
    }

    fn attached_to(&self) -> Option<Id> {
        self.attached_to.clone()
    }

    fn create(&self, situation: &Situation<'_>) -> Vec<Action> {
        partition::create(self, situation, || {
            let mut build = self.build(&self.name, self.concurrently(situation), situation);
            if !partition::reaches_all(self, situation) {
                build.sql = build.sql.replacen(" ON ", " ON ONLY ", 1);
                // Tables that become partitions later would get an index of their own.
                build.takes.push(format!("partitions:{}", qualified(&self.schema, &self.table)));
            }
            vec![build]
        })
    }

    fn finish(&self, situation: &Situation<'_>) -> Vec<Action> {
        self.settings(None, situation)
    }

    /// Statistics targets; and the index of a partition gets the comment of the one above it.
    fn forgotten(&self, situation: &Situation<'_>) -> Vec<Action> {
        let mut actions = self.settings(None, situation);
        actions.retain(|action| action.command == SET_STATISTICS);
        // The same whether those above have their old comments meanwhile, or the new ones.
        let differs_above = [situation.from, situation.to].into_iter().any(|objects| {
            let next = |index: &&dyn super::AnyObject| objects.find(&index.attached_to()?);
            let above = self.attached_to.as_ref().and_then(|id| objects.find(id));
            let mut above = std::iter::successors(above, next);
            above.any(|index| index.attached().comment != self.comment.as_deref())
        });
        if differs_above {
            let text = self.comment.as_deref().map_or("NULL".to_owned(), quote_literal);
            let sql = format!("COMMENT ON INDEX {} IS {text}", self.sql_name());
            actions.push(Action::alter(Object::id(self), "COMMENT ON", sql));
        }
        let columns = self.depends_on.iter().filter(|id| id.kind() == "column");
        actions.into_iter().map(|action| action.requires(columns.clone().cloned())).collect()
    }

    fn remove(&self, situation: &Situation<'_>) -> Vec<Action> {
        if key_index::is_taken_over(self, situation) {
            return Vec::new();
        }
        let table = qualified(&self.schema, &self.table);
        let mut action = self
            .drop(&self.name, self.concurrently(situation))
            .takes(format!("left:{table}"))
            .takes(format!("detached:{table}"))
            .frees(format!("parts above:{table}"));
        twin::out_of_the_way(self, situation, &mut action);
        let back = partition::find(&situation.to.index, &Object::id(self)).is_some();
        if situation.rerun
            && situation.online(&self.relation_id())
            && self.leaves_its_name(situation)
            && !back
        {
            // An index for a key has its name for a while: a second run would take that for it, and
            // what is in its transaction for undone.
            action.timing = Timing::OwnTransaction;
        }
        if partition::holds_keys(self, situation) {
            action.sql += " CASCADE";
            let why =
                "the keys of partitions that are attached to it go with it, by no other statement";
            action.reason = Some(why.to_owned());
        }
        let keys = format!("keys:{}", qualified(&self.schema, &self.table));
        vec![if self.unique { action.frees(keys) } else { action }]
    }

    fn alter(&self, to: &Index, changed: &Changed, situation: &Situation<'_>) -> Alteration {
        if changed.any(&["unique", "definition", "invalid"]) {
            let part = self.attached_to.is_some() || to.attached_to.is_some();
            // The old form must be away while a column of it gets another type.
            let retyped = self.depends_on.iter().any(|id| situation.changes_type(id));
            if part || retyped || !to.concurrently(situation) {
                return Alteration::Replace("an index's definition cannot be altered".to_owned());
            }
            return Alteration::InPlace(self.swap(to, situation));
        }
        let mut actions = match partition::reattach(self, to, situation) {
            _ if !changed.has("attached_to") => Vec::new(),
            Ok(actions) => actions,
            Err(why) => return Alteration::Replace(why),
        };
        if changed.has("tablespace") {
            let space = to.tablespace.as_deref().unwrap_or("pg_default");
            let sql =
                format!("ALTER INDEX {} SET TABLESPACE {}", to.sql_name(), quote_ident(space));
            actions.push(
                Action::alter(Object::id(to), "ALTER INDEX … SET TABLESPACE", sql)
                    .lock(LockMode::AccessExclusive, to.relation_id())
                    .effect(Effect::Rewrite),
            );
        }
        actions.extend(to.settings(Some(self), situation));
        Alteration::InPlace(actions)
    }
}

impl Part for Index {
    fn place(&self) -> (&str, &str) {
        (&self.schema, &self.table)
    }

    fn has_index(&self) -> bool {
        true
    }

    fn key_columns(&self) -> &[Text] {
        &self.columns
    }

    fn automatic_name(&self, _: &Index) -> Option<String> {
        let mut columns = self.columns.clone();
        columns.extend(partition::included(&self.definition));
        // How PostgreSQL calls the column of an expression is not in the definition.
        let told = !columns.iter().any(Text::is_empty);
        told.then(|| automatic_name::index_name(&self.table, &columns, "idx"))
    }

    fn all_to<'a>(situation: &Situation<'a>) -> &'a List<Index> {
        &situation.to.index
    }

    fn all_from<'a>(situation: &Situation<'a>) -> &'a List<Index> {
        &situation.from.index
    }

    fn in_pieces(&self, situation: &Situation<'_>) -> bool {
        partitioned_before(situation, &self.schema, &self.table)
            && !situation.rows_are_kept(&self.relation_id())
            && partition::is_online_below(situation, &self.schema, &self.table)
    }

    fn rename_sql(&self, name: &str) -> String {
        partition::rename_index(&self.schema, name, &self.name)
    }
}

impl Index {
    /// The identity of what it is on.
    pub fn relation_id(&self) -> Id {
        let kind = if self.on_materialized_view { "materialized_view" } else { "table" };
        Id::new(kind, &[&self.schema, &self.table])
    }

    /// True when it should be built and dropped while writers go on: the relation is there before
    /// the plan, is large, and is not partitioned (which CONCURRENTLY cannot do).
    fn concurrently(&self, situation: &Situation<'_>) -> bool {
        !self.on_materialized_view
            && situation
                .table_from(&self.schema, &self.table)
                .is_some_and(|table| table.partition_by.is_none())
            && situation.online(&self.relation_id())
            && !situation.rows_are_kept(&self.relation_id())
            // No condition can stand around CONCURRENTLY: a second run would build it once more, or drop
            // what has its name by then.
            && !(situation.rerun && self.leaves_its_name(situation))
    }

    /// True for an index that is there, and whose name something has afterwards: another index, that
    /// of a key, a table.
    fn leaves_its_name(&self, situation: &Situation<'_>) -> bool {
        partition::find(&situation.from.index, &Object::id(self)).is_some()
            && situation.names_relation_to(&Object::sql_name(self))
    }

    fn build(&self, name: &str, concurrently: bool, situation: &Situation<'_>) -> Action {
        let sql = format!(
            "CREATE {}INDEX {}{} ON {} {}",
            if self.unique { "UNIQUE " } else { "" },
            if concurrently { "CONCURRENTLY " } else { "" },
            quote_ident(name),
            qualified(&self.schema, &self.table),
            self.definition_in_space(),
        );
        let relation = self.relation_id();
        let columns = self
            .columns
            .iter()
            .filter(|column| !column.is_empty())
            .map(|column| Id::new("column", &[&self.schema, &self.table, column]));
        let mut action = if concurrently {
            Action::create(Object::id(self), "CREATE INDEX CONCURRENTLY", sql)
                .lock(LockMode::ShareUpdateExclusive, relation)
                .timing(Timing::Alone)
                .hazard(
                    Hazard::NotTransactional,
                    "when it fails, an invalid index stays behind and must be dropped",
                )
        } else {
            Action::create(Object::id(self), "CREATE INDEX", sql).lock(LockMode::Share, relation)
        };
        let table = qualified(&self.schema, &self.table);
        action = action
            .effect(Effect::Scan)
            .requires(columns)
            .hazard(Hazard::IndexBuild, format!("it is built from all rows of {table}"));
        if self.unique {
            action =
                action.hazard(Hazard::MayFail, format!("fails when {table} holds a value twice"));
            action.checks = check_constraint::of_index(self, situation);
        }
        action
    }

    /// The definition with the tablespace where SQL wants it: before WHERE.
    fn definition_in_space(&self) -> String {
        let Some(space) = &self.tablespace else { return self.definition.to_string() };
        let space = format!(" TABLESPACE {}", quote_ident(space));
        match self.definition.rfind(" WHERE ") {
            Some(at) => format!("{}{space}{}", &self.definition[..at], &self.definition[at..]),
            None => format!("{}{space}", self.definition),
        }
    }

    fn drop(&self, name: &str, concurrently: bool) -> Action {
        let word = if concurrently { "CONCURRENTLY " } else { "" };
        let sql = format!("DROP INDEX {word}{}", qualified(&self.schema, name));
        let mut action = Action::drop(Object::id(self), "DROP INDEX", sql)
            .hazard(Hazard::IndexDropped, format!("queries that use {} become slower", self.name));
        if self.unique {
            let table = qualified(&self.schema, &self.table);
            let message = format!("{table} may get a value twice; ON CONFLICT that needs it fails");
            action = action.hazard(Hazard::UniquenessLost, message);
        }
        if concurrently {
            action = action
                .lock(LockMode::ShareUpdateExclusive, self.relation_id())
                .timing(Timing::Alone)
                .hazard(
                    Hazard::NotTransactional,
                    "DROP INDEX CONCURRENTLY runs outside of a transaction",
                );
        } else {
            action = action.lock(LockMode::AccessExclusive, self.relation_id());
        }
        action
    }

    /// The new index is there before the old one goes.
    fn swap(&self, to: &Index, situation: &Situation<'_>) -> Vec<Action> {
        let temporary: String = format!("{}_pgparity_new", to.name).chars().take(60).collect();
        let mut build = to.build(&temporary, true, situation);
        let mut drop = self.drop(&self.name, true);
        // The object stays the same: neither half brings or removes its identity.
        build.produces.clear();
        drop.destroys.clear();
        drop.hazards.retain(|(hazard, _)| {
            *hazard != Hazard::IndexDropped && (!to.unique || *hazard != Hazard::UniquenessLost)
        });
        build.verb = crate::action::Verb::Alter;
        drop.verb = crate::action::Verb::Alter;
        let rename = Action::alter(
            Object::id(to),
            "ALTER INDEX … RENAME",
            format!(
                "ALTER INDEX {} RENAME TO {}",
                qualified(&to.schema, &temporary),
                quote_ident(&to.name)
            ),
        );
        let mut actions = vec![build];
        actions.extend(replica_identity::through(to, &temporary, situation));
        actions.extend([drop, rename]);
        let mut settings = to.settings(None, situation);
        settings.retain(|action| action.command != "ALTER TABLE … REPLICA IDENTITY");
        actions.extend(settings);
        if let Some(comment) = &to.comment {
            let sql = format!("COMMENT ON INDEX {} IS {}", to.sql_name(), quote_literal(comment));
            actions.push(Action::alter(Object::id(to), "COMMENT ON INDEX", sql));
        }
        actions
    }

    /// Statistics targets and clustering.
    fn settings(&self, old: Option<&Index>, situation: &Situation<'_>) -> Vec<Action> {
        let mut actions = Vec::new();
        let before = old.map(|old| old.statistics.clone()).unwrap_or_default();
        let gone = before.iter().filter(|(n, _)| !self.statistics.iter().any(|(m, _)| m == n));
        let new = self.statistics.iter().filter(|pair| !before.contains(pair));
        for (number, target) in new.copied().chain(gone.map(|(number, _)| (*number, -1))) {
            let sql = format!(
                "ALTER INDEX {} ALTER COLUMN {number} SET STATISTICS {target}",
                self.sql_name()
            );
            actions.push(Action::alter(Object::id(self), SET_STATISTICS, sql));
        }
        if old.is_some_and(|old| old.clustered) != self.clustered {
            actions.extend(cluster_action(self, self.clustered, self.relation_id(), situation));
        }
        if old.is_none() {
            actions.extend(replica_identity::again(self, situation));
        }
        actions
    }
}

/// True for a partitioned table that is there.
pub(super) fn partitioned_before(situation: &Situation<'_>, schema: &str, table: &str) -> bool {
    situation.table_from(schema, table).is_some_and(|table| table.partition_by.is_some())
}

/// `CLUSTER ON index`, or `SET WITHOUT CLUSTER` where no other index takes its place.
pub(super) fn cluster_action<P: Part>(
    part: &P,
    clustered: bool,
    table_id: Id,
    situation: &Situation<'_>,
) -> Option<Action> {
    let (schema, table) = part.place();
    let others = || {
        on_table(&situation.to.index, schema, table).any(|index| index.clustered)
            || on_table(&situation.to.constraint, schema, table).any(|key| key.clustered)
    };
    let what = if clustered {
        format!("CLUSTER ON {}", quote_ident(&Object::name(part)))
    } else if others() {
        return None;
    } else {
        "SET WITHOUT CLUSTER".to_owned()
    };
    let sql = format!("ALTER TABLE {} {what}", qualified(schema, table));
    let action = Action::alter(Object::id(part), "ALTER TABLE … CLUSTER ON", sql);
    Some(action.lock(LockMode::ShareUpdateExclusive, table_id))
}

/// `SET (…)` and `RESET (…)` that lead from one sorted list of `name=value` to another.
pub(super) fn option_changes(old: &[Text], new: &[Text]) -> Vec<String> {
    let name = |option: &Text| option.split('=').next().unwrap_or_default().to_owned();
    let spelled = |option: &&Text| match option.split_once('=') {
        Some((name, value)) => format!("{name}={}", quote_literal(value)),
        None => option.to_string(),
    };
    let set: Vec<String> = new.iter().filter(|o| !old.contains(o)).map(|o| spelled(&o)).collect();
    let reset: Vec<String> =
        old.iter().filter(|o| !new.iter().any(|n| name(n) == name(o))).map(name).collect();
    let mut changes = Vec::new();
    if !reset.is_empty() {
        changes.push(format!("RESET ({})", reset.join(", ")));
    }
    if !set.is_empty() {
        changes.push(format!("SET ({})", set.join(", ")));
    }
    changes
}
