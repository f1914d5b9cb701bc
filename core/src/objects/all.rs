//! All objects of a snapshot: finding, ordering and comparing them, whatever their kinds.

use serde::{Deserialize, Serialize};

use super::attached::Described;
use super::form::Record;
use super::{AnyList, AnyObject, Column, Key, Kind, Object, Objects, Table, any_list, form};
use crate::model::Id;
use crate::sql::split_name;

impl Serialize for Objects {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        form::write(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Objects {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut objects = Objects::default();
        form::read(&mut objects, from)?;
        Ok(objects)
    }
}

impl Kind {
    /// The names of the attributes of its objects, as the snapshot spells them.
    pub fn attribute_names(self) -> &'static [&'static str] {
        if self == Kind::Column {
            return Column::default().form().members;
        }
        let mut empty = Objects::default();
        let list = empty.list_mut(self);
        let one = list.and_then(|list| list.records_mut().add().map(|one| one.form().members));
        one.unwrap_or_default()
    }
}

impl Objects {
    /// The lists with their kinds.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (Kind, &dyn AnyList)> {
        Kind::ALL.iter().filter_map(|kind| self.list(*kind).map(|list| (*kind, list)))
    }

    /// Every object, kind by kind.
    pub fn iter(&self) -> impl Iterator<Item = &dyn AnyObject> {
        self.with_places().map(|(_, object)| object)
    }

    /// Every object with its place: the kind, and the number in the list.
    pub(crate) fn with_places(&self) -> impl Iterator<Item = ((Kind, usize), &dyn AnyObject)> {
        self.lists().flat_map(|(kind, list)| {
            (0..list.count()).filter_map(move |at| Some(((kind, at), list.object(at)?)))
        })
    }

    /// The objects of one kind.
    pub fn of_kind(&self, kind: Kind) -> Vec<&dyn AnyObject> {
        let list = self.list(kind).into_iter();
        list.flat_map(|list| (0..list.count()).filter_map(|at| list.object(at))).collect()
    }

    /// The object of an identity; columns have none of their own.
    pub fn find(&self, id: &Id) -> Option<&dyn AnyObject> {
        any_list::find(self.list(Kind::named(id.kind())?)?, id)
    }

    /// What has the relation of an identity as its parent, of the kinds that lie on relations, each
    /// with its place: the kind, and the number in the list.
    pub(crate) fn on_relation(&self, relation: &Id) -> Vec<((Kind, usize), &dyn AnyObject)> {
        let mut found = Vec::new();
        if let [schema, name] = split_name(relation.name()).as_slice() {
            for (kind, list) in self.lists().filter(|(_, list)| list.is_on_relation()) {
                let on = any_list::on_relation(list, (schema, name), relation);
                found.extend(on.map(|(at, object)| ((kind, at), object)));
            }
        }
        found
    }

    /// How many objects there are, columns left out.
    pub fn len(&self) -> usize {
        self.lists().map(|(_, list)| list.count()).sum()
    }

    /// Brings every list into the order of [`Object::key`].
    pub fn sort(&mut self) {
        for kind in Kind::ALL {
            self.list_mut(*kind).into_iter().for_each(any_list::sort);
        }
    }

    /// Leaves out the objects that do not pass.
    pub fn retain(&mut self, keep: impl Fn(&dyn AnyObject) -> bool) {
        for kind in Kind::ALL {
            self.list_mut(*kind).into_iter().for_each(|list| list.retain(&keep));
        }
    }

    /// Reads one row of the catalog query of a kind and returns the object's place.
    pub(crate) fn push_row(&mut self, kind: Kind, json: &str) -> Result<usize, serde_json::Error> {
        let Some(list) = self.list_mut(kind) else { return Ok(0) };
        let place = list.count();
        form::read_text(list.records_mut(), json)?;
        Ok(place)
    }

    /// Puts an object, in the form of the document, in the place of another one of its kind.
    pub(crate) fn replace(
        &mut self,
        (kind, at): (Kind, usize),
        json: &str,
    ) -> Result<(), serde_json::Error> {
        let Some(list) = self.list_mut(kind).filter(|list| at < list.count()) else {
            return Ok(());
        };
        form::read_text(list.records_mut(), json)?;
        list.put_last_at(at);
        Ok(())
    }

    /// The object at a place that [`Objects::push_row`] returned.
    pub(crate) fn at(&self, kind: Kind, index: usize) -> Option<&dyn AnyObject> {
        self.list(kind)?.object(index)
    }

    /// The same, to change it.
    pub(crate) fn at_mut(&mut self, kind: Kind, index: usize) -> Option<&mut dyn Described> {
        self.list_mut(kind)?.described(index)
    }

    /// The same, in the form of the document.
    pub(crate) fn record_mut(&mut self, kind: Kind, index: usize) -> Option<&mut dyn Record> {
        self.list_mut(kind)?.records_mut().record_mut(index)
    }

    /// Walks through two snapshots at once, kind by kind and key by key, and hands over every pair
    /// in which something differs, with `None` for a side that lacks it.
    pub fn differing<'a>(
        from: &'a Objects,
        to: &'a Objects,
        found: &mut dyn FnMut(Option<&'a dyn AnyObject>, Option<&'a dyn AnyObject>),
        same: &mut dyn FnMut(Kind, &'a dyn AnyObject),
    ) {
        for (kind, list) in from.lists() {
            if let Some(other) = to.list(kind) {
                any_list::merge(list, other, found, &mut |object| same(kind, object));
            }
        }
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A table by its name.
    pub fn find_table(&self, schema: &str, name: &str) -> Option<&Table> {
        self.table
            .binary_search_by(|table| table.key().cmp(&Key(schema, name, "")))
            .ok()
            .and_then(|index| self.table.get(index))
    }
}
