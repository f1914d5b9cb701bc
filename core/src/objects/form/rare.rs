//! Members that few objects have.

use std::ops::{Deref, DerefMut};

use super::{Member, Part, Slot};
use crate::model::{Grant, SecurityLabel, Text};
use crate::objects::ForeignOption;

/// A member that few objects have: it takes the room of a pointer where it is at its default.
#[derive(Clone, Debug)]
pub struct Rare<T>(Option<Box<T>>);

/// What has a default value that needs no memory of its own.
pub trait Absent: Default + PartialEq + 'static {
    /// The default value.
    const ABSENT: &'static Self;
}

impl<T> Absent for Option<T>
where
    T: PartialEq + 'static,
{
    const ABSENT: &'static Self = &None;
}

macro_rules! absent_lists {
    ($($type:ty),+) => {$(
        impl Absent for Vec<$type> {
            const ABSENT: &'static Self = &Vec::new();
        }
    )+};
}

absent_lists!(Text, ForeignOption, SecurityLabel, Grant);

impl<T: Absent> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::ABSENT)
    }
}

impl<T: Absent> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Absent> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((value != *T::ABSENT).then(|| Box::new(value)))
    }
}

impl<T: Absent> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            _ => **self == **other,
        }
    }
}

impl<T: Absent + Member> Member for Rare<T> {
    fn part(&self) -> Part<'_> {
        (**self).part()
    }

    fn slot(&mut self) -> Slot<'_> {
        (**self).slot()
    }
}

#[cfg(test)]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Rare<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_takes_no_room_and_equals_the_default() {
        let absent = Rare::<Option<String>>::default();
        let mut emptied = Rare::from(Some("lz4".to_owned()));
        assert_eq!(emptied.as_deref(), Some("lz4"));
        assert_ne!(absent, emptied);
        *emptied = None;
        assert_eq!(absent, emptied);
        assert_eq!(size_of::<Rare<Option<String>>>(), size_of::<usize>());
        assert!(Rare::from(Vec::<Text>::new()).0.is_none());
    }
}
