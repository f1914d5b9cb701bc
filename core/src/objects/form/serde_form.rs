//! Structs of the document by `serde`: any spelling, with messages for what is wrong.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use super::{Form, Inner, Record, Records};

/// Writes a struct, without what is left out at its default.
pub(crate) fn write<S: Serializer>(record: &dyn Record, to: S) -> Result<S::Ok, S::Error> {
    let form = record.form();
    let mut stays = 0_u64;
    for (at, written) in form.written.iter().enumerate() {
        stays |= u64::from(*written || !record.part(at).is_default()) << at;
    }
    let mut writer = to.serialize_struct(form.name, stays.count_ones() as usize)?;
    for (at, name) in form.members.iter().enumerate() {
        if stays >> at & 1 == 1 {
            writer.serialize_field(name, &record.part(at))?;
        }
    }
    writer.end()
}

/// Writes a list of structs.
pub(crate) fn write_list<S: Serializer>(list: &dyn Records, to: S) -> Result<S::Ok, S::Error> {
    let mut writer = to.serialize_seq(Some(list.count()))?;
    for record in (0..list.count()).filter_map(|at| list.record(at)) {
        writer.serialize_element(&Written(record))?;
    }
    writer.end()
}

/// One element of a list.
struct Written<'a>(&'a dyn Record);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self.0, serializer)
    }
}

/// Fills an empty struct.
pub(crate) fn read<'de, D: Deserializer<'de>>(
    record: &mut dyn Record,
    from: D,
) -> Result<(), D::Error> {
    let form = record.form();
    from.deserialize_struct(form.name, form.members, Members(record))
}

/// Fills a struct.
struct Members<'a>(&'a mut dyn Record);

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", self.0.form().name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let form = self.0.form();
        let (mut next, mut seen) = (0, 0_u64);
        while let Some(number) = map.next_key_seed(Name { form, next })? {
            if seen >> number & 1 == 1 {
                return Err(A::Error::duplicate_field(form.members[number]));
            }
            seen |= 1 << number;
            map.next_value_seed(self.0.slot(number))?;
            next = number + 1;
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Members<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        read(self.0, from)
    }
}

/// Finds a member by its name.
struct Name {
    form: &'static Form,
    next: usize,
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<usize, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        let number = self.form.number(name.as_bytes(), self.next);
        number.ok_or_else(|| E::unknown_field(name, self.form.members))
    }
}

/// Fills a struct that may be missing.
pub(super) struct Maybe<'a>(pub(super) &'a mut dyn Inner);

impl<'de> Visitor<'de> for Maybe<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("option")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.0.clear();
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        read(self.0.make(), from)
    }
}

/// Fills a list of structs.
pub(crate) struct List<'a>(pub(crate) &'a mut dyn Records);

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.clear();
        while items.next_element_seed(Item(self.0))?.is_some() {}
        self.0.close();
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

/// Adds an element to a list.
struct Item<'a>(&'a mut dyn Records);

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        let record = self.0.add().ok_or_else(|| D::Error::custom("the list is held in common"))?;
        read(record, from)
    }
}

/// Reads one struct from a text, to the end of a list. Where it cannot, the list stays as it is, but
/// for an unfinished struct at its end.
pub(crate) fn read_text(list: &mut dyn Records, text: &str) -> Result<(), serde_json::Error> {
    let mut from = serde_json::Deserializer::from_str(text);
    Item(list).deserialize(&mut from)?;
    from.end()
}

#[cfg(test)]
mod tests {
    use crate::objects::{Column, Schema};

    /// Why a text is no column, without the place.
    fn refusal(text: &str) -> String {
        let error = serde_json::from_str::<Column>(text).err().map(|error| error.to_string());
        let error = error.unwrap_or_default();
        error.split(" at line ").next().unwrap_or_default().to_owned()
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, told) in [
            ("{\"name\": \"a\", \"name\": \"b\"}", "duplicate field `name`"),
            ("7", "invalid type: integer `7`, expected struct Column"),
            ("[\"a\", \"b\"]", "invalid type: sequence, expected struct Column"),
            ("{\"name\": null}", "invalid type: null, expected a string"),
            ("{\"statistics\": 99999999999}", "invalid value: integer `99999999999`, expected i32"),
            ("{\"options\": 1}", "invalid type: integer `1`, expected a sequence"),
            ("{\"identity\": 1}", "invalid type: integer `1`, expected struct Identity"),
            ("{\"grants\": [{}]}", "missing field `grantee`"),
        ] {
            assert_eq!(refusal(text), told, "{text}");
        }
        let unknown = refusal("{\"name\": \"a\", \"colour\": \"b\"}");
        assert!(unknown.starts_with("unknown field `colour`, expected one of `name`, `type`, "));
    }

    #[test]
    fn members_come_in_any_order_and_spelling() {
        let plain = serde_json::from_str::<Column>("{\"name\": \"a\", \"type\": \"text\"}");
        let other =
            serde_json::from_str::<Column>("{\"t\\u0079pe\": \"text\", \"name\": \"\\u0061\"}");
        assert_eq!(plain.ok(), other.ok());
    }

    #[test]
    fn what_is_at_its_default_is_left_out() {
        let text = |record: &Column| serde_json::to_string(record).ok();
        let empty = Column::default();
        assert_eq!(text(&empty).as_deref(), Some("{\"name\":\"\",\"type\":\"\"}"));
        let column = Column { is_virtual: true, ..empty };
        assert_eq!(
            text(&column).as_deref(),
            Some("{\"name\":\"\",\"type\":\"\",\"virtual\":true}")
        );
        assert_eq!(serde_json::to_string(&Schema::default()).ok().as_deref(), Some("{}"));
    }
}
