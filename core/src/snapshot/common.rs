//! Reading documents as the program writes them, and reading one beside another: what stands in
//! both word for word is read once, and both snapshots hold it in common.
//!
//! Whatever is unusual about a document makes this reader give up: then the one in `read` takes
//! over, which knows all forms and explains mistakes. What this one accepts, that one accepts with
//! the same result.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::read::{read_as_it_comes, text_of};
use super::{FORMAT, Snapshot, SnapshotError, VERSION};
use crate::objects::{Kind, List, Object, Objects, SectionReader};

/// A snapshot with the document that it was read from.
#[derive(Debug)]
pub struct Document {
    snapshot: Snapshot,
    text: String,
    places: Places,
}

/// Where the objects stand in a document, in the order of the lists. Kinds are missing, or all are,
/// when a document was read as it came.
type Places = BTreeMap<Kind, Vec<Range<usize>>>;

impl Document {
    /// Reads a snapshot, see [`super::read()`].
    pub fn read(text: String) -> Result<Document, SnapshotError> {
        let plain = text_of(text.as_bytes())?;
        let (snapshot, places) = match read(plain, None) {
            Some((snapshot, places)) if plain.len() == text.len() => (snapshot, places),
            _ => (read_as_it_comes(plain)?, Places::new()),
        };
        Ok(Document { snapshot, text, places })
    }

    /// Reads another snapshot, which holds in common with this one what stands in both documents.
    pub fn read_beside(&self, bytes: &[u8]) -> Result<Snapshot, SnapshotError> {
        let text = text_of(bytes)?;
        match read(text, Some(self)) {
            Some((snapshot, _)) => Ok(snapshot),
            None => read_as_it_comes(text),
        }
    }

    /// The snapshot.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The snapshot, without the document.
    pub fn into_snapshot(self) -> Snapshot {
        self.snapshot
    }
}

impl From<Snapshot> for Document {
    /// A snapshot that no document can be read beside with gain.
    fn from(snapshot: Snapshot) -> Document {
        Document { snapshot, text: String::new(), places: Places::new() }
    }
}

/// The snapshot of a document whose lists are in order, and where its objects stand.
pub(super) fn read(text: &str, beside: Option<&Document>) -> Option<(Snapshot, Places)> {
    let mut reader = Reader { text, at: 0, beside, places: Places::new() };
    reader.objects_member()?;
    let start = reader.at;
    let objects = reader.objects()?;
    // The rest is small, and one more form of the document.
    let rest = [text.get(..start)?, "{}", text.get(reader.at..)?].concat();
    let snapshot: Snapshot = serde_json::from_str(&rest).ok()?;
    let usual = snapshot.format == FORMAT
        && snapshot.version == VERSION
        && !snapshot.fingerprint.is_empty();
    usual.then_some((Snapshot { objects, ..snapshot }, reader.places))
}

/// Goes through a document from the front.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    beside: Option<&'t Document>,
    places: Places,
}

impl<'t> Reader<'t> {
    /// What is still to be read, without white space in front.
    fn rest(&mut self) -> Option<&'t str> {
        let rest = self.text.get(self.at..)?;
        let white = rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
        self.at += white.count();
        self.text.get(self.at..)
    }

    /// Goes past a sign.
    fn sign(&mut self, sign: char) -> Option<()> {
        let found = self.rest()?.starts_with(sign);
        self.at += usize::from(found);
        found.then_some(())
    }

    /// Goes past the sign behind a member or an item. `false`: it was the last one.
    fn more(&mut self, end: char) -> Option<bool> {
        if self.sign(',').is_some() { Some(true) } else { self.sign(end).map(|()| false) }
    }

    /// Reads a value that ends by itself: an object, a list or a string.
    fn value<T: Deserialize<'t>>(&mut self) -> Option<T> {
        let rest = self.rest()?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<T>();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value)
    }

    /// Goes to the value of the member `objects` of the document. What it passes is read again
    /// with the rest.
    fn objects_member(&mut self) -> Option<()> {
        self.sign('{')?;
        loop {
            let name: &str = self.value()?;
            self.sign(':')?;
            if name == "objects" {
                return self.rest().map(drop);
            }
            self.value::<IgnoredAny>()?;
            self.sign(',')?;
        }
    }

    fn objects(&mut self) -> Option<Objects> {
        let mut objects = Objects::default();
        self.sign('{')?;
        if self.sign('}').is_some() {
            return Some(objects);
        }
        let beside = self.beside.map(|document| &document.snapshot.objects);
        loop {
            let section: &str = self.value()?;
            self.sign(':')?;
            objects.fill(section, beside, self)?;
            if !self.more('}')? {
                return Some(objects);
            }
        }
    }
}

impl SectionReader for Reader<'_> {
    fn list<T: Object>(&mut self, beside: Option<&List<T>>) -> Option<List<T>> {
        let mut other = Other::new(self.beside, beside);
        let (mut list, mut places) = (List::default(), Vec::new());
        self.sign('[')?;
        loop {
            let start = self.rest().map(|_| self.at)?;
            let object = if let Some((object, length)) = other.standing(self.rest()?) {
                self.at += length;
                object
            } else {
                let object = Arc::new(self.value::<T>()?);
                other.equal(&object).unwrap_or(object)
            };
            // Ascending, and so without repetition.
            let last = list.as_shared().last();
            if last.is_some_and(|last: &Arc<T>| last.key() >= object.key()) {
                return None;
            }
            list.push_shared(object);
            places.push(start..self.at);
            if !self.more(']')? {
                self.places.insert(T::KIND, places);
                return Some(list);
            }
        }
    }
}

