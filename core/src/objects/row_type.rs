//! Rows of a table as values elsewhere: the row type of a table is a type as every other.
//!
//! As long as a column that is stored has such values in it, however deep inside, PostgreSQL refuses
//! what would have the table's rows written anew, another type of a column, and a new column with a
//! value (`find_composite_type_dependencies()`). So those values wait as text or JSON meanwhile.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::type_change::type_change;
use super::{Column, Composite, MaterializedView, Object, Objects, Situation, Table};
use crate::action::Action;
use crate::model::{FastMap, Id, Text};

/// The kinds whose rows are values of a type.
const ROWS: [&str; 3] = ["table", "view", "materialized_view"];

/// The kinds whose objects are types with values of other types in them.
const TYPES: [&str; 6] = ["table", "view", "materialized_view", "composite", "domain", "range"];

/// What the statement does is refused as long as rows of the table are values elsewhere, which have
/// their form after it.
pub(super) fn refused(mut action: Action, table: &Table) -> Action {
    action.takes.push(no_rows_of(&table.sql_name()));
    action.frees.push(form_of_rows_of(&table.sql_name()));
    action
}

/// The table whose rows must be no values elsewhere while an action runs.
pub(crate) fn refused_table(action: &Action) -> Option<Id> {
    let table = action.takes.iter().find_map(|name| name.strip_prefix("no rows of:"));
    table.map(|table| Id::from_sql("table", table))
}

/// The name that is free once no column, and no materialized view, has rows of the table in it.
pub(crate) fn no_rows_of(table: &str) -> String {
    format!("no rows of:{table}")
}

/// The name that is free once rows of the table have the form that they should have.
pub(crate) fn form_of_rows_of(table: &str) -> String {
    format!("form of rows of:{table}")
}

/// Something stored that has rows of a table in it.
#[derive(Clone, Copy)]
pub(crate) enum Holder<'a> {
    /// A column.
    Column(&'a Table, &'a Column),
    /// A materialized view.
    View(&'a MaterializedView),
}

impl Holder<'_> {
    /// The identity.
    pub(crate) fn id(&self) -> Id {
        match self {
            Holder::Column(table, column) => column.id(&table.schema, &table.name),
            Holder::View(view) => Object::id(*view),
        }
    }
}

/// Which types, and which columns, have values of a type in them.
pub(crate) struct Holders<'a> {
    /// The objects that are types, by the type that they have in them.
    types: FastMap<Inner<'a>, Vec<Id>>,
    stored: FastMap<Inner<'a>, Vec<Holder<'a>>>,
}

/// The identity of a type that others have in them.
type Inner<'a> = Cow<'a, str>;

impl<'a> Holders<'a> {
    /// Those of a state.
    pub(crate) fn new(objects: &'a Objects) -> Self {
        let mut holders = Holders { types: FastMap::default(), stored: FastMap::default() };
        if !any_rows(objects) {
            return holders;
        }
        let domains = objects.domain.iter().map(|t| (Object::id(t), &t.depends_on));
        let composites = objects.composite.iter().map(|t| (Object::id(t), &t.depends_on));
        let ranges = objects.range.iter().map(|t| (Object::id(t), &t.depends_on));
        for (id, depends_on) in domains.chain(composites).chain(ranges) {
            holders.type_of(&id, borrowed(depends_on));
        }
        for table in objects.table.iter() {
            for column in table.columns.iter().filter(|column| !column.depends_on.is_empty()) {
                if table.foreign.is_some() {
                    holders.type_of(&Object::id(table), borrowed(&column.depends_on));
                } else {
                    holders.stored(Holder::Column(table, column), borrowed(&column.depends_on));
                }
            }
        }
        let mut spelled = Spelled { objects, known: FastMap::default() };
        for view in objects.view.iter() {
            for column in &view.columns {
                holders.type_of(&Object::id(view), spelled.types(&column.data_type));
            }
        }
        for view in objects.materialized_view.iter() {
            for column in &view.columns {
                holders.stored(Holder::View(view), spelled.types(&column.data_type));
            }
        }
        holders
    }

    fn type_of(&mut self, id: &Id, made_of: impl Iterator<Item = Inner<'a>>) {
        for on in made_of {
            self.types.entry(on).or_default().push(id.clone());
        }
    }

    fn stored(&mut self, holder: Holder<'a>, made_of: impl Iterator<Item = Inner<'a>>) {
        for on in made_of {
            self.stored.entry(on).or_default().push(holder);
        }
    }

    /// What has rows of a table in it.
    pub(crate) fn of(&self, table: &Id) -> Vec<Holder<'a>> {
        let (mut found, mut seen) = (Vec::new(), BTreeSet::from([table]));
        let mut next = vec![table];
        while let Some(id) = next.pop() {
            found.extend(self.stored.get(id.as_str()).into_iter().flatten());
            let outer = self.types.get(id.as_str()).into_iter().flatten();
            next.extend(outer.filter(|outer| seen.insert(*outer)));
        }
        found
    }
}

