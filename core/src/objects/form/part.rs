//! The members of structs, one by one: the few types that they are of.

use serde::de::{Deserialize, DeserializeSeed, Deserializer};
use serde::{Serialize, Serializer};

use super::serde_form::{List, Maybe};
use super::{Inner, Record, Records, write};
use crate::model::{Grant, Id, SecurityLabel, Text};
use crate::objects::family_member::{FamilyFunction, FamilyOperator};
use crate::objects::text_search_configuration::TokenMapping;
use crate::objects::{ConstraintType, Identity, NotNull};

/// Something that is a member of a struct of the document.
pub(crate) trait Member {
    /// It, to look at.
    fn part(&self) -> Part<'_>;
    /// It, to fill.
    fn slot(&mut self) -> Slot<'_>;
}

macro_rules! parts {
    ($($variant:ident $type:ty),+ $(,)?) => {
        /// A member of a struct, to look at.
        #[allow(missing_debug_implementations, reason = "it may be any struct")]
        pub enum Part<'a> {
            $(#[doc = concat!("`", stringify!($type), "`")] $variant(&'a $type),)+
            /// A struct, which may be missing.
            Record(Option<&'a dyn Record>),
            /// A list of structs.
            Records(&'a dyn Records),
            /// There is no member of that number.
            None,
        }

        /// A member of a struct, to fill.
        #[allow(missing_debug_implementations, reason = "it may be any struct")]
        pub enum Slot<'a> {
            $(#[doc = concat!("`", stringify!($type), "`")] $variant(&'a mut $type),)+
            /// A struct, which may be missing.
            Record(&'a mut dyn Inner),
            /// A list of structs.
            Records(&'a mut dyn Records),
            /// There is no member of that number.
            None,
        }

        $(
            impl Member for $type {
                fn part(&self) -> Part<'_> {
                    Part::$variant(self)
                }

                fn slot(&mut self) -> Slot<'_> {
                    Slot::$variant(self)
                }
            }
        )+

        impl Part<'_> {
            /// True for what the document leaves out.
            pub(super) fn is_default(&self) -> bool {
                match self {
                    $(Part::$variant(value) => **value == <$type>::default(),)+
                    Part::Record(record) => record.is_none(),
                    Part::Records(list) => list.count() == 0,
                    Part::None => true,
                }
            }
        }

        impl Serialize for Part<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Part::$variant(value) => value.serialize(serializer),)+
                    Part::Record(Some(record)) => write(*record, serializer),
                    Part::Records(list) => super::serde_form::write_list(*list, serializer),
                    Part::Record(None) | Part::None => serializer.serialize_none(),
                }
            }
        }

        impl<'de> DeserializeSeed<'de> for Slot<'_> {
            type Value = ();

            fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
                match self {
                    $(Slot::$variant(value) => *value = Deserialize::deserialize(from)?,)+
                    Slot::Record(inner) => from.deserialize_option(Maybe(inner))?,
                    Slot::Records(list) => from.deserialize_seq(List(list))?,
                    Slot::None => {}
                }
                Ok(())
            }
        }
    };
}

parts! {
    Text Text,
    MaybeText Option<Text>,
    Flag bool,
    Small i32,
    MaybeSmall Option<i32>,
    Number i64,
    MaybeNumber Option<i64>,
    MaybeReal Option<f64>,
    MaybeId Option<Id>,
    Ids Vec<Id>,
    Texts Vec<Text>,
    Pairs Vec<(Text, Text)>,
    Numbers Vec<(i32, i32)>,
    Grants Vec<Grant>,
    MaybeGrants Option<Vec<Grant>>,
    Labels Vec<SecurityLabel>,
    MaybeConstraint Option<ConstraintType>,
    Mappings Vec<TokenMapping>,
    Operators Vec<FamilyOperator>,
    Functions Vec<FamilyFunction>,
}

impl<T: Record + Default> Member for Vec<T> {
    fn part(&self) -> Part<'_> {
        Part::Records(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Records(self)
    }
}

impl<T: Record + Default> Member for Option<T> {
    fn part(&self) -> Part<'_> {
        Part::Record(Inner::record(self))
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Record(self)
    }
}

/// What is rare is in a box.
macro_rules! boxed {
    ($($type:ty),+) => {$(
        impl Inner for Option<Box<$type>> {
            fn record(&self) -> Option<&dyn Record> {
                self.as_deref().map(|item| item as &dyn Record)
            }

            fn make(&mut self) -> &mut dyn Record {
                self.insert(Box::default()).as_mut()
            }

            fn clear(&mut self) {
                *self = None;
            }
        }

        impl Member for Option<Box<$type>> {
            fn part(&self) -> Part<'_> {
                Part::Record(Inner::record(self))
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::Record(self)
            }
        }
    )+};
}

boxed!(NotNull, Identity);
