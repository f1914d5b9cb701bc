//! How a table gets from one state to another.
//!
//! PostgreSQL manual, "ALTER TABLE". What a parent table passes on to its partitions and children
//! is done once, at the parent.

use super::attach_partition;
use super::column_add::add_column;
use super::column_alter::{alter_column, describe_column, drop_column, replaced_above};
use super::foreign_option::changes;
use super::form::Rare;
use super::own_cast;
use super::table::without_rows;
use super::table_links::parents_in;
use super::{
    Alteration, Changed, Column, Object, PartitionOf, Situation, Table, foreign_key,
    not_null_again, persistence, rows_back, typed,
};
use crate::action::{Action, Effect, Hazard, LockMode, Verb};
use crate::model::{Id, Text};
use crate::sql::{mentions, quote_ident};

impl Table {
    /// See [`Object::alter`].
    pub(super) fn alter_to(
        &self,
        to: &Table,
        changed: &Changed,
        situation: &Situation<'_>,
    ) -> Alteration {
        if changed.has("partition_by") {
            return Alteration::Replace(
                "the partition key of a table cannot be altered, nor can a table become partitioned"
                    .to_owned(),
            );
        }
        if let Some(column) = self.retyped_key(to) {
            return Alteration::Replace(format!("column {column} is part of the partition key"));
        }
        if let Some(why) = self.moves_elsewhere(to).or_else(|| typed::cannot_enter(self, to)) {
            return Alteration::Replace(why.to_owned());
        }
        if self.loses_origin(to, situation) {
            return Alteration::Replace(
                "a column that it has from several parents gets another type".to_owned(),
            );
        }
        let id = Object::id(to);
        let name = to.sql_name();
        let mut actions = Vec::new();
        let kept = self.links_kept(to, situation);
        let is_left = |parent: &&Text| !kept.contains(&parent.as_str());
        let stays = to.partition_of.as_ref().is_some_and(|of| kept.contains(&of.table.as_str()));
        if let (Some(old), false) = (&self.partition_of, stays) {
            actions.push(self.detach_meanwhile(&old.table, situation));
        }
        // What is done above reaches the table by the parents that it keeps: it has left the rest then.
        let above = |table: &Table, objects| {
            let names = table.lineage(objects).into_iter();
            names.filter(|above| !table.inherits.contains(above)).collect::<Vec<_>>()
        };
        for parent in self.inherits.iter().filter(is_left) {
            let sql = format!("ALTER TABLE {name} NO INHERIT {parent}");
            let mut action = Action::alter(id.clone(), "ALTER TABLE … NO INHERIT", sql)
                .releases([Id::from_sql("table", parent)])
                .lock(LockMode::AccessExclusive, id.clone())
                .frees(format!("left:{parent}"))
                .frees(format!("detached:{name}"));
            let all = self.inherits.iter().cloned().chain(above(self, situation.from));
            action.frees.extend(all.map(|parent| format!("children:{parent}")));
            actions.push(action);
        }
        actions.extend(typed::leave(self, to));
        actions.extend(self.columns_to(to, situation));
        actions.extend(typed::enter(self, to));
        for parent in to.inherits.iter().filter(is_left) {
            let sql = format!("ALTER TABLE {name} INHERIT {parent}");
            let mut action = Action::alter(id.clone(), "ALTER TABLE … INHERIT", sql)
                .requires([Id::from_sql("table", parent)])
                .lock(LockMode::AccessExclusive, id.clone())
                .takes(format!("columns:{parent}"))
                .takes(format!("columns:{name}"))
                .takes(format!("parts of:{name}"))
                .takes(format!("parts above:{parent}"))
                .frees(format!("children attached:{parent}"));
            if self.inherits.contains(parent) {
                let all = to.inherits.iter().cloned().chain(above(to, situation.to));
                action.takes.extend(all.map(|parent| format!("columns:{parent}")));
                let why = "a column that it has from several parents gets another type";
                action.reason = Some(why.to_owned());
            }
            actions.push(action);
        }
        if let (Some(new), false) = (&to.partition_of, stays) {
            let is_away = self.partition_of.is_none();
            actions.extend(attach_partition::attach(to, new, is_away, situation));
        }
        actions.extend(persistence::set_logged(self, to, situation));
        actions.extend(to.settings(Some(self)));
        if to.foreign.is_some() {
            without_rows(&mut actions);
        }
        Alteration::InPlace(actions)
    }

