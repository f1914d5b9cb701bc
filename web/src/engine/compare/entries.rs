//! The objects of a comparison: those that differ at once, all of them when somebody asks for an
//! equal one. Nearly all objects of two large databases are equal, and the first rows show none.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use pgparity_core::diff::{Change, ChangeKind, Drift};
use pgparity_core::model::Id;
use pgparity_core::objects::{AnyObject, Kind, Table};
use pgparity_core::snapshot::{ObjectInfo, Snapshot};

use crate::protocol::{Counts, Status};

/// Where objects stand that are in no schema.
const DATABASE: &str = "(database)";

/// One object as it takes part in the comparison.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct Entry {
    /// Its identity.
    pub id: Id,
    /// Its kind.
    pub kind: Kind,
    /// Its schema.
    pub schema: Option<String>,
    /// What it belongs to.
    pub parent: Option<Id>,
    /// Its name without the schema.
    pub name: String,
    /// Its status.
    pub status: Status,
}

/// Objects by identity.
pub(in crate::engine) type ById = BTreeMap<Id, Entry>;

/// The objects of a comparison.
#[derive(Default)]
pub(in crate::engine) struct Entries {
    /// What differs, or would without rules, and all that it is part of.
    differing: ById,
    /// The desired state, which has every other object.
    to: Rc<Snapshot>,
    all: OnceCell<ById>,
    parts: OnceCell<BTreeMap<Id, Vec<Id>>>,
    /// All of them by schema, as filters spell it.
    by_schema: BTreeMap<String, Counts>,
    /// All of them by kind.
    by_kind: BTreeMap<Kind, Counts>,
}

impl Entries {
    /// The objects of a comparison. `unruled` is the drift without rules, where any is on.
    pub(super) fn of(
        (from, to): (&Snapshot, &Rc<Snapshot>),
        drift: &Drift,
        unruled: Option<&Drift>,
    ) -> Entries {
        let mut differing: ById =
            drift.changes.iter().map(|change| (change.id.clone(), changed(change))).collect();
        // A change of a whole table stands for its columns too.
        for (side, change, of) in
            [(&**to, ChangeKind::Create, Status::Missing), (from, ChangeKind::Drop, Status::Extra)]
        {
            let wholes = drift.changes.iter().filter(|whole| whole.change == change);
            for table in wholes.filter_map(|whole| table(side, &whole.id)) {
                for column in columns(table, of) {
                    differing.entry(column.id.clone()).or_insert(column);
                }
            }
        }
        let shown: BTreeSet<&Id> = drift.changes.iter().map(|change| &change.id).collect();
        let hidden = unruled.into_iter().flat_map(|unruled| &unruled.changes);
        let hidden: Vec<&Change> = hidden.filter(|change| !shown.contains(&change.id)).collect();
        for change in &hidden {
            let entry = Entry { status: Status::Hidden, ..changed(change) };
            differing.insert(change.id.clone(), entry);
        }
        let gone = hidden.iter().filter(|change| change.change == ChangeKind::Drop);
        let gone: BTreeSet<&Id> = gone.map(|change| &change.id).collect();
        let (by_schema, by_kind) = counts(to, &differing, &gone);
        let wholes = wholes(to, &differing);
        differing.extend(wholes.into_iter().map(|whole| (whole.id.clone(), whole)));
        let to = to.clone();
        Entries { differing, to, by_schema, by_kind, ..Entries::default() }
    }

    /// What differs, or would without rules, and all that it is part of.
    pub(super) fn differing(&self) -> &ById {
        &self.differing
    }

    /// All objects.
    pub(in crate::engine) fn all(&self) -> &ById {
        self.all.get_or_init(|| {
            let equal = self.to.objects().filter(|object| !self.differing.contains_key(&object.id));
            let equal = equal.map(|object| (object.id.clone(), unchanged(object)));
            self.differing.clone().into_iter().chain(equal).collect()
        })
    }

    /// Whether all objects are at hand.
    pub(super) fn has_all(&self) -> bool {
        self.all.get().is_some()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.counts().total()
    }

    /// One of them.
    pub(in crate::engine) fn get(&self, id: &Id) -> Option<&Entry> {
        self.differing.get(id).or_else(|| self.all().get(id))
    }

    /// The parts of an object, in the order of their identities.
    pub(in crate::engine) fn parts(&self, id: &Id) -> &[Id] {
        let parts = self.parts.get_or_init(|| {
            let mut parts: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
            for entry in self.all().values() {
                if let Some(parent) = &entry.parent {
                    parts.entry(parent.clone()).or_default().push(entry.id.clone());
                }
            }
            parts
        });
        parts.get(id).map_or(&[], Vec::as_slice)
    }

