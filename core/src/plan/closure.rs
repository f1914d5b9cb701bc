//! Which objects must be dropped and created again, because they cannot be altered or because
//! something that they depend on cannot.

use std::collections::{BTreeMap, BTreeSet};

use super::column_work::ColumnWork;
use super::index::{Dependent, Index, table_and_column};
use super::rows_elsewhere::RowsElsewhere;
use crate::action::{Action, Verb};
use crate::diff::{ChangeKind, Drift};
use crate::model::Id;
use crate::objects::{
    Alteration, AnyObject, Changed, Column, Constraint, Domain, Kind, Objects, Situation, Table,
    includes, is_away_meanwhile, is_foreign_key, not_null_again, on_table, parts_meanwhile,
    with_own_expressions,
};
use crate::sql::split_name;

/// What has to happen to objects that exist on both sides.
#[derive(Default)]
pub(super) struct Closure<'a> {
    /// In-place changes by object, in the order of the drift.
    pub(super) altered: Vec<(Id, Vec<Action>)>,
    /// Objects that are dropped and created again, with the reason.
    pub(super) replaced: BTreeMap<Id, String>,
    /// What made an object that did not change be replaced: the object that did.
    pub(super) cause: BTreeMap<Id, Id>,
    /// Types that columns are moved from, to the new type of the same name.
    pub(super) rebuilt_types: BTreeSet<Id>,
    /// Text search configurations that stay, and the dictionaries in them that are built anew.
    pub(super) remapped: BTreeMap<Id, BTreeSet<Id>>,
    /// Dictionaries and templates whose old form waits under another name meanwhile.
    pub(super) aside: BTreeSet<Id>,
    /// What PostgreSQL builds anew by itself, with a new type of a column.
    pub(super) taken_along: BTreeSet<Id>,
    /// Columns whose statements must be added: types built anew, defaults set anew.
    pub(super) columns: BTreeMap<Id, ColumnWork<'a>>,
    /// What has been found out about rows that are values elsewhere.
    pub(super) rows: RowsElsewhere<'a>,
}

/// How much of what depends on an object has to go while the object is worked on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// A column changes its type: PostgreSQL takes indexes and constraints along.
    Retyped,
    /// The object itself goes.
    Gone,
}

/// The state of the work.
pub(super) struct Worker<'a, 's> {
    pub(super) from: &'a Objects,
    pub(super) to: &'a Objects,
    pub(super) dropped: BTreeSet<&'s Id>,
    pub(super) closure: Closure<'a>,
    pub(super) queue: Vec<(Id, Reach)>,
    /// Types that go once columns have moved from them.
    left: BTreeSet<Id>,
}

/// Works out what must be replaced; those `anew` are, even if they could be altered.
pub(super) fn closure<'a>(
    situation: &Situation<'a>,
    drift: &Drift,
    index: &Index<'a>,
    anew: &BTreeSet<Id>,
) -> Closure<'a> {
    let (from, to) = (situation.from, situation.to);
    let dropped: BTreeSet<&Id> =
        drift.changes.iter().filter(|c| c.change == ChangeKind::Drop).map(|c| &c.id).collect();
    let closure = Closure::default();
    let mut worker =
        Worker { from, to, dropped, closure, queue: Vec::new(), left: BTreeSet::new() };
    worker.alter(situation, drift, anew);
    worker.away_meanwhile(situation);
    let created = drift.of_kind(ChangeKind::Create).chain(drift.of_kind(ChangeKind::Alter));
    created.for_each(|id| worker.unvalidated(id));
    for id in worker.dropped.clone() {
        worker.queue_whole(id);
    }
    let mut seen: BTreeSet<(Id, Reach)> = BTreeSet::new();
    let mut rows = RowsElsewhere::default();
    while let Some((id, reach)) = worker.next(&mut rows, situation, index) {
        if !seen.insert((id.clone(), reach)) {
            continue;
        }
        worker.queue_below(&id, reach, index);
        for user in index.dependents(&id) {
            worker.visit(&id, reach, user, situation);
        }
    }
    worker.move_what_is_inside();
    let mut closure = worker.closure;
    closure.rows = rows;
    let dropped = worker.dropped;
    closure.rebuilt_types.retain(|id| closure.replaced.contains_key(id) || dropped.contains(id));
    closure.remapped.retain(|id, _| !closure.replaced.contains_key(id));
    closure
}

