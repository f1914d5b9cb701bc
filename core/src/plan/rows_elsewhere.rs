//! Rows of a table that are values elsewhere make room before the table changes, and come back.
//!
//! `objects/row_type.rs` says what PostgreSQL refuses as long as they are there.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::build::{Builder, table_of};
use super::closure::{Reach, Worker};
use super::column_work::ColumnWork;
use super::index::{Index, table_and_column};
use crate::action::{Action, Verb};
use crate::model::Id;
use crate::objects::row_type::{self, Holder, Holders, form_of_rows_of, no_rows_of, refused_table};
use crate::objects::{AnyObject, Objects, Situation};

/// What has been found out about rows that are values elsewhere.
#[derive(Default)]
pub(super) struct RowsElsewhere<'a> {
    /// What has such values in it, before and after; found when it is first asked for.
    holders: OnceCell<(Holders<'a>, Holders<'a>)>,
    /// Tables that have been looked at.
    seen: BTreeSet<Id>,
}

impl<'a> RowsElsewhere<'a> {
    fn holders(&self, from: &'a Objects, to: &'a Objects) -> &(Holders<'a>, Holders<'a>) {
        self.holders.get_or_init(|| (Holders::new(from), Holders::new(to)))
    }
}

impl<'a> Worker<'a, '_> {
    /// Columns and materialized views with rows in them of tables that something is done with.
    pub(super) fn rows_wait(
        &mut self,
        rows: &mut RowsElsewhere<'a>,
        situation: &Situation<'a>,
        index: &Index<'a>,
    ) {
        for (table, cause) in self.refused_tables() {
            let below = index.below(&table).into_iter().map(AnyObject::id);
            for table in std::iter::once(table.clone()).chain(below) {
                if !rows.seen.insert(table.clone()) {
                    continue;
                }
                let (from, to) = (self.from, self.to);
                let (before, after) = rows.holders(from, to);
                let after: BTreeSet<Id> = after.of(&table).iter().map(Holder::id).collect();
                for holder in before.of(&table).into_iter().filter(|h| after.contains(&h.id())) {
                    self.make_room(holder, (&table, &cause), situation);
                }
            }
        }
    }

    /// Tables that something is done with that PostgreSQL refuses as long as rows of them are values
    /// elsewhere; each with the object that is the cause.
    fn refused_tables(&self) -> Vec<(Id, Id)> {
        let altered = self.closure.altered.iter().flat_map(|(_, actions)| actions);
        let altered =
            altered.filter_map(|action| Some((refused_table(action)?, action.object.clone())));
        let moved = self.closure.columns.iter();
        let moved = moved.filter(|(_, work)| work.retype || work.replace);
        let moved = moved.map(|(column, _)| (table_of(column), column.clone()));
        altered.chain(moved).filter(|(table, _)| self.stays(table)).collect()
    }

    /// True for what is neither dropped nor built anew.
    fn stays(&self, id: &Id) -> bool {
        !self.closure.replaced.contains_key(id) && !self.dropped.contains(id)
    }

    /// Something that has rows of the table in it before and after.
    fn make_room(
        &mut self,
        holder: Holder<'a>,
        (table, cause): (&Id, &Id),
        situation: &Situation<'a>,
    ) {
        let id = holder.id();
        let root = self.closure.cause.get(cause).unwrap_or(cause).clone();
        match holder {
            Holder::Column(own, column) => {
                let after = table_and_column(self.to, own, &column.name);
                let Some((_, after)) = after.filter(|_| self.stays(&AnyObject::id(own))) else {
                    return;
                };
                let work = ColumnWork::new(own, column, after);
                let work = self.closure.columns.entry(id.clone()).or_insert(work);
                if column.generated.is_some() {
                    work.replace = true;
                } else {
                    work.retype = true;
                    work.reset_default |= column.default.is_some();
                    work.rows = Some(row_type::waiting(column, situation));
                }
                self.closure.cause.entry(id.clone()).or_insert(root);
                self.queue.push((id, Reach::Gone));
            }
            Holder::View(_) if self.stays(&id) => {
                let why = format!("it has rows of {} in it, which get another form", table.name());
                self.closure.replaced.insert(id.clone(), why);
                self.closure.cause.insert(id.clone(), root);
                self.closure.altered.retain(|(altered, _)| *altered != id);
                self.queue_whole(&id);
            }
            Holder::View(_) => {}
        }
    }
}

impl Builder<'_, '_> {
    /// What takes rows of tables out of something comes before what is done with the table, and what
    /// brings them comes after.
    pub(super) fn rows_elsewhere(&mut self) {
        let actions = self.built.actions.iter().map(|planned| &planned.action);
        let refused: BTreeSet<Id> = actions.filter_map(refused_table).collect();
        if refused.is_empty() {
            return;
        }
        let (before, after) = self.closure.rows.holders(self.from, self.to);
        let (mut taken, mut brought) = (Names::default(), Names::default());
        for table in &refused {
            let below = self.index.below(table).into_iter().map(AnyObject::id);
            for rows_of in std::iter::once(table.clone()).chain(below) {
                taken.add(before, &rows_of, &no_rows_of(table.name()));
                brought.add(after, &rows_of, &form_of_rows_of(table.name()));
            }
        }
        if taken.0.is_empty() && brought.0.is_empty() {
            return;
        }
        let mut last: BTreeMap<Id, usize> = BTreeMap::new();
        for (at, planned) in self.built.actions.iter_mut().enumerate() {
            let action = &mut planned.action;
            if action.is_rename() {
                continue;
            }
            if moves(action) && last.insert(action.object.clone(), at).is_none() {
                action.frees.extend(taken.of(&action.object));
            }
            let gone: Vec<String> = action.destroys.iter().flat_map(|id| taken.of(id)).collect();
            action.frees.extend(gone);
            if action.verb == Verb::Create {
                let come = action.produces.iter().flat_map(|id| brought.of(id));
                action.takes.extend(come.collect::<Vec<_>>());
            }
        }
        for (column, at) in last {
            if let Some(planned) = self.built.actions.get_mut(at) {
                planned.action.takes.extend(brought.of(&column));
            }
        }
    }
}

/// True for a statement that moves a column to another type.
fn moves(action: &Action) -> bool {
    action.command == "ALTER TABLE … ALTER COLUMN TYPE"
}

/// The names that what comes or goes takes or frees, by its identity; for tables those of all columns.
#[derive(Default)]
struct Names(BTreeMap<Id, BTreeSet<String>>);

impl Names {
    fn add(&mut self, holders: &Holders<'_>, rows_of: &Id, name: &str) {
        for holder in holders.of(rows_of) {
            let whole = match holder {
                Holder::Column(table, _) => Some(AnyObject::id(table)),
                Holder::View(_) => None,
            };
            for id in std::iter::once(holder.id()).chain(whole) {
                self.0.entry(id).or_default().insert(name.to_owned());
            }
        }
    }

    fn of(&self, id: &Id) -> Vec<String> {
        self.0.get(id).into_iter().flatten().cloned().collect()
    }
}
