//! Table constraints. PostgreSQL manual, "CREATE TABLE" and "ALTER TABLE … ADD `table_constraint`".

use serde::{Deserialize, Serialize};

use super::attached::{object, on_table};
use super::automatic_name;
use super::check_constraint;
use super::constraint_query;
use super::foreign_key;
use super::key_index;
use super::partition::{self, Part};
use super::rank::FOREIGN_KEYS;
use super::replica_identity;
use super::twin;
use super::{Alteration, Changed, Kind, List, Object, Situation};
use crate::action::{Action, Effect, Hazard, LockMode, Timing};
use crate::model::{Id, Text};
use crate::sql::{qualified, quote_ident, quote_literal};

/// What a constraint demands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConstraintType {
    /// `PRIMARY KEY`
    PrimaryKey,
    /// `UNIQUE`
    Unique,
    /// `CHECK`
    #[default]
    Check,
    /// `EXCLUDE`
    Exclude,
    /// `FOREIGN KEY`
    ForeignKey,
}

object! {
    /// A constraint of a table.
    pub struct Constraint {
        /// The table's schema.
        pub schema: Text,
        /// The table.
        pub table: Text,
        /// The name.
        pub name: Text,
        /// What it demands. Written even for a CHECK, so that the document reads well.
        pub constraint_type: Option<ConstraintType>,
        /// The columns it names, in its order; empty for a CHECK of no column.
        pub columns: Vec<Text>,
        /// The definition, without what the next four say.
        pub definition: Text,
        /// It may be checked at the end of the transaction.
        pub deferrable: bool,
        /// It is checked there unless the session says otherwise.
        pub initially_deferred: bool,
        /// Rows that are there may violate it.
        pub not_valid: bool,
        /// It is not enforced (PostgreSQL 18).
        pub not_enforced: bool,
        /// The referenced table of a foreign key.
        pub references: Option<Id>,
        /// Storage parameters of its index, sorted.
        pub index_options: Vec<Text>,
        /// The tablespace of its index, where it is not the database's.
        pub index_tablespace: Option<Text>,
        /// The comment on its index.
        pub index_comment: Option<Text>,
        /// The table is clustered on its index.
        pub clustered: bool,
        /// The constraint of a parent table that it is a part of, or is inherited from.
        pub attached_to: Option<Id>,
    }
}

impl Object for Constraint {
    const KIND: Kind = Kind::Constraint;
    const CATALOG: &'static str = "pg_constraint";

    fn query(server: u32) -> String {
        constraint_query::query(server)
    }

    on_table!("constraint");

    fn parent(&self) -> Option<Id> {
        Some(self.table_id())
    }

    fn attached_to(&self) -> Option<Id> {
        self.attached_to.clone()
    }

