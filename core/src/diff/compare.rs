//! Matching by identity and comparing attribute by attribute.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::harmonize::harmonized;
use super::ignore::{IgnoreRule, Ignorer};
use super::notes::Told;
use super::{AttributeChange, Change, ChangeKind, Drift, RenameDecision, Total};
use super::{candidates, notes, rename};
use crate::migrations::{self, Folder};
use crate::model::{Id, Text};
use crate::objects::{
    AnyObject, Column, Constraint, ConstraintType, Index, Kind, NotNull, Objects, Table,
};
use crate::snapshot::Snapshot;
use crate::sql::equal_but_for_white_space;

/// How to compare.
#[derive(Clone, Debug, Default)]
pub struct DiffOptions {
    /// What somebody decided about renames.
    pub decisions: Vec<RenameDecision>,
    /// Differences to leave out, and to count.
    pub ignore: Vec<IgnoreRule>,
    /// The files of migrations to hold the histories against.
    pub migrations: Option<Folder>,
}

impl DiffOptions {
    /// The same for the way back.
    #[must_use]
    pub fn reversed(&self) -> DiffOptions {
        let decisions = self.decisions.iter().map(RenameDecision::reversed).collect();
        DiffOptions { decisions, ignore: self.ignore.clone(), migrations: self.migrations.clone() }
    }
}

/// All that leads from one snapshot to another.
pub fn diff(from: &Snapshot, to: &Snapshot, options: &DiffOptions) -> Drift {
    diff_telling(from, to, options, &mut |_, _| ())
}

/// The same; `told` hears now and then how many of the pairs that are not equal are compared, and how
/// many there are.
pub fn diff_telling(
    from: &Snapshot,
    to: &Snapshot,
    options: &DiffOptions,
    told: &mut dyn FnMut(usize, usize),
) -> Drift {
    let renames = rename::confirmed(from, to, &options.decisions);
    let renamed = rename::after_renames(from, &renames);
    let (left, right) = harmonized(&renamed, to);
    let mut comparison = Comparison::new(&options.ignore, &left.objects);
    comparison.compare(&left.objects, &right.objects, told);
    for decision in &renames {
        comparison.renamed(decision, to);
    }
    let mut changes = comparison.changes;
    changes.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    let folder = options.migrations.as_ref();
    let migrations = migrations::compare(from, to, folder, !changes.is_empty());
    Drift {
        from: from.side(),
        to: to.side(),
        totals: comparison.totals.into_values().collect(),
        rename_candidates: candidates::find(&left, &right, &changes, &|from, to| {
            let original = rename::original_id(from, &renames);
            let decided = |d: &RenameDecision| d.from == original && d.to == *to;
            (!options.decisions.iter().any(decided)).then_some(original)
        }),
        changes,
        ignored: comparison.ignorer.counts(),
        notes: notes::of(from, to, &comparison.told),
        migrations,
    }
}

/// By schema, then by the object that it belongs to, then kind and name.
fn sort_key(change: &Change) -> (Cow<'_, str>, Cow<'_, str>, bool, Kind, &str) {
    let schema = match change.kind {
        Kind::Schema => &change.name,
        _ => change.schema.as_deref().unwrap_or_default(),
    };
    let whole = change.parent.as_ref().unwrap_or(&change.id);
    (schema.into(), whole.name().into(), change.parent.is_some(), change.kind, &change.name)
}

/// What depends on what follows from the definitions.
const NOT_COMPARED: &[&str] = &["depends_on", "expression_depends_on"];

/// After how many pairs it is told how many are compared.
const TOLD: usize = 256;

struct Comparison<'r> {
    before: &'r Objects,
    totals: BTreeMap<Kind, Total>,
    changes: Vec<Change>,
    ignorer: Ignorer<'r>,
    told: Told,
}

impl<'r> Comparison<'r> {
    fn new(rules: &'r [IgnoreRule], before: &'r Objects) -> Self {
        Comparison {
            before,
            totals: BTreeMap::new(),
            changes: Vec::new(),
            ignorer: Ignorer::new(rules),
            told: Told::default(),
        }
    }

    fn compare(&mut self, from: &Objects, to: &Objects, told: &mut dyn FnMut(usize, usize)) {
        let mut pairs = Vec::new();
        let mut same: BTreeMap<Kind, usize> = BTreeMap::new();
        let mut same_columns = 0;
        Objects::differing(from, to, &mut |a, b| pairs.push((a, b)), &mut |kind, object| {
            *same.entry(kind).or_default() += 1;
            if let Some(table) = object.as_any().downcast_ref::<Table>() {
                same_columns += table.columns.len();
            }
        });
        for (kind, count) in same {
            self.count(kind, |total| (total.from, total.to, total.same) = (count, count, count));
        }
        if same_columns > 0 {
            let n = same_columns;
            self.count(Kind::Column, |total| (total.from, total.to, total.same) = (n, n, n));
        }
        let all = pairs.len();
        for (at, (a, b)) in pairs.into_iter().enumerate() {
            if at % TOLD == 0 {
                told(at, all);
            }
            match (a, b) {
                (Some(a), Some(b)) => self.both(a, b),
                (Some(a), None) => self.one_side(a, ChangeKind::Drop),
                (None, Some(b)) => self.one_side(b, ChangeKind::Create),
                (None, None) => {}
            }
        }
    }