impl<'a> Worker<'a, '_> {
    /// What the drift itself alters: in place, or not.
    fn alter(&mut self, situation: &Situation<'a>, drift: &Drift, anew: &BTreeSet<Id>) {
        let mut altered = altered_objects(drift);
        let mut known: BTreeSet<Id> = altered.iter().map(|(id, _)| id.clone()).collect();
        for (table, cause) in self.also_altered(situation, drift) {
            if known.insert(table.clone()) {
                altered.push((table.clone(), vec!["columns".to_owned()]));
                self.closure.cause.insert(table, cause);
            }
        }
        for (id, attributes) in altered {
            let (Some(a), Some(b)) = (self.from.find(&id), self.to.find(&id)) else { continue };
            let alteration = if anew.contains(&id) {
                Alteration::Replace("its change needs others that need it".to_owned())
            } else {
                a.alter(b, &Changed(attributes), situation)
            };
            match alteration {
                Alteration::InPlace(actions) => {
                    for action in &actions {
                        let gone = action.verb == Verb::Drop;
                        let reach = if gone { Reach::Gone } else { Reach::Retyped };
                        self.queue.extend(action.disturbs.iter().map(|id| (id.clone(), reach)));
                    }
                    self.closure.altered.push((id, actions));
                }
                Alteration::Replace(reason) => {
                    self.closure.replaced.insert(id.clone(), reason);
                    self.queue_whole(&id);
                }
            }
        }
    }

    /// Tables that something is done with for the sake of others, and for whose.
    fn also_altered(&self, situation: &Situation<'a>, drift: &Drift) -> Vec<(Id, Id)> {
        let again = situation.again.into_iter().flatten();
        let mut all: Vec<(Id, Id)> =
            again.map(|(of, for_it)| (of.clone(), for_it.clone())).collect();
        for id in drift.of_kind(ChangeKind::Create).filter(|id| id.kind() == "table") {
            let child = self.to.find(id).and_then(|child| child.as_any().downcast_ref::<Table>());
            let above = child.map(|child| not_null_again::above_new(child, situation));
            let above = above.into_iter().flatten().map(AnyObject::id);
            all.extend(above.map(|table| (table, id.clone())));
        }
        for change in drift.changes.iter().filter(|change| change.kind == Kind::Column) {
            let Some(table) = &change.parent else { continue };
            let changes = |name: &str| change.attributes.iter().any(|a| a.name == name);
            let mut below = Vec::new();
            if changes("not_null") {
                below = not_null_again::keep_theirs(table, &change.name, situation);
            }
            if changes("generated") {
                below.extend(with_own_expressions(table, &change.name, situation));
            }
            all.extend(below.into_iter().map(|child| (AnyObject::id(child), change.id.clone())));
        }
        all
    }

    /// Foreign keys into tables of which a partition is off for a while.
    fn away_meanwhile(&mut self, situation: &Situation<'a>) {
        let off = self.closure.altered.iter().filter(|(_, actions)| {
            actions.iter().any(|action| action.command == "ALTER TABLE … DETACH PARTITION")
        });
        let moving = off.filter_map(|(id, _)| self.from.find(id)?.as_any().downcast_ref::<Table>());
        let keys: Vec<(Id, Id, Id)> = moving
            .flat_map(|table| {
                let keys = table.leading_above(situation).into_iter();
                let keys = keys.filter(|key| key.attached_to.is_none());
                keys.filter(|key| is_away_meanwhile(key, situation)).filter_map(|key| {
                    let target = key.references.clone()?;
                    Some((AnyObject::id(key), AnyObject::id(table), target))
                })
            })
            .collect();
        for (key, table, target) in keys {
            if self.closure.replaced.contains_key(&key) {
                continue;
            }
            let why = format!("a partition of {} is off meanwhile", target.name());
            self.closure.replaced.insert(key.clone(), why);
            let root = self.closure.cause.get(&table).unwrap_or(&table).clone();
            self.closure.cause.insert(key.clone(), root);
            self.closure.altered.retain(|(altered, _)| *altered != key);
            self.queue_whole(&key);
        }
    }

    /// What is to be worked on next.
    fn next(
        &mut self,
        rows: &mut RowsElsewhere<'a>,
        situation: &Situation<'a>,
        index: &Index<'a>,
    ) -> Option<(Id, Reach)> {
        if self.queue.is_empty() {
            self.rows_wait(rows, situation, index);
            let tables = self.closure.replaced.keys().filter(|id| id.kind() == "table");
            let tables: Vec<Vec<String>> = tables.map(|id| split_name(id.name())).collect();
            for table in tables {
                let [schema, name] = table.as_slice() else { continue };
                let parts = on_table(&self.to.constraint, schema, name);
                parts.for_each(|check| self.unvalidated(&AnyObject::id(check)));
            }
        }
        self.queue.pop()
    }

    /// A check that is NOT VALID in a parent and in a table below is valid where that table comes
    /// later, and no statement takes it back: the parent's is added once more, which looks at no row.
    fn unvalidated(&mut self, check: &Id) {
        let find = |objects: &'a Objects, id: &Id| {
            let check = objects.find(id)?.as_any().downcast_ref::<Constraint>()?;
            check.not_valid.then_some(check)
        };
        let mut above = find(self.to, check).and_then(|check| check.attached_to.clone());
        while let Some(id) = above.take() {
            let Some(parent) = find(self.to, &id) else { break };
            above.clone_from(&parent.attached_to);
            let stays = above.is_none() && find(self.from, &id).is_some();
            if stays && !self.closure.replaced.contains_key(&id) {
                let why = "it would be valid in a table below that comes later".to_owned();
                self.closure.replaced.insert(id.clone(), why);
                self.queue_whole(&id);
            }
        }
    }

    /// An object goes; a table takes its columns along.
    pub(super) fn queue_whole(&mut self, id: &Id) {
        self.queue.push((id.clone(), Reach::Gone));
        if let Some(table) = self.from.find(id).and_then(|o| o.as_any().downcast_ref::<Table>()) {
            let root = self.closure.cause.get(id).unwrap_or(id).clone();
            for column in table.columns.iter().map(|c| c.id(&table.schema, &table.name)) {
                self.closure.cause.entry(column.clone()).or_insert_with(|| root.clone());
                self.queue.push((column, Reach::Gone));
            }
        }
    }

    /// What happens to a column happens to those of the tables below; one that goes may stay there.
    fn queue_below(&mut self, column: &Id, reach: Reach, index: &Index<'a>) {
        let parts = split_name(column.name());
        let ([schema, table, name], "column") = (parts.as_slice(), column.kind()) else { return };
        let has = |table: &Table| table.columns.iter().any(|c| c.name == *name);
        if reach == Reach::Retyped || self.to.find_table(schema, table).is_some_and(has) {
            for child in index.below(&Id::new("table", &[schema, table])) {
                let id = Id::new("column", &[&child.schema, &child.name, name]);
                self.queue.push((id, reach));
            }
        }
    }

    /// Something that depends on an object that is worked on.
    fn visit(&mut self, id: &Id, reach: Reach, user: Dependent<'a>, situation: &Situation<'a>) {
        let user_id = user.id();
        if self.dropped.contains(&user_id) || self.closure.replaced.contains_key(&user_id) {
            return;
        }
        let root = self.closure.cause.get(id).cloned().unwrap_or_else(|| id.clone());
        match user {
            Dependent::Object(object) => {
                let dropped = self.dropped.contains(id);
                if reach == Reach::Retyped && includes(object, id) {
                    self.queue.push((user_id.clone(), reach));
                }
                // What is gone from `to` goes with its table or by a step of its own.
                let goes = must_go(object, id, reach, &self.closure, dropped)
                    || reach == Reach::Retyped && self.parts_meanwhile(object);
                if !goes || self.to.find(&user_id).is_none() {
                    if reach == Reach::Retyped {
                        self.closure.taken_along.insert(user_id);
                    }
                    return;
                }
                if object.kind() == Kind::TextSearchConfiguration && self.move_aside(id) {
                    let dictionaries = self.closure.remapped.entry(user_id).or_default();
                    dictionaries.insert(id.clone());
                    return;
                }
                if let Some(actions) = self.calling_again(object, id, situation) {
                    self.closure.altered.retain(|(altered, _)| *altered != user_id);
                    self.closure.altered.push((user_id.clone(), actions));
                    self.closure.cause.insert(user_id, root);
                    return;
                }
                let why = format!("it depends on {}, which is {}", id.name(), word(reach));
                self.closure.taken_along.remove(&user_id);
                self.closure.replaced.insert(user_id.clone(), why);
                self.closure.cause.insert(user_id.clone(), root);
                self.closure.altered.retain(|(altered, _)| *altered != user_id);
                self.queue_whole(&user_id);
            }
            Dependent::Column { table, column, expression } => {
                self.visit_column(id, reach, (table, column, expression), user_id, root);
            }
        }
    }

    /// A foreign key between columns whose types cannot be compared in between.
    fn parts_meanwhile(&self, object: &dyn AnyObject) -> bool {
        let columns = &self.closure.columns;
        let rebuilt = |column: &Id| columns.get(column).is_some_and(|work| work.retype);
        parts_meanwhile(object, self.from, self.to, &rebuilt)
    }

    /// What a domain does without a function that is built anew: it stays, and so do columns of it.
    fn calling_again(
        &self,
        object: &dyn AnyObject,
        called: &Id,
        situation: &Situation<'a>,
    ) -> Option<Vec<Action>> {
        let domain = object.as_any().downcast_ref::<Domain>();
        let domain = domain.filter(|_| matches!(called.kind(), "function" | "operator"))?;
        let to = self.to.find(&object.id())?.as_any().downcast_ref::<Domain>()?;
        domain.calling_again(to, situation)
    }

    /// No column of a partition key gets another type: the table is built anew.
    fn replace_split(&mut self, table: &Table, column: &str, root: Id) {
        let id = AnyObject::id(table);
        if self.closure.replaced.contains_key(&id) || self.to.find(&id).is_none() {
            return;
        }
        let why = format!("the type of {column}, of its partition key, is built anew");
        self.closure.replaced.insert(id.clone(), why);
        self.closure.cause.insert(id.clone(), root);
        self.closure.altered.retain(|(altered, _)| *altered != id);
        self.queue_whole(&id);
    }

    fn visit_column(
        &mut self,
        id: &Id,
        reach: Reach,
        (table, column, expression): (&'a Table, &'a Column, bool),
        user_id: Id,
        root: Id,
    ) {
        let Some((_, after)) = table_and_column(self.to, table, &column.name) else { return };
        // Before 15 the column itself hangs on the functions of its expression.
        let expression = expression || column.generated.is_some() && id.kind() == "function";
        let (dropped, parks) = (self.dropped.contains(id), self.parks(id));
        if reach == Reach::Retyped && expression && column.generated.is_none() {
            return;
        }
        if dropped && moves_away(column, after, id, expression) {
            if !expression && !parks {
                self.left.insert(id.clone());
            }
            return;
        }
        if !expression && table.is_split_by(&column.name) {
            self.replace_split(table, &column.name, root);
            return;
        }
        let work = ColumnWork::new(table, column, after);
        let work = self.closure.columns.entry(user_id.clone()).or_insert(work);
        work.stays |= expression && after.expression_depends_on.contains(id);
        if expression && column.generated.is_some() {
            work.replace = true;
            self.queue.push((user_id.clone(), Reach::Gone));
        } else if expression {
            work.reset_default = true;
        } else {
            work.retype = true;
            work.reset_default |= column.default.is_some();
            if parks {
                work.park = true;
                self.queue.push((user_id.clone(), Reach::Gone));
            } else {
                self.closure.rebuilt_types.insert(id.clone());
                self.queue.push((user_id.clone(), Reach::Retyped));
            }
        }
        self.closure.cause.insert(user_id, root);
    }
}

