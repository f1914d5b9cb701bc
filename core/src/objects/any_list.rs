//! The lists of a snapshot without their types: what works alike for every kind exists once.

use std::any::Any;
use std::cmp::Ordering;
use std::sync::Arc;

use super::attached::Described;
use super::form::Records;
use super::{AnyObject, Key, List, Object};
use crate::model::Id;
use crate::sql::split_name;

/// A [`List`] of objects of some kind.
pub(crate) trait AnyList {
    /// How many there are.
    fn count(&self) -> usize;
    /// See [`Object::ON_RELATION`].
    fn is_on_relation(&self) -> bool;
    /// The object at a place.
    fn object(&self, at: usize) -> Option<&dyn AnyObject>;
    /// The same, to change it; nothing where other lists hold it too.
    fn described(&mut self, at: usize) -> Option<&mut dyn Described>;
    /// See [`Object::key`]; of an object that is not there, the smallest.
    fn key(&self, at: usize) -> Key<'_>;
    /// See [`Object::key_of`].
    fn key_of<'p>(&self, parts: &'p [String]) -> Option<Key<'p>>;
    /// The objects in the form of the document.
    fn records(&self) -> &dyn Records;
    /// The same, to read them.
    fn records_mut(&mut self) -> &mut dyn Records;
    /// Brings the objects into another order, in which each place of the old one is named once.
    fn reorder(&mut self, order: &[usize]);
    /// Leaves out the objects that do not pass.
    fn retain(&mut self, keep: &dyn Fn(&dyn AnyObject) -> bool);
    /// How an object is like one of another list of the kind.
    fn likeness(&self, at: usize, other: &dyn AnyList, other_at: usize) -> Likeness;
    /// Puts an object of another list of the kind at the end, held in common.
    fn share(&mut self, other: &dyn AnyList, at: usize) -> Option<()>;
    /// Leaves out the last object.
    fn pop(&mut self);
    /// Puts the last object in the place of one that is there.
    fn put_last_at(&mut self, at: usize);
    /// For the way back to the type.
    fn as_any(&self) -> &dyn Any;
}

/// How two objects of a kind are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// They are one and the same, held in common.
    Common,
    /// They are equal.
    Equal,
    /// They are not.
    None,
}

impl<T: Object> AnyList for List<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn is_on_relation(&self) -> bool {
        T::ON_RELATION
    }

    fn object(&self, at: usize) -> Option<&dyn AnyObject> {
        self.get(at).map(|object| object as &dyn AnyObject)
    }

    fn described(&mut self, at: usize) -> Option<&mut dyn Described> {
        self.own_mut(at).map(|object| object as &mut dyn Described)
    }

    fn key(&self, at: usize) -> Key<'_> {
        self.get(at).map_or(Key("", "", ""), Object::key)
    }

    fn key_of<'p>(&self, parts: &'p [String]) -> Option<Key<'p>> {
        T::key_of(parts)
    }

    fn records(&self) -> &dyn Records {
        self
    }

    fn records_mut(&mut self) -> &mut dyn Records {
        self
    }

    fn reorder(&mut self, order: &[usize]) {
        let old = self.as_shared();
        let new = order.iter().filter_map(|at| old.get(*at)).map(Arc::clone).collect();
        *self = List::of_shared(new);
    }

    fn retain(&mut self, keep: &dyn Fn(&dyn AnyObject) -> bool) {
        self.retain(|object| keep(object));
    }

    fn likeness(&self, at: usize, other: &dyn AnyList, other_at: usize) -> Likeness {
        let other = other.as_any().downcast_ref::<Self>();
        match (self.as_shared().get(at), other.and_then(|list| list.as_shared().get(other_at))) {
            (Some(a), Some(b)) if Arc::ptr_eq(a, b) => Likeness::Common,
            (Some(a), Some(b)) if a == b => Likeness::Equal,
            _ => Likeness::None,
        }
    }

    fn share(&mut self, other: &dyn AnyList, at: usize) -> Option<()> {
        let object = other.as_any().downcast_ref::<Self>()?.as_shared().get(at)?;
        self.push_shared(Arc::clone(object));
        Some(())
    }

    fn pop(&mut self) {
        self.pop();
    }

    fn put_last_at(&mut self, at: usize) {
        self.swap_remove(at);
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The object of an identity in a sorted list.
pub(super) fn find<'a>(list: &'a dyn AnyList, id: &Id) -> Option<&'a dyn AnyObject> {
    let parts = split_name(id.name());
    let is_it = |object: &&dyn AnyObject| object.id() == *id;
    match list.key_of(&parts) {
        Some(key) => list.object(first_from(list, &key)).filter(is_it),
        None => (0..list.count()).filter_map(|at| list.object(at)).find(is_it),
    }
}

/// The first place in a sorted list whose key is not smaller.
fn first_from(list: &dyn AnyList, key: &Key<'_>) -> usize {
    let (mut first, mut end) = (0, list.count());
    while first < end {
        let middle = first.midpoint(end);
        if list.key(middle) < *key { first = middle + 1 } else { end = middle }
    }
    first
}

/// See [`super::Objects::on_relation`].
pub(super) fn on_relation<'a>(
    list: &'a dyn AnyList,
    (schema, name): (&str, &str),
    relation: &Id,
) -> impl Iterator<Item = (usize, &'a dyn AnyObject)> {
    let first = first_from(list, &Key(schema, name, ""));
    let on = move |at: &usize| {
        let Key(of_schema, of_name, _) = list.key(*at);
        (of_schema, of_name) == (schema, name)
    };
    (first..list.count())
        .take_while(on)
        .filter_map(|at| Some((at, list.object(at)?)))
        .filter(|(_, object)| object.parent().as_ref() == Some(relation))
}

/// Brings a list into the order of its keys. Equal ones keep theirs.
pub(super) fn sort(list: &mut dyn AnyList) {
    let mut order: Vec<usize> = (0..list.count()).collect();
    let by_key = |a: &usize, b: &usize| list.key(*a).cmp(&list.key(*b));
    if !order.is_sorted_by(|a, b| by_key(a, b).is_le()) {
        order.sort_by(by_key);
        list.reorder(&order);
    }
}

/// Walks through two sorted lists at once; see [`super::Objects::differing`].
pub(super) fn merge<'a>(
    from: &'a dyn AnyList,
    to: &'a dyn AnyList,
    found: &mut dyn FnMut(Option<&'a dyn AnyObject>, Option<&'a dyn AnyObject>),
    same: &mut dyn FnMut(&'a dyn AnyObject),
) {
    let (mut left, mut right) = (0, 0);
    loop {
        let (a, b) = (from.object(left), to.object(right));
        let (Some(one), Some(other)) = (a, b) else { break };
        let likeness = from.likeness(left, to, right);
        let order = match likeness {
            Likeness::Common => Ordering::Equal,
            _ => from.key(left).cmp(&to.key(right)),
        };
        match order {
            Ordering::Less => found(Some(one), None),
            Ordering::Greater => found(None, Some(other)),
            Ordering::Equal if likeness == Likeness::None => found(a, b),
            Ordering::Equal => same(other),
        }
        left += usize::from(order.is_le());
        right += usize::from(order.is_ge());
    }
    (left..from.count()).for_each(|at| found(from.object(at), None));
    (right..to.count()).for_each(|at| found(None, to.object(at)));
}
