//! Where objects are, and what depends on them, in the state that is to be changed.

use crate::model::{FastMap, Id};
use crate::objects::{AnyObject, Column, Kind, Objects, Table};

/// Something that depends on an object.
#[derive(Clone, Copy)]
pub(super) enum Dependent<'a> {
    /// An object.
    Object(&'a dyn AnyObject),
    /// A column, by its type or, if `expression`, by its default or generation expression.
    Column {
        /// Its table.
        table: &'a Table,
        /// The column.
        column: &'a Column,
        /// By its expression.
        expression: bool,
    },
}

/// The place of an object in a snapshot: the order in which dependents are looked at.
type Place = (Kind, usize);

/// What belongs to what, and what depends on what. Of the many objects of a database a plan is
/// about few: so what can be found by name is, and the rest is listed once, without a copy.
pub(super) struct Index<'a> {
    objects: &'a Objects,
    /// What belongs to an object without being found by its name.
    others: FastMap<Id, Vec<(Place, &'a dyn AnyObject)>>,
    /// The partitions and children of a table.
    below: FastMap<Id, Vec<(Place, &'a dyn AnyObject)>>,
    /// What refers to an object: the places of the first and the last in `uses`.
    ends: FastMap<&'a str, (usize, usize)>,
    /// What refers to something, with the place of the next that refers to the same.
    uses: Vec<(Place, Dependent<'a>, Option<usize>)>,
}

impl<'a> Index<'a> {
    /// The index of a state that something is done with.
    pub(super) fn new(objects: &'a Objects) -> Self {
        let mut index = Index {
            objects,
            others: FastMap::default(),
            below: FastMap::default(),
            ends: FastMap::default(),
            uses: Vec::with_capacity(objects.len()),
        };
        index.ends.reserve(objects.len());
        for (place, object) in objects.with_places() {
            index.object(place, object);
        }
        index
    }

    fn object(&mut self, place: Place, object: &'a dyn AnyObject) {
        let by_name = object.is_on_relation();
        let parent = if by_name { None } else { object.parent() };
        for id in parent.into_iter().chain(object.attached_to()) {
            self.others.entry(id).or_default().push((place, object));
        }
        let attached = object.attached();
        for on in attached.depends_on.iter().chain(attached.depends_on_extensions) {
            self.use_of(on.as_str(), place, Dependent::Object(object));
        }
        let Some(table) = object.as_any().downcast_ref::<Table>() else { return };
        for parent in table.partition_of.iter().map(|p| &p.table).chain(&table.inherits) {
            self.below.entry(Id::from_sql("table", parent)).or_default().push((place, object));
        }
        for column in &table.columns {
            for (expression, list) in
                [(false, &column.depends_on), (true, &column.expression_depends_on)]
            {
                for on in list {
                    let dependent = Dependent::Column { table, column, expression };
                    self.use_of(on.as_str(), place, dependent);
                }
            }
        }
    }

    fn use_of(&mut self, on: &'a str, place: Place, dependent: Dependent<'a>) {
        let at = self.uses.len();
        self.uses.push((place, dependent, None));
        let (_, last) = self.ends.entry(on).or_insert((at, at));
        let before = std::mem::replace(last, at);
        if before != at {
            self.uses[before].2 = Some(at);
        }
    }

    /// What belongs to an object: indexes, constraints, triggers to their tables, and to what they
    /// are attached to.
    pub(super) fn children(&self, id: &Id) -> Vec<&'a dyn AnyObject> {
        in_order(self.children_with_places(id))
    }

    fn children_with_places(&self, id: &Id) -> Vec<(Place, &'a dyn AnyObject)> {
        let mut all = self.objects.on_relation(id);
        all.extend(self.others.get(id).into_iter().flatten().copied());
        all
    }

    /// The partitions and children of a table, and theirs.
    pub(super) fn below(&self, table: &Id) -> Vec<&'a Table> {
        let mut found = Vec::new();
        let mut next = vec![table.clone()];
        while let Some(id) = next.pop() {
            for (_, object) in self.below.get(&id).into_iter().flatten() {
                if let Some(table) = object.as_any().downcast_ref::<Table>() {
                    next.push(object.id());
                    found.push(table);
                }
            }
        }
        found
    }

    /// What depends on an object or column; children depend on their parents.
    pub(super) fn dependents(&self, id: &Id) -> Vec<Dependent<'a>> {
        let mut all: Vec<(Place, Dependent<'a>)> = Vec::new();
        let mut next = self.ends.get(id.as_str()).map(|(first, _)| *first);
        while let Some((place, dependent, after)) = next.and_then(|at| self.uses.get(at)) {
            all.push((*place, *dependent));
            next = *after;
        }
        let children = self.children_with_places(id).into_iter();
        all.extend(children.map(|(place, child)| (place, Dependent::Object(child))));
        all.extend(
            self.below
                .get(id)
                .into_iter()
                .flatten()
                .map(|(place, table)| (*place, Dependent::Object(*table))),
        );
        in_order(all)
    }
}

/// In the order of the snapshot; the sort is stable.
fn in_order<T>(mut all: Vec<(Place, T)>) -> Vec<T> {
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, found)| found).collect()
}

impl Dependent<'_> {
    /// The dependent's identity.
    pub(super) fn id(&self) -> Id {
        match self {
            Dependent::Object(object) => object.id(),
            Dependent::Column { table, column, .. } => column.id(&table.schema, &table.name),
        }
    }
}

/// A table of an identity, and a column of it.
pub(super) fn table_and_column<'a>(
    objects: &'a Objects,
    table: &Table,
    column: &str,
) -> Option<(&'a Table, &'a Column)> {
    let table = objects.find_table(&table.schema, &table.name)?;
    let column = table.columns.iter().find(|c| c.name == column)?;
    Some((table, column))
}