impl Worker<'_, '_> {
    /// Lets the old form of a dictionary wait under another name, so that configurations can change
    /// over to the new one. Not possible where the old form needs something that is built anew,
    /// and a name that cannot be there twice.
    fn move_aside(&mut self, dictionary: &Id) -> bool {
        let replaced = |id: &Id| self.closure.replaced.contains_key(id);
        let needs =
            |id: &Id| self.from.find(id).map(|o| o.attached().depends_on).unwrap_or_default();
        if dictionary.kind() != "text_search_dictionary" || !replaced(dictionary) {
            return false;
        }
        let templates: Vec<Id> =
            needs(dictionary).iter().filter(|id| replaced(id)).cloned().collect();
        let stuck = |template: &Id| {
            template.kind() != "text_search_template" || needs(template).iter().any(replaced)
        };
        if templates.iter().any(stuck) {
            return false;
        }
        self.closure.aside.insert(dictionary.clone());
        self.closure.aside.extend(templates);
        true
    }

    /// The old form of a type that columns are moved from needs the old form of what it is made of.
    fn move_what_is_inside(&mut self) {
        let moved_from = self.closure.rebuilt_types.union(&self.left);
        let mut queue: Vec<Id> = moved_from.cloned().collect();
        while let Some(outer) = queue.pop() {
            let Some(object) = self.from.find(&outer) else { continue };
            for inner in object.attached().depends_on {
                let is_type = matches!(inner.kind(), "enum" | "composite" | "domain");
                let replaced = self.closure.replaced.contains_key(inner) && !self.parks(inner);
                if is_type && replaced && self.closure.rebuilt_types.insert(inner.clone()) {
                    queue.push(inner.clone());
                }
            }
        }
    }