/// True when rows of some relation may be values elsewhere. Where they are not, which is most often so,
/// nobody need go through all columns.
fn any_rows(objects: &Objects) -> bool {
    let relations = |ids: &[Id]| ids.iter().any(|id| ROWS.contains(&id.kind()));
    let named = |data_type: &str| {
        let name = data_type.strip_suffix("[]").unwrap_or(data_type);
        let mut kinds = ROWS.iter().filter(|_| name.contains('.'));
        kinds.any(|kind| objects.find(&Id::from_sql(kind, name)).is_some())
    };
    let mut columns = objects.table.iter().flat_map(|table| &table.columns);
    columns.any(|column| relations(&column.depends_on))
        || objects.domain.iter().any(|domain| relations(&domain.depends_on))
        || objects.composite.iter().any(|composite| relations(&composite.depends_on))
        || objects.range.iter().any(|range| relations(&range.depends_on))
        || named_by_views(objects).iter().any(|data_type| named(data_type))
}

/// The types that columns of views have, as texts.
fn named_by_views(objects: &Objects) -> BTreeSet<&str> {
    let views = objects.view.iter().flat_map(|view| &view.columns);
    let views = views.chain(objects.materialized_view.iter().flat_map(|view| &view.columns));
    views.map(|column| &*column.data_type).collect()
}

/// Those of the identities that are types with values of others in them.
fn borrowed(ids: &[Id]) -> impl Iterator<Item = Inner<'_>> {
    let types = ids.iter().filter(|id| TYPES.contains(&id.kind()));
    types.map(|id| Inner::Borrowed(id.as_str()))
}

/// The types that texts name: the columns of views know no more of theirs.
struct Spelled<'a> {
    objects: &'a Objects,
    /// What has been looked up: many columns have few types.
    known: FastMap<&'a str, Vec<Id>>,
}

impl<'a> Spelled<'a> {
    /// The type, with values of others in it, that a text names.
    fn types(&mut self, data_type: &'a str) -> impl Iterator<Item = Inner<'a>> {
        let objects = self.objects;
        let find = || {
            let name = data_type.strip_suffix("[]").unwrap_or(data_type);
            let kinds = TYPES.iter().filter(|_| name.contains('.'));
            let named = kinds.map(|kind| Id::from_sql(kind, name));
            named.filter(|id| objects.find(id).is_some()).collect()
        };
        let found: &Vec<Id> = self.known.entry(data_type).or_insert_with(find);
        found.iter().map(|id| Inner::Owned(id.as_str().to_owned())).collect::<Vec<_>>().into_iter()
    }
}

/// How the values of a column wait until their type has its new form.
#[derive(Clone, Copy, Default)]
pub(crate) struct Waiting {
    /// As JSON, which knows attributes by their names: text fits no row with others.
    pub(crate) as_json: bool,
    /// A value may be refused afterwards.
    pub(crate) may_fail: bool,
}

/// How the values of the column wait.
pub(crate) fn waiting(column: &Column, situation: &Situation<'_>) -> Waiting {
    let mut waiting = Waiting::default();
    let mut seen: BTreeSet<Id> = BTreeSet::new();
    let mut next: Vec<Id> = column.depends_on.clone();
    while let Some(id) = next.pop() {
        if !TYPES.contains(&id.kind()) || !seen.insert(id.clone()) {
            continue;
        }
        let (Some(before), inside) = parts(situation.from, &id) else { continue };
        next.extend(inside);
        let (Some(after), _) = parts(situation.to, &id) else { continue };
        let names = |parts: &[(Text, Text)]| -> Vec<Text> {
            parts.iter().map(|(name, _)| name.clone()).collect()
        };
        waiting.as_json |= names(&before) != names(&after);
        for (name, from) in &before {
            let to = after.iter().find(|(other, _)| other == name).map(|(_, to)| to);
            let change = to.map(|to| type_change(from, to)).unwrap_or_default();
            waiting.may_fail |= change.may_fail || change.narrows;
        }
    }
    waiting
}

/// The names and types of what a row of this type has, if it is one, and all types in it.
fn parts(objects: &Objects, id: &Id) -> (Option<Vec<(Text, Text)>>, Vec<Id>) {
    let Some(object) = objects.find(id) else { return (None, Vec::new()) };
    if let Some(table) = object.as_any().downcast_ref::<Table>() {
        let parts = table.columns.iter().map(|c| (c.name.clone(), c.data_type.clone()));
        let inside = table.columns.iter().flat_map(|c| c.depends_on.iter().cloned());
        return (Some(parts.collect()), inside.collect());
    }
    let composite = object.as_any().downcast_ref::<Composite>();
    let attributes = composite.map(|composite| &composite.attributes).into_iter().flatten();
    let parts = attributes.map(|a| (a.name.clone(), a.data_type.clone()));
    (Some(parts.collect()), object.attached().depends_on.to_vec())
}