    /// Why a foreign table cannot be altered in place, or an ordinary one become foreign.
    fn moves_elsewhere(&self, to: &Table) -> Option<&'static str> {
        match (&self.foreign, &to.foreign) {
            (Some(a), Some(b)) if a.server != b.server => {
                Some("the server of a foreign table cannot be altered")
            }
            (Some(_), None) | (None, Some(_)) => {
                Some("a foreign table cannot become an ordinary one, nor the reverse")
            }
            _ => None,
        }
    }

    /// True for a column of its partition key.
    pub(crate) fn is_split_by(&self, column: &str) -> bool {
        self.partition_by.as_deref().is_some_and(|key| mentions(key, column))
    }

    /// A column of the partition key whose type changes.
    fn retyped_key<'t>(&'t self, to: &Table) -> Option<&'t str> {
        self.columns.iter().find_map(|old| {
            let new = to.columns.iter().find(|new| new.name == old.name)?;
            let changes = old.data_type != new.data_type || old.collation != new.collation;
            (changes && self.is_split_by(&old.name)).then_some(old.name.as_str())
        })
    }

    /// `DETACH PARTITION`. Its lock is short; CONCURRENTLY would not take part in a transaction, would
    /// leave a check behind, and cannot be used beside a default partition.
    pub(super) fn detach(&self, parent: &str, situation: &Situation<'_>) -> Action {
        let name = self.sql_name();
        let parent_id = Id::from_sql("table", parent);
        let sql = format!("ALTER TABLE {parent} DETACH PARTITION {name}");
        let mut action = Action::alter(Object::id(self), "ALTER TABLE … DETACH PARTITION", sql)
            .releases([parent_id.clone()])
            .frees(format!("children:{parent}"))
            .frees(format!("detached:{name}"))
            .lock(LockMode::AccessExclusive, parent_id);
        let above = self.ancestors(situation.from);
        action.frees.extend(above.iter().map(|parent| format!("left:{parent}")));
        action.frees.extend(self.partition_of.iter().flat_map(PartitionOf::bound_names));
        action.takes.extend(above.iter().map(|name| format!("rows:{name}")));
        action.rank = 2;
        action
    }

    /// The same for a table that stays, and comes back if it is a partition then: foreign keys into
    /// it are away until then.
    fn detach_meanwhile(&self, parent: &str, situation: &Situation<'_>) -> Action {
        let mut action = self.detach(parent, situation);
        let keys = self.leading_above(situation).into_iter();
        let keys = keys.chain(foreign_key::from_above(self, situation));
        let away = keys.filter(|key| foreign_key::is_away_meanwhile(key, situation));
        action.takes.extend(away.map(persistence::gone));
        if situation.is_attached_again(&Object::id(self)) {
            let why = "what is to change in a column cannot while the partition is attached";
            action.reason = Some(why.to_owned());
        }
        action
    }

    /// Children come off before the columns change, and on afterwards.
    pub(crate) fn between_detach_and_attach(&self, action: &mut Action) {
        action.takes.push(format!("children:{}", self.sql_name()));
        action.takes.push(format!("detached:{}", self.sql_name()));
        action.frees.push(format!("columns:{}", self.sql_name()));
    }

    /// A column that a table has by itself comes before its parents get one of that name, which is
    /// merged with it then, and goes after theirs: PostgreSQL refuses both while it is inherited (manual,
    /// "Inheritance").
    fn with_parents(
        &self,
        mut action: Action,
        column: &Column,
        situation: &Situation<'_>,
    ) -> Action {
        if self.partition_of.is_some() {
            return action;
        }
        let name = |table: &Table| format!("own column below:{}.{}", table.sql_name(), column.name);
        let above = self.lineage_kept(situation);
        let above = above.iter().filter(|parent| parent.partition_of.is_none());
        if action.verb == Verb::Drop {
            action.takes.extend(above.map(|parent| format!("no {}", name(parent))));
            action.frees.push(format!("no {}", name(self)));
        } else {
            action.frees.extend(above.map(|parent| name(parent)));
            action.takes.push(name(self));
        }
        action
    }

    /// Column by column, beyond what the parents pass on.
    fn columns_to(&self, to: &Table, situation: &Situation<'_>) -> Vec<Action> {
        let base = self.columns_after_parents(to, situation);
        // While it has no parent its constraints bear their own names.
        let kept = self.links_kept(to, situation).len();
        let alone = kept < self.links().len() || kept < to.links().len();
        let named = |columns: &[Column]| -> Vec<Column> {
            columns.iter().cloned().map(|c| if alone { c.with_own_not_null() } else { c }).collect()
        };
        let (base, columns) = (named(&base), named(&to.columns));
        let mut actions = Vec::new();
        for old in &base {
            if !to.columns.iter().any(|new| new.name == old.name) {
                let drop = drop_column(self, old, to.keeps_in_children(old, situation));
                actions.push(self.with_parents(drop, old, situation));
            }
        }
        for new in &columns {
            match base.iter().find(|old| old.name == new.name) {
                None => {
                    let mut added = add_column(to, new, situation);
                    let first = (!added.is_empty()).then(|| added.remove(0));
                    actions.extend(first.map(|add| self.with_parents(add, new, situation)));
                    actions.extend(added);
                }
                Some(old) => {
                    let before = self.columns.iter().find(|before| before.name == new.name);
                    let moved = before.is_some_and(|before| {
                        before.data_type != old.data_type
                            && own_cast::change((&before.data_type, &old.data_type), situation)
                                .0
                                .using
                    });
                    actions.extend(alter_column(to, old, new, moved, situation));
                }
            }
        }
        let moves = |old: &Column| {
            let new = to.columns.iter().find(|new| new.name == old.name);
            new.is_none_or(|new| old.data_type != new.data_type || old.collation != new.collation)
        };
        let retyped = self.columns.iter().filter(|old| moves(old));
        let retyped: Vec<Id> = retyped.map(|old| old.id(&to.schema, &to.name)).collect();
        for action in &mut actions {
            // It is of this table only, and a new child has the default of its time.
            if sets_default(action.command) && !retyped.contains(&action.object) {
                action.frees.push(default_set(&action.object));
            } else {
                to.between_detach_and_attach(action);
            }
        }
        for new in &to.columns {
            let old = self.columns.iter().find(|old| old.name == new.name);
            // A replaced column has lost its comment.
            let old = old.filter(|old| !super::column_alter::is_replaced(to, old, new, situation));
            actions.extend(describe_column(to, old, new));
        }
        actions
    }

    /// The columns that the table has once its parents are as they should become.
    fn columns_after_parents(&self, to: &Table, situation: &Situation<'_>) -> Vec<Column> {
        let kept = self.links_kept(to, situation);
        let stays_below: Vec<Text> = self
            .parent_tables()
            .into_iter()
            // A partition whose bound changes is detached meanwhile, a parent may be left.
            .filter(|parent| kept.contains(&parent.as_str()))
            .collect();
        let stays_partition = self.partition_of.is_some() && !stays_below.is_empty();
        let before = parents_in(&stays_below, situation.from);
        let after = parents_in(&stays_below, situation.to);
        let find = |tables: &[&Table], name: &str| {
            tables.iter().find_map(|t| t.columns.iter().find(|c| c.name == name)).cloned()
        };
        let goal = |column: &Column| to.columns.iter().find(|c| c.name == column.name);
        let mut columns = Vec::new();
        for column in &self.columns {
            let passed_on = stays_partition || column.inherited;
            match (find(&before, &column.name), find(&after, &column.name)) {
                // The parent's DROP COLUMN takes it along, unless it stays as a column of its own.
                (Some(_), None) if passed_on => {
                    if to.columns.iter().any(|new| new.name == column.name) {
                        columns.push(Column { inherited: false, ..column.clone() });
                    }
                }
                (Some(_), Some(new)) if replaced_above(self, column, situation) => {
                    columns.push(as_added(new, goal(column).unwrap_or(column)));
                }
                (Some(old), Some(new)) => {
                    let mut column = column.clone();
                    if old.data_type != new.data_type || old.collation != new.collation {
                        column.data_type.clone_from(&new.data_type);
                        column.collation.clone_from(&new.collation);
                    }
                    if new.not_null && !old.not_null {
                        column.not_null = true;
                    }
                    if old.not_null
                        && !new.not_null
                        && not_null_again::goes_with_parents(self, &column, situation)
                    {
                        column.not_null = false;
                        *column.inherited_not_null = None;
                    }
                    // The parent's is validated, or added once more as NOT VALID: so is what comes from there.
                    let from_above = self.partition_of.is_some()
                        || column.inherited_not_null.is_some() && column.not_null;
                    let moves = old.not_null_is_not_valid() != new.not_null_is_not_valid();
                    if old.not_null
                        && new.not_null
                        && moves
                        && from_above
                        && let Some(goal) = goal(&column)
                    {
                        column.not_null_constraint.clone_from(&goal.not_null_constraint);
                        column.inherited_not_null.clone_from(&goal.inherited_not_null);
                    }
                    let anew = column.generated.is_some()
                        && self.expression_changes_above(&column.name, situation);
                    if old.generated != new.generated || anew {
                        // A default is set on one table alone.
                        column.generated.clone_from(&new.generated);
                        column.default = None;
                    }
                    columns.push(column);
                }
                _ => columns.push(column.clone()),
            }
        }
        for new in &to.columns {
            let has = self.columns.iter().any(|old| old.name == new.name);
            if let (false, Some(added)) = (has, find(&after, &new.name))
                && (stays_partition || new.inherited)
            {
                columns.push(as_added(added, new));
            }
        }
        columns
    }

    /// True when a child table keeps the column as its own, so that only this table drops it.
    fn keeps_in_children(&self, column: &Column, situation: &Situation<'_>) -> bool {
        let name = Text::from(self.sql_name());
        situation.to.table.iter().any(|child| {
            child.inherits.contains(&name) && child.columns.iter().any(|c| c.name == column.name)
        })
    }

    /// Statements for what concerns the table as a whole; all of them when it is new.
    pub(super) fn settings(&self, old: Option<&Table>) -> Vec<Action> {
        let (id, name) = (Object::id(self), self.sql_name());
        let mut actions = Vec::new();
        let mut alter = |command: &'static str, what: String| {
            let sql = format!("ALTER TABLE {name} {what}");
            actions.push(
                Action::alter(id.clone(), command, sql).lock(LockMode::AccessExclusive, id.clone()),
            );
        };
        if let Some(old) = old {
            if old.access_method != self.access_method {
                let method = self.access_method.as_deref().unwrap_or("heap");
                alter(
                    "ALTER TABLE … SET ACCESS METHOD",
                    format!("SET ACCESS METHOD {}", quote_ident(method)),
                );
            }
            if old.tablespace != self.tablespace {
                let space = self.tablespace.as_deref().unwrap_or("pg_default");
                alter(
                    "ALTER TABLE … SET TABLESPACE",
                    format!("SET TABLESPACE {}", quote_ident(space)),
                );
            }
            for what in super::index::option_changes(&old.options, &self.options) {
                alter("ALTER TABLE … SET (…)", what);
            }
        }
        let (row, force, replica) = old.map_or((false, false, &None), |old| {
            (old.row_security, old.force_row_security, &old.replica_identity)
        });
        if row != self.row_security {
            let what = if self.row_security { "ENABLE" } else { "DISABLE" };
            alter("ALTER TABLE … ROW LEVEL SECURITY", format!("{what} ROW LEVEL SECURITY"));
        }
        if force != self.force_row_security {
            let what = if self.force_row_security { "FORCE" } else { "NO FORCE" };
            alter("ALTER TABLE … ROW LEVEL SECURITY", format!("{what} ROW LEVEL SECURITY"));
        }
        if *replica != self.replica_identity {
            actions.push(self.set_replica_identity());
        }
        if let Some((old, new)) = old.and_then(|o| o.foreign.as_ref()).zip(self.foreign.as_ref()) {
            let start = format!("ALTER FOREIGN TABLE {name}");
            let (from, to) = (&old.options, &new.options);
            actions.extend(changes(&id, "ALTER FOREIGN TABLE", &start, from, to));
        }
        self.explain(&mut actions);
        actions
    }

    /// Adds to the settings' actions what they need and what they mean.
    fn explain(&self, actions: &mut [Action]) {
        for action in actions {
            match action.command {
                "ALTER TABLE … ROW LEVEL SECURITY" => {
                    // Rows that are copied back are those of no policy.
                    action.takes.push(rows_back(&self.sql_name()));
                    action
                        .hazards
                        .push((Hazard::Security, "which rows a role sees changes".to_owned()));
                }
                "ALTER TABLE … SET ACCESS METHOD" => {
                    action.effect = Effect::Rewrite;
                    *action = super::row_type::refused(action.clone(), self);
                }
                "ALTER TABLE … SET TABLESPACE" => action.effect = Effect::Rewrite,
                _ => {}
            }
        }
    }
}

fn sets_default(command: &str) -> bool {
    matches!(command, "ALTER TABLE … DROP DEFAULT" | "ALTER TABLE … SET DEFAULT")
}

/// The name under which new tables below wait until a column has its default, or none any more.
pub(super) fn default_set(column: &Id) -> String {
    format!("default set:{column}")
}

/// The column that a table has when one is added to its parent; what it is to be says what does not
/// come from there.
fn as_added(parents: Column, goal: &Column) -> Column {
    Column {
        comment: None,
        grants: Rare::default(),
        statistics: None,
        options: Rare::default(),
        foreign_options: Rare::default(),
        // The constraint comes with the parent's name.
        inherited_not_null: goal.inherited_not_null.clone(),
        inherited: goal.inherited,
        identity: goal.identity.clone(),
        ..parents.passed_on()
    }
}