    /// True for a type of which the old and the new one cannot be there at the same time: a range
    /// type has functions of its name, a base type those that read and write it, an extension has
    /// more than one type, a domain may call a function. What is made of such a type goes with it.
    fn parks(&self, id: &Id) -> bool {
        let goes = |on: &Id| self.closure.replaced.contains_key(on) || self.dropped.contains(on);
        match id.kind() {
            "range" | "base_type" | "extension" => true,
            "domain" | "composite" => self.from.find(id).is_some_and(|object| {
                // Both forms of a domain cannot use functions of one name.
                let calls = |on: &Id| on.kind() == "function" && !self.dropped.contains(on);
                let on = object.attached().depends_on.iter();
                on.filter(|on| goes(on)).any(|on| calls(on) || self.parks(on))
            }),
            _ => false,
        }
    }
}

/// True when the drift itself moves a column away from what is dropped, and what its type, or its
/// expression, depends on.
fn moves_away(from: &Column, to: &Column, dropped: &Id, expression: bool) -> bool {
    if expression {
        let differs = from.default != to.default || from.generated != to.generated;
        return differs && !to.expression_depends_on.contains(dropped);
    }
    from.data_type != to.data_type && !to.depends_on.contains(dropped)
}

fn word(reach: Reach) -> &'static str {
    match reach {
        Reach::Retyped => "given another type",
        Reach::Gone => "dropped or built anew",
    }
}