/// The same list of the other document, from the object on that may come next.
struct Other<'t, T> {
    text: &'t str,
    objects: &'t [Arc<T>],
    places: &'t [Range<usize>],
}

impl<'t, T: Object> Other<'t, T> {
    fn new(document: Option<&'t Document>, list: Option<&'t List<T>>) -> Self {
        let places = document.and_then(|document| document.places.get(&T::KIND));
        match (document, list, places) {
            (Some(document), Some(list), Some(places)) if places.len() == list.len() => {
                Other { text: &document.text, objects: list.as_shared(), places }
            }
            _ => Other { text: "", objects: &[], places: &[] },
        }
    }

    /// The next object, if its text stands here, and the length of that.
    fn standing(&mut self, rest: &str) -> Option<(Arc<T>, usize)> {
        let text = self.text.get(self.places.first()?.clone())?;
        let object = self.objects.first()?;
        rest.as_bytes().starts_with(text.as_bytes()).then(|| {
            let found = (Arc::clone(object), text.len());
            self.skip(1);
            found
        })
    }

    /// The object that is equal to one with another text; those in front of it are passed.
    fn equal(&mut self, object: &Arc<T>) -> Option<Arc<T>> {
        let key = object.key();
        let before = self.objects.iter().take_while(|other| other.key() < key).count();
        self.skip(before);
        let other = self.objects.first().filter(|other| other.key() == key).cloned()?;
        self.skip(1);
        (other == *object).then_some(other)
    }

    fn skip(&mut self, count: usize) {
        self.objects = self.objects.get(count..).unwrap_or_default();
        self.places = self.places.get(count..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;
    use crate::objects::Table;
    use crate::snapshot::{fingerprint, write};

    fn table(name: &str, comment: &str) -> Table {
        let (schema, name) = ("s".to_owned(), name.to_owned());
        Table { schema, name, comment: Some(comment.to_owned()), ..Table::default() }
    }

    fn document(tables: &[(&str, &str)]) -> String {
        let mut snapshot =
            Snapshot { format: FORMAT.to_owned(), version: VERSION, ..Snapshot::default() };
        snapshot.objects.table.extend(tables.iter().map(|(name, text)| table(name, text)));
        snapshot.fingerprint = fingerprint(&snapshot);
        write(&snapshot)
    }

    /// The names of the tables that are held in common.
    fn common(one: &Snapshot, other: &Snapshot) -> Vec<String> {
        let there = |table: &&Arc<Table>| {
            one.objects.table.as_shared().iter().any(|mine| Arc::ptr_eq(mine, table))
        };
        let shared = other.objects.table.as_shared().iter().filter(there);
        shared.map(|table| table.name.clone()).collect()
    }

    #[test]
    fn what_stands_in_both_is_held_once() {
        let from = Document::read(document(&[("a", "1"), ("b", "1"), ("d", "1"), ("e", "1")]));
        let from = from.unwrap();
        let text = document(&[("a", "1"), ("c", "1"), ("d", "2"), ("e", "1"), ("f", "1")]);
        let to = from.read_beside(text.as_bytes()).unwrap();
        assert_eq!(write(&to), text);
        assert_eq!(common(from.snapshot(), &to), ["a", "e"]);
        // What is spelled in another way is read, and held once nevertheless.
        let spelled = text.replace("\"comment\": \"1\"", "\"comment\":  \"\\u0031\"");
        let to = from.read_beside(spelled.as_bytes()).unwrap();
        assert_eq!(write(&to), text);
        assert_eq!(common(from.snapshot(), &to), ["a", "e"]);
    }

    #[test]
    fn lists_in_another_order_are_read_as_they_come() {
        let sorted = document(&[("a", "1"), ("b", "1")]);
        let (a, b) = ("\"name\": \"a\"", "\"name\": \"b\"");
        let turned = sorted.replace(a, "\u{0}").replace(b, a).replace('\u{0}', b);
        let (document, turned) = (Document::read(sorted).unwrap(), turned.as_bytes());
        assert_eq!(document.read_beside(turned).unwrap(), *document.snapshot());
        let twice = document.text.replace(b, a);
        for read in
            [crate::snapshot::read(twice.as_bytes()), document.read_beside(twice.as_bytes())]
        {
            assert!(matches!(read, Err(SnapshotError::Duplicate { .. })), "{read:?}");
        }
    }

    #[test]
    fn mistakes_are_told_as_without_another_document() {
        let good = document(&[("a", "1"), ("b", "1")]);
        let beside = Document::read(good.clone()).unwrap();
        for (part, mistake) in [
            ("\"name\": \"b\"", "\"colour\": \"b\""),
            ("   },\n", "   }\n"),
            ("\"objects\": {", "\"objects\": {}, \"objects\": {"),
            ("\"table\": [", "\"table\": [], \"table\": ["),
            ("\"version\": 1", "\"version\": 2"),
            ("]\n }", "]\n"),
        ] {
            let bad = good.replacen(part, mistake, 1);
            assert_ne!(bad, good);
            let alone = read_as_it_comes(&bad).unwrap_err().to_string();
            assert_eq!(beside.read_beside(bad.as_bytes()).unwrap_err().to_string(), alone);
            assert_eq!(Document::read(bad).unwrap_err().to_string(), alone);
        }
    }
}
