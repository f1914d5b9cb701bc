//! A list of objects that snapshots can have in common.

use std::ops::{Index, IndexMut, Range};
use std::sync::Arc;

use super::form::{Record, Records};

/// The objects of one kind. Most objects of two snapshots that are compared are the same, so that
/// both may hold the same one: copying a list copies no object, an object that is changed is copied
/// first, and objects that are held in common need no comparison.
#[derive(Clone, Debug)]
pub struct List<T>(Vec<Arc<T>>);

impl<T> List<T> {
    /// The objects in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator + Clone {
        self.0.iter().map(AsRef::as_ref)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The object at a place.
    pub fn get(&self, at: usize) -> Option<&T> {
        self.0.get(at).map(AsRef::as_ref)
    }

    /// Puts an object at the end.
    pub fn push(&mut self, object: T) {
        self.0.push(Arc::new(object));
    }

    /// Puts an object at the end that other lists may hold too.
    pub(crate) fn push_shared(&mut self, object: Arc<T>) {
        self.0.push(object);
    }

    /// Objects that other lists may hold too.
    pub(crate) fn of_shared(objects: Vec<Arc<T>>) -> List<T> {
        List(objects)
    }

    /// Leaves out the last object.
    pub(crate) fn pop(&mut self) {
        self.0.pop();
    }

    /// The object at a place, to change it, if no other list holds it.
    pub(crate) fn own_mut(&mut self, at: usize) -> Option<&mut T> {
        self.0.get_mut(at).and_then(Arc::get_mut)
    }

    /// Puts the last object in the place of one that is there.
    pub(crate) fn swap_remove(&mut self, at: usize) {
        self.0.swap_remove(at);
    }

    /// All of them, to be held one by one by other lists too.
    pub(crate) fn as_shared(&self) -> &[Arc<T>] {
        &self.0
    }

    /// Those of a range of places.
    pub(crate) fn range(&self, places: Range<usize>) -> impl Iterator<Item = &T> {
        self.0.get(places).unwrap_or_default().iter().map(AsRef::as_ref)
    }

    /// See [`slice::binary_search_by`].
    pub fn binary_search_by(
        &self,
        mut order: impl FnMut(&T) -> std::cmp::Ordering,
    ) -> Result<usize, usize> {
        self.0.binary_search_by(|object| order(object))
    }

    /// See [`slice::partition_point`].
    pub fn partition_point(&self, mut before: impl FnMut(&T) -> bool) -> usize {
        self.0.partition_point(|object| before(object))
    }

    /// The objects, to bring them into another order.
    pub fn order_mut(&mut self) -> &mut [impl Sized + use<T>] {
        self.0.as_mut_slice()
    }

    /// The objects that pass.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        self.0.retain(|object| keep(object));
    }
}

impl<T: PartialEq> List<T> {
    /// True when an equal object is among them.
    pub fn contains(&self, object: &T) -> bool {
        self.iter().any(|other| other == object)
    }
}

impl<T: Clone> List<T> {
    /// The objects in their order, to change them; those that other lists hold too are copied.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(Arc::make_mut)
    }

    /// The object at a place, to change it; it is copied when other lists hold it too.
    pub fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        self.0.get_mut(at).map(Arc::make_mut)
    }
}

impl<T: Record + Default> Records for List<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn record(&self, at: usize) -> Option<&dyn Record> {
        self.get(at).map(|object| object as &dyn Record)
    }

    fn record_mut(&mut self, at: usize) -> Option<&mut dyn Record> {
        self.own_mut(at).map(|object| object as &mut dyn Record)
    }

    fn add(&mut self) -> Option<&mut dyn Record> {
        self.0.push(Arc::default());
        self.0.last_mut().and_then(Arc::get_mut).map(|object| object as &mut dyn Record)
    }

    fn clear(&mut self) {
        self.0.clear();
    }

    fn close(&mut self) {
        self.0.shrink_to_fit();
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List(Vec::new())
    }
}

impl<T: PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.0.iter().zip(&other.0).all(|(a, b)| same(a, b))
    }
}

/// True for equal objects; one and the same is not looked at.
pub(super) fn same<T: PartialEq>(a: &Arc<T>, b: &Arc<T>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

impl<T> Extend<T> for List<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, objects: I) {
        self.0.extend(objects.into_iter().map(Arc::new));
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(objects: I) -> Self {
        List(objects.into_iter().map(Arc::new).collect())
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::iter::Map<std::slice::Iter<'a, Arc<T>>, fn(&'a Arc<T>) -> &'a T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(AsRef::as_ref)
    }
}

impl<T> Index<usize> for List<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        &self.0[at]
    }
}

impl<T: Clone> IndexMut<usize> for List<T> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        Arc::make_mut(&mut self.0[at])
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator};

    use super::*;

    /// In the document it is a list like any other.
    impl<T: JsonSchema> JsonSchema for List<T> {
        fn inline_schema() -> bool {
            true
        }

        fn schema_name() -> Cow<'static, str> {
            Vec::<T>::schema_name()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            Vec::<T>::json_schema(generator)
        }
    }

    #[test]
    fn a_change_reaches_one_list_only() {
        let list: List<String> = ["a".to_owned(), "b".to_owned()].into_iter().collect();
        let mut copy = list.clone();
        assert!(list.0.iter().zip(&copy.0).all(|(a, b)| Arc::ptr_eq(a, b)));
        copy[0].push('!');
        assert_eq!(list.iter().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(copy.iter().collect::<Vec<_>>(), ["a!", "b"]);
        assert!(Arc::ptr_eq(&list.0[1], &copy.0[1]));
    }
}