    /// An object and all that it is part of.
    pub(super) fn line<'a>(&'a self, id: &'a Id) -> impl Iterator<Item = &'a Id> {
        std::iter::successors(Some(id), |id| self.get(id)?.parent.as_ref())
    }

    /// All of them by status.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.by_kind.values().for_each(|kind| counts.join(*kind));
        counts
    }

    /// All of them by schema, as filters spell it.
    pub(super) fn by_schema(&self) -> impl Iterator<Item = (&str, Counts)> {
        self.by_schema.iter().map(|(schema, counts)| (schema.as_str(), *counts))
    }

    /// All of them by kind.
    pub(super) fn by_kind(&self) -> impl Iterator<Item = (Kind, Counts)> {
        self.by_kind.iter().map(|(kind, counts)| (*kind, *counts))
    }
}

/// The counts by schema and by kind: all that `to` has is equal, but for what differs. `gone` is what
/// rules hide and only `from` has.
fn counts(
    to: &Snapshot,
    differing: &ById,
    gone: &BTreeSet<&Id>,
) -> (BTreeMap<String, Counts>, BTreeMap<Kind, Counts>) {
    let mut by_schema: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut by_kind: BTreeMap<Kind, Counts> = BTreeMap::new();
    for object in to.objects.iter() {
        let columns = object.as_any().downcast_ref::<Table>().map_or(0, |t| t.columns.len());
        by_schema.entry(spelled(object.schema())).or_default().same += 1 + columns;
        by_kind.entry(object.kind()).or_default().same += 1;
        if columns > 0 {
            by_kind.entry(Kind::Column).or_default().same += columns;
        }
    }
    for entry in differing.values() {
        let schema = by_schema.entry(schema_name(entry)).or_default();
        for counts in [schema, by_kind.entry(entry.kind).or_default()] {
            if entry.status != Status::Extra && !gone.contains(&entry.id) {
                counts.same = counts.same.saturating_sub(1);
            }
            counts.add(entry.status);
        }
    }
    let by_schema = by_schema.into_iter().map(|(schema, counts)| (schema.to_owned(), counts));
    (by_schema.collect(), by_kind)
}

/// What these objects are part of and is not among them: it is equal.
fn wholes(to: &Snapshot, parts: &ById) -> Vec<Entry> {
    let mut wholes: BTreeMap<Id, Entry> = BTreeMap::new();
    let mut next: Vec<Id> = parts.values().filter_map(|part| part.parent.clone()).collect();
    while let Some(id) = next.pop() {
        if parts.contains_key(&id) || wholes.contains_key(&id) {
            continue;
        }
        let Some(object) = to.find(&id) else { continue };
        let whole = Entry {
            id: id.clone(),
            kind: object.kind(),
            schema: object.schema().map(str::to_owned),
            parent: object.parent(),
            name: object.display_name(),
            status: Status::Same,
        };
        next.extend(whole.parent.clone());
        wholes.insert(id, whole);
    }
    wholes.into_values().collect()
}

/// A table by its identity.
fn table<'s>(side: &'s Snapshot, id: &Id) -> Option<&'s Table> {
    side.find(id)?.as_any().downcast_ref()
}

/// The columns of a table that is on one side only.
fn columns(table: &Table, status: Status) -> impl Iterator<Item = Entry> {
    let parent = AnyObject::id(table);
    table.columns.iter().map(move |column| Entry {
        id: column.id(&table.schema, &table.name),
        kind: Kind::Column,
        schema: Some(table.schema.to_string()),
        parent: Some(parent.clone()),
        name: column.name.to_string(),
        status,
    })
}

/// An object that is equal on both sides.
fn unchanged(object: ObjectInfo) -> Entry {
    let ObjectInfo { id, kind, schema, parent, name } = object;
    Entry { id, kind, schema, parent, name, status: Status::Same }
}

/// An object that differs.
fn changed(change: &Change) -> Entry {
    Entry {
        id: change.id.clone(),
        kind: change.kind,
        schema: change.schema.clone(),
        parent: change.parent.clone(),
        name: change.name.clone(),
        status: status(change.change),
    }
}

/// The status of a change.
pub(in crate::engine) fn status(change: ChangeKind) -> Status {
    match change {
        ChangeKind::Create => Status::Missing,
        ChangeKind::Drop => Status::Extra,
        ChangeKind::Alter => Status::Changed,
        ChangeKind::Rename => Status::Renamed,
    }
}

