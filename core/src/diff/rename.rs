//! Confirmed renames: the state of `from` as it is once they are carried out.
//!
//! PostgreSQL lets everything that uses a renamed object follow it. The snapshot does the same: the
//! new name takes the place of the old one in identities, in the fields that name it, and in
//! definitions, word by word. Where a definition is still spelled differently afterwards, the plan
//! replaces it in place, which is harmless.

use std::borrow::Cow;

use serde_json::Value;
use thiserror::Error;

use super::rewrite::Rewrite;
use super::{RenameAnswer, RenameDecision};
use crate::model::{Id, Text};
use crate::objects::{Constraint, ConstraintType, Earlier, Object, Objects, Table};
use crate::snapshot::Snapshot;
use crate::sql::qualified;

/// Why a decision cannot be followed.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenameError {
    /// The object to rename is not there, or is there under both names.
    #[error("{0} is not an object that only From has")]
    NotInFrom(Id),
    /// The name it is to get is not there.
    #[error("{0} is not an object that only To has")]
    NotInTo(Id),
    /// The two are of different kinds, or are columns of different tables.
    #[error("{0} cannot become {1} by a rename")]
    NotAlike(Id, Id),
    /// One of them is in another decision already.
    #[error("{0} is in more than one rename")]
    Twice(Id),
}

/// Checks one decision against the two snapshots. `good` are renames that it may build upon: a
/// column of a renamed table has another place before than after.
fn check(
    from: &Snapshot,
    to: &Snapshot,
    decision: &RenameDecision,
    good: &[RenameDecision],
) -> Result<(), RenameError> {
    let (old, new) = (&decision.from, &decision.to);
    let exists = |snapshot: &Snapshot, id: &Id| {
        snapshot.find(id).is_some() || snapshot.table_of_column(id).is_some()
    };
    if !exists(from, old) || exists(to, old) {
        return Err(RenameError::NotInFrom(old.clone()));
    }
    if !exists(to, new) || exists(from, new) {
        return Err(RenameError::NotInTo(new.clone()));
    }
    if old.kind() != new.kind() || !RENAMEABLE.contains(&old.kind()) {
        return Err(RenameError::NotAlike(old.clone(), new.clone()));
    }
    let moved = renamed_id(old, good, from.source.server_version_num);
    let ((a, x), (b, y)) = (moved.split(), new.split());
    // The place stays: another schema or another table is a move, not a rename.
    let same_place =
        a.len() == b.len() && a.iter().zip(&b).take(a.len().saturating_sub(1)).all(|(x, y)| x == y);
    if same_place && x == y { Ok(()) } else { Err(RenameError::NotAlike(old.clone(), new.clone())) }
}

/// An identity of `from` as it is once the renames are carried out.
fn renamed_id(id: &Id, renames: &[RenameDecision], server: u32) -> Id {
    let mut id = id.clone();
    for_each_in_order(renames, server, |rewrite| id = rewrite.renamed(&id));
    id
}

/// An identity after the renames as it is in `from`.
pub(super) fn original_id(id: &Id, renames: &[RenameDecision]) -> Id {
    Originals::new(renames).earlier(id)
}

/// Renames backwards.
#[derive(Debug)]
pub struct Originals(Vec<Rewrite>);

impl Originals {
    /// The way back of these renames.
    pub fn new(renames: &[RenameDecision]) -> Originals {
        let mut rewrites = Vec::new();
        for_each_in_order(renames, 0, |rewrite| rewrites.push(rewrite.reversed()));
        rewrites.reverse();
        Originals(rewrites)
    }
}

impl Earlier for Originals {
    fn earlier(&self, id: &Id) -> Id {
        self.0.iter().fold(id.clone(), |id, rewrite| rewrite.renamed(&id))
    }
}

/// The renames one after the other, each as it stands after those before it.
fn for_each_in_order(renames: &[RenameDecision], server: u32, mut each: impl FnMut(Rewrite)) {
    let mut done: Vec<(Id, Id)> = Vec::new();
    for rename in renames {
        let old = done.iter().fold(rename.from.clone(), |id, (from, to)| {
            Rewrite::new(from, to, server).renamed(&id)
        });
        each(Rewrite::new(&old, &rename.to, server));
        done.push((old, rename.to.clone()));
    }
}

/// Kinds that a rename is offered and carried out for: those with `ALTER … RENAME`.
pub(super) const RENAMEABLE: &[&str] = &[
    "role",
    "schema",
    "language",
    "collation",
    "conversion",
    "base_type",
    "enum",
    "composite",
    "domain",
    "range",
    "sequence",
    "function",
    "procedure",
    "aggregate",
    "operator_family",
    "operator_class",
    "text_search_parser",
    "text_search_template",
    "text_search_dictionary",
    "text_search_configuration",
    "foreign_data_wrapper",
    "server",
    "table",
    "column",
    "view",
    "materialized_view",
    "index",
    "constraint",
    "statistics_object",
    "rule",
    "trigger",
    "policy",
    "publication",
    "subscription",
    "event_trigger",
];