    fn count(&mut self, kind: Kind, change: impl FnOnce(&mut Total)) {
        let total = self.totals.entry(kind).or_insert(Total {
            kind,
            from: 0,
            to: 0,
            same: 0,
            created: 0,
            dropped: 0,
            altered: 0,
            renamed: 0,
        });
        change(total);
    }

    fn one_side(&mut self, object: &dyn AnyObject, change: ChangeKind) {
        let kind = object.kind();
        let columns =
            object.as_any().downcast_ref::<Table>().map_or(0, |table| table.columns.len());
        let ignored = self.ignorer.whole(kind, &object.id());
        let add = |total: &mut Total, n: usize| {
            match change {
                ChangeKind::Create => total.to += n,
                _ => total.from += n,
            }
            match change {
                _ if ignored => {}
                ChangeKind::Create => total.created += n,
                _ => total.dropped += n,
            }
        };
        self.count(kind, |total| add(total, 1));
        if columns > 0 {
            self.count(Kind::Column, |total| add(total, columns));
        }
        if !ignored {
            self.changes.push(of_object(object, change, Vec::new()));
        }
    }

    fn both(&mut self, a: &dyn AnyObject, b: &dyn AnyObject) {
        let (mut before, mut after) = (a.properties(), b.properties());
        if let (Some(from), Some(to)) =
            (a.as_any().downcast_ref::<Table>(), b.as_any().downcast_ref::<Table>())
        {
            before.remove("columns");
            after.remove("columns");
            self.columns(from, to);
        }
        // No statement makes an index invalid, and nobody wants one: a build failed in `to`.
        if b.as_any().downcast_ref::<Index>().is_some_and(|index| index.invalid) {
            before.remove("invalid");
            after.remove("invalid");
        }
        let mut attributes = self.attributes(b.kind(), &b.id(), &before, &after);
        // The same for a check that a child table had by itself beside its parent's.
        if let Some(check) = b.as_any().downcast_ref::<Constraint>()
            && check.kind_of() == ConstraintType::Check
            && a.attached_to().is_none()
            && check.attached_to.as_ref().is_some_and(|above| self.before.find(above).is_some())
        {
            let many = attributes.len();
            attributes.retain(|change| change.name != "attached_to");
            if attributes.len() < many {
                self.told.local.push(b.id());
            }
        }
        let differs = !attributes.is_empty();
        self.count(b.kind(), |total| {
            total.from += 1;
            total.to += 1;
            *(if differs { &mut total.altered } else { &mut total.same }) += 1;
        });
        if differs {
            self.changes.push(of_object(b, ChangeKind::Alter, attributes));
        }
    }

    /// The attributes that differ and that no rule hides.
    fn attributes(
        &mut self,
        kind: Kind,
        id: &Id,
        before: &Map<String, Value>,
        after: &Map<String, Value>,
    ) -> Vec<AttributeChange> {
        let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
        names.sort();
        names.dedup();
        let mut changes = Vec::new();
        for name in names {
            if NOT_COMPARED.contains(&name.as_str()) {
                continue;
            }
            let (from, to) = (before.get(name), after.get(name));
            if from == to {
                continue;
            }
            let change = AttributeChange {
                name: name.clone(),
                from: from.cloned().unwrap_or(Value::Null),
                to: to.cloned().unwrap_or(Value::Null),
                white_space: name == "body" && white_space_alone(before, after),
            };
            if !self.ignorer.attribute(kind, id, &change) {
                changes.push(change);
            }
        }
        changes
    }

    fn columns(&mut self, from: &Table, to: &Table) {
        let table = crate::objects::Object::id(to);
        let by_name = |columns: &[Column]| -> BTreeMap<Text, usize> {
            columns.iter().enumerate().map(|(at, c)| (c.name.clone(), at)).collect()
        };
        let (old, new) = (by_name(&from.columns), by_name(&to.columns));
        let mut places = Vec::new();
        for column in &to.columns {
            match old.get(&column.name).and_then(|at| from.columns.get(*at).map(|c| (at, c))) {
                Some((at, before)) => {
                    places.push(*at);
                    self.column(to, &table, before, column);
                }
                None => self.column_on_one_side(to, &table, column, ChangeKind::Create),
            }
        }
        for column in from.columns.iter().filter(|column| !new.contains_key(&column.name)) {
            self.column_on_one_side(to, &table, column, ChangeKind::Drop);
        }
        if !places.is_sorted() {
            self.told.reordered.push(table);
        }
    }