    fn keyword(&self) -> &'static str {
        "CONSTRAINT"
    }

    fn names(&self) -> Vec<String> {
        let mut names = vec![format!("constraint:{}", self.sql_name())];
        if self.kind_of() == ConstraintType::PrimaryKey {
            names.push(format!("primary key:{}", self.table_name()));
        }
        if self.has_index() {
            names.push(format!("relation:{}", qualified(&self.schema, &self.name)));
        }
        names
    }

    fn create(&self, situation: &Situation<'_>) -> Vec<Action> {
        partition::create(self, situation, || match foreign_key::on_primary_key(self, situation) {
            Some(spelled) => spelled.create_own(situation),
            None => self.create_own(situation),
        })
    }

    fn finish(&self, situation: &Situation<'_>) -> Vec<Action> {
        let cluster = self.clustered.then(|| self.cluster(situation)).flatten();
        let again = self.has_index().then(|| replica_identity::again(self, situation)).flatten();
        cluster.into_iter().chain(self.describe_index(None)).chain(again).collect()
    }

    fn remove(&self, situation: &Situation<'_>) -> Vec<Action> {
        let sql = format!(
            "ALTER TABLE {} DROP CONSTRAINT {}{}",
            self.table_name(),
            if foreign_key::may_be_lost(self, situation) { "IF EXISTS " } else { "" },
            quote_ident(&self.name)
        );
        let action = Action::drop(Object::id(self), "ALTER TABLE … DROP CONSTRAINT", sql)
            .lock(LockMode::AccessExclusive, self.table_id());
        let action = self.lets_in(action);
        // What is detached keeps it: those tables must be off.
        let waits = !foreign_key::is_away_meanwhile(self, situation);
        let off = ["left", "detached"].iter().filter(|_| waits);
        let off = off.map(|how| format!("{how}:{}", self.table_name()));
        let mut action = action.frees(format!("parts above:{}", self.table_name()));
        action.takes.extend(off);
        let mut action = action.frees(super::persistence::gone(self));
        let after = partition::find(&situation.to.constraint, &Object::id(self));
        action.frees.extend(after.and_then(|after| after.attached_to.as_ref()).map(holds_below));
        action.frees.extend(foreign_key::hidden_names(self, situation.from));
        let is_key = self.has_index();
        if is_key {
            twin::out_of_the_way(self, situation, &mut action);
        }
        if is_key {
            let above = situation.table_from(&self.schema, &self.table);
            let above = above.map(|table| table.lineage(situation.from)).unwrap_or_default();
            action.frees.extend(above.iter().map(|parent| format!("keys below:{parent}")));
            action.frees.push(format!("keys:{}", self.table_name()));
        }
        vec![action]
    }

    fn alter(&self, to: &Constraint, changed: &Changed, situation: &Situation<'_>) -> Alteration {
        let validated_only = self.not_valid && !to.not_valid;
        let in_place = ["deferrable", "initially_deferred", "not_enforced", "attached_to"];
        let of_index =
            ["clustered", "index_comment", "index_options", "index_tablespace", "attached_to"];
        let foreign = to.kind_of() == ConstraintType::ForeignKey;
        let possible = changed.only(if foreign { &in_place } else { &of_index })
            || (validated_only && changed.only(&["not_valid"]));
        if !possible {
            return Alteration::Replace("a constraint's definition cannot be altered".to_owned());
        }
        if changed.has("attached_to") && foreign_key::may_be_lost(self, situation) {
            return Alteration::Replace("DETACH PARTITION may take it along".to_owned());
        }
        let enforced = self.not_enforced && !to.not_enforced;
        if (validated_only || enforced) && foreign_key::has_period(to) {
            return Alteration::Replace(
                "periods that are not covered are found only when a foreign key is added"
                    .to_owned(),
            );
        }
        if self.passes_to_parent(to, situation) {
            let why = "a check of its own would stay beside the one that comes from the parent";
            return Alteration::Replace(why.to_owned());
        }
        let again = to.kind_of() == ConstraintType::Check && to.attached_to.is_none();
        let mut actions = match partition::reattach(self, to, situation) {
            _ if !changed.has("attached_to") => Vec::new(),
            // Added once more, an inherited check becomes the table's own too.
            Err(_) if again => {
                let add = to.add(to.not_valid, false, situation);
                vec![Action::alter(Object::id(to), add.command, add.sql)]
            }
            Ok(actions) => actions,
            Err(why) => return Alteration::Replace(why),
        };
        // What is said of a key reaches its parts, and may not be said of them.
        let from_above = to.attached_to.is_some() && !changed.has("attached_to");
        let enforcing = ["deferrable", "initially_deferred", "not_enforced"];
        if changed.any(&enforcing) && !from_above {
            let sql = format!(
                "ALTER TABLE {} ALTER CONSTRAINT {}{}{}",
                to.table_name(),
                quote_ident(&to.name),
                if changed.any(&["deferrable", "initially_deferred"]) { to.deferral() } else { "" },
                match (changed.has("not_enforced"), to.not_enforced) {
                    (true, true) => " NOT ENFORCED",
                    (true, false) => " ENFORCED",
                    (false, _) => "",
                }
            );
            actions.push(
                to.enforcing(
                    Action::alter(Object::id(to), "ALTER TABLE … ALTER CONSTRAINT", sql)
                        .lock(LockMode::AccessExclusive, to.table_id()),
                    changed,
                    situation,
                ),
            );
        }
        if changed.has("not_valid") {
            let mut validate = to.validate(situation);
            // A check that holds of all rows meets none below that may not.
            validate.frees.extend(to.attached_to.iter().map(holds_below));
            actions.push(validate);
        }
        let index = qualified(&to.schema, &to.name);
        for what in super::index::option_changes(&self.index_options, &to.index_options) {
            let sql = format!("ALTER INDEX {index} {what}");
            actions.push(Action::alter(Object::id(to), "ALTER INDEX … SET (…)", sql));
        }
        if changed.has("index_tablespace") {
            let space = to.index_tablespace.as_deref().unwrap_or("pg_default");
            let sql = format!("ALTER INDEX {index} SET TABLESPACE {}", quote_ident(space));
            actions.push(
                Action::alter(Object::id(to), "ALTER INDEX … SET TABLESPACE", sql)
                    .lock(LockMode::AccessExclusive, to.table_id())
                    .effect(Effect::Rewrite),
            );
        }
        actions.extend(to.describe_index(Some(self)));
        if changed.has("clustered") {
            actions.extend(to.cluster(situation));
        }
        Alteration::InPlace(actions)
    }
}