/// The decisions that say "rename" and can be followed, in the order in which they are carried out.
pub fn confirmed(
    from: &Snapshot,
    to: &Snapshot,
    decisions: &[RenameDecision],
) -> Vec<RenameDecision> {
    let mut good: Vec<RenameDecision> = Vec::new();
    for decision in in_order(decisions) {
        let twice = good.iter().any(|d| d.from == decision.from || d.to == decision.to);
        if !twice && check(from, to, &decision, &good).is_ok() {
            good.push(decision);
        }
    }
    good
}

/// The renames among the decisions, in the order in which they are carried out.
fn in_order(decisions: &[RenameDecision]) -> Vec<RenameDecision> {
    let renames = decisions.iter().filter(|d| d.answer == RenameAnswer::Rename);
    let mut renames: Vec<RenameDecision> = renames.cloned().collect();
    renames.sort_by_key(|decision| (decision.rank(), decision.from.clone()));
    renames
}

impl RenameDecision {
    /// Why the decision cannot be followed, if so. `all` are the decisions that it stands among.
    pub fn verify(
        &self,
        from: &Snapshot,
        to: &Snapshot,
        all: &[RenameDecision],
    ) -> Result<(), RenameError> {
        if self.answer != RenameAnswer::Rename {
            return Ok(());
        }
        let before: Vec<RenameDecision> =
            all.iter().filter(|other| other.rank() < self.rank()).cloned().collect();
        check(from, to, self, &confirmed(from, to, &before))
    }
}

/// `from` as it is once the renames are carried out.
pub fn after_renames<'a>(from: &'a Snapshot, renames: &[RenameDecision]) -> Cow<'a, Snapshot> {
    if renames.is_empty() {
        return Cow::Borrowed(from);
    }
    let mut statistics = from.statistics.clone();
    let (mut rewrites, mut at) = (Vec::new(), 0);
    let server = from.source.server_version_num;
    for_each_in_order(renames, server, |rewrite| {
        let parts = renames.get(at).into_iter();
        for (schema, table) in parts.flat_map(|rename| below(&from.objects, rename, server)) {
            let table = Id::new("table", &[&schema, &table]);
            let table = renamed_id(&table, &renames[..at], server).split().0;
            if let [schema, table] = table.as_slice() {
                rewrites.push(rewrite.below(schema, table));
            }
        }
        statistics = statistics.iter().map(|(id, size)| (rewrite.renamed(id), *size)).collect();
        rewrites.push(rewrite);
        at += 1;
    });
    match rewritten(&from.objects, &rewrites) {
        Ok(objects) => Cow::Owned(Snapshot { objects, statistics, ..from.clone() }),
        Err(_) => Cow::Borrowed(from),
    }
}

/// The objects with what the rewrites change; what they do not change is held in common.
fn rewritten(objects: &Objects, rewrites: &[Rewrite]) -> serde_json::Result<Objects> {
    let mut after = objects.clone();
    for ((kind, at), object) in objects.with_places() {
        let before = Value::Object(object.properties());
        let mut changed = before.clone();
        for rewrite in rewrites {
            rewrite.object(kind.as_str(), &mut changed);
        }
        if changed != before {
            after.replace((kind, at), &changed.to_string())?;
        }
    }
    after.sort();
    Ok(after)
}

/// Schema and name of the tables on which PostgreSQL renames a part along with that of a table
/// above: columns and checks reach all children. Triggers of partitions follow from 15 on.
fn below(objects: &Objects, rename: &RenameDecision, server: u32) -> Vec<(Text, Text)> {
    let (name, _) = rename.from.split();
    let [schema, table, _] = name.as_slice() else { return Vec::new() };
    let reaches = match rename.from.kind() {
        "column" => true,
        "constraint" => objects
            .constraint
            .iter()
            .find(|constraint| Object::id(*constraint) == rename.from)
            .map(Constraint::kind_of)
            .is_some_and(|kind| kind == ConstraintType::Check),
        "trigger" => server >= 150_000,
        _ => false,
    };
    let (mut found, mut next) = (Vec::new(), vec![Text::from(qualified(schema, table))]);
    while let Some(parent) = next.pop().filter(|_| reaches) {
        let is_child = |table: &&Table| {
            table.inherits.contains(&parent)
                || table.partition_of.as_ref().is_some_and(|p| p.table == parent)
        };
        for child in objects.table.iter().filter(is_child) {
            let pair = (child.schema.clone(), child.name.clone());
            if !found.contains(&pair) {
                next.push(qualified(&child.schema, &child.name).into());
                found.push(pair);
            }
        }
    }
    found
}
