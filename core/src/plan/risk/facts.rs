//! What a statement works on: which relations that exist, how large they are, and what is done with the
//! rows.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::model::{Concerned, StepRisk, WayBack, Work};
use super::time::TimeRange;
use crate::action::{Action, Effect, Hazard, Verb};
use crate::model::Id;
use crate::objects::{Object, Situation, Size};
use crate::sql::split_name;

/// The relations of *from* and their sizes, those of partitions with the table that they belong to.
pub(in crate::plan) struct Relations<'a> {
    situation: &'a Situation<'a>,
    /// What takes part when a table is locked, read or written.
    below: BTreeMap<String, Vec<Id>>,
    /// Sizes that were added up before.
    known: RefCell<BTreeMap<Id, Option<Size>>>,
}

impl<'a> Relations<'a> {
    /// The relations of a situation.
    pub(in crate::plan) fn new(situation: &'a Situation<'a>) -> Relations<'a> {
        let mut below: BTreeMap<String, Vec<Id>> = BTreeMap::new();
        for table in &situation.from.table {
            let above = table.partition_of.iter().map(|partition| &partition.table);
            for parent in above.chain(&table.inherits) {
                below.entry(parent.to_string()).or_default().push(Object::id(table));
            }
        }
        Relations { situation, below, known: RefCell::default() }
    }

    /// What is known of a statement before its transaction is. The rows are written anew by the first of
    /// several actions that are one statement.
    pub(in crate::plan) fn facts(&self, action: &Action, first: bool) -> StepRisk {
        let work = if first { work(action) } else { Work::Catalog };
        let mut concerned = Vec::new();
        let locked = action.lock.iter().map(|(_, on)| on);
        for relation in locked.chain(&action.locks_too).filter(|id| self.exists(id)) {
            concerned.push(self.concerned(relation));
        }
        if concerned.is_empty() && work != Work::Catalog {
            concerned.extend(self.worked_on(action).map(|relation| self.concerned(&relation)));
        }
        let takes = takes(work, concerned.first());
        let way_back = match &action.irreversible {
            None => WayBack::Full,
            Some(_) if action.hazards.iter().any(|(hazard, _)| *hazard == Hazard::DataLoss) => {
                WayBack::Lossy
            }
            Some(_) => WayBack::Never,
        };
        StepRisk { work, takes, way_back, concerned, ..StepRisk::default() }
    }

    fn exists(&self, id: &Id) -> bool {
        self.situation.from.find(id).is_some()
    }

    /// The relation whose rows a statement without a lock on it works through: one that is built anew.
    fn worked_on(&self, action: &Action) -> Option<Id> {
        let found = [self.situation.to, self.situation.from]
            .into_iter()
            .find_map(|side| side.find(&action.object))?;
        let relation = found.parent().unwrap_or_else(|| action.object.clone());
        self.exists(&relation).then_some(relation)
    }

    fn concerned(&self, relation: &Id) -> Concerned {
        let size = match relation.kind() {
            "table" | "materialized_view" => self.known_size(relation),
            "foreign_table" => None,
            // A view, a sequence: no rows to speak of.
            _ => Some(EMPTY),
        };
        Concerned {
            relation: relation.clone(),
            rows: size.and_then(|size| size.rows),
            bytes: size.map(|size| size.bytes),
            index_bytes: size.map(|size| size.index_bytes),
        }
    }

    fn known_size(&self, relation: &Id) -> Option<Size> {
        if let Some(known) = self.known.borrow().get(relation) {
            return *known;
        }
        let size = self.size(relation, &mut BTreeSet::new());
        self.known.borrow_mut().insert(relation.clone(), size);
        size
    }

    /// The size of a table with all that is below it. A snapshot that somebody wrote may go in circles.
    fn size(&self, relation: &Id, seen: &mut BTreeSet<Id>) -> Option<Size> {
        if !seen.insert(relation.clone()) {
            return Some(EMPTY);
        }
        let own = self.situation.sizes.get(relation).copied();
        let own = own.or_else(|| self.is_partitioned(relation).then_some(EMPTY))?;
        let parts = self.below.get(relation.name()).into_iter().flatten();
        parts.map(|part| self.size(part, seen)).try_fold(own, |sum, part| {
            let part = part?;
            let rows = sum.rows.zip(part.rows);
            Some(Size {
                rows: rows.map(|(sum, part)| sum.saturating_add(part)),
                bytes: sum.bytes.saturating_add(part.bytes),
                index_bytes: sum.index_bytes.saturating_add(part.index_bytes),
            })
        })
    }

    /// A partitioned table holds no rows of its own, and statistics do not name it.
    fn is_partitioned(&self, relation: &Id) -> bool {
        let name = split_name(relation.name());
        let [schema, table] = name.as_slice() else { return false };
        let table = self.situation.from.find_table(schema, table);
        table.is_some_and(|table| table.partition_by.is_some())
    }
}

/// Nothing.
const EMPTY: Size = Size { rows: Some(0), bytes: 0, index_bytes: 0 };

/// What a statement does with rows.
fn work(action: &Action) -> Work {
    let has = |wanted| action.hazards.iter().any(|(hazard, _)| *hazard == wanted);
    let fills = action.verb == Verb::Create && action.object.kind() == "materialized_view";
    match action.effect {
        _ if has(Hazard::UnknownEffects) => Work::Query,
        Effect::Scan if fills => Work::Query,
        Effect::Rewrite => Work::Rewrite,
        _ if has(Hazard::TableRewrite) => Work::Rewrite,
        Effect::Scan if has(Hazard::IndexBuild) => Work::IndexBuild,
        Effect::Scan => Work::Scan,
        Effect::Catalog => Work::Catalog,
    }
}

/// How long that takes with a relation; without one there are no rows yet.
fn takes(work: Work, relation: Option<&Concerned>) -> TimeRange {
    if work == Work::Query {
        return TimeRange::UNKNOWN;
    }
    let Some(relation) = relation.filter(|_| work != Work::Catalog) else {
        return TimeRange::STATEMENT;
    };
    let (Some(bytes), Some(index_bytes)) = (relation.bytes, relation.index_bytes) else {
        return TimeRange::UNKNOWN;
    };
    match work {
        Work::Catalog | Work::Query => TimeRange::STATEMENT,
        Work::Scan => TimeRange::of_bytes(bytes, |speed| speed.scan),
        Work::IndexBuild => TimeRange::of_bytes(bytes, |speed| speed.index_build),
        Work::Rewrite => {
            TimeRange::of_bytes(bytes.saturating_add(index_bytes), |speed| speed.rewrite)
        }
    }
}