impl Part for Constraint {
    fn place(&self) -> (&str, &str) {
        (&self.schema, &self.table)
    }

    fn has_index(&self) -> bool {
        matches!(
            self.kind_of(),
            ConstraintType::PrimaryKey | ConstraintType::Unique | ConstraintType::Exclude
        )
    }

    fn key_columns(&self) -> &[Text] {
        &self.columns
    }

    fn automatic_name(&self, above: &Constraint) -> Option<String> {
        let label = match self.kind_of() {
            ConstraintType::PrimaryKey => {
                return Some(automatic_name::object_name(&self.table, &[], "pkey"));
            }
            ConstraintType::Unique => "key",
            ConstraintType::Exclude => "excl",
            ConstraintType::Check | ConstraintType::ForeignKey => {
                return Some(above.name.to_string());
            }
        };
        let mut columns = self.columns.clone();
        columns.extend(partition::included(&self.definition));
        Some(automatic_name::index_name(&self.table, &columns, label))
    }

    fn all_to<'a>(situation: &Situation<'a>) -> &'a List<Constraint> {
        &situation.to.constraint
    }

    fn all_from<'a>(situation: &Situation<'a>) -> &'a List<Constraint> {
        &situation.from.constraint
    }

    fn in_pieces(&self, situation: &Situation<'_>) -> bool {
        // ADD PRIMARY KEY on the parent alone wants columns that are NOT NULL in all partitions.
        let not_null = |name: &Text| {
            situation
                .table_from(&self.schema, &self.table)
                .and_then(|table| table.columns.iter().find(|column| column.name == *name))
                .is_some_and(|column| column.not_null)
        };
        self.is_plain_index()
            && (self.kind_of() == ConstraintType::Unique || self.columns.iter().all(not_null))
            && super::index::partitioned_before(situation, &self.schema, &self.table)
            && !situation.rows_are_kept(&self.table_id())
            && partition::is_online_below(situation, &self.schema, &self.table)
    }

    fn rename_sql(&self, name: &str) -> String {
        format!(
            "ALTER TABLE {} RENAME CONSTRAINT {} TO {}",
            self.table_name(),
            quote_ident(name),
            quote_ident(&self.name)
        )
    }
}

impl Constraint {
    /// The statements that make it, whatever it is attached to.
    fn create_own(&self, situation: &Situation<'_>) -> Vec<Action> {
        let table = self.table_id();
        let existed = situation.table_from(&self.schema, &self.table).is_some();
        let online = existed && situation.online(&table);
        let partitioned =
            situation.table_to(&self.schema, &self.table).is_some_and(|t| t.partition_by.is_some());
        let only = self.has_index() && !partition::reaches_all(self, situation);
        let can_wait = match self.kind_of() {
            ConstraintType::Check => true,
            // A foreign key of a partitioned table cannot be NOT VALID before 18.
            ConstraintType::ForeignKey => {
                (!partitioned || situation.server >= 180_000) && !foreign_key::has_period(self)
            }
            _ => false,
        };
        let in_two_steps = online && can_wait && !self.not_valid && !self.not_enforced;
        let mut actions = if let Some(index) = key_index::already_there(self, situation) {
            vec![key_index::take_over(self, &index.name, situation)]
        } else if online && self.is_plain_index() && !partitioned {
            key_index::build_beforehand(self, situation)
        } else {
            vec![self.add(self.not_valid || in_two_steps, only, situation)]
        };
        if only {
            // Tables that become partitions later would get an index of their own.
            let late = format!("partitions:{}", self.table_name());
            for action in &mut actions {
                action.takes.push(late.clone());
            }
        }
        if in_two_steps {
            let mut validate = self.validate(situation);
            validate.timing = Timing::OwnTransaction;
            actions.push(validate);
        }
        let rank = match &self.references {
            Some(target) => {
                FOREIGN_KEYS + u16::from(foreign_key::takes_names(self, target, situation))
            }
            None => 0,
        };
        for action in &mut actions {
            action.rank = rank;
            // Tables that are attached first get it from this one.
            action.takes.push(format!("children attached:{}", self.table_name()));
            // Rows point to those of partitions.
            let target = self.references.iter();
            action.takes.extend(target.map(|table| format!("rows attached:{}", table.name())));
        }
        if self.not_valid
            && let (Some(table), Some(first)) =
                (situation.table_to(&self.schema, &self.table), actions.first_mut())
        {
            first.takes.push(table.all_below());
        }
        // A foreign key leans on any key that fits: those that are about to go must be gone.
        if let (Some(table), Some(first)) = (&self.references, actions.first_mut()) {
            first.takes.push(format!("keys:{}", table.name()));
        }
        actions
    }