    fn column(&mut self, table: &Table, parent: &Id, from: &Column, to: &Column) {
        let id = to.id(&table.schema, &table.name);
        let attributes = if from == to {
            Vec::new()
        } else {
            let (before, after) = (column_properties(from), column_properties(to));
            let mut changes = self.attributes(Kind::Column, &id, &before, &after);
            // No statement makes a table forget that it once had the column by itself; its NOT NULL
            // keeps the name that it had then.
            let nameless = |column: &Column| {
                let of = column.not_null_constraint.clone().unwrap_or_default();
                NotNull { name: None, ..*of }
            };
            let named = to.not_null && from.not_null && nameless(from) == nameless(to);
            // Whether it has the constraint from a parent or by itself too, the name is the same.
            if named && from.not_null_name(table) == to.not_null_name(table) {
                let of_name =
                    |name: &str| crate::objects::not_null_names::ATTRIBUTES.contains(&name);
                changes.retain(|change| !of_name(&change.name));
            }
            if to.inherited && !from.inherited {
                let own =
                    |name: &str| name == "inherited" || named && name == "not_null_constraint";
                changes.retain(|change| !own(&change.name));
                self.told.local.push(id.clone());
            }
            // A partition is detached meanwhile; a child table would have the column by itself then.
            if table.partition_of.is_none() {
                let many = changes.len();
                changes.retain(|change| change.name != "inherited_not_null");
                if changes.is_empty() && many > 0 {
                    self.told.names.push(id.clone());
                }
            }
            changes
        };
        let differs = !attributes.is_empty();
        self.count(Kind::Column, |total| {
            total.from += 1;
            total.to += 1;
            *(if differs { &mut total.altered } else { &mut total.same }) += 1;
        });
        if differs {
            self.changes.push(of_column(table, parent, to, ChangeKind::Alter, attributes));
        }
    }

    fn column_on_one_side(
        &mut self,
        table: &Table,
        parent: &Id,
        column: &Column,
        change: ChangeKind,
    ) {
        let ignored = self.ignorer.whole(Kind::Column, &column.id(&table.schema, &table.name));
        self.count(Kind::Column, |total| {
            if change == ChangeKind::Create {
                total.to += 1;
                total.created += usize::from(!ignored);
            } else {
                total.from += 1;
                total.dropped += usize::from(!ignored);
            }
        });
        if !ignored {
            self.changes.push(of_column(table, parent, column, change, Vec::new()));
        }
    }

    /// Turns what is left of a renamed object into a rename.
    fn renamed(&mut self, decision: &RenameDecision, to: &Snapshot) {
        let existing = self.changes.iter_mut().find(|change| change.id == decision.to);
        let kind = if let Some(change) = existing {
            change.change = ChangeKind::Rename;
            change.from_id = Some(decision.from.clone());
            let kind = change.kind;
            self.count(kind, |total| total.altered = total.altered.saturating_sub(1));
            kind
        } else {
            let Some(info) = to.objects().find(|object| object.id == decision.to) else {
                return;
            };
            self.changes.push(Change {
                id: info.id,
                kind: info.kind,
                schema: info.schema,
                parent: info.parent,
                name: info.name,
                change: ChangeKind::Rename,
                from_id: Some(decision.from.clone()),
                attributes: Vec::new(),
            });
            self.count(info.kind, |total| total.same = total.same.saturating_sub(1));
            info.kind
        };
        self.count(kind, |total| total.renamed += 1);
    }
}

/// Whether two bodies differ in white space alone. Elsewhere than in SQL and PL/pgSQL it may have a meaning.
fn white_space_alone(before: &Map<String, Value>, after: &Map<String, Value>) -> bool {
    let text = |side: &'_ Map<String, Value>, name: &str| -> Option<String> {
        side.get(name)?.as_str().map(str::to_owned)
    };
    let language =
        text(before, "language").filter(|_| before.get("language") == after.get("language"));
    language.is_some_and(|language| matches!(language.as_str(), "sql" | "plpgsql"))
        && text(before, "body")
            .zip(text(after, "body"))
            .is_some_and(|(a, b)| equal_but_for_white_space(&a, &b))
}

fn column_properties(column: &Column) -> Map<String, Value> {
    match serde_json::to_value(column) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

fn of_object(
    object: &dyn AnyObject,
    change: ChangeKind,
    attributes: Vec<AttributeChange>,
) -> Change {
    Change {
        id: object.id(),
        kind: object.kind(),
        schema: object.schema().map(str::to_owned),
        parent: object.parent(),
        name: object.display_name(),
        change,
        from_id: None,
        attributes,
    }
}

fn of_column(
    table: &Table,
    parent: &Id,
    column: &Column,
    change: ChangeKind,
    attributes: Vec<AttributeChange>,
) -> Change {
    Change {
        id: column.id(&table.schema, &table.name),
        kind: Kind::Column,
        schema: Some(table.schema.to_string()),
        parent: Some(parent.clone()),
        name: column.name.to_string(),
        change,
        from_id: None,
        attributes,
    }
}