/// The schema of an entry as filters spell it.
pub(super) fn schema_name(entry: &Entry) -> &str {
    spelled(entry.schema.as_deref())
}

fn spelled(schema: Option<&str>) -> &str {
    schema.unwrap_or(DATABASE)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "samples that are no snapshots fail the test")]

    use pgparity_core::diff::{DiffOptions, IgnorePreset, RenameAnswer, RenameDecision, diff};
    use pgparity_core::snapshot;

    use super::super::rules;
    use super::*;

    fn sample(bytes: &[u8]) -> Rc<Snapshot> {
        match snapshot::read(bytes) {
            Ok(snapshot) => Rc::new(snapshot),
            Err(error) => panic!("{error}"),
        }
    }

    /// Every object of both sides, one by one.
    fn one_by_one(from: &Snapshot, to: &Snapshot, drift: &Drift, unruled: &Drift) -> ById {
        let mut found: ById =
            drift.changes.iter().map(|change| (change.id.clone(), changed(change))).collect();
        let goes_with = |found: &ById, object: &ObjectInfo, status| {
            let whole = object.parent.as_ref().and_then(|parent| found.get(parent));
            whole.is_some_and(|whole| whole.status == status)
        };
        for object in to.objects() {
            let missing = goes_with(&found, &object, Status::Missing);
            let status = if missing { Status::Missing } else { Status::Same };
            let entry = Entry { status, ..unchanged(object) };
            found.entry(entry.id.clone()).or_insert(entry);
        }
        for object in from.objects() {
            if goes_with(&found, &object, Status::Extra) {
                let entry = Entry { status: Status::Extra, ..unchanged(object) };
                found.entry(entry.id.clone()).or_insert(entry);
            }
        }
        let shown: BTreeSet<&Id> = drift.changes.iter().map(|change| &change.id).collect();
        for change in unruled.changes.iter().filter(|change| !shown.contains(&change.id)) {
            let entry = Entry { status: Status::Hidden, ..changed(change) };
            found.insert(change.id.clone(), entry);
        }
        found
    }

    #[test]
    fn what_differs_and_all_of_them_are_those_found_one_by_one() {
        let from = sample(include_bytes!("../../../samples/production.json"));
        let to = sample(include_bytes!("../../../samples/development.json"));
        let candidates = diff(&from, &to, &DiffOptions::default()).rename_candidates;
        let answers = candidates.into_iter().map(|pair| RenameDecision {
            from: pair.from,
            to: pair.to,
            answer: RenameAnswer::Rename,
        });
        let (none, answers) = (Vec::new(), answers.collect::<Vec<_>>());
        assert!(!answers.is_empty());
        let mut rules_on: Vec<BTreeSet<IgnorePreset>> =
            IgnorePreset::ALL.into_iter().map(|preset| [preset].into()).collect();
        rules_on.extend([BTreeSet::new(), IgnorePreset::ALL.into()]);
        for (from, to) in [(&from, &to), (&to, &from)] {
            for (renames, on) in
                [&none, &answers].into_iter().flat_map(|a| rules_on.iter().map(move |on| (a, on)))
            {
                let decided = DiffOptions { decisions: renames.clone(), ..DiffOptions::default() };
                let unruled = diff(from, to, &decided);
                let drift = rules::diff(from, to, renames, on);
                let entries = Entries::of((from, to), &drift, Some(&unruled));
                let expected = one_by_one(from, to, &drift, &unruled);
                assert_eq!(entries.len(), expected.len());
                for entry in expected.values().filter(|entry| entry.status != Status::Same) {
                    assert_eq!(entries.differing().get(&entry.id), Some(entry), "{on:?}");
                    let whole = entry.parent.as_ref().filter(|id| expected.contains_key(id));
                    assert!(whole.is_none_or(|id| entries.differing().contains_key(id)));
                }
                let mut counts = (BTreeMap::new(), BTreeMap::new());
                for entry in expected.values() {
                    let schema = counts.0.entry(schema_name(entry)).or_insert(Counts::default());
                    schema.add(entry.status);
                    let kind = counts.1.entry(entry.kind).or_insert(Counts::default());
                    kind.add(entry.status);
                }
                assert_eq!(entries.by_schema().collect::<BTreeMap<_, _>>(), counts.0, "{on:?}");
                assert_eq!(entries.by_kind().collect::<BTreeMap<_, _>>(), counts.1, "{on:?}");
                assert!(!entries.has_all(), "nobody has asked for an equal one");
                assert_eq!(*entries.all(), expected, "{on:?}");
            }
        }
    }
}