/// True when an object cannot stay while something that it depends on is worked on.
fn must_go(
    object: &dyn AnyObject,
    on: &Id,
    reach: Reach,
    closure: &Closure<'_>,
    dropped: bool,
) -> bool {
    let kind = object.kind();
    // PostgreSQL builds these anew by itself; a statistics object loses its owner and its target, an
    // index the extension that it depends on.
    let taken_along = matches!(kind, Kind::Index | Kind::Constraint)
        && object.attached().depends_on_extensions.is_empty()
        && (on.kind() == "column" || !is_foreign_key(object));
    if reach == Reach::Retyped && taken_along {
        return false;
    }
    // PostgreSQL looks at the columns of a trigger's UPDATE OF list and WHEN only.
    if kind == Kind::Sequence {
        return false;
    }
    if !dropped {
        return true;
    }
    // A statement of its own lets go of an extension that would take it along.
    let attached = object.attached();
    if attached.depends_on_extensions.contains(on) && !attached.depends_on.contains(on) {
        return false;
    }
    // The drift itself may lead the object away from what is dropped, in place.
    let id = object.id();
    let in_place = closure.altered.iter().any(|(altered, actions)| {
        *altered == id && actions.iter().any(|action| action.releases.contains(on))
    });
    !in_place
}

/// Objects that the drift alters, with the names of the attributes; columns count for their table.
fn altered_objects(drift: &Drift) -> Vec<(Id, Vec<String>)> {
    let mut order: Vec<Id> = Vec::new();
    let mut names: BTreeMap<Id, Vec<String>> = BTreeMap::new();
    for change in &drift.changes {
        let (id, attributes) = match (&change.parent, change.kind, change.change) {
            (Some(table), Kind::Column, _) => (table.clone(), vec!["columns".to_owned()]),
            (_, _, ChangeKind::Alter | ChangeKind::Rename) => {
                (change.id.clone(), change.attributes.iter().map(|a| a.name.clone()).collect())
            }
            _ => continue,
        };
        if !names.contains_key(&id) {
            order.push(id.clone());
        }
        names.entry(id).or_default().extend(attributes);
    }
    order
        .into_iter()
        .map(|id| {
            let attributes = names.remove(&id).unwrap_or_default();
            (id, attributes)
        })
        .collect()
}