    /// The identity of the table.
    pub fn table_id(&self) -> Id {
        Id::new("table", &[&self.schema, &self.table])
    }

    pub(super) fn table_name(&self) -> String {
        qualified(&self.schema, &self.table)
    }

    /// What it demands.
    pub fn kind_of(&self) -> ConstraintType {
        self.constraint_type.unwrap_or_default()
    }

    /// True for a key over plain columns, whose index can be built beforehand.
    pub(super) fn is_plain_index(&self) -> bool {
        matches!(self.kind_of(), ConstraintType::PrimaryKey | ConstraintType::Unique)
            && self.definition.ends_with(')')
            && !self.definition.contains("WITHOUT OVERLAPS")
            && self.index_options.is_empty()
            && self.index_tablespace.is_none()
    }

    pub(super) fn deferral(&self) -> &'static str {
        match (self.deferrable, self.initially_deferred) {
            (false, _) => " NOT DEFERRABLE",
            (true, false) => " DEFERRABLE INITIALLY IMMEDIATE",
            (true, true) => " DEFERRABLE INITIALLY DEFERRED",
        }
    }

    /// `ADD CONSTRAINT`, validated at once or not.
    fn add(&self, not_valid: bool, only: bool, situation: &Situation<'_>) -> Action {
        let mut sql = format!(
            "ALTER TABLE {}{} ADD {}",
            if only { "ONLY " } else { "" },
            self.table_name(),
            self.named()
        );
        if self.not_enforced {
            sql += " NOT ENFORCED";
        } else if not_valid {
            sql += " NOT VALID";
        }
        let table = self.table_name();
        let foreign = self.kind_of() == ConstraintType::ForeignKey;
        let mode = if foreign { LockMode::ShareRowExclusive } else { LockMode::AccessExclusive };
        let mut action = Action::create(Object::id(self), "ALTER TABLE … ADD CONSTRAINT", sql)
            .lock(mode, self.table_id());
        // The columns' final types must be there, and for a foreign key the table it points to.
        action.requires.extend(
            self.columns.iter().map(|c| Id::new("column", &[&self.schema, &self.table, c])),
        );
        action.requires.extend(self.references.clone());
        action.takes.push(holds_below(&Object::id(self)));
        action.takes.extend(foreign_key::hidden_names(self, situation.to));
        action = self.locks_both_ends(action);
        if not_valid || self.not_enforced {
            return action;
        }
        action = action
            .effect(Effect::Scan)
            .hazard(Hazard::MayFail, format!("fails when rows of {table} violate it"));
        action = if self.has_index() {
            action.hazard(Hazard::IndexBuild, format!("an index is built from all rows of {table}"))
        } else {
            action.hazard(Hazard::TableScan, format!("every row of {table} is checked"))
        };
        action.checks(check_constraint::of_constraint(self, situation))
    }

    /// `CONSTRAINT name definition`, as `ADD` and `CREATE TABLE` take it.
    pub(super) fn named(&self) -> String {
        let deferral = if self.deferrable { self.deferral() } else { "" };
        let definition = self.definition_with_parameters();
        format!("CONSTRAINT {} {definition}{deferral}", quote_ident(&self.name))
    }

    /// The definition with the index parameters where SQL wants them: before WHERE.
    fn definition_with_parameters(&self) -> String {
        let mut parameters = String::new();
        if !self.index_options.is_empty() {
            parameters += &format!(" WITH ({})", self.index_options.join(", "));
        }
        if let Some(space) = &self.index_tablespace {
            parameters += &format!(" USING INDEX TABLESPACE {}", quote_ident(space));
        }
        match self.definition.rfind(" WHERE (") {
            Some(at) if self.kind_of() == ConstraintType::Exclude => {
                let (head, tail) = self.definition.split_at(at);
                format!("{head}{parameters}{tail}")
            }
            _ => format!("{}{parameters}", self.definition),
        }
    }

    /// True for a check of a child's own that its parent gets instead: added there, it would be both.
    /// In a partition it is the parent's alone (`MergeWithExistingConstraint()`).
    fn passes_to_parent(&self, to: &Constraint, situation: &Situation<'_>) -> bool {
        let table = situation.table_to(&self.schema, &self.table);
        self.kind_of() == ConstraintType::Check
            && self.attached_to.is_none()
            && to.attached_to.as_ref().is_some_and(|above| situation.comes(above))
            && table.is_some_and(|table| table.partition_of.is_none())
    }

    fn validate(&self, situation: &Situation<'_>) -> Action {
        let sql = format!(
            "ALTER TABLE {} VALIDATE CONSTRAINT {}",
            self.table_name(),
            quote_ident(&self.name)
        );
        Action::alter(Object::id(self), "ALTER TABLE … VALIDATE CONSTRAINT", sql)
            .lock(LockMode::ShareUpdateExclusive, self.table_id())
            .effect(Effect::Scan)
            .hazard(Hazard::MayFail, format!("fails when rows of {} violate it", self.table_name()))
            .checks(check_constraint::of_constraint(self, situation))
    }

    /// What an action lets into the table from then on.
    fn lets_in(&self, action: Action) -> Action {
        let table = self.table_name();
        match self.kind_of() {
            ConstraintType::Check | ConstraintType::ForeignKey => {
                let message = format!("{table} takes rows that {} refused", self.name);
                self.locks_both_ends(action.hazard(Hazard::ConstraintDropped, message))
            }
            _ => action.hazard(
                Hazard::UniquenessLost,
                format!("{table} may get a value twice; ON CONFLICT that needs it fails"),
            ),
        }
    }

    /// A foreign key has its triggers on both tables.
    fn locks_both_ends(&self, mut action: Action) -> Action {
        match self.references.as_ref().filter(|other| **other != self.table_id()) {
            Some(other) => {
                action.locks_too = Some(other.clone());
                let message =
                    format!("{} is locked too, as long as the lock is held", other.name());
                action.hazard(Hazard::LocksReferenced, message)
            }
            None => action,
        }
    }

    /// What it means when a foreign key is enforced from now on, or no longer.
    fn enforcing(&self, action: Action, changed: &Changed, situation: &Situation<'_>) -> Action {
        match (changed.has("not_enforced"), self.not_enforced) {
            (false, _) => action,
            (true, true) => self.lets_in(action),
            (true, false) => self
                .locks_both_ends(action)
                .effect(Effect::Scan)
                .hazard(
                    Hazard::MayFail,
                    format!("fails when rows of {} violate it", self.table_name()),
                )
                .checks(check_constraint::of_constraint(self, situation)),
        }
    }

    fn cluster(&self, situation: &Situation<'_>) -> Option<Action> {
        super::index::cluster_action(self, self.clustered, self.table_id(), situation)
    }

    /// `COMMENT ON INDEX`, which is not the comment on the constraint.
    fn describe_index(&self, old: Option<&Constraint>) -> Option<Action> {
        let before = old.and_then(|old| old.index_comment.as_deref());
        let after = self.index_comment.as_deref();
        let text = after.map_or("NULL".to_owned(), quote_literal);
        let index = qualified(&self.schema, &self.name);
        let sql = format!("COMMENT ON INDEX {index} IS {text}");
        (before != after).then(|| Action::alter(Object::id(self), "COMMENT ON", sql))
    }
}

/// What a check is called in the tables below until it holds of all rows there.
fn holds_below(check: &Id) -> String {
    format!("holds below:{check}")
}
