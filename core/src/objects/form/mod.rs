//! The form that objects have in the document, told once for each struct and used by all readers
//! and writers.
//!
//! A reader of its own for each struct, as `serde` derives it, is the same code fifty times over.
//! Here a struct only tells its members by number, and one reader and one writer serve all.

mod part;
mod rare;
mod serde_form;

pub(crate) use part::{Member, Part, Slot};
pub use rare::Rare;
pub(crate) use serde_form::{read, read_text, write};

/// A struct that is an object of the document.
pub trait Record {
    /// What its members are called.
    fn form(&self) -> &'static Form;
    /// A member, by its number.
    fn part(&self, number: usize) -> Part<'_>;
    /// The same, to fill it.
    fn slot(&mut self, number: usize) -> Slot<'_>;
}

/// What the members of a struct are called, in their order.
#[derive(Debug)]
pub struct Form {
    /// The struct's own name.
    pub name: &'static str,
    /// The members' names.
    pub members: &'static [&'static str],
    /// Whether each is written at its default value too.
    pub written: &'static [bool],
}

impl Form {
    /// The names of the members, and which are written at their default too.
    pub(crate) const fn new(
        name: &'static str,
        members: &'static [&'static str],
        written: &'static [bool],
    ) -> Form {
        // Readers note in as many bits what they have seen.
        assert!(members.len() <= u64::BITS as usize && members.len() == written.len());
        Form { name, members, written }
    }

    /// The number of a member. `next` is the one that is likely, as documents keep the order.
    pub(crate) fn number(&self, name: &[u8], next: usize) -> Option<usize> {
        let (before, behind) = self.members.split_at_checked(next)?;
        let is_it = |member: &&str| member.as_bytes() == name;
        match behind.iter().position(is_it) {
            Some(at) => Some(next + at),
            None => before.iter().position(is_it),
        }
    }
}

/// A list of such structs.
pub trait Records {
    /// How many there are.
    fn count(&self) -> usize;
    /// The one at a place.
    fn record(&self, at: usize) -> Option<&dyn Record>;
    /// The same, to change it; nothing where other lists hold it too.
    fn record_mut(&mut self, at: usize) -> Option<&mut dyn Record>;
    /// Puts an empty one at the end, to be filled.
    fn add(&mut self) -> Option<&mut dyn Record>;
    /// Leaves out what is there.
    fn clear(&mut self);
    /// Gives memory back that is not needed any more, once the list is whole.
    fn close(&mut self);
}

impl<T: Record + Default> Records for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn record(&self, at: usize) -> Option<&dyn Record> {
        self.get(at).map(|item| item as &dyn Record)
    }

    fn record_mut(&mut self, at: usize) -> Option<&mut dyn Record> {
        self.get_mut(at).map(|item| item as &mut dyn Record)
    }

    fn add(&mut self) -> Option<&mut dyn Record> {
        self.push(T::default());
        self.last_mut().map(|item| item as &mut dyn Record)
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn close(&mut self) {
        self.shrink_to_fit();
    }
}

/// A struct that may be missing.
pub trait Inner {
    /// What is there.
    fn record(&self) -> Option<&dyn Record>;
    /// Puts an empty one there, to be filled.
    fn make(&mut self) -> &mut dyn Record;
    /// Leaves out what is there.
    fn clear(&mut self);
}

impl<T: Record + Default> Inner for Option<T> {
    fn record(&self) -> Option<&dyn Record> {
        self.as_ref().map(|item| item as &dyn Record)
    }

    fn make(&mut self) -> &mut dyn Record {
        self.insert(T::default())
    }

    fn clear(&mut self) {
        *self = None;
    }
}

/// Declares a struct of the document. The attributes are those of `serde`, of which it knows
/// `rename` for a name that is no identifier, and `skip_serializing_if` in front of it for what is
/// left out at its default.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[doc = $doc:literal])* $(#[serde($($form:tt)+)])? pub $field:ident: $type:ty),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[cfg_attr(test, serde(deny_unknown_fields, default))]
        pub struct $name {
            $($(#[doc = $doc])* $(#[cfg_attr(test, serde($($form)+))])? pub $field: $type,)*
        }

        impl $crate::objects::form::Record for $name {
            fn form(&self) -> &'static $crate::objects::form::Form {
                use $crate::objects::form::{name_of, written};
                const FORM: $crate::objects::form::Form = $crate::objects::form::Form::new(
                    stringify!($name),
                    &[$(name_of!($field $($($form)+)?)),*],
                    &[$(written!($($($form)+)?)),*],
                );
                &FORM
            }

            fn part(&self, number: usize) -> $crate::objects::form::Part<'_> {
                let mut at = 0;
                $(
                    if number == at {
                        return $crate::objects::form::Member::part(&self.$field);
                    }
                    at += 1;
                )*
                let _ = at;
                $crate::objects::form::Part::None
            }

            fn slot(&mut self, number: usize) -> $crate::objects::form::Slot<'_> {
                let mut at = 0;
                $(
                    if number == at {
                        return $crate::objects::form::Member::slot(&mut self.$field);
                    }
                    at += 1;
                )*
                let _ = at;
                $crate::objects::form::Slot::None
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::objects::form::write(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let mut record = Self::default();
                $crate::objects::form::read(&mut record, from)?;
                Ok(record)
            }
        }
    };
}
pub(crate) use record;

/// The name of a member, out of its field and its attributes.
macro_rules! name_of {
    ($field:ident $(skip_serializing_if = $skip:literal,)? rename = $name:literal) => {
        $name
    };
    ($field:ident $($form:tt)*) => {
        stringify!($field)
    };
}
pub(crate) use name_of;

/// Whether a member is written at its default too, out of its attributes.
macro_rules! written {
    (skip_serializing_if $($form:tt)+) => {
        false
    };
    ($($form:tt)*) => {
        true
    };
}
pub(crate) use written;
